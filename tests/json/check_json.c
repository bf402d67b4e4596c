/*
 * check_json.c: json.h: the table of check_json_cases.c in UTF-8 and UTF-16, with windows that end
 * anywhere in it, and tests that do not fit in a table.
 */
#include "json/check_json.h"
#include "base/file.h"
#include "base/limit.h"
#include "base/text.h"
#include "support/harness.h"
#include "support/json_trees.h"
#include "support/temporary.h"
#include "json/check_json_conformance.h"
#include "json/json_tree.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *json_suite(void);

static void add_document(const struct json_document *document, const cJSON *root,
                         struct text *result)
{
    text_addf(result, "%zu@%zu:%zu ", document->number, document->line, document->column);
    json_tree_print(root, result);
    text_add(result, "; ");
}

/* Reads the file. The result is as in struct json_case, with line numbers less by lines. */
static void read_file(size_t lines, struct text *result, struct text *message)
{
    struct file *file = file_open(temporary_path, false);
    struct json_trees json;
    struct json_document document;
    enum json_event event;

    ck_assert_ptr_nonnull(file);
    json_trees_open(&json, file);
    while ((event = json_trees_next(&json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY) {
        document.line -= lines;
        if (event == JSON_DOCUMENT)
            add_document(&document, json.root, result);
        else
            text_addf(result, "empty@%zu:%zu; ", document.line, document.column);
    }
    if (event == JSON_END) {
        text_add(result, "end");
    } else {
        struct diag diag = json.problem;
        ck_assert_int_eq(event, JSON_BREAK);
        ck_assert_ptr_null(diag.file);
        diag.file = "f";
        text_addf(result, "%s@%zu:%zu", diag_name(diag.id),
                  diag.id == DIAG_EMPTY_FILE ? diag.line : diag.line - lines, diag.column);
        diag_add_message(&diag, message);
    }
    json_trees_close(&json);
    file_close(file);
}

static void expect(size_t lines, const char *result)
{
    struct text text = TEXT_EMPTY, message = TEXT_EMPTY;

    read_file(lines, &text, &message);
    ck_assert_str_eq(text_string(&text), result);
    text_free(&text);
    text_free(&message);
}

/* Writes the bytes after the mark and a number of line feeds. */
static void write_after(size_t lines, const char *mark, const char *bytes, size_t count)
{
    struct text text = TEXT_EMPTY;

    text_add(&text, mark);
    for (size_t i = 0; i < lines; i++)
        text_add(&text, "\n");
    text_add_bytes(&text, bytes, count);
    temporary_write(text.bytes, text.length);
    text_free(&text);
}

/* Reads the bytes, with a document a number of lines before them. */
static void read_after_document(size_t lines, const char *bytes, size_t count, struct text *out)
{
    struct text result = TEXT_EMPTY, message = TEXT_EMPTY;

    write_after(lines, "{}", bytes, count);
    read_file(lines, &result, &message);
    text_clear(out);
    text_addf(out, "%s: %s", strchr(text_string(&result), ';'), text_string(&message));
    text_free(&result);
    text_free(&message);
}

/* The result is the same wherever in the bytes a window ends. A document comes first, since the
 * beginning of a file depends on more than one byte. */
static void across_windows(const char *bytes, size_t count)
{
    struct text result = TEXT_EMPTY, again = TEXT_EMPTY;

    read_after_document(1, bytes, count, &result);
    for (size_t i = 0; i <= count; i++) {
        read_after_document(FILE_WINDOW - strlen("{}") - i, bytes, count, &again);
        ck_assert_str_eq(text_string(&again), text_string(&result));
    }
    text_free(&result);
    text_free(&again);
}

START_TEST(test_case)
{
    HARNESS_ROW("%s", json_cases[_i].bytes);
    const struct json_case *one = &json_cases[_i];

    write_after(0, "", one->bytes, one->count);
    expect(0, one->result);
    write_after(0, "\xEF\xBB\xBF", one->bytes, one->count);
    expect(0, one->result);
    /* Each byte once as the first of a window. */
    for (size_t i = 0; i <= one->count; i++) {
        write_after(FILE_WINDOW - i, "", one->bytes, one->count);
        expect(FILE_WINDOW - i, one->result);
    }
    across_windows(one->bytes, one->count);
}
END_TEST

static void add_unit(struct text *text, bool big, unsigned long unit)
{
    char bytes[2] = {(char)(unit & 0xFF), (char)(unit >> 8)};

    if (big) {
        bytes[0] = (char)(unit >> 8);
        bytes[1] = (char)(unit & 0xFF);
    }
    text_add_bytes(text, bytes, 2);
}

bool json_add_utf16(struct text *text, bool big, const char *bytes, size_t count)
{
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};

    for (size_t i = 0, length; i < count; i += length) {
        unsigned long point;

        length = text_character(bytes + i);
        if (length == 0)
            return false;
        point = (unsigned char)bytes[i] & first_bits[length];
        for (size_t j = 1; j < length; j++)
            point = point << 6 | ((unsigned char)bytes[i + j] & 0x3F);
        if (point >= 0x10000) {
            add_unit(text, big, 0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + (point & 0x3FF);
        }
        add_unit(text, big, point);
    }
    return true;
}

START_TEST(test_case_utf16)
{
    const struct json_case *one = &json_cases[_i / 2];
    bool big = _i % 2 == 1;

    for (size_t i = 0; i <= one->count + 1; i++) {
        struct text text = TEXT_EMPTY;
        size_t lines = i == 0 ? 0 : FILE_WINDOW / 2 - i;

        add_unit(&text, big, 0xFEFF);
        for (size_t j = 0; j < lines; j++)
            add_unit(&text, big, '\n');
        if (json_add_utf16(&text, big, one->bytes, one->count)) {
            temporary_write(text.bytes, text.length);
            expect(lines, one->result);
        }
        text_free(&text);
    }
}
END_TEST

#define CASE(text, result)                                                                         \
    {                                                                                              \
        text, sizeof text - 1, result                                                              \
    }
static const struct json_case raw_cases[] = {
    CASE("\xEF\xBB\xBF", "empty-file@1:1"),
    CASE("\xFF\xFE", "empty-file@1:1"),
    CASE("\xFE\xFF\0\n", "empty-file@1:1"),
    CASE("\xEF\xBB", "not-json@1:1"),
    CASE("\xFF", "not-json@1:1"),
    CASE("\xFF\xFE{", "utf16-odd@1:1"),
    CASE("\xFF\xFE{\0}\0\n", "1@1:1 {}; utf16-odd@1:3"),
    CASE("\xFF\xFE{\0\n\0x", "utf16-odd@2:1"),
    CASE("\xFF\xFE{\0}\0\x3D\xD8", "1@1:1 {}; lone-surrogate@1:3"),
    CASE("\xFF\xFE\"\0\x3D\xD8x\0\"\0", "lone-surrogate@1:2"),
    CASE("\xFF\xFE\"\0\x00\xDE\"\0", "lone-surrogate@1:2"),
    CASE("\xFE\xFF\0\"\xD8\x3D\xD8\x3D\xDE\0", "lone-surrogate@1:2"),
    CASE("\xFE\xFF\0{\0\0", "nul@1:2"),
    /* Another encoding was appended. */
    CASE("{}\n{\0\n\0", "1@1:1 {}; mixed-encodings@2:2"),
    CASE("{}\n\0{\0\n", "1@1:1 {}; mixed-encodings@2:1"),
    CASE("{}\n[\0{\0", "1@1:1 {}; mixed-encodings@2:2"),
    CASE("{}\nx\0y\0", "1@1:1 {}; mixed-encodings@2:1"),
    CASE("{}\n\xFE\xFF\0{\0}", "1@1:1 {}; mixed-encodings@2:1"),
    CASE("\xFF\xFE{\0}\0\n\0{}\r\n", "1@1:1 {}; mixed-encodings@2:1"),
    CASE("\xFE\xFF\0{\0}\0\n{}\r\n", "1@1:1 {}; mixed-encodings@2:1"),
    CASE("\xFF\xFE{\0}\0\x60\x20\n\0", "1@1:1 {}; json-syntax@1:3"),
};

START_TEST(test_raw_case)
{
    HARNESS_ROW("%s", raw_cases[_i].bytes);
    temporary_write(raw_cases[_i].bytes, raw_cases[_i].count);
    expect(0, raw_cases[_i].result);
}
END_TEST

START_TEST(test_cause)
{
    HARNESS_ROW("%s", json_causes[_i].bytes);
    struct text result = TEXT_EMPTY, message = TEXT_EMPTY;

    temporary_write(json_causes[_i].bytes, strlen(json_causes[_i].bytes));
    read_file(0, &result, &message);
    ck_assert_msg(strstr(text_string(&message), json_causes[_i].message) != NULL,
                  "expected: %s\n  in: %s", json_causes[_i].message, text_string(&message));
    text_free(&result);
    text_free(&message);
    across_windows(json_causes[_i].bytes, strlen(json_causes[_i].bytes));
}
END_TEST

/* Numbers keep their text, even those that cJSON would refuse. */
START_TEST(test_number)
{
    enum { DIGITS = 300 };
    char digits[DIGITS + 1];
    struct text text = TEXT_EMPTY;
    struct json_document document;
    struct file *file;
    struct json_trees json;
    const cJSON *number;

    memset(digits, '1', DIGITS);
    digits[DIGITS] = '\0';
    /* Every length around cJSON's limit of 63 characters, as an integer and as a fraction. */
    text_add(&text, "{\"a\":[1e400,-1E400,1.50,-0,0.1");
    for (int length = 55; length < DIGITS; length++) {
        text_addf(&text, ",%.*s", length, digits);
        text_addf(&text, ",-0.%.*se%d", length, digits, length);
    }
    text_addf(&text, ",%se999,-%se+999],\"b\":{}} 7", digits, digits);
    temporary_write(text.bytes, text.length);
    file = file_open(temporary_path, false);
    json_trees_open(&json, file);
    ck_assert_int_eq(json_trees_next(&json, &document), JSON_DOCUMENT);
    number = json_member(json.root, "a")->child;
    ck_assert_str_eq(number->valuestring, "1e400");
    ck_assert(isinf(number->valuedouble) && isinf(number->next->valuedouble));
    for (const char *token = strtok(text.bytes + 6, ",]"); number != NULL; number = number->next) {
        ck_assert_str_eq(number->valuestring, token);
        ck_assert(cJSON_IsNumber(number));
        ck_assert(!(number->valuedouble < strtod(token, NULL)));
        ck_assert(!(number->valuedouble > strtod(token, NULL)));
        token = strtok(NULL, ",]");
    }
    ck_assert_int_eq(json_trees_next(&json, &document), JSON_DOCUMENT);
    ck_assert_str_eq(json.root->valuestring, "7");
    ck_assert_int_eq(json_trees_next(&json, &document), JSON_END);
    json_trees_close(&json);
    file_close(file);
    text_free(&text);
}
END_TEST

/* Depth inside a document, where a top-level array does not count. Objects and arrays alternate. */
START_TEST(test_depth)
{
    bool array = _i % 2 == 1, deep = _i >= 2;
    int depth = deep ? LIMIT_DEPTH + 1 : LIMIT_DEPTH;
    struct text text = TEXT_EMPTY, result = TEXT_EMPTY, message = TEXT_EMPTY;
    size_t column = 0;

    text_add(&text, array ? "[" : "");
    for (int i = 0; i < depth; i++) {
        column = text.length + 1;
        text_add(&text, i % 2 == 0 ? "{\"a\":" : "[");
    }
    text_add(&text, "1");
    for (int i = depth; i-- > 0;)
        text_add(&text, i % 2 == 0 ? "}" : "]");
    text_add(&text, array ? "]" : "");
    temporary_write(text.bytes, text.length);
    read_file(0, &result, &message);
    text_clear(&text);
    text_addf(&text, "too-deep@1:%zu", column);
    if (deep)
        ck_assert_str_eq(text_string(&result), text_string(&text));
    else
        ck_assert_ptr_nonnull(strstr(text_string(&result), "; end"));
    text_free(&text);
    text_free(&result);
    text_free(&message);
}
END_TEST

static const struct {
    const char *bytes;
    size_t count;
    bool more, result;
} looks[] = {
    {"{}", 2, false, true},
    {" \r\n\t[", 5, false, true},
    {"\xEF\xBB\xBF {", 5, false, true},
    {"\xFF\xFE \0{\0", 6, false, true},
    {"\xFE\xFF\0 \0[", 6, false, true},
    {"", 0, false, false},
    {"", 0, true, true},
    {" \n", 2, false, false},
    {" \n", 2, true, true},
    {"\xFF\xFE \0", 4, true, true},
    {"\"a\"", 3, false, false},
    {"Certificate: {", 14, true, false},
    {"\xFF\xFE{\x01", 4, false, false},
    {"\xFF\xFE\0{", 4, false, false},
    {"\xFE\xFF \0{\0", 6, false, false},
    {"\0{\0\"", 4, false, true},
    {"\0[", 2, true, true},
    {"\0x", 2, false, false},
    {"{\0\"\0", 4, false, true},
    {"\x0C{", 2, false, false},
};

START_TEST(test_looks)
{
    HARNESS_ROW("%s", looks[_i].bytes);
    ck_assert(json_looks_like((const unsigned char *)looks[_i].bytes, looks[_i].count,
                              looks[_i].more) == looks[_i].result);
}
END_TEST

START_TEST(test_member)
{
    static const char text[] = "{\"A\":1,\"a\":\"x\",\"n\":null,\"e\":\"\",\"f\":false,\"o\":{}}";
    struct json_document document;
    struct file *file;
    struct json_trees json;

    temporary_write(text, strlen(text));
    file = file_open(temporary_path, false);
    json_trees_open(&json, file);
    ck_assert_int_eq(json_trees_next(&json, &document), JSON_DOCUMENT);
    ck_assert_str_eq(json_member(json.root, "a")->valuestring, "x");
    ck_assert(cJSON_IsNumber(json_member(json.root, "A")));
    ck_assert(cJSON_IsFalse(json_member(json.root, "f")));
    ck_assert(cJSON_IsObject(json_member(json.root, "o")));
    ck_assert_ptr_null(json_member(json.root, "n"));
    ck_assert_ptr_null(json_member(json.root, "e"));
    ck_assert_ptr_null(json_member(json.root, "N"));
    ck_assert_ptr_null(json_member(json_member(json.root, "A"), "a"));
    ck_assert_ptr_null(json_member(NULL, "a"));
    json_trees_close(&json);
    json_free(NULL);
    file_close(file);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *table = tcase_create("table"), *rest = tcase_create("rest");

    tcase_set_timeout(table, 60);
    tcase_add_unchecked_fixture(table, temporary_make, temporary_remove);
    tcase_add_loop_test(table, test_case, 0, json_case_count);
    tcase_add_loop_test(table, test_case_utf16, 0, 2 * json_case_count);
    tcase_add_loop_test(table, test_raw_case, 0, COUNT(raw_cases));
    tcase_add_loop_test(table, test_cause, 0, json_cause_count);
    suite_add_tcase(suite, table);
    tcase_add_unchecked_fixture(rest, temporary_make, temporary_remove);
    tcase_add_test(rest, test_number);
    tcase_add_loop_test(rest, test_depth, 0, 4);
    tcase_add_loop_test(rest, test_looks, 0, COUNT(looks));
    tcase_add_test(rest, test_member);
    suite_add_tcase(suite, rest);
    suite_add_tcase(suite, json_large_cases());
    suite_add_tcase(suite, json_token_cases());
    suite_add_tcase(suite, json_names_cases());
    suite_add_tcase(suite, json_tree_cases());
    suite_add_tcase(suite, json_batch_cases());
    suite_add_tcase(suite, json_conformance_cases());
    return suite;
}
