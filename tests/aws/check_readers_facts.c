/* check_readers_facts.c: the members of records as facts. */
#include "aws/check_readers.h"
#include "support/harness.h"
#include <string.h>

#define ACM "\"CertificateArn\": \"" FACTS_ACM_ARN "\""

static const char described[] =
    "{\"Certificate\": {\"CertificateArn\": \"" FACTS_ACM_ARN "\","
    " \"DomainName\": \"www.example.com\","
    " \"SubjectAlternativeNames\": [\"www.example.com\", \"\", 7, \"*.example.com\"],"
    " \"DomainValidationOptions\": [7, {\"DomainName\": \"d\", \"ValidationDomain\": \"v\","
    " \"ValidationMethod\": \"DNS\", \"ValidationStatus\": \"FAILED\","
    " \"ValidationEmails\": [\"a@d\", \"b@d\"],"
    " \"ResourceRecord\": {\"Name\": \"rn\", \"Type\": \"CNAME\", \"Value\": \"rv\"},"
    " \"HttpRedirect\": {\"RedirectFrom\": \"rf\", \"RedirectTo\": \"rt\"}}],"
    " \"Serial\": \"0a:1b\", \"Subject\": \"CN=www.example.com\", \"Issuer\": \"Amazon\","
    " \"CreatedAt\": \"2026-01-01T00:00:00Z\", \"IssuedAt\": 1767312000.5,"
    " \"ImportedAt\": \"2026-01-03\", \"RevokedAt\": \"2026-01-04T00:00:00+00:00\","
    " \"NotBefore\": \"2026-01-05T00:00:00Z\", \"NotAfter\": \"2026-01-06T00:00:00\","
    " \"Status\": \"ISSUED\", \"Type\": \"AMAZON_ISSUED\", \"KeyAlgorithm\": \"RSA-2048\","
    " \"FailureReason\": \"CAA_ERROR\", \"RenewalEligibility\": \"ELIGIBLE\","
    " \"CertificateAuthorityArn\": \"ca\", \"InUseBy\": [\"one\", \"two\"],"
    " \"RenewalSummary\": {\"RenewalStatus\": \"FAILED\", \"RenewalStatusReason\": \"why\","
    " \"DomainValidationOptions\": [{\"DomainName\": \"r\"}]},"
    " \"Unknown\": {\"Status\": \"FAILED\"}, \"Options\": {}}}";

static const char *member_text(struct member member)
{
    return member.state == MEMBER_TEXT ? member.text : "(no text)";
}

/* `TIME.FRACTION`, followed by ? if it has no zone. */
static const char *moment_text(struct moment moment)
{
    if (moment.state != MOMENT_READABLE)
        return moment.state == MOMENT_ABSENT ? "absent" : "unreadable";
    struct text text = TEXT_EMPTY;
    timestamp_add(&moment.at, &text);
    text_addf(&text, ".%s%s", moment.at.fraction, moment.at.zone ? "" : "?");
    return facts_kept(&text);
}

START_TEST(test_description)
{
    const struct observation *seen = readers_only(described);
    const struct acm_facts *acm = seen->acm;
    ck_assert_int_eq(seen->kind, OBSERVED_ACM_DESCRIPTION);
    ck_assert(!seen->from_list);
    ck_assert_uint_eq(seen->document, 1);
    ck_assert_uint_eq(seen->line, 1);
    ck_assert_str_eq(seen->pointer, "/Certificate");
    ck_assert_uint_eq(seen->index, OBSERVATION_ALONE);
    ck_assert_str_eq(member_text(seen->arn), FACTS_ACM_ARN);
    ck_assert_int_eq(seen->id.state, MEMBER_ABSENT);
    ck_assert_str_eq(seen->name, "www.example.com");
    ck_assert_int_eq(seen->in_use, IN_USE_YES);
    ck_assert_str_eq(moment_text(seen->not_after), "2026-01-06T00:00:00Z.?");
    ck_assert_str_eq(moment_text(acm->created), "2026-01-01T00:00:00Z.");
    ck_assert_str_eq(moment_text(acm->issued), "2026-01-02T00:00:00Z.5");
    ck_assert_str_eq(acm->issued.text, "1767312000.5");
    ck_assert_str_eq(moment_text(acm->imported), "unreadable");
    ck_assert_str_eq(acm->imported.text, "2026-01-03");
    ck_assert_str_eq(moment_text(acm->revoked), "2026-01-04T00:00:00Z.");
    ck_assert_str_eq(moment_text(acm->not_before), "2026-01-05T00:00:00Z.");
    ck_assert_str_eq(member_text(acm->status), "ISSUED");
    ck_assert_str_eq(member_text(acm->type), "AMAZON_ISSUED");
    ck_assert_str_eq(member_text(acm->failure_reason), "CAA_ERROR");
    ck_assert_str_eq(member_text(acm->renewal_eligibility), "ELIGIBLE");
    ck_assert_str_eq(acm->issuer, "Amazon");
    ck_assert_str_eq(acm->serial, "0a:1b");
    ck_assert_str_eq(acm->key_algorithm, "RSA-2048");
    ck_assert_str_eq(acm->authority_arn, "ca");
    ck_assert_str_eq(acm->in_use_by, "one; two");
}
END_TEST

START_TEST(test_description_lists)
{
    const struct acm_facts *acm = readers_only(described)->acm;
    ck_assert(acm->renewal_is_object);
    ck_assert_int_eq(acm->renewal_summary.state, MEMBER_OTHER);
    ck_assert_str_eq(member_text(acm->renewal_status), "FAILED");
    ck_assert_str_eq(member_text(acm->renewal_status_reason), "why");
    ck_assert_uint_eq(acm->renewal_domains.count, 1);
    ck_assert_str_eq(acm->renewal_domains.items[0].name, "r");
    ck_assert_ptr_null(acm->renewal_domains.items[0].status);
    ck_assert_uint_eq(acm->alternative_name_count, 2);
    ck_assert_str_eq(acm->alternative_names[0], "www.example.com");
    ck_assert_str_eq(acm->alternative_names[1], "*.example.com");
    ck_assert_uint_eq(acm->domains.count, 1);
    ck_assert_uint_eq(acm->domains.unreadable, 1);
    ck_assert_uint_eq(acm->renewal_domains.unreadable, 0);
    const struct domain *domain = &acm->domains.items[0];
    const char *const found[][2] = {{domain->name, "d"},          {domain->validation_domain, "v"},
                                    {domain->method, "DNS"},      {domain->status, "FAILED"},
                                    {domain->record_name, "rn"},  {domain->record_type, "CNAME"},
                                    {domain->record_value, "rv"}, {domain->redirect_from, "rf"},
                                    {domain->redirect_to, "rt"},  {domain->emails, "a@d, b@d"}};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        ck_assert_str_eq(found[i][0], found[i][1]);
}
END_TEST

/* Values of the wrong type; null and "" count as absent. */
static const struct {
    const char *options;
    size_t count, unreadable;
} options[] = {
    {"null", 0, 0}, {"\"\"", 0, 0},  {"[]", 0, 0},        {"\"a.example\"", 0, 1}, {"{}", 0, 1},
    {"7", 0, 1},    {"false", 0, 1}, {"[7, null]", 0, 2}, {"[{}, []]", 1, 1},
};

START_TEST(test_options)
{
    HARNESS_ROW("%s", options[_i].options);
    const struct acm_facts *acm =
        readers_only(harness_format("{\"Certificate\": {" ACM ","
                                    " \"DomainValidationOptions\": %s, \"RenewalSummary\":"
                                    " {\"DomainValidationOptions\": %s}}}",
                                    options[_i].options, options[_i].options))
            ->acm;
    ck_assert_uint_eq(acm->domains.count, options[_i].count);
    ck_assert_uint_eq(acm->domains.unreadable, options[_i].unreadable);
    ck_assert_uint_eq(acm->renewal_domains.count, options[_i].count);
    ck_assert_uint_eq(acm->renewal_domains.unreadable, options[_i].unreadable);
}
END_TEST

/* An element of a list with a renewal, which lists from AWS do not have. */
START_TEST(test_listed_renewal)
{
    const struct observation *seen =
        readers_only("{\"CertificateSummaryList\": [{" ACM ","
                     " \"RenewalSummary\": {\"RenewalStatus\": \"PENDING_VALIDATION\","
                     " \"DomainValidationOptions\": [{\"DomainName\": \"r\"}]}}]}");
    ck_assert_int_eq(seen->kind, OBSERVED_ACM_SUMMARY);
    ck_assert(seen->acm->renewal_is_object);
    ck_assert_str_eq(member_text(seen->acm->renewal_status), "PENDING_VALIDATION");
    ck_assert_uint_eq(seen->acm->renewal_domains.count, 1);
}
END_TEST

/* A record alone, as --query leaves it of a list, counts as from a list; the output of a command
 * for one certificate does not. */
START_TEST(test_from_list)
{
    static const char record[] = "{\"Arn\": \"a\", \"ServerCertificateId\": \"b\"}";
    ck_assert(readers_only(record)->from_list);
    ck_assert(
        !readers_only(harness_format("{\"ServerCertificateMetadata\": %s}", record))->from_list);
}
END_TEST

START_TEST(test_iam)
{
    const struct evidence *evidence =
        readers_take("\n{\"ServerCertificateMetadataList\": [{\"Path\": \"/p/\","
                     " \"ServerCertificateName\": \"web\", \"ServerCertificateId\": \"ASCA1\","
                     " \"Arn\": \"" FACTS_IAM_ARN "\", \"UploadDate\": 1396310399,"
                     " \"Expiration\": \"2027-01-01 00:00:00+00\", \"Tags\": []}]}");
    const struct observation *seen = evidence->records[0];
    ck_assert_uint_eq(evidence->record_count, 1);
    ck_assert_int_eq(seen->kind, OBSERVED_IAM_RECORD);
    ck_assert(seen->from_list);
    ck_assert_uint_eq(seen->line, 2);
    ck_assert_str_eq(seen->pointer, "/ServerCertificateMetadataList");
    ck_assert_uint_eq(seen->index, 0);
    ck_assert_str_eq(member_text(seen->arn), FACTS_IAM_ARN);
    ck_assert_str_eq(member_text(seen->id), "ASCA1");
    ck_assert_str_eq(seen->name, "web");
    ck_assert_str_eq(seen->path, "/p/");
    ck_assert_int_eq(seen->in_use, IN_USE_NOT_STATED);
    ck_assert_str_eq(moment_text(seen->uploaded), "2014-03-31T23:59:59Z.");
    ck_assert_str_eq(seen->uploaded.text, "1396310399");
    ck_assert_str_eq(moment_text(seen->not_after), "2027-01-01T00:00:00Z.");
    ck_assert_ptr_null(seen->acm);
    ck_assert_str_eq(evidence->listings->account, "111122223333");
    ck_assert_int_eq(evidence->listings->service, SERVICE_IAM);
}
END_TEST

/* Absent: missing, null or "". A value of another type is neither absent nor a text. */
static const struct {
    const char *value; /* of Status; NULL: missing */
    enum member_state state;
    const char *text;
} members[] = {
    {NULL, MEMBER_ABSENT, NULL},       {"null", MEMBER_ABSENT, NULL},
    {"\"\"", MEMBER_ABSENT, NULL},     {"\"x\"", MEMBER_TEXT, "x"},
    {"\" \"", MEMBER_TEXT, " "},       {"1.50", MEMBER_OTHER, "1.50"},
    {"1e400", MEMBER_OTHER, "1e400"},  {"true", MEMBER_OTHER, "true"},
    {"false", MEMBER_OTHER, "false"},  {"{ }", MEMBER_OTHER, "{}"},
    {"[1, 2]", MEMBER_OTHER, "[1,2]"}, {"0", MEMBER_OTHER, "0"},
    {"-0", MEMBER_OTHER, "-0"},        {"[-0, 1E5]", MEMBER_OTHER, "[-0,1E5]"},
};

START_TEST(test_member)
{
    HARNESS_ROW("%s", members[_i].value);
    const char *status =
        members[_i].value == NULL ? "" : harness_format(", \"Status\": %s", members[_i].value);
    const struct observation *seen =
        readers_only(harness_format("{" ACM "%s, \"Issuer\": \"b\"}", status));
    ck_assert_int_eq(seen->acm->status.state, members[_i].state);
    if (members[_i].text != NULL)
        ck_assert_str_eq(seen->acm->status.text, members[_i].text);
    ck_assert_str_eq(seen->pointer, "");
}
END_TEST

static const struct {
    const char *value, *moment;
} moments[] = {
    {"null", "absent"},
    {"\"\"", "absent"},
    {"\"2014-03-31T23:59:59Z\"", "2014-03-31T23:59:59Z."},
    {"1396310399", "2014-03-31T23:59:59Z."},
    {"1.396310399E9", "2014-03-31T23:59:59Z."},
    {"1396310399.25", "2014-03-31T23:59:59Z.25"},
    {"-1", "1969-12-31T23:59:59Z."},
    {"\"1396310399\"", "unreadable"},
    {"1396310399000", "unreadable"},
    {"1e400", "unreadable"},
    {"true", "unreadable"},
    {"[1396310399]", "unreadable"},
    {"{}", "unreadable"},
    {"\"2014-03-31\"", "unreadable"},
};

START_TEST(test_moment)
{
    HARNESS_ROW("%s", moments[_i].value);
    const struct observation *seen = readers_only(harness_format(
        "{\"Arn\": \"a\", \"ServerCertificateId\": \"b\", \"UploadDate\": %s}", moments[_i].value));
    ck_assert_str_eq(moment_text(seen->uploaded), moments[_i].moment);
}
END_TEST

static const struct {
    const char *members;
    enum in_use in_use;
} uses[] = {
    {"\"InUse\": true", IN_USE_YES},
    {"\"InUse\": false", IN_USE_NO},
    {"\"InUse\": \"true\"", IN_USE_NOT_STATED},
    {"\"InUse\": null", IN_USE_NOT_STATED},
    {"\"Issuer\": \"a\", \"InUseBy\": [\"x\"]", IN_USE_YES},
    {"\"Issuer\": \"a\", \"InUseBy\": []", IN_USE_NO},
    {"\"Issuer\": \"a\", \"InUseBy\": null", IN_USE_NOT_STATED},
    {"\"Issuer\": \"a\", \"InUseBy\": \"x\"", IN_USE_NOT_STATED},
    {"\"Issuer\": \"a\"", IN_USE_NOT_STATED},
};

START_TEST(test_use)
{
    HARNESS_ROW("%s", uses[_i].members);
    const struct observation *seen =
        readers_only(harness_format("{" ACM ", \"Type\": \"a\", %s}", uses[_i].members));
    ck_assert_int_eq(seen->in_use, uses[_i].in_use);
}
END_TEST

/* A description that was not cut down has all three; null and "" count as absent. */
static const struct {
    const char *members;
    bool whole;
} wholes[] = {
    {"\"InUseBy\": [], \"Options\": {}, \"RenewalEligibility\": \"INELIGIBLE\"", true},
    {"\"InUseBy\": [\"x\"], \"Options\": {\"Export\": \"DISABLED\"},"
     " \"RenewalEligibility\": \"ELIGIBLE\"",
     true},
    {"\"InUseBy\": null, \"Options\": {}, \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": [], \"Options\": \"\", \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": [], \"Options\": {}, \"RenewalEligibility\": null", false},
    {"\"InUseBy\": 0, \"Options\": {}, \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": false, \"Options\": {}, \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": \"x\", \"Options\": {}, \"RenewalEligibility\": \"ELIGIBLE\"", true},
    {"\"InUseBy\": [], \"Options\": \"DISABLED\", \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": [], \"Options\": {}, \"RenewalEligibility\": true", false},
    {"\"Options\": {}, \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": [], \"RenewalEligibility\": \"ELIGIBLE\"", false},
    {"\"InUseBy\": [], \"Options\": {}", false},
};

START_TEST(test_whole)
{
    HARNESS_ROW("%s", wholes[_i].members);
    const struct observation *seen =
        readers_only(harness_format("{\"Certificate\": {" ACM ", %s}}", wholes[_i].members));
    ck_assert(seen->acm->whole == wholes[_i].whole);
}
END_TEST

/* RenewalStatus beside Status, in a description and in a summary. Only a missing one or null is
 * absent. The same for RenewalSummary. */
static const struct {
    const char *value; /* NULL: missing */
    enum member_state state;
    const char *text;
} besides[] = {
    {NULL, MEMBER_ABSENT, NULL},      {"null", MEMBER_ABSENT, NULL},
    {"\"\"", MEMBER_TEXT, ""},        {"\"PENDING_VALIDATION\"", MEMBER_TEXT, "PENDING_VALIDATION"},
    {"false", MEMBER_OTHER, "false"}, {"[]", MEMBER_OTHER, "[]"},
};

START_TEST(test_beside)
{
    HARNESS_ROW("%s", besides[_i].value);
    for (size_t i = 0; i < 2; i++) {
        const char *value = besides[_i].value, *more = "";
        if (value != NULL)
            more = harness_format(", \"RenewalStatus\": %s, \"RenewalSummary\": %s", value, value);
        const char *record =
            i == 0 ? harness_format("{\"Certificate\": {" ACM "%s}}", more)
                   : harness_format("{\"CertificateSummaryList\": [{" ACM "%s}]}", more);
        const struct acm_facts *acm = readers_only(record)->acm;
        ck_assert_int_eq(acm->renewal_beside.state, besides[_i].state);
        ck_assert_int_eq(acm->renewal_summary.state, besides[_i].state);
        ck_assert(!acm->renewal_is_object);
        if (besides[_i].text != NULL)
            ck_assert_str_eq(acm->renewal_beside.text, besides[_i].text);
    }
}
END_TEST

START_TEST(test_update)
{
    const struct acm_facts *acm =
        readers_only("{\"Certificate\": {" ACM ", \"UpdateSummary\": {\"Status\":"
                     " \"PENDING_DOMAIN_VALIDATION\", \"RequestedAt\": \"2026-11-01T00:00:00.5Z\","
                     " \"UpdatedAt\": 1793577600}, \"RenewalSummary\": {\"UpdatedAt\":"
                     " \"2026-11-03T00:00:00Z\"}, \"CertificateKeyPairOrigin\": \"ACME\"}}")
            ->acm;
    ck_assert_str_eq(member_text(acm->update->status), "PENDING_DOMAIN_VALIDATION");
    ck_assert_str_eq(moment_text(acm->update->requested), "2026-11-01T00:00:00Z.5");
    ck_assert_str_eq(moment_text(acm->update->updated), "2026-11-02T00:00:00Z.");
    ck_assert_str_eq(moment_text(acm->renewal_updated), "2026-11-03T00:00:00Z.");
    ck_assert_str_eq(acm->key_pair_origin, "ACME");
    ck_assert_ptr_null(
        readers_only("{\"Certificate\": {" ACM ", \"UpdateSummary\": []}}")->acm->update);
}
END_TEST

static const struct {
    const char *members;
    bool exported;
} exports[] = {
    {"\"Exported\": true", true},
    {"\"Options\": {\"Export\": \"ENABLED\"}", true},
    {"\"Exported\": false, \"Options\": {\"Export\": \"DISABLED\"}", false},
    {"\"Exported\": \"true\", \"Options\": {\"Export\": true}", false},
    {"\"Options\": \"ENABLED\"", false},
};

START_TEST(test_exported)
{
    HARNESS_ROW("%s", exports[_i].members);
    const struct observation *seen =
        readers_only(harness_format("{\"Certificate\": {" ACM ", %s}}", exports[_i].members));
    ck_assert(seen->acm->exported == exports[_i].exported);
}
END_TEST

START_TEST(test_acme)
{
    static const char *const origins[] = {"AWS_MANAGED", "ACME"};
    for (size_t i = 0; i < 2; i++) {
        const struct evidence *evidence = readers_take(harness_format(
            "{\"CertificateSummaryList\": [{" ACM ", \"CertificateKeyPairOrigin\": \"%s\"}, {}]}",
            origins[i]));
        ck_assert(evidence->listings->shows_acme == (i == 1));
    }
}
END_TEST

/* When something was done; never when something begins or ends. In year 1 is how .NET writes that
 * there is no time. */
static const struct {
    const char *text, *newest; /* "": the file is not dated */
} newest[] = {
    {"{\"CertificateSummaryList\": []}", ""},
    {"{\"Certificate\": {" ACM ", \"NotAfter\": \"2027-01-01T00:00:00Z\", \"NotBefore\": 1}}", ""},
    {"{\"ServerCertificateMetadata\": {\"Arn\": \"a\", \"Expiration\": 1}}", ""},
    {"{\"Certificate\": {" ACM ", \"CreatedAt\": \"0001-12-31T23:59:59Z\"}}", ""},
    {"{\"Certificate\": {" ACM ", \"CreatedAt\": \"0002-01-01T00:00:00Z\"}}",
     "0002-01-01T00:00:00Z"},
    {"{\"Certificate\": {" ACM ", \"CreatedAt\": \"x\", \"IssuedAt\": {}}}", ""},
    {"{\"Certificate\": {" ACM ", \"CreatedAt\": 1, \"IssuedAt\": 2}}", "1970-01-01T00:00:02Z"},
    {"{\"Certificate\": {" ACM ", \"ImportedAt\": 1, \"RevokedAt\": 2}}", "1970-01-01T00:00:02Z"},
    {"{\"Certificate\": {" ACM ", \"CreatedAt\": 3, \"ImportedAt\": 4}}", "1970-01-01T00:00:04Z"},
    {"{\"Certificate\": {" ACM ", \"CreatedAt\": 3, \"RenewalSummary\": {\"UpdatedAt\": 5}}}",
     "1970-01-01T00:00:05Z"},
    {"{\"Certificate\": {" ACM ", \"UpdateSummary\": {\"RequestedAt\": 6}}}",
     "1970-01-01T00:00:06Z"},
    {"{\"Certificate\": {" ACM ", \"UpdateSummary\": {\"RequestedAt\": 6, \"UpdatedAt\": 7}}}",
     "1970-01-01T00:00:07Z"},
    {"{\"ServerCertificateMetadataList\": [{\"UploadDate\": \"2014-03-31T23:59:59.5\"},"
     " {\"UploadDate\": \"2014-03-31T23:59:59.25Z\"}]}",
     "2014-03-31T23:59:59.5Z"},
    {"[{\"ServerCertificateMetadataList\": [{\"UploadDate\": 9}]}, {\"Certificate\": {" ACM
     ", \"CreatedAt\": 8}}]",
     "1970-01-01T00:00:09Z"},
};

START_TEST(test_newest)
{
    HARNESS_ROW("%s", newest[_i].text);
    const struct evidence_file *file = readers_take(newest[_i].text)->files[0];
    struct text found = TEXT_EMPTY;
    if (file->dated)
        timestamp_add_exact(&file->newest, &found);
    ck_assert_str_eq(facts_kept(&found), newest[_i].newest);
}
END_TEST

/* RSA_2048 in the API's model is RSA-2048 in outputs. */
static const struct {
    const char *first, *second;
    bool others;
} keys[] = {
    {"\"RSA_2048\"", "\"RSA-2048\"", false},
    {"\"RSA-1024\"", "\"RSA_1024\"", false},
    {"\"RSA-2048\"", "null", false},
    {"null", "\"\"", false},
    {"7", "null", false},
    {"\"RSA-2048\"", "\"RSA-4096\"", true},
    {"\"RSA_3072\"", "null", true},
    {"\"EC_prime256v1\"", "\"RSA_2048\"", true},
    {"\"EC-secp384r1\"", "null", true},
    {"\"RSA_20480\"", "null", true},
};

START_TEST(test_keys)
{
    HARNESS_ROW("%s, %s", keys[_i].first, keys[_i].second);
    const struct evidence *evidence =
        readers_take(harness_format("{\"CertificateSummaryList\": [{" ACM ", \"KeyAlgorithm\": %s},"
                                    " {\"CertificateArn\": \"b\", \"KeyAlgorithm\": %s}]}",
                                    keys[_i].first, keys[_i].second));
    ck_assert(evidence->listings->shows_other_keys == keys[_i].others);
    ck_assert_uint_eq(evidence->listings->count, 2);
    ck_assert_str_eq(evidence->listings->region, "eu-west-1");
    ck_assert_ptr_null(evidence->listings->next);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void readers_add_facts(Suite *suite)
{
    TCase *facts = tcase_create("facts");
    tcase_add_test(facts, test_description);
    tcase_add_test(facts, test_description_lists);
    tcase_add_loop_test(facts, test_options, 0, COUNT(options));
    tcase_add_test(facts, test_listed_renewal);
    tcase_add_test(facts, test_from_list);
    tcase_add_test(facts, test_iam);
    tcase_add_loop_test(facts, test_member, 0, COUNT(members));
    tcase_add_loop_test(facts, test_moment, 0, COUNT(moments));
    tcase_add_loop_test(facts, test_use, 0, COUNT(uses));
    tcase_add_loop_test(facts, test_whole, 0, COUNT(wholes));
    tcase_add_loop_test(facts, test_beside, 0, COUNT(besides));
    tcase_add_test(facts, test_update);
    tcase_add_loop_test(facts, test_exported, 0, COUNT(exports));
    tcase_add_test(facts, test_acme);
    tcase_add_loop_test(facts, test_newest, 0, COUNT(newest));
    tcase_add_loop_test(facts, test_keys, 0, COUNT(keys));
    suite_add_tcase(suite, facts);
}
