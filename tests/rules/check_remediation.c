/* check_remediation.c: the remediation lines of each kind of finding. */
#include "rules/check_rules.h"
#include "support/harness.h"
#include <string.h>

#define ARN " --certificate-arn " FACTS_ACM_ARN
#define REGION " --region eu-west-1"
#define DESCRIBE "aws acm describe-certificate --output json" REGION ARN "\n"
#define PENDING "Status=PENDING_VALIDATION|CreatedAt=2026-11-19T00:00:00Z"
#define LATE "Status=PENDING_VALIDATION|CreatedAt=2026-01-01T00:00:00Z"
#define REQUEST "aws acm request-certificate" REGION " --domain-name "
#define MAIL(domain, at)                                                                           \
    "aws acm resend-validation-email" REGION ARN " --domain " domain " --validation-domain " at "\n"

#define LASTING                                                                                    \
    "# lasting fix: change to DNS validation, which keeps the ARN. Public CAs end e-mail "         \
    "validation on 15 March 2028\n"                                                                \
    "aws acm update-certificate-options" REGION ARN " --options ValidationMethod=DNS\n"            \
    "# then add the CNAME records that this prints within 72 hours\n"                              \
    "aws acm list-certificate-domain-validations" REGION ARN "\n"
#define CLOUDFRONT                                                                                 \
    "# CloudFront manages HTTP validation, so point the domain to the distribution, which serves " \
    "this redirect (from, to): "
#define SAME_AGAIN "# export it again, and if the request has timed out, request a new one\n"
#define NO_CAUSE                                                                                   \
    "# first find the cause in a new description or the console, then request a new certificate\n"
#define VALIDATED "www.example.com --validation-method DNS\n"
#define IN_USE "# when the new one is issued, replace the old one on "

#define RECORD(domains) "# for " domains " create this DNS record (name, type, value) and keep it: "
#define AGAIN "# describe it again: the export lacks validation data\n"

struct remediation_case {
    const char *changes;
    const char *lines; /* the whole remediation */
};

static const struct remediation_case acm[] = {
    {"", ""},
    {"Type=IMPORTED", ""},
    {"Status=EXPIRED", ""},
    /* EMAIL: one command for each domain that is not validated */
    {PENDING "|Domain=a.example|Method=EMAIL|ValidationDomain=example|Validation=PENDING_VALIDATION"
             "|Domain=b.example|Method=EMAIL|Validation=SUCCESS"
             "|Domain=c.example|Method=EMAIL",
     MAIL("a.example", "example") MAIL("c.example", "c.example") LASTING},
    {PENDING "|Domain=a.example|Emails=x@a.example", MAIL("a.example", "a.example") LASTING},
    {"RenewalStatus=PENDING_VALIDATION|Domain=old.example|Method=EMAIL"
     "|RenewalDomain=r.example|Method=EMAIL|ValidationDomain=example",
     MAIL("r.example", "example") LASTING},
    /* DNS: the record to create */
    {PENDING
     "|Domain=a.example|Method=DNS|RecordName=_1.a.example.|RecordType=CNAME|RecordValue=_2.",
     RECORD("a.example") "_1.a.example. CNAME _2.\n"},
    {"RenewalStatus=PENDING_VALIDATION|RenewalDomain=r.example|Method=DNS|RecordName=_3."
     "|RecordType=CNAME|RecordValue=_4.",
     RECORD("r.example") "_3. CNAME _4.\n"},
    {PENDING "|Domain=h.example|Method=HTTP|From=http://h.example/x|To=https://v.example/y",
     CLOUDFRONT "http://h.example/x https://v.example/y\n"},
    {PENDING "|Domain=h.example|Method=HTTP|From=http://h.example/x",
     CLOUDFRONT "http://h.example/x '?'\n"},
    {PENDING "|Domain=h.example|Method=HTTP|To=https://v.example/y",
     CLOUDFRONT "'?' https://v.example/y\n"},
    {PENDING "|Domain=a.example|Method=DNS|RecordName=it's $(x) =y|RecordValue",
     RECORD("a.example") "'it'\\''s $(x) =y' CNAME '?'\n"},
    {PENDING "|Domain=a.example|Method=DNS", AGAIN DESCRIBE},
    {PENDING, AGAIN DESCRIBE},
    {PENDING "|Domain=a.example|Validation=SUCCESS",
     "# describe it again: according to the export every domain is validated\n" DESCRIBE},
    {PENDING "|Domain=a.example|Method=DNS|RecordName=_1.|RecordValue=_2.|Domain=b.example",
     RECORD("a.example") "_1. CNAME _2.\n" AGAIN DESCRIBE},
    {PENDING "|Domain=a.example|RecordName=_1.|RecordValue=_2.|Domain=*.a.example|RecordName=_1."
             "|RecordValue=_2.",
     RECORD("a.example '*.a.example'") "_1. CNAME _2.\n"},
    {PENDING "|Type=PRIVATE", DESCRIBE},
    /* past the 72 hours, timed out or failed: a new request */
    {LATE "|Domain=a.example|Method=EMAIL", SAME_AGAIN DESCRIBE REQUEST VALIDATED},
    {"Status=VALIDATION_TIMED_OUT|Alternative=www.example.com|Alternative=example.com"
     "|Alternative=*.example.com",
     REQUEST "www.example.com --subject-alternative-names example.com '*.example.com'"
             " --validation-method DNS\n"},
    {"Status=FAILED|Name", NO_CAUSE REQUEST "DOMAIN --validation-method DNS\n"},
    {"Status=FAILED|Type=PRIVATE|CertificateAuthorityArn=arn:aws:acm-pca:eu-west-1:1:ca/1",
     NO_CAUSE REQUEST
     "www.example.com --certificate-authority-arn arn:aws:acm-pca:eu-west-1:1:ca/1\n"},
    {"RenewalStatus=FAILED|InUse=no", NO_CAUSE REQUEST VALIDATED},
    {"RenewalStatus=FAILED", NO_CAUSE REQUEST VALIDATED IN_USE "each resource that uses it\n"},
    {"RenewalStatus=FAILED|InUseBy=arn:a; arn:b",
     NO_CAUSE REQUEST VALIDATED IN_USE "'arn:a; arn:b'\n"},
    {"RenewalStatus=FAILED|RenewalStatusReason=NO_AVAILABLE_CONTACTS|InUseBy=arn:a"
     "|NotAfter=2026-11-19T00:00:00Z",
     "# first choose DNS validation, which needs no mailbox, then request a new "
     "certificate\n" REQUEST VALIDATED
     "# it has expired and is in use: replace it as soon as the new one is issued, on arn:a\n"},
    {"Status=FAILED|KeyAlgorithm=RSA_2048", NO_CAUSE REQUEST VALIDATED},
    {"Status=FAILED|KeyAlgorithm=RSA-2048", NO_CAUSE REQUEST VALIDATED},
    {"Status=FAILED|KeyAlgorithm=EC-prime256v1",
     NO_CAUSE REQUEST "www.example.com --validation-method DNS --key-algorithm EC_prime256v1\n"},
    {"Status=FAILED|KeyAlgorithm=RSA_4096",
     NO_CAUSE REQUEST "www.example.com --validation-method DNS --key-algorithm RSA_4096\n"},
    /* UNKNOWN: what to export again */
    {"Status", DESCRIBE},
    {"Type", DESCRIBE},
    {"NotAfter", DESCRIBE},
    {"NotAfter=2020-01-01T00:00:00Z", DESCRIBE},
    {"RenewalStatus", DESCRIBE},
    {"Whole", DESCRIBE},
    {"RenewalBeside=PENDING_VALIDATION", DESCRIBE},
    {"Arn",
     "# the export contains no ARN: replace ARN by that of certificate www.example.com, in d.json, "
     "line 1\n"
     "aws acm describe-certificate --output json --region REGION --certificate-arn ARN\n"},
    {"Status|Arn=arn:aws:acm:eu-west-1:****:certificate/1",
     "# the ARN in the export is masked: replace ARN by that of certificate www.example.com, in "
     "d.json, line 1\n"
     "aws acm describe-certificate --output json" REGION " --certificate-arn ARN\n"},
    {"Status=VALIDATION_TIMED_OUT|Arn=arn:aws:acm:eu-west-1:****:certificate/1", REQUEST VALIDATED},
    /* a region is taken from the ARN only if it has the form of one */
    {"Status|Arn=arn:aws:acm:x.evil.example/#:1:certificate/1",
     "aws acm describe-certificate --output json --region REGION --certificate-arn "
     "'arn:aws:acm:x.evil.example/#:1:certificate/1'\n"},
    {"Status|Arn=arn:aws:acm:eu-west-1:1:certificate/\x1b[2J|Name=a\nb",
     "# omitted: a value in the export cannot be pasted safely: certificate 'a\\x0Ab', in d.json, "
     "line 1\n"},
    {"Status|Arn=no-arn",
     "aws acm describe-certificate --output json --region REGION --certificate-arn no-arn\n"},
};

START_TEST(test_acm)
{
    HARNESS_ROW("%s", acm[_i].changes);
    struct observation *seen = facts_description(facts_evidence(), "d.json", acm[_i].changes);
    ck_assert_str_eq(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), acm[_i].lines);
}
END_TEST

static const struct remediation_case listed[] = {
    {"", DESCRIBE},
    {"Type=IMPORTED", ""},
    {PENDING, DESCRIBE},
    {"Status=VALIDATION_TIMED_OUT",
     "# describe it first: a list may not contain all its names\n" DESCRIBE REQUEST
     "www.example.com --validation-method DNS\n"},
};

START_TEST(test_listed)
{
    HARNESS_ROW("%s", listed[_i].changes);
    struct observation *seen = facts_summary(facts_evidence(), "l.json", listed[_i].changes);
    ck_assert_str_eq(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), listed[_i].lines);
}
END_TEST

/* The number of the line that starts with this text, from 0; -1 if there is none. */
static int line_of(const char *lines, const char *begins)
{
    for (int number = 0; *lines != '\0'; number++) {
        if (strncmp(lines, begins, strlen(begins)) == 0)
            return number;
        lines += strcspn(lines, "\n");
        lines += *lines == '\n';
    }
    return -1;
}

/* The delete comes last and is commented out. */
START_TEST(test_iam_fail)
{
    struct observation *seen =
        facts_iam(facts_evidence(), "l.json", "UploadDate=2012-01-01T00:00:00Z|Path=/division/");
    const char *lines = rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
    int upload = line_of(lines, "aws iam upload-server-certificate --server-certificate-name ");
    int classic = line_of(lines, "aws elb set-load-balancer-listener-ssl-certificate ");
    int listener = line_of(lines, "aws elbv2 modify-listener ");
    int removal =
        line_of(lines, "# aws iam delete-server-certificate --server-certificate-name web\n");
    facts_holds(lines, " --path /division/ ");
    facts_holds(lines, " --certificates '[{\"CertificateArn\":\"" FACTS_IAM_ARN "-reissued\"}]'\n");
    facts_lacks(lines, "cloudfront");
    facts_holds(lines, " --private-key file://new-private-key.pem\n");
    ck_assert_int_ge(upload, 0);
    ck_assert_int_gt(classic, upload);
    ck_assert_int_gt(listener, upload);
    ck_assert_int_gt(removal, classic);
    ck_assert_int_gt(removal, listener);
    ck_assert_int_eq(line_of(lines, "aws iam delete"), -1);
    const char *last = strstr(lines, "# aws iam delete");
    ck_assert_str_eq(strchr(last, '\n'), "\n");
    facts_lacks(lines, "--server-certificate-name web ");
}
END_TEST

/* What has expired is not replaced: the reason says to delete it. */
START_TEST(test_iam_expired)
{
    struct evidence *evidence = facts_evidence();
    const char *old = "UploadDate=2012-01-01T00:00:00Z|Expiration=2014-08-20T00:00:00Z";
    struct observation *seen = facts_iam(evidence, "l.json", old);
    ck_assert_str_eq(rules_remediation(&rule_iam_033, seen, FACTS_AS_OF),
                     "# it has expired: if nothing uses it, remove the # and delete it\n"
                     "# aws iam delete-server-certificate --server-certificate-name web\n");
    facts_change(seen, "InUse=yes");
    facts_holds(rules_remediation(&rule_iam_033, seen, FACTS_AS_OF), "upload-server-certificate");
}
END_TEST

/* A masked name or ARN is not pasted. */
START_TEST(test_iam_masked)
{
    struct observation *seen =
        facts_iam(facts_evidence(), "l.json",
                  "UploadDate=2012-01-01T00:00:00Z|Name=REDACTED"
                  "|Arn=arn:aws:iam::XXXXXXXXXXXX:server-certificate/REDACTED");
    const char *lines = rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
    ck_assert_int_eq(line_of(lines, "# the ARN in the export is masked: find out the account and "
                                    "the name of certificate REDACTED, in l.json, line 1"),
                     0);
    facts_holds(lines, "--ssl-certificate-id NEW_ARN\n");
    facts_holds(lines, "# aws iam delete-server-certificate --server-certificate-name NAME\n");
    facts_lacks(lines, "XXXX");
}
END_TEST

/* CloudFront certificates are replaced in distributions, not on load balancers. */
START_TEST(test_iam_cloudfront)
{
    struct observation *seen = facts_iam(facts_evidence(), "l.json",
                                         "UploadDate=2012-01-01T00:00:00Z|Path=/cloudfront/eu/");
    const char *lines = rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
    int upload = line_of(lines, "aws iam upload-server-certificate --server-certificate-name ");
    int update = line_of(lines, "aws cloudfront update-distribution --id DISTRIBUTION_ID ");
    int removal =
        line_of(lines, "# aws iam delete-server-certificate --server-certificate-name web\n");
    facts_holds(lines, " --path /cloudfront/eu/ ");
    ck_assert_int_ge(upload, 0);
    ck_assert_int_gt(update, upload);
    ck_assert_int_gt(removal, update);
    facts_lacks(lines, "aws elb");
}
END_TEST

static const struct remediation_case iam[] = {
    {"", ""},
    {"UploadDate=2014-04-02T00:00:00Z", ""},
    {"UploadDate", "aws iam list-server-certificates --output json\n"},
    {"Arn", "aws iam list-server-certificates --output json\n"},
};

/* A missing name becomes a placeholder; a missing path needs no option. */
START_TEST(test_nameless)
{
    struct observation *seen =
        facts_iam(facts_evidence(), "l.json", "UploadDate=2012-01-01T00:00:00Z|Name|Path");
    const char *lines = rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
    facts_holds(lines, "--server-certificate-name NAME-reissued --certificate-body");
    facts_holds(lines, "\n# aws iam delete-server-certificate --server-certificate-name NAME\n");
}
END_TEST

START_TEST(test_iam)
{
    HARNESS_ROW("%s", iam[_i].changes);
    struct observation *seen = facts_iam(facts_evidence(), "l.json", iam[_i].changes);
    ck_assert_str_eq(rules_remediation(&rule_iam_033, seen, FACTS_AS_OF), iam[_i].lines);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void rules_add_remedies(Suite *suite)
{
    TCase *remedies = tcase_create("remedies");
    tcase_add_loop_test(remedies, test_acm, 0, COUNT(acm));
    tcase_add_loop_test(remedies, test_listed, 0, COUNT(listed));
    tcase_add_test(remedies, test_iam_fail);
    tcase_add_test(remedies, test_iam_expired);
    tcase_add_test(remedies, test_iam_masked);
    tcase_add_test(remedies, test_iam_cloudfront);
    tcase_add_loop_test(remedies, test_iam, 0, COUNT(iam));
    tcase_add_test(remedies, test_nameless);
    suite_add_tcase(suite, remedies);
}
