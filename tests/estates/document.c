/* document.c: the outputs of the AWS CLI, member by member in the order in which it prints them. */
#include "estates/estate.h"
#include "support/harness.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static void add_text(cJSON *object, const char *name, const char *value)
{
    if (value != NULL)
        cJSON_AddStringToObject(object, name, value);
}

/* An instant in the form that the estate's AWS CLI prints. */
static cJSON *instant(const struct estate *estate, int64_t at, bool iam)
{
    enum { EPOCH, UTC, OFFSET, FORMS };
    int style = estate->time_style % FORMS;
    int64_t local = style == OFFSET && !iam ? at + 5 * 3600 + 45 * 60 : at;
    struct tm tm;
    char text[40];
    if (style == EPOCH && !iam)
        return cJSON_CreateNumber((double)at);
    time_t seconds = (time_t)local;
    HARNESS_REQUIRE(gmtime_r(&seconds, &tm) != NULL &&
                        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm) > 0,
                    "gmtime");
    const char *zone = iam && style == EPOCH ? "Z" : style == OFFSET && !iam ? "+05:45" : "+00:00";
    return cJSON_CreateString(harness_format("%s%s", text, zone));
}

static void add_time(cJSON *object, const char *name, const struct estate *estate,
                     struct estate_time time, bool iam)
{
    cJSON *value = NULL;
    switch (time.kind) {
    case ESTATE_TIME_ABSENT:
        return;
    case ESTATE_TIME_GOOD:
        value = instant(estate, time.at, iam);
        break;
    case ESTATE_TIME_ODD:
        value = cJSON_CreateString("20 November 2026");
        break;
    case ESTATE_TIME_NO_ZONE:
        value = cJSON_CreateString("2014-04-01T03:00:00");
        break;
    }
    cJSON_AddItemToObject(object, name, value);
}

static void add_validation(cJSON *object, const char *name, const char *status)
{
    cJSON *array = cJSON_AddArrayToObject(object, "DomainValidationOptions");
    cJSON *item = cJSON_CreateObject(), *record = cJSON_CreateObject();
    cJSON_AddItemToArray(array, item);
    add_text(item, "DomainName", name);
    add_text(item, "ValidationDomain", name);
    add_text(item, "ValidationStatus", status);
    cJSON_AddItemToObject(item, "ResourceRecord", record);
    add_text(record, "Name", harness_format("_28d2b951329f93a5.%s.", name));
    add_text(record, "Type", "CNAME");
    add_text(record, "Value", "_0472b1d2a2eb3eb5.jkddzztszm.acm-validations.aws.");
    add_text(item, "ValidationMethod", "DNS");
}

static void add_renewal(cJSON *object, const struct estate *estate,
                        const struct estate_certificate *at)
{
    if (at->renewal == NULL)
        return;
    cJSON *renewal = cJSON_AddObjectToObject(object, "RenewalSummary");
    add_text(renewal, "RenewalStatus", at->renewal);
    add_validation(renewal, at->name,
                   strcmp(at->renewal, "SUCCESS") == 0 ? "SUCCESS" : "PENDING_VALIDATION");
    if (strcmp(at->renewal, "FAILED") == 0)
        add_text(renewal, "RenewalStatusReason", "CAA_ERROR");
    cJSON_AddItemToObject(renewal, "UpdatedAt", instant(estate, ESTATE_AS_OF - 86400 * 9, false));
}

static void add_update(cJSON *object, const struct estate *estate,
                       const struct estate_certificate *at)
{
    if (at->update == NULL)
        return;
    cJSON *update = cJSON_AddObjectToObject(object, "UpdateSummary");
    add_text(update, "Status", at->update);
    add_text(update, "Type", "DOMAIN_VALIDATION_METHOD");
    cJSON_AddItemToObject(update, "RequestedAt", instant(estate, ESTATE_AS_OF - 86400, false));
    cJSON_AddItemToObject(update, "UpdatedAt", instant(estate, ESTATE_AS_OF - 86400, false));
}

static bool is(const char *value, const char *expected)
{
    return value != NULL && strcmp(value, expected) == 0;
}

static bool was_issued(const struct estate_certificate *at)
{
    return !is(at->status, "PENDING_VALIDATION") && !is(at->status, "VALIDATION_TIMED_OUT") &&
           !is(at->status, "FAILED");
}

/* The members that only a certificate that was issued has. */
static void add_issued(cJSON *object, const struct estate *estate,
                       const struct estate_certificate *at, const char *when)
{
    struct estate_time start = {ESTATE_TIME_GOOD, at->created.at + 600};
    if (was_issued(at))
        add_time(object, is(at->type, "IMPORTED") ? "ImportedAt" : when, estate, start, false);
}

/* As --query 'Certificate.{...}' leaves it. */
static void cut_down(cJSON *object)
{
    static const char *const names[] = {"Options", "InUseBy", "RenewalEligibility",
                                        "RenewalSummary", "UpdateSummary"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        cJSON_DeleteItemFromObjectCaseSensitive(object, names[i]);
}

static cJSON *description(const struct estate *estate, const struct estate_certificate *at)
{
    struct estate_time start = {ESTATE_TIME_GOOD, at->created.at};
    cJSON *object = cJSON_CreateObject();
    add_text(object, "CertificateArn", at->arn);
    add_text(object, "DomainName", at->name);
    cJSON_AddItemToObject(object, "SubjectAlternativeNames", cJSON_CreateStringArray(&at->name, 1));
    add_validation(object, at->name, was_issued(at) ? "SUCCESS" : "PENDING_VALIDATION");
    if (was_issued(at))
        add_text(object, "Serial",
                 harness_format("0a:3e:ed:63:%.2s:%.2s", at->name + 1, at->name + 3));
    add_text(object, "Subject", harness_format("CN=%s", at->name));
    add_text(object, "Issuer", "Amazon");
    add_time(object, "CreatedAt", estate, at->created, false);
    add_issued(object, estate, at, "IssuedAt");
    add_text(object, "Status", at->status);
    if (was_issued(at))
        add_time(object, "NotBefore", estate, start, false);
    add_time(object, "NotAfter", estate, at->not_after, false);
    add_text(object, "KeyAlgorithm", at->key);
    add_text(object, "SignatureAlgorithm", "SHA256WITHRSA");
    cJSON *users = cJSON_AddArrayToObject(object, "InUseBy");
    if (at->in_use == 1)
        cJSON_AddItemToArray(users,
                             cJSON_CreateString("arn:aws:elasticloadbalancing:us-east-1:"
                                                "111122223333:loadbalancer/app/web/50dc6c495c"));
    if (is(at->status, "FAILED"))
        add_text(object, "FailureReason", "CAA_ERROR");
    add_text(object, "Type", at->type);
    add_renewal(object, estate, at);
    add_text(object, "RenewalEligibility", at->in_use == 1 ? "ELIGIBLE" : "INELIGIBLE");
    cJSON *options = cJSON_AddObjectToObject(object, "Options");
    add_text(options, "CertificateTransparencyLoggingPreference", "ENABLED");
    add_update(object, estate, at);
    add_text(object, "CertificateKeyPairOrigin", at->origin);
    if (!at->whole)
        cut_down(object);
    return object;
}

cJSON *estate_description(const struct estate *estate, size_t certificate)
{
    cJSON *document = cJSON_CreateObject();
    cJSON_AddItemToObject(document, "Certificate",
                          description(estate, &estate->certificates[certificate]));
    return document;
}

cJSON *estate_summary(const struct estate *estate, size_t certificate)
{
    const struct estate_certificate *at = &estate->certificates[certificate];
    cJSON *object = cJSON_CreateObject();
    add_text(object, "CertificateArn", at->arn);
    add_text(object, "DomainName", at->name);
    cJSON_AddItemToObject(object, "SubjectAlternativeNameSummaries",
                          cJSON_CreateStringArray(&at->name, 1));
    cJSON_AddBoolToObject(object, "HasAdditionalSubjectAlternativeNames", false);
    add_text(object, "Status", at->status);
    add_text(object, "Type", at->type);
    add_text(object, "KeyAlgorithm", at->key);
    cJSON_AddBoolToObject(object, "InUse", at->in_use == 1);
    add_text(object, "RenewalEligibility", at->in_use == 1 ? "ELIGIBLE" : "INELIGIBLE");
    if (was_issued(at))
        add_time(object, "NotBefore", estate,
                 (struct estate_time){ESTATE_TIME_GOOD, at->created.at}, false);
    add_time(object, "NotAfter", estate, at->not_after, false);
    add_time(object, "CreatedAt", estate, at->created, false);
    add_issued(object, estate, at, "IssuedAt");
    add_text(object, "CertificateKeyPairOrigin", at->origin);
    return object;
}

cJSON *estate_list(const struct estate *estate, const size_t *certificates, size_t count,
                   bool truncated)
{
    cJSON *document = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(document, "CertificateSummaryList");
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(list, estate_summary(estate, certificates[i]));
    if (truncated)
        add_text(document, "NextToken", "eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZSI6IDF9");
    return document;
}

static cJSON *metadata(const struct estate *estate, size_t certificate)
{
    const struct estate_certificate *at = &estate->certificates[certificate];
    cJSON *object = cJSON_CreateObject();
    add_text(object, "Path", "/");
    add_text(object, "ServerCertificateName", at->name);
    add_text(object, "ServerCertificateId", at->id);
    add_text(object, "Arn", at->arn);
    add_time(object, "UploadDate", estate, at->uploaded, true);
    add_time(object, "Expiration", estate, at->not_after, true);
    return object;
}

cJSON *estate_iam_list(const struct estate *estate, const size_t *certificates, size_t count,
                       bool truncated)
{
    cJSON *document = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(document, "ServerCertificateMetadataList");
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(list, metadata(estate, certificates[i]));
    if (truncated) {
        cJSON_AddBoolToObject(document, "IsTruncated", true);
        add_text(document, "Marker", "AAAAexampleMarker");
    }
    return document;
}

cJSON *estate_iam_get(const struct estate *estate, size_t certificate)
{
    cJSON *document = cJSON_CreateObject(), *object = cJSON_CreateObject();
    cJSON_AddItemToObject(document, "ServerCertificate", object);
    cJSON_AddItemToObject(object, "ServerCertificateMetadata", metadata(estate, certificate));
    cJSON_AddItemToObject(object, "Tags", cJSON_CreateArray());
    return document;
}
