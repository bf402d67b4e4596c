/* aws_fields.c: see aws_fields.h. */
#include "aws/aws_fields.h"
#include <string.h>

/* Names of one length are compared as blocks of bytes, the NUL with them. */
#define IS(text, which)                                                                            \
    if (memcmp(name, text, sizeof text) == 0)                                                      \
    return which

/* FIELD_COUNT where it is none of them. */
static enum field field_of(const char *name)
{
    switch (strlen(name)) {
    case sizeof "Arn" - 1:
        IS("Arn", FIELD_ARN);
        break;
    case sizeof "Path" - 1:
        IS("Path", FIELD_PATH);
        IS("Type", FIELD_TYPE);
        break;
    case sizeof "InUse" - 1:
        IS("InUse", FIELD_IN_USE);
        break;
    case sizeof "Issuer" - 1:
        IS("Issuer", FIELD_ISSUER);
        IS("Serial", FIELD_SERIAL);
        IS("Status", FIELD_STATUS);
        break;
    case sizeof "InUseBy" - 1:
        IS("InUseBy", FIELD_IN_USE_BY);
        break;
    case sizeof "IssuedAt" - 1:
        IS("IssuedAt", FIELD_ISSUED_AT);
        IS("NotAfter", FIELD_NOT_AFTER);
        break;
    case sizeof "CreatedAt" - 1:
        IS("CreatedAt", FIELD_CREATED_AT);
        IS("NotBefore", FIELD_NOT_BEFORE);
        IS("RevokedAt", FIELD_REVOKED_AT);
        break;
    case sizeof "DomainName" - 1:
        IS("DomainName", FIELD_DOMAIN_NAME);
        IS("Expiration", FIELD_EXPIRATION);
        IS("ImportedAt", FIELD_IMPORTED_AT);
        IS("UploadDate", FIELD_UPLOAD_DATE);
        break;
    case sizeof "HttpRedirect" - 1:
        IS("HttpRedirect", FIELD_HTTP_REDIRECT);
        IS("KeyAlgorithm", FIELD_KEY_ALGORITHM);
        break;
    case sizeof "FailureReason" - 1:
        IS("FailureReason", FIELD_FAILURE_REASON);
        break;
    case sizeof "CertificateArn" - 1:
        IS("CertificateArn", FIELD_CERTIFICATE_ARN);
        IS("RenewalSummary", FIELD_RENEWAL_SUMMARY);
        IS("ResourceRecord", FIELD_RESOURCE_RECORD);
        break;
    case sizeof "ValidationDomain" - 1:
        IS("ValidationDomain", FIELD_VALIDATION_DOMAIN);
        IS("ValidationEmails", FIELD_VALIDATION_EMAILS);
        IS("ValidationMethod", FIELD_VALIDATION_METHOD);
        IS("ValidationStatus", FIELD_VALIDATION_STATUS);
        break;
    case sizeof "RenewalEligibility" - 1:
        IS("RenewalEligibility", FIELD_RENEWAL_ELIGIBILITY);
        break;
    case sizeof "ServerCertificateId" - 1:
        IS("ServerCertificateId", FIELD_SERVER_CERTIFICATE_ID);
        break;
    case sizeof "ServerCertificateName" - 1:
        IS("ServerCertificateName", FIELD_SERVER_CERTIFICATE_NAME);
        break;
    case sizeof "CertificateAuthorityArn" - 1:
        IS("CertificateAuthorityArn", FIELD_CERTIFICATE_AUTHORITY_ARN);
        IS("DomainValidationOptions", FIELD_DOMAIN_VALIDATION_OPTIONS);
        IS("SubjectAlternativeNames", FIELD_SUBJECT_ALTERNATIVE_NAMES);
        break;
    default:
        break;
    }
    return FIELD_COUNT;
}

struct fields fields_find(const cJSON *record)
{
    struct fields found = {{NULL}};
    if (!cJSON_IsObject(record))
        return found;
    for (const cJSON *member = record->child; member != NULL; member = member->next) {
        enum field which = field_of(member->string);
        if (which != FIELD_COUNT)
            found.of[which] = member;
    }
    return found;
}
