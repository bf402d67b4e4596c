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
    if (field != NULL)
        text_add_bytes(&region, field, length);
    struct remediation remedy = remediation_begin(text, command);
    remediation_option(&remedy, "--region", text_string(&region), "REGION");
    text_free(&region);
    return remedy;
}

static void add_arn(const struct observation *seen, struct remediation *remedy)
{
    remediation_option(remedy, "--certificate-arn",
                       seen->arn.state == MEMBER_TEXT ? seen->arn.text : NULL, "ARN");
}

void acm_005_describe(const struct observation *seen, struct text *text)
{
    struct remediation remedy = begin(seen, "aws acm describe-certificate --output json", text);
    add_arn(seen, &remedy);
    remediation_end(&remedy);
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

static void add_record(const struct domain *domain, struct text *text)
{
    struct remediation note =
        remediation_begin_note(text, "create this DNS record (name, type, value) and keep it:");
    remediation_word(&note, domain->record_name);
    remediation_word(&note, domain->record_type != NULL ? domain->record_type : "CNAME");
    remediation_word(&note, domain->record_value != NULL ? domain->record_value : "?");
    remediation_end(&note);
}

static void add_redirect(const struct domain *domain, struct text *text)
{
    struct remediation note = remediation_begin_note(text, "serve this HTTP redirect (from, to):");
    remediation_word(&note, domain->redirect_from != NULL ? domain->redirect_from : "?");
    remediation_word(&note, domain->redirect_to != NULL ? domain->redirect_to : "?");
    remediation_end(&note);
}

static void add_validation(const struct observation *seen, const struct domains *domains,
                           struct text *text)
{
    size_t known = 0, waiting = 0;
    for (size_t i = 0; i < domains->count; i++) {
        const struct domain *domain = &domains->items[i];
        bool by_mail = domain->emails != NULL ||
                       (domain->method != NULL && strcmp(domain->method, "EMAIL") == 0);
        if (!evidence_domain_waits(domain))
            continue;
        waiting++;
        known += domain->record_name != NULL || domain->redirect_from != NULL ||
                 domain->redirect_to != NULL || by_mail;
        if (domain->record_name != NULL)
            add_record(domain, text);
        else if (domain->redirect_from != NULL || domain->redirect_to != NULL)
            add_redirect(domain, text);
        else if (by_mail)
            add_resend(seen, domain, text);
    }
    if (waiting == 0 || known < waiting) {
        remediation_note(text, "describe it again: the export lacks validation data");
        acm_005_describe(seen, text);
    }
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
        acm_005_describe(seen, text);
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

void acm_005_remediation(const struct observation *seen, const struct condition *condition,
                         struct text *text)
{
    switch (acm_005_which(condition)) {
    case ACM_005_REQUEST_PENDING:
        if (seen->kind == OBSERVED_ACM_SUMMARY || evidence_member_is(&seen->acm->type, "PRIVATE"))
            acm_005_describe(seen, text);
        else
            add_validation(seen, &seen->acm->domains, text);
        break;
    case ACM_005_RENEWAL_PENDING:
        add_validation(seen, &seen->acm->renewal_domains, text);
        break;
    case ACM_005_REQUEST_PENDING_PAST_72H:
    case ACM_005_REQUEST_TIMED_OUT:
    case ACM_005_REQUEST_FAILED:
    case ACM_005_RENEWAL_FAILED:
        add_request(seen, text);
        break;
    case ACM_005_ARN_UNKNOWN:
    case ACM_005_STATUS_UNKNOWN:
    case ACM_005_RENEWAL_UNKNOWN:
    case ACM_005_LISTED_ONLY:
    case ACM_005_TYPE_UNKNOWN:
    case ACM_005_PAST_NOT_AFTER:
    case ACM_005_NOT_AFTER_UNKNOWN:
        acm_005_describe(seen, text);
        break;
    case ACM_005_NOT_VALIDATED_BY_ACM:
    case ACM_005_ENDED:
    case ACM_005_NOTHING_PENDING:
        break;
    }
}
