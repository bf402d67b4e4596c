/* check_rules.c: the list of rules, and helpers for the tests of each rule. */
#include "rules/check_rules.h"
#include "support/harness.h"
#include <string.h>

Suite *rules_suite(void);

void rules_look(const struct rule *rule, const struct observation *seen,
                const struct rules_case *which)
{
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    struct timestamp due;
    const struct condition *condition = rule->evaluate(seen, &policy);
    ck_assert_msg(strcmp(condition->name, which->condition) == 0, "%s: expected %s, got %s",
                  which->changes, which->condition, condition->name);
    if (rule->due(seen, condition, &due))
        timestamp_add(&due, &text);
    ck_assert_msg(strcmp(text_string(&text), which->due) == 0,
                  "%s: expected due \"%s\", got \"%s\"", which->changes, which->due,
                  text_string(&text));
    text_clear(&text);
    rule->reason(seen, condition, &policy, &text);
    ck_assert_uint_gt(text.length, 0);
    for (size_t i = 0; i < REASON_PARTS && which->holds[i] != NULL; i++)
        facts_holds(text_string(&text), which->holds[i]);
    for (size_t i = 0; i < REASON_PARTS && which->lacks[i] != NULL; i++)
        facts_lacks(text_string(&text), which->lacks[i]);
    facts_lacks(text_string(&text), "  ");
    facts_lacks(text_string(&text), "(null)");
    ck_assert_int_eq(text.bytes[text.length - 1], '.');
    text_free(&text);
}

const char *rules_remediation(const struct rule *rule, const struct observation *seen,
                              const char *as_of)
{
    struct policy policy = facts_policy(as_of);
    struct text text = TEXT_EMPTY;
    rule->remediation(seen, rule->evaluate(seen, &policy), &policy, &text);
    return facts_kept(&text);
}

static void add_members(const struct rule *rule, unsigned members, struct text *text)
{
    size_t mark = text->length;
    for (size_t i = 0; rule->members[i] != NULL; i++)
        if ((members & 1U << i) != 0) {
            text_add_separator(text, mark, ", ");
            text_add(text, rule->members[i]);
        }
}

void rules_differ(const struct rule *rule, const struct observation *left,
                  const struct observation *right, const char *expected)
{
    const struct policy policy = facts_policy(FACTS_AS_OF);
    const struct observation *seen[] = {left, right};
    for (size_t i = 0; i < 2; i++) {
        struct difference same = rule->differ(seen[i], seen[i], &policy);
        ck_assert_uint_eq(same.deciding | same.other, 0);
        struct difference found = rule->differ(seen[i], seen[1 - i], &policy);
        struct text text = TEXT_EMPTY;
        add_members(rule, found.deciding, &text);
        if (found.other != 0)
            text_add(&text, " / ");
        add_members(rule, found.other, &text);
        ck_assert_str_eq(text_string(&text), expected);
        text_free(&text);
    }
}

/* The names and results of conditions are an interface: control tables and scripts use them. */
static const struct {
    const char *rule, *condition;
    enum result result;
} conditions[] = {
    {"IAM-033", "uploaded-before-cutoff", RESULT_FAIL},
    {"IAM-033", "uploaded-near-disclosure", RESULT_PASS},
    {"IAM-033", "uploaded-after-cutoff", RESULT_PASS},
    {"IAM-033", "upload-date-unknown", RESULT_UNKNOWN},
    {"IAM-033", "identity-redacted", RESULT_UNKNOWN},
    {"ACM-005", "status-unknown", RESULT_UNKNOWN},
    {"ACM-005", "request-pending", RESULT_FAIL},
    {"ACM-005", "request-pending-past-72h", RESULT_FAIL},
    {"ACM-005", "request-timed-out", RESULT_FAIL},
    {"ACM-005", "request-failed", RESULT_FAIL},
    {"ACM-005", "renewal-unknown", RESULT_UNKNOWN},
    {"ACM-005", "renewal-pending", RESULT_FAIL},
    {"ACM-005", "renewal-failed", RESULT_FAIL},
    {"ACM-005", "not-validated-by-acm", RESULT_NOT_APPLICABLE},
    {"ACM-005", "listed-only", RESULT_UNKNOWN},
    {"ACM-005", "ended", RESULT_NOT_APPLICABLE},
    {"ACM-005", "past-not-after", RESULT_UNKNOWN},
    {"ACM-005", "identity-redacted", RESULT_UNKNOWN},
    {"ACM-005", "renewal-not-shown", RESULT_UNKNOWN},
    {"ACM-005", "renewal-under-way", RESULT_PASS},
    {"ACM-005", "method-change-pending", RESULT_PASS},
    {"ACM-005", "method-change-failed", RESULT_PASS},
    {"ACM-005", "nothing-pending", RESULT_PASS},
};

START_TEST(test_condition)
{
    HARNESS_ROW("%s %s", conditions[_i].rule, conditions[_i].condition);
    const struct rule *rule = rules_find(conditions[_i].rule);
    ck_assert_ptr_nonnull(rule);
    const struct condition *condition = rules_condition(rule, conditions[_i].condition);
    ck_assert_msg(condition != NULL, "%s has no condition %s", rule->id, conditions[_i].condition);
    ck_assert_int_eq(condition->result, conditions[_i].result);
}
END_TEST

/* Every condition has an `expected` text, its own or that of the rule. */
START_TEST(test_expected)
{
    for (size_t i = 0; rules[i] != NULL; i++)
        for (const struct condition *at = rules[i]->conditions; at->name != NULL; at++)
            ck_assert_msg(at->expected != NULL || rules[i]->expected != NULL,
                          "%s has no expected text", at->name);
}
END_TEST

static const struct {
    const char *id, *title, *pillars, *severity;
    enum service applies;
} facts_of_rules[] = {
    {"IAM-033", "Pre-Heartbleed Server Certificates", "Security", "High", SERVICE_IAM},
    {"ACM-005", "AWS ACM Certificates Validity", "Security, Operational Excellence", "Medium",
     SERVICE_ACM},
};

START_TEST(test_rule)
{
    HARNESS_ROW("%s", facts_of_rules[_i].id);
    const struct rule *rule = rules_find(facts_of_rules[_i].id);
    ck_assert_ptr_nonnull(rule);
    ck_assert_str_eq(rule->id, facts_of_rules[_i].id);
    ck_assert_str_eq(rule->title, facts_of_rules[_i].title);
    ck_assert_str_eq(rule->pillars, facts_of_rules[_i].pillars);
    ck_assert_str_eq(rules_severity_name(rule->severity), facts_of_rules[_i].severity);
    ck_assert_int_eq(rule->applies, facts_of_rules[_i].applies);
    ck_assert_ptr_eq(rules_condition(rule, "no-such-condition"), NULL);
    ck_assert_ptr_eq(rules_condition(rule, ""), NULL);
    for (const struct condition *at = rule->conditions; at->name != NULL; at++) {
        ck_assert_ptr_eq(rules_condition(rule, at->name), at);
        ck_assert_uint_eq(strspn(at->name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                          strlen(at->name));
        ck_assert_uint_gt(strlen(at->meaning), 0);
    }
}
END_TEST

START_TEST(test_find)
{
    ck_assert_ptr_eq(rules_find("iam-033"), &rule_iam_033);
    ck_assert_ptr_eq(rules_find("Acm-005"), &rule_acm_005);
    ck_assert_ptr_null(rules_find("ACM-00"));
    ck_assert_ptr_null(rules_find("ACM-0055"));
    ck_assert_ptr_null(rules_find(""));
    ck_assert_str_eq(rules_result_name(RESULT_NOT_APPLICABLE), "NOT_APPLICABLE");
    ck_assert_str_eq(rules_result_name(RESULT_WAIVED), "WAIVED");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *rules_suite(void)
{
    Suite *suite = suite_create("rules");
    TCase *list = tcase_create("list");
    tcase_add_loop_test(list, test_condition, 0, COUNT(conditions));
    tcase_add_test(list, test_expected);
    tcase_add_loop_test(list, test_rule, 0, COUNT(facts_of_rules));
    tcase_add_test(list, test_find);
    suite_add_tcase(suite, list);
    rules_add_iam(suite);
    rules_add_acm(suite);
    rules_add_remedies(suite);
    rules_add_shell(suite);
    return suite;
}
