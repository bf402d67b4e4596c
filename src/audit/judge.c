/* judge.c: see judge.h. */
#include "audit/judge.h"
#include "base/pool.h"
#include "base/text.h"
#include <string.h>

/* The descriptions of a certificate that summaries are compared with, one for each Status and
 * RenewalStatus that they give. */
struct descriptions {
    const struct observation *seen[LIMIT_DESCRIPTIONS];
    size_t count;
};

static bool same_status(const struct observation *left, const struct observation *right)
{
    return evidence_same_member(&left->acm->status, &right->acm->status) &&
           evidence_same_member(&left->acm->renewal_status, &right->acm->renewal_status);
}

static struct descriptions find_descriptions(const struct certificate *certificate)
{
    struct descriptions found = {.count = 0};
    if (certificate->record_count == 1)
        return found;
    for (size_t i = 0; i < certificate->record_count && found.count < LIMIT_DESCRIPTIONS; i++) {
        const struct observation *seen = certificate->records[i];
        bool known = false;
        if (seen->kind != OBSERVED_ACM_DESCRIPTION)
            continue;
        for (size_t j = 0; j < found.count && !known; j++)
            known = same_status(found.seen[j], seen);
        if (!known)
            found.seen[found.count++] = seen;
    }
    return found;
}

/* A summary that agrees with a description does not count by itself. All else does. */
static bool counts(const struct descriptions *descriptions, const struct rule *rule,
                   const struct observation *seen)
{
    for (size_t i = 0; seen->kind == OBSERVED_ACM_SUMMARY && i < descriptions->count; i++)
        if (rule->agree(descriptions->seen[i], seen))
            return false;
    return true;
}

/* Whether a record counts and contradicts the one that decided. */
static bool contradicts(const struct descriptions *descriptions, const struct policy *policy,
                        const struct finding *finding, const struct observation *seen)
{
    const struct rule *rule = finding->rule;
    return seen != finding->seen && counts(descriptions, rule, seen) &&
           (!rule->agree(finding->seen, seen) ||
            rule->evaluate(seen, policy) != finding->condition);
}

struct finding judge_certificate(const struct policy *policy, const struct rule *rule,
                                 const struct certificate *certificate, struct pool *pool)
{
    struct finding finding = {.rule = rule, .certificate = certificate};
    const struct descriptions descriptions = find_descriptions(certificate);
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct observation *seen = certificate->records[i];
        if (!counts(&descriptions, rule, seen))
            continue;
        const struct condition *condition = rule->evaluate(seen, policy);
        if (finding.condition == NULL || condition->result < finding.condition->result) {
            finding.condition = condition;
            finding.seen = seen;
        }
    }
    for (size_t i = 0; i < certificate->record_count && !finding.conflict; i++)
        finding.conflict = contradicts(&descriptions, policy, &finding, certificate->records[i]);
    finding.result = finding.condition->result;
    struct timestamp due;
    if (rule->due(finding.seen, finding.condition, &due))
        finding.due = memcpy(pool_take(pool, sizeof due), &due, sizeof due);
    return finding;
}

const struct observation *judge_shown_without_rule(const struct certificate *certificate)
{
    for (size_t i = 0; i < certificate->record_count; i++)
        if (certificate->records[i]->kind == OBSERVED_ACM_DESCRIPTION)
            return certificate->records[i];
    return certificate->records[0];
}

static void add_source(const struct policy *policy, const struct rule *rule,
                       const struct observation *seen, struct text *text)
{
    const struct condition *condition = rule->evaluate(seen, policy);
    text_addf(text, "%s:%zu gives %s (", seen->file->name, seen->line,
              rules_result_name(condition->result));
    rules_add_observed(seen, condition, text);
    text_add(text, ")");
}

void judge_add_conflict(const struct policy *policy, const struct finding *finding,
                        struct text *text)
{
    const struct certificate *certificate = finding->certificate;
    const struct descriptions descriptions = find_descriptions(certificate);
    size_t differing = 0;
    text_add(text, " The exports conflict: ");
    add_source(policy, finding->rule, finding->seen, text);
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct observation *seen = certificate->records[i];
        if (!contradicts(&descriptions, policy, finding, seen) || differing++ >= LIMIT_CONFLICTS)
            continue;
        text_add(text, ", ");
        add_source(policy, finding->rule, seen, text);
    }
    if (differing > LIMIT_CONFLICTS)
        text_addf(text, ", and %zu more (see Certificates, sources)", differing - LIMIT_CONFLICTS);
    text_add(text, "; the worst counts.");
}
