/* acm_005_reason.c: the reasons of ACM-005 in reports. */
#include "base/text.h"
#include "rules/acm_005.h"
#include <inttypes.h>
#include <string.h>

enum { HOURS_PER_DAY = 24 };

static const char *or_not_stated(const char *value)
{
    return value != NULL && *value != '\0' ? value : "not stated";
}

static bool method_is(const struct domain *domain, const char *method)
{
    return domain->method != NULL && strcmp(domain->method, method) == 0;
}

bool acm_005_in_group(const struct domain *domain, const struct domain *first)
{
    const char *const left[] = {domain->record_name, domain->record_type, domain->record_value,
                                domain->status};
    const char *const right[] = {first->record_name, first->record_type, first->record_value,
                                 first->status};
    if (domain == first)
        return true;
    if (domain->record_name == NULL)
        return false;
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (strcmp(left[i] != NULL ? left[i] : "", right[i] != NULL ? right[i] : "") != 0)
            return false;
    return true;
}

struct acm_005_waiting acm_005_waiting(const struct domains *domains)
{
    struct acm_005_waiting waiting = {.count = 0, .more = 0};
    for (size_t i = 0; i < domains->count; i++) {
        const struct domain *domain = &domains->items[i];
        bool known = false;
        if (!evidence_domain_waits(domain))
            continue;
        for (size_t j = 0; j < waiting.count && !known; j++)
            known = acm_005_in_group(domain, waiting.first[j]);
        if (!known && waiting.count < LIMIT_TOLD)
            waiting.first[waiting.count++] = domain;
        else if (!known)
            waiting.more++;
    }
    return waiting;
}

/* `example.com, *.example.com and 2 more` */
static void add_names(const struct domains *domains, const struct domain *first, struct text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < domains->count; i++) {
        if (!acm_005_in_group(&domains->items[i], first) || count++ >= LIMIT_TOLD)
            continue;
        text_addf(text, "%s%s", count > 1 ? ", " : "", or_not_stated(domains->items[i].name));
    }
    if (count > LIMIT_TOLD)
        text_addf(text, " and %zu more", count - LIMIT_TOLD);
}

/* How the domain is validated and what is missing. Old exports have no ValidationMethod; there the
 * record or the addresses show the method. */
static void add_method(const struct domain *domain, struct text *text)
{
    if (domain->status != NULL && strcmp(domain->status, "FAILED") == 0)
        text_add(text, "validation failed, ");
    if (domain->record_name != NULL)
        text_addf(text, "DNS: %s record %s with value %s",
                  domain->record_type != NULL ? domain->record_type : "CNAME", domain->record_name,
                  or_not_stated(domain->record_value));
    else if (domain->redirect_from != NULL || domain->redirect_to != NULL)
        text_addf(text, "HTTP, which CloudFront manages: redirect from %s to %s",
                  or_not_stated(domain->redirect_from), or_not_stated(domain->redirect_to));
    else if (domain->emails != NULL)
        text_addf(text, "EMAIL: sent to %s", domain->emails);
    else if (method_is(domain, "EMAIL"))
        text_add(text, "EMAIL: no addresses in the export yet");
    else if (method_is(domain, "HTTP"))
        text_add(text, "HTTP, which CloudFront manages: no redirect in the export yet");
    else
        text_addf(text, "%s: no record in the export yet",
                  domain->method != NULL ? domain->method : "method not stated");
}

/* The domains that are not validated; false if there are none. */
static bool add_not_validated(const struct domains *domains, struct text *text)
{
    const struct acm_005_waiting waiting = acm_005_waiting(domains);
    for (size_t i = 0; i < waiting.count; i++) {
        text_add(text, i == 0 ? " Not validated: " : "; ");
        add_names(domains, waiting.first[i], text);
        text_add(text, " (");
        add_method(waiting.first[i], text);
        text_add(text, ")");
    }
    if (waiting.more > 0)
        text_addf(text, "; and %zu more", waiting.more);
    text_add(text, waiting.count > 0 ? "." : "");
    return waiting.count > 0;
}

/* The domains that are not validated, or why there are none to list. */
static void add_waiting(const struct domains *domains, struct text *text)
{
    bool told = add_not_validated(domains, text);
    if (!told && domains->count > 0)
        text_add(text, " According to the export every domain is validated.");
    else if (!told && domains->unreadable == 0)
        text_add(text, " The export contains no domain validation data yet.");
    if (domains->unreadable > 0)
        text_add(text, " Not all DomainValidationOptions could be read; export again.");
}

/* What the renewal waits for, which a RenewalStatus beside Status does not say. */
static void add_renewal_waiting(const struct observation *seen, struct text *text)
{
    if (seen->acm->renewal_is_object)
        add_waiting(&seen->acm->renewal_domains, text);
    else
        text_add(text, " The export does not show what it waits for; describe the certificate, "
                       "without --query.");
}

static void add_units(struct text *text, int64_t count, const char *unit)
{
    text_addf(text, "%" PRId64 " %s%s", count, unit, count == 1 ? "" : "s");
}

static void add_zone(const struct moment *moment, const char *name, struct text *text)
{
    if (moment->state == MOMENT_READABLE && !moment->at.zone)
        text_addf(text, " %s has no time zone and was read as UTC.", name);
}

/* `5 hours`, `3 days`, `1 day and 11 hours` */
static void add_age(struct text *text, int64_t hours)
{
    int64_t days = hours / HOURS_PER_DAY;
    if (days > 0)
        add_units(text, days, "day");
    if (days > 0 && hours % HOURS_PER_DAY > 0)
        text_add(text, " and ");
    if (days == 0 || hours % HOURS_PER_DAY > 0)
        add_units(text, hours % HOURS_PER_DAY, "hour");
}

static void add_request_clock(const struct observation *seen, const struct policy *policy,
                              struct text *text)
{
    const struct moment *created = &seen->acm->created;
    struct timestamp end;
    if (!acm_005_request_end(seen, &end)) {
        text_add(text, created->state == MOMENT_ABSENT
                           ? " The export contains no CreatedAt, so its age is unknown."
                           : " Its CreatedAt is unreadable, so its age is unknown.");
        return;
    }
    text_add(text, " Requested on ");
    timestamp_add(&created->at, text);
    if (timestamp_compare(&created->at, &policy->as_of) > 0) {
        text_add(text, ", after the as-of time.");
    } else {
        bool over = timestamp_compare(&policy->as_of, &end) > 0;
        text_add(text, ", ");
        add_age(text, timestamp_units_between(&created->at, &policy->as_of, TIMESTAMP_HOUR));
        text_addf(text, " before the as-of time; the 72-hour window %s on ",
                  over ? "closed" : "closes");
        timestamp_add(&end, text);
        text_add(text, over ? ". The status has probably changed since: export again."
                            : ". This is normal for a young request.");
    }
    add_zone(created, "CreatedAt", text);
}

static void add_pending_request(const struct observation *seen, const struct policy *policy,
                                struct text *text)
{
    text_add(text, "The request is pending validation.");
    add_request_clock(seen, policy, text);
    if (evidence_member_is(&seen->acm->type, "PRIVATE"))
        text_add(text,
                 " A private certificate waits for its private CA, not for domain validation.");
    else if (seen->kind == OBSERVED_ACM_SUMMARY)
        text_add(text, " A list does not show what is missing; describe the certificate.");
    else
        add_waiting(&seen->acm->domains, text);
}

static void add_deadline(const struct observation *seen, const struct policy *policy,
                         struct text *text)
{
    const struct moment *end = &seen->not_after;
    if (end->state != MOMENT_READABLE) {
        text_add(text, " The export contains no readable NotAfter.");
        return;
    }
    bool expired = acm_005_has_expired(seen, policy);
    text_add(text, expired ? " The certificate expired on " : " The certificate is valid until ");
    timestamp_add_date(&end->at, text);
    text_add(text, ", ");
    add_units(text,
              expired ? timestamp_units_between(&end->at, &policy->as_of, TIMESTAMP_DAY)
                      : timestamp_units_between(&policy->as_of, &end->at, TIMESTAMP_DAY),
              "day");
    text_add(text, expired ? " ago." : " left.");
    add_zone(end, "NotAfter", text);
}

/* A value that is missing or not in the API. */
static void add_not_in_api(const char *name, const struct member *member, struct text *text)
{
    if (member->state == MEMBER_ABSENT)
        text_addf(text, "The export contains no %s", name);
    else
        text_addf(text, "%s %s%s%s is not a value of the ACM API", name,
                  member->state == MEMBER_TEXT ? "\"" : "", member->text,
                  member->state == MEMBER_TEXT ? "\"" : "");
}

static void add_renewal_unknown(const struct acm_facts *acm, struct text *text)
{
    const struct acm_005_renewal renewal = acm_005_renewal(acm);
    if (acm->renewal_is_object || renewal.beside)
        add_not_in_api("RenewalStatus", renewal.status, text);
    else
        text_add(text, "RenewalSummary is not an object");
    text_add(text, ", so the state of the renewal is unknown; describe the certificate again.");
}

/* ACM renews private certificates too, but not imported ones. */
static void add_silence(const struct observation *seen, struct text *text)
{
    if (evidence_member_is(&seen->acm->type, "IMPORTED"))
        return;
    if (seen->kind == OBSERVED_ACM_SUMMARY)
        text_add(text, " A list does not show whether its renewal failed; describe the "
                       "certificate.");
    else if (acm_005_is_cut_down(seen->acm))
        text_add(text, " The description was cut down, so it does not show whether its renewal "
                       "failed; export it again in full.");
}

static void add_ended(const struct observation *seen, const struct policy *policy,
                      struct text *text)
{
    const struct member *status = &seen->acm->status;
    bool revoked = evidence_member_is(status, "REVOKED");
    const struct moment *since = revoked ? &seen->acm->revoked : &seen->not_after;
    bool dated = !evidence_member_is(status, "INACTIVE");
    bool readable = dated && since->state == MOMENT_READABLE;
    bool later = readable && timestamp_compare(&since->at, &policy->as_of) > 0;
    const char *name = revoked ? "RevokedAt" : "NotAfter";
    text_addf(text, "No request is pending. The certificate %s %s",
              readable && !later ? "has been" : "is", status->text);
    if (!dated)
        text_add(text, " (the export does not say since when)");
    else if (!readable)
        text_addf(text, " (the export contains no readable %s)", name);
    else if (later) {
        text_addf(text, ", although its %s (", name);
        timestamp_add_date(&since->at, text);
        text_add(text, ") is after the as-of time");
    } else {
        text_add(text, " since ");
        timestamp_add_date(&since->at, text);
    }
    text_add(text, seen->in_use == IN_USE_YES  ? ". It is in use."
                   : seen->in_use == IN_USE_NO ? ". It is not in use."
                                               : ". The export does not say whether it is in use.");
    text_add(text, " This rule does not assess whether a certificate is expired, inactive or "
                   "revoked.");
    add_silence(seen, text);
    if (dated)
        add_zone(since, name, text);
}

static void add_not_renewed(const struct observation *seen, struct text *text)
{
    const char *origin = seen->acm->key_pair_origin;
    if (origin != NULL && strcmp(origin, "ACME") == 0)
        text_add(text, " It is an ACME certificate: its client renews it, not ACM.");
    else if (seen->in_use == IN_USE_NO && seen->acm->exported)
        text_add(text, " It is not in use by an AWS service and is INELIGIBLE for renewal: ACM "
                       "will not renew it automatically unless it is exported, which makes it "
                       "eligible.");
    else if (seen->in_use == IN_USE_NO)
        text_add(text, " It is not in use by an AWS service and is INELIGIBLE for renewal: ACM "
                       "will not renew it automatically.");
}

/* It does not change the result: the old method is in force whatever the state of the change. */
static void add_update_unknown(const struct acm_update *update, struct text *text)
{
    if (update == NULL || evidence_member_is(&update->status, "SUCCESS"))
        return;
    text_add(text, " ");
    add_not_in_api("UpdateSummary.Status", &update->status, text);
    text_add(text, ", so it is unknown whether a change of the validation method is pending.");
}

static void add_nothing_pending(const struct observation *seen, struct text *text)
{
    text_add(text, "Issued; neither the request nor a renewal is pending validation.");
    if (evidence_member_is(&seen->acm->renewal_eligibility, "INELIGIBLE"))
        add_not_renewed(seen, text);
    add_update_unknown(seen->acm->update, text);
    size_t waiting = 0;
    for (size_t i = 0; i < seen->acm->domains.count; i++) {
        const struct domain *domain = &seen->acm->domains.items[i];
        if (domain->status == NULL || !evidence_domain_waits(domain) || waiting++ >= LIMIT_TOLD)
            continue;
        text_addf(text, "%s%s (%s)",
                  waiting == 1 ? " Not validated according to the export: " : ", ",
                  or_not_stated(domain->name), domain->status);
    }
    if (waiting > LIMIT_TOLD)
        text_addf(text, " and %zu more", waiting - LIMIT_TOLD);
    text_add(text, waiting > 0 ? "." : "");
    add_zone(&seen->not_after, "NotAfter", text);
}

static void add_under_way(const struct observation *seen, const struct policy *policy,
                          struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    text_add(text, "Issued; ACM is renewing it automatically (PENDING_AUTO_RENEWAL");
    if (acm->renewal_updated.state == MOMENT_READABLE) {
        text_add(text, " since ");
        timestamp_add_date(&acm->renewal_updated.at, text);
    }
    text_add(text, "); no action is required.");
    if (acm->renewal_status_reason.state != MEMBER_ABSENT)
        text_addf(text, " RenewalStatusReason: %s.", acm->renewal_status_reason.text);
    (void)add_not_validated(&acm->renewal_domains, text);
    add_deadline(seen, policy, text);
}

static void add_method_change(const struct observation *seen, const struct policy *policy,
                              struct text *text)
{
    const struct moment *requested = &seen->acm->update->requested;
    struct timestamp end;
    text_add(text, "Issued; a change of the validation method is pending");
    if (!acm_005_update_end(seen, &end)) {
        text_add(text, "; the export contains no readable RequestedAt.");
    } else {
        bool over = timestamp_compare(&policy->as_of, &end) > 0;
        text_add(text, " since ");
        timestamp_add(&requested->at, text);
        text_addf(text, "; its 72-hour window %s on ", over ? "closed" : "closes");
        timestamp_add(&end, text);
        text_add(text, over ? ". The state has probably changed since: export again." : ".");
    }
    text_add(text, " The old method is still in force.");
    add_zone(requested, "RequestedAt", text);
}

static void add_not_shown(struct text *text)
{
    text_add(text,
             "The description was cut down (by --query or jq, for example): it lacks one "
             "of " ACM_005_WHOLE ", which AWS always prints after a certificate was issued. So its "
             "silence about a renewal shows nothing; export it again in full.");
}

static void add_not_validated_by_acm(const struct observation *seen, struct text *text)
{
    text_addf(text, "Type is %s; ACM does not validate its domains.", seen->acm->type.text);
    add_silence(seen, text);
}

static void add_redacted(const struct observation *seen, struct text *text)
{
    text_addf(text,
              "The ARN is masked (%s), and records of different certificates have it, so the "
              "certificate cannot be identified. Export again, or replace each account and "
              "certificate id by a pseudonym of its own.",
              seen->arn.text);
}

static void add_failed(const char *what, const struct member *reason, const char *member,
                       struct text *text)
{
    text_addf(text, "%s failed. ", what);
    if (reason->state == MEMBER_ABSENT)
        text_addf(text, "The export contains no %s", member);
    else
        text_addf(text, "%s: %s", member, reason->text);
    text_addf(text, ". What to do: %s, then request a new certificate.", acm_005_remedy(reason));
}

/* An expired certificate in use is replaced, not only renewed. */
static void add_in_use(const struct observation *seen, const struct policy *policy,
                       struct text *text)
{
    if (seen->in_use == IN_USE_YES && acm_005_has_expired(seen, policy))
        text_add(text, seen->acm->in_use_by != NULL
                           ? " It is in use: replace it on the resources that InUseBy names."
                           : " It is in use: replace it on the resources that use it.");
}

static void add_past_not_after(const struct observation *seen, const struct policy *policy,
                               struct text *text)
{
    text_add(text, "Status is ISSUED, but the certificate expired on ");
    timestamp_add_date(&seen->not_after.at, text);
    text_add(text, ", ");
    add_units(text, timestamp_units_between(&seen->not_after.at, &policy->as_of, TIMESTAMP_DAY),
              "day");
    text_add(text,
             " before the as-of time; the export, or ACM's own record, is out of date. Export "
             "again.");
    add_zone(&seen->not_after, "NotAfter", text);
}

static void add_unknown(const struct observation *seen, enum acm_005 which,
                        const struct policy *policy, struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    if (which == ACM_005_ARN_UNKNOWN) {
        text_add(text, "The record has no ARN, so the certificate cannot be identified");
    } else if (which == ACM_005_STATUS_UNKNOWN) {
        add_not_in_api("Status", &acm->status, text);
    } else if (which == ACM_005_RENEWAL_UNKNOWN) {
        add_renewal_unknown(acm, text);
        return;
    } else if (which == ACM_005_LISTED_ONLY) {
        text_addf(text,
                  "A list shows Status %s, but not the state of a renewal; describe the "
                  "certificate.",
                  acm->status.text);
        return;
    } else if (which == ACM_005_TYPE_UNKNOWN) {
        add_not_in_api("Type", &acm->type, text);
        if (acm->type.state == MEMBER_ABSENT)
            text_add(text, " (an AWS CLI too old to print Type also omits RenewalSummary)");
        text_add(text, ", so a pending renewal cannot be ruled out");
    } else if (which == ACM_005_PAST_NOT_AFTER) {
        add_past_not_after(seen, policy, text);
        return;
    } else {
        text_add(text, seen->not_after.state == MOMENT_ABSENT
                           ? "The export contains no NotAfter, so it is unknown whether the "
                             "certificate has expired"
                           : "NotAfter is unreadable, so it is unknown whether the certificate has "
                             "expired");
    }
    /* Without an ARN there is nothing to describe. */
    text_add(text, seen->kind == OBSERVED_ACM_SUMMARY && which != ACM_005_ARN_UNKNOWN
                       ? ". Describe the certificate."
                       : ". Export again with a current AWS CLI, without --query.");
}

static void add_failing(const struct observation *seen, enum acm_005 which,
                        const struct policy *policy, struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    if (which == ACM_005_REQUEST_PENDING || which == ACM_005_REQUEST_PENDING_PAST_72H) {
        add_pending_request(seen, policy, text);
    } else if (which == ACM_005_REQUEST_TIMED_OUT) {
        text_add(text, "The request was not validated within 72 hours and has lapsed; request a "
                       "new certificate.");
    } else if (which == ACM_005_REQUEST_FAILED) {
        add_failed("The request", &acm->failure_reason, "FailureReason", text);
    } else if (which == ACM_005_RENEWAL_PENDING) {
        text_add(text, "The renewal is pending validation.");
        add_deadline(seen, policy, text);
        add_renewal_waiting(seen, text);
    } else {
        add_failed("The renewal", &acm->renewal_status_reason, "RenewalStatusReason", text);
        add_deadline(seen, policy, text);
        add_in_use(seen, policy, text);
        (void)add_not_validated(&acm->renewal_domains, text);
    }
}

static void add_passing(const struct observation *seen, enum acm_005 which,
                        const struct policy *policy, struct text *text)
{
    if (which == ACM_005_RENEWAL_UNDER_WAY)
        add_under_way(seen, policy, text);
    else if (which == ACM_005_METHOD_CHANGE_PENDING)
        add_method_change(seen, policy, text);
    else if (which == ACM_005_METHOD_CHANGE_FAILED)
        text_add(text, "Issued; a change of the validation method failed. The old method is still "
                       "in force.");
    else
        add_nothing_pending(seen, text);
}

void acm_005_reason(const struct observation *seen, const struct condition *condition,
                    const struct policy *policy, struct text *text)
{
    enum acm_005 which = acm_005_which(condition);
    if (condition->result == RESULT_FAIL)
        add_failing(seen, which, policy, text);
    else if (condition->result == RESULT_PASS)
        add_passing(seen, which, policy, text);
    else if (which == ACM_005_ENDED)
        add_ended(seen, policy, text);
    else if (which == ACM_005_NOT_VALIDATED_BY_ACM)
        add_not_validated_by_acm(seen, text);
    else if (which == ACM_005_RENEWAL_NOT_SHOWN)
        add_not_shown(text);
    else if (which == ACM_005_IDENTITY_REDACTED)
        add_redacted(seen, text);
    else
        add_unknown(seen, which, policy, text);
}
