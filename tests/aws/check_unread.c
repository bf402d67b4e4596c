/*
 * check_unread.c: what no reader reads: certificate records in another form are a problem that
 * names the first one, and ARNs alone are mentions.
 */
#include "aws/check_readers.h"
#include "aws/traces.h"
#include "support/harness.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ARN "\"" FACTS_ACM_ARN "\""
#define IAM "\"" FACTS_IAM_ARN "\""
#define RECORD "{\"CertificateArn\": " ARN ", \"DomainName\": \"a\", \"Status\": \"ISSUED\"}"
#define LIST "\"CertificateSummaryList\": [" RECORD "]"
#define OTHER(service) "\"arn:aws:" service ":us-east-1:111122223333:certificate/1\""

/* What a document gives: its records; problems, for `unread` with what it says before its advice;
 * and mentions. `acm@POINTER` mentions FACTS_ACM_ARN, `iam@POINTER` FACTS_IAM_ARN. */
static const struct {
    const char *name, *text, *gives;
} documents[] = {
    /* Known outputs inside other documents. */
    {"map of regions",
     "{\"us-east-1\": {" LIST "}, \"eu-west-1\": {\"CertificateSummaryList\": []}}",
     "unread: 1 certificate record, at /us-east-1/CertificateSummaryList"},
    {"empty lists of regions", "{\"a\": {\"CertificateSummaryList\": []}}",
     "unread: an empty list, at /a/CertificateSummaryList"},
    {"empty list first", "{\"a\": {\"CertificateSummaryList\": []}, \"b\": {" LIST "}}",
     "unread: 1 certificate record, at /b/CertificateSummaryList"},
    {"failed list", "{\"a\": {\"ServerCertificateMetadataList\": null}}",
     "unread: an empty list, at /a/ServerCertificateMetadataList"},
    {"response", "{\"service\": \"acm\", \"response\": {" LIST "}}",
     "unread: 1 certificate record, at /response/CertificateSummaryList"},
    {"SDK for JavaScript", "{\"certificateSummaryList\": [{}, {}, {}]}",
     "unread: 3 certificate records, the first at /certificateSummaryList"},
    {"by ARN", "{\"data\": {" ARN ": {\"Certificate\": " RECORD "}}}",
     "unread: 1 certificate record, at "
     "/data/arn:aws:acm:eu-west-1:111122223333:certificate~11/Certificate"},
    {"by ARN, projected", "{" ARN ": {\"Status\": \"FAILED\"}}",
     "unread: 1 certificate record, at /arn:aws:acm:eu-west-1:111122223333:certificate~11"},
    {"array in a member", "{\"Certificates\": [{}, " RECORD ", " RECORD "]}",
     "unread: 2 certificate records, the first at /Certificates/1"},
    {"empty Certificate", "{\"a/b~c\": {\"Certificate\": {}}}",
     "unread: 1 certificate record, at /a~1b~0c/Certificate"},
    {"get-server-certificate",
     "{\"a\": {\"ServerCertificate\": {\"ServerCertificateMetadata\":"
     " {\"Arn\": " IAM ", \"ServerCertificateId\": \"b\"}}}}",
     "unread: 1 certificate record, at /a/ServerCertificate/ServerCertificateMetadata"},
    /* Text. */
    {"JSON in a text",
     "{\"statusCode\": 200, \"body\": \" {\\\"CertificateArn\\\": \\\"a\\\","
     " \\\"RenewalSummary\\\": {}}\"}",
     "unread: 1 certificate record, at /body"},
    {"list in a text", "{\"body\": \"{\\\"CertificateSummaryList\\\": []}\"}",
     "unread: 1 certificate record, at /body"},
    {"JSON in JSON in a text",
     "{\"a\": \"{\\\"b\\\": \\\"{\\\\\\\"RenewalStatus\\\\\\\": \\\\\\\"SUCCESS\\\\\\\","
     " \\\\\\\"CertificateArn\\\\\\\": 1}\\\"}\"}",
     "unread: 1 certificate record, at /a"},
    {"projection in a text",
     "{\"a\": \"[{\\\"Arn\\\": \\\"" FACTS_ACM_ARN "\\\", \\\"Status\\\": \\\"ISSUED\\\"}]\"}",
     "unread: 1 certificate record, at /a"},
    {"ARN of another service",
     "{\"Certificate\": {\"CertificateArn\": \"arn:aws:rds:eu-west-1:111122223333:cert:a\", "
     "\"Status\": \"FAILED\", \"DomainValidationOptions\": [1], \"RenewalEligibility\": 1}}",
     "unread: 1 certificate record, at /Certificate"},
    {"ARN of no service",
     "{\"CertificateArn\": \"arn:aws:ACM:eu-west-1:111122223333:certificate/a\", "
     "\"RenewalSummary\": {}, \"RenewalEligibility\": 1}",
     "unread: 1 certificate record, the document itself"},
    {"YAML in a text", "{\"stdout\": \"- CertificateArn: x\\n  RenewalEligibility: ELIGIBLE\\n\"}",
     "unread: 1 certificate record, at /stdout"},
    {"whole document in a text", "\"{\\\"RenewalSummary\\\": {}, \\\"CertificateArn\\\": 1}\"",
     "unread: 1 certificate record, the document itself"},
    {"CloudTrail in a text",
     "{\"message\": \"{\\\"requestParameters\\\": {\\\"certificateArn\\\": \\\"" FACTS_ACM_ARN
     "\\\"}}\"}",
     "unrelated; acm@/message"},
    {"sentence",
     "{\"Description\": \"The renewal status of " FACTS_ACM_ARN ", " FACTS_IAM_ARN ".\"}",
     "unrelated; acm@/Description; iam@/Description"},
    {"words in a text", "{\"columns\": [\"upload_date\", \"CertificateSummaryList\"]}",
     "unrelated"},
    {"two words in a text", "{\"a\": \"CertificateSummaryList: UploadDate: ValidationStatus:\"}",
     "unread: 1 certificate record, at /a"},
    {"upload date in a text", "{\"a\": \"[{\\\"UploadDate\\\": 1}]\"}",
     "unread: 1 certificate record, at /a"},
    {"SSH public key in a text",
     "{\"a\": \"[{\\\"UploadDate\\\": 1, \\\"SSHPublicKeyId\\\": 1}]\"}", "unrelated"},
    {"PEM",
     "{\"Certificate\": \"-----BEGIN CERTIFICATE-----\\nRenewalStatus CertificateArn\\n"
     "-----END CERTIFICATE-----\\n\"}",
     "unrelated"},
    /* Other tools. */
    {"Terraform state",
     "{\"version\": 4, \"resources\": [{\"type\": \"aws_acm_certificate\", \"instances\":"
     " [{\"attributes\": {\"arn\": " ARN ", \"domain_validation_options\": [], \"status\":"
     " \"ISSUED\"}}]}, {\"type\": \"aws_iam_server_certificate\", \"instances\": [{\"attributes\":"
     " {\"arn\": " IAM ", \"upload_date\": \"2013-01-01T00:00:00Z\"}}]}]}",
     "unread: 2 certificate records, the first at /resources/0/instances/0/attributes"},
    {"Steampipe",
     "{\"columns\": [], \"rows\": [{\"certificate_arn\": " ARN ", \"status\":"
     " \"ISSUED\", \"renewal_eligibility\": null}]}",
     "unread: 1 certificate record, at /rows/0"},
    {"snake_case", "{\"certificate_arn\": " ARN ", \"domain_name\": \"a\", \"status\": \"ISSUED\"}",
     "unread: 1 certificate record, the document itself"},
    {"blanks and dashes", "{\"certificate ARN\": \"x\", \"RENEWAL-status\": \"SUCCESS\"}",
     "unread: 1 certificate record, the document itself"},
    {"Security Hub",
     "{\"Findings\": [{\"Resources\": [{\"Id\": " ARN ", \"Details\":"
     " {\"AwsCertificateManagerCertificate\": {\"RenewalEligibility\":"
     " \"ELIGIBLE\", \"Status\": \"PENDING_VALIDATION\"}}}]}]}",
     "unread: 1 certificate record, at "
     "/Findings/0/Resources/0/Details/AwsCertificateManagerCertificate"},
    {"Security Hub without details", "{\"Findings\": [{\"Resources\": [{\"Id\": " ARN "}]}]}",
     "unrelated; acm@/Findings/0/Resources/0/Id"},
    {"Config snapshot",
     "{\"configurationItems\": [{\"ARN\": " ARN ", \"configuration\":"
     " {\"certificateArn\": " ARN ", \"renewalSummary\": {}}}]}",
     "unread: 1 certificate record, at /configurationItems/0/configuration"},
    {"Config query",
     "{\"Results\": [\"{\\\"arn\\\": \\\"" FACTS_ACM_ARN "\\\", \\\"configuration\\\":"
     " {\\\"renewalEligibility\\\": \\\"ELIGIBLE\\\"}}\"], \"QueryInfo\": {}}",
     "unread: 1 certificate record, at /Results/0"},
    {"search-certificates",
     "{\"Results\": [{\"CertificateArn\": " ARN ", \"CertificateMetadata\":"
     " {\"AcmCertificateMetadata\": {\"Status\": \"ISSUED\", \"RenewalStatus\": \"FAILED\"}}}]}",
     "unread: 1 certificate record, at /Results/0/CertificateMetadata/AcmCertificateMetadata"},
    {"PowerShell",
     "{\"CertificateArn\": " ARN ", \"DomainName\": \"a\", \"Status\": {\"Value\":"
     " \"ISSUED\"}}",
     "1 record"},
    /* Projections. */
    {"renewal alone",
     "{\"RenewalStatus\": \"PENDING_VALIDATION\", \"DomainValidationOptions\": []}",
     "unread: 1 certificate record, the document itself"},
    {"status and ARN", "{\"arn\": " ARN ", \"status\": \"pending_validation\"}",
     "unread: 1 certificate record, the document itself"},
    {"status of another API", "{\"Arn\": " ARN ", \"Status\": \"ACTIVE\"}", "unrelated; acm@/Arn"},
    {"status alone", "{\"Status\": \"PENDING_VALIDATION\"}", "unrelated"},
    {"null is absent", "{\"Arn\": " ARN ", \"RenewalSummary\": null, \"RenewalStatus\": \"\"}",
     "unrelated; acm@/Arn"},
    {"one trace", "{\"RenewalStatus\": \"SUCCESS\"}", "unrelated"},
    {"IAM without id", "{\"Arn\": " IAM ", \"UploadDate\": \"2013-05-01T10:00:00Z\"}",
     "unread: 1 certificate record, the document itself"},
    {"upload date alone", "{\"UploadDate\": \"2013-05-01T10:00:00Z\"}",
     "unread: 1 certificate record, the document itself"},
    /* Other services. */
    {"RDS",
     "{\"Certificate\": {\"CertificateIdentifier\": \"a\", \"CertificateArn\": " OTHER("rds") "}}",
     "unrelated"},
    {"DMS",
     "{\"Certificates\": [{\"CertificateIdentifier\": \"a\", \"CertificateArn\": " OTHER(
         "dms") ", \"ValidToDate\": 1}]}",
     "unrelated"},
    {"Transfer",
     "{\"Certificate\": {\"Arn\": " OTHER(
         "transfer") ", \"Status\": \"ACTIVE\","
                     " \"Type\": \"CERTIFICATE\", \"CertificateId\": \"a\"}}",
     "unrelated"},
    {"IoT",
     "{\"certificateDescription\": {\"certificateArn\": " OTHER("iot") ", \"status\":"
                                                                       " \"INACTIVE\"}}",
     "unrelated"},
    {"Lightsail",
     "{\"certificates\": [{\"certificateDetail\": {\"arn\": " OTHER(
         "lightsail") ", \"status\": \"ISSUED\", \"renewalSummary\": {\"renewalStatus\":"
                      " \"Success\"}}}]}",
     "unrelated"},
    {"IAM signing certificate",
     "{\"Certificate\": {\"UserName\": \"a\", \"CertificateId\": \"b\","
     " \"Status\": \"Active\", \"UploadDate\": 1}}",
     "unrelated"},
    {"IAM signing certificates",
     "{\"Certificates\": [{\"CertificateId\": \"b\", \"UploadDate\":"
     " 1}]}",
     "unrelated"},
    {"SSH public keys", "{\"SSHPublicKeys\": [{\"SSHPublicKeyId\": \"b\", \"UploadDate\": 1}]}",
     "unrelated"},
    {"unknown Certificate", "{\"Certificate\": {\"Name\": \"a\"}}",
     "unread: 1 certificate record, at /Certificate"},
    {"list with an element of another service",
     "{\"CertificateSummaryList\": [{\"CertificateArn\": " OTHER("rds") ", \"Status\": \"ISSUED\"},"
                                                                        " " RECORD "]}",
     "1 record; other-service"},
    {"IAM list with an element of another service",
     "{\"ServerCertificateMetadataList\": [{\"Arn\": " OTHER("iot") "}]}", "other-service"},
    /* Mentions. */
    {"listener",
     "{\"Listeners\": [{\"ListenerArn\": \"arn:aws:elasticloadbalancing:a:b:c\","
     " \"Certificates\": [{\"CertificateArn\": " ARN "}, {\"CertificateArn\": " IAM
     ", \"IsDefault\": true}]}]}",
     "unrelated; acm@/Listeners/0/Certificates/0/CertificateArn; "
     "iam@/Listeners/0/Certificates/1/CertificateArn"},
    {"alone", "{\"CertificateArn\": " ARN "}", "unrelated; acm@/CertificateArn"},
    {"default", "{\"CertificateArn\": " IAM ", \"IsDefault\": true}",
     "unrelated; iam@/CertificateArn"},
    {"CloudFront",
     "{\"ViewerCertificate\": {\"ACMCertificateArn\": " ARN ", \"Certificate\": " ARN
     ", \"CertificateSource\": \"acm\"}}",
     "unrelated; acm@/ViewerCertificate/ACMCertificateArn"},
    {"tags", "{\"ResourceTagMappingList\": [{\"ResourceARN\": " ARN ", \"Tags\": []}]}",
     "unrelated; acm@/ResourceTagMappingList/0/ResourceARN"},
    {"CloudTrail",
     "{\"Records\": [{\"eventName\": \"DescribeCertificate\", \"requestParameters\":"
     " {\"certificateArn\": " ARN "}}, {\"resources\": [{\"ARN\": " ARN "}]}]}",
     "unrelated; acm@/Records/0/requestParameters/certificateArn"},
    {"CloudFormation",
     "{\"StackResources\": [{\"PhysicalResourceId\": " ARN ", \"ResourceStatus\":"
     " \"CREATE_COMPLETE\"}]}",
     "unrelated; acm@/StackResources/0/PhysicalResourceId"},
    {"CloudFormation template",
     "{\"Resources\": {\"C\": {\"Type\": \"AWS::CertificateManager::Certificate\", \"Properties\":"
     " {\"DomainValidationOptions\": [], \"DomainName\": \"a\"}}, \"L\": {\"Properties\":"
     " {\"CertificateArn\": {\"Ref\": \"C\"}}}}}",
     "unrelated"},
    {"policy",
     "{\"Statement\": [{\"Resource\": \"arn:aws:acm:us-east-1:1:certificate/*\"},"
     " {\"Resource\": \"arn:aws:iam::*:server-certificate/a\"},"
     " {\"Resource\": \"arn:aws:acm:a:${aws:account}:certificate/1\"}]}",
     "unrelated"},
    {"masked", "{\"a\": \"arn:aws:acm:us-east-1:****:certificate/1\"}",
     "unrelated; arn:aws:acm:us-east-1:****:certificate/1@/a"},
    {"ARNs alone", "[" ARN ", " IAM "]", "bare-value; acm@; iam@"},
    /* Unrelated. */
    {"instances",
     "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\","
     " \"IamInstanceProfile\": {\"Arn\": \"arn:aws:iam::1:instance-profile/a\"},"
     " \"State\": {\"Name\": \"running\"}}]}]}",
     "unrelated"},
    {"users", "{\"Users\": [{\"UserName\": \"a\", \"Arn\": \"arn:aws:iam::1:user/a\"}]}",
     "unrelated"},
    {"validations of a certificate",
     "{\"DomainValidationSummaryList\": [{\"DomainName\": \"a\", \"ActiveValidationConfiguration\":"
     " {\"ValidationStatus\": \"SUCCESS\"}}]}",
     "unrelated"},
    /* Beside what is read. */
    {"beside a list", "{" LIST ", \"Certificates\": [" RECORD "]}",
     "1 record; unread: 1 certificate record, at /Certificates/0"},
    {"beside a description",
     "{\"Certificate\": " RECORD ", \"more\": {\"Renewals\": [{\"RenewalStatus\":"
     " \"FAILED\", \"CertificateArn\": \"b\"}]}}",
     "1 record; unread: 1 certificate record, at /more/Renewals/0"},
    {"beside metadata",
     "{\"ServerCertificate\": {\"ServerCertificateMetadata\": {\"Arn\": " IAM "}, \"x\": " RECORD
     "}, \"y\": " RECORD "}",
     "1 record; unread: 2 certificate records, the first at /y"},
    {"mention beside a list", "{" LIST ", \"for\": " IAM ", \"NextToken\": null}",
     "1 record; iam@/for"},
    {"inside a record",
     "{\"CertificateSummaryList\": [{\"CertificateArn\": " ARN
     ", \"RenewalSummary\": {\"RenewalStatus\": \"SUCCESS\","
     " \"DomainValidationOptions\": []}}]}",
     "1 record"},
    {"wrapped elements",
     "{\"ServerCertificateMetadataList\": [{\"ServerCertificateMetadata\":"
     " {\"Arn\": " IAM ", \"UploadDate\": 1}}]}",
     "unread: 1 certificate record, at /ServerCertificateMetadataList/0"},
    {"element without ARN",
     "{\"CertificateSummaryList\": [{\"Status\": \"ISSUED\","
     " \"Certificate\": {}}, {\"DomainName\": \"a\"}]}",
     "1 record; unread: 1 certificate record, at /CertificateSummaryList/0"},
    /* Said once. */
    {"array of records",
     "[{\"arn\": " ARN ", \"status\": \"ISSUED\"}, {\"arn\": " ARN ", \"status\": \"FAILED\"}]",
     "unread: 1 certificate record, the document itself (the first of 2 such documents)"},
    {"lines as strings", "[\"{\", \"a\", \"}\", null, \"{\", 1]",
     "bare-value; null-document; bare-value"},
};

/* What the message says before its advice. */
static void add_problem(const struct diag *problem, struct text *result)
{
    text_add(result, diag_name(problem->id));
    if (problem->id == DIAG_UNREAD)
        text_addf(result, ": %.*s", (int)strcspn(problem->detail, ";"), problem->detail);
}

static void add_mentions(const struct mention *mention, struct text *result)
{
    if (mention == NULL)
        return;
    add_mentions(mention->next, result); /* the last one comes first */
    bool acm = strcmp(mention->arn, FACTS_ACM_ARN) == 0;
    bool iam = strcmp(mention->arn, FACTS_IAM_ARN) == 0;
    ck_assert_int_eq(mention->service, iam ? SERVICE_IAM : SERVICE_ACM);
    ck_assert_uint_gt(mention->document, 0);
    ck_assert_uint_eq(mention->line, 1);
    text_add_separator(result, 0, "; ");
    text_addf(result, "%s@%s", acm ? "acm" : iam ? "iam" : mention->arn, mention->pointer);
}

static const char *given(const struct evidence *evidence)
{
    struct text result = TEXT_EMPTY;
    const struct problems *problems = &evidence->files[0]->problems;
    if (evidence->record_count > 0)
        text_addf(&result, "%zu record%s", evidence->record_count,
                  evidence->record_count == 1 ? "" : "s");
    for (size_t i = 0; i < problems->count; i++) {
        text_add_separator(&result, 0, "; ");
        add_problem(&problems->kept[i], &result);
    }
    add_mentions(evidence->mentions, &result);
    return facts_kept(&result);
}

START_TEST(test_document)
{
    HARNESS_ROW("%s", documents[_i].name);
    ck_assert_str_eq(given(readers_take(documents[_i].text)), documents[_i].gives);
}
END_TEST

/* What the message asks for fits what was found. */
static const struct {
    const char *text, *advice;
} advice[] = {
    {"{\"a\": {" LIST "}}", "save each command's output as it is, in a file of its own"},
    {"{\"a\": " RECORD "}", "save each command's output as it is, in a file of its own"},
    {"{\"a\": \"{"
     "\\\"CertificateSummaryList\\\": []}\"}",
     "save the JSON inside the text in a file of its own"},
    {"{\"a\": \"{\\\"certificateArn\\\": 1, \\\"renewalSummary\\\": {}}\"}",
     "provide the output of aws acm describe-certificate --output json for each certificate"},
    {"{\"arn\": " IAM ", \"upload_date\": 1}",
     "provide the output of aws iam list-server-certificates --output json"},
    {"{\"a\": \"ServerCertificateMetadataList:\\n- ServerCertificateId: a\"}",
     "provide the output of aws iam list-server-certificates --output json"},
    {"{\"arn\": " ARN ", \"status\": \"ISSUED\"}",
     "provide the output of aws acm describe-certificate --output json for each certificate"},
    {"{\"a\": {\"arn\": " ARN ", \"renewal_status\": 1}}",
     "provide the output of aws acm describe-certificate --output json for each certificate"},
};

START_TEST(test_advice)
{
    HARNESS_ROW("%s", advice[_i].text);
    const struct evidence_file *file = readers_take(advice[_i].text)->files[0];
    ck_assert_uint_eq(file->problems.count, 1);
    ck_assert_int_eq(file->problems.kept[0].id, DIAG_UNREAD);
    ck_assert_str_eq(strstr(file->problems.kept[0].detail, "; ") + 2, advice[_i].advice);
}
END_TEST

/* A pointer is cut to whole steps, since thousands of mentions may have the same long one. */
START_TEST(test_long_pointer)
{
    char name[600];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const struct evidence *evidence =
        readers_take(harness_format("{\"a\": {\"%s\": [" ARN "]}}", name));
    ck_assert_ptr_nonnull(evidence->mentions);
    ck_assert_str_eq(evidence->mentions->pointer, "/a");
}
END_TEST

/* Time is linear, also where a text looks like many ARNs in one. */
START_TEST(test_long_text)
{
    enum { TIMES = 200000 };
    struct text text = TEXT_EMPTY;
    text_add(&text, "{\"a\": \"");
    for (size_t i = 0; i < TIMES; i++)
        text_add(&text, "arn:aws:acm");
    text_add(&text, " " FACTS_ACM_ARN ", arn: \"}");
    ck_assert_str_eq(given(readers_take(facts_kept(&text))), "unrelated; acm@/a");
}
END_TEST

/* Objects as deep as a document may be. */
START_TEST(test_depth)
{
    struct text text = TEXT_EMPTY;
    for (size_t i = 1; i < LIMIT_DEPTH; i++)
        text_add(&text, i % 2 == 0 ? "[" : "{\"a\":");
    text_add(&text, "{\"Arn\": " ARN ", \"RenewalStatus\": 1}");
    for (size_t i = LIMIT_DEPTH - 1; i > 0; i--)
        text_add(&text, i % 2 == 0 ? "]" : "}");
    const struct evidence_file *file = readers_take(facts_kept(&text))->files[0];
    ck_assert_uint_eq(file->problems.count, 1);
    ck_assert_int_eq(file->problems.kept[0].id, DIAG_UNREAD);
}
END_TEST

/* certaudit(5) lists the names as `.It Li NAME`. */
START_TEST(test_manual)
{
    const char *at = strstr(harness_read("man/certaudit.5", NULL), "\n.Sh TRACES\n");
    ck_assert_ptr_nonnull(at);
    at = harness_format("%.*s", (int)(strstr(at + 1, "\n.Sh ") - at), at);
    size_t count = 0;
    for (; (at = strstr(at, "\n.It Li ")) != NULL; count++) {
        at += strlen("\n.It Li ");
        size_t length = strcspn(at, "\n");
        ck_assert_msg(traces_find(at, length) == count, "%.*s: expected %s", (int)length, at,
                      traces_names[count]);
    }
    ck_assert_ptr_null(traces_names[count]);
}
END_TEST

#define CASES "../shared/cases"

/* Inputs that people handed over: none is lost in silence in a folder. */
static const struct {
    const char *file, *gives; /* as above, with the pointers left out */
} cases[] = {
    {"W1-projection-without-renewal.jsonl", "2 records"},
    {"W2-renewalstatus-beside.json", "1 record"},
    {"S02-map-of-regions.json", "unread"},
    {"S05-response-member.json", "unread"},
    {"S07-iam-projection-no-id.json", "unread"},
    {"S09-query-renewalsummary.json", "unread"},
    {"S12-snake-case.json", "unread"},
    {"S13-json-in-body-text.json", "unread"},
    {"S22-siblings-ignored.json", "1 record, unread"},
    {"M01-rds-certificate.json", "unrelated"},
    {"M02-listener-certificates.json", "unrelated, unrelated, mentions"},
    {"M08-lines-as-strings.json", "bare-value, mentions"},
    {"A06-wrapped-elements.json", "unread"},
};

START_TEST(test_case)
{
    const char *path = harness_format(CASES "/%s", cases[_i].file), *folder = harness_folder();
    const char *error;
    struct evidence *evidence = facts_evidence();
    struct text result = TEXT_EMPTY;
    HARNESS_ROW("%s", cases[_i].file);
    harness_tool("cp", (const char *const[]){path, folder, NULL});
    ck_assert_msg(readers_run(evidence, &folder, 1, NULL, 0, &error), "%s", error);
    ck_assert_uint_eq(evidence->file_count, 1);
    const struct problems *problems = &evidence->files[0]->problems;
    if (evidence->record_count > 0)
        text_addf(&result, "%zu record%s", evidence->record_count,
                  evidence->record_count == 1 ? "" : "s");
    for (size_t i = 0; i < problems->count; i++) {
        text_add_separator(&result, 0, ", ");
        text_add(&result, diag_name(problems->kept[i].id));
    }
    if (evidence->mentions != NULL)
        text_add(&result, ", mentions");
    ck_assert_str_eq(facts_kept(&result), cases[_i].gives);
    ck_assert(evidence->files[0]->fault == (strstr(cases[_i].gives, "unread") != NULL ||
                                            strstr(cases[_i].gives, "bare-value") != NULL));
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void readers_add_unread(Suite *suite)
{
    TCase *unread = tcase_create("unread");
    tcase_add_loop_test(unread, test_document, 0, COUNT(documents));
    tcase_add_loop_test(unread, test_advice, 0, COUNT(advice));
    tcase_add_test(unread, test_long_pointer);
    tcase_add_test(unread, test_long_text);
    tcase_add_test(unread, test_depth);
    tcase_add_test(unread, test_manual);
    if (access(CASES, R_OK) == 0)
        tcase_add_loop_test(unread, test_case, 0, COUNT(cases));
    else
        printf("cases: skipped; " CASES " does not exist\n");
    suite_add_tcase(suite, unread);
}
