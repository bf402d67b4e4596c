/*
 * acm_005.h: what the files of rule ACM-005 share: its conditions (acm_005.c), its reasons
 * (acm_005_reason.c), its remediation (acm_005_remediation.c), contradicting records
 * (acm_005_differ.c) and its age groups (acm_005_age.c).
 */
#ifndef RULE_ACM_005_H
#define RULE_ACM_005_H

#include "rules/rules.h"

enum acm_005 {
    ACM_005_ARN_UNKNOWN,
    ACM_005_IDENTITY_REDACTED,
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
    ACM_005_RENEWAL_NOT_SHOWN,
    ACM_005_RENEWAL_UNDER_WAY,
    ACM_005_METHOD_CHANGE_PENDING,
    ACM_005_METHOD_CHANGE_FAILED,
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

/* The state of the renewal, the worst first. */
enum acm_005_renewal_state {
    ACM_005_RENEWS_BADLY, /* FAILED or PENDING_VALIDATION */
    ACM_005_RENEWS_UNKNOWN,
    ACM_005_RENEWS_BY_ITSELF,
    ACM_005_RENEWED,
    ACM_005_NO_RENEWAL
};

/* RenewalSummary.RenewalStatus or the RenewalStatus beside Status, whichever is worse. */
struct acm_005_renewal {
    enum acm_005_renewal_state state;
    const struct member *status; /* RenewalSummary itself if that is not an object */
    bool beside;
};

struct acm_005_renewal acm_005_renewal(const struct acm_facts *acm);

/* Whether Status is one that a certificate has after its request was validated. */
bool acm_005_was_issued(const struct acm_facts *acm);

/* Whether a description was cut down and so does not show that there is no renewal. */
bool acm_005_is_cut_down(const struct acm_facts *acm);

/* When the 72 hours of the pending change of the validation method end; false if RequestedAt is
 * missing or unreadable. */
bool acm_005_update_end(const struct observation *seen, struct timestamp *end);

/* Members that a description always has once the certificate was issued: without one of them it
 * was cut down. */
#define ACM_005_WHOLE "InUseBy, Options and RenewalEligibility"

/* When the 72 hours of a request end; false if CreatedAt is missing or unreadable. Renewals have no
 * such limit: the old certificate stays valid until NotAfter. */
bool acm_005_request_end(const struct observation *seen, struct timestamp *end);

/* The domains that are not validated; those that wait for the same DNS record are together. */
struct acm_005_waiting {
    const struct domain *first[LIMIT_TOLD]; /* of each group */
    size_t count;
    size_t more; /* domains of groups that are left out */
};

struct acm_005_waiting acm_005_waiting(const struct domains *domains);

/* Whether the domain is in the group that begins with first. */
bool acm_005_in_group(const struct domain *domain, const struct domain *first);

/* What to do about a FailureReason or RenewalStatusReason, as a clause without a full stop that
 * ends before "then request a new certificate". */
const char *acm_005_remedy(const struct member *reason);

/* Whether the certificate has expired at the as-of time; false if NotAfter is unreadable. */
bool acm_005_has_expired(const struct observation *seen, const struct policy *policy);

void acm_005_reason(const struct observation *seen, const struct condition *condition,
                    const struct policy *policy, struct text *text);
void acm_005_describe(const struct observation *seen, struct text *text);
void acm_005_remediation(const struct observation *seen, const struct condition *condition,
                         const struct policy *policy, struct text *text);

/* The members of which records may contradict each other (acm_005_differ.c); see struct rule. */
extern const char *const acm_005_members[];
struct difference acm_005_differ(const struct observation *left, const struct observation *right,
                                 const struct policy *policy);

/* The age groups of failures, and the group of one failure (see struct rule). */
extern const char *const acm_005_ages[];
size_t acm_005_age(const struct observation *seen, const struct condition *condition,
                   const struct policy *policy);

#endif
