/* acm_005_reason.c: why a certificate came out as it did, in words for the report. */
#include "base/text.h"
#include "rules/acm_005.h"
#include <inttypes.h>
#include <string.h>

static const char *shown(const char *value)
{
    return value != NULL && *value != '\0' ? value : "not stated";
}

static bool method_is(const struct domain *domain, const char *method)
{
    return domain->method != NULL && strcmp(domain->method, method) == 0;
}

/* How the domain is validated, and what it waits for. Exports from before ValidationMethod came
 * tell it by what they hold: a record or mailboxes. */
static void add_domain(const struct domain *domain, struct text *text)
{
    text_addf(text, "%s (", shown(domain->name));
    if (domain->status != NULL && strcmp(domain->status, "FAILED") == 0)
        text_add(text, "validation failed, ");
    if (domain->record_name != NULL)
        text_addf(text, "DNS: %s record %s with the value %s",
                  domain->record_type != NULL ? domain->record_type : "CNAME", domain->record_name,
                  shown(domain->record_value));
    else if (domain->redirect_from != NULL || domain->redirect_to != NULL)
        text_addf(text, "HTTP: redirect from %s to %s", shown(domain->redirect_from),
                  shown(domain->redirect_to));
    else if (domain->emails != NULL)
        text_addf(text, "EMAIL: mail to %s", domain->emails);
    else if (method_is(domain, "EMAIL"))
        text_add(text, "EMAIL: the export does not hold the mailboxes yet");
    else if (method_is(domain, "HTTP"))
        text_add(text, "HTTP: the export does not hold the redirect yet");
    else
        text_addf(text, "%s: the export does not hold the record yet",
                  domain->method != NULL ? domain->method : "method not stated");
    text_add(text, ")");
}

/* The domains that wait, or why none can be named. */
static void add_waiting(const struct domains *domains, const char *opening, struct text *text)
{
    size_t waiting = 0;
    for (size_t i = 0; i < domains->count; i++) {
        if (!evidence_domain_waits(&domains->items[i]))
            continue;
        text_add(text, waiting++ == 0 ? opening : "; ");
        add_domain(&domains->items[i], text);
    }
    if (waiting > 0)
        text_add(text, ".");
    else if (domains->count > 0)
        text_add(text, " The export says of each domain that it is validated.");
    else if (domains->unreadable == 0)
        text_add(text, " The export does not hold its domains' validation yet.");
    if (domains->unreadable > 0)
        text_add(text, " Not all of its DomainValidationOptions can be read: export again.");
}

/* `1 day`, `3 days` */
static void add_units(struct text *text, int64_t count, const char *unit)
{
    text_addf(text, "%" PRId64 " %s%s", count, unit, count == 1 ? "" : "s");
}

static void add_zone(const struct moment *moment, const char *name, struct text *text)
{
    if (moment->state == MOMENT_READABLE && !moment->at.zone)
        text_addf(text, " %s has no zone and was read as UTC.", name);
}

/* Hours since CreatedAt, and the 72 hours. */
static void add_request_clock(const struct observation *seen, const struct policy *policy,
                              struct text *text)
{
    const struct moment *created = &seen->acm->created;
    struct timestamp end;
    if (!acm_005_request_end(seen, &end)) {
        text_add(text, created->state == MOMENT_ABSENT
                           ? " The export holds no CreatedAt, so its age cannot be told."
                           : " Its CreatedAt cannot be read, so its age cannot be told.");
        return;
    }
    text_add(text, " Requested on ");
    timestamp_add(&created->at, text);
    if (timestamp_compare(&created->at, &policy->as_of) > 0) {
        text_add(text, ", after the as-of time.");
    } else {
        bool over = timestamp_compare(&policy->as_of, &end) > 0;
        text_add(text, ", ");
        add_units(text, timestamp_units_between(&created->at, &policy->as_of, TIMESTAMP_HOUR),
                  "hour");
        text_addf(text, " before the as-of time; its 72 hours %s ",
                  over ? "were over on" : "end on");
        timestamp_add(&end, text);
        text_add(text, over ? ", so the state has changed since the export, or a validation was "
                              "sent again: export again."
                            : ". A young request is normal.");
    }
    add_zone(created, "CreatedAt", text);
}

static void add_pending_request(const struct observation *seen, const struct policy *policy,
                                struct text *text)
{
    text_add(text, "The request waits for validation.");
    add_request_clock(seen, policy, text);
    if (evidence_member_is(&seen->acm->type, "PRIVATE"))
        text_add(text, " A private certificate waits for its private CA, not for a domain.");
    else if (seen->kind == OBSERVED_ACM_SUMMARY)
        text_add(text, " A list does not hold what it waits for: describe the certificate.");
    else
        add_waiting(&seen->acm->domains, " Waiting: ", text);
}

static void add_deadline(const struct observation *seen, const struct policy *policy,
                         struct text *text)
{
    const struct moment *end = &seen->not_after;
    if (end->state != MOMENT_READABLE) {
        text_add(text, " The export gives no readable NotAfter.");
        return;
    }
    bool ended = timestamp_compare(&end->at, &policy->as_of) < 0;
    text_add(text, ended ? " The certificate ended on " : " The certificate is valid until ");
    timestamp_add_date(&end->at, text);
    text_add(text, ", ");
    add_units(text,
              ended ? timestamp_units_between(&end->at, &policy->as_of, TIMESTAMP_DAY)
                    : timestamp_units_between(&policy->as_of, &end->at, TIMESTAMP_DAY),
              "day");
    text_add(text, ended ? " ago." : " left.");
    add_zone(end, "NotAfter", text);
}

/* A value of the export that the table does not know, or that is missing. */
static void add_strange(const char *name, const struct member *member, struct text *text)
{
    if (member->state == MEMBER_ABSENT)
        text_addf(text, "The export holds no %s", name);
    else
        text_addf(text, "The %s %s%s%s is not one of the ACM API", name,
                  member->state == MEMBER_TEXT ? "\"" : "", member->text,
                  member->state == MEMBER_TEXT ? "\"" : "");
}

static void add_renewal_unknown(const struct acm_facts *acm, struct text *text)
{
    if (!acm->renewal_is_object)
        text_add(text, "The RenewalSummary is no object, so the renewal's state cannot be told: ");
    else {
        add_strange("RenewalStatus", &acm->renewal_status, text);
        text_add(text, ", so the renewal's state cannot be told: ");
    }
    text_add(text, "describe the certificate again.");
}

static void add_ended(const struct observation *seen, const struct policy *policy,
                      struct text *text)
{
    const struct member *status = &seen->acm->status;
    bool revoked = evidence_member_is(status, "REVOKED");
    const struct moment *since = revoked ? &seen->acm->revoked : &seen->not_after;
    text_addf(text, "No request is pending. The certificate itself is %s", status->text);
    if (evidence_member_is(status, "INACTIVE"))
        text_add(text, " (since when, the export does not say)");
    else if (since->state == MOMENT_READABLE) {
        bool later = timestamp_compare(&since->at, &policy->as_of) > 0;
        text_add(text, later ? ", although its end lies after the as-of time, on " : " since ");
        timestamp_add_date(&since->at, text);
    } else
        text_addf(text, " (the export gives no readable %s)", revoked ? "RevokedAt" : "NotAfter");
    text_add(text, ", which this rule does not judge; it is ");
    text_add(text, seen->in_use == IN_USE_YES  ? "in use."
                   : seen->in_use == IN_USE_NO ? "not in use."
                                               : "not stated whether it is in use.");
    if (!evidence_member_is(status, "INACTIVE"))
        add_zone(since, revoked ? "RevokedAt" : "NotAfter", text);
}

static void add_nothing_pending(const struct observation *seen, struct text *text)
{
    text_add(text, "Issued, and neither its request nor a renewal waits for validation.");
    if (seen->in_use == IN_USE_NO &&
        evidence_member_is(&seen->acm->renewal_eligibility, "INELIGIBLE"))
        text_add(text, " It is not in use and INELIGIBLE: ACM will not renew it by itself.");
    size_t waiting = 0;
    for (size_t i = 0; i < seen->acm->domains.count; i++) {
        const struct domain *domain = &seen->acm->domains.items[i];
        if (domain->status == NULL || !evidence_domain_waits(domain))
            continue;
        text_addf(text, "%s%s (%s)", waiting++ == 0 ? " Domains still say otherwise: " : ", ",
                  shown(domain->name), domain->status);
    }
    text_add(text, waiting > 0 ? "." : "");
    add_zone(&seen->not_after, "NotAfter", text);
}

static void add_failed(const char *what, const struct member *reason, const char *member,
                       struct text *text)
{
    text_addf(text, "%s failed. ", what);
    if (reason->state == MEMBER_ABSENT)
        text_addf(text, "The export holds no %s.", member);
    else
        text_addf(text, "%s: %s.", member, reason->text);
}

static void add_past_not_after(const struct observation *seen, const struct policy *policy,
                               struct text *text)
{
    text_add(text, "Its Status is ISSUED, but it ended on ");
    timestamp_add_date(&seen->not_after.at, text);
    text_add(text, ", ");
    add_units(text, timestamp_units_between(&seen->not_after.at, &policy->as_of, TIMESTAMP_DAY),
              "day");
    text_add(text, " before the as-of time: the export is older than that, or ACM's record is. "
                   "Export again.");
    add_zone(&seen->not_after, "NotAfter", text);
}

static void add_unknown(const struct observation *seen, enum acm_005 which,
                        const struct policy *policy, struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    if (which == ACM_005_ARN_UNKNOWN) {
        text_add(text, "The record has no ARN, so it cannot be told which certificate it is");
    } else if (which == ACM_005_STATUS_UNKNOWN) {
        add_strange("Status", &acm->status, text);
    } else if (which == ACM_005_RENEWAL_UNKNOWN) {
        add_renewal_unknown(acm, text);
        return;
    } else if (which == ACM_005_LISTED_ONLY) {
        text_addf(text,
                  "Known from a list alone, with the Status %s. A list does not hold the "
                  "renewal's state: describe the certificate.",
                  acm->status.text);
        return;
    } else if (which == ACM_005_TYPE_UNKNOWN) {
        add_strange("Type", &acm->type, text);
        text_add(text, ": an AWS CLI too old for it drops RenewalSummary too, so a pending renewal "
                       "cannot be ruled out");
    } else if (which == ACM_005_PAST_NOT_AFTER) {
        add_past_not_after(seen, policy, text);
        return;
    } else {
        text_add(text, seen->not_after.state == MOMENT_ABSENT
                           ? "The export holds no NotAfter, so it cannot be told whether the "
                             "certificate has ended"
                           : "The NotAfter cannot be read, so it cannot be told whether the "
                             "certificate has ended");
    }
    text_add(text, seen->kind == OBSERVED_ACM_SUMMARY
                       ? ". Describe the certificate."
                       : ". Export again with a current AWS CLI, without --query.");
}

void acm_005_reason(const struct observation *seen, const struct condition *condition,
                    const struct policy *policy, struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    enum acm_005 which = acm_005_which(condition);
    switch (which) {
    case ACM_005_REQUEST_PENDING:
    case ACM_005_REQUEST_PENDING_PAST_72H:
        add_pending_request(seen, policy, text);
        break;
    case ACM_005_REQUEST_TIMED_OUT:
        text_add(text, "The request was not validated within 72 hours and has lapsed: request a "
                       "new certificate.");
        break;
    case ACM_005_REQUEST_FAILED:
        add_failed("The request", &acm->failure_reason, "FailureReason", text);
        break;
    case ACM_005_RENEWAL_PENDING:
        text_add(text, "The renewal waits for validation.");
        add_deadline(seen, policy, text);
        add_waiting(&acm->renewal_domains, " Waiting: ", text);
        break;
    case ACM_005_RENEWAL_FAILED:
        add_failed("The renewal", &acm->renewal_status_reason, "RenewalStatusReason", text);
        add_deadline(seen, policy, text);
        if (acm->renewal_domains.count > 0)
            add_waiting(&acm->renewal_domains, " Not validated: ", text);
        break;
    case ACM_005_ENDED:
        add_ended(seen, policy, text);
        break;
    case ACM_005_NOT_VALIDATED_BY_ACM:
        text_addf(text, "Its Type is %s: ACM validates no domain for it.", acm->type.text);
        break;
    case ACM_005_NOTHING_PENDING:
        add_nothing_pending(seen, text);
        break;
    case ACM_005_ARN_UNKNOWN:
    case ACM_005_STATUS_UNKNOWN:
    case ACM_005_RENEWAL_UNKNOWN:
    case ACM_005_LISTED_ONLY:
    case ACM_005_TYPE_UNKNOWN:
    case ACM_005_PAST_NOT_AFTER:
    case ACM_005_NOT_AFTER_UNKNOWN:
        add_unknown(seen, which, policy, text);
        break;
    }
}
