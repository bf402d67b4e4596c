/* check_order.c: the order of findings by every key of contract section 4, and counts. */
#include "audit/check_assess.h"
#include "support/harness.h"
#include <stdint.h>
#include <string.h>

/* In the order of Findings, one row for each step of each key. */
static const struct {
    char kind; /* d: description, s: summary, i: IAM */
    const char *changes;
} ordered[] = {
    /* FAIL, expired and in use */
    {'d', "RenewalStatus=PENDING_VALIDATION|NotAfter=2026-11-19T23:59:59Z|Arn=z"},
    /* overdue: by account, not by due */
    {'d', "InUse=no|RenewalStatus=FAILED|NotAfter=2026-11-19T00:00:00Z|Arn=arn:a:acm:r:1:x/a"},
    {'d',
     "InUse=no|Status=PENDING_VALIDATION|CreatedAt=2026-11-10T00:00:00Z|Arn=arn:a:acm:r:2:x/a"},
    /* due, soonest first, in use or not */
    {'d', "InUse=no|Status=PENDING_VALIDATION|CreatedAt=2026-11-17T00:00:00Z|Arn=y"},
    {'d', "RenewalStatus=PENDING_VALIDATION|NotAfter=2026-11-25T00:00:00Z|Arn=x"},
    {'d', "RenewalStatus=PENDING_VALIDATION|NotAfter=2026-11-25T00:00:00.5Z|Arn=w"},
    {'d', "RenewalStatus=PENDING_VALIDATION|NotAfter=2027-11-25T00:00:00Z|Arn=v"},
    /* in use */
    {'d', "Status=FAILED|Arn=arn:aws:acm:us-east-1:111111111111:x/a"},
    /* still valid: severity before account; then account, ARN, id */
    {'i', "UploadDate=2012-01-01T00:00:00Z|Arn=arn:aws:iam::111111111111:x/b"},
    {'i', "UploadDate=2012-01-01T00:00:00Z|Arn=arn:aws:iam::222222222222:x/a|Id=ASCA10"},
    {'i', "UploadDate=2012-01-01T00:00:00Z|Arn=arn:aws:iam::222222222222:x/a|Id=ASCA9"},
    {'i', "UploadDate=2012-01-01T00:00:00Z|Arn=arn:aws:iam::222222222222:x/b|Id=ASCA1"},
    /* not in use, and not stated, are one rank: account */
    {'d', "InUse=no|Status=FAILED|Arn=arn:aws:acm:us-east-1:111111111111:x/b"},
    {'d', "InUse=not stated|Status=FAILED|Arn=arn:aws:acm:eu-west-1:222222222222:x/d"},
    {'d', "InUse=no|Status=FAILED|Arn=arn:aws:acm:eu-west-1:333333333333:x/e"},
    /* region before ARN, whose partition comes first */
    {'d', "InUse=no|Status=FAILED|Arn=arn:b:acm:eu-west-2:333333333333:x/a"},
    {'d', "InUse=no|Status=FAILED|Arn=arn:a:acm:eu-west-3:333333333333:x/a"},
    {'d', "InUse=no|Status=FAILED|Arn=arn:a:acm:eu-west-3:333333333333:x/b"},
    /* the rest: expired, or not known */
    {'i', "UploadDate=2012-01-01T00:00:00Z|Expiration=2013-01-01T00:00:00Z|Arn=arn:aws:iam::1:x/c"},
    {'d', "InUse=no|Status=FAILED|NotAfter|Arn=arn:a:acm:eu-west-3:111111111111:x/c"},
    /* UNKNOWN: use before severity */
    {'d', "Arn=arn:aws:acm:eu-west-1:444444444444:x/a|Status"},
    {'i', "UploadDate=2012-01-01T00:00:00Z|Arn"},
    {'i', "UploadDate|Arn=arn:aws:iam::444444444444:x/a"},
    {'d', "Arn|InUse=no|Name=a|Line=9"}, /* ties: name, file, document, pointer */
    {'d', "Arn|InUse=no|Name=b|Document=9|Line=8"},
    {'d', "Arn|InUse=no|Name=b|Document=10|Line=7"},
    {'d', "Arn|InUse=no|Name=b|Document=10|Line=6|Pointer=/Certificates"},
    {'s', "Arn=arn:aws:acm:eu-west-1:444444444444:x/b|InUse=no"},
    /* PASS, NOT_APPLICABLE */
    {'d', "Arn=arn:aws:acm:eu-west-1:555555555555:x/a"},
    {'i', "Arn=arn:aws:iam::555555555555:x/a"},
    {'d', "Arn=arn:aws:acm:eu-west-1:111111111111:x/z|InUse=no"},
    {'d',
     "Arn=arn:aws:acm:eu-west-1:555555555555:x/c|Status=EXPIRED|NotAfter=2026-01-01T00:00:00Z"},
    {'d', "Arn=arn:aws:acm:eu-west-1:555555555555:x/b|Type=IMPORTED"},
    {'d', "Arn=arn:aws:acm:eu-west-1:111111111111:x/y|Type=IMPORTED|InUse=no"},
};

enum { ROWS = sizeof ordered / sizeof *ordered };

static struct observation *observe(struct evidence *evidence, size_t row)
{
    if (ordered[row].kind == 'i')
        return facts_iam(evidence, "file.json", ordered[row].changes);
    return ordered[row].kind == 'd' ? facts_description(evidence, "file.json", ordered[row].changes)
                                    : facts_summary(evidence, "file.json", ordered[row].changes);
}

/* A permutation of the rows, another for each seed. */
static void shuffle(size_t *rows, uint32_t seed)
{
    for (size_t i = 0; i < ROWS; i++)
        rows[i] = i;
    for (size_t i = ROWS - 1; i > 0; i--) {
        seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
        size_t other = (seed >> 8) % (i + 1), row = rows[i];
        rows[i] = rows[other];
        rows[other] = row;
    }
}

START_TEST(test_order)
{
    struct evidence *evidence = facts_evidence();
    const struct observation *seen[ROWS];
    size_t rows[ROWS];
    shuffle(rows, (uint32_t)_i);
    for (size_t i = 0; i < ROWS; i++)
        seen[rows[i]] = observe(evidence, rows[i]);
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_uint_eq(assessment->finding_count, ROWS);
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_msg(assessment->findings[i].seen == seen[i], "row %zu: %s", i,
                      ordered[i].changes);
}
END_TEST

/* Counts do not depend on the order either. */
START_TEST(test_counts)
{
    struct evidence *evidence = facts_evidence();
    size_t rows[ROWS];
    shuffle(rows, (uint32_t)_i);
    for (size_t i = 0; i < ROWS; i++)
        observe(evidence, rows[i]);
    const struct assessment *assessment = facts_assess(evidence);
    const struct result_counts iam = assessment->counts[0], acm = assessment->counts[1];
    ck_assert_ptr_eq(assessment->rules[0], &rule_iam_033);
    ck_assert_uint_eq(iam.by_result[RESULT_UNKNOWN], 2);
    ck_assert_uint_eq(iam.by_result[RESULT_FAIL], 5);
    ck_assert_uint_eq(iam.by_result[RESULT_PASS], 1);
    ck_assert_uint_eq(iam.total, 8);
    ck_assert_uint_eq(acm.by_result[RESULT_FAIL], 15);
    ck_assert_uint_eq(acm.by_result[RESULT_UNKNOWN], 6);
    ck_assert_uint_eq(acm.by_result[RESULT_PASS], 2);
    ck_assert_uint_eq(acm.by_result[RESULT_NOT_APPLICABLE], 3);
    ck_assert_uint_eq(acm.total, 26);
    for (size_t result = 0; result < RESULT_COUNT; result++)
        ck_assert_uint_eq(assessment->finding_counts.by_result[result],
                          iam.by_result[result] + acm.by_result[result]);
    ck_assert_uint_eq(assessment->finding_counts.total, ROWS);
    ck_assert_uint_eq(assessment->failing_in_use, 5);
    ck_assert_uint_eq(assessment->failing_use_unknown, 6);
    ck_assert_uint_eq(assessment->failing_overdue, 3);
    ck_assert_uint_eq(assessment->failing_due_soon, 3);
    ck_assert_uint_eq(assessment->conflicting_certificates, 0);
}
END_TEST

/* Certificates are sorted by the first columns: account, region, service, certificate, ARN. */
static const struct {
    char kind;
    const char *changes;
} certificates[] = {
    {'d', "Arn=arn:aws:acm:us-east-1:111111111111:x/a"},
    {'d', "Arn=arn:aws:acm:ap-south-1:222222222222:x/b|Name=a"},
    {'d', "Arn=arn:aws:acm:ap-south-1:222222222222:x/a|Name=b"},
    {'i', "Arn=arn:aws:iam::222222222222:x/a"},
    {'d', "Arn=arn:aws:acm:us-east-1:222222222222:x/c"},
    {'d', "Arn=arn:aws:acm:ap-south-1:333333333333:x/a"},
};

enum { CERTIFICATES = sizeof certificates / sizeof *certificates };

START_TEST(test_certificates)
{
    struct evidence *evidence = facts_evidence();
    const struct observation *seen[CERTIFICATES];
    for (size_t i = 0; i < CERTIFICATES; i++) {
        size_t row = (i + (size_t)_i) % CERTIFICATES;
        seen[row] = certificates[row].kind == 'i'
                        ? facts_iam(evidence, "a", certificates[row].changes)
                        : facts_description(evidence, "a", certificates[row].changes);
    }
    const struct assessment *assessment = facts_assess(evidence);
    ck_assert_uint_eq(assessment->certificate_count, CERTIFICATES);
    for (size_t i = 0; i < CERTIFICATES; i++)
        ck_assert_msg(assessment->certificates[i]->shown == seen[i], "row %zu is %s", i,
                      assessment->certificates[i]->arn);
}
END_TEST

void assess_add_order(Suite *suite)
{
    enum { SHUFFLES = 50 };
    TCase *order = tcase_create("order");
    tcase_add_loop_test(order, test_order, 0, SHUFFLES);
    tcase_add_loop_test(order, test_counts, 0, SHUFFLES);
    tcase_add_loop_test(order, test_certificates, 0, CERTIFICATES);
    suite_add_tcase(suite, order);
}
