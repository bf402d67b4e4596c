/* acm_005_remediation.c: remediation commands of ACM-005, to review and paste. */
#include "rules/acm_005.h"
#include "rules/remediation.h"
#include <string.h>

/* Starts a command with the region of the certificate. */
static struct remediation begin(const struct observation *seen, const char *command,
                                struct text *text)
{
    struct text region = TEXT_EMPTY;
    size_t length = 0;
    const char *field =
        seen->arn.state == MEMBER_TEXT ? evidence_arn_field(seen->arn.text, 4, &length) : NULL;
    if (field != NULL && evidence_is_region(field, length))
        text_add_bytes(&region, field, length);
    struct remediation remedy = remediation_begin(text, command);
    remedy.seen = seen;
    remediation_option(&remedy, "--region", text_string(&region), "REGION");
    text_free(&region);
    return remedy;
}

/* A masked ARN names no certificate, so nothing can be done with it. */
static bool has_arn(const struct observation *seen)
{
    return seen->arn.state == MEMBER_TEXT && !evidence_is_masked_arn(seen->arn.text);
}

static void add_arn(const struct observation *seen, struct remediation *remedy)
{
    remediation_option(remedy, "--certificate-arn", has_arn(seen) ? seen->arn.text : NULL, "ARN");
}

/* Commands below have ARN in place of an ARN that is masked or missing. */
static void note_arn(const struct observation *seen, struct text *text)
{
    if (!has_arn(seen))
        remediation_source(text,
                           seen->arn.state == MEMBER_TEXT
                               ? "the ARN in the export is masked: replace ARN by that of"
                               : "the export contains no ARN: replace ARN by that of",
                           seen);
}

static void describe(const struct observation *seen, struct text *text)
{
    struct remediation remedy = begin(seen, "aws acm describe-certificate --output json", text);
    add_arn(seen, &remedy);
    remediation_end(&remedy);
}

void acm_005_describe(const struct observation *seen, struct text *text)
{
    note_arn(seen, text);
    describe(seen, text);
}

/* Lines of at most 56 columns. A loop instead of xargs(1), which stops when the AWS CLI fails. */
const char acm_005_describe_all[] = "describe() {\n"
                                    "  types=" ACM_RSA_TYPES "\n"
                                    "  types=$types," ACM_EC_TYPES "\n"
                                    "  aws acm list-certificates --region \"$1\" \\\n"
                                    "    --includes \"keyTypes=$types\" --output text \\\n"
                                    "    --query 'CertificateSummaryList[].CertificateArn' |\n"
                                    "    tr '\\t' '\\n' | while read -r arn; do\n"
                                    "      aws acm describe-certificate --region \"$1\" \\\n"
                                    "        --certificate-arn \"$arn\" --output json\n"
                                    "    done\n"
                                    "}\n";

static void add_resend(const struct observation *seen, const struct domain *domain,
                       struct text *text)
{
    struct remediation remedy = begin(seen, "aws acm resend-validation-email", text);
    add_arn(seen, &remedy);
    remediation_option(&remedy, "--domain", domain->name, "DOMAIN");
    remediation_option(&remedy, "--validation-domain",
                       domain->validation_domain != NULL ? domain->validation_domain : domain->name,
                       "DOMAIN");
    remediation_end(&remedy);
}

static void add_record(const struct domains *domains, const struct domain *first, struct text *text)
{
    size_t count = 0;
    struct remediation note = remediation_begin_note(text, "for");
    for (size_t i = 0; i < domains->count; i++)
        if (acm_005_in_group(&domains->items[i], first) && count++ < LIMIT_TOLD)
            remediation_word(&note, domains->items[i].name != NULL ? domains->items[i].name : "?");
    if (count > LIMIT_TOLD)
        text_addf(text, " and %zu more", count - LIMIT_TOLD);
    text_add(text, " create this DNS record (name, type, value) and keep it:");
    remediation_word(&note, first->record_name);
    remediation_word(&note, first->record_type != NULL ? first->record_type : "CNAME");
    remediation_word(&note, first->record_value != NULL ? first->record_value : "?");
    remediation_end(&note);
}

static void add_redirect(const struct domain *domain, struct text *text)
{
    struct remediation note = remediation_begin_note(
        text, "CloudFront manages HTTP validation, so point the domain to the distribution, which "
              "serves this redirect (from, to):");
    remediation_word(&note, domain->redirect_from != NULL ? domain->redirect_from : "?");
    remediation_word(&note, domain->redirect_to != NULL ? domain->redirect_to : "?");
    remediation_end(&note);
}

/* The change keeps the ARN, unlike a new request. */
static void add_lasting_fix(const struct observation *seen, struct text *text)
{
    remediation_note(text, "lasting fix: change to DNS validation, which keeps the ARN. Public CAs "
                           "end e-mail validation on 15 March 2028");
    struct remediation remedy = begin(seen, "aws acm update-certificate-options", text);
    add_arn(seen, &remedy);
    text_add(text, " --options ValidationMethod=DNS");
    remediation_end(&remedy);
    remediation_note(text, "then add the CNAME records that this prints within 72 hours");
    remedy = begin(seen, "aws acm list-certificate-domain-validations", text);
    add_arn(seen, &remedy);
    remediation_end(&remedy);
}

static bool is_by_mail(const struct domain *domain)
{
    return domain->record_name == NULL && domain->redirect_from == NULL &&
           domain->redirect_to == NULL &&
           (domain->emails != NULL ||
            (domain->method != NULL && strcmp(domain->method, "EMAIL") == 0));
}

static void add_validation(const struct observation *seen, const struct domains *domains,
                           struct text *text)
{
    const struct acm_005_waiting waiting = acm_005_waiting(domains);
    bool lacking = waiting.count == 0 || waiting.more > 0, by_mail = false;
    for (size_t i = 0; i < waiting.count; i++) {
        const struct domain *domain = waiting.first[i];
        if (domain->record_name != NULL)
            add_record(domains, domain, text);
        else if (domain->redirect_from != NULL || domain->redirect_to != NULL)
            add_redirect(domain, text);
        else if (is_by_mail(domain))
            add_resend(seen, domain, text);
        else
            lacking = true;
        by_mail |= is_by_mail(domain);
    }
    if (by_mail)
        add_lasting_fix(seen, text);
    if (!lacking)
        return;
    const char *why = waiting.count > 0 || domains->count == 0
                          ? "describe it again: the export lacks validation data"
                          : "describe it again: according to the export every domain is validated";
    remediation_note(text, waiting.more > 0 ? "describe it again for the other domains" : why);
    describe(seen, text);
}

/* Outputs may spell `EC-prime256v1` what the option calls `EC_prime256v1`. RSA_2048 is the default.
 */
static void add_key_algorithm(const char *algorithm, struct remediation *remedy)
{
    struct text name = TEXT_EMPTY;
    if (algorithm == NULL)
        return;
    for (; *algorithm != '\0'; algorithm++)
        text_add_bytes(&name, *algorithm == '-' ? "_" : algorithm, 1);
    if (strcmp(text_string(&name), "RSA_2048") != 0)
        remediation_option(remedy, "--key-algorithm", text_string(&name), "RSA_2048");
    text_free(&name);
}

/* Requests the same names again, with DNS validation or from the same private CA. */
static void add_request(const struct observation *seen, struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    if (seen->kind == OBSERVED_ACM_SUMMARY) {
        remediation_note(text, "describe it first: a list may not contain all its names");
        describe(seen, text);
    }
    struct remediation remedy = begin(seen, "aws acm request-certificate", text);
    remediation_option(&remedy, "--domain-name", seen->name, "DOMAIN");
    bool first = true;
    for (size_t i = 0; i < acm->alternative_name_count; i++) {
        const char *name = acm->alternative_names[i];
        if (strcmp(name, seen->name) == 0)
            continue; /* AWS repeats DomainName in this list */
        if (first)
            remediation_option(&remedy, "--subject-alternative-names", name, "DOMAIN");
        else
            remediation_word(&remedy, name);
        first = false;
    }
    if (evidence_member_is(&acm->type, "PRIVATE"))
        remediation_option(&remedy, "--certificate-authority-arn", acm->authority_arn, "CA_ARN");
    else
        remediation_option(&remedy, "--validation-method", "DNS", "DNS");
    add_key_algorithm(acm->key_algorithm, &remedy);
    remediation_end(&remedy);
}

/* What AWS documents for each value of FailureReason and RenewalStatusReason. */
static const struct {
    const char *reason, *remedy;
} remedies[] = {
    {"NO_AVAILABLE_CONTACTS", "choose DNS validation, which needs no mailbox"},
    {"ADDITIONAL_VERIFICATION_REQUIRED",
     "open a case with AWS Support, which must verify the request"},
    {"DOMAIN_NOT_ALLOWED",
     "have the domain taken off lists of unsafe domains, such as that of VirusTotal"},
    {"INVALID_PUBLIC_DOMAIN", "replace the names that are not public domains"},
    {"DOMAIN_VALIDATION_DENIED", "agree with the owner of the domain, who rejected the validation"},
    {"CAA_ERROR", "allow the CAs of Amazon in the CAA record of the domain (amazon.com, "
                  "amazontrust.com, awstrust.com or amazonaws.com)"},
    {"PCA_LIMIT_EXCEEDED", "have the quota of the private CA raised, or choose another private CA"},
    {"PCA_INVALID_ARN", "choose a private CA that exists in this region"},
    {"PCA_INVALID_STATE", "activate the private CA, or choose an active one"},
    {"PCA_REQUEST_FAILED", "find out why the private CA rejected the request"},
    {"PCA_NAME_CONSTRAINTS_VALIDATION",
     "choose names that the name constraints of the private CA allow"},
    {"PCA_RESOURCE_NOT_FOUND", "choose a private CA that exists and is shared with the account"},
    {"PCA_INVALID_ARGS", "correct what the private CA rejected in the request"},
    {"PCA_INVALID_DURATION",
     "renew the certificate of the private CA, which would expire before the new one"},
    {"PCA_ACCESS_DENIED", "give ACM access to the private CA"},
    {"SLR_NOT_FOUND", "create the service-linked role for ACM (iam create-service-linked-role)"},
    {"OTHER", "ask AWS Support for the cause, which ACM does not state"},
};

const char *acm_005_remedy(const struct member *reason)
{
    for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++)
        if (evidence_member_is(reason, remedies[i].reason))
            return remedies[i].remedy;
    return "find the cause in a new description or the console";
}

/* First the cause, or the new request fails as well. */
static void add_failure(const struct observation *seen, const struct member *reason,
                        struct text *text)
{
    struct text note = TEXT_EMPTY;
    text_addf(&note, "first %s, then request a new certificate", acm_005_remedy(reason));
    remediation_note(text, text_string(&note));
    text_free(&note);
    add_request(seen, text);
}

/* A new certificate has a new ARN, which the resources in use must be given. */
static void add_replacement(const struct observation *seen, const struct policy *policy,
                            struct text *text)
{
    if (seen->in_use != IN_USE_YES)
        return;
    struct remediation note = remediation_begin_note(
        text, acm_005_has_expired(seen, policy)
                  ? "it has expired and is in use: replace it as soon as the new one is issued, on"
                  : "when the new one is issued, replace the old one on");
    if (seen->acm->in_use_by != NULL)
        remediation_word(&note, seen->acm->in_use_by);
    else
        text_add(text, " each resource that uses it");
    remediation_end(&note);
}

static void add_failing(const struct observation *seen, enum acm_005 which,
                        const struct policy *policy, struct text *text)
{
    const struct acm_facts *acm = seen->acm;
    bool private = evidence_member_is(&acm->type, "PRIVATE");
    bool listed = seen->kind == OBSERVED_ACM_SUMMARY;
    if (which == ACM_005_REQUEST_PENDING && (listed || private)) {
        describe(seen, text);
    } else if (which == ACM_005_REQUEST_PENDING) {
        add_validation(seen, &acm->domains, text);
    } else if (which == ACM_005_REQUEST_PENDING_PAST_72H) {
        remediation_note(text,
                         "export it again, and if the request has timed out, request a new one");
        if (!listed)
            describe(seen, text);
        add_request(seen, text);
    } else if (which == ACM_005_REQUEST_FAILED) {
        add_failure(seen, &acm->failure_reason, text);
    } else if (which == ACM_005_RENEWAL_PENDING && acm->renewal_is_object) {
        add_validation(seen, &acm->renewal_domains, text);
    } else if (which == ACM_005_RENEWAL_PENDING) {
        describe(seen, text);
    } else if (which == ACM_005_RENEWAL_FAILED) {
        add_failure(seen, &acm->renewal_status_reason, text);
        add_replacement(seen, policy, text);
    } else { /* timed out */
        add_request(seen, text);
    }
}

void acm_005_remediation(const struct observation *seen, const struct condition *condition,
                         const struct policy *policy, struct text *text)
{
    struct text commands = TEXT_EMPTY;
    if (condition->result == RESULT_FAIL)
        add_failing(seen, acm_005_which(condition), policy, &commands);
    else if (condition->result == RESULT_UNKNOWN)
        describe(seen, &commands);
    if (strstr(text_string(&commands), "--certificate-arn ARN") != NULL)
        note_arn(seen, text);
    text_add(text, text_string(&commands));
    text_free(&commands);
}
