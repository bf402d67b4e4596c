/*
 * check_summary.c: counts of the summary: failures of ACM-005 by age, to the second; the
 * population; accounts, in order, with their next due time.
 */
#include "audit/scope.h"
#include "audit/summary.h"
#include "audit/waivers.h"
#include "base/pool.h"
#include "support/facts.h"
#include "support/harness.h"
#include <string.h>

Suite *summary_suite(void);

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define REQUEST "Status=PENDING_VALIDATION|CreatedAt="
#define RENEWAL "RenewalStatus=PENDING_VALIDATION|NotAfter="

static const struct summary *summary_of(const struct assessment *assessment)
{
    struct summary *summary = pool_alloc(facts_pool(), sizeof *summary);
    summary_build(summary, assessment);
    harness_keep(summary->ages);
    harness_keep(summary->accounts);
    return summary;
}

static size_t age_of(const struct summary *summary, const char *what)
{
    for (size_t i = 0; i < summary->age_count; i++)
        if (strcmp(summary->ages[i].what, what) == 0)
            return summary->ages[i].count;
    HARNESS_FAIL("no age %s", what);
}

static size_t ages_in_all(const struct summary *summary)
{
    size_t sum = 0;
    for (size_t i = 0; i < summary->age_count; i++)
        sum += summary->ages[i].count;
    return sum;
}

/* At 2026-11-20T00:00:00Z. */
static const struct {
    const char *changes, *what;
} aged[] = {
    {REQUEST "2026-11-20T00:00:01Z", "requests up to 72 hours old"},
    {REQUEST "2026-11-20T00:00:00Z", "requests up to 72 hours old"},
    {REQUEST "2026-11-17T00:00:00Z", "requests up to 72 hours old"},
    {REQUEST "2026-11-17T02:00:00+02:00", "requests up to 72 hours old"},
    {REQUEST "2026-11-16T23:59:59.999Z", "requests 72 hours to 30 days old"},
    {REQUEST "2026-11-16T23:59:59Z", "requests 72 hours to 30 days old"},
    {REQUEST "2026-10-21T00:00:00Z", "requests 72 hours to 30 days old"},
    {REQUEST "2026-10-20T23:59:59Z", "requests more than 30 days old"},
    {"Status=VALIDATION_TIMED_OUT|CreatedAt=2026-10-21T00:00:00Z",
     "requests 72 hours to 30 days old"},
    {"Status=FAILED|CreatedAt=2014-01-01T00:00:00Z", "requests more than 30 days old"},
    {"Status=PENDING_VALIDATION|CreatedAt", "requests of unknown age"},
    {REQUEST "soon", "requests of unknown age"},
    {"Status=FAILED|CreatedAt:7", "requests of unknown age"},
    {RENEWAL "2026-11-19T23:59:59Z", "renewals of expired certificates"},
    {RENEWAL "2026-11-20T00:00:00Z", "renewals due within 7 days"},
    {RENEWAL "2026-11-27T00:00:00Z", "renewals due within 7 days"},
    {RENEWAL "2026-11-27T00:00:01Z", "renewals due in 8 to 30 days"},
    {RENEWAL "2026-12-20T00:00:00Z", "renewals due in 8 to 30 days"},
    {RENEWAL "2026-12-20T00:00:01Z", "renewals due in 31 to 60 days"},
    {RENEWAL "2027-01-19T00:00:00Z", "renewals due in 31 to 60 days"},
    {RENEWAL "2027-01-19T00:00:01Z", "renewals due later"},
    {"RenewalStatus=FAILED|NotAfter=2027-01-19T00:00:01Z", "renewals due later"},
    {"RenewalStatus=FAILED|NotAfter=2026-11-19T23:59:59Z", "renewals of expired certificates"},
    {"RenewalStatus=PENDING_VALIDATION|NotAfter", "renewals with an unknown due date"},
    {RENEWAL "soon", "renewals with an unknown due date"},
};

START_TEST(test_age)
{
    HARNESS_ROW("%s", aged[_i].changes);
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "d", aged[_i].changes);
    const struct assessment *assessment = facts_assess(evidence);
    const struct summary *summary = summary_of(assessment);
    ck_assert_int_eq(assessment->findings[0].result, RESULT_FAIL);
    HARNESS_REQUIRE(age_of(summary, aged[_i].what) == 1, "%s is not: %s", aged[_i].changes,
                    aged[_i].what);
    ck_assert_uint_eq(ages_in_all(summary), 1);
}
END_TEST

/* Not counted: passes, waived failures, failures of other rules. */
START_TEST(test_ages_add_up)
{
    static struct waiver waived = {.line = 2,
                                   .rule = &rule_acm_005,
                                   .arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0",
                                   .owner = "o",
                                   .approver = "a",
                                   .reason = "r",
                                   .ticket = "",
                                   .approved_text = "2026-01-01",
                                   .expires_text = "2026-12-30"};
    static struct waivers waivers = {.path = "w", .lines = &waived, .count = 1};
    struct evidence *evidence = facts_evidence();
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    waived.approved = facts_when("2026-01-01T00:00:00Z");
    waived.expires = facts_when("2026-12-31T00:00:00Z");
    for (int i = 0; i < COUNT(aged); i++)
        facts_description(evidence, "d",
                          harness_format("Arn=arn:aws:acm:eu-west-1:111122223333:certificate/%d|%s",
                                         i, aged[i].changes));
    facts_description(evidence, "d", "Arn=" FACTS_ACM_ARN "00");
    facts_iam(evidence, "i", "UploadDate=2012-01-01T00:00:00Z");
    *assessment = (struct assessment){
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .waivers = &waivers};
    facts_run(assessment);
    const struct summary *summary = summary_of(assessment);
    ck_assert_uint_eq(assessment->finding_counts.by_result[RESULT_WAIVED], 1);
    ck_assert_uint_eq(assessment->finding_counts.by_result[RESULT_FAIL], COUNT(aged));
    ck_assert_uint_eq(ages_in_all(summary), COUNT(aged) - 1);
    assess_free(assessment);
    evidence_free(evidence);
}
END_TEST

/* Rules that are not applied have no ages. */
START_TEST(test_no_ages)
{
    struct evidence *evidence = facts_evidence();
    struct policy policy = facts_policy(FACTS_AS_OF);
    facts_description(evidence, "d", REQUEST "2026-11-20T00:00:00Z");
    facts_iam(evidence, "i", "UploadDate=2012-01-01T00:00:00Z");
    ck_assert_uint_eq(
        summary_of(facts_assess_with(evidence, &policy, true, false, true))->age_count, 0);
}
END_TEST

static size_t population_of(const struct summary *summary, const char *what)
{
    for (size_t i = 0; i < summary->population_count; i++)
        if (strcmp(summary->population[i].what, what) == 0)
            return summary->population[i].count;
    HARNESS_FAIL("no population %s", what);
}

static const struct {
    const char *what;
    size_t count;
} population[] = {
    {"accounts", 2},
    {"regions", 2},
    {"certificates", 5},
    {"… of which IAM server certificates", 1},
    {"… of which ACM certificates", 4},
    {"ACM certificates listed but not described", 1},
    {"certificates without a stated account", 1},
    {"certificates mentioned, without a record", 0},
    {"incomplete lists (more pages follow)", 0},
    {"files that make the evidence incomplete", 0},
};

/* `global` (IAM) is not a region. */
START_TEST(test_population)
{
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "d", "Arn=" FACTS_ACM_ARN);
    facts_description(evidence, "d", "Arn=arn:aws:acm:us-east-1:111122223333:certificate/2");
    facts_description(evidence, "d", "Arn");
    facts_summary(evidence, "l", "Arn=arn:aws:acm:us-east-1:111122223333:certificate/3");
    facts_iam(evidence, "i", "Arn=arn:aws:iam::222222222222:server-certificate/web");
    const struct summary *summary = summary_of(facts_assess(evidence));
    ck_assert_uint_eq(summary->population_count, COUNT(population));
    for (int i = 0; i < COUNT(population); i++)
        HARNESS_REQUIRE(population_of(summary, population[i].what) == population[i].count,
                        "%s: %zu, not %zu", population[i].what,
                        population_of(summary, population[i].what), population[i].count);
}
END_TEST

static void describe(struct evidence *evidence, const char *account, const char *certificate,
                     const char *changes)
{
    facts_description(evidence, "d",
                      harness_format("Arn=arn:aws:acm:eu-west-1:%s:certificate/%s|%s", account,
                                     certificate, changes));
}

static void check_account(const struct summary *summary, size_t row, const char *wanted)
{
    struct text found = TEXT_EMPTY;
    const struct summary_account *account = &summary->accounts[row];
    ck_assert_uint_lt(row, summary->account_count);
    text_addf(&found, "%s (%s, %s) %zu FAIL, %zu UNKNOWN of %zu, due ", account->account,
              account->name, account->owner, account->fail, account->unknown, account->total);
    if (account->next_due != NULL)
        timestamp_add(account->next_due, &found);
    else
        text_add(&found, "never");
    ck_assert_str_eq(facts_kept(&found), wanted);
}

/* Most failures first, then most undecided, then by account. The next due time may be overdue; a
 * certificate that passes has none. */
START_TEST(test_accounts)
{
    static struct scope_line lines[] = {
        {2, "222222222222", "us-east-1", "acm", "Two", "Team B", "", "", true},
        {3, "333333333333", "*", "*", "Three", "Team C", "", "", true},
        {4, "999999999999", "*", "*", "Nine", "Team N", "", "", true},
        {5, "444444444444", "*", "*", "Four", "Team D", "", "sold", false},
    };
    struct evidence *evidence = facts_evidence();
    struct scope scope = {.path = "s"};
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    for (int i = 0; i < COUNT(lines); i++)
        scope_add(&scope, &lines[i]);
    ck_assert_ptr_null(scope_finish(&scope));
    describe(evidence, "111111111111", "1", RENEWAL "2026-11-19T23:59:59Z");
    describe(evidence, "222222222222", "1", RENEWAL "2026-11-19T23:59:59Z");
    describe(evidence, "222222222222", "2", RENEWAL "2026-11-23T00:00:00Z");
    describe(evidence, "222222222222", "3", RENEWAL "2026-11-20T00:00:00Z");
    describe(evidence, "222222222222", "4", "NotAfter=2026-11-20T00:00:00Z");
    describe(evidence, "333333333333", "1", RENEWAL "2026-11-22T00:00:00Z");
    describe(evidence, "333333333333", "2", "Status=NEW");
    describe(evidence, "444444444444", "1", "");
    describe(evidence, "000000000000", "1", "RenewalStatus=FAILED|NotAfter=soon");
    facts_iam(evidence, "i", "Arn=arn:aws:iam::222222222222:server-certificate/web");
    facts_description(evidence, "d", "Arn");
    *assessment = (struct assessment){
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .scope = &scope};
    facts_run(assessment);
    const struct summary *summary = summary_of(assessment);
    check_account(summary, 0,
                  "222222222222 (Two, Team B) 3 FAIL, 0 UNKNOWN of 5, due 2026-11-19T23:59:59Z");
    check_account(summary, 1,
                  "333333333333 (Three, Team C) 1 FAIL, 1 UNKNOWN of 2, due 2026-11-22T00:00:00Z");
    check_account(summary, 2, "000000000000 (, ) 1 FAIL, 0 UNKNOWN of 1, due never");
    check_account(summary, 3, "111111111111 (, ) 1 FAIL, 0 UNKNOWN of 1, due 2026-11-19T23:59:59Z");
    check_account(summary, 4, " (, ) 0 FAIL, 1 UNKNOWN of 1, due never");
    ck_assert_uint_eq(summary->account_count, 5); /* without the one that is excluded */
    ck_assert_uint_eq(population_of(summary, "places in scope without evidence"), 6);
    ck_assert_uint_eq(population_of(summary, "places in scope without a list"), 1);
    ck_assert_uint_eq(population_of(summary, "certificates out of scope, not counted below"), 1);
    ck_assert_uint_eq(population_of(summary, "certificates not covered by any line of the scope"),
                      8);
    scope_free(&scope);
    assess_free(assessment);
    evidence_free(evidence);
}
END_TEST

static const int sizes[] = {0, 1, 14, 15, 16, 17, 50};

/* Accounts with a failure each, each due a day later: up to 16 have a row; of more, 15 have a row,
 * and the last row is for the others. */
START_TEST(test_others)
{
    const int size = sizes[_i];
    struct evidence *evidence = facts_evidence();
    size_t fail = 0, accounts = 0;
    for (int i = 0; i < size; i++) {
        struct timestamp due = timestamp_plus(facts_when(FACTS_AS_OF), (int64_t)i * TIMESTAMP_DAY);
        struct text text = TEXT_EMPTY;
        text_add(&text, RENEWAL);
        timestamp_add(&due, &text);
        describe(evidence, harness_format("%012d", i), "1", facts_kept(&text));
    }
    const struct summary *summary = summary_of(facts_assess(evidence));
    ck_assert_uint_eq(summary->account_count, size > 16 ? 16 : (size_t)size);
    for (size_t i = 0; i < summary->account_count; i++) {
        const struct summary_account *account = &summary->accounts[i];
        fail += account->fail;
        accounts += account->others > 0 ? account->others : 1;
        ck_assert((account->others > 0) == (i == 15 && size > 16));
    }
    ck_assert_uint_eq(fail, (size_t)size);
    ck_assert_uint_eq(accounts, (size_t)size);
    if (size > 16)
        check_account(summary, 15,
                      harness_format(" (, ) %d FAIL, 0 UNKNOWN of %d, due 2026-12-05T00:00:00Z",
                                     size - 15, size - 15));
}
END_TEST

Suite *summary_suite(void)
{
    Suite *suite = suite_create("summary");
    TCase *ages = tcase_create("ages");
    TCase *accounts = tcase_create("accounts");
    tcase_add_loop_test(ages, test_age, 0, COUNT(aged));
    tcase_add_test(ages, test_ages_add_up);
    tcase_add_test(ages, test_no_ages);
    tcase_add_test(accounts, test_population);
    tcase_add_test(accounts, test_accounts);
    tcase_add_loop_test(accounts, test_others, 0, COUNT(sizes));
    suite_add_tcase(suite, ages);
    suite_add_tcase(suite, accounts);
    return suite;
}
