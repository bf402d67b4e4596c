/* check_baseline_order.c: rows of a baseline that repeat a certificate, and the order of changes
 * of one kind. */
#include "audit/baseline.h"
#include "audit/check_baseline.h"
#include "base/pool.h"
#include "support/facts.h"
#include "support/harness.h"
#include <string.h>

#define FAILING "|Status=PENDING_VALIDATION"

static void add_row(struct baseline *baseline, const char *arn, enum result result)
{
    const struct baseline_row row = {.rule = &rule_acm_005,
                                     .arn = arn,
                                     .ref = "",
                                     .certificate = arn,
                                     .result = result,
                                     .failing_since = facts_when("2025-01-01T00:00:00Z"),
                                     .has_failing_since = true};
    baseline_add(baseline, &row);
}

/* `still failing a FAIL`: what it is, of which certificate, and what it was. */
static const char *compared(struct baseline *baseline, struct evidence *evidence)
{
    struct assessment assessment = {
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .baseline = baseline};
    struct text text = TEXT_EMPTY;
    facts_run(&assessment);
    for (size_t i = 0; i < baseline->change_count; i++) {
        const struct change *change = &baseline->changes[i];
        text_addf(&text, "%s %s %s\n", baseline_change_name(change->kind),
                  change->after != NULL ? change->after->certificate->arn : change->before->arn,
                  change->before != NULL ? rules_result_name(change->before->result) : "absent");
    }
    text_add(&text, "");
    baseline_free(baseline);
    assess_free(&assessment);
    evidence_free(evidence);
    return facts_kept(&text);
}

static const enum result orders[][3] = {
    {RESULT_FAIL, RESULT_UNKNOWN, RESULT_PASS}, {RESULT_PASS, RESULT_UNKNOWN, RESULT_FAIL},
    {RESULT_UNKNOWN, RESULT_FAIL, RESULT_PASS}, {RESULT_UNKNOWN, RESULT_PASS, RESULT_FAIL},
    {RESULT_FAIL, RESULT_PASS, RESULT_UNKNOWN}, {RESULT_PASS, RESULT_FAIL, RESULT_UNKNOWN},
};

/* The worst counts, in any order. */
START_TEST(test_repeated)
{
    struct baseline baseline = {0};
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < 3; i++) {
        add_row(&baseline, "a", orders[_i][i]);
        add_row(&baseline, "gone", orders[_i][i]);
    }
    facts_description(evidence, "f", "Arn=a" FAILING);
    ck_assert_str_eq(compared(&baseline, evidence), "vanished gone FAIL\nstill failing a FAIL\n");
}
END_TEST

/* Findings in their order, then those that are gone, by certificate. */
START_TEST(test_one_kind)
{
    static const char *const arns[] = {"z", "b", "y", "a", "x"};
    struct baseline baseline = {0};
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < 5; i++)
        add_row(&baseline, arns[(i + (size_t)_i) % 5], RESULT_NOT_APPLICABLE);
    facts_description(evidence, "f", "Arn=b" FAILING);
    facts_description(evidence, "f", "Arn=a" FAILING);
    ck_assert_str_eq(compared(&baseline, evidence),
                     "changed a NOT_APPLICABLE\nchanged b NOT_APPLICABLE\n"
                     "changed x NOT_APPLICABLE\nchanged y NOT_APPLICABLE\n"
                     "changed z NOT_APPLICABLE\n");
}
END_TEST

TCase *baseline_order_case(void)
{
    TCase *tcase = tcase_create("order");
    tcase_add_loop_test(tcase, test_repeated, 0, sizeof orders / sizeof *orders);
    tcase_add_loop_test(tcase, test_one_kind, 0, 5);
    return tcase;
}
