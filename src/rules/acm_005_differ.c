/*
 * acm_005_differ.c: on which members the records of one certificate contradict each other. Two
 * complete records of a kind are compared in everything that the rule reads. A summary, or a
 * description that was cut down, is silent about much, and its silence does not contradict.
 */
#include "rules/acm_005.h"
#include <string.h>

enum {
    STATUS,
    TYPE,
    RENEWAL_STATUS,
    RENEWAL_STATUS_REASON,
    FAILURE_REASON,
    RENEWAL_ELIGIBILITY,
    CREATED_AT,
    REVOKED_AT,
    NOT_AFTER,
    DOMAINS,
    RENEWAL_DOMAINS,
    UPDATE_SUMMARY,
    DOMAIN_NAME,
    KEY_ALGORITHM,
    IN_USE
};

const char *const acm_005_members[] = {
    [STATUS] = "Status",
    [TYPE] = "Type",
    [RENEWAL_STATUS] = "RenewalStatus",
    [RENEWAL_STATUS_REASON] = "RenewalStatusReason",
    [FAILURE_REASON] = "FailureReason",
    [RENEWAL_ELIGIBILITY] = "RenewalEligibility",
    [CREATED_AT] = "CreatedAt",
    [REVOKED_AT] = "RevokedAt",
    [NOT_AFTER] = "NotAfter",
    [DOMAINS] = "DomainValidationOptions",
    [RENEWAL_DOMAINS] = "DomainValidationOptions of the renewal",
    [UPDATE_SUMMARY] = "UpdateSummary",
    [DOMAIN_NAME] = "DomainName",
    [KEY_ALGORITHM] = "KeyAlgorithm",
    [IN_USE] = "use",
    NULL,
};

static unsigned bit(int member, bool differs)
{
    return differs ? 1U << member : 0;
}

static bool same_text(const char *left, const char *right)
{
    return strcmp(left != NULL ? left : "", right != NULL ? right : "") == 0;
}

static bool same_domains(const struct domains *left, const struct domains *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!same_text(left->items[i].name, right->items[i].name) ||
            !same_text(left->items[i].method, right->items[i].method) ||
            !same_text(left->items[i].status, right->items[i].status))
            return false;
    return true;
}

static bool same_renewal(const struct acm_facts *left, const struct acm_facts *right)
{
    const struct acm_005_renewal a = acm_005_renewal(left), b = acm_005_renewal(right);
    return a.state == b.state && evidence_same_member(a.status, b.status);
}

static bool same_update(const struct acm_update *left, const struct acm_update *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    return evidence_same_member(&left->status, &right->status) &&
           evidence_same_moment(&left->requested, &right->requested);
}

/* Outputs spell `RSA-2048` what the API calls `RSA_2048`. */
static bool same_algorithm(const char *left, const char *right)
{
    while (*left != '\0' && (*left == *right || (*left == '-' && *right == '_') ||
                             (*left == '_' && *right == '-'))) {
        left++;
        right++;
    }
    return *left == *right;
}

/* Members that the rule does not read, or only for what a reason adds. */
static unsigned other_members(const struct observation *left, const struct observation *right)
{
    const char *a = left->acm->key_algorithm, *b = right->acm->key_algorithm;
    return bit(DOMAIN_NAME, *left->name != '\0' && *right->name != '\0' &&
                                strcmp(left->name, right->name) != 0) |
           bit(KEY_ALGORITHM, a != NULL && b != NULL && !same_algorithm(a, b)) |
           bit(IN_USE, left->in_use != right->in_use && left->in_use != IN_USE_NOT_STATED &&
                           right->in_use != IN_USE_NOT_STATED);
}

static unsigned all_members(const struct observation *left, const struct observation *right)
{
    const struct acm_facts *a = left->acm, *b = right->acm;
    return bit(STATUS, !evidence_same_member(&a->status, &b->status)) |
           bit(TYPE, !evidence_same_member(&a->type, &b->type)) |
           bit(RENEWAL_STATUS, !same_renewal(a, b)) |
           bit(RENEWAL_STATUS_REASON,
               !evidence_same_member(&a->renewal_status_reason, &b->renewal_status_reason)) |
           bit(FAILURE_REASON, !evidence_same_member(&a->failure_reason, &b->failure_reason)) |
           bit(RENEWAL_ELIGIBILITY,
               !evidence_same_member(&a->renewal_eligibility, &b->renewal_eligibility)) |
           bit(CREATED_AT, !evidence_same_moment(&a->created, &b->created)) |
           bit(REVOKED_AT, !evidence_same_moment(&a->revoked, &b->revoked)) |
           bit(NOT_AFTER, !evidence_same_moment(&left->not_after, &right->not_after)) |
           bit(DOMAINS, !same_domains(&a->domains, &b->domains)) |
           bit(RENEWAL_DOMAINS, !same_domains(&a->renewal_domains, &b->renewal_domains)) |
           bit(UPDATE_SUMMARY, !same_update(a->update, b->update));
}

static bool contradicts(const struct member *left, const struct member *right)
{
    return left->state != MEMBER_ABSENT && right->state != MEMBER_ABSENT &&
           !evidence_same_member(left, right);
}

static bool contradicts_in_time(const struct moment *left, const struct moment *right)
{
    return left->state != MOMENT_ABSENT && right->state != MOMENT_ABSENT &&
           !evidence_same_moment(left, right);
}

static bool on_other_sides(const struct observation *left, const struct observation *right,
                           const struct policy *policy)
{
    return left->not_after.state == MOMENT_READABLE && right->not_after.state == MOMENT_READABLE &&
           acm_005_has_expired(left, policy) != acm_005_has_expired(right, policy);
}

/* Whether the record is silent about what a description shows. */
static bool is_brief(const struct observation *seen)
{
    return seen->kind == OBSERVED_ACM_SUMMARY ||
           (!seen->acm->whole && evidence_member_is(&seen->acm->status, "ISSUED") &&
            acm_005_renewal(seen->acm).state == ACM_005_NO_RENEWAL);
}

struct difference acm_005_differ(const struct observation *left, const struct observation *right,
                                 const struct policy *policy)
{
    bool left_brief = is_brief(left), right_brief = is_brief(right);
    struct difference difference = {0, other_members(left, right), false};
    if (left->kind == right->kind && left_brief == right_brief &&
        (!left_brief || left->kind == OBSERVED_ACM_SUMMARY)) {
        difference.deciding = all_members(left, right);
        return difference;
    }
    const struct acm_facts *a = left->acm, *b = right->acm;
    bool sides = on_other_sides(left, right, policy);
    difference.left_is_silent =
        acm_005_is_cut_down(a) && acm_005_renewal(b).state <= ACM_005_RENEWS_UNKNOWN;
    /* A brief record without a Status is silent; a description without one is unknown. */
    bool silent = (left_brief && a->status.state == MEMBER_ABSENT) ||
                  (right_brief && b->status.state == MEMBER_ABSENT);
    bool no_renewal = (left_brief && acm_005_renewal(a).state == ACM_005_NO_RENEWAL) ||
                      (right_brief && acm_005_renewal(b).state == ACM_005_NO_RENEWAL);
    difference.deciding = bit(STATUS, !silent && !evidence_same_member(&a->status, &b->status)) |
                          bit(TYPE, contradicts(&a->type, &b->type)) |
                          bit(RENEWAL_STATUS, !no_renewal && !same_renewal(a, b)) |
                          bit(NOT_AFTER, sides);
    difference.other |=
        bit(CREATED_AT, contradicts_in_time(&a->created, &b->created)) |
        bit(REVOKED_AT, contradicts_in_time(&a->revoked, &b->revoked)) |
        bit(NOT_AFTER, !sides && contradicts_in_time(&left->not_after, &right->not_after)) |
        bit(FAILURE_REASON, contradicts(&a->failure_reason, &b->failure_reason));
    return difference;
}
