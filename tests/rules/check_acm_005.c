/* check_acm_005.c: ACM-005: conditions, boundaries, reasons, and which records agree. */
#include "rules/check_rules.h"
#include "support/harness.h"
#include <string.h>

#define YOUNG "This is normal for a young request."
#define OVER "The status has probably changed since: export again."
#define PENDING "Status=PENDING_VALIDATION|NotAfter|InUse=no|"
#define MAY "CreatedAt=2026-11-18T12:30:00Z"
#define UNREADABLE "Not all DomainValidationOptions could be read; export again."
#define RENEWS "RenewalStatus=PENDING_VALIDATION|"

static const struct rules_case cases[] = {
    {"Status", "status-unknown", "", {"Status"}, {"\"\""}},
    {"Status=issued", "status-unknown", "", {"Status", "\"issued\""}, {0}},
    {"Status=PENDING", "status-unknown", "", {"\"PENDING\""}, {0}},
    {"Status:42", "status-unknown", "", {"42"}, {"\"42\""}},
    {"Status=NEW|RenewalStatus=FAILED", "status-unknown", "", {"NEW"}, {0}},
    {"Arn", "arn-unknown", "", {"no ARN"}, {0}},
    {"Arn:[]|Status=PENDING_VALIDATION", "arn-unknown", "", {"no ARN"}, {0}},
    /* a request and its 72 hours */
    {PENDING MAY
     "|Domain=a.example|Validation=PENDING_VALIDATION|Method=DNS|RecordName=_x.a.example."
     "|RecordType=CNAME|RecordValue=_y.acm-validations.aws.",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {", 1 day and 11 hours before", "2026-11-21T12:30:00Z", YOUNG, "a.example", "_x.a.example.",
      "_y.acm-validations.aws."},
     {OVER, "as UTC"}},
    {PENDING "CreatedAt=2026-11-17T00:00:00Z",
     "request-pending",
     "2026-11-20T00:00:00Z",
     {", 3 days before", "window closes on 2026-11-20T00:00:00Z", YOUNG},
     {OVER}},
    {PENDING "CreatedAt=2026-11-16T23:59:59.999Z",
     "request-pending-past-72h",
     "2026-11-19T23:59:59Z",
     {", 3 days before", OVER, "window closed on 2026-11-19T23:59:59Z"},
     {YOUNG}},
    {PENDING "CreatedAt=2026-11-16T23:59:59Z",
     "request-pending-past-72h",
     "2026-11-19T23:59:59Z",
     {OVER},
     {YOUNG}},
    {PENDING "CreatedAt=2026-11-17T11:00:00+11:00",
     "request-pending",
     "2026-11-20T00:00:00Z",
     {YOUNG},
     {OVER}},
    {PENDING "CreatedAt=2026-11-17T10:59:59+11:00",
     "request-pending-past-72h",
     "2026-11-19T23:59:59Z",
     {OVER},
     {YOUNG}},
    {PENDING "CreatedAt=2026-10-20T00:00:00Z",
     "request-pending-past-72h",
     "2026-10-23T00:00:00Z",
     {", 31 days before", OVER},
     {YOUNG}},
    {PENDING "CreatedAt=2026-11-20T00:00:00Z",
     "request-pending",
     "2026-11-23T00:00:00Z",
     {", 0 hours before", YOUNG},
     {"after the as-of time"}},
    {PENDING "CreatedAt=2026-11-20T00:00:00.001Z",
     "request-pending",
     "2026-11-23T00:00:00Z",
     {"after the as-of time", "2026-11-20T00:00:00Z"},
     {"hours before", OVER}},
    {PENDING "CreatedAt=2026-12-24T00:00:00Z",
     "request-pending",
     "2026-12-27T00:00:00Z",
     {"after the as-of time"},
     {"hours before", OVER}},
    /* times end with the year 9999 */
    {PENDING "CreatedAt=9999-12-28T23:59:59Z",
     "request-pending",
     "9999-12-31T23:59:59Z",
     {"after the as-of time"},
     {0}},
    {PENDING "CreatedAt=9999-12-29T00:00:00Z",
     "request-pending",
     "",
     {"after the as-of time"},
     {0}},
    {PENDING "CreatedAt=2026-11-18T00:00:00",
     "request-pending",
     "2026-11-21T00:00:00Z",
     {"CreatedAt has no time zone and was read as UTC", ", 2 days before"},
     {0}},
    {PENDING "CreatedAt", "request-pending", "", {"CreatedAt"}, {" before the as-of time", OVER}},
    {PENDING "CreatedAt=2026-11-18",
     "request-pending",
     "",
     {"CreatedAt"},
     {" before the as-of time", OVER}},
    /* what is not validated */
    {PENDING MAY "|Domain=a.example|Method=DNS|Validation=PENDING_VALIDATION",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"a.example", "DNS", "no record in the export yet"},
     {0}},
    {PENDING MAY "|Domain=m.example|Method=EMAIL|Validation=PENDING_VALIDATION"
                 "|Emails=admin@m.example, root@m.example",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"m.example", "EMAIL", "admin@m.example, root@m.example"},
     {0}},
    {PENDING MAY "|Domain=m.example|Validation=PENDING_VALIDATION|Emails=admin@m.example",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"EMAIL", "admin@m.example"},
     {0}},
    {PENDING MAY "|Domain=m.example|Method=EMAIL",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"m.example", "EMAIL: no addresses"},
     {0}},
    {PENDING MAY "|Domain=h.example|Method=HTTP|Validation=PENDING_VALIDATION"
                 "|From=http://h.example/.well-known/x|To=https://v.aws/y",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"HTTP", "http://h.example/.well-known/x", "https://v.aws/y"},
     {0}},
    {PENDING MAY "|Domain=h.example|Method=HTTP",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"HTTP: no redirect"},
     {0}},
    {PENDING MAY "|Domain=done.example|Method=DNS|Validation=SUCCESS"
                 "|Domain=one.example|Method=DNS|Validation=PENDING_VALIDATION"
                 "|Domain=two.example|Method=DNS|Validation=FAILED",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"one.example", "two.example", "failed"},
     {"done.example"}},
    {PENDING MAY "|Type=PRIVATE", "request-pending", "2026-11-21T12:30:00Z", {"private CA"}, {0}},
    {PENDING MAY,
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"contains no domain validation data yet"},
     {UNREADABLE}},
    {PENDING MAY "|Domain:\"a.example\"",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {UNREADABLE},
     {"no domain validation data", "Not validated"}},
    {PENDING MAY "|Domain=one.example|Method=DNS|Domain:7",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"Not validated: one.example", UNREADABLE},
     {0}},
    {PENDING MAY "|Domain=done.example|Validation=SUCCESS",
     "request-pending",
     "2026-11-21T12:30:00Z",
     {"According to the export every domain is validated"},
     {"Not validated", "done.example"}},
    /* the request has failed */
    {"Status=VALIDATION_TIMED_OUT",
     "request-timed-out",
     "",
     {"lapsed", "request a new certificate"},
     {0}},
    {"Status=FAILED|FailureReason=CAA_ERROR", "request-failed", "", {"CAA_ERROR"}, {0}},
    {"Status=FAILED", "request-failed", "", {"no FailureReason"}, {0}},
    {"Status=FAILED|FailureReason:17", "request-failed", "", {"17"}, {0}},
    {"Status=VALIDATION_TIMED_OUT|RenewalStatus=FAILED", "request-timed-out", "", {"lapsed"}, {0}},
    /* the renewal */
    {"RenewalStatus=PENDING", "renewal-unknown", "", {"\"PENDING\""}, {0}},
    {"RenewalStatus", "renewal-unknown", "", {"RenewalStatus"}, {0}},
    {"RenewalStatus:7", "renewal-unknown", "", {"7"}, {0}},
    {"RenewalSummary=PENDING_VALIDATION", "renewal-unknown", "", {"RenewalSummary"}, {0}},
    {"RenewalSummary:false", "renewal-unknown", "", {"RenewalSummary"}, {0}},
    {"Status=EXPIRED|RenewalStatus=x", "renewal-unknown", "", {"\"x\""}, {0}},
    {"Type=IMPORTED|RenewalStatus=x", "renewal-unknown", "", {"\"x\""}, {0}},
    {RENEWS "NotAfter=2026-11-25T12:00:00Z|RenewalDomain=r.example|Method=DNS|Validation="
            "PENDING_VALIDATION|RecordName=_r.example.|RecordValue=_v.",
     "renewal-pending",
     "2026-11-25T12:00:00Z",
     {"r.example", "_r.example.", "_v.", "valid until 2026-11-25", "5 days left"},
     {YOUNG, "72 hours", OVER}},
    {RENEWS "NotAfter=2026-11-20T00:00:00Z",
     "renewal-pending",
     "2026-11-20T00:00:00Z",
     {"valid until 2026-11-20", "0 days left"},
     {"expired"}},
    {RENEWS "NotAfter=2026-11-19T23:59:59Z",
     "renewal-pending",
     "2026-11-19T23:59:59Z",
     {"expired on 2026-11-19, 0 days ago"},
     {"valid until"}},
    {RENEWS "NotAfter=2026-11-01T00:00:00Z",
     "renewal-pending",
     "2026-11-01T00:00:00Z",
     {"expired on 2026-11-01, 19 days ago"},
     {"left"}},
    {RENEWS "NotAfter=2026-11-25T12:00:00Z",
     "renewal-pending",
     "2026-11-25T12:00:00Z",
     {"contains no domain validation data yet"},
     {"Not validated"}},
    {RENEWS "NotAfter=2026-11-25T12:00:00Z|RenewalDomain=r.example|Validation=SUCCESS",
     "renewal-pending",
     "2026-11-25T12:00:00Z",
     {"According to the export every domain is validated"},
     {"Not validated"}},
    {RENEWS "NotAfter=2026-11-25T12:00:00Z|RenewalDomain:[]",
     "renewal-pending",
     "2026-11-25T12:00:00Z",
     {UNREADABLE},
     {"Not validated", "no domain validation data"}},
    {RENEWS "NotAfter", "renewal-pending", "", {"NotAfter"}, {"left", "ago"}},
    {RENEWS "NotAfter=2026-11-25T12:00:00",
     "renewal-pending",
     "2026-11-25T12:00:00Z",
     {"NotAfter has no time zone and was read as UTC"},
     {0}},
    {RENEWS "Type=IMPORTED", "renewal-pending", "2027-06-01T00:00:00Z", {"valid until"}, {0}},
    {RENEWS "Status=EXPIRED", "renewal-pending", "2027-06-01T00:00:00Z", {"valid until"}, {0}},
    {"RenewalStatus=FAILED|RenewalStatusReason=CAA_ERROR",
     "renewal-failed",
     "2027-06-01T00:00:00Z",
     {"CAA_ERROR", "valid until 2027-06-01", "193 days left"},
     {"domain", "Domain"}},
    {"RenewalStatus=FAILED|RenewalDomain=r.example|Method=DNS|Validation=FAILED",
     "renewal-failed",
     "2027-06-01T00:00:00Z",
     {"r.example", "validation failed"},
     {0}},
    {"RenewalStatus=FAILED",
     "renewal-failed",
     "2027-06-01T00:00:00Z",
     {"no RenewalStatusReason"},
     {0}},
    /* the certificate itself */
    {"Status=EXPIRED|NotAfter=2026-03-01T00:00:00Z",
     "ended",
     "",
     {"EXPIRED since 2026-03-01", "No request is pending", "does not assess", "It is in use"},
     {0}},
    {"Status=EXPIRED",
     "ended",
     "",
     {"EXPIRED", "although its NotAfter (2027-06-01) is after the as-of time"},
     {"since"}},
    {"Status=EXPIRED|InUse=no|NotAfter", "ended", "", {"EXPIRED", "not in use", "NotAfter"}, {0}},
    {"Status=EXPIRED|NotAfter=2026-03-01T00:00:00",
     "ended",
     "",
     {"NotAfter has no time zone and was read as UTC"},
     {0}},
    {"Status=INACTIVE|InUse=not stated",
     "ended",
     "",
     {"INACTIVE", "does not say whether it is in use"},
     {0}},
    {"Status=REVOKED|RevokedAt=2026-05-05T00:00:00Z",
     "ended",
     "",
     {"REVOKED since 2026-05-05"},
     {0}},
    {"Status=REVOKED", "ended", "", {"REVOKED", "RevokedAt"}, {"2027"}},
    {"Status=REVOKED|RevokedAt=2026-05-05T00:00:00",
     "ended",
     "",
     {"RevokedAt has no time zone and was read as UTC"},
     {0}},
    {"Status=EXPIRED|Type=IMPORTED", "ended", "", {"EXPIRED"}, {0}},
    {"Type=IMPORTED",
     "not-validated-by-acm",
     "",
     {"IMPORTED", "ACM does not validate its domains"},
     {0}},
    {"Type=PRIVATE|NotAfter=2020-01-01T00:00:00Z", "not-validated-by-acm", "", {"PRIVATE"}, {0}},
    {"NotAfter=2026-11-19T23:59:59.999Z",
     "past-not-after",
     "",
     {"2026-11-19", "out of date", "Export again"},
     {0}},
    {"NotAfter=2026-11-20T00:00:00Z", "nothing-pending", "", {"Issued"}, {0}},
    {"NotAfter=2026-11-20T08:00:00+08:00", "nothing-pending", "", {"Issued"}, {0}},
    {"NotAfter=2026-11-20T07:59:59+08:00", "past-not-after", "", {"2026-11-19"}, {0}},
    {"NotAfter=2026-11-10T00:00:00",
     "past-not-after",
     "",
     {"10 days", "NotAfter has no time zone and was read as UTC"},
     {0}},
    {"NotAfter", "not-after-unknown", "", {"NotAfter"}, {"Issued"}},
    {"NotAfter:true", "not-after-unknown", "", {"NotAfter"}, {0}},
    {"Type", "type-unknown", "", {"Type"}, {"Issued"}},
    {"Type=amazon_issued", "type-unknown", "", {"\"amazon_issued\""}, {0}},
    {"", "nothing-pending", "", {"Issued"}, {"INELIGIBLE", "Not validated"}},
    {"RenewalStatus=SUCCESS", "nothing-pending", "", {"Issued"}, {0}},
    {"RenewalStatus=PENDING_AUTO_RENEWAL", "nothing-pending", "", {"Issued"}, {0}},
    {"InUse=no|RenewalEligibility=INELIGIBLE",
     "nothing-pending",
     "",
     {"INELIGIBLE", "will not renew it automatically"},
     {0}},
    {"InUse=yes|RenewalEligibility=INELIGIBLE", "nothing-pending", "", {0}, {"INELIGIBLE"}},
    {"InUse=no|RenewalEligibility=ELIGIBLE", "nothing-pending", "", {0}, {"automatically"}},
    {"Domain=ok.example|Validation=SUCCESS|Domain=no.example|Validation=FAILED",
     "nothing-pending",
     "",
     {"no.example", "FAILED"},
     {"ok.example"}},
    {"NotAfter=2027-01-01T00:00:00",
     "nothing-pending",
     "",
     {"NotAfter has no time zone and was read as UTC"},
     {0}},
};

START_TEST(test_case)
{
    HARNESS_ROW("%s", cases[_i].changes);
    struct observation *seen = facts_description(facts_evidence(), "d.json", cases[_i].changes);
    rules_look(&rule_acm_005, seen, &cases[_i]);
}
END_TEST

/* Certificates known only from a list. */
static const struct rules_case listed[] = {
    {"", "listed-only", "", {"ISSUED", "state of a renewal", "describe"}, {0}},
    {"Status=EXPIRED", "listed-only", "", {"EXPIRED", "describe"}, {0}},
    {"Type=IMPORTED", "not-validated-by-acm", "", {"IMPORTED"}, {0}},
    {"Type=PRIVATE|Status=EXPIRED", "not-validated-by-acm", "", {"PRIVATE"}, {0}},
    {"Type", "listed-only", "", {"describe"}, {0}},
    {"Status", "status-unknown", "", {"Status", "escribe"}, {0}},
    {"Status=VALIDATION_TIMED_OUT", "request-timed-out", "", {"lapsed"}, {0}},
    {"Status=FAILED", "request-failed", "", {"FailureReason"}, {0}},
    {"NotAfter=2020-01-01T00:00:00Z", "listed-only", "", {"describe"}, {0}},
    {PENDING MAY, "request-pending", "2026-11-21T12:30:00Z", {YOUNG, "describe"}, {0}},
    /* AWS lists show no renewal; if one does, it counts */
    {RENEWS "NotAfter=2026-11-25T12:00:00Z",
     "renewal-pending",
     "2026-11-25T12:00:00Z",
     {"pending validation", "5 days left"},
     {0}},
    {"RenewalStatus=FAILED|Type=IMPORTED",
     "renewal-failed",
     "2027-06-01T00:00:00Z",
     {"renewal failed"},
     {0}},
    {"RenewalStatus=x", "renewal-unknown", "", {"\"x\""}, {0}},
    {"RenewalStatus=SUCCESS", "listed-only", "", {"describe"}, {0}},
    {PENDING "CreatedAt=2026-11-01T00:00:00Z",
     "request-pending-past-72h",
     "2026-11-04T00:00:00Z",
     {OVER},
     {YOUNG}},
};

START_TEST(test_listed)
{
    HARNESS_ROW("%s", listed[_i].changes);
    struct observation *seen = facts_summary(facts_evidence(), "l.json", listed[_i].changes);
    rules_look(&rule_acm_005, seen, &listed[_i]);
}
END_TEST

static const struct {
    const char *left, *right;
    bool agree;
} pairs[] = {
    {"", "", true},
    {"Status=EXPIRED", "", false},
    {"Status", "", false},
    {"Status", "Status", true},
    {"Status:1", "Status=1", false},
    {"Type=IMPORTED", "", false},
    {"RenewalStatus=SUCCESS", "", false},
    {"RenewalStatus=SUCCESS", "RenewalStatus=FAILED", false},
    {"RenewalStatus=FAILED|RenewalStatusReason=a", "RenewalStatus=FAILED|RenewalStatusReason=b",
     false},
    {"Status=FAILED|FailureReason=a", "Status=FAILED|FailureReason=b", false},
    {"CreatedAt=2026-01-01T00:00:00Z", "CreatedAt=2026-01-01T11:00:00.000000+11:00", true},
    {"CreatedAt=2026-01-01T00:00:00Z", "CreatedAt=2026-01-01T00:00:01Z", false},
    {"NotAfter=2027-01-01T00:00:00Z", "NotAfter=2026-12-31T16:00:00-08:00", true},
    {"NotAfter=2027-01-01T00:00:00Z", "NotAfter", false},
    {"Status=REVOKED|RevokedAt=2026-01-01T00:00:00Z", "Status=REVOKED", false},
    {"InUse=yes", "InUse=no", false},
    {"Domain=a.example|Validation=SUCCESS", "Domain=a.example|Validation=FAILED", false},
    {"Domain=a.example|Validation=SUCCESS", "Domain=a.example|Validation=SUCCESS", true},
    {"Domain=a.example", "Domain=a.example|Domain=b.example", false},
    {"Domain=a.example", "Domain=b.example", false},
    {"Domain=a.example|Method=DNS", "Domain=a.example|Method=EMAIL", false},
    {"RenewalStatus=SUCCESS|RenewalDomain=a.example|Validation=SUCCESS",
     "RenewalStatus=SUCCESS|RenewalDomain=a.example", false},
    {"Serial=1|Issuer=A|KeyAlgorithm=RSA_2048", "Serial=2|Issuer=B|KeyAlgorithm=RSA-2048", true},
};

START_TEST(test_agree)
{
    HARNESS_ROW("%s, %s", pairs[_i].left, pairs[_i].right);
    struct evidence *evidence = facts_evidence();
    rules_agree(&rule_acm_005, facts_description(evidence, "a.json", pairs[_i].left),
                facts_description(evidence, "b.json", pairs[_i].right), pairs[_i].agree);
}
END_TEST

/* A summary and a description: a missing value is not a conflict, a different Status is. */
static const struct {
    const char *summary, *description;
    bool agree;
} mixed[] = {
    {"", "", true},
    {"Status", "", true},
    {"Status", "Status=PENDING_VALIDATION", true},
    {"Status=ISSUED", "Status=PENDING_VALIDATION", false},
    {"Status=PENDING_VALIDATION", "Status", false},
    {"Type|CreatedAt|NotAfter|InUse=not stated", "RenewalStatus=PENDING_VALIDATION", true},
};

START_TEST(test_mixed)
{
    HARNESS_ROW("%s, %s", mixed[_i].summary, mixed[_i].description);
    struct evidence *evidence = facts_evidence();
    rules_agree(&rule_acm_005, facts_summary(evidence, "a.json", mixed[_i].summary),
                facts_description(evidence, "b.json", mixed[_i].description), mixed[_i].agree);
}
END_TEST

static const struct {
    const char *changes, *observed, *pointer, *expected;
} values[] = {
    {"", "ISSUED", "/Certificate/Status", "a validated request"},
    {"Status", "absent", "/Certificate", "a Status value of the ACM API"},
    {"Status:[1]", "[1]", "/Certificate/Status", "a Status value of the ACM API"},
    {"Status=PENDING_VALIDATION", "PENDING_VALIDATION", "/Certificate/Status", NULL},
    {"Type=IMPORTED", "IMPORTED", "/Certificate/Type", NULL},
    {"Type", "absent", "/Certificate", NULL},
    {"NotAfter=2020-01-01 00:00", "2020-01-01 00:00", "/Certificate/NotAfter", NULL},
    {"NotAfter", "absent", "/Certificate", NULL},
    {"RenewalStatus=FAILED", "FAILED", "/Certificate/RenewalSummary/RenewalStatus", NULL},
    {"RenewalStatus", "absent", "/Certificate/RenewalSummary", NULL},
    {"RenewalSummary=x", "x", "/Certificate/RenewalSummary", NULL},
    {"Arn", "absent", "/Certificate", NULL},
    {"Pointer=|Arn:1", "1", "/CertificateArn", NULL},
};

START_TEST(test_deciding_value)
{
    HARNESS_ROW("%s", values[_i].changes);
    struct observation *seen = facts_description(facts_evidence(), "d.json", values[_i].changes);
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    const struct condition *condition = rule_acm_005.evaluate(seen, &policy);
    rules_add_observed(seen, condition, &text);
    ck_assert_str_eq(text_string(&text), values[_i].observed);
    text_clear(&text);
    rules_add_pointer(seen, condition, &text);
    ck_assert_str_eq(text_string(&text), values[_i].pointer);
    text_free(&text);
    ck_assert_uint_gt(strlen(condition->expected), 0);
    if (values[_i].expected != NULL)
        ck_assert_str_eq(condition->expected, values[_i].expected);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void rules_add_acm(Suite *suite)
{
    TCase *acm = tcase_create("ACM-005");
    tcase_add_loop_test(acm, test_case, 0, COUNT(cases));
    tcase_add_loop_test(acm, test_listed, 0, COUNT(listed));
    tcase_add_loop_test(acm, test_agree, 0, COUNT(pairs));
    tcase_add_loop_test(acm, test_mixed, 0, COUNT(mixed));
    tcase_add_loop_test(acm, test_deciding_value, 0, COUNT(values));
    suite_add_tcase(suite, acm);
}
