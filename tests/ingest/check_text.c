/* check_text.c: what text that is not JSON is taken for. */
#include "ingest/check_text.h"
#include "aws/traces.h"
#include "base/file.h"
#include "base/private_key.h"
#include "base/text.h"
#include "ingest/own_files.h"
#include "ingest/text_scan.h"
#include "support/harness.h"
#include "json/check_json.h"
#include <string.h>

#define ACM "arn:aws:acm:us-east-1:111122223333:certificate/1"
#define IAM "arn:aws:iam::111122223333:server-certificate/www"

/* line 0: it has no traces. */
static const struct {
    const char *text;
    size_t line;
    const char *problem, *detail;
} texts[] = {
    /* Other formats of the AWS CLI, and of PowerShell. */
    {"Certificate:\n  CertificateArn: " ACM "\n", 2, "not-json", "--output yaml"},
    {"- Arn: " IAM "\n", 1, "not-json", "--output yaml"},
    {"CERTIFICATE\t" ACM "\twww.example.com\n", 1, "not-json", "--output text"},
    {"-----\n|  DescribeCertificate  |\n|+---+|\n||  CertificateArn | " ACM " ||\n", 4, "not-json",
     "--output table"},
    {"\r\n\r\nCertificateArn : " ACM "\r\nStatus : ISSUED\r\n", 3, "not-json", "Format-List"},
    {"Name,Arn\r\nwww," IAM "\r\n", 2, "not-json", "certificate data"},
    /* Text around an output. */
    {"\x1B[1;39m{\n  \x1B[34;1m\"CertificateArn\"\x1B[0m: 1}\n", 2, "other-text", "colour codes"},
    {"```json\n{\"CertificateSummaryList\": []}\n```\n", 2, "other-text", "code fence"},
    {"me@host:~$ aws iam\n{\"ServerCertificateMetadataList\": []}\n", 2, "other-text", "prompt"},
    {"+ aws acm describe-certificate --certificate-arn " ACM "\n{}\n", 1, "other-text", "set -x"},
    {"2026-11-25 16:00:01,123 - DEBUG - x\n{\"RenewalStatus\": 1}\n", 2, "other-text", "log"},
    {"me@host:~$ aws iam\nCertificateArn: x\n", 2, "not-json", "--output yaml"},
    /* Error messages. */
    {"\nAn error occurred (AccessDeniedException) when calling the DescribeCertificate operation: "
     "x\n",
     2, "command-failed", "AWS CLI"},
    {"us-east-1\nUnable to locate credentials. You can configure\n", 2, "command-failed",
     "AWS CLI"},
    {"x\nbash: aws: command not found\n", 2, "command-failed", "AWS CLI"},
    {"aws: [ERROR]: x\n", 1, "command-failed", "AWS CLI"},
    /* Every name, folded. */
    {"certificate_summary_list", 1, "not-json", ""},
    {"SERVER CERTIFICATE METADATA", 1, "not-json", ""},
    {"server-certificate-id", 1, "not-json", ""},
    {"Certificate ARN;x", 1, "not-json", ""},
    {"DOMAIN_VALIDATION_OPTIONS", 1, "not-json", ""},
    {"validationStatus", 1, "not-json", ""},
    {"renewal_summary", 1, "not-json", ""},
    {"Renewal\tStatus", 1, "not-json", ""},
    {"Renewal eligibility", 1, "not-json", ""},
    {"x\xE4\xB8\x8A\n\nCertificateArn", 3, "not-json", ""},
    /* ARNs, also redacted, of every partition. */
    {"see arn:aws-cn:acm:cn-north-1:****:certificate/1", 1, "not-json", ""},
    {"|" IAM "|", 1, "not-json", ""},
    {"ARN:AWS:ACM:US-EAST-1:1:CERTIFICATE/1", 1, "not-json", ""},
    {"arn:aws:acm-pca:us-east-1:1:certificate-authority/1/certificate/2", 0, NULL, NULL},
    {"arn:aws:transfer:us-east-1:1:certificate/cert-1", 0, NULL, NULL},
    {"arn:aws:rds:us-east-1:1:cert:rds-ca-2019", 0, NULL, NULL},
    {"arn:aws:iam::1:role/server-certificate/x", 0, NULL, NULL},
    {"acm:us-east-1:1:certificate/1", 0, NULL, NULL},
    {"arn:aws:acm:us-east-1:1\n:certificate/1", 0, NULL, NULL},
    {":certificate/", 0, NULL, NULL},
    /* UploadDate, unless it is that of something else. */
    {"Name\nUploadDate\n", 2, "not-json", ""},
    {"| UploadDate | SSHPublicKeyId |\n", 0, NULL, NULL},
    {"UserName: x\nUploadDate: y\n", 0, NULL, NULL},
    {"UploadDate: y\nCertificateId: x\n", 0, NULL, NULL},
    {"UploadDate\nUserName\nRenewalStatus\n", 3, "not-json", ""},
    /* None. */
    {"", 0, NULL, NULL},
    {"Notes on certificates, and on their renewal.\n", 0, NULL, NULL},
    {"CertificateAr", 0, NULL, NULL},
    {"Status: ISSUED\n", 0, NULL, NULL},
    {"Could not be read; an error occurred.\n", 0, NULL, NULL},
};

/* The text in UTF-16, which has as many lines. */
static const char *widened(const char *text, bool big, size_t *length)
{
    struct text wide = TEXT_EMPTY;
    text_add_bytes(&wide, big ? "\xFE\xFF" : "\xFF\xFE", 2);
    ck_assert(json_add_utf16(&wide, big, text, strlen(text)));
    *length = wide.length;
    return harness_keep(wide.bytes);
}

static void scan_in_pieces(struct text_scan *scan, const char *bytes, size_t length, size_t piece,
                           int row)
{
    enum diag_id id = DIAG_COUNT;
    const char *detail = "";
    text_scan_start(scan);
    for (size_t i = 0; i < length; i += piece)
        text_scan_add(scan, (const unsigned char *)bytes + i,
                      piece < length - i ? piece : length - i);
    size_t line = text_scan_end(scan, &id, &detail);
    HARNESS_REQUIRE(line == texts[row].line, "pieces of %zu: expected line %zu, got %zu", piece,
                    texts[row].line, line);
    if (line == 0 || piece < length)
        return; /* a cause is found only if its line is in one piece */
    ck_assert_str_eq(diag_name(id), texts[row].problem);
    HARNESS_CONTAINS(detail, texts[row].detail);
}

START_TEST(test_text)
{
    static const size_t pieces[] = {2, 3, 7, 64, 4096};
    const char *text = texts[_i].text;
    HARNESS_ROW("%s", text);
    struct text_scan *scan = text_scan_new();
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        scan_in_pieces(scan, text, strlen(text), pieces[i], _i);
        for (int big = 0; big < 2; big++) {
            size_t length;
            const char *wide = widened(text, big, &length);
            scan_in_pieces(scan, wide, length, pieces[i], _i);
        }
    }
    text_scan_free(scan);
}
END_TEST

/* At every offset around the end of a window, with much text before it. */
START_TEST(test_far)
{
    static const char trace[] = "x: " ACM;
    struct text text = TEXT_EMPTY;
    struct text_scan *scan = text_scan_new();
    enum diag_id id;
    const char *detail;
    for (size_t before = FILE_WINDOW - 80; before < FILE_WINDOW + 10; before++) {
        text_clear(&text);
        while (text.length < before)
            text_add(&text, text.length % 50 == 0 ? "\n" : "c");
        text_add(&text, trace);
        text_scan_start(scan);
        for (size_t i = 0; i < text.length; i += FILE_WINDOW)
            text_scan_add(scan, (const unsigned char *)text.bytes + i,
                          text.length - i < FILE_WINDOW ? text.length - i : FILE_WINDOW);
        ck_assert_uint_eq(text_scan_end(scan, &id, &detail), (before + 49) / 50 + 1);
    }
    text_free(&text);
    text_scan_free(scan);
}
END_TEST

/* The manual lists every name, and each is found in text. */
START_TEST(test_names)
{
    const char *manual = harness_read(harness_source("man/certaudit.5"), NULL);
    const char *list = strstr(manual, ".Ss Traces of certificates");
    struct text folded = TEXT_EMPTY;
    ck_assert_ptr_nonnull(list);
    for (const char *at = list; strncmp(at, "\n.Ss", 4) != 0; at++) {
        char character = traces_fold(*at);
        text_add_bytes(&folded, &character, character != '\0');
    }
    for (const char *const *name = traces_names; *name != NULL; name++) {
        enum diag_id id;
        const char *detail;
        struct text_scan *scan = text_scan_new();
        text_scan_start(scan);
        text_scan_add(scan, (const unsigned char *)*name, strlen(*name));
        ck_assert_uint_eq(text_scan_end(scan, &id, &detail), 1);
        text_scan_free(scan);
        HARNESS_CONTAINS(folded.bytes, *name);
    }
    text_free(&folded);
}
END_TEST

#define FINDINGS_HEADER                                                                            \
    "\"ref\",\"result\",\"condition\",\"severity\",\"rule\",\"account\",\"region\","               \
    "\"certificate\",\"in_use\",\"due\",\"reason\",\"remediation\",\"arn\",\"observed\","          \
    "\"expected\",\"in_use_by\",\"PCI DSS v4.0.1\",\"rule_title\",\"service\",\"account_name\","   \
    "\"owner\",\"failing_since\",\"evidence_file\",\"evidence_sha256\",\"evidence_document\","     \
    "\"evidence_line\",\"evidence_pointer\",\"as_of\",\"cutoff\",\"version\""
#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  a.json\n"

static const struct {
    const char *text, *kind;
} own[] = {
    {FINDINGS_HEADER "\r\n\"F-1\"", "a report of certaudit"},
    {"\xEF\xBB\xBF" FINDINGS_HEADER "\r\n", "a report of certaudit"},
    {"rule,arn,result\nx,y,z\n", "a report of certaudit"},
    {"\"ref\",\"result\",\"arn\",\"rule\"", "a report of certaudit"},
    {"rule,arn,owner,approver,approved,reason,ticket,expires\n", "a waiver register"},
    {"Rule;ARN;Owner;Approver;Approved;Reason;Expires\r\n", "a waiver register"},
    {"sep=;\r\nrule;arn;owner;approver;approved;reason;expires\r\n", "a waiver register"},
    {"account\tregion\tservice\tname\towner\tenvironment\tin scope\tnote\n", "a scope file"},
    {"ref,management_response,target_date\n", "an annotations file"},
    {"# Report\n\nAs of 2026-11-20T00:00:00Z, cut-off of x, certaudit 0.1.0.\n",
     "a report of certaudit"},
    {"# Requests for evidence\n\nReport: x\n", "a page of requests of certaudit"},
    {"\"name\",\"value\"\r\n\"title\",\"x\"\r\n", "a report of certaudit"},
    {SUM SUM, "a list of digests"},
    {"# standard input\n" SUM, "a list of digests"},
    /* Imitations. */
    {"rule,arn\n", NULL},
    {",rule,arn,result\n", NULL},
    {"rule,arn,,result\n", NULL},
    {"rule,arn,result,CertificateArn\n", NULL},
    {"rule,arn,result\"\n", NULL},
    {"ref,result,condition,rule,arn,evil\n", NULL},
    {"rule arn owner approver approved reason ticket expires\n", NULL},
    {"rule,arn,owner,approver,approved,reason,expires,RenewalStatus\n", NULL},
    {"account,region,service\n", NULL},
    {"name,value\nCertificateArn,x\n", NULL},
    {"\"name\",\"value\"\r\n\"CertificateArn\",\"x\"\r\n", NULL},
    {"# Report\n\nAs of today.\n", NULL},
    {"# Report\nAs of 2026-11-20T00:00:00Z, certaudit 0.1.0.\n", NULL},
    {"# Requests for evidence\n\nCertificateArn: x\n", NULL},
    {SUM "CertificateArn: x\n" SUM, NULL},
    {SUM "CertificateArn: x", NULL},
    {"# x\n", NULL},
    {"", NULL},
    {"\n", NULL},
};

START_TEST(test_own)
{
    HARNESS_ROW("%s", own[_i].text);
    struct own_rows rows;
    const char *kind =
        own_files_kind((const unsigned char *)own[_i].text, strlen(own[_i].text), &rows);
    ck_assert_pstr_eq(kind, own[_i].kind);
    size_t length;
    const char *wide = widened(own[_i].text[0] == '\xEF' ? "" : own[_i].text, false, &length);
    if (own[_i].text[0] != '\xEF')
        ck_assert_pstr_eq(own_files_kind((const unsigned char *)wide, length, &rows), own[_i].kind);
}
END_TEST

/* What is appended to a table is not a row of it. */
static const struct {
    const char *text;
    bool broken;
} tables[] = {
    {"rule,arn,result\n", false},
    {"rule,arn,result", false},
    {"rule,arn,result\r\nx,y,z\r\n\r\n\n\"a\n,\",b,c", false},
    {"sep=;\nrule;arn;result\nx;y,y;z\n", false},
    {"rule,arn,result\nx,y\n", true},
    {"rule,arn,result\nx,y,z,\n", true},
    {"rule,arn,result\nx,y,z\nCertificateArn: x", true},
    {"rule,arn,result\nx,y,z\n{\n  \"Certificate\": {}\n}\n", true},
    {"rule,arn,result\nx,y,\"z\n", true},
};

static void look_at_rows(const char *bytes, size_t length, size_t piece, int row)
{
    struct own_rows rows;
    const unsigned char *from = (const unsigned char *)bytes;
    ck_assert_ptr_nonnull(own_files_kind(from, length, &rows));
    for (size_t i = 0; i < length; i += piece)
        own_rows_add(&rows, from + i, piece < length - i ? piece : length - i);
    own_rows_end(&rows);
    HARNESS_REQUIRE(rows.broken == tables[row].broken, "pieces of %zu", piece);
}

START_TEST(test_rows)
{
    HARNESS_ROW("%s", tables[_i].text);
    size_t length;
    const char *wide = widened(tables[_i].text, false, &length);
    for (size_t piece = 1; piece < 20; piece++) {
        look_at_rows(tables[_i].text, strlen(tables[_i].text), piece, _i);
        look_at_rows(wide, length, piece, _i);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t line;
} keys[] = {
    {"-----BEGIN PRIVATE KEY-----\n", 1},
    {"{\n\"a\": \"-----BEGIN RSA PRIVATE KEY-----\\nMII\"}\n", 2},
    {"x\n\xE4\xB8\x8A\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n", 3},
    {"\nPRIVATE KEY-----", 2},
    {"PRIVATE KEY----", 0},
    {"-----BEGIN PUBLIC KEY-----\n", 0},
    {"private key-----", 0},
    {"PRIVATE\nKEY-----", 0},
    {"", 0},
};

static void look_in_pieces(const char *bytes, size_t length, size_t piece, int row)
{
    struct private_key key = {.line = 0};
    for (size_t i = 0; i < length; i += piece)
        private_key_look(&key, (const unsigned char *)bytes + i,
                         piece < length - i ? piece : length - i);
    HARNESS_REQUIRE(key.line == keys[row].line, "pieces of %zu: expected line %zu, got %zu", piece,
                    keys[row].line, key.line);
}

START_TEST(test_key)
{
    HARNESS_ROW("%s", keys[_i].text);
    for (size_t piece = 2; piece < 100; piece++) {
        look_in_pieces(keys[_i].text, strlen(keys[_i].text), piece, _i);
        for (int big = 0; big < 2; big++) {
            size_t length;
            const char *wide = widened(keys[_i].text, big, &length);
            look_in_pieces(wide, length, piece, _i);
        }
    }
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

TCase *text_cases(void)
{
    TCase *tcase = tcase_create("text");
    tcase_add_loop_test(tcase, test_text, 0, COUNT(texts));
    tcase_add_test(tcase, test_far);
    tcase_add_test(tcase, test_names);
    tcase_add_loop_test(tcase, test_own, 0, COUNT(own));
    tcase_add_loop_test(tcase, test_rows, 0, COUNT(tables));
    tcase_add_loop_test(tcase, test_key, 0, COUNT(keys));
    return tcase;
}
