/*
 * acm_005.c: AWS ACM Certificates Validity. Id, title and severity are those of the Trend Cloud One
 * Conformity knowledge base. The status values and the 72 hours are those of CertificateStatus and
 * RenewalStatus in the model of the ACM API (acm/2015-12-08).
 */
#include "rules/acm_005.h"
#include "base/text.h"
#include <string.h>

enum { REQUEST_HOURS = 72 };

const struct condition acm_005_conditions[] = {
    [ACM_005_ARN_UNKNOWN] = {"arn-unknown", RESULT_UNKNOWN, rules_by_arn, "a CertificateArn",
                             "the record has no ARN, so the certificate cannot be identified"},
    [ACM_005_STATUS_UNKNOWN] = {"status-unknown", RESULT_UNKNOWN, rules_by_status,
                                "a Status value of the ACM API",
                                "Status is missing or not a value of the ACM API"},
    [ACM_005_REQUEST_PENDING] = {"request-pending", RESULT_FAIL, rules_by_status,
                                 "a validated request", "the request is pending validation"},
    [ACM_005_REQUEST_PENDING_PAST_72H] =
        {"request-pending-past-72h", RESULT_FAIL, rules_by_status, "a validated request",
         "the request is still pending, although its 72-hour window has closed"},
    [ACM_005_REQUEST_TIMED_OUT] = {"request-timed-out", RESULT_FAIL, rules_by_status,
                                   "a validated request",
                                   "the request was not validated within 72 hours"},
    [ACM_005_REQUEST_FAILED] = {"request-failed", RESULT_FAIL, rules_by_status,
                                "a validated request", "the request failed"},
    [ACM_005_RENEWAL_UNKNOWN] = {"renewal-unknown", RESULT_UNKNOWN, rules_by_renewal_status,
                                 "a RenewalStatus value of the ACM API",
                                 "RenewalStatus is missing or not a value of the ACM API"},
    [ACM_005_RENEWAL_PENDING] = {"renewal-pending", RESULT_FAIL, rules_by_renewal_status,
                                 "no validation pending for the renewal",
                                 "the renewal is pending validation"},
    [ACM_005_RENEWAL_FAILED] = {"renewal-failed", RESULT_FAIL, rules_by_renewal_status,
                                "a renewal that has not failed", "the renewal failed"},
    [ACM_005_NOT_VALIDATED_BY_ACM] = {"not-validated-by-acm", RESULT_NOT_APPLICABLE, rules_by_type,
                                      "no expectation",
                                      "imported or private; ACM does not validate its domains"},
    [ACM_005_LISTED_ONLY] = {"listed-only", RESULT_UNKNOWN, rules_by_status,
                             "the output of describe-certificate",
                             "known only from a list, which does not show the state of a renewal"},
    [ACM_005_ENDED] = {"ended", RESULT_NOT_APPLICABLE, rules_by_status, "no expectation",
                       "expired, inactive or revoked; no request is pending"},
    [ACM_005_TYPE_UNKNOWN] = {"type-unknown", RESULT_UNKNOWN, rules_by_type,
                              "a Type value of the ACM API",
                              "issued, but Type is missing or not a value of the ACM API"},
    [ACM_005_PAST_NOT_AFTER] = {"past-not-after", RESULT_UNKNOWN, rules_by_not_after,
                                "NotAfter at or after the as-of time",
                                "status ISSUED, but NotAfter has passed"},
    [ACM_005_NOT_AFTER_UNKNOWN] = {"not-after-unknown", RESULT_UNKNOWN, rules_by_not_after,
                                   "a readable NotAfter",
                                   "issued, but NotAfter is missing or unreadable"},
    [ACM_005_NOTHING_PENDING] = {"nothing-pending", RESULT_PASS, rules_by_status,
                                 "a validated request", "issued, and no validation is pending"},
    {NULL, RESULT_UNKNOWN, NULL, NULL, NULL},
};

enum acm_005 acm_005_which(const struct condition *condition)
{
    return (enum acm_005)(condition - acm_005_conditions);
}

static bool is_one_of(const struct member *member, const char *const *names)
{
    for (; *names != NULL; names++)
        if (evidence_member_is(member, *names))
            return true;
    return false;
}

bool acm_005_request_end(const struct observation *seen, struct timestamp *end)
{
    if (seen->acm->created.state != MOMENT_READABLE)
        return false;
    *end = timestamp_plus(seen->acm->created.at, REQUEST_HOURS * TIMESTAMP_HOUR);
    return true;
}

static enum acm_005 pending_request(const struct observation *seen, const struct policy *policy)
{
    struct timestamp end;
    if (acm_005_request_end(seen, &end) && timestamp_compare(&policy->as_of, &end) > 0)
        return ACM_005_REQUEST_PENDING_PAST_72H;
    return ACM_005_REQUEST_PENDING;
}

static enum acm_005 issued(const struct observation *seen, const struct policy *policy)
{
    bool readable = seen->not_after.state == MOMENT_READABLE;
    if (readable && timestamp_compare(&seen->not_after.at, &policy->as_of) < 0)
        return ACM_005_PAST_NOT_AFTER;
    /* The AWS CLI learned to print Type and RenewalSummary at about the same time: without Type, a
     * missing RenewalSummary does not show that there is no renewal. */
    if (!evidence_member_is(&seen->acm->type, "AMAZON_ISSUED"))
        return ACM_005_TYPE_UNKNOWN;
    return readable ? ACM_005_NOTHING_PENDING : ACM_005_NOT_AFTER_UNKNOWN;
}

/* For every Status that is not about the request. */
static enum acm_005 after_the_request(const struct observation *seen, const struct policy *policy)
{
    static const char *const renewals[] = {"PENDING_AUTO_RENEWAL", "PENDING_VALIDATION", "SUCCESS",
                                           "FAILED", NULL};
    static const char *const not_validated[] = {"IMPORTED", "PRIVATE", NULL};
    const struct acm_facts *acm = seen->acm;
    if (acm->renewal_summary.state != MEMBER_ABSENT && !is_one_of(&acm->renewal_status, renewals))
        return ACM_005_RENEWAL_UNKNOWN;
    if (evidence_member_is(&acm->renewal_status, "PENDING_VALIDATION"))
        return ACM_005_RENEWAL_PENDING;
    if (evidence_member_is(&acm->renewal_status, "FAILED"))
        return ACM_005_RENEWAL_FAILED;
    bool not_by_acm = is_one_of(&acm->type, not_validated);
    if (seen->kind == OBSERVED_ACM_SUMMARY)
        return not_by_acm ? ACM_005_NOT_VALIDATED_BY_ACM : ACM_005_LISTED_ONLY;
    if (!evidence_member_is(&acm->status, "ISSUED"))
        return ACM_005_ENDED;
    return not_by_acm ? ACM_005_NOT_VALIDATED_BY_ACM : issued(seen, policy);
}

static const struct condition *evaluate(const struct observation *seen, const struct policy *policy)
{
    static const char *const statuses[] = {"PENDING_VALIDATION",   "ISSUED",  "INACTIVE", "EXPIRED",
                                           "VALIDATION_TIMED_OUT", "REVOKED", "FAILED",   NULL};
    const struct member *status = &seen->acm->status;
    enum acm_005 which;
    if (seen->arn.state != MEMBER_TEXT)
        which = ACM_005_ARN_UNKNOWN;
    else if (!is_one_of(status, statuses))
        which = ACM_005_STATUS_UNKNOWN;
    else if (evidence_member_is(status, "PENDING_VALIDATION"))
        which = pending_request(seen, policy);
    else if (evidence_member_is(status, "VALIDATION_TIMED_OUT"))
        which = ACM_005_REQUEST_TIMED_OUT;
    else if (evidence_member_is(status, "FAILED"))
        which = ACM_005_REQUEST_FAILED;
    else
        which = after_the_request(seen, policy);
    return &acm_005_conditions[which];
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

/* A value that the summary lacks is not a conflict. AWS lists show no renewal, but if one does, it
 * is compared. */
static bool summary_agrees(const struct acm_facts *summary, const struct acm_facts *description)
{
    return (summary->status.state == MEMBER_ABSENT ||
            evidence_same_member(&summary->status, &description->status)) &&
           (summary->renewal_summary.state == MEMBER_ABSENT ||
            evidence_same_member(&summary->renewal_status, &description->renewal_status));
}

static bool agree(const struct observation *left, const struct observation *right)
{
    const struct acm_facts *a = left->acm, *b = right->acm;
    if (left->kind != right->kind)
        return left->kind == OBSERVED_ACM_SUMMARY ? summary_agrees(a, b) : summary_agrees(b, a);
    return evidence_same_member(&a->status, &b->status) &&
           evidence_same_member(&a->type, &b->type) &&
           a->renewal_summary.state == b->renewal_summary.state &&
           evidence_same_member(&a->renewal_status, &b->renewal_status) &&
           evidence_same_member(&a->renewal_status_reason, &b->renewal_status_reason) &&
           evidence_same_member(&a->failure_reason, &b->failure_reason) &&
           evidence_same_member(&a->renewal_eligibility, &b->renewal_eligibility) &&
           evidence_same_moment(&a->created, &b->created) &&
           evidence_same_moment(&a->revoked, &b->revoked) &&
           evidence_same_moment(&left->not_after, &right->not_after) &&
           left->in_use == right->in_use && same_domains(&a->domains, &b->domains) &&
           same_domains(&a->renewal_domains, &b->renewal_domains);
}

static bool due(const struct observation *seen, const struct condition *condition,
                struct timestamp *when)
{
    enum acm_005 which = acm_005_which(condition);
    if (which == ACM_005_REQUEST_PENDING || which == ACM_005_REQUEST_PENDING_PAST_72H)
        return acm_005_request_end(seen, when) && timestamp_is_writable(when);
    if (which != ACM_005_RENEWAL_PENDING && which != ACM_005_RENEWAL_FAILED)
        return false;
    *when = seen->not_after.at;
    return seen->not_after.state == MOMENT_READABLE;
}

static const char explanation[] =
    "What it checks\n"
    "  An ACM certificate fails if its request (Status) or its managed renewal\n"
    "  (RenewalSummary.RenewalStatus) is pending validation, timed out or failed.\n"
    "\n"
    "Why\n"
    "  A request that is not validated within 72 hours lapses, and no certificate is issued. If a\n"
    "  renewal is not validated, the old certificate expires at NotAfter; the limit of 72 hours\n"
    "  applies to requests, not to renewals. A pending request younger than 72 hours is normal,\n"
    "  and is counted separately. ACM does not validate imported and private certificates.\n"
    "\n"
    "By hand\n"
    "  Console: Certificate Manager, in each region; see the columns Status and Renewal status.\n"
    "  AWS CLI, for each account and region, including us-east-1:\n"
    "    types=" ACM_RSA_TYPES "," ACM_EC_TYPES "\n"
    "    aws acm list-certificates --includes keyTypes=$types\n"
    "    aws acm describe-certificate --certificate-arn ARN      (for each ARN)\n"
    "\n"
    "Repeat the count with jq on saved descriptions (distinct certificates)\n"
    "    jq -s '[.[].Certificate | select(\n"
    "      (.Status | IN(\"PENDING_VALIDATION\", \"VALIDATION_TIMED_OUT\", \"FAILED\")) or\n"
    "      (.RenewalSummary.RenewalStatus | IN(\"PENDING_VALIDATION\", \"FAILED\")))\n"
    "      | .CertificateArn] | unique | length' FILE...\n"
    "\n"
    "Remediation\n"
    "  DNS: create the CNAME record named in the export, and keep it. EMAIL: follow the link in\n"
    "  the e-mail, or have it sent again. HTTP: serve the redirect. If the 72 hours are over, or\n"
    "  the request or the renewal failed, request a new certificate with DNS validation.\n";

const struct rule rule_acm_005 = {
    .id = "ACM-005",
    .title = "AWS ACM Certificates Validity",
    .severity = SEVERITY_MEDIUM,
    .pillars = "Security, Operational Excellence",
    .applies = SERVICE_ACM,
    .conditions = acm_005_conditions,
    .evaluate = evaluate,
    .agree = agree,
    .due = due,
    .reason = acm_005_reason,
    .remediation = acm_005_remediation,
    .export_again = acm_005_describe,
    .listed_only = &acm_005_conditions[ACM_005_LISTED_ONLY],
    .describe = acm_005_describe_all,
    .ages = acm_005_ages,
    .age = acm_005_age,
    .purpose = "finds ACM certificates whose request or managed renewal is pending validation, "
               "timed out or failed. Without validation no certificate is issued, and one that is "
               "not renewed expires at its NotAfter.",
    .explanation = explanation,
};
