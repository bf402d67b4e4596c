/* check_json_names.c: names that occur twice in one object, however they are written. */
#include "base/file.h"
#include "base/text.h"
#include "support/harness.h"
#include "support/json_trees.h"
#include "support/temporary.h"
#include "json/check_json.h"
#include <string.h>

/* The problem of a file of one document; its id is DIAG_COUNT if there is none. */
static struct diag problem_of(const struct text *text)
{
    struct json_trees json;
    struct json_document document;
    struct diag problem = {.id = DIAG_COUNT};
    struct file *file;

    temporary_write(text->bytes, text->length);
    file = file_open(temporary_path, false);
    ck_assert_ptr_nonnull(file);
    json_trees_open(&json, file);
    if (json_trees_next(&json, &document) == JSON_BREAK)
        problem = json.problem;
    problem.detail = NULL;
    json_trees_close(&json);
    file_close(file);
    return problem;
}

/* column: of the name that is there for the second time, or 0. */
static void expect(const struct text *text, size_t column)
{
    struct diag problem = problem_of(text);

    ck_assert_msg(
        problem.id == (column > 0 ? DIAG_DUPLICATE_NAME : DIAG_COUNT) && problem.column == column,
        "expected a duplicate at column %zu, got %s at %zu: %.200s", column,
        problem.id == DIAG_COUNT ? "nothing" : diag_name(problem.id), problem.column, text->bytes);
}

#define ALIKE "0123456789abcdef" /* its first and last eight bytes are all that is hashed */

static const struct {
    const char *one, *other;
    bool equal;
} pairs[] = {
    {"", "", true},
    {"a", "a", true},
    {"a", "\\u0061", true},
    {"\\u0061", "a", true},
    {"\\u006A", "\\u006a", true},
    {"/", "\\/", true},
    {"\\n", "\\u000A", true},
    {"\\\"", "\\u0022", true},
    {"\\\\", "\\u005c", true},
    {"\xC3\xA9", "\\u00e9", true},
    {"\\uD83D\\uDE00", "\xF0\x9F\x98\x80", true},
    {ALIKE ALIKE, "\\u0030123456789abcde\\u00660123456789abcdef", true},
    {ALIKE "x" ALIKE, ALIKE "x" ALIKE, true},
    {ALIKE "x" ALIKE, ALIKE "y" ALIKE, false},
    {ALIKE "x" ALIKE, ALIKE "xx" ALIKE, false},
    {"a", "A", false},
    {"a", "aa", false},
    {"a", "", false},
    {"aaaaaaa", "aaaaaaaa", false},
    {"aaaaaaaa", "aaaaaaaaa", false},
    {"\\\\u0061", "a", false},
    {"\\\\u0061", "\\u0061", false},
    {"\\b", "b", false},
    {"\xC3\xA9", "e\xCC\x81", false},
};

/* Two names at the beginning, at the end, or at both ends of an object of any number of members:
 * few and many are compared in two ways. */
START_TEST(test_pairs)
{
    HARNESS_ROW("%s, %s", pairs[_i].one, pairs[_i].other);
    for (size_t count = 0; count < 80; count++)
        for (size_t first = 0; first <= count; first += count > 0 ? count : 1) {
            struct text text = TEXT_EMPTY;
            size_t column = 0;

            text_add(&text, "{");
            for (size_t i = 0; i < count; i++) {
                if (i == first)
                    text_addf(&text, "\"%s\":1,", pairs[_i].one);
                text_addf(&text, "\"%zu\":{\"%zu\":[]},", i, i);
            }
            if (first == count)
                text_addf(&text, "\"%s\":1,", pairs[_i].one);
            for (size_t i = 0; pairs[_i].equal && i < text.length; i++)
                column += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
            text_addf(&text, "\"%s\":2}", pairs[_i].other);
            expect(&text, pairs[_i].equal ? column + 1 : 0);
            text_free(&text);
        }
}
END_TEST

/* Objects of `few` and `many` names with a name twice, in each other: the first counts. */
START_TEST(test_first)
{
    static const struct {
        const char *text; /* MANY means many names */
        size_t column;
    } nested[] = {
        {"{\"a\":1,\"a\":{\"b\":1,\"b\":2}}", 8},
        {"{\"b\":{\"a\":1,\"a\":2},\"b\":{}}", 13},
        {"{\"a\":1,\"a\":{MANY,\"9\":1}}", 8},
        {"{MANY,\"9\":1,\"8\":1,\"b\":{\"a\":1,\"a\":2}}", 342},
        {"{MANY,\"b\":{\"a\":1,\"a\":2},\"9\":1}", 353},
        {"{\"b\":{MANY,\"9\":1},MANY,\"9\":1}", 347},
        {"[{\"a\":1},{\"a\":1,\"b\":{\"a\":1}}]", 0},
        {"[{MANY},{MANY}]", 0},
    };

    for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
        struct text text = TEXT_EMPTY;
        const char *rest = nested[i].text, *many;

        for (; (many = strstr(rest, "MANY")) != NULL; rest = many + strlen("MANY")) {
            text_add_bytes(&text, rest, (size_t)(many - rest));
            for (int name = 0; name < 50; name++)
                text_addf(&text, "%s\"%d\":", name > 0 ? "1," : "", name);
            text_add(&text, "1");
        }
        text_add(&text, rest);
        expect(&text, nested[i].column);
        text_free(&text);
    }
}
END_TEST

/* Very many names, by turns with different hashes and with the same, and by turns without and with
 * a name that occurs twice. The test's time limit is what quadratic time would exceed. */
START_TEST(test_many_names)
{
    enum { MANY = 100000 };
    struct text text = TEXT_EMPTY;
    struct diag problem;
    const char *around = _i < 2 ? "" : ALIKE;

    text_add(&text, "{");
    for (int i = 0; i < MANY; i++)
        text_addf(&text, "\"%s%06d%s\":%d,\n", around, i, around, i);
    text_addf(&text, "  \"%s%s%s\":0}", around, _i % 2 == 0 ? "last" : "0000\\u00307", around);
    problem = problem_of(&text);
    ck_assert_int_eq(problem.id, _i % 2 == 0 ? DIAG_COUNT : DIAG_DUPLICATE_NAME);
    if (_i % 2 == 1) {
        ck_assert_uint_eq(problem.line, MANY + 1);
        ck_assert_uint_eq(problem.column, 3);
    }
    text_free(&text);
}
END_TEST

TCase *json_names_cases(void)
{
    TCase *names = tcase_create("names");

    tcase_set_timeout(names, 20);
    tcase_add_unchecked_fixture(names, temporary_make, temporary_remove);
    tcase_add_loop_test(names, test_pairs, 0, sizeof pairs / sizeof *pairs);
    tcase_add_test(names, test_first);
    tcase_add_loop_test(names, test_many_names, 0, 4);
    return names;
}
