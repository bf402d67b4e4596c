/* check_assess.c: certificates from observations, findings in order, counts and refs. */
#include "audit/check_assess.h"
#include "audit/refs.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

Suite *assess_suite(void);

const struct finding *assess_only(const struct assessment *assessment)
{
    ck_assert_uint_eq(assessment->finding_count, 1);
    return &assessment->findings[0];
}

/* Observations of one ARN: `kind file changes`, and what becomes of them. */
static const struct {
    struct {
        char kind; /* s: summary, d: description, i: IAM */
        const char *file, *changes;
    } seen[4];
    const char *condition, *decided; /* the file that the row shows */
    bool conflict;
} merges[] = {
    /* a description completes a summary */
    {{{'s', "a", ""}, {'d', "b", ""}}, "nothing-pending", "b", false},
    {{{'d', "a", ""}, {'s', "b", ""}}, "nothing-pending", "a", false},
    {{{'s', "a", "Status|Type|CreatedAt|NotAfter|InUse"}, {'d', "b", ""}},
     "nothing-pending",
     "b",
     false},
    {{{'s', "a", ""}, {'d', "b", "RenewalStatus=PENDING_VALIDATION"}},
     "renewal-pending",
     "b",
     false},
    {{{'s', "a", "Status=PENDING_VALIDATION"}, {'d', "b", "Status=PENDING_VALIDATION"}},
     "request-pending-past-72h",
     "b",
     false},
    /* one that says something else does not */
    {{{'s', "a", "Status=PENDING_VALIDATION"}, {'d', "b", ""}},
     "request-pending-past-72h",
     "a",
     true},
    {{{'d', "a", ""}, {'s', "b", "Status=FAILED"}}, "request-failed", "b", true},
    {{{'s', "a", "Status=ISSUED"}, {'d', "b", "Status=EXPIRED"}}, "listed-only", "a", true},
    {{{'s', "a", "Status=strange"}, {'d', "b", ""}}, "status-unknown", "a", true},
    {{{'s', "a", ""}, {'d', "b", "Status"}}, "listed-only", "a", true},
    /* a summary is completed by the description that it agrees with, whichever comes first */
    {{{'s', "a", ""}, {'d', "b", ""}, {'d', "c", "Status=EXPIRED"}}, "nothing-pending", "b", true},
    {{{'s', "a", ""}, {'d', "b", "Status=EXPIRED"}, {'d', "c", ""}}, "nothing-pending", "c", true},
    {{{'d', "a", ""}, {'s', "b", ""}, {'d', "c", "Status=EXPIRED"}}, "nothing-pending", "a", true},
    {{{'d', "a", "Status=EXPIRED"}, {'s', "b", ""}, {'d', "c", ""}}, "nothing-pending", "c", true},
    {{{'d', "a", "Status=EXPIRED"}, {'d', "b", ""}, {'s', "c", ""}}, "nothing-pending", "b", true},
    {{{'d', "a", ""}, {'d', "b", "Status=EXPIRED"}, {'s', "c", "Status=FAILED"}},
     "request-failed",
     "c",
     true},
    /* a renewal in the summary that the description lacks is a conflict */
    {{{'s', "a", "RenewalStatus=PENDING_VALIDATION"}, {'d', "b", ""}},
     "renewal-pending",
     "a",
     true},
    {{{'d', "a", ""}, {'s', "b", "RenewalStatus=FAILED"}}, "renewal-failed", "b", true},
    {{{'s', "a", "RenewalStatus=PENDING_VALIDATION"},
      {'d', "b", "RenewalStatus=PENDING_VALIDATION"}},
     "renewal-pending",
     "b",
     false},
    /* a different Type, or a NotAfter on the other side of the as-of time */
    {{{'s', "a", "Type=IMPORTED"}, {'d', "b", ""}}, "nothing-pending", "b", true},
    {{{'s', "a", ""}, {'d', "b", "Type=IMPORTED"}}, "listed-only", "a", true},
    {{{'s', "a", "NotAfter=2026-11-01T00:00:00Z"}, {'d', "b", ""}}, "listed-only", "a", true},
    {{{'s', "a", ""}, {'d', "b", "NotAfter=2026-11-01T00:00:00Z"}}, "listed-only", "a", true},
    {{{'s', "a", "NotAfter=2027-11-01T00:00:00Z"}, {'d', "b", ""}}, "nothing-pending", "b", false},
    {{{'s', "a", "Name=other|InUse=no|KeyAlgorithm=x"}, {'d', "b", ""}},
     "nothing-pending",
     "b",
     false},
    /* a description that was cut down completes nothing, and counts if it contradicts */
    {{{'d', "a", "Whole"}}, "renewal-not-shown", "a", false},
    {{{'d', "a", "Whole"}, {'d', "b", ""}}, "nothing-pending", "b", false},
    {{{'d', "a", "Whole"}, {'d', "b", "RenewalStatus=FAILED"}}, "renewal-failed", "b", false},
    {{{'d', "a", "Whole|Type=PRIVATE"}, {'s', "b", "Type=PRIVATE|RenewalBeside=NEW"}},
     "renewal-unknown",
     "b",
     true},
    {{{'d', "a", "Whole|Type=PRIVATE"}, {'s', "b", "Status|RenewalBeside=FAILED"}},
     "status-unknown",
     "b",
     true},
    {{{'d', "a", "Whole|Type=PRIVATE"}, {'s', "b", "RenewalBeside=FAILED"}},
     "renewal-failed",
     "b",
     true},
    {{{'d', "a", "Whole"}, {'d', "b", "Status=EXPIRED"}}, "renewal-not-shown", "a", true},
    {{{'d', "a", "Whole"}, {'d', "b", "Type=IMPORTED"}}, "renewal-not-shown", "a", true},
    {{{'d', "a", "Whole"}, {'d', "b", "NotAfter=2020-01-01T00:00:00Z"}},
     "renewal-not-shown",
     "a",
     true},
    {{{'d', "a", "Whole|NotAfter=2020-01-01T00:00:00Z"}, {'d', "b", ""}},
     "past-not-after",
     "a",
     true},
    {{{'d', "a", "Whole|Type"}, {'d', "b", ""}}, "type-unknown", "a", true},
    {{{'d', "b", "Whole"}, {'s', "a", ""}}, "renewal-not-shown", "b", false},
    {{{'d', "a", "Whole"}, {'s', "b", "RenewalBeside=FAILED"}}, "renewal-failed", "b", false},
    {{{'d', "a", "Whole"}, {'s', "b", "Type=IMPORTED"}}, "renewal-not-shown", "a", true},
    {{{'d', "a", "Whole"}, {'d', "b", ""}, {'s', "c", ""}}, "nothing-pending", "b", false},
    {{{'d', "a", "Whole"}, {'d', "b", "Whole|CreatedAt"}}, "renewal-not-shown", "a", false},
    {{{'d', "a", "RenewalStatus=PENDING_AUTO_RENEWAL"}, {'d', "b", ""}},
     "renewal-under-way",
     "a",
     true},
    /* two of a kind */
    {{{'d', "a", ""}, {'d', "b", ""}}, "nothing-pending", "a", false},
    {{{'d', "b", ""}, {'d', "a", ""}}, "nothing-pending", "a", false},
    {{{'d', "a", "NotAfter=2027-06-01T00:00:00Z"}, {'d', "b", "NotAfter=2027-06-01T02:00:00+02"}},
     "nothing-pending",
     "a",
     false},
    {{{'d', "a", ""}, {'d', "b", "NotAfter=2027-06-02T00:00:00Z"}}, "nothing-pending", "a", true},
    {{{'d', "a", ""}, {'d', "b", "Status=FAILED"}}, "request-failed", "b", true},
    {{{'d', "a", "Status=EXPIRED"}, {'d', "b", ""}}, "nothing-pending", "b", true},
    {{{'d', "a", ""}, {'d', "b", "Status"}}, "status-unknown", "b", true},
    {{{'d', "a", "Status"}, {'d', "b", "Status=FAILED"}}, "request-failed", "b", true},
    {{{'d', "a", "Status=EXPIRED"},
      {'d', "b", "Status"},
      {'d', "c", ""},
      {'d', "d", "Status=FAILED"}},
     "request-failed",
     "d",
     true},
    {{{'d', "a", "Serial=1"}, {'d', "b", "Serial=2"}}, "nothing-pending", "a", false},
    {{{'s', "a", ""}, {'s', "b", ""}}, "listed-only", "a", false},
    {{{'s', "a", ""}, {'s', "b", "Type=IMPORTED"}}, "listed-only", "a", true},
    /* IAM: nothing completes another */
    {{{'i', "a", ""}, {'i', "b", ""}}, "uploaded-after-cutoff", "a", false},
    {{{'i', "a", ""}, {'i', "b", "UploadDate=2015-01-01T10:00:00+10:00"}},
     "uploaded-after-cutoff",
     "a",
     false},
    {{{'i', "a", ""}, {'i', "b", "UploadDate"}}, "upload-date-unknown", "b", true},
    {{{'i', "a", "UploadDate"}, {'i', "b", "UploadDate=2012-01-01T00:00:00Z"}},
     "uploaded-before-cutoff",
     "b",
     true},
    {{{'i', "a", ""}, {'i', "b", "UploadDate=2016-01-01T00:00:00Z"}},
     "uploaded-after-cutoff",
     "a",
     true},
};

static void observe(struct evidence *evidence, char kind, const char *file, const char *changes)
{
    if (kind == 's')
        facts_summary(evidence, file, changes);
    else if (kind == 'd')
        facts_description(evidence, file, changes);
    else
        facts_iam(evidence, file, changes);
}

START_TEST(test_merge)
{
    HARNESS_ROW("%s", merges[_i].seen[0].changes);
    enum { MOST = 4 };
    for (size_t first = 0; first < MOST; first++) { /* the order of input means nothing */
        struct evidence *evidence = facts_evidence();
        for (size_t i = 0; i < MOST; i++) {
            size_t at = (first + i) % MOST;
            if (merges[_i].seen[at].kind != '\0')
                observe(evidence, merges[_i].seen[at].kind, merges[_i].seen[at].file,
                        merges[_i].seen[at].changes);
        }
        const struct assessment *assessment = facts_assess(evidence);
        const struct finding *finding = assess_only(assessment);
        ck_assert_uint_eq(assessment->certificate_count, 1);
        ck_assert_str_eq(finding->condition->name, merges[_i].condition);
        ck_assert_str_eq(finding->seen->file->name, merges[_i].decided);
        ck_assert(finding->result == finding->condition->result);
        ck_assert_msg(finding->conflict == merges[_i].conflict, "conflict: %d", finding->conflict);
        ck_assert_uint_eq(assessment->conflicting_certificates, finding->conflict);
        const char *reason = facts_reason(assessment, finding);
        ck_assert((strstr(reason, "conflict") != NULL) == finding->conflict);
    }
}
END_TEST

/* What is one certificate, and what is not. */
static const struct {
    char kind;
    const char *left, *right;
    size_t certificates;
} identities[] = {
    {'i', "", "", 1},
    {'i', "", "Id=ASCAEXAMPLEID00000002", 2},
    {'i', "Id=a", "Id=A", 2},
    {'i', "", "Name=other", 1},
    {'i', "Arn", "Arn", 2},
    {'i', "Arn:1", "Arn:1", 2},
    {'i', "Arn|Id=same", "Arn|Id=same", 2},
    {'i', "Arn", "", 2},
    {'d', "", "", 1},
    {'d', "", "Arn=" FACTS_ACM_ARN "0", 2},
    {'d', "Arn=arn:aws:acm:x", "Arn=ARN:aws:acm:x", 2},
    {'d', "Arn", "Arn", 2},
    {'d', "Arn:{}", "Arn:{}", 2},
    {'s', "Arn=***", "Arn=***", 1},
};

static void require_own_refs(const struct assessment *assessment)
{
    struct digest *digest = digest_new();
    char left[DIGEST_HEX], right[DIGEST_HEX];
    for (size_t i = 0; i < assessment->finding_count; i++)
        for (size_t j = 0; j < i; j++) {
            finding_take_digest(&assessment->findings[i], digest, left);
            finding_take_digest(&assessment->findings[j], digest, right);
            ck_assert_str_ne(left, right);
        }
    digest_free(digest);
}

START_TEST(test_identity)
{
    HARNESS_ROW("%s, %s", identities[_i].left, identities[_i].right);
    struct evidence *evidence = facts_evidence();
    observe(evidence, identities[_i].kind, "a", identities[_i].left);
    observe(evidence, identities[_i].kind, "b", identities[_i].right);
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_uint_eq(assessment->certificate_count, identities[_i].certificates);
    ck_assert_uint_eq(assessment->finding_count, identities[_i].certificates);
    size_t observations = 0;
    require_own_refs(assessment);
    for (size_t i = 0; i < assessment->certificate_count; i++)
        observations += assessment->certificates[i]->record_count;
    ck_assert_uint_eq(observations, 2);
}
END_TEST

/* An ACM and an IAM record under one ARN are not one certificate. */
START_TEST(test_services)
{
    struct evidence *evidence = facts_evidence();
    facts_iam(evidence, "a", "Arn=x|Id");
    facts_description(evidence, "b", "Arn=x");
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_uint_eq(assessment->certificate_count, 2);
    ck_assert_uint_eq(assessment->counts[0].total, 1);
    ck_assert_uint_eq(assessment->counts[1].total, 1);
}
END_TEST

/* Among equals the first by file, document, pointer and index (a number, not its digits). */
static const struct {
    const char *first, *second;
} ties[] = {
    {"Line=1", "Line=2|Document=2"},
    {"Document=9|Line=90", "Document=10|Line=1"},
    {"Pointer=/a|Line=90", "Pointer=/b|Line=1"},
    {"Index=9", "Index=10"},
};

START_TEST(test_tie)
{
    HARNESS_ROW("%s, %s", ties[_i].first, ties[_i].second);
    for (int swap = 0; swap <= 1; swap++) {
        struct evidence *evidence = facts_evidence();
        const struct observation *seen[2];
        for (int i = 0; i <= 1; i++)
            seen[i ^ swap] = facts_iam(evidence, "a", i ^ swap ? ties[_i].second : ties[_i].first);
        const struct assessment *assessment = facts_assess(evidence);
        ck_assert_ptr_eq(assess_only(assessment)->seen, seen[0]);
        ck_assert_ptr_eq(assessment->certificates[0]->records[0], seen[0]);
    }
}
END_TEST

/* The reason names the sources that differ, with what each gives, and says that the worst counts.
 */
START_TEST(test_conflict_reason)
{
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "good.json", "Line=11");
    facts_description(evidence, "again.json", "Line=12");
    facts_description(evidence, "bad file.json", "Line=13|Status=FAILED");
    facts_summary(evidence, "odd.json", "Line=14|Status=EXPIRED");
    const struct assessment *assessment = facts_assess(evidence);
    const char *reason = facts_reason(assessment, assess_only(assessment));
    facts_holds(reason, "exports conflict");
    facts_holds(reason, "bad file.json:13 gives FAIL (FAILED)");
    facts_holds(reason, "good.json:11 gives PASS (ISSUED)");
    facts_holds(reason, "again.json:12 gives PASS (ISSUED)");
    facts_holds(reason, "odd.json:14 gives UNKNOWN (EXPIRED)");
    facts_holds(reason, "worst");
    facts_holds(reason, "exports conflict on Status: bad file.json:13");
    facts_lacks(reason, "differ");
}
END_TEST

/* What contradicts without effect on the result is named after the conflict, or alone. */
START_TEST(test_other_differences)
{
    struct evidence *evidence = facts_evidence();
    facts_summary(evidence, "list.json",
                  "Line=3|Name=other|InUse=no|KeyAlgorithm=RSA_2048|NotAfter=2026-11-01T00:00:00Z");
    facts_description(evidence, "one.json", "Line=5|KeyAlgorithm=RSA-4096|Type=IMPORTED");
    const struct assessment *assessment = facts_assess(evidence);
    const char *reason = facts_reason(assessment, assess_only(assessment));
    facts_holds(reason, " The exports conflict on Type and NotAfter: list.json:3 gives UNKNOWN "
                        "(ISSUED), one.json:5 gives NOT_APPLICABLE (IMPORTED); the worst counts.");
    facts_holds(reason, " The exports also differ on DomainName, KeyAlgorithm and use (list.json:3 "
                        "and one.json:5), which does not change the result.");
    evidence = facts_evidence();
    facts_summary(evidence, "list.json", "Line=3|Name=other");
    facts_description(evidence, "one.json", "Line=5");
    assessment = facts_assess(evidence);
    ck_assert(!assess_only(assessment)->conflict);
    facts_holds(facts_reason(assessment, assess_only(assessment)),
                " The exports differ on DomainName (one.json:5 and list.json:3), which does not "
                "change the result.");
}
END_TEST

/* Many copies of one certificate: one row, and a reason that stays short. */
START_TEST(test_many)
{
    enum { MANY = 100000 };
    struct evidence *evidence = facts_evidence();
    struct evidence_file *file = facts_file(evidence, "list.json");
    struct observation *first = facts_iam(evidence, "list.json", "");
    for (size_t i = 1; i < MANY; i++) {
        struct observation *copy = pool_alloc(evidence->pool, sizeof *copy);
        *copy = *first;
        copy->index = (i * 7919) % MANY; /* prime to MANY: each once, in no order */
        if (i % 2 == 0)
            copy->uploaded.at.seconds += TIMESTAMP_HOUR;
        facts_add(evidence, copy);
    }
    const struct assessment *assessment = facts_assess(evidence);
    const struct finding *finding = assess_only(assessment);
    ck_assert_uint_eq(assessment->certificates[0]->record_count, MANY);
    ck_assert_ptr_eq(finding->seen, first);
    ck_assert_ptr_eq(finding->seen->file, file);
    ck_assert(finding->conflict);
    const char *reason = facts_reason(assessment, finding);
    ck_assert_uint_lt(strlen(reason), 4000);
    facts_holds(reason, "more");
}
END_TEST

/* ref: by hand, printf 'RULE\nARN\nID' | sha256sum. */
static const struct {
    char kind;
    const char *changes, *ref;
} refs[] = {
    {'i', "", "F-0a7f4fd2df69"},
    {'d', "", "F-63fba2d30dcb"},
    {'s', "Status=FAILED|Name=other", "F-63fba2d30dcb"},
    /* without an ARN, and with path, document and pointer: */
    {'d', "Arn", "F-89bd7ff7d8fa"},
};

START_TEST(test_ref)
{
    HARNESS_ROW("%s", refs[_i].changes);
    struct evidence *evidence = facts_evidence();
    struct text text = TEXT_EMPTY;
    observe(evidence, refs[_i].kind, "a", refs[_i].changes);
    struct digest *digest = digest_new();
    const struct finding *finding = assess_only(facts_assess(evidence));
    for (int again = 0; again < 2; again++) {
        text_clear(&text);
        finding_add_ref(finding, digest, FINDING_REF_DIGITS, &text);
        ck_assert_str_eq(text_string(&text), refs[_i].ref);
    }
    digest_free(digest);
    text_free(&text);
}
END_TEST

/* Refs are as long as it takes to tell all findings apart. */
START_TEST(test_ref_digits)
{
    enum { MANY = 40 };
    static const struct {
        size_t least, digits;
    } lengths[] = {{1, 3}, {2, 3}, {3, 3}, {4, 4}, {12, 12}, {20, 20}};
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < MANY; i++)
        facts_iam(evidence, "a", harness_format("Id=ID%zu", i));
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_uint_eq(assessment->finding_count, MANY);
    ck_assert_uint_eq(assessment->ref_digits, FINDING_REF_DIGITS);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        ck_assert_uint_eq(refs_digits(assessment->findings, MANY, lengths[i].least),
                          lengths[i].digits);
    ck_assert_uint_eq(refs_digits(NULL, 0, 1), 1);
    ck_assert_uint_eq(refs_digits(assessment->findings, 1, 1), 1);
}
END_TEST

#define MASKED "Arn=arn:aws:acm:us-east-1:REDACTED:certificate/REDACTED|"
#define MASKED_IAM "Arn=arn:aws:iam::****:server-certificate/web|Id=****|"

/* Records with one masked ARN: how many certificates, and their conditions in report order. */
static const struct {
    struct {
        char kind;
        const char *changes;
    } seen[4];
    const char *conditions;
} redactions[] = {
    {{{'d', MASKED "Name=a"}, {'d', MASKED "Name=b"}, {'d', MASKED "Name=c"}},
     "identity-redacted identity-redacted identity-redacted"},
    {{{'d', MASKED "Serial=1"}, {'d', MASKED "Serial=2"}}, "identity-redacted identity-redacted"},
    {{{'d', MASKED "CreatedAt=2026-01-01T00:00:00Z"},
      {'d', MASKED "CreatedAt=2026-01-02T00:00:00Z"}},
     "identity-redacted identity-redacted"},
    {{{'s', MASKED "Name=a"}, {'s', MASKED "Name=b"}}, "identity-redacted identity-redacted"},
    /* one that fails by itself stays FAIL, others do not, whatever their own result is */
    {{{'d', MASKED "Name=a|Status=FAILED"}, {'d', MASKED "Name=b"}},
     "request-failed identity-redacted"},
    {{{'d', MASKED "Name=a|Type=IMPORTED"}, {'d', MASKED "Name=b|Status=EXPIRED"}},
     "identity-redacted identity-redacted"},
    /* what can be one certificate is one */
    {{{'d', MASKED}, {'d', MASKED}}, "nothing-pending"},
    {{{'d', MASKED "Serial=1"}, {'s', MASKED}}, "nothing-pending"},
    {{{'d', MASKED "CreatedAt"}, {'d', MASKED "CreatedAt"}}, "nothing-pending"},
    {{{'d', MASKED "CreatedAt=2026-01-01T00:00:00Z"},
      {'s', MASKED "CreatedAt=2026-01-01T01:00:00+01:00"}},
     "nothing-pending"},
    {{{'d', MASKED "RenewalStatus=FAILED"}, {'s', MASKED}}, "renewal-failed"},
    /* a summary and the description of the same name and time belong together */
    {{{'d', MASKED "Name=a|Serial=1|Status=FAILED"},
      {'s', MASKED "Name=a|Status=FAILED"},
      {'d', MASKED "Name=b|Serial=2"},
      {'s', MASKED "Name=b"}},
     "request-failed identity-redacted"},
    /* but of two with these, none has the summary */
    {{{'d', MASKED "Serial=1"}, {'d', MASKED "Serial=2"}, {'s', MASKED}},
     "identity-redacted identity-redacted identity-redacted"},
    {{{'d', MASKED "Serial=1"}, {'d', MASKED "Serial=2"}, {'d', MASKED "Serial=2"}},
     "identity-redacted identity-redacted"},
    /* other masks, and what is not one */
    {{{'d', "Arn=arn:aws:acm:us-east-1:111122223333:certificate/xxxx-1|Name=a"},
      {'d', "Arn=arn:aws:acm:us-east-1:111122223333:certificate/xxxx-1|Name=b"}},
     "identity-redacted identity-redacted"},
    {{{'d', "Arn=arn:aws:acm:us-east-1:XXXXXXXXXXXX:certificate/1|Name=a"},
      {'d', "Arn=arn:aws:acm:us-east-1:XXXXXXXXXXXX:certificate/1|Name=b"}},
     "identity-redacted identity-redacted"},
    {{{'d', "Arn=***|Name=a"}, {'d', "Arn=***|Name=b"}}, "identity-redacted identity-redacted"},
    {{{'d', "Arn=arn:aws:acm:****:111122223333:certificate/1|Name=a"},
      {'d', "Arn=arn:aws:acm:****:111122223333:certificate/1|Name=b"}},
     "nothing-pending"},
    {{{'d', "Arn=arn:aws:acm:us-east-1:000000000000:certificate/xxx|Name=a"},
      {'d', "Arn=arn:aws:acm:us-east-1:000000000000:certificate/xxx|Name=b"}},
     "nothing-pending"},
    /* IAM */
    {{{'i', MASKED_IAM}, {'i', MASKED_IAM "Name=b"}}, "identity-redacted identity-redacted"},
    {{{'i', MASKED_IAM}, {'i', MASKED_IAM "UploadDate=2012-01-01T00:00:00Z"}},
     "uploaded-before-cutoff identity-redacted"},
    {{{'i', MASKED_IAM}, {'i', MASKED_IAM "UploadDate"}}, "upload-date-unknown"},
    {{{'i', MASKED_IAM}, {'i', MASKED_IAM}}, "uploaded-after-cutoff"},
};

START_TEST(test_redacted)
{
    enum { MOST = 4 };
    HARNESS_ROW("%s, %s", redactions[_i].seen[0].changes, redactions[_i].seen[1].changes);
    for (size_t first = 0; first < MOST; first++) {
        struct evidence *evidence = facts_evidence();
        struct text conditions = TEXT_EMPTY;
        size_t records = 0, found = 0;
        for (size_t i = 0; i < MOST; i++) {
            size_t at = (first + i) % MOST;
            if (redactions[_i].seen[at].kind == '\0')
                continue;
            observe(evidence, redactions[_i].seen[at].kind, harness_format("%zu", at),
                    redactions[_i].seen[at].changes);
            records++;
        }
        const struct assessment *assessment = facts_assess(evidence);
        for (size_t i = 0; i < assessment->finding_count; i++)
            text_addf(&conditions, "%s%s", i > 0 ? " " : "",
                      assessment->findings[i].condition->name);
        ck_assert_str_eq(text_string(&conditions), redactions[_i].conditions);
        text_free(&conditions);
        ck_assert_uint_eq(assessment->certificate_count, assessment->finding_count);
        for (size_t i = 0; i < assessment->certificate_count; i++)
            found += assessment->certificates[i]->record_count;
        ck_assert_uint_eq(found, records);
        require_own_refs(assessment);
    }
}
END_TEST

/* Time is linear: one that is quadratic ends with the suite's time limit. */
START_TEST(test_many_redacted)
{
    enum { MANY = 40000 };
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < MANY; i++)
        (void)facts_description(evidence, "a.json", harness_format(MASKED "Serial=%zu", i));
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_uint_eq(assessment->certificate_count, MANY);
}
END_TEST

/* Account and region are fields of the ARN, unchanged, if it has six. */
static const struct {
    char kind;
    const char *arn, *account, *region;
} places[] = {
    {'d', FACTS_ACM_ARN, "111122223333", "eu-west-1"},
    {'d', "arn:aws-cn:acm:cn-north-1:123:certificate/1", "123", "cn-north-1"},
    {'d', "arn:aws-us-gov:acm:us-gov-west-1:***:certificate/1:2:3", "***", "us-gov-west-1"},
    {'d', "arn:aws:acm:eu-west-1:111122223333", "", ""},
    {'d', "certificate/1", "", ""},
    {'d', ":::::", "", ""},
    {'i', FACTS_IAM_ARN, "111122223333", "global"},
    {'i', "arn:aws:iam:eu-west-1:1:x", "1", "global"},
    {'i', "web", "", "global"},
};

START_TEST(test_place)
{
    HARNESS_ROW("%s", places[_i].arn);
    struct evidence *evidence = facts_evidence();
    observe(evidence, places[_i].kind, "a", "Arn");
    observe(evidence, places[_i].kind, "b", "Name=b");
    struct observation *seen = facts_observation(evidence, 0);
    seen->arn = (struct member){MEMBER_TEXT, places[_i].arn};
    const struct assessment *assessment = facts_assess(evidence);
    bool found = false;
    for (size_t i = 0; i < assessment->certificate_count; i++) {
        const struct certificate *certificate = assessment->certificates[i];
        if (strcmp(certificate->arn, places[_i].arn) != 0)
            continue;
        found = true;
        ck_assert_str_eq(certificate->location->account, places[_i].account);
        ck_assert_str_eq(certificate->location->region, places[_i].region);
    }
    ck_assert(found);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *assess_suite(void)
{
    Suite *suite = suite_create("assess");
    TCase *merge = tcase_create("merge");
    tcase_set_timeout(merge, HARNESS_SECONDS);
    tcase_add_loop_test(merge, test_merge, 0, COUNT(merges));
    tcase_add_loop_test(merge, test_identity, 0, COUNT(identities));
    tcase_add_test(merge, test_services);
    tcase_add_loop_test(merge, test_tie, 0, COUNT(ties));
    tcase_add_test(merge, test_conflict_reason);
    tcase_add_test(merge, test_other_differences);
    tcase_add_test(merge, test_many);
    tcase_add_loop_test(merge, test_ref, 0, COUNT(refs));
    tcase_add_test(merge, test_ref_digits);
    tcase_add_loop_test(merge, test_redacted, 0, COUNT(redactions));
    tcase_add_test(merge, test_many_redacted);
    tcase_add_loop_test(merge, test_place, 0, COUNT(places));
    suite_add_tcase(suite, merge);
    assess_add_order(suite);
    assess_add_observation(suite);
    assess_add_rule_list(suite);
    verdict_add_cases(suite);
    assess_add_coverage(suite);
    return suite;
}
