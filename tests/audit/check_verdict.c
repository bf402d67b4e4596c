/* check_verdict.c: the sentence, what is missing, the exit status, and what is due soon. */
#include "audit/check_assess.h"
#include "audit/scope.h"
#include "audit/verdict.h"
#include "audit/waivers.h"
#include "base/pool.h"
#include "support/harness.h"
#include <stdint.h>
#include <string.h>

enum { OBSERVED_MOST = 4, FILES_MOST = 3 };

#define COVERS " This covers only the accounts and regions under Coverage."
#define ALL(n, results)                                                                            \
    "All " n " certificates in the evidence were assessed and none failed (" results ")." COVERS
#define ONLY "The only certificate in the evidence was assessed and did not fail." COVERS
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
    {{"i", "d"}, {{0}}, 0, BOTH, 0, ALL("2", "2 passed")},
    {{"d"}, {{0}}, 0, BOTH, 0, ONLY},
    {{"i", "dType=IMPORTED"}, {{0}}, 0, BOTH, 0, ALL("2", "1 passed, 1 not applicable")},
    {{"i", "d"},
     {{EVIDENCE_SKIPPED, false}, {EVIDENCE_UNRELATED, false}, {EVIDENCE_DUPLICATE, false}},
     0,
     BOTH,
     0,
     ALL("2", "2 passed")},
    /* nothing could fail */
    {{"dType=IMPORTED"},
     {{0}},
     0,
     BOTH,
     0,
     "The rules do not apply to the only certificate in the evidence, so it could not "
     "fail." COVERS},
    {{"dType=IMPORTED", "dArn=b|Status=EXPIRED"},
     {{0}},
     0,
     BOTH,
     0,
     "The rules apply to none of the 2 certificates in the evidence, so none could fail." COVERS},
    /* failures; parts that are 0 are left out */
    {{"dStatus=FAILED|InUse=yes"}, {{0}}, 0, BOTH, 1, "The only certificate fails: 1 in use."},
    {{"dStatus=FAILED|InUse=no"}, {{0}}, 0, BOTH, 1, "The only certificate fails."},
    {{"dStatus=FAILED|InUse=no", "dArn=b"}, {{0}}, 0, BOTH, 1, "1 of 2 certificates fails."},
    {{"iUploadDate=2012-01-01T00:00:00Z", "d"},
     {{0}},
     0,
     BOTH,
     1,
     "1 of 2 certificates fails: 1 of unknown use."},
    {{"dRenewalStatus=FAILED|NotAfter=2026-11-19T00:00:00Z|InUse=no", "dArn=b|Status"},
     {{0}},
     0,
     BOTH,
     1,
     "1 of 2 certificates fails: 1 overdue. 1 could not be decided."},
    {{"iUploadDate=2012-01-01T00:00:00Z",
      "dArn=a|RenewalStatus=FAILED|NotAfter=2026-11-19T00:00:00Z|InUse=yes",
      "dArn=b|RenewalStatus=FAILED|NotAfter=2026-11-20T00:00:00Z|InUse=not stated",
      "dArn=c|RenewalStatus=FAILED|NotAfter=2027-11-20T00:00:00Z|InUse=no"},
     {{0}},
     0,
     BOTH,
     1,
     "4 of 4 certificates fail: 1 in use, 2 of unknown use; 1 overdue, 1 due within 7 days."},
    {{"i", "dArn=a|Status=FAILED|InUse=no", "dArn=b|Status",
      "dArn=c|RenewalStatus=PENDING_VALIDATION|NotAfter=2026-11-21T00:00:00Z"},
     {{EVIDENCE_UNUSABLE, true}},
     2,
     BOTH,
     1,
     "2 of 4 certificates fail: 1 in use; 1 due within 7 days. 1 could not be decided."},
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
    {{"i"},
     {{EVIDENCE_UNREAD, true}, {EVIDENCE_UNREAD, true}},
     0,
     BOTH,
     3,
     NONE("2 files contain certificate records that could not be read")},
    {{"iUploadDate"},
     {{EVIDENCE_UNUSABLE, true}},
     2,
     IAM_NAMED,
     3,
     NONE("1 file could not be used; 2 lists are incomplete (more pages follow); 1 certificate "
          "could not be decided")},
    {{"iUploadDate"},
     {{EVIDENCE_UNREAD, true}},
     0,
     ACM_NAMED,
     3,
     NONE("1 file contains certificate records that could not be read; no certificates for "
          "ACM-005")},
    /* no certificate */
    {{0}, {{0}}, 0, BOTH, 3, "No certificate was read."},
    {{0}, {{EVIDENCE_UNUSABLE, true}}, 0, BOTH, 3, "No certificate was read."},
    {{"i"}, {{0}}, 0, BOTH_NAMED, 3, NONE("no certificates for ACM-005")},
    {{"i"}, {{0}}, 0, IAM_NAMED, 0, ONLY},
    {{"i"}, {{0}}, 0, ACM_NAMED, 3, NONE("no certificates for ACM-005")},
    {{"d"}, {{0}}, 0, IAM_NAMED, 3, NONE("no certificates for IAM-033")},
    {{"iUploadDate=2012-01-01T00:00:00Z"},
     {{0}},
     0,
     BOTH_NAMED,
     1,
     "The only certificate fails: 1 of unknown use."},
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
        *list = (struct listing){.next = evidence->listings,
                                 .file = facts_file(evidence, "a"),
                                 .count = 1,
                                 .truncated = true,
                                 .account = "111122223333",
                                 .region = "eu-west-1"};
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
    verdict_add_sentence(assessment, &text);
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

/* An incomplete list counts as such, not as a file that was only partly usable, unless there is or
 * may be another problem. */
START_TEST(test_truncated_file)
{
    static const struct {
        size_t truncated, others, partial_files;
    } problems[] = {{1, 0, 0}, {LIMIT_PROBLEMS, 0, 0}, {LIMIT_PROBLEMS + 1, 0, 1}, {1, 1, 1}};
    for (size_t row = 0; row < sizeof problems / sizeof *problems; row++) {
        struct evidence *evidence = facts_evidence();
        struct evidence_file *file = facts_file(evidence, "f");
        file->state = EVIDENCE_PARTIAL;
        file->fault = true;
        for (size_t i = 0; i < problems[row].truncated; i++)
            facts_problem(file, DIAG_TRUNCATED_LIST, 1, 1, "NextToken");
        for (size_t i = 0; i < problems[row].others; i++)
            facts_problem(file, DIAG_JSON_ENDS_EARLY, 1, 1, "in a list");
        ck_assert_uint_eq(facts_assess(evidence)->gaps.partial_files, problems[row].partial_files);
    }
}
END_TEST

/* Due within 7 days of the as-of time, both ends in it; overdue before. */
static const struct {
    const char *changes;
    size_t soon, overdue;
} due[] = {
    {"NotAfter=2026-11-19T23:59:59Z", 0, 1},
    {"NotAfter=2026-11-19T23:59:59.999Z", 0, 1},
    {"NotAfter=2026-11-20T00:00:00Z", 1, 0},
    {"NotAfter=2026-11-24T00:00:00Z", 1, 0},
    {"NotAfter=2026-11-27T00:00:00Z", 1, 0},
    {"NotAfter=2026-11-27T10:00:00+10:00", 1, 0},
    {"NotAfter=2026-11-27T00:00:00.001Z", 0, 0},
    {"NotAfter=2026-11-27T00:00:01Z", 0, 0},
    {"NotAfter", 0, 0},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-17T00:00:00Z", 1, 0},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-16T23:59:59Z", 0, 1},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-24T00:00:00Z", 1, 0},
    {"Status=PENDING_VALIDATION|CreatedAt=2026-11-24T00:00:01Z", 0, 0},
    {"Status=FAILED|NotAfter=2026-11-21T00:00:00Z", 0, 0},
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
    ck_assert_uint_eq(assessment->failing_overdue, due[_i].overdue);
}
END_TEST

static void add_list(struct evidence *evidence, const char *path, enum service service,
                     size_t count)
{
    struct listing *list = pool_alloc(evidence->pool, sizeof *list);
    *list = (struct listing){.next = evidence->listings,
                             .file = facts_file(evidence, path),
                             .service = service,
                             .count = count,
                             .shows_other_keys = true,
                             .shows_acme = true,
                             .account = count > 0 ? "111122223333" : "",
                             .region = count > 0 ? "eu-west-1" : ""};
    evidence->listings = list;
}

/* Empty lists: the paths of an ACM list and an IAM list, or NULL. */
static const struct {
    const char *acm, *iam;
    enum rules_applied rules;
    int status;
    const char *verdict;
} empty[] = {
    {"111122223333/eu-west-1/l", "111122223333/i", BOTH, 0,
     "No certificates exist in the 2 places covered."},
    {"111122223333/eu-west-1/l", NULL, BOTH, 0, "No certificates exist in the 1 place covered."},
    {"111122223333/eu-west-1/l", "111122223333/i", BOTH_NAMED, 0,
     "No certificates exist in the 2 places covered."},
    {"111122223333/eu-west-1/l", "111122223333/i", ACM_NAMED, 0,
     "No certificates exist in the 1 place covered."},
    {"111122223333/eu-west-1/l", NULL, BOTH_NAMED, 3, NONE("no certificates for IAM-033")},
    {"111122223333/eu-west-1/l", NULL, IAM_NAMED, 3, "No certificate was read."},
    {"111122223333/l", "111122223333/i", BOTH, 3,
     NONE("1 empty list is of an unknown account or region")},
    {"l", "i", BOTH, 3, "No certificate was read."},
};

START_TEST(test_empty)
{
    HARNESS_ROW("%s", empty[_i].verdict);
    struct evidence *evidence = facts_evidence();
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    enum rules_applied applied = empty[_i].rules;
    if (empty[_i].acm != NULL)
        add_list(evidence, empty[_i].acm, SERVICE_ACM, 0);
    if (empty[_i].iam != NULL)
        add_list(evidence, empty[_i].iam, SERVICE_IAM, 0);
    const struct assessment *assessment = facts_assess_with(evidence, &policy, applied != ACM_NAMED,
                                                            applied != IAM_NAMED, applied != BOTH);
    verdict_add_sentence(assessment, &text);
    ck_assert_str_eq(facts_kept(&text), empty[_i].verdict);
    ck_assert_int_eq(verdict_exit_status(assessment), empty[_i].status);
}
END_TEST

/* The notes, joined by a line feed. */
static const char *notes_of(const struct assessment *assessment)
{
    struct text text = TEXT_EMPTY, note = TEXT_EMPTY;
    for (size_t i = 0; i < VERDICT_NOTES; i++) {
        text_clear(&note);
        verdict_add_note(assessment, i, &note);
        text_add_separator(&text, 0, note.length > 0 ? "\n" : "");
        text_add(&text, text_string(&note));
    }
    text_free(&note);
    return facts_kept(&text);
}

/* What the scope excludes is assessed and counted apart; what no line covers is counted. */
START_TEST(test_scope)
{
    static const struct scope_line lines[] = {
        {2, "111122223333", "eu-west-1", "acm", "", "", "", "", true},
        {3, "111122223333", "us-east-1", "acm", "", "", "", "sold", false},
    };
    struct evidence *evidence = facts_evidence();
    struct scope scope = {.path = "s"};
    struct text text = TEXT_EMPTY;
    for (int i = 0; i < 2; i++)
        scope_add(&scope, &lines[i]);
    ck_assert_ptr_null(scope_finish(&scope));
    add_list(evidence, "a", SERVICE_ACM, 2);
    facts_description(evidence, "a", "Arn=arn:aws:acm:eu-west-1:111122223333:certificate/1");
    facts_description(evidence, "a", "Arn=arn:aws:acm:eu-west-1:111122223333:certificate/2");
#define SOLD "Arn=arn:aws:acm:us-east-1:111122223333:certificate/"
    facts_description(evidence, "a", SOLD "1|Status=FAILED");
    facts_description(evidence, "a", SOLD "2|RenewalStatus=FAILED|NotAfter=2026-11-01T00:00:00Z");
    facts_description(evidence, "a", SOLD "3|Status");
    facts_summary(evidence, "b", SOLD "2|Status=EXPIRED");
#undef SOLD
    facts_iam(evidence, "a", "Arn=arn:aws:iam::222222222222:server-certificate/a");
    struct assessment assessment = {
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .scope = &scope};
    facts_run(&assessment);
    verdict_add_sentence(&assessment, &text);
    ck_assert_str_eq(facts_kept(&text), "All 3 certificates in scope or not listed were assessed "
                                        "and none failed (3 passed)." COVERS);
    ck_assert_str_eq(
        notes_of(&assessment),
        "Out of scope: 3 certificates (2 FAIL, 1 UNKNOWN), not counted; see the column in_scope.\n"
        "1 certificate is not covered by any line of the scope, and counted; see "
        "the column in_scope.");
    ck_assert_int_eq(verdict_exit_status(&assessment), 0);
    ck_assert_uint_eq(assessment.finding_counts.total, 3);
    ck_assert_uint_eq(assessment.counts[1].total, 2);
    ck_assert_uint_eq(assessment.failing_in_use + assessment.failing_overdue +
                          assessment.undecided_certificates + assessment.conflicting_certificates,
                      0);
    scope_free(&scope);
    assess_free(&assessment);
}
END_TEST

/* If the scope excludes all that was read, nothing is concluded. */
START_TEST(test_all_excluded)
{
    static const struct scope_line line = {2, "111122223333", "*", "*", "", "", "", "sold", false};
    struct evidence *evidence = facts_evidence();
    struct scope scope = {.path = "s"};
    struct text text = TEXT_EMPTY;
    scope_add(&scope, &line);
    facts_description(evidence, "a", "");
    struct assessment assessment = {
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .scope = &scope};
    facts_run(&assessment);
    verdict_add(&assessment, &text);
    ck_assert_str_eq(facts_kept(&text),
                     "No certificate in scope was read.\nOut of scope: 1 certificate, not counted; "
                     "see the column in_scope.");
    ck_assert_int_eq(verdict_exit_status(&assessment), 3);
    scope_free(&scope);
    assess_free(&assessment);
}
END_TEST

START_TEST(test_waived)
{
    struct evidence *evidence = facts_evidence();
    struct text text = TEXT_EMPTY;
    struct waiver waiver = {.rule = &rule_acm_005,
                            .arn = "*",
                            .owner = "o",
                            .approver = "p",
                            .approved_text = "2026-01-01",
                            .expires_text = "2026-12-31",
                            .approved = facts_when("2026-01-01T00:00:00Z"),
                            .expires = facts_when("2027-01-01T00:00:00Z")};
    struct waivers waivers = {.lines = &waiver, .count = 1};
    facts_description(evidence, "a", "Status=FAILED");
    if (_i == 1)
        facts_iam(evidence, "a", "");
    struct assessment assessment = {
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .waivers = &waivers};
    facts_run(&assessment);
    verdict_add_sentence(&assessment, &text);
    ck_assert_str_eq(facts_kept(&text),
                     _i == 1 ? "All 2 certificates in the evidence were assessed and none failed "
                               "except under a waiver (1 passed, 1 waived)." COVERS
                             : "The only certificate in the evidence was assessed and did not fail "
                               "except under a waiver." COVERS);
    ck_assert_str_eq(notes_of(&assessment), "1 failure is waived, not counted as failing.");
    ck_assert_int_eq(verdict_exit_status(&assessment), 0);
    assess_free(&assessment);
}
END_TEST

#define MOVED(to) "The cut-off was moved from " FACTS_CUTOFF " to " to

/* What changes because the cut-off was moved; nothing is said of the default. */
static const struct {
    const char *cutoff, *note;
} cutoffs[] = {
    {FACTS_CUTOFF, ""},
    {"2014-04-01T10:00:00+10:00", ""},
    {"2010-01-01T00:00:00Z", MOVED("2010-01-01T00:00:00Z") ": 2 certificates pass that fail by "
                                                           "default."},
    {"2012-06-01T00:00:00Z", MOVED("2012-06-01T00:00:00Z") ": 1 certificate passes that fails by "
                                                           "default."},
    {"2014-03-31T00:00:00Z", MOVED("2014-03-31T00:00:00Z") "; no result differs."},
    {"2020-01-01T00:00:00Z",
     MOVED("2020-01-01T00:00:00Z") ": 1 certificate fails that does not fail "
                                   "by default."},
};

START_TEST(test_cutoff)
{
    HARNESS_ROW("%s", cutoffs[_i].cutoff);
    struct evidence *evidence = facts_evidence();
    struct policy policy = facts_policy(FACTS_AS_OF);
    policy.cutoff = facts_when(cutoffs[_i].cutoff);
    facts_iam(evidence, "a", "Arn=a|UploadDate=2012-01-01T00:00:00Z");
    facts_iam(evidence, "a", "Arn=b|UploadDate=2013-01-01T00:00:00Z");
    facts_iam(evidence, "a", "Arn=c|UploadDate=2015-01-01T00:00:00Z");
    facts_iam(evidence, "a", "Arn=d|UploadDate");
    facts_description(evidence, "a", "");
    ck_assert_str_eq(notes_of(facts_assess_with(evidence, &policy, true, true, false)),
                     cutoffs[_i].note);
}
END_TEST

#define NEWEST " the newest time in the evidence, 2026-10-21T00:00:00Z in b."

/* Of the newest file: the as-of time is before it, up to 30 days after it, or later. */
static const struct {
    const char *as_of, *note;
} times[] = {
    {"2026-10-20T23:59:59.9Z", "The as-of time is before" NEWEST},
    {"2026-10-21T00:00:00Z", ""},
    {"2026-11-20T00:00:00Z", ""},
    {"2026-11-20T00:00:01Z", "The as-of time is more than 30 days after" NEWEST},
    {"2026-11-20T09:00:00+10:00", ""},
};

START_TEST(test_as_of)
{
    HARNESS_ROW("%s", times[_i].as_of);
    static const char *const newest[] = {"2026-10-20T00:00:00Z", "2026-10-21T00:00:00Z",
                                         "2025-01-01T00:00:00Z"};
    static const char *const names[] = {"a", "b", "c"};
    struct evidence *evidence = facts_evidence();
    struct policy policy = facts_policy(times[_i].as_of);
    facts_description(evidence, "a", "");
    facts_file(evidence, "0")->newest = facts_when("2030-01-01T00:00:00Z"); /* not dated */
    for (int i = 0; i < 3; i++) {
        facts_file(evidence, names[i])->dated = true;
        facts_file(evidence, names[i])->newest = facts_when(newest[i]);
    }
    const struct assessment *assessment = facts_assess_with(evidence, &policy, true, true, false);
    ck_assert_str_eq(notes_of(assessment), times[_i].note);
    ck_assert_int_eq(verdict_exit_status(assessment), 0);
}
END_TEST

/* Lists that may leave certificates out are noted, and change no exit status. */
START_TEST(test_lists)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "a", SERVICE_ACM, 1);
    evidence->listings->shows_other_keys = _i % 2 == 1;
    evidence->listings->shows_acme = _i / 2 == 1;
    facts_description(evidence, "a", "Arn=" FACTS_ACM_ARN);
    const struct assessment *assessment = facts_assess(evidence);
    static const char *const notes[] = {
        "Lists may leave certificates out: in 1 place they show no keys other than RSA_1024 and "
        "RSA_2048, "
        "in 1 place they show no ACME certificate; see Coverage.",
        "Lists may leave certificates out: in 1 place they show no ACME certificate; see "
        "Coverage.",
        "Lists may leave certificates out: in 1 place they show no keys other than RSA_1024 and "
        "RSA_2048; "
        "see Coverage.",
        ""};
    ck_assert_str_eq(notes_of(assessment), notes[_i]);
    ck_assert_int_eq(verdict_exit_status(assessment), 0);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void verdict_add_cases(Suite *suite)
{
    TCase *verdict = tcase_create("verdict");
    tcase_add_loop_test(verdict, test_run, 0, COUNT(runs));
    tcase_add_test(verdict, test_gaps);
    tcase_add_test(verdict, test_truncated_file);
    tcase_add_loop_test(verdict, test_due, 0, COUNT(due));
    tcase_add_loop_test(verdict, test_empty, 0, COUNT(empty));
    tcase_add_test(verdict, test_scope);
    tcase_add_test(verdict, test_all_excluded);
    tcase_add_loop_test(verdict, test_waived, 0, 2);
    tcase_add_loop_test(verdict, test_cutoff, 0, COUNT(cutoffs));
    tcase_add_loop_test(verdict, test_as_of, 0, COUNT(times));
    tcase_add_loop_test(verdict, test_lists, 0, 4);
    suite_add_tcase(suite, verdict);
}
