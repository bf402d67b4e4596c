/*
 * check_hostile.c: an audit of an export that consists of attack strings. An independent reader
 * checks each output: every string arrives complete, and none takes effect.
 */
#include "audit/verdict.h"
#include "base/text.h"
#include "support/attack_strings.h"
#include "support/cli.h"
#include "support/hostile.h"
#include "support/html.h"
#include "support/shell.h"
#include "support/workbook.h"
#include <string.h>

Suite *hostile_suite(void);

static const char *in(const struct hostile *hostile, const char *name)
{
    return harness_format("%s/%s", hostile->pack, name);
}

/* The first row with this value, without its guard against formulas, in the column. */
static size_t find(const struct sheet *sheet, const char *title, const char *value)
{
    size_t column = sheet_column(sheet, title), row = 1;
    while (row < sheet->count &&
           strcmp(sheet_unguarded(sheet_cell(sheet, row, column)), value) != 0)
        row++;
    HARNESS_REQUIRE(row < sheet->count, "%s: expected a row with %s = %.300s", sheet->path, title,
                    value);
    return row;
}

static void is_in_row(const struct sheet *sheet, size_t row, const char *const *titles,
                      const char *value)
{
    for (; *titles != NULL; titles++)
        attack_check_same(sheet_unguarded(sheet_value(sheet, row, *titles)), value);
}

/* CSV does not cut values. */
static void check_longest(const struct sheet *findings)
{
    size_t row = find(findings, "arn", hostile_arn(HOSTILE_FAILED, hostile_count()));
    is_in_row(findings, row, CLI_LIST("certificate", "in_use_by"),
              attack_string_at(hostile_count()).raw);
}

static void check_findings(const struct hostile *hostile)
{
    const struct sheet *findings = sheet_read_csv(in(hostile, "findings.csv"));
    const struct sheet *certificates = sheet_read_csv(in(hostile, "certificates.csv"));
    check_longest(findings);
    for (size_t i = 0; i < hostile_count(); i++) {
        const char *raw = attack_string_at(i).raw, *arn = hostile_arn(HOSTILE_FAILED, i);
        size_t row = find(findings, "arn", arn);
        is_in_row(findings, row, CLI_LIST("certificate", "in_use_by"), raw);
        attack_check_same(sheet_value(findings, row, "observed"), "FAILED");
        HARNESS_REQUIRE(strstr(sheet_unguarded(sheet_value(findings, row, "reason")), raw) != NULL,
                        "expected %s in %s", raw, sheet_value(findings, row, "reason"));
        row = find(findings, "arn", hostile_arn(HOSTILE_STATUS, i));
        is_in_row(findings, row, CLI_LIST("certificate", "observed"), raw);
        row = find(findings, "arn", hostile_iam_arn(i));
        is_in_row(findings, row, CLI_LIST("certificate"), raw);
        row = find(findings, "arn", hostile_arn(HOSTILE_WAIVED, i));
        attack_check_same(sheet_value(findings, row, "result"), "WAIVED");
        row = find(certificates, "arn", arn);
        is_in_row(certificates, row,
                  CLI_LIST("certificate", "issuer", "serial", "key_algorithm", "in_use_by"), raw);
        row = find(certificates, "arn", hostile_iam_arn(i));
        is_in_row(certificates, row, CLI_LIST("certificate_id", "not_after"), raw);
    }
}

static void check_other_tables(const struct hostile *hostile, enum hostile_place where)
{
    const struct sheet *coverage = sheet_read_csv(in(hostile, "coverage.csv"));
    const struct sheet *waivers = sheet_read_csv(in(hostile, "waivers.csv"));
    const struct sheet *changes = sheet_read_csv(in(hostile, "changes.csv"));
    const struct sheet *evidence = sheet_read_csv(in(hostile, "evidence.csv"));
    const struct sheet *run = sheet_read_csv(in(hostile, "run.csv"));
    for (size_t i = 0; i < hostile_count(); i++) {
        const char *raw = attack_string_at(i).raw;
        size_t row;
        if (i % 2 == 0) /* the others are out of scope */
            is_in_row(coverage, find(coverage, "account", hostile_scope_account(i)),
                      CLI_LIST("account_name"), raw);
        if (strchr(raw, ':') == NULL)
            (void)find(coverage, where == HOSTILE_REGIONS ? "region" : "account", raw);
        is_in_row(waivers, i + 1, CLI_LIST("owner", "approver", "reason", "ticket"), raw);
        row = find(changes, "arn", hostile_arn(HOSTILE_GONE, i));
        is_in_row(changes, row, CLI_LIST("certificate"), raw);
    }
    for (size_t i = 0; i < attack_name_count; i++) {
        const char *name = hostile_file_name(i);
        if (name == NULL)
            continue;
        attack_check_same(sheet_value(evidence, find(evidence, "file", name), "state"), "unusable");
        attack_check_same(sheet_value(run, find(run, "value", name), "name"), "path");
    }
    ck_assert_uint_eq(evidence->count, hostile->files + 2);
}

static void check_csv(const struct hostile *hostile, enum hostile_place where)
{
    static const char *const files[] = {"findings.csv", "certificates.csv", "controls.csv",
                                        "coverage.csv", "evidence.csv",     "waivers.csv",
                                        "changes.csv",  "run.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        sheet_check_bytes(in(hostile, files[i]));
    check_findings(hostile);
    check_other_tables(hostile, where);
}

/* The sheet has the cells of the CSV file in the same order. */
static void check_same_table(const struct hostile *hostile, const char *file, const char *name,
                             const char *const *titles)
{
    const struct sheet *csv = sheet_read_csv(in(hostile, file));
    const struct sheet *sheet = workbook_sheet(in(hostile, "report.xlsx"), name);
    ck_assert_uint_eq(sheet->count, csv->count);
    for (; *titles != NULL; titles++)
        for (size_t row = 1; row < csv->count; row++)
            workbook_check_cell(sheet_value(sheet, row, *titles),
                                sheet_unguarded(sheet_value(csv, row, *titles)));
}

static void check_workbook(const struct hostile *hostile)
{
    check_same_table(hostile, "findings.csv", "Findings",
                     CLI_LIST("arn", "certificate", "reason", "remediation", "observed"));
    check_same_table(hostile, "certificates.csv", "Certificates",
                     CLI_LIST("arn", "issuer", "serial", "key_algorithm"));
    check_same_table(hostile, "evidence.csv", "Evidence", CLI_LIST("file", "problem"));
}

/* All cells of the table in a section, one on each line. */
static const char *cells_of(const char *html, const char *title)
{
    struct text cells = TEXT_EMPTY;
    const char *at = html_section(html, title), *cell;
    const char *end = strstr(at, "</table>");
    text_add(&cells, "\n");
    while ((cell = html_next(&at, "<td", "</td>")) != NULL && at < end)
        text_addf(&cells, "%s\n", cell);
    return harness_keep(cells.bytes);
}

static void check_markdown(const struct hostile *hostile)
{
    const char *html = html_by_cmark(in(hostile, "report.md"));
    const char *requests = html_by_cmark(in(hostile, "requests.md"));
    const char *certificates = cells_of(html, "Certificates");
    html_check_elements(html);
    html_check_elements(requests);
    attack_check_visible(harness_read(in(hostile, "report.md"), NULL));
    attack_check_visible(harness_read(in(hostile, "requests.md"), NULL));
    for (size_t i = 0; i < hostile_count(); i++) {
        const char *line = harness_format("\n%s\n", html_squeezed(attack_string_at(i).shown));
        HARNESS_REQUIRE(strstr(certificates, line) != NULL, "expected in Certificates: %s", line);
    }
}

static void check_terminal(const struct hostile *hostile)
{
    const char *shown = html_squeezed(hostile->shown);
    attack_check_visible(hostile->shown);
    for (size_t i = 0; i < hostile_count(); i++)
        HARNESS_REQUIRE(strstr(shown, html_squeezed(attack_string_at(i).shown)) != NULL,
                        "expected on the terminal: %s", attack_string_at(i).shown);
}

/* Every line is a problem, one for each file, or says something of the verdict; with -v also the
 * file's state. */
static void check_diagnostics(const struct hostile *hostile, const char *error)
{
    enum { OF_VERDICT = VERDICT_NOTES + 2 };
    bool verbose = strncmp(error, "certaudit: sandbox: ", strlen("certaudit: sandbox: ")) == 0;
    size_t lines = 0;
    attack_check_visible(error);
    for (const char *at = error, *end; (end = strchr(at, '\n')) != NULL; at = end + 1, lines++)
        HARNESS_REQUIRE(strncmp(at, "certaudit: ", strlen("certaudit: ")) == 0,
                        "expected \"certaudit: \", got %.80s", at);
    lines -= verbose ? hostile->files + 2 : 0;
    ck_assert_uint_ge(lines, hostile->files);
    ck_assert_uint_le(lines, hostile->files + OF_VERDICT);
    for (size_t i = 0; i < hostile_count(); i++)
        if (attack_name(i) != NULL && attack_string_at(i).legible)
            HARNESS_REQUIRE(
                strstr(error, harness_format("\ncertaudit: %s:1:", hostile_file_name(i))) != NULL ||
                    strncmp(error, "certaudit: ", 11) == 0,
                "expected a problem of %s", hostile_file_name(i));
}

/* The number of lines that are not comments. */
static size_t commands_in(const char *lines)
{
    size_t count = *lines != '\0' && *lines != '#' && *lines != '\n';
    for (const char *at = lines; (at = strchr(at, '\n')) != NULL; at++)
        count += at[1] != '\0' && at[1] != '#' && at[1] != '\n';
    return count;
}

static const char *remediation_of(const struct sheet *findings, size_t row)
{
    bool fails = strcmp(sheet_value(findings, row, "result"), "FAIL") == 0;
    return fails ? sheet_unguarded(sheet_value(findings, row, "remediation")) : "";
}

/* Runs the remediation as a reader of the CSV file would paste it. */
static void check_remediation(const struct hostile *hostile)
{
    const struct sheet *findings = sheet_read_csv(in(hostile, "findings.csv"));
    struct text script = TEXT_EMPTY;
    for (size_t row = 1; row < findings->count; row++)
        text_addf(&script, "%s%s\n", shell_mark(row), remediation_of(findings, row));
    struct shell_calls calls = shell_run(harness_keep(script.bytes));
    for (size_t row = 1, first; row < findings->count; row++)
        ck_assert_uint_eq(shell_section(&calls, row, &first),
                          commands_in(remediation_of(findings, row)));
    for (size_t i = 0, first; i < hostile_count(); i++) {
        size_t row = find(findings, "arn", hostile_arn(HOSTILE_FAILED, i));
        bool refused = !attack_string_at(i).legible || attack_string_at(i).names_a_file;
        ck_assert_uint_eq(shell_section(&calls, row, &first), refused ? 0 : 1);
        if (!refused)
            ck_assert(shell_got(&calls.items[first], "--domain-name", attack_string_at(i).raw));
    }
}

/* The content of the page's code blocks: from backquotes and `sh` to as many backquotes. */
static const char *code_of(const char *page)
{
    struct text code = TEXT_EMPTY;
    for (const char *at = page; (at = strstr(at, "\n```")) != NULL;) {
        size_t fence = strspn(at + 1, "`");
        const char *from = at + 1 + fence;
        ck_assert_int_eq(strncmp(from, "sh\n", 3), 0);
        at = strstr(from, harness_format("\n%.*s\n", (int)fence, at + 1));
        HARNESS_REQUIRE(at != NULL, "a code block does not end: %.80s", from);
        text_add_bytes(&code, from + 3, (size_t)(at - from) - 2);
        at += 1 + fence;
    }
    return harness_keep(code.bytes);
}

static void check_requests(const struct hostile *hostile)
{
    const char *code = code_of(harness_read(in(hostile, "requests.md"), NULL));
    struct shell_calls calls = shell_run(code);
    size_t descriptions = 0, wanted = 0;
    ck_assert_uint_eq(calls.count, commands_in(code));
    for (size_t i = 0; i < calls.count; i++)
        descriptions += shell_got(&calls.items[i], "acm", "describe-certificate");
    for (size_t i = 0; i < hostile_count(); i++)
        wanted += attack_string_at(i).legible ? 2 : 0; /* for its status, and because it vanished */
    ck_assert_uint_eq(descriptions, wanted);
}

static void check_sums(const char *folder, const char *sums)
{
    struct harness_run how = {.program = "sha256sum",
                              .folder = folder,
                              .arguments = CLI_LIST("--check", "--strict", "--quiet", sums)};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "%s%s", result.output, result.error);
}

static void check_all(const struct hostile *hostile, enum hostile_place where)
{
    check_csv(hostile, where);
    ck_assert_uint_eq(workbook_check(in(hostile, "report.xlsx")), 8);
    check_markdown(hostile);
    check_terminal(hostile);
    check_diagnostics(hostile, hostile->error);
    check_diagnostics(hostile, hostile->shown_error);
    check_sums(hostile->pack, "SHA256SUMS");
    check_sums(hostile->folder, in(hostile, "INPUTS.SHA256SUMS"));
}

/* With attack strings as accounts. */
START_TEST(test_accounts)
{
    struct hostile hostile = hostile_run(HOSTILE_ACCOUNTS);
    check_all(&hostile, HOSTILE_ACCOUNTS);
    check_workbook(&hostile);
    check_remediation(&hostile);
}
END_TEST

/* With attack strings as regions, which are used in commands. */
START_TEST(test_regions)
{
    struct hostile hostile = hostile_run(HOSTILE_REGIONS);
    check_all(&hostile, HOSTILE_REGIONS);
    check_requests(&hostile);
}
END_TEST

Suite *hostile_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tests = tcase_create("every output");
    tcase_set_timeout(tests, HARNESS_SECONDS);
    tcase_add_test(tests, test_accounts);
    tcase_add_test(tests, test_regions);
    suite_add_tcase(suite, tests);
    return suite;
}
