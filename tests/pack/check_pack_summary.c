/* check_pack_summary.c: the Summary sheet agrees with the tables of the same pack. */
#include "support/cli.h"
#include "support/workbook.h"
#include <stdlib.h>
#include <string.h>

#define ADDED "fixtures/engagement/"

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

static const char *write_pack(void)
{
    const char *pack = in(harness_folder(), "pack");
    struct harness_result result =
        CLI_RUN(NULL, "fixtures/example", "--as-of", HARNESS_AS_OF, "--pack", pack, "--scope",
                ADDED "scope.csv", "--waivers", ADDED "waivers.csv", "--baseline",
                ADDED "baseline.csv", "--title", "Spring review");
    cli_ends(&result, 1);
    return pack;
}

/* The first row at or after `from` whose first cell is this. */
static size_t row_of(const struct sheet *sheet, size_t from, const char *first)
{
    for (size_t row = from; row < sheet->count; row++)
        if (strcmp(sheet_cell(sheet, row, 0), first) == 0)
            return row;
    HARNESS_FAIL("Summary has no %s after row %zu", first, from);
}

static size_t number(const struct sheet *sheet, size_t row, size_t column)
{
    const char *cell = sheet_cell(sheet, row, column);
    HARNESS_REQUIRE(*cell != '\0' && cell[strspn(cell, "0123456789")] == '\0', "not a number: %s",
                    cell);
    return (size_t)strtoul(cell, NULL, 10);
}

/* The number of rows with these values, but for those out of scope; NULL matches any. */
static size_t count(const struct sheet *sheet, const char *const titles[3],
                    const char *const values[3])
{
    size_t found = 0;
    for (size_t row = 1; row < sheet->count; row++) {
        bool same = strcmp(sheet_value(sheet, row, "in_scope"), "no") != 0;
        for (size_t i = 0; i < 3; i++)
            same &= values[i] == NULL || strcmp(sheet_value(sheet, row, titles[i]), values[i]) == 0;
        found += same;
    }
    return found;
}

static const char *const by_rule[3] = {"rule", "result", "condition"};
static const char *const by_account[3] = {"account", "result", "condition"};

/* The order of sections; fields for the auditor are empty. */
START_TEST(test_sections)
{
    static const char *const sections[] = {"Spring review",
                                           "Verdict",
                                           "Sign-off",
                                           "Population",
                                           "Results",
                                           "Failures by age",
                                           "Accounts, most failures first",
                                           "Top open items",
                                           "Controls with open findings",
                                           "Waivers",
                                           "Changes since the baseline",
                                           "Limits",
                                           "Facts of the run"};
    static const char *const blank[] = {"Prepared by",
                                        "Reviewed by",
                                        "Workpaper reference",
                                        "Period",
                                        "How completeness was tested",
                                        "How accuracy was tested",
                                        "Conclusion"};
    const struct sheet *summary = workbook_sheet(in(write_pack(), "report.xlsx"), "Summary");
    size_t row = 0;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        row = row_of(summary, row, sections[i]) + 1;
    row = row_of(summary, 0, "Sign-off");
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        row = row_of(summary, row, blank[i]);
        ck_assert_str_eq(sheet_cell(summary, row, 1), "");
        ck_assert_str_eq(sheet_cell(summary, row, 5), "");
    }
    ck_assert_str_eq(sheet_cell(summary, row + 1, 0), "The conclusion is left to the auditor.");
}
END_TEST

START_TEST(test_results)
{
    static const char *const results[] = {"FAIL", "UNKNOWN", "WAIVED", "PASS", "NOT_APPLICABLE"};
    const char *pack = write_pack();
    const struct sheet *summary = workbook_sheet(in(pack, "report.xlsx"), "Summary");
    const struct sheet *findings = sheet_read_csv(in(pack, "findings.csv"));
    size_t row = row_of(summary, 0, "Rule");
    ck_assert_str_eq(harness_format("%.7s", sheet_cell(summary, row + 1, 0)), "IAM-033");
    ck_assert_str_eq(harness_format("%.7s", sheet_cell(summary, row + 2, 0)), "ACM-005");
    for (size_t i = 1; i <= 2; i++) {
        const char *rule = harness_format("%.7s", sheet_cell(summary, row + i, 0));
        for (size_t j = 0; j < 5; j++) {
            ck_assert_str_eq(sheet_cell(summary, row, 1 + j), results[j]);
            ck_assert_uint_eq(number(summary, row + i, 1 + j),
                              count(findings, by_rule, (const char *[]){rule, results[j], NULL}));
        }
        ck_assert_uint_eq(number(summary, row + i, 6),
                          count(findings, by_rule, (const char *[]){rule, NULL, NULL}));
    }
    /* The conditions of a rule, in a table of their own. */
    row = row_of(summary, row + 3, "ACM-005 AWS ACM Certificates Validity (Medium)");
    ck_assert_str_eq(sheet_cell(summary, row + 1, 0), "Condition");
    row = row_of(summary, row, "request-pending");
    ck_assert_str_eq(sheet_cell(summary, row, 2), "FAIL");
    ck_assert_uint_eq(
        number(summary, row, 1),
        count(findings, by_rule, (const char *[]){"ACM-005", "FAIL", "request-pending"}));
    row = row_of(summary, row, "nothing-pending");
    ck_assert_str_eq(sheet_cell(summary, row, 2), "PASS");
    ck_assert_uint_eq(
        number(summary, row, 1),
        count(findings, by_rule, (const char *[]){"ACM-005", "PASS", "nothing-pending"}));
    /* The age groups add up to all failures of the rule. */
    size_t ages = 0;
    for (row = row_of(summary, 0, "At the as-of time") + 1; *sheet_cell(summary, row, 1) != '\0';
         row++)
        ages += number(summary, row, 1);
    ck_assert_uint_eq(ages, count(findings, by_rule, (const char *[]){"ACM-005", "FAIL", NULL}));
}
END_TEST

START_TEST(test_accounts)
{
    const char *pack = write_pack();
    const struct sheet *summary = workbook_sheet(in(pack, "report.xlsx"), "Summary");
    const struct sheet *findings = sheet_read_csv(in(pack, "findings.csv"));
    size_t row = row_of(summary, 0, "Account") + 1, before = SIZE_MAX;
    ck_assert_str_eq(sheet_cell(summary, row, 0), "111122223333");
    for (; *sheet_cell(summary, row, 1) != '\0'; row++) {
        const char *account = sheet_cell(summary, row, 0);
        size_t fail = count(findings, by_account, (const char *[]){account, "FAIL", NULL});
        ck_assert_uint_eq(number(summary, row, 1), fail);
        ck_assert_uint_eq(number(summary, row, 2),
                          count(findings, by_account, (const char *[]){account, "UNKNOWN", NULL}));
        ck_assert_uint_eq(number(summary, row, 6),
                          count(findings, by_account, (const char *[]){account, NULL, NULL}));
        ck_assert_uint_le(fail, before);
        before = fail;
    }
}
END_TEST

/* The value of the cell in the XML of the sheet. */
static const char *cell_of(const char *xml, const char *name)
{
    const char *cell = strstr(xml, harness_format("<c r=\"%s\"", name));
    HARNESS_REQUIRE(cell != NULL, "no cell %s", name);
    const char *value = cell + strcspn(cell, ">") + 1;
    value += strncmp(value, "<is><t>", 7) == 0 ? 7 : 3; /* or <v> */
    return harness_format("%.*s", (int)strcspn(value, "<"), value);
}

/* The refs of the top items link to their rows. */
START_TEST(test_links)
{
    const char *pack = write_pack(), *book = in(pack, "report.xlsx");
    const struct sheet *summary = workbook_sheet(book, "Summary");
    const struct sheet *findings = workbook_sheet(book, "Findings");
    const char *xml = workbook_part(book, "xl/worksheets/sheet1.xml");
    size_t first = row_of(summary, row_of(summary, 0, "Top open items"), "certificate");
    const char *at = xml, *to = "\" location=\"'Findings'!A";
    for (size_t i = 1; i <= 10; i++) {
        const char *ref = sheet_cell(summary, first + i, 1);
        ck_assert_str_eq(ref, sheet_value(findings, i, "ref"));
        ck_assert_str_eq(sheet_cell(summary, first + i, 0),
                         sheet_value(findings, i, "certificate"));
        at = strstr(at, harness_format("%s%zu\"", to, i + 1));
        HARNESS_REQUIRE(at != NULL, "no link to row %zu", i + 1);
        const char *name = at;
        while (name[-1] != '"')
            name--;
        ck_assert_str_eq(cell_of(xml, harness_format("%.*s", (int)(at - name), name)), ref);
    }
    size_t open = count(findings, by_rule, (const char *[]){NULL, "FAIL", NULL}) +
                  count(findings, by_rule, (const char *[]){NULL, "UNKNOWN", NULL});
    ck_assert_str_eq(sheet_cell(summary, first + 11, 0),
                     harness_format("%zu more are open: see Findings.", open - 10));
}
END_TEST

/* The range of the chart values in a column. */
static void find_range(const char *chart, char column, size_t *first, size_t *last)
{
    const char *at = strstr(chart, harness_format("<c:val><c:numRef><c:f>Summary!$%c$", column));
    HARNESS_REQUIRE(at != NULL, "no values of column %c", column);
    char *end;
    *first = (size_t)strtoul(strchr(strchr(at, '$') + 1, '$') + 1, &end, 10);
    *last = (size_t)strtoul(strchr(strchr(end, '$') + 1, '$') + 1, NULL, 10);
}

/* Charts refer to the cells with their numbers, and have titles. */
START_TEST(test_charts)
{
    const char *book = in(write_pack(), "report.xlsx");
    const struct sheet *summary = workbook_sheet(book, "Summary");
    const char *xml = workbook_part(book, "xl/worksheets/sheet1.xml");
    const char *charts[] = {workbook_part(book, "xl/charts/chart1.xml"),
                            workbook_part(book, "xl/charts/chart2.xml")};
    const size_t header[] = {row_of(summary, 0, "Rule"), row_of(summary, 0, "Account")};
    const size_t rows[] = {2, 3};
    const char last_column[] = {'F', 'B'};
    for (size_t i = 0; i < 2; i++) {
        for (char column = 'B'; column <= last_column[i]; column++) {
            size_t first, last;
            find_range(charts[i], column, &first, &last);
            ck_assert_uint_eq(last - first + 1, rows[i]);
            for (size_t j = 0; j < rows[i]; j++)
                ck_assert_str_eq(cell_of(xml, harness_format("%c%zu", column, first + j)),
                                 sheet_cell(summary, header[i] + 1 + j, (size_t)(column - 'A')));
        }
    }
    const char *drawing = workbook_part(book, "xl/drawings/drawing1.xml");
    ck_assert_ptr_nonnull(strstr(drawing, "descr=\"Bar chart of the results"));
    ck_assert_ptr_nonnull(strstr(drawing, "descr=\"Bar chart of the failures"));
}
END_TEST

/* Findings has four columns to fill in, then folded technical columns; the framework columns are
 * visible. */
START_TEST(test_findings)
{
    static const char *const blank[] = {"management response", "target date",
                                        "auditor\'s conclusion", "workpaper reference"};
    const char *book = in(write_pack(), "report.xlsx");
    const struct sheet *findings = workbook_sheet(book, "Findings");
    const char *xml = workbook_part(book, "xl/worksheets/sheet2.xml");
    enum { FRAMEWORKS = 7 };
    size_t reason = sheet_column(findings, "reason"), hidden = 0;
    size_t frameworks = sheet_column(findings, "PCI DSS v4.0.1");
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(sheet_cell(findings, 0, reason + 1 + i), blank[i]);
        for (size_t row = 1; row < findings->count; row++)
            ck_assert_str_eq(sheet_cell(findings, row, reason + 1 + i), "");
    }
    for (size_t column = 1; column <= findings->rows[0].count; column++) {
        const char *start =
            strstr(xml, harness_format("<col min=\"%zu\" max=\"%zu\"", column, column));
        HARNESS_REQUIRE(start != NULL, "column %zu has no width", column);
        const char *tag = harness_format("%.*s", (int)strcspn(start, ">"), start);
        bool folded =
            strstr(tag, "hidden=\"1\"") != NULL && strstr(tag, "outlineLevel=\"1\"") != NULL;
        bool framework = column > frameworks && column <= frameworks + FRAMEWORKS;
        ck_assert_msg(folded == (column > reason + 5 && !framework), "%s", tag);
        hidden += folded;
    }
    ck_assert_uint_eq(hidden, 6 + 13);
    ck_assert_ptr_nonnull(strstr(xml, "collapsed=\"1\""));
}
END_TEST

/* No page break is given twice, even if a section is empty: spreadsheets may reject that. */
START_TEST(test_breaks)
{
    const char *folder = cli_folder("{\"ServerCertificateMetadataList\": []}");
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--rule", "IAM-033", "-o", "r.xlsx", "--as-of", HARNESS_AS_OF);
    cli_ends(&result, 3);
    const char *xml = workbook_part(in(folder, "r.xlsx"), "xl/worksheets/sheet1.xml");
    size_t before = 0, breaks = 0;
    for (const char *at = xml; (at = strstr(at, "<brk id=\"")) != NULL; breaks++) {
        size_t row = (size_t)strtoul(at += strlen("<brk id=\""), NULL, 10);
        ck_assert_uint_gt(row, before);
        before = row;
    }
    ck_assert_uint_ge(breaks, 2);
}
END_TEST

TCase *pack_summary_case(void);

TCase *pack_summary_case(void)
{
    TCase *tcase = tcase_create("summary");
    tcase_set_timeout(tcase, HARNESS_SECONDS);
    tcase_add_test(tcase, test_sections);
    tcase_add_test(tcase, test_results);
    tcase_add_test(tcase, test_accounts);
    tcase_add_test(tcase, test_links);
    tcase_add_test(tcase, test_charts);
    tcase_add_test(tcase, test_findings);
    tcase_add_test(tcase, test_breaks);
    return tcase;
}
