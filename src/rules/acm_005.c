/*
 * acm_005.c: AWS ACM Certificates Validity. Id, title and severity are those of the knowledge base
 * of Trend Vision One Cloud Risk Management (formerly Cloud One Conformity). The status values and
 * the 72 hours are those of CertificateStatus and RenewalStatus in the model of the ACM API
 * (acm/2015-12-08).
 */
#include "rules/acm_005.h"
#include "base/text.h"

enum { REQUEST_HOURS = 72 };

static struct deciding_value by_renewal(const struct observation *seen)
{
    const struct acm_facts *acm = seen->acm;
    const struct acm_005_renewal renewal = acm_005_renewal(acm);
    if (renewal.beside)
        return (struct deciding_value){renewal.status, NULL, "/RenewalStatus", ""};
    if (acm->renewal_is_object)
        return (struct deciding_value){renewal.status, NULL, "/RenewalSummary/RenewalStatus",
                                       "/RenewalSummary"};
    return (struct deciding_value){renewal.status, NULL, "/RenewalSummary", ""};
}

static struct deciding_value by_update(const struct observation *seen)
{
    return (struct deciding_value){&seen->acm->update->status, NULL, "/UpdateSummary/Status",
                                   "/UpdateSummary"};
}

const struct condition acm_005_conditions[] = {
    [ACM_005_ARN_UNKNOWN] = {"arn-unknown", RESULT_UNKNOWN, rules_by_arn, "a CertificateArn",
                             "the record has no ARN, so the certificate cannot be identified"},
    [ACM_005_IDENTITY_REDACTED] = {"identity-redacted", RESULT_UNKNOWN, rules_by_arn,
                                   "a CertificateArn that one certificate has",
                                   "the ARN is masked, and different certificates have it"},
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
    [ACM_005_RENEWAL_UNKNOWN] = {"renewal-unknown", RESULT_UNKNOWN, by_renewal,
                                 "a RenewalStatus value of the ACM API",
                                 "RenewalStatus is missing or not a value of the ACM API"},
    [ACM_005_RENEWAL_PENDING] = {"renewal-pending", RESULT_FAIL, by_renewal,
                                 "no validation pending for the renewal",
                                 "the renewal is pending validation"},
    [ACM_005_RENEWAL_FAILED] = {"renewal-failed", RESULT_FAIL, by_renewal,
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
    [ACM_005_RENEWAL_NOT_SHOWN] = {"renewal-not-shown", RESULT_UNKNOWN, by_renewal,
                                   "a description with " ACM_005_WHOLE,
                                   "the description was cut down, so its silence about a renewal "
                                   "shows nothing"},
    [ACM_005_RENEWAL_UNDER_WAY] = {"renewal-under-way", RESULT_PASS, by_renewal,
                                   "no validation pending for the renewal",
                                   "issued, and ACM is renewing it without any action"},
    [ACM_005_METHOD_CHANGE_PENDING] =
        {"method-change-pending", RESULT_PASS, by_update, "a validated request",
         "issued; a change of the validation method is pending, and the old method is still in "
         "force"},
    [ACM_005_METHOD_CHANGE_FAILED] =
        {"method-change-failed", RESULT_PASS, by_update, "a validated request",
         "issued; a change of the validation method failed, and the old method is still in force"},
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

bool acm_005_was_issued(const struct acm_facts *acm)
{
    static const char *const statuses[] = {"ISSUED", "EXPIRED", "INACTIVE", "REVOKED", NULL};
    return is_one_of(&acm->status, statuses);
}

bool acm_005_is_cut_down(const struct acm_facts *acm)
{
    return acm_005_was_issued(acm) && !acm->whole &&
           acm_005_renewal(acm).state == ACM_005_NO_RENEWAL;
}

bool acm_005_request_end(const struct observation *seen, struct timestamp *end)
{
    if (seen->acm->created.state != MOMENT_READABLE)
        return false;
    *end = timestamp_plus(seen->acm->created.at, REQUEST_HOURS * TIMESTAMP_HOUR);
    return true;
}

bool acm_005_update_end(const struct observation *seen, struct timestamp *end)
{
    const struct moment *requested = &seen->acm->update->requested;
    if (requested->state != MOMENT_READABLE)
        return false;
    *end = timestamp_plus(requested->at, REQUEST_HOURS * TIMESTAMP_HOUR);
    return true;
}

bool acm_005_has_expired(const struct observation *seen, const struct policy *policy)
{
    return seen->not_after.state == MOMENT_READABLE &&
           timestamp_compare(&seen->not_after.at, &policy->as_of) < 0;
}

static enum acm_005_renewal_state renewal_state(const struct member *status)
{
    static const char *const bad[] = {"PENDING_VALIDATION", "FAILED", NULL};
    if (is_one_of(status, bad))
        return ACM_005_RENEWS_BADLY;
    if (evidence_member_is(status, "PENDING_AUTO_RENEWAL"))
        return ACM_005_RENEWS_BY_ITSELF;
    return evidence_member_is(status, "SUCCESS") ? ACM_005_RENEWED : ACM_005_RENEWS_UNKNOWN;
}

struct acm_005_renewal acm_005_renewal(const struct acm_facts *acm)
{
    const struct member *status =
        acm->renewal_is_object ? &acm->renewal_status : &acm->renewal_summary;
    struct acm_005_renewal renewal = {ACM_005_NO_RENEWAL, status, false};
    if (acm->renewal_is_object)
        renewal.state = renewal_state(status);
    else if (acm->renewal_summary.state != MEMBER_ABSENT)
        renewal.state = ACM_005_RENEWS_UNKNOWN;
    if (acm->renewal_beside.state == MEMBER_ABSENT ||
        renewal_state(&acm->renewal_beside) >= renewal.state)
        return renewal;
    return (struct acm_005_renewal){renewal_state(&acm->renewal_beside), &acm->renewal_beside,
                                    true};
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
    const struct acm_update *update = seen->acm->update;
    if (acm_005_has_expired(seen, policy))
        return ACM_005_PAST_NOT_AFTER;
    /* The AWS CLI learned to print Type and RenewalSummary at about the same time: without Type, a
     * missing RenewalSummary does not show that there is no renewal. */
    if (!evidence_member_is(&seen->acm->type, "AMAZON_ISSUED"))
        return ACM_005_TYPE_UNKNOWN;
    if (seen->not_after.state != MOMENT_READABLE)
        return ACM_005_NOT_AFTER_UNKNOWN;
    if (acm_005_is_cut_down(seen->acm))
        return ACM_005_RENEWAL_NOT_SHOWN;
    if (acm_005_renewal(seen->acm).state == ACM_005_RENEWS_BY_ITSELF)
        return ACM_005_RENEWAL_UNDER_WAY;
    if (update != NULL && evidence_member_is(&update->status, "PENDING_DOMAIN_VALIDATION"))
        return ACM_005_METHOD_CHANGE_PENDING;
    if (update != NULL && evidence_member_is(&update->status, "FAILED"))
        return ACM_005_METHOD_CHANGE_FAILED;
    return ACM_005_NOTHING_PENDING;
}

/* For every Status that is not about the request. */
static enum acm_005 after_the_request(const struct observation *seen, const struct policy *policy)
{
    static const char *const not_validated[] = {"IMPORTED", "PRIVATE", NULL};
    const struct acm_facts *acm = seen->acm;
    const struct acm_005_renewal renewal = acm_005_renewal(acm);
    if (renewal.state == ACM_005_RENEWS_UNKNOWN)
        return ACM_005_RENEWAL_UNKNOWN;
    if (renewal.state == ACM_005_RENEWS_BADLY)
        return evidence_member_is(renewal.status, "FAILED") ? ACM_005_RENEWAL_FAILED
                                                            : ACM_005_RENEWAL_PENDING;
    bool not_by_acm = is_one_of(&acm->type, not_validated);
    if (seen->kind == OBSERVED_ACM_SUMMARY)
        return not_by_acm ? ACM_005_NOT_VALIDATED_BY_ACM : ACM_005_LISTED_ONLY;
    if (!evidence_member_is(&acm->status, "ISSUED"))
        return ACM_005_ENDED;
    return not_by_acm ? ACM_005_NOT_VALIDATED_BY_ACM : issued(seen, policy);
}

static const struct condition *evaluate(const struct observation *seen, const struct policy *policy)
{
    const struct member *status = &seen->acm->status;
    enum acm_005 which;
    if (seen->arn.state != MEMBER_TEXT)
        which = ACM_005_ARN_UNKNOWN;
    else if (evidence_member_is(status, "PENDING_VALIDATION"))
        which = pending_request(seen, policy);
    else if (evidence_member_is(status, "VALIDATION_TIMED_OUT"))
        which = ACM_005_REQUEST_TIMED_OUT;
    else if (evidence_member_is(status, "FAILED"))
        which = ACM_005_REQUEST_FAILED;
    else if (acm_005_was_issued(seen->acm))
        which = after_the_request(seen, policy);
    else
        which = ACM_005_STATUS_UNKNOWN;
    return &acm_005_conditions[which];
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
    "  and is counted separately. ACM does not validate imported and private certificates. A\n"
    "  renewal that ACM carries out by itself (PENDING_AUTO_RENEWAL) passes. A description of an\n"
    "  issued certificate that lacks InUseBy, Options or RenewalEligibility was cut down: it is\n"
    "  UNKNOWN unless it contains the state of a renewal. So is an entry of a list. For imported\n"
    "  and private certificates both are NOT_APPLICABLE.\n"
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
    "      ((.RenewalSummary.RenewalStatus, .RenewalStatus)\n"
    "        | IN(\"PENDING_VALIDATION\", \"FAILED\")))\n"
    "      | .CertificateArn] | unique | length' FILE...\n"
    "\n"
    "Remediation\n"
    "  DNS: create the CNAME record named in the export, and keep it. EMAIL: follow the link in\n"
    "  the e-mail, or have it sent again; then change to DNS validation, since public CAs end\n"
    "  e-mail validation on 15 March 2028. HTTP: CloudFront manages it. If the 72 hours are over,\n"
    "  or the request or the renewal failed, remedy the cause, then request a new certificate\n"
    "  with DNS validation.\n";

const struct rule rule_acm_005 = {
    .id = "ACM-005",
    .title = "AWS ACM Certificates Validity",
    .severity = SEVERITY_MEDIUM,
    .pillars = "Security, Operational Excellence",
    .applies = SERVICE_ACM,
    .conditions = acm_005_conditions,
    .evaluate = evaluate,
    .identity_redacted = &acm_005_conditions[ACM_005_IDENTITY_REDACTED],
    .members = acm_005_members,
    .differ = acm_005_differ,
    .due = due,
    .reason = acm_005_reason,
    .remediation = acm_005_remediation,
    .export_again = acm_005_describe,
    .listed_only = &acm_005_conditions[ACM_005_LISTED_ONLY],
    .describe = acm_005_describe_all,
    .cut_down = &acm_005_conditions[ACM_005_RENEWAL_NOT_SHOWN],
    .ages = acm_005_ages,
    .age = acm_005_age,
    .purpose = "finds ACM certificates whose request or managed renewal is pending validation, "
               "timed out or failed. Without validation no certificate is issued, and one that is "
               "not renewed expires at its NotAfter.",
    .explanation = explanation,
};
