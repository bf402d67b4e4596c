/* check_csv_rows.c: CSV files that people write: rows, line numbers and errors. */
#include "csv/csv_rows.h"
#include "rules/check_controls.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

#define BOM "\xEF\xBB\xBF"
#define LONG_64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG_512 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64

/* The columns are `a` and `b`. Rows are written `LINE:a|b;`. */
static const struct {
    const char *bytes;
    const char *rows, *error; /* error: how it starts, after the file name */
} cases[] = {
    {"a,b\n1,2\n", "2:1|2;", NULL},
    {"a,b\n1,2", "2:1|2;", NULL},
    {"a,b\r\n1,2\r\n3,4\r\n", "2:1|2;3:3|4;", NULL},
    {"b,a\n1,2\n", "2:2|1;", NULL},
    {"x,b,y,a\n1,2,3,4\n", "2:4|2;", NULL},
    {BOM "a,b\n1,2\n", "2:1|2;", NULL},
    {BOM "\"a\",b\n1,2\n", "2:1|2;", NULL},
    {"a,b\n,2\n", "2:|2;", NULL},
    {"a,b\n\"\",\"2\"\n", "2:|2;", NULL},
    {"a,b\n", "", NULL},
    {"a,b", "", NULL},
    /* blank lines are ignored, but counted */
    {"\n\na,b\n\n1,2\n\n\n3,4\n\n", "5:1|2;8:3|4;", NULL},
    {"a,b\r\n\r\n1,2\r\n", "3:1|2;", NULL},
    {"a,b\n  \t\n1,2\n", "3:1|2;", NULL},
    /* so are rows of delimiters, as spreadsheets write them */
    {",\n,,,\na,b\n,\n1,2\n\"\",\"\"\n,,,,\n3,4\n", "5:1|2;8:3|4;", NULL},
    /* semicolons and tabs */
    {"a;b\n1,1;2\n", "2:1,1|2;", NULL},
    {"a\tb\n1;1\t2\n\t\n\"3\t3\"\t4\n", "2:1;1|2;4:3\t3|4;", NULL},
    {"\"a,x,y,z\";a;b\n0;1;2\n", "2:1|2;", NULL},
    {";;\n\na;b;\n1;2;\n", "4:1|2;", NULL},
    {"a,b,c;d,e\n1,2,3;4,5\n", "2:1|2;", NULL},
    {"sep=;\na;b\n1;2\n", "3:1|2;", NULL},
    {"sep=,\r\na;b\r\n1;2\r\n", "3:1|2;", NULL},
    {BOM "\"sep=\t\"\na\tb\n1\t2\n", "3:1|2;", NULL},
    {"SEP=;\ra;b\r1;2", "1:1|2;", NULL},
    /* names without regard to case, `_` and blanks */
    {"A, B \n1,2\n", "2:1|2;", NULL},
    {"_a,\" b_\"\n1,2\n", "2:1|2;", NULL},
    /* quotes, and line breaks inside them */
    {"a,b\n\"1,1\",\"2\"\"2\"\n", "2:1,1|2\"2;", NULL},
    {"a,b\n\"1\n1\",2\n3,4\n", "2:1\n1|2;4:3|4;", NULL},
    {"a,b\n\"\n\n\n\",2\n3,4\n", "2:\n\n\n|2;6:3|4;", NULL},
    {"a,b\n1,\"2\n\n2\"\n\n3,4\n", "2:1|2\n\n2;6:3|4;", NULL},
    {"a,b\r\n\"1\r\n1\",2\r\n3,4\r\n", "2:1\r\n1|2;4:3|4;", NULL},
    {"\"a\",\"b\",\"c\nd\"\n1,2,3\n", "3:1|2;", NULL},
    {"a,b\n\"  x  \",y\n", "2:  x  |y;", NULL},
    {"a,b\n\xC3\xA9,\xF0\x9F\x8E\x89\n", "2:\xC3\xA9|\xF0\x9F\x8E\x89;", NULL},
    {"a,b\n" LONG_512 LONG_512 ",2\n", "2:" LONG_512 LONG_512 "|2;", NULL},
    /* a lone CR ends a row, but not a line */
    {"a,b\n1,2\r3,4\n5,6\n", "2:1|2;2:3|4;3:5|6;", NULL},
    {"a,b\r1,2\r", "1:1|2;", NULL},
    {"a,b\n1,2\r\"3\n\",4\n5,6\n", "2:1|2;2:3\n|4;4:5|6;", NULL},
    {"a,b\n\"1\r\n\r1\",2\r\n3,4\n", "2:1\r\n\r1|2;4:3|4;", NULL},
    /* the header */
    {LONG_64 LONG_64 LONG_64 "0123456\xC3\xA9,x\n", NULL,
     "1: column \"a\" is missing (found: " LONG_64 LONG_64 LONG_64 "0123456...)"},
    {"", NULL, "1: the file is empty"},
    {BOM, NULL, "1: "},
    {"\n\n", NULL, ""},
    {"a,c\n1,2\n", NULL, "1: column \"b\" is missing (found: a, c)"},
    {"ab,b\n1,2\n", NULL, "1: column \"a\" is missing (found: ab, b)"},
    {"a,A,b\n1,2,3\n", NULL, "1: column \"a\" appears 2 times in the header"},
    {"sep=;\n", NULL, "2: the file is empty"},
    {"sep=;", NULL, "1: the file is empty"},
    {"sep=;;\na;b\n", NULL, "1: column \"a\" is missing (found: sep=, , )"},
    {"a\n1\n", NULL, "1: column \"b\" is missing (found: a)"},
    {"a,b,a\n1,2,3\n", NULL, "1: column \"a\" appears 2 times in the header"},
    {"\n\na,c\n", NULL, "3: column \"b\" is missing (found: a, c)"},
    {"a:b\n1:2\n", NULL, "1: column \"a\" is missing (found: a:b)"},
    {"a;b\n1,2\n", NULL, "2: expected 2 fields, found 1"},
    {"PK\x03\x04\x14", NULL, "1: this is a workbook; open it and save the sheet as CSV"},
    {"\xD0\xCF\x11\xE0", NULL, "1: this is a workbook"},
    {"x" BOM "a,b\n1,2\n", NULL, "1: column \"a\" is missing (found: x"},
    /* number of fields */
    {"a,b\n1\n", NULL, "2: expected 2 fields, found 1"},
    {"a,b\n1,2,3\n", NULL, "2: expected 2 fields, found 3"},
    {"a,b\n1,2\n3,4,\n", NULL, "3: "},
    {"a,b\n\"1\n1\",2\n3\n", NULL, "4: "},
    {"a,b\n1,2\n\"3\n3\"\n5,6\n", NULL, "3: "},
    {"a,b\n1,2\n3", NULL, "3: "},
    {"a,b\n\n\n\n1,2,3\n", NULL, "5: "},
    /* invalid quoting */
    {"a,b\n\"1,2\n", NULL, "2: invalid quoting; "},
    {"a,b\n1,2\n3,\"4\n5,6\n", NULL, "3: "},
    {"a,b\n\"1\"x,2\n", NULL, "2: "},
    {"a,b\n1\"1,2\n", NULL, "2: "},
    {"\"a,b\n", NULL, "1: "},
    /* invalid UTF-8 */
    {"a,b\n1,2\n\xE9,4\n", NULL, "3: contains invalid UTF-8; "},
    {"a,b\n\"1\n\xFF\",2\n", NULL, "2: "},
    {"a,\xE9,b\n1,2,3\n", NULL, "1: "},
    {"\xFF\xFE"
     "a",
     NULL, "1: the UTF-16 text"},
    {"a,b\n\xED\xA0\x80,2\n", NULL, "2: "},
};

/* The bytes are copied to a block of their size, so that the sanitizers notice reads past the end.
 */
static void look(const char *bytes, size_t size, const char *expected, const char *error_begins)
{
    static const char *const columns[] = {"a", "b"};
    static const struct csv_shape shape = {columns, 2, 2};
    struct csv_rows rows = {NULL, 0, 0};
    struct text error = TEXT_EMPTY, found = TEXT_EMPTY;
    char *copy = malloc(size + (size == 0));
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    bool fine = csv_rows_read(&rows, "n\x1B.csv", copy, size, &shape, facts_pool(), &error);
    free(copy);
    ck_assert_msg(fine == (expected != NULL), "%s", text_string(&error));
    if (fine) {
        for (size_t i = 0; i < rows.count; i++)
            text_addf(&found, "%zu:%s|%s;", rows.rows[i].line, rows.rows[i].fields[0],
                      rows.rows[i].fields[1]);
        ck_assert_str_eq(text_string(&found), expected);
    } else {
        static const char name[] = "n\\x1B.csv:";
        ck_assert_int_eq(strncmp(text_string(&error), name, strlen(name)), 0);
        const char *rest = text_string(&error) + strlen(name);
        ck_assert_msg(strncmp(rest, error_begins, strlen(error_begins)) == 0, "%s", rest);
        ck_assert_uint_gt(strlen(rest), strlen("1: "));
        ck_assert_ptr_null(strchr(rest, '\n'));
    }
    free(rows.rows);
    text_free(&error);
    text_free(&found);
}

START_TEST(test_rows)
{
    HARNESS_ROW("%s", cases[_i].bytes);
    look(cases[_i].bytes, strlen(cases[_i].bytes), cases[_i].rows, cases[_i].error);
}
END_TEST

#define WITH_SIZE(bytes) bytes, sizeof(bytes) - 1

START_TEST(test_nul)
{
    look(WITH_SIZE("a,b\n1,2\n3\0,4\n"), NULL, "3: contains a NUL byte; ");
    look(WITH_SIZE("a,b\n1,\"2\n\0\"\n"), NULL, "2: ");
    look(WITH_SIZE("a\0,b\n1,2\n"), NULL, "1: ");
    look(WITH_SIZE("\0a,b\n1,2\n"), NULL, "1: ");
    look(WITH_SIZE("a,b\n1,2\n\0"), NULL, "3: ");
}
END_TEST

/* UTF-16 with a mark, as Excel's "Unicode text" is. */
START_TEST(test_utf16)
{
    look(WITH_SIZE("\xFF\xFE"
                   "a\0\t\0b\0\r\0\n\0\xE9\0\t\0\x3D\xD8\x89\xDE"),
         "2:\xC3\xA9|\xF0\x9F\x9A\x89;", NULL);
    look(WITH_SIZE("\xFE\xFF\0a\0,\0b\0\n\0\x31\0,\0\x32"), "2:1|2;", NULL);
    look(WITH_SIZE("\xFF\xFE"
                   "a\0,\0b\0\n"),
         NULL, "1: the UTF-16 text is damaged or cut off; ");
    look(WITH_SIZE("\xFF\xFE"
                   "a\0,\0b\0\n\0\x3D\xD8,\0"),
         NULL, "1: the UTF-16 text is damaged");
    look(WITH_SIZE("\xFF\xFE"), NULL, "1: the file is empty");
}
END_TEST

/* A field of many lines, longer than any buffer, and the line number after it. */
START_TEST(test_long)
{
    enum { LINES = 100000 };
    struct text bytes = TEXT_EMPTY, expected = TEXT_EMPTY;
    text_add(&bytes, "a,b\n\"");
    text_add(&expected, "2:");
    for (int i = 0; i < LINES; i++) {
        text_addf(&bytes, "%d \"\"\n", i);
        text_addf(&expected, "%d \"\n", i);
    }
    text_add(&bytes, "\",2\n3,4\n");
    text_addf(&expected, "|2;%d:3|4;", LINES + 3);
    look(bytes.bytes, bytes.length, expected.bytes, NULL);
    text_free(&bytes);
    text_free(&expected);
}
END_TEST

void controls_add_rows(Suite *suite)
{
    TCase *rows = tcase_create("rows");
    tcase_set_timeout(rows, 60);
    tcase_add_loop_test(rows, test_rows, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(rows, test_nul);
    tcase_add_test(rows, test_utf16);
    tcase_add_test(rows, test_long);
    suite_add_tcase(suite, rows);
}
