/*
 * acm_005.h: what the files of rule ACM-005 share: its conditions (acm_005.c), its reasons
 * (acm_005_reason.c), its remediation (acm_005_remediation.c) and its age groups (acm_005_age.c).
 */
#ifndef RULE_ACM_005_H
#define RULE_ACM_005_H

#include "rules/rules.h"

enum acm_005 {
    ACM_005_ARN_UNKNOWN,
    ACM_005_STATUS_UNKNOWN,
    ACM_005_REQUEST_PENDING,
    ACM_005_REQUEST_PENDING_PAST_72H,
    ACM_005_REQUEST_TIMED_OUT,
    ACM_005_REQUEST_FAILED,
    ACM_005_RENEWAL_UNKNOWN,
    ACM_005_RENEWAL_PENDING,
    ACM_005_RENEWAL_FAILED,
    ACM_005_NOT_VALIDATED_BY_ACM,
    ACM_005_LISTED_ONLY,
    ACM_005_ENDED,
    ACM_005_TYPE_UNKNOWN,
    ACM_005_PAST_NOT_AFTER,
    ACM_005_NOT_AFTER_UNKNOWN,
    ACM_005_NOTHING_PENDING
};

/* All key types of ACM, for --includes keyTypes=. Without it list-certificates prints only
 * certificates with RSA keys of 1024 and 2048 bits. */
#define ACM_RSA_TYPES "RSA_1024,RSA_2048,RSA_3072,RSA_4096"
#define ACM_EC_TYPES "EC_prime256v1,EC_secp384r1,EC_secp521r1"

extern const struct condition acm_005_conditions[];
extern const char acm_005_describe_all[];

/* The index of the condition in acm_005_conditions. */
enum acm_005 acm_005_which(const struct condition *condition);

/* When the 72 hours of a request end; false if CreatedAt is missing or unreadable. Renewals have no
 * such limit: the old certificate stays valid until NotAfter. */
bool acm_005_request_end(const struct observation *seen, struct timestamp *end);

void acm_005_reason(const struct observation *seen, const struct condition *condition,
                    const struct policy *policy, struct text *text);
void acm_005_describe(const struct observation *seen, struct text *text);
void acm_005_remediation(const struct observation *seen, const struct condition *condition,
                         struct text *text);

/* The age groups of failures, and the group of one failure (see struct rule). */
extern const char *const acm_005_ages[];
size_t acm_005_age(const struct observation *seen, const struct condition *condition,
                   const struct policy *policy);

#endif
