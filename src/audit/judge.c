/* judge.c: see judge.h. */
#include "audit/judge.h"
#include "audit/assess.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "evidence/record.h"
#include <stdlib.h>
#include <string.h>

struct judge {
    const struct policy *policy;
    struct record_view *view, *decided;
    /* The descriptions of a certificate, one for each Status and RenewalStatus that they give;
     * what goes past the room is not looked at. */
    struct record_view *views[LIMIT_DESCRIPTIONS];
    const struct observation *descriptions[LIMIT_DESCRIPTIONS];
    size_t description_count;
    struct pool *pool; /* of what findings hold */
};

struct judge *judge_new(const struct policy *policy)
{
    struct judge *judge = memory_resize(NULL, 1, sizeof *judge);
    *judge = (struct judge){.policy = policy, .view = record_view_new(), .pool = pool_new()};
    return judge;
}

void judge_free(struct judge *judge, struct pool *pool)
{
    if (pool != NULL)
        pool_adopt(pool, judge->pool);
    else
        pool_free(judge->pool);
    record_view_free(judge->view);
    record_view_free(judge->decided);
    for (size_t i = 0; i < LIMIT_DESCRIPTIONS; i++)
        record_view_free(judge->views[i]);
    free(judge);
}

/* Opens the record in a view that is made when it is first needed: most certificates have one
 * record. */
static const struct observation *look(const struct record *record, struct record_view **view)
{
    if (*view == NULL)
        *view = record_view_new();
    return record_open(record, *view);
}

static void find_descriptions(struct judge *judge, const struct certificate *certificate)
{
    size_t count = 0;
    for (size_t i = 0; i < certificate->record_count && certificate->record_count > 1; i++) {
        if (record_kind(certificate->records[i]) != OBSERVED_ACM_DESCRIPTION ||
            count == LIMIT_DESCRIPTIONS)
            continue;
        const struct observation *seen = look(certificate->records[i], &judge->views[count]);
        bool known = false;
        for (size_t j = 0; j < count && !known; j++)
            known =
                evidence_same_member(&judge->descriptions[j]->acm->status, &seen->acm->status) &&
                evidence_same_member(&judge->descriptions[j]->acm->renewal_status,
                                     &seen->acm->renewal_status);
        if (!known)
            judge->descriptions[count++] = seen;
    }
    judge->description_count = count;
}

/* A description completes a summary that does not contradict it: then the summary does not count
 * by itself. All else does. */
static bool counts(const struct judge *judge, const struct rule *rule,
                   const struct observation *seen)
{
    for (size_t i = 0; seen->kind == OBSERVED_ACM_SUMMARY && i < judge->description_count; i++)
        if (rule->agree(judge->descriptions[i], seen))
            return false;
    return true;
}

/* Whether a record says something else than the one that decided, and counts. */
static bool differs(struct judge *judge, const struct finding *finding,
                    const struct observation *decided, const struct record *record)
{
    const struct rule *rule = finding->rule;
    if (record == finding->certificate->decided)
        return false;
    const struct observation *seen = record_open(record, judge->view);
    return counts(judge, rule, seen) && (!rule->agree(decided, seen) ||
                                         rule->evaluate(seen, judge->policy) != finding->condition);
}

void judge_certificate(struct judge *judge, const struct rule *rule,
                       struct certificate *certificate, struct finding *finding)
{
    const struct observation *decided = NULL;
    find_descriptions(judge, certificate);
    *finding = (struct finding){.rule = rule, .certificate = certificate};
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct observation *seen = record_open(certificate->records[i], judge->view);
        if (!counts(judge, rule, seen))
            continue;
        const struct condition *condition = rule->evaluate(seen, judge->policy);
        if (finding->condition == NULL || condition->result < finding->condition->result) {
            finding->condition = condition;
            certificate->decided = certificate->records[i];
            decided = seen;
        }
    }
    if (certificate->record_count > 1)
        decided = look(certificate->decided, &judge->decided);
    for (size_t i = 0; i < certificate->record_count && !finding->conflict; i++)
        finding->conflict = differs(judge, finding, decided, certificate->records[i]);
    finding->result = finding->condition->result;
    struct timestamp due;
    if (rule->due(decided, finding->condition, &due))
        finding->due = memcpy(pool_take(judge->pool, sizeof due), &due, sizeof due);
    certificate->assessed = finding->result != RESULT_UNKNOWN;
}

const struct record *judge_shown_without_rule(const struct certificate *certificate)
{
    for (size_t i = 0; i < certificate->record_count; i++)
        if (record_kind(certificate->records[i]) == OBSERVED_ACM_DESCRIPTION)
            return certificate->records[i];
    return certificate->records[0];
}

static void add_source(const struct judge *judge, const struct rule *rule,
                       const struct observation *seen, struct text *text)
{
    const struct condition *condition = rule->evaluate(seen, judge->policy);
    text_addf(text, "%s:%zu gives %s (", seen->file->name, seen->line,
              rules_result_name(condition->result));
    rules_add_observed(seen, condition, text);
    text_add(text, ")");
}

void judge_add_conflict(const struct policy *policy, const struct finding *finding,
                        struct text *text)
{
    const struct certificate *certificate = finding->certificate;
    struct judge *judge = judge_new(policy);
    const struct observation *decided = look(certificate->decided, &judge->decided);
    size_t differing = 0;
    find_descriptions(judge, certificate);
    text_add(text, " The exports conflict: ");
    add_source(judge, finding->rule, decided, text);
    for (size_t i = 0; i < certificate->record_count; i++) {
        if (!differs(judge, finding, decided, certificate->records[i]) ||
            differing++ >= LIMIT_CONFLICTS)
            continue;
        text_add(text, ", ");
        add_source(judge, finding->rule, &judge->view->seen, text);
    }
    if (differing > LIMIT_CONFLICTS)
        text_addf(text, ", and %zu more (see Certificates, sources)", differing - LIMIT_CONFLICTS);
    text_add(text, "; the worst counts.");
    judge_free(judge, NULL);
}
