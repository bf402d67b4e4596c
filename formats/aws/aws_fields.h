/*
 * aws_fields.h: the members of a record that are read, sorted out in one pass: a record has about
 * as many as are asked for, and to look each up took 6 % of a run over descriptions (perf record).
 */
#ifndef AWS_FIELDS_H
#define AWS_FIELDS_H

#include "json/json.h"

/* By the API's names: FIELD_CERTIFICATE_ARN is CertificateArn. */
enum field {
    FIELD_ARN,
    FIELD_CERTIFICATE_ARN,
    FIELD_CERTIFICATE_AUTHORITY_ARN,
    FIELD_CREATED_AT,
    FIELD_DOMAIN_NAME,
    FIELD_DOMAIN_VALIDATION_OPTIONS,
    FIELD_EXPIRATION,
    FIELD_FAILURE_REASON,
    FIELD_HTTP_REDIRECT,
    FIELD_IMPORTED_AT,
    FIELD_IN_USE,
    FIELD_IN_USE_BY,
    FIELD_ISSUED_AT,
    FIELD_ISSUER,
    FIELD_KEY_ALGORITHM,
    FIELD_NOT_AFTER,
    FIELD_NOT_BEFORE,
    FIELD_PATH,
    FIELD_RENEWAL_ELIGIBILITY,
    FIELD_RENEWAL_SUMMARY,
    FIELD_RESOURCE_RECORD,
    FIELD_REVOKED_AT,
    FIELD_SERIAL,
    FIELD_SERVER_CERTIFICATE_ID,
    FIELD_SERVER_CERTIFICATE_NAME,
    FIELD_STATUS,
    FIELD_SUBJECT_ALTERNATIVE_NAMES,
    FIELD_TYPE,
    FIELD_UPLOAD_DATE,
    FIELD_VALIDATION_DOMAIN,
    FIELD_VALIDATION_EMAILS,
    FIELD_VALIDATION_METHOD,
    FIELD_VALIDATION_STATUS,
    FIELD_COUNT
};

/* NULL where a member is not there at all. */
struct fields {
    const cJSON *of[FIELD_COUNT];
};

/* Of an object; of anything else nothing is there. */
struct fields fields_find(const cJSON *record);

/* The member; NULL where it is absent: missing, null or "". */
static inline const cJSON *fields_get(const struct fields *fields, enum field which)
{
    return json_is_absent(fields->of[which]) ? NULL : fields->of[which];
}

#endif
