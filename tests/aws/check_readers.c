/* check_readers.c: which reader claims a document, for every fixture and for small documents. */
#include "aws/check_readers.h"
#include "aws/readers.h"
#include "base/file.h"
#include "support/harness.h"
#include "support/json_trees.h"
#include "support/sheet.h"
#include <stdlib.h>
#include <string.h>

Suite *readers_suite(void);

bool readers_run(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, const char **error)
{
    struct text text = TEXT_EMPTY;
    bool fine = inputs_read(evidence, paths, path_count, targets, target_count, NULL, NULL, &text);
    harness_keep(evidence->files);
    harness_keep(evidence->records);
    *error = facts_kept(&text);
    return fine;
}

struct evidence *readers_take(const char *text)
{
    const char *path = harness_format("%s/file.json", harness_folder()), *error;
    struct evidence *evidence = facts_evidence();
    harness_write(path, text);
    ck_assert_msg(readers_run(evidence, &path, 1, NULL, 0, &error), "%s", error);
    ck_assert_uint_eq(evidence->file_count, 1);
    return evidence;
}

const struct observation *readers_only(const char *text)
{
    const struct evidence *evidence = readers_take(text);
    ck_assert_msg(evidence->record_count == 1, "expected 1 record, got %zu: %s",
                  evidence->record_count, text);
    return evidence->records[0];
}

/* The numbers of documents in a file, and of those that no reader, one or two claim. */
struct claims {
    size_t documents, none, one, two;
};

static size_t claiming(const cJSON *root)
{
    size_t count = 0;
    for (size_t i = 0; readers[i] != NULL; i++)
        count += cJSON_IsObject(root) && readers[i]->claims(root);
    return count;
}

static struct claims count_claims(const char *path)
{
    struct claims claims = {0};
    struct file *file = file_open(path, false);
    ck_assert_msg(file != NULL, "%s", path);
    struct json_trees json;
    json_trees_open(&json, file);
    struct json_document document;
    enum json_event event;
    while ((event = json_trees_next(&json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY) {
        size_t count = event == JSON_DOCUMENT ? claiming(json.root) : 0;
        ck_assert_uint_le(count, 2);
        claims.documents++;
        claims.none += count == 0;
        claims.one += count == 1;
        claims.two += count == 2;
    }
    json_trees_close(&json);
    file_close(file);
    return claims;
}

/* The paths of all fixtures, relative to fixtures/. */
static const struct sheet_set *fixture_files(void)
{
    static struct sheet_set files;
    if (files.count > 0)
        return &files;
    const char *command = "cd fixtures && find . -type f | sort";
    const char *list = harness_tool("sh", (const char *const[]){"-c", command, NULL});
    for (size_t length; (length = strcspn(list, "\n")) > 0; list += length + 1)
        sheet_set_add(&files, harness_format("%.*s", (int)length - 2, list + 2));
    return &files;
}

/* The row of unreadable.tsv, or 0 if it has none. */
static size_t row_of(const struct sheet *sheet, const char *file)
{
    for (size_t row = 1; row < sheet->count; row++)
        if (strcmp(sheet_value(sheet, row, "fixture"), file) == 0)
            return row;
    return 0;
}

/* One reader claims each document that is used; two claim a document of two kinds, and none claims
 * the output of another command. */
static void require_claims(const struct sheet *sheet, size_t row, const struct claims *claims)
{
    const char *problem = sheet_value(sheet, row, "problem");
    size_t used = strtoul(sheet_value(sheet, row, "documents"), NULL, 10);
    /* claimed, but without content that can be used */
    bool empty = strcmp(problem, "empty-certificate") == 0 || strcmp(problem, "not-a-list") == 0;
    ck_assert_uint_eq(claims->one, used + empty);
    ck_assert_uint_eq(claims->two, strncmp(problem, "two-kinds", 9) == 0);
    /* a used file may have documents of other commands, which are then its problem */
    if (strcmp(sheet_value(sheet, row, "state"), "used") == 0 &&
        *sheet_value(sheet, row, "line") == '\0')
        ck_assert_uint_eq(claims->one, claims->documents);
    if (strcmp(problem, "unrelated") == 0)
        ck_assert_uint_gt(claims->none, 0);
}

START_TEST(test_fixture)
{
    const char *file = fixture_files()->texts[_i];
    struct sheet *sheet = sheet_read_tsv("tests/expected/unreadable.tsv");
    size_t row = row_of(sheet, file);
    struct claims claims = count_claims(harness_format("fixtures/%s", file));
    if (row > 0) {
        require_claims(sheet, row, &claims);
    } else if (strstr(file, "whoami.json") != NULL) { /* the output of another command */
        ck_assert_uint_eq(claims.none, claims.documents);
        ck_assert_uint_eq(claims.documents, 1);
    } else if (strstr(file, "corporate-123456789012/eu-west-1/describe") != NULL) {
        ck_assert_uint_eq(claims.documents, 0); /* a file that was cut off */
    } else if (strstr(file, "INDEX.tsv") == NULL && strstr(file, "README") == NULL &&
               strstr(file, ".csv") == NULL) {
        ck_assert_msg(claims.one == claims.documents && claims.one > 0,
                      "%s: expected readers for all %zu documents, got %zu", file, claims.documents,
                      claims.one);
    }
}
END_TEST

#define ACM "\"CertificateArn\": \"" FACTS_ACM_ARN "\""

/* Small documents with each member that marks an output; null and "" count as absent. */
static const struct {
    const char *text, *kinds; /* NULL: none */
    const char *problem;      /* its name, or NULL */
} documents[] = {
    {"{\"ServerCertificateMetadataList\": []}", "iam list-server-certificates", NULL},
    {"{\"ServerCertificate\": {\"ServerCertificateMetadata\": {\"Arn\": \"a\"}}}",
     "iam get-server-certificate", NULL},
    {"{\"ServerCertificateMetadata\": {\"Arn\": \"a\"}}", "iam upload-server-certificate", NULL},
    {"{\"Certificate\": {" ACM "}}", "acm describe-certificate", NULL},
    {"{\"Certificate\": {\"CertificateArn\": \"arn:aws:acm:us-east-1:xxxx:certificate/1\"}}",
     "acm describe-certificate", NULL},
    {"{\"Certificate\": {\"Status\": \"ISSUED\", \"Type\": \"PRIVATE\"}}",
     "acm describe-certificate", NULL},
    {"{\"Certificate\": {\"SubjectAlternativeNames\": [], \"NotAfter\": 1}}",
     "acm describe-certificate", NULL},
    {"{\"CertificateSummaryList\": []}", "acm list-certificates", NULL},
    {"{\"Arn\": \"a\", \"ServerCertificateId\": \"b\"}", "iam list-server-certificates (--query)",
     NULL},
    {"{" ACM ", \"DomainName\": \"b\"}", "acm list-certificates (--query)", NULL},
    {"{" ACM ", \"Type\": \"b\"}", "acm list-certificates (--query)", NULL},
    {"{\"CertificateArn\": \"arn:aws-cn:acm:cn-north-1:[account]:certificate/1\", \"Status\": 1}",
     "acm list-certificates (--query)", NULL},
    {"{" ACM ", \"Status\": \"ISSUED\", \"InUseBy\": []}", "acm list-certificates (--query)", NULL},
    {"{" ACM ", \"DomainValidationOptions\": []}", "acm describe-certificate (--query)", NULL},
    {"{" ACM ", \"SubjectAlternativeNames\": [\"b\"]}", "acm describe-certificate (--query)", NULL},
    {"{" ACM ", \"Subject\": \"b\"}", "acm describe-certificate (--query)", NULL},
    {"{" ACM ", \"Issuer\": \"b\"}", "acm describe-certificate (--query)", NULL},
    {"{" ACM ", \"RenewalSummary\": {}}", "acm describe-certificate (--query)", NULL},
    {"{" ACM ", \"Issuer\": null, \"Subject\": \"\", \"Type\": \"b\"}",
     "acm list-certificates (--query)", NULL},
    {"{\"Certificate\": null, \"CertificateSummaryList\": []}", "acm list-certificates", NULL},
    {"{\"Unknown\": 1, \"CertificateSummaryList\": [], \"NextToken\": null}",
     "acm list-certificates", NULL},
    {"{\"CertificateSummaryList\": [], \"NextToken\": \"\", \"IsTruncated\": false}",
     "acm list-certificates", NULL},
    /* Not used. */
    {"{}", NULL, "unrelated"},
    {"{\"Certificate\": null}", NULL, "no-content"},
    {"{\"Certificate\": []}", NULL, "no-content"},
    {"{\"Certificate\": \"\"}", NULL, "no-content"},
    {"{\"Certificate\": {\"Status\": \"ISSUED\"}}", NULL, "unread"},
    {"{\"Certificate\": {\"Status\": \"ISSUED\", \"Type\": null}}", NULL, "unread"},
    {"{" ACM "}", NULL, "unrelated"},
    {"{" ACM ", \"IsDefault\": true}", NULL, "unrelated"},
    {"{" ACM ", \"Status\": null}", NULL, "unrelated"},
    {"{\"CertificateArn\": \"a\", \"DomainName\": \"b\"}", NULL, "unrelated"},
    {"{\"CertificateArn\": \"a\", \"RenewalSummary\": {}}", NULL, "unread"},
    {"{\"CertificateArn\": \"arn:aws:acm-pca:a:b:c\", \"Status\": \"ISSUED\"}", NULL, "unrelated"},
    {"{\"CertificateArn\": {\"Ref\": \"a\"}}", NULL, "no-content"},
    {"{\"Certificate\": \"-----BEGIN CERTIFICATE-----\"}", NULL, "unrelated"},
    {"{\"certificate\": {}}", NULL, "unrelated"},
    {"{\"Arn\": \"a\"}", NULL, "unrelated"},
    {"{\"Arn\": \"a\", \"ServerCertificateId\": null}", NULL, "unrelated"},
    {"{\"CertificateArn\": \"\"}", NULL, "no-content"},
    {"{\"CertificateArn\": null}", NULL, "no-content"},
    {"{\"CertificateSummaryList\": null}", NULL, "no-content"},
    {"{\"CertificateSummaryList\": \"\"}", NULL, "no-content"},
    {"{\"ServerCertificateMetadataList\": null}", NULL, "no-content"},
    {"{\"ServerCertificateMetadata\": null}", NULL, "no-content"},
    {"{\"ServerCertificate\": {\"CertificateBody\": \"x\"}}", NULL, "no-content"},
    {"{\"Certificate\": {}}", NULL, "empty-certificate"},
    {"{\"ServerCertificate\": {\"ServerCertificateMetadata\": {}}}", NULL, "empty-certificate"},
    {"{\"ServerCertificateMetadata\": [1]}", NULL, "not-an-object"},
    {"{\"CertificateSummaryList\": {}}", NULL, "not-a-list"},
    {"{\"ServerCertificateMetadataList\": \"x\"}", NULL, "not-a-list"},
    {"{\"CertificateSummaryList\": [], \"ServerCertificateMetadataList\": []}", NULL, "two-kinds"},
    {"{\"Certificate\": {}, " ACM ", \"Type\": \"b\"}", NULL, "two-kinds"},
    {"{\"Arn\": \"a\", \"ServerCertificateId\": \"b\", " ACM ", \"Issuer\": \"c\"}", NULL,
     "two-kinds"},
    {"{\"Results\": []}", NULL, "empty-results"},
    {"{\"Results\": [], \"NextToken\": null, \"QueryInfo\": null}", NULL, "empty-results"},
    {"{\"Results\": [], \"QueryInfo\": {}}", NULL, "unrelated"},
    {"{\"ServerCertificateMetadata\": {\"Arn\": \"arn:aws:rds:a:b:c\"}}", NULL, "other-service"},
    {"null", NULL, "null-document"},
    {"[]", NULL, "empty-array"},
    {"[[]]", NULL, "nested-array"},
    {"\"ISSUED\"", NULL, "bare-value"},
    {"[\"ISSUED\", 1]", NULL, "bare-value"},
    {"true", NULL, "bare-value"},
};

START_TEST(test_document)
{
    HARNESS_ROW("%s", documents[_i].text);
    const struct evidence_file *file = readers_take(documents[_i].text)->files[0];
    const char *problem =
        file->problems.count > 0 ? diag_name(file->problems.kept[0].id) : "no problem";
    ck_assert_str_eq(file->kinds != NULL ? file->kinds : "none",
                     documents[_i].kinds != NULL ? documents[_i].kinds : "none");
    ck_assert_uint_eq(file->problems.count, documents[_i].problem != NULL);
    ck_assert_str_eq(problem, documents[_i].problem != NULL ? documents[_i].problem : "no problem");
    ck_assert_uint_eq(file->documents, documents[_i].kinds != NULL);
    ck_assert(file->fault == (documents[_i].problem != NULL));
}
END_TEST

/* Pages that say whether more follow; their records are used. */
static const struct {
    const char *members;
    bool goes_on;
} pages[] = {
    {"", false},
    {", \"IsTruncated\": false", false},
    {", \"IsTruncated\": null, \"Marker\": null, \"NextToken\": \"\"", false},
    {", \"IsTruncated\": true", true},
    {", \"IsTruncated\": \"false\"", true},
    {", \"IsTruncated\": 0", true},
    {", \"Marker\": \"x\"", true},
    {", \"NextToken\": \"x\"", true},
    {", \"IsTruncated\": false, \"Marker\": \"x\"", true},
};

START_TEST(test_page)
{
    const struct evidence *evidence = readers_take(harness_format(
        "{\"ServerCertificateMetadataList\": [{\"Arn\": \"a\"}, null, {\"Arn\": \"b\"}]%s}",
        pages[_i].members));
    const struct evidence_file *file = evidence->files[0];
    ck_assert_uint_eq(evidence->record_count, 2);
    ck_assert_uint_eq(file->certificates, 2);
    ck_assert_uint_eq(evidence->records[1]->index, 2);
    ck_assert_uint_eq(file->problems.count, 1 + pages[_i].goes_on);
    ck_assert_int_eq(file->problems.kept[0].id, DIAG_ELEMENT_NOT_OBJECT);
    if (pages[_i].goes_on)
        ck_assert_int_eq(file->problems.kept[1].id, DIAG_TRUNCATED_LIST);
    ck_assert(evidence->listings->truncated == pages[_i].goes_on);
    ck_assert_uint_eq(evidence->listings->count, 3);
    ck_assert_int_eq(file->state, EVIDENCE_PARTIAL);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *readers_suite(void)
{
    Suite *suite = suite_create("readers");
    TCase *claims = tcase_create("claims");
    tcase_set_timeout(claims, HARNESS_SECONDS);
    tcase_add_loop_test(claims, test_fixture, 0, (int)fixture_files()->count);
    tcase_add_loop_test(claims, test_document, 0, COUNT(documents));
    tcase_add_loop_test(claims, test_page, 0, COUNT(pages));
    suite_add_tcase(suite, claims);
    readers_add_facts(suite);
    readers_add_unread(suite);
    return suite;
}
