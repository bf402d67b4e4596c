/* check_verdict.c: the sentence, what is missing, the exit status, and what is due soon. */
#include "audit/check_assess.h"
#include "audit/verdict.h"
#include "base/pool.h"
#include "support/harness.h"
#include <stdint.h>
#include <string.h>

enum { OBSERVED_MOST = 4, FILES_MOST = 3 };

#define ALL(n)                                                                                     \
    "All " n " certificates in the evidence were assessed and none failed. This covers only the "  \
    "accounts and regions under Coverage."
#define ONLY                                                                                       \
    "The only certificate in the evidence was assessed and did not fail. This covers only the "    \
    "accounts and regions under Coverage."
#define NONE(gaps)                                                                                 \
    "No failure found, but the evidence is incomplete (" gaps "): no conclusion can be drawn "     \
    "about the missing parts."

enum rules_applied { BOTH, BOTH_NAMED, IAM_NAMED, ACM_NAMED };

static const struct {
    const char *seen[OBSERVED_MOST]; /* `i` or `d`, and the changes */
    struct {
        enum evidence_state state;
        bool fault;
    } files[FILES_MOST]; /* besides */
    size_t truncated;    /* lists */
    enum rules_applied rules;
    int status;
    const char *verdict;
} runs[] = {
    {{"i", "d"}, {{0}}, 0, BOTH, 0, ALL("2")},
    {{"d"}, {{0}}, 0, BOTH, 0, ONLY},
    {{"dType=IMPORTED"}, {{0}}, 0, BOTH, 0, ONLY},
    {{"i", "d"},
     {{EVIDENCE_SKIPPED, false}, {EVIDENCE_UNRELATED, false}, {EVIDENCE_DUPLICATE, false}},
     0,
     BOTH,
     0,
     ALL("2")},
    {{"dStatus=FAILED|InUse=yes"},
     {{0}},
     0,
     BOTH,
     1,
     "1 of 1 certificates fail (1 in use, 0 due within 7 days); 0 could not be decided."},
    {{"i", "dArn=a|Status=FAILED|InUse=no", "dArn=b|Status",
      "dArn=c|RenewalStatus=PENDING_VALIDATION|NotAfter=2026-11-21T00:00:00Z"},
     {{EVIDENCE_UNUSABLE, true}},
     2,
     BOTH,
     1,
     "2 of 4 certificates fail (1 in use, 1 due within 7 days); 1 could not be decided."},
    /* what is missing */
    {{"i", "dStatus"}, {{0}}, 0, BOTH, 3, NONE("1 certificate could not be decided")},
    {{"dArn=a|Status", "dArn=b|Status"},
     {{0}},
     0,
     BOTH,
     3,
     NONE("2 certificates could not be decided")},
    {{"i"}, {{EVIDENCE_UNUSABLE, true}}, 0, BOTH, 3, NONE("1 file could not be used")},
    {{"i"}, {{0}}, 1, BOTH, 3, NONE("1 list is incomplete (more pages follow)")},
    {{"i"},
     {{EVIDENCE_UNUSABLE, true}, {EVIDENCE_UNUSABLE, true}},
     0,
     BOTH,
     3,
     NONE("2 files could not be used")},
    {{"i"}, {{EVIDENCE_PARTIAL, true}}, 0, BOTH, 3, NONE("1 file was only partly usable")},
    {{"i"},
     {{EVIDENCE_UNRELATED, true}},
     0,
     BOTH,
     3,
     NONE("1 file is the output of another command")},
    {{"i"},
     {{EVIDENCE_PARTIAL, true}},
     1,
     BOTH,
     3,
     NONE("1 file was only partly usable; 1 list is incomplete (more pages follow)")},
    {{"iUploadDate"},
     {{EVIDENCE_UNUSABLE, true}},
     2,
     ACM_NAMED,
     3,
     NONE("1 file could not be used; 2 lists are incomplete (more pages follow); no certificates "
          "for ACM-005")},
    /* no certificate */
    {{0}, {{0}}, 0, BOTH, 3, NONE("no certificates for IAM-033; no certificates for ACM-005")},
    {{"i"}, {{0}}, 0, BOTH_NAMED, 3, NONE("no certificates for ACM-005")},
    {{"i"}, {{0}}, 0, IAM_NAMED, 0, ONLY},
    {{"i"}, {{0}}, 0, ACM_NAMED, 3, NONE("no certificates for ACM-005")},
    {{"d"}, {{0}}, 0, IAM_NAMED, 3, NONE("no certificates for IAM-033")},
    {{"iUploadDate=2012-01-01T00:00:00Z"},
     {{0}},
     0,
     BOTH_NAMED,
     1,
     "1 of 1 certificates fail (0 in use, 0 due within 7 days); 0 could not be decided."},
    /* a failure of a rule that was left out is none */
    {{"iUploadDate=2012-01-01T00:00:00Z", "d"}, {{0}}, 0, ACM_NAMED, 0, ONLY},
};

static struct evidence *evidence_of(int number)
{
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < OBSERVED_MOST && runs[number].seen[i] != NULL; i++) {
        const char *seen = runs[number].seen[i];
        if (*seen == 'i')
            facts_iam(evidence, "a", seen + 1);
        else
            facts_description(evidence, "a", seen + 1);
    }
    static const char *const names[FILES_MOST] = {"f", "g", "h"};
    for (size_t i = 0; i < FILES_MOST; i++) {
        if (runs[number].files[i].state == EVIDENCE_USED)
            continue;
        struct evidence_file *file = facts_file(evidence, names[i]);
        file->state = runs[number].files[i].state;
        file->fault = runs[number].files[i].fault;
    }
    for (size_t i = 0; i < runs[number].truncated; i++) {
        struct listing *list = pool_alloc(evidence->pool, sizeof *list);
        *list = (struct listing){
            .next = evidence->listings, .file = facts_file(evidence, "a"), .truncated = true};
        evidence->listings = list;
    }
    return evidence;
}

START_TEST(test_run)
{
    HARNESS_ROW("%s", runs[_i].verdict);
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    enum rules_applied applied = runs[_i].rules;
    const struct assessment *assessment = facts_assess_with(
        evidence_of(_i), &policy, applied != ACM_NAMED, applied != IAM_NAMED, applied != BOTH);
    verdict_add(assessment, &text);
    ck_assert_str_eq(text_string(&text), runs[_i].verdict);
    text_free(&text);
    ck_assert_int_eq(verdict_exit_status(assessment), runs[_i].status);
    size_t faults = 0;
    for (size_t i = 0; i < FILES_MOST; i++)
        faults += runs[_i].files[i].fault;
    ck_assert_uint_eq(assessment->faults, faults);
}
END_TEST

/* What is missing is named with failures, too. */
START_TEST(test_gaps)
{
    struct evidence *evidence = facts_evidence();
    struct text text = TEXT_EMPTY;
    facts_description(evidence, "a", "Status=FAILED");
    facts_description(evidence, "a", "Arn=b|Status");
    struct evidence_file *file = facts_file(evidence, "b");
    file->state = EVIDENCE_UNUSABLE;
    file->fault = true;
    const struct assessment *assessment = facts_assess(evidence);
    verdict_add_gaps(assessment, &text);
    ck_assert_str_eq(text_string(&text),
                     "1 file could not be used; 1 certificate could not be decided");
    text_free(&text);
    ck_assert_uint_eq(assessment->files_by_state[EVIDENCE_USED], 1);
    ck_assert_uint_eq(assessment->files_by_state[EVIDENCE_UNUSABLE], 1);
}
END_TEST

/* Due within 7 days of the as-of time, both ends in it. */
static const struct {
    const char *changes;
    size_t soon;
} due[] = {
    {"NotAfter=2026-11-19T23:59:59Z", 0},
    {"NotAfter=2026-11-19T23:59:59.999Z", 0},
    {"NotAfter=2026-11-20T00:00:00Z", 1},
    {"NotAfter=2026-11-24T00:00:00Z", 1},
    {"NotAfter=2026-11-27T00:00:00Z", 1},
    {"NotAfter=2026-11-27T10:00:00+10:00", 1},
    {"NotAfter=2026-11-27T00:00:00.001Z", 0},
    {"NotAfter=2026-11-27T00:00:01Z", 0},
    {"NotAfter", 0},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-17T00:00:00Z", 1},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-16T23:59:59Z", 0},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-24T00:00:00Z", 1},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-24T00:00:01Z", 0},
    {"Status=FAILED|NotAfter=2026-11-21T00:00:00Z", 0},
};

START_TEST(test_due)
{
    HARNESS_ROW("%s", due[_i].changes);
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "a", "RenewalStatus=PENDING_VALIDATION");
    facts_change(facts_observation(evidence, 0), due[_i].changes);
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_int_eq(assess_only(assessment)->result, RESULT_FAIL);
    ck_assert_uint_eq(assessment->failing_due_soon, due[_i].soon);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void verdict_add_cases(Suite *suite)
{
    TCase *verdict = tcase_create("verdict");
    tcase_add_loop_test(verdict, test_run, 0, COUNT(runs));
    tcase_add_test(verdict, test_gaps);
    tcase_add_loop_test(verdict, test_due, 0, COUNT(due));
    suite_add_tcase(suite, verdict);
}
