/* check_suggest.c: the distance between names, and which name is suggested. */
#include "cli/suggest.h"
#include "support/harness.h"
#include <check.h>
#include <string.h>

Suite *suggest_suite(void);

enum { MOST = 9, NAMES = 4 };

static const struct {
    const char *from, *to;
    size_t edits;
} pairs[] = {
    {"", "", 0},
    {"", "abc", 3},
    {"abc", "abc", 0},
    {"ABC", "abc", 0},
    {"\xC3\x84", "\xC3\xA4", 1}, /* only ASCII case is ignored */
    {"otput", "output", 1},
    {"outputt", "output", 1},
    {"outbut", "output", 1},
    {"outptu", "output", 1},
    {"otuptu", "output", 2},
    {"ca", "abc", 3}, /* swapped characters are not edited again */
    {"kitten", "sitting", 3},
    {"sitting", "kitten", 3},
    {"abcdefghi", "rstuvwxyz", 9},
    {"abcdefghij", "qrstuvwxyz", MOST + 1},
    {"a", "abcdefghijklmn", MOST + 1},
};

START_TEST(test_edits)
{
    HARNESS_ROW("%s, %s", pairs[_i].from, pairs[_i].to);
    ck_assert_uint_eq(suggest_edits(pairs[_i].from, pairs[_i].to, MOST), pairs[_i].edits);
    for (size_t most = 0; most < MOST; most++)
        ck_assert_uint_eq(suggest_edits(pairs[_i].from, pairs[_i].to, most),
                          pairs[_i].edits < most + 1 ? pairs[_i].edits : most + 1);
}
END_TEST

START_TEST(test_long)
{
    char name[300];
    memset(name, 'x', sizeof name);
    name[255] = '\0';
    ck_assert_uint_eq(suggest_edits(name, name, MOST), 0);
    name[255] = 'x';
    name[256] = '\0';
    ck_assert_uint_eq(suggest_edits(name, name, MOST), MOST + 1);
}
END_TEST

static const struct {
    const char *given, *found; /* NULL: none */
    const char *names[NAMES];
} choices[] = {
    {"otput", "output", {"format", "output", "title"}},
    {"output", "output", {"outputs", "output", "outpu"}},
    {"exmple", "example", {"engagement", "example", "examples"}},
    {"Exports", "exports", {"exports", "export"}},
    {"reporx", "report", {"reports", "reporz", "report"}},
    {"ab", "aa", {"ac", "aa", "ad"}}, /* equally close: the first by bytes */
    {"ab", NULL, {"cd", "dc", "xyz"}},
    {"exam", "Example", {"xam ple", "Example", "engagement"}}, /* a prefix */
    {"exam", "exam", {"example", "exam"}},
    {"a", NULL, {"b", "abc", ""}},
    {"a", "A", {"b", "A"}},
    {"", NULL, {"", "a"}},
    {"no-such-option", NULL, {"format", "scope", "pack", "jobs"}},
    {"in.json", NULL, {NULL}},
};

/* The order of the names does not matter. */
START_TEST(test_choice)
{
    HARNESS_ROW("%s", choices[_i].given);
    for (size_t order = 0; order < 2; order++) {
        struct suggestion suggestion = suggest_begin(choices[_i].given);
        struct text text = TEXT_EMPTY;
        for (size_t i = 0; i < NAMES; i++) {
            const char *name = choices[_i].names[order == 0 ? i : NAMES - 1 - i];
            if (name != NULL)
                suggest_offer(&suggestion, name);
        }
        if (choices[_i].found == NULL) {
            ck_assert_ptr_null(suggest_found(&suggestion));
        } else {
            ck_assert_ptr_nonnull(suggest_found(&suggestion));
            ck_assert_str_eq(suggest_found(&suggestion), choices[_i].found);
        }
        suggest_end(&suggestion, "--", &text);
        ck_assert((text.length > 0) == (choices[_i].found != NULL));
        text_free(&text);
    }
}
END_TEST

START_TEST(test_words)
{
    struct suggestion suggestion = suggest_begin("bel");
    struct text text = TEXT_EMPTY;
    suggest_offer(&suggestion, "be\x07l");
    text_add(&text, "unknown");
    suggest_end(&suggestion, "in/", &text);
    ck_assert_str_eq(text_string(&text), "unknown; did you mean in/be\\x07l?");
    text_free(&text);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *suggest_suite(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tcase = tcase_create("suggest");
    tcase_add_loop_test(tcase, test_edits, 0, COUNT(pairs));
    tcase_add_test(tcase, test_long);
    tcase_add_loop_test(tcase, test_choice, 0, COUNT(choices));
    tcase_add_test(tcase, test_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
