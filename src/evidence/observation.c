/* observation.c: see observation.h. */
#include "evidence/observation.h"
#include "base/pool.h"
#include "base/text.h"
#include <string.h>

/* Values that most records contain: sharing them saves 145 bytes a certificate. */
static const char *const common[] = {
    "",        "ISSUED", "AMAZON_ISSUED", "ELIGIBLE", "INELIGIBLE", "RSA-2048",   "RSA_2048",
    "SUCCESS", "DNS",    "CNAME",         "Amazon",   "{...}",      "AWS_MANAGED"};

static void keep_text(struct pool *pool, const char **text)
{
    if (*text == NULL)
        return;
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (**text == *common[i] && strcmp(*text, common[i]) == 0) {
            *text = common[i];
            return;
        }
    *text = pool_text(pool, *text);
}

static void keep_moment(struct pool *pool, struct moment *moment)
{
    keep_text(pool, &moment->text);
    if (moment->state == MOMENT_READABLE && *moment->at.fraction != '\0')
        keep_text(pool, &moment->at.fraction);
}

static void keep_domain(struct pool *pool, struct domain *domain)
{
    if (!evidence_domain_waits(domain))
        *domain = (struct domain){.name = domain->name,
                                  .validation_domain = domain->validation_domain,
                                  .method = domain->method,
                                  .status = domain->status};
    const char **texts[] = {&domain->name,         &domain->validation_domain, &domain->method,
                            &domain->status,       &domain->record_name,       &domain->record_type,
                            &domain->record_value, &domain->redirect_from,     &domain->redirect_to,
                            &domain->emails};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        keep_text(pool, texts[i]);
}

static void keep_domains(struct pool *pool, struct domains *domains)
{
    if (domains->count == 0)
        return;
    size_t size = domains->count * sizeof *domains->items;
    domains->items = memcpy(pool_take(pool, size), domains->items, size);
    for (size_t i = 0; i < domains->count; i++)
        keep_domain(pool, &domains->items[i]);
}

static void keep_names(struct pool *pool, struct acm_facts *acm)
{
    if (acm->alternative_name_count == 0)
        return;
    size_t size = acm->alternative_name_count * sizeof *acm->alternative_names;
    acm->alternative_names = memcpy(pool_take(pool, size), acm->alternative_names, size);
    for (size_t i = 0; i < acm->alternative_name_count; i++)
        keep_text(pool, &acm->alternative_names[i]);
}

static const struct acm_update *keep_update(struct pool *pool, const struct acm_update *update)
{
    if (update == NULL)
        return NULL;
    struct acm_update *kept = memcpy(pool_take(pool, sizeof *kept), update, sizeof *kept);
    keep_text(pool, &kept->status.text);
    keep_moment(pool, &kept->requested);
    keep_moment(pool, &kept->updated);
    return kept;
}

static struct acm_facts *keep_acm(struct pool *pool, const struct acm_facts *facts)
{
    struct acm_facts *acm = memcpy(pool_take(pool, sizeof *acm), facts, sizeof *acm);
    struct member *members[] = {&acm->status,         &acm->type,
                                &acm->failure_reason, &acm->renewal_summary,
                                &acm->renewal_status, &acm->renewal_status_reason,
                                &acm->renewal_beside, &acm->renewal_eligibility};
    struct moment *moments[] = {&acm->created,    &acm->issued,  &acm->imported,
                                &acm->not_before, &acm->revoked, &acm->renewal_updated};
    const char **texts[] = {&acm->issuer,        &acm->serial,    &acm->key_algorithm,
                            &acm->authority_arn, &acm->in_use_by, &acm->key_pair_origin};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        keep_text(pool, &members[i]->text);
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++)
        keep_moment(pool, moments[i]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        keep_text(pool, texts[i]);
    keep_domains(pool, &acm->domains);
    keep_domains(pool, &acm->renewal_domains);
    keep_names(pool, acm);
    acm->update = keep_update(pool, acm->update);
    return acm;
}

const struct observation *observation_keep(struct pool *pool, const struct observation *seen)
{
    struct observation *kept = memcpy(pool_take(pool, sizeof *kept), seen, sizeof *kept);
    keep_text(pool, &kept->arn.text);
    keep_text(pool, &kept->id.text);
    keep_text(pool, &kept->name);
    keep_text(pool, &kept->path);
    keep_moment(pool, &kept->uploaded);
    keep_moment(pool, &kept->not_after);
    if (seen->acm != NULL)
        kept->acm = keep_acm(pool, seen->acm);
    return kept;
}

const char *observation_arn(const struct observation *seen)
{
    return seen->arn.state == MEMBER_TEXT ? seen->arn.text : "";
}

const char *observation_id(const struct observation *seen)
{
    return seen->id.state == MEMBER_TEXT ? seen->id.text : "";
}

static int compare_numbers(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

int observation_compare(const struct observation *left, const struct observation *right)
{
    int order = left->file == right->file ? 0 : evidence_compare_files(left->file, right->file);
    if (order == 0)
        order = compare_numbers(left->document, right->document);
    if (order == 0)
        order = strcmp(left->pointer, right->pointer);
    /* A record that is not in a list comes first. */
    return order != 0 ? order : compare_numbers(left->index + 1, right->index + 1);
}

void observation_add_source(const struct observation *seen, struct text *text)
{
    text_addf(text, "%s:%zu", seen->file->name, seen->line);
    if (*seen->pointer == '\0' && seen->index == OBSERVATION_ALONE)
        return;
    text_add(text, " ");
    evidence_add_pointer(seen, "", text);
}
