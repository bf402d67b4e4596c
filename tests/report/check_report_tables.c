/* check_report_tables.c: Evidence, Coverage and the facts of the run. */
#include "report/check_report.h"
#include "rules/controls.h"
#include "support/harness.h"
#include <string.h>

static const struct {
    const char *title, *text;
} problems[] = {
    {"file", "b.json"},   {"kind", "acm describe-certificate"},
    {"bytes", "12"},      {"sha256", REPORT_SHA},
    {"documents", "1"},   {"certificates", "0"},
    {"state", "partial"}, {"line", "3"},
    {"column", "4"},
};

START_TEST(test_evidence)
{
    struct evidence *evidence = facts_evidence();
    struct evidence_file *first = facts_file(evidence, "a.json");
    struct evidence_file *file = facts_file(evidence, "b.json");
    file->state = EVIDENCE_PARTIAL;
    file->kinds = "acm describe-certificate";
    file->bytes = 12;
    for (size_t i = 0; i < 12; i++)
        facts_problem(file, DIAG_DUPLICATE_NAME, 3 + i, 4, "\"x\"");
    struct evidence_file *copy = facts_file(evidence, "c.json");
    copy->state = EVIDENCE_DUPLICATE;
    copy->original = first;
    struct evidence_file *skipped = facts_file(evidence, "d.txt");
    skipped->state = EVIDENCE_SKIPPED;
    skipped->hashed = false;
    const struct report *report = report_on(evidence);
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        ck_assert_str_eq(report_at(report, REPORT_EVIDENCE, 1, problems[i].title),
                         problems[i].text);
    const char *problem = report_at(report, REPORT_EVIDENCE, 1, "problem");
    facts_holds(problem, "\"x\"");
    facts_holds(problem, "11 more");
    ck_assert_str_eq(report_at(report, REPORT_EVIDENCE, 0, "problem"), "");
    ck_assert_int_eq(report_kind_at(report, REPORT_EVIDENCE, 0, "line"), CELL_EMPTY);
    ck_assert_str_eq(report_at(report, REPORT_EVIDENCE, 2, "state"), "duplicate");
    facts_holds(report_at(report, REPORT_EVIDENCE, 2, "problem"), "a.json");
    ck_assert_str_eq(report_at(report, REPORT_EVIDENCE, 3, "state"), "skipped");
    ck_assert_int_eq(report_kind_at(report, REPORT_EVIDENCE, 3, "sha256"), CELL_EMPTY);
    ck_assert_int_eq(report_kind_at(report, REPORT_EVIDENCE, 3, "bytes"), CELL_EMPTY);
}
END_TEST

START_TEST(test_coverage)
{
    const struct report *report = report_small();
    const size_t rows = report->tables[REPORT_COVERAGE].row_count;
    ck_assert_uint_eq(rows, 3);
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 0, "account"), "not stated");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 0, "region"), "not stated");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 1, "region"), "eu-west-1");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 1, "listed"), "1");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 1, "described"), "3");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 2, "service"), "iam");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 2, "in_scope"), "");
    ck_assert_int_eq(report_kind_at(report, REPORT_COVERAGE, 1, "truncated"), CELL_COUNT);
}
END_TEST

static const char *fact_of(const struct report *report, const char *name)
{
    for (size_t i = 0; i < report->fact_count; i++)
        if (strcmp(report->facts[i].name, name) == 0)
            return report->facts[i].value;
    ck_abort_msg("no fact %s", name);
}

/* Everything needed to repeat the run. */
START_TEST(test_facts)
{
    static const char *const wanted[][2] = {
        {"title", "A title"},         {"as of", "2026-11-20T00:00:00Z"},
        {"version", "certaudit 9.9"}, {"cut-off of IAM-033", "2014-04-01T00:00:00Z"},
        {"path", "exports"},          {"scope", "none given"},
        {"waivers", "none given"},    {"baseline", "none given"},
    };
    const struct report *report = report_small();
    const char *table = fact_of(report, "control table");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_str_eq(fact_of(report, wanted[i][0]), wanted[i][1]);
    ck_assert_str_eq(table, harness_format("built in, SHA-256 %s", report->controls->sha256));
}
END_TEST

void report_add_tables(Suite *suite)
{
    TCase *tables = tcase_create("tables");
    tcase_add_test(tables, test_evidence);
    tcase_add_test(tables, test_coverage);
    tcase_add_test(tables, test_facts);
    suite_add_tcase(suite, tables);
}
