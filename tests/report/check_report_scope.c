/* check_report_scope.c: what the scope excludes is listed, but counted nowhere; and what is waived.
 */
#include "audit/scope.h"
#include "audit/waivers.h"
#include "report/check_report.h"
#include "report/workpaper.h"
#include "rules/controls.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

#define IN "Arn=arn:aws:acm:eu-west-1:111122223333:certificate/"
#define OUT "Arn=arn:aws:acm:us-east-1:111122223333:certificate/"

static struct assessment *assess(struct evidence *evidence, const struct scope *scope,
                                 struct waivers *waivers)
{
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    *assessment = (struct assessment){.evidence = evidence,
                                      .policy = facts_policy(FACTS_AS_OF),
                                      .scope = scope,
                                      .waivers = waivers};
    facts_run(assessment);
    return assessment;
}

static const char *control_counts(const struct report *report, const char *control,
                                  const char *rule)
{
    static const char *const titles[] = {"tested",  "passing", "failing",       "other_failures",
                                         "unknown", "waived",  "not_applicable"};
    for (size_t row = 0; row < report->controls->count; row++) {
        const char *counts = "";
        if (strcmp(report_at(report, REPORT_CONTROLS, row, "control"), control) != 0 ||
            strcmp(report_at(report, REPORT_CONTROLS, row, "rule"), rule) != 0)
            continue;
        for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
            counts = harness_format("%s%s%s", counts, i > 0 ? " " : "",
                                    report_at(report, REPORT_CONTROLS, row, titles[i]));
        return counts;
    }
    HARNESS_FAIL("no control %s under %s", control, rule);
}

static const struct report *with_scope(void)
{
    static struct scope_line lines[] = {
        {2, "111122223333", "eu-west-1", "acm", "", "", "", "", true},
        {3, "111122223333", "us-east-1", "acm", "", "", "", "sold", false},
    };
    static struct scope scope = {.path = "s", .lines = lines, .count = 2};
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "d", IN "1|Status=FAILED|InUse=no");
    facts_description(evidence, "d", IN "2");
    facts_description(evidence, "d", OUT "3|Status=FAILED");
    facts_description(evidence, "d", OUT "4|RenewalStatus=FAILED|NotAfter=2026-11-01T00:00:00Z");
    facts_summary(evidence, "d", OUT "5");
    facts_iam(evidence, "i", "Arn=arn:aws:iam::222222222222:server-certificate/a");
    return report_of(assess(evidence, &scope, NULL));
}

/* By the last character of the ARN: in_scope, and the numbers of PCI DSS. */
static const struct {
    char last;
    const char *in_scope, *pci;
} listed[] = {{'1', "yes", ""}, {'2', "yes", "4.2.1; 4.2.1.1"},
              {'3', "no", ""},  {'4', "no", ""},
              {'5', "no", ""},  {'a', "not listed", "4.2.1; 4.2.1.1; 6.3.1"}};

START_TEST(test_listed)
{
    const struct report *report = with_scope();
    size_t found = 0;
    ck_assert_uint_eq(report->tables[REPORT_FINDINGS].row_count, 6);
    ck_assert_uint_eq(report->tables[REPORT_CERTIFICATES].row_count, 6);
    for (size_t row = 0; row < 6; row++) {
        const char *arn = report_at(report, REPORT_FINDINGS, row, "arn");
        const char *other = report_at(report, REPORT_CERTIFICATES, row, "arn");
        if (other[strlen(other) - 1] == listed[_i].last)
            ck_assert_str_eq(report_at(report, REPORT_CERTIFICATES, row, "in_scope"),
                             listed[_i].in_scope);
        if (arn[strlen(arn) - 1] != listed[_i].last)
            continue;
        ck_assert_str_eq(report_at(report, REPORT_FINDINGS, row, "in_scope"), listed[_i].in_scope);
        ck_assert_str_eq(report_at(report, REPORT_FINDINGS, row, "PCI DSS v4.0.1"), listed[_i].pci);
        found++;
    }
    ck_assert_uint_eq(found, 1);
}
END_TEST

/* Whether a block of the list has rows of Findings, none of which the scope excludes. */
static size_t check_findings(const struct report *report, const struct blocks *list)
{
    size_t rows = 0;
    for (const struct block *block = list->first; block != NULL; block = block->next) {
        bool views = block->kind == BLOCK_VIEW || block->kind == BLOCK_DETAILS;
        if (!views || block->table != &report->tables[REPORT_FINDINGS])
            continue;
        for (size_t i = 0; i < block->row_count; i++)
            ck_assert_str_ne(report_at(report, REPORT_FINDINGS, block->numbers[i], "in_scope"),
                             "no");
        rows += block->row_count;
    }
    return rows;
}

START_TEST(test_not_counted)
{
    const struct report *report = with_scope();
    ck_assert_str_eq(control_counts(report, "10.2", "ACM-005"), "2 1 1 0 0 0 0");
    ck_assert_str_eq(control_counts(report, "4.2.1", "ACM-005"), "2 1 0 1 0 0 0");
    ck_assert_str_eq(control_counts(report, "6.3.1", "IAM-033"), "1 1 0 0 0 0 0");
    const struct blocks full = workpaper_full(report, facts_pool());
    const struct blocks summary = workpaper_summary(report, facts_pool());
    const struct blocks terminal = workpaper_terminal(report, false, facts_pool());
    ck_assert_uint_eq(check_findings(report, &full), 2); /* in the table and in full */
    ck_assert_uint_eq(check_findings(report, &summary), 1);
    ck_assert_uint_eq(check_findings(report, &terminal), 1);
    for (const struct block *block = terminal.first; block != NULL; block = block->next)
        ck_assert(block->text == NULL || strstr(block->text, "listed but not") == NULL);
}
END_TEST

static bool has_sentence(const struct report *report, const struct blocks *list,
                         const char *sentence)
{
    for (const struct block *block = list->first; block != NULL; block = block->next)
        for (size_t row = 0; block->kind == BLOCK_LIST && row < block->row_count; row++)
            if (strcmp(report_block_row(report, block, row), sentence) == 0)
                return true;
    return false;
}

/* A WAIVED finding of another condition is a failure of the certificate, but not of the control:
 * what was tested is always the sum. With a row of PCI DSS, the reports say what that is worth. */
START_TEST(test_waived)
{
    static const char stands[] =
        "A waiver is not a compensating control: under PCI DSS the finding stands.";
    static struct waiver waiver = {.rule = &rule_acm_005,
                                   .owner = "o",
                                   .approver = "p",
                                   .approved_text = "2026-01-01",
                                   .expires_text = "2026-12-31",
                                   .reason = "r",
                                   .ticket = "t",
                                   .compensating_control = ""};
    struct waivers waivers = {.path = "w", .lines = &waiver, .count = 1};
    struct evidence *evidence = facts_evidence();
    waiver.arn = _i == 0 ? "none" : "*";
    waiver.approved = facts_when("2026-01-01T00:00:00Z");
    waiver.expires = facts_when("2027-01-01T00:00:00Z");
    facts_description(evidence, "d", IN "1|Status=FAILED");
    facts_description(evidence, "d", IN "2|RenewalStatus=FAILED");
    facts_description(evidence, "d", IN "3");
    struct report *report = report_of(assess(evidence, NULL, &waivers));
    if (_i == 2) {
        static const struct controls none;
        report->controls = &none;
    } else {
        ck_assert_str_eq(control_counts(report, "10.2", "ACM-005"),
                         _i == 0 ? "3 1 2 0 0 0 0" : "3 1 0 0 0 2 0");
        ck_assert_str_eq(control_counts(report, "4.2.1", "ACM-005"),
                         _i == 0 ? "3 1 1 1 0 0 0" : "3 1 0 1 0 1 0");
    }
    const struct blocks lists[] = {workpaper_full(report, facts_pool()),
                                   workpaper_summary(report, facts_pool()),
                                   workpaper_terminal(report, false, facts_pool())};
    for (size_t i = 0; i < 3; i++)
        ck_assert_msg(has_sentence(report, &lists[i], stands) == (_i == 1), "list %zu", i);
}
END_TEST

void report_add_scope(Suite *suite)
{
    TCase *scope = tcase_create("scope");
    tcase_add_loop_test(scope, test_listed, 0, (int)(sizeof listed / sizeof *listed));
    tcase_add_test(scope, test_not_counted);
    tcase_add_loop_test(scope, test_waived, 0, 3);
    suite_add_tcase(suite, scope);
}
