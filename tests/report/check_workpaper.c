/* check_workpaper.c: what the report says around its tables: the verdict, counts, notes. */
#include "audit/scope.h"
#include "report/check_report.h"
#include "report/prepare.h"
#include "report/workpaper.h"
#include "support/harness.h"
#include <string.h>

static struct blocks (*const documents[])(const struct report *,
                                          struct pool *) = {workpaper_summary, workpaper_full};

/* The list of notes, which begins with the one on files. */
static const struct block *notes_of(const struct blocks *list, const struct report *report)
{
    for (const struct block *block = list->first; block != NULL; block = block->next)
        if (block->kind == BLOCK_LIST &&
            strncmp(report_block_row(report, block, 0), "Files: ", 7) == 0)
            return block;
    ck_abort_msg("no notes");
    return NULL;
}

/* The text of the paragraph with this label; "" if there is none. */
static const char *labelled(const struct blocks *list, const char *label)
{
    for (const struct block *block = list->first; block != NULL; block = block->next)
        if (block->kind == BLOCK_PARAGRAPH && block->label != NULL &&
            strcmp(block->label, label) == 0)
            return block->text;
    return "";
}

/* What is missing is said once: by the verdict, if nothing fails. */
static const struct {
    const char *changes; /* of a description, or NULL */
    bool faulty;         /* a file could not be used */
    const char *verdict, *gaps;
} openings[] = {
    {"", false, "The only certificate in the evidence was assessed", ""},
    {"", true, "(1 file could not be used): no conclusion", ""},
    {"Status=FAILED", false, "The only certificate fails", ""},
    {"Status=FAILED", true, "The only certificate fails", "1 file could not be used."},
    {NULL, true, "No certificate was read.", "1 file could not be used."},
};

START_TEST(test_opening)
{
    HARNESS_ROW("%s", openings[_i].changes);
    struct evidence *evidence = facts_evidence();
    if (openings[_i].changes != NULL)
        facts_description(evidence, "d", openings[_i].changes);
    if (openings[_i].faulty) {
        struct evidence_file *file = facts_file(evidence, "f");
        file->state = EVIDENCE_UNUSABLE;
        file->fault = true;
    }
    const struct report *report = report_on(evidence);
    for (size_t i = 0; i < 3; i++) {
        const struct blocks list = i < 2 ? documents[i](report, facts_pool())
                                         : workpaper_terminal(report, false, facts_pool());
        ck_assert_str_eq(list.first->text, "A title");
        ck_assert_str_eq(list.first->next->text,
                         "As of " FACTS_AS_OF ", cut-off of IAM-033 " FACTS_CUTOFF
                         ", certaudit 9.9.");
        facts_holds(labelled(&list, "Verdict"), openings[_i].verdict);
        ck_assert_str_eq(labelled(&list, "The evidence is incomplete"), openings[_i].gaps);
    }
}
END_TEST

static const char *const iam_rows[] = {
    "uploaded-before-cutoff | 1 | FAIL | uploaded before the cut-off; the key may have been "
    "exposed"};
static const char *const acm_rows[] = {
    "renewal-pending | 1 | FAIL | ", "arn-unknown | 1 | UNKNOWN | ",
    "nothing-pending | 1 | PASS | ", "not-validated-by-acm | 1 | NOT_APPLICABLE | "};

static void check_rows(const struct report *report, const struct block *block,
                       const char *const *rows, size_t count)
{
    ck_assert_int_eq(block->kind, BLOCK_TABLE);
    ck_assert_uint_eq(block->row_count, count);
    for (size_t i = 0; i < count; i++) {
        const char *row = report_block_row(report, block, i);
        HARNESS_REQUIRE(strncmp(row, rows[i], strlen(rows[i])) == 0, "row %zu: %s, not %s", i, row,
                        rows[i]);
    }
}

/* The same counts in every document. */
START_TEST(test_counts)
{
    static const char *const results[] = {
        "IAM-033 Pre-Heartbleed Server Certificates (High) | 1 | 0 | 0 | 0 | 0 | 1",
        "ACM-005 AWS ACM Certificates Validity (Medium) | 1 | 1 | 0 | 1 | 1 | 4",
        "Total | 2 | 1 | 0 | 1 | 1 | 5"};
    const struct report *report = report_small();
    for (size_t i = 0; i < 3; i++) {
        const struct blocks list = i < 2 ? documents[i](report, facts_pool())
                                         : workpaper_terminal(report, false, facts_pool());
        check_rows(report, report_below(&list, "IAM-033 Pre-Heartbleed Server Certificates (High)"),
                   iam_rows, 1);
        check_rows(report, report_below(&list, "ACM-005 AWS ACM Certificates Validity (Medium)"),
                   acm_rows, 4);
        if (i == 2)
            continue;
        const struct block *block = report_below(&list, "Results");
        block = block->kind == BLOCK_PARAGRAPH ? block->next : block;
        check_rows(report, block, results, 3);
        ck_assert_uint_eq(block->totals, 1);
        ck_assert_uint_eq(block->chart->rows, 2);
    }
}
END_TEST

/* A rule without certificates is listed, too. */
START_TEST(test_no_certificates)
{
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "d", "");
    const struct blocks list = workpaper_summary(report_on(evidence), facts_pool());
    const struct block *block =
        report_below(&list, "IAM-033 Pre-Heartbleed Server Certificates (High)");
    ck_assert_str_eq(block->text, "No certificates.");
}
END_TEST

/* The first open findings link to their rows; the others are counted. */
START_TEST(test_top_items)
{
    const size_t count = _i == 0 ? 3 : 13;
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < count; i++)
        facts_description(evidence, "d",
                          harness_format("Arn=arn:aws:acm:eu-west-1:111122223333:certificate/%zu"
                                         "|Status=FAILED",
                                         i));
    const struct report *report = report_on(evidence);
    const struct blocks list = workpaper_summary(report, facts_pool());
    const struct block *block = report_below(&list, "Top open items");
    struct block_reader reader = blocks_read(report, block);
    ck_assert_uint_eq(block->row_count, count < 10 ? count : 10);
    while (blocks_next(&reader)) {
        const struct cell *cell = blocks_cell(&reader, 1);
        ck_assert_str_eq(block->columns[1].title, "ref");
        ck_assert_int_eq(cell->kind, CELL_LINK);
        ck_assert_ptr_eq(cell->table, &report->tables[REPORT_FINDINGS]);
        ck_assert_uint_eq(cell->count, reader.next - 1);
    }
    blocks_end(&reader);
    if (count > 10)
        ck_assert_str_eq(block->next->text, "3 more are open: see Findings.");
    else
        ck_assert_int_eq(block->next->kind, BLOCK_HEADING);
}
END_TEST

/* The blocks of a finding in full. */
START_TEST(test_detail)
{
    const struct report *report = report_small();
    const struct blocks list = workpaper_terminal(report, true, facts_pool());
    const struct block *details = list.first;
    while (details->kind != BLOCK_DETAILS)
        details = details->next;
    struct block_reader reader = blocks_read(report, details);
    struct blocks row = {.pool = facts_pool()};
    reader.next = SMALL_RENEWAL;
    ck_assert_uint_eq(details->row_count, 3);
    ck_assert(blocks_next(&reader));
    details->detail(&row, &reader.open);
    ck_assert_str_eq(row.first->result, "FAIL");
    ck_assert_str_eq(row.first->text,
                     "F-63fba2d30dcb ACM-005 111122223333 eu-west-1 www.example.com");
    ck_assert_str_eq(row.first->next->label, "renewal-pending, in use, due 2026-11-25T00:00:00Z");
    ck_assert_int_eq(row.first->next->next->kind, BLOCK_CODE);
    ck_assert_str_eq(report_block_row(report, row.last, 0), "ARN | " FACTS_ACM_ARN);
    ck_assert_str_eq(report_block_row(report, row.last, 1), "In use by | one; two");
    ck_assert_str_eq(report_block_row(report, row.last, 4),
                     "Evidence | x/a.json, document 3, line 41, pointer "
                     "/Certificate/RenewalSummary/RenewalStatus, SHA-256 " REPORT_SHA);
    facts_holds(report_block_row(report, row.last, 5), "Relevant to | PCI DSS v4.0.1: 4.2.1");
    facts_holds(report_block_row(report, row.last, 5), "\nNIST SP 800-53 Rev. 4 (withdrawn): ");
    blocks_end(&reader);
}
END_TEST

/* Up to the limit, Coverage has a row for each pair of account and region; above it, only for those
 * with evidence, and a note says so. */
START_TEST(test_pairs)
{
    const bool past = _i == 1;
    const size_t side = past ? 224 : 223; /* its square is just above LIMIT_PAIRS, or below */
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < side; i++)
        facts_description(evidence, "d",
                          harness_format("Arn=arn:aws:acm:eu-%c%c-1:%012zu:certificate/1",
                                         (char)('a' + i / 26), (char)('a' + i % 26), i));
    const struct report *report = report_on(evidence);
    const struct blocks list = workpaper_terminal(report, false, facts_pool());
    ck_assert_uint_eq(report->tables[REPORT_COVERAGE].row_count,
                      past ? 2 * side : side * side + side);
    ck_assert_str_eq(report_block_row(report, notes_of(&list, report), 1),
                     past ? "There are more than 50000 pairs of account and region: Coverage lists "
                            "only those with evidence and those that the scope file names."
                          : "");
}
END_TEST

#define IN(account, region, service, in_scope)                                                     \
    {                                                                                              \
        1, account, region, service, "n", "o", "e", "sold", in_scope                               \
    }

/* A line in scope without evidence is missing; one that is out of scope is not. */
static struct scope_line scope_lines[] = {
    IN("111122223333", "us-east-1", "acm", true), IN("111122223333", "*", "iam", false),
    IN("222222222222", "*", "*", true),           IN("333333333333", "eu-west-1", "acm", false),
    IN("444444444444", "global", "iam", true),
};

static const char *const scope_notes[] = {
    "Files: 1 used.",
    "Not covered by any line of the scope: account not stated: acm in an unknown region.",
    "In scope, but without a list: account 111122223333: acm in us-east-1.",
    "Not covered by any line of the scope: account 111122223333: acm in eu-west-1.",
    ("In scope, but without evidence: account 222222222222: acm in eu-west-1, iam, acm in "
     "us-east-1."),
    "In scope, but without evidence: account 444444444444: iam.",
    "Out of scope: account 111122223333 (n), region global, service iam: sold",
    "Out of scope: account 333333333333 (n), region eu-west-1, service acm: sold",
};

enum { SCOPE_NOTES = sizeof scope_notes / sizeof *scope_notes };

START_TEST(test_scope_notes)
{
    struct evidence *evidence = facts_evidence();
    struct scope scope = {.path = "s"};
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    facts_description(evidence, "d", "Arn=arn:aws:acm:us-east-1:111122223333:certificate/1");
    facts_description(evidence, "d", "Arn=" FACTS_ACM_ARN);
    facts_description(evidence, "d", "Arn");
    for (size_t i = 0; i < sizeof scope_lines / sizeof *scope_lines; i++)
        scope_add(&scope, &scope_lines[i]);
    ck_assert_ptr_null(scope_finish(&scope));
    *assessment = (struct assessment){
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .scope = &scope};
    facts_run(assessment);
    const struct report *report = report_of(assessment);
    const struct blocks list = workpaper_terminal(report, false, facts_pool());
    const struct block *notes = notes_of(&list, report);
    for (size_t i = 0; i < SCOPE_NOTES; i++)
        ck_assert_str_eq(report_block_row(report, notes, i), scope_notes[i]);
    ck_assert_uint_eq(notes->row_count, SCOPE_NOTES);
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 0, "account_name"), "");
    ck_assert_str_eq(report_at(report, REPORT_COVERAGE, 0, "in_scope"), "not listed");
    scope_free(&scope);
    assess_free(assessment);
    evidence_free(evidence);
}
END_TEST

/* The number of facts has no limit. */
START_TEST(test_many_paths)
{
    enum { PATHS = 1000 };
    const char *paths[PATHS];
    const struct report *report = report_small();
    for (size_t i = 0; i < PATHS; i++)
        paths[i] = harness_format("path %zu", i);
    struct report many = {.assessment = report->assessment,
                          .controls = report->controls,
                          .pool = report->pool,
                          .title = report->title,
                          .version = report->version,
                          .paths = paths,
                          .path_count = PATHS};
    report_prepare(&many);
    const struct blocks list = workpaper_full(&many, facts_pool());
    const struct block *facts = report_below(&list, "Facts of the run");
    ck_assert_uint_eq(facts->row_count, report->fact_count - 1 + PATHS);
    ck_assert_str_eq(report_block_row(&many, facts, facts->row_count - 1), "path | path 999");
    report_free(&many);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void report_add_workpaper(Suite *suite)
{
    TCase *workpaper = tcase_create("workpaper");
    tcase_add_loop_test(workpaper, test_opening, 0, COUNT(openings));
    tcase_add_test(workpaper, test_counts);
    tcase_add_test(workpaper, test_no_certificates);
    tcase_add_loop_test(workpaper, test_top_items, 0, 2);
    tcase_add_test(workpaper, test_detail);
    tcase_add_loop_test(workpaper, test_pairs, 0, 2);
    tcase_add_test(workpaper, test_scope_notes);
    tcase_add_test(workpaper, test_many_paths);
    suite_add_tcase(suite, workpaper);
}
