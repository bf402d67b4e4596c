/* check_options.c: how the command line chooses a report. check_cli_usage.c has the messages. */
#include "base/pool.h"
#include "base/text.h"
#include "cli/options.h"
#include "support/harness.h"
#include <getopt.h>
#include <string.h>

Suite *options_suite(void);

/* Writers are opaque to the command line, so their addresses are enough. */
static const int writer_csv, writer_xlsx;
#define WRITER(name) ((const struct writer *)(const void *)&(name))

static const struct options_type types[] = {{"csv", ".csv", true, WRITER(writer_csv)},
                                            {"xlsx", ".xlsx", false, WRITER(writer_xlsx)}};

/* Either the writer that is chosen, or the error. */
static const struct {
    const char *target, *format;
    const int *writer;
    const char *error;
} reports[] = {
    {"a/report.csv", NULL, &writer_csv, NULL},
    {"REPORT.XLSX", NULL, &writer_xlsx, NULL},
    {"x.csv.Xlsx", NULL, &writer_xlsx, NULL},
    {"-", "CSV", &writer_csv, NULL},
    {"report.csv.bak", NULL, NULL, "report.csv.bak: unknown report type; use .csv or .xlsx"},
    {"csv", NULL, NULL, "csv: unknown report type; use .csv or .xlsx"},
    {"-", "xlsx", NULL, "xlsx: unknown format for standard output; use csv"},
    {"-", ".csv", NULL, ".csv: unknown format for standard output; use csv"},
    {"-", "", NULL, "\"\": unknown format for standard output; use csv"},
};

START_TEST(test_report_types)
{
    HARNESS_ROW("%s", reports[_i].target);
    char program[] = "certaudit", output[] = "-o", format[] = "--format", path[] = "exports";
    char *arguments[7] = {program, output, harness_keep(strdup(reports[_i].target)), path};
    int count = 4;
    struct options options;
    struct text error = TEXT_EMPTY;
    struct pool *pool = pool_new();
    if (reports[_i].format != NULL) {
        arguments[count++] = format;
        arguments[count++] = harness_keep(strdup(reports[_i].format));
    }
    optind = 0; /* glibc: start again */
    bool fine = options_parse(&options, count, arguments, types, 2, pool, &error);
    if (reports[_i].error != NULL) {
        ck_assert(!fine);
        ck_assert_str_eq(text_string(&error), reports[_i].error);
    } else {
        ck_assert_msg(fine, "%s", text_string(&error));
        ck_assert_ptr_eq((const void *)options.outputs[0].writer, reports[_i].writer);
    }
    text_free(&error);
    pool_free(pool);
}
END_TEST

Suite *options_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *tcase = tcase_create("report types");
    tcase_add_loop_test(tcase, test_report_types, 0, sizeof reports / sizeof reports[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
