/*
 * check_fixtures.c: every fixture and sample, run alone, compared with the tables of
 * tests/expected/, which were made by hand; and every report, read by other programs.
 */
#include "base/pool.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "evidence/diag.h"
#include "support/fixture.h"
#include "support/harness.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 60, STATUS_LAST = 3 };

static void require_same(const char *path, struct sheet_set *expected, struct sheet_set *found)
{
    const char *difference = sheet_set_difference(expected, found);
    HARNESS_REQUIRE(*difference == '\0', "%s:%s", path, difference);
}

static void require_status(const struct fixture *fixture, const char *status)
{
    HARNESS_REQUIRE(fixture->status == atoi(status), "%s: expected exit status %s, got %d\n%s",
                    fixture->path, status, fixture->status, fixture->error);
    HARNESS_REQUIRE(fixture->findings != NULL, "%s: no report", fixture->path);
}

static bool is_row_of(const struct sheet *sheet, size_t row, const struct fixture *fixture)
{
    return strcmp(sheet_value(sheet, row, "fixture"), fixture->path + strlen("fixtures/")) == 0 &&
           strcmp(sheet_value(sheet, row, "as_of"), fixture->as_of) == 0;
}

static void add_unguarded(struct sheet_set *set, const struct sheet *findings,
                          const char *const *titles)
{
    for (size_t row = 1; row < findings->count; row++) {
        const char *line = "";
        for (const char *const *title = titles; *title != NULL; title++)
            line = harness_format("%s%s%s", line, *line ? " | " : "",
                                  sheet_unguarded(sheet_value(findings, row, *title)));
        sheet_set_add(set, line);
    }
}

/* A fixture of unreadable.tsv that is not in findings.tsv has no findings. */
static void require_findings(const struct fixture *fixture)
{
    static const char *const expected_titles[] = {"result", "condition", "certificate", "document",
                                                  "line",   "pointer",   "observed",    NULL};
    static const char *const found_titles[] = {
        "result",        "condition",        "certificate", "evidence_document",
        "evidence_line", "evidence_pointer", "observed",    NULL};
    const struct sheet *table = fixture_tables()->findings;
    struct sheet_set expected = {0}, found = {0};
    if (strncmp(fixture->path, "fixtures/", strlen("fixtures/")) != 0 ||
        strcmp(fixture->path, FIXTURE_EXAMPLE) == 0)
        return; /* has a table of its own */
    for (size_t row = 1; row < table->count; row++) {
        if (!is_row_of(table, row, fixture))
            continue;
        require_status(fixture, sheet_value(table, row, "exit"));
        sheet_set_add(&expected, sheet_join(table, row, expected_titles));
    }
    HARNESS_REQUIRE(fixture->findings != NULL, "%s: no report\n%s", fixture->path, fixture->error);
    add_unguarded(&found, fixture->findings, found_titles);
    require_same(fixture->path, &expected, &found);
}

/* The table is in the order of Findings. */
static void require_same_order(const struct sheet_set *expected, const struct sheet_set *found)
{
    for (size_t i = 0; i < expected->count && i < found->count; i++)
        HARNESS_REQUIRE(strcmp(expected->texts[i], found->texts[i]) == 0,
                        "row %zu:\n  expected  %s\n  got       %s", i + 1, expected->texts[i],
                        found->texts[i]);
}

/* Whether the text is that of the problem, with any detail. */
static bool is_message(const char *text, const char *name)
{
    for (enum diag_id id = 0; id < DIAG_COUNT; id++) {
        struct text pattern = TEXT_EMPTY, bare = TEXT_EMPTY;
        if (strcmp(diag_name(id), name) != 0)
            continue;
        diag_add_message(&(struct diag){.id = id, .detail = "@@"}, &pattern);
        diag_add_message(&(struct diag){.id = id}, &bare);
        const char *gap = strstr(text_string(&pattern), "@@");
        size_t before = gap == NULL ? 0 : (size_t)(gap - text_string(&pattern));
        size_t after = gap == NULL ? 0 : strlen(gap + 2), length = strlen(text);
        bool same = strcmp(text, text_string(&bare)) == 0;
        bool around = gap != NULL && length >= before + after &&
                      strncmp(text, text_string(&pattern), before) == 0 &&
                      strcmp(text + length - after, gap + 2) == 0;
        text_free(&pattern);
        text_free(&bare);
        return same || around;
    }
    HARNESS_FAIL("%s: not in the catalogue of problems", name);
}

static void require_message(const struct fixture *fixture, const struct sheet *table, size_t row)
{
    const char *name = sheet_value(table, row, "problem");
    const char *column = sheet_value(table, row, "column");
    const char *place =
        harness_format("certaudit: %s:%s%s%s: ", fixture->path, sheet_value(table, row, "line"),
                       *column != '\0' ? ":" : "", column);
    const char *bare = harness_format("certaudit: %s: ", fixture->path);
    if (*name == '\0') {
        HARNESS_REQUIRE(strstr(fixture->error, bare) == NULL, "%s", fixture->error);
        return;
    }
    const char *line = strstr(fixture->error, place);
    HARNESS_REQUIRE(line != NULL, "%s: expected a line that begins with %s, got\n%s", fixture->path,
                    place, fixture->error);
    line += strlen(place);
    line = harness_format("%.*s", (int)strcspn(line, "\n"), line);
    HARNESS_REQUIRE(is_message(line, name), "%s: expected the text of %s, got %s", fixture->path,
                    name, line);
}

START_TEST(evidence_is_as_expected)
{
    static const char *const titles[] = {"state", "documents", "certificates",
                                         "line",  "column",    NULL};
    const struct sheet *table = fixture_tables()->evidence;
    size_t row = (size_t)_i;
    const struct fixture *fixture = fixture_find(
        harness_format("fixtures/%s", sheet_value(table, row, "fixture")), HARNESS_AS_OF);
    require_status(fixture, sheet_value(table, row, "exit"));
    struct sheet *found = fixture_sheet(fixture, "Evidence", "file");
    HARNESS_REQUIRE(found->count == 2, "%s: expected 1 row of evidence, got %zu", fixture->path,
                    found->count - 1);
    ck_assert_str_eq(sheet_value(found, 1, "file"), fixture->path);
    HARNESS_REQUIRE(strcmp(sheet_join(table, row, titles), sheet_join(found, 1, titles)) == 0,
                    "%s:\n  expected  %s\n  got       %s", fixture->path,
                    sheet_join(table, row, titles), sheet_join(found, 1, titles));
    require_message(fixture, table, row);
}
END_TEST

START_TEST(example_is_as_expected)
{
    static const char *const titles[] = {"result", "condition",   "severity", "rule", "account",
                                         "region", "certificate", "in_use",   "due",  NULL};
    const struct fixture *fixture = fixture_find(FIXTURE_EXAMPLE, HARNESS_AS_OF);
    const struct sheet *table = fixture_tables()->example;
    struct sheet_set expected = {0}, found = {0};
    require_status(fixture, "1");
    for (size_t row = 1; row < table->count; row++)
        sheet_set_add(&expected, sheet_join(table, row, titles));
    add_unguarded(&found, fixture->findings, titles);
    struct sheet_set expected_order = sheet_set_copy(&expected), order = sheet_set_copy(&found);
    require_same(fixture->path, &expected, &found);
    require_same_order(&expected_order, &order);
}
END_TEST

static size_t count_results(const struct sheet *findings, const char *result)
{
    size_t count = 0;
    for (size_t row = 1; row < findings->count; row++)
        count += strcmp(sheet_value(findings, row, "result"), result) == 0;
    return count;
}

START_TEST(sample_is_as_expected)
{
    static const char *const results[][2] = {{"fail", "FAIL"},
                                             {"unknown", "UNKNOWN"},
                                             {"pass", "PASS"},
                                             {"not_applicable", "NOT_APPLICABLE"}};
    const struct sheet *table = fixture_tables()->samples;
    size_t row = (size_t)_i;
    const struct fixture *sample = fixture_find(
        harness_format(FIXTURE_SAMPLES "/%s", sheet_value(table, row, "sample")), HARNESS_AS_OF);
    require_status(sample, sheet_value(table, row, "exit"));
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        size_t expected = strtoul(sheet_value(table, row, results[i][0]), NULL, 10);
        size_t found = count_results(sample->findings, results[i][1]);
        HARNESS_REQUIRE(expected == found, "%s: expected %zu %s, got %zu", sample->path, expected,
                        results[i][1], found);
    }
    const char *state = sheet_value(fixture_sheet(sample, "Evidence", "file"), 1, "state");
    HARNESS_REQUIRE(strcmp(state, sheet_value(table, row, "state")) == 0,
                    "%s: expected state %s, got %s", sample->path, sheet_value(table, row, "state"),
                    state);
}
END_TEST

/* Every file is in one of the tables: a fixture without expectations tests nothing. */
static void require_every_file(const struct sheet *const *tables, const char *column,
                               const char *under, const char *const *folders)
{
    struct sheet_set missing = {0}, none = {0};
    for (; *folders != NULL; folders++) {
        const char *command = "cd \"$0\" && find \"$1\" -type f ! -name INDEX.tsv";
        const char *files =
            harness_tool("sh", (const char *const[]){"-c", command, under, *folders, NULL});
        for (size_t length; (length = strcspn(files, "\n")) > 0; files += length + 1) {
            const char *file = harness_format("%.*s", (int)length, files);
            bool listed = false;
            for (const struct sheet *const *at = tables; *at != NULL; at++)
                for (size_t row = 1; row < (*at)->count; row++)
                    listed |= strcmp(sheet_value(*at, row, column), file) == 0;
            if (!listed)
                sheet_set_add(&missing, file);
        }
    }
    require_same("files that are in no table", &none, &missing);
}

START_TEST(every_fixture_is_in_a_table)
{
    const struct fixture_tables *tables = fixture_tables();
    const struct sheet *const both[] = {tables->findings, tables->evidence, NULL};
    require_every_file(both, "fixture", "fixtures",
                       (const char *const[]){"rules", "unreadable", NULL});
}
END_TEST

START_TEST(every_sample_is_in_the_table)
{
    const struct sheet *const one[] = {fixture_tables()->samples, NULL};
    const char *const *folders = harness_list(FIXTURE_SAMPLES);
    require_every_file(one, "sample", FIXTURE_SAMPLES, folders);
}
END_TEST

static void require_readable_reports(const struct fixture *fixture)
{
    const char *printed = harness_read(harness_format("%s/readback", fixture->folder), NULL);
    size_t length = strlen(printed), end = strlen("complete\n");
    HARNESS_REQUIRE(length >= end && strcmp(printed + length - end, "complete\n") == 0,
                    "%s: exit status %d; a report cannot be read\n%s%s", fixture->path,
                    fixture->status, fixture->error, printed);
    HARNESS_REQUIRE(fixture->status <= STATUS_LAST, "%s: exit status %d", fixture->path,
                    fixture->status);
    HARNESS_REQUIRE(*fixture->output == '\0', "%s: expected no standard output with -o, got %s",
                    fixture->path, fixture->output);
}

/* A workbook has times as numbers of days, which are exact to a millisecond. */
static bool same_cell(const char *csv, const char *xlsx)
{
    struct pool *pool = pool_new();
    struct timestamp left, right;
    bool same = strcmp(csv, xlsx) == 0;
    if (!same && timestamp_parse(csv, pool, &left) && timestamp_parse(xlsx, pool, &right))
        same = (right.seconds == left.seconds && strncmp(right.fraction, "000", 3) <= 0) ||
               (right.seconds == left.seconds - 1 && strncmp(right.fraction, "999", 3) == 0);
    pool_free(pool);
    return same;
}

static void require_same_workbook(const struct fixture *fixture)
{
    const struct sheet *csv = fixture->findings;
    HARNESS_REQUIRE(csv != NULL, "%s: no report\n%s", fixture->path, fixture->error);
    struct sheet *sheet = fixture_sheet(fixture, "Findings", "ref");
    HARNESS_REQUIRE(sheet->count == csv->count, "%s: %zu rows in the CSV, %zu in the workbook",
                    fixture->path, csv->count, sheet->count);
    for (size_t column = 0; column < csv->rows[0].count; column++) {
        const char *title = csv->rows[0].cells[column];
        size_t other = sheet_column(sheet, title);
        for (size_t row = 1; row < csv->count; row++) {
            const char *expected = sheet_unguarded(sheet_cell(csv, row, column));
            const char *found = sheet_cell(sheet, row, other);
            HARNESS_REQUIRE(same_cell(expected, found), "%s: row %zu, %s:\n  CSV   %s\n  XLSX  %s",
                            fixture->path, row, title, expected, found);
        }
    }
}

static void require_open_items_in_markdown(const struct fixture *fixture)
{
    const struct sheet *csv = fixture->findings;
    HARNESS_REQUIRE(csv != NULL, "%s: no report\n%s", fixture->path, fixture->error);
    const char *html = harness_read(harness_format("%s/report.html", fixture->folder), NULL);
    HARNESS_REQUIRE(strstr(html, "raw HTML omitted") == NULL, "%s: the Markdown contains HTML",
                    fixture->path);
    for (size_t row = 1; row < csv->count; row++) {
        const char *ref = sheet_value(csv, row, "ref");
        const char *result = sheet_value(csv, row, "result");
        bool open = strcmp(result, "FAIL") == 0 || strcmp(result, "UNKNOWN") == 0;
        HARNESS_REQUIRE(!open || strstr(html, ref) != NULL,
                        "%s: open item %s is not in the Markdown", fixture->path, ref);
    }
}

/* All checks of a run are one test: under the sanitizers each test takes time. */
START_TEST(reports_are_right)
{
    const struct fixture *fixture = fixture_at((size_t)_i);
    require_findings(fixture);
    require_readable_reports(fixture);
    require_same_workbook(fixture);
    require_open_items_in_markdown(fixture);
}
END_TEST

Suite *fixtures_suite(void);
Suite *fixtures_suite(void)
{
    Suite *suite = suite_create("fixtures");
    TCase *all = tcase_create("all");
    const struct fixture_tables *tables = fixture_tables();
    tcase_add_unchecked_fixture(all, fixture_run_all, NULL);
    tcase_set_timeout(all, SECONDS);
    tcase_add_loop_test(all, reports_are_right, 0, (int)fixture_count());
    tcase_add_loop_test(all, evidence_is_as_expected, 1, (int)tables->evidence->count);
    tcase_add_test(all, example_is_as_expected);
    tcase_add_test(all, every_fixture_is_in_a_table);
    if (tables->samples_there) {
        tcase_add_test(all, every_sample_is_in_the_table);
        tcase_add_loop_test(all, sample_is_as_expected, 1, (int)tables->samples->count);
    } else {
        printf("samples: skipped; " FIXTURE_SAMPLES " does not exist\n");
    }
    suite_add_tcase(suite, all);
    return suite;
}
