/* judge.c: see judge.h. */
#include "audit/judge.h"
#include "base/pool.h"
#include "base/text.h"
#include <string.h>

/* A certificate under a rule. descriptions: those that other records are compared with, one of each
 * kind that contradicts the others. */
struct judging {
    const struct policy *policy;
    const struct rule *rule;
    const struct certificate *certificate;
    const struct observation *descriptions[LIMIT_DESCRIPTIONS];
    size_t count;
};

static unsigned deciding(const struct judging *judging, const struct observation *left,
                         const struct observation *right)
{
    return judging->rule->differ(left, right, judging->policy).deciding;
}

static bool is_cut_down(const struct judging *judging, const struct observation *seen)
{
    return judging->rule->evaluate(seen, judging->policy) == judging->rule->cut_down;
}

static bool is_known(const struct judging *judging, const struct observation *seen)
{
    for (size_t i = 0; i < judging->count; i++) {
        const struct observation *known = judging->descriptions[i];
        if (deciding(judging, known, seen) == 0 &&
            is_cut_down(judging, known) == is_cut_down(judging, seen))
            return true;
    }
    return false;
}

static struct judging begin(const struct policy *policy, const struct rule *rule,
                            const struct certificate *certificate)
{
    struct judging judging = {.policy = policy, .rule = rule, .certificate = certificate};
    if (certificate->record_count == 1)
        return judging;
    for (size_t i = 0; i < certificate->record_count && judging.count < LIMIT_DESCRIPTIONS; i++) {
        const struct observation *seen = certificate->records[i];
        if (seen->kind == OBSERVED_ACM_DESCRIPTION && !is_known(&judging, seen))
            judging.descriptions[judging.count++] = seen;
    }
    return judging;
}

/* Whether the description says all that the record says. */
static bool completes(const struct judging *judging, const struct observation *description,
                      const struct observation *seen)
{
    struct difference difference = judging->rule->differ(description, seen, judging->policy);
    return difference.deciding == 0 && !difference.left_is_silent;
}

/* A summary that agrees with a description does not count by itself, nor does a description that
 * was cut down and agrees with one that was not. All else does. */
static bool counts(const struct judging *judging, const struct observation *seen)
{
    bool described = seen->kind == OBSERVED_ACM_DESCRIPTION;
    if (judging->count == 0 || (described && !is_cut_down(judging, seen)))
        return true;
    for (size_t i = 0; i < judging->count; i++) {
        const struct observation *description = judging->descriptions[i];
        if ((!described || !is_cut_down(judging, description)) &&
            completes(judging, description, seen))
            return false;
    }
    return true;
}

/* Whether the record says less than a description that is whole. */
static bool is_brief(const struct rule *rule, const struct condition *condition)
{
    return condition == rule->cut_down || condition == rule->listed_only;
}

/* Whether a record counts and contradicts the one that decided. */
static bool contradicts(const struct judging *judging, const struct finding *finding,
                        const struct observation *seen)
{
    if (seen == finding->seen || !counts(judging, seen))
        return false;
    const struct rule *rule = judging->rule;
    const struct condition *condition = rule->evaluate(seen, judging->policy);
    const struct condition *decided = rule->evaluate(finding->seen, judging->policy);
    return deciding(judging, finding->seen, seen) != 0 ||
           (condition != decided && !is_brief(rule, condition) && !is_brief(rule, decided));
}

struct finding judge_certificate(const struct policy *policy, const struct rule *rule,
                                 const struct certificate *certificate, struct pool *pool)
{
    struct finding finding = {.rule = rule, .certificate = certificate};
    const struct judging judging = begin(policy, rule, certificate);
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct observation *seen = certificate->records[i];
        if (!counts(&judging, seen))
            continue;
        const struct condition *condition = rule->evaluate(seen, policy);
        if (finding.condition == NULL || condition->result < finding.condition->result) {
            finding.condition = condition;
            finding.seen = seen;
        }
    }
    for (size_t i = 0; i < certificate->record_count && !finding.conflict; i++)
        finding.conflict = contradicts(&judging, &finding, certificate->records[i]);
    if (certificate->redacted && finding.condition->result != RESULT_FAIL)
        finding.condition = rule->identity_redacted;
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

static void add_source(const struct judging *judging, const struct observation *seen,
                       struct text *text)
{
    const struct condition *condition = judging->rule->evaluate(seen, judging->policy);
    text_addf(text, "%s:%zu gives %s (", seen->file->name, seen->line,
              rules_result_name(condition->result));
    rules_add_observed(seen, condition, text);
    text_add(text, ")");
}

/* `Status, Type and NotAfter` */
static void add_members(const struct rule *rule, unsigned members, struct text *text)
{
    size_t mark = text->length;
    for (size_t i = 0; rule->members[i] != NULL && members != 0; i++) {
        if ((members & 1U << i) == 0)
            continue;
        members &= ~(1U << i);
        text_add_separator(text, mark, members == 0 ? " and " : ", ");
        text_add(text, rule->members[i]);
    }
}

static void add_more(size_t count, struct text *text)
{
    if (count > LIMIT_CONFLICTS)
        text_addf(text, ", and %zu more (see Certificates, sources)", count - LIMIT_CONFLICTS);
}

static unsigned add_conflict(const struct judging *judging, const struct finding *finding,
                             struct text *text)
{
    const struct certificate *certificate = judging->certificate;
    struct text sources = TEXT_EMPTY;
    unsigned members = 0;
    size_t differing = 0;
    add_source(judging, finding->seen, &sources);
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct observation *seen = certificate->records[i];
        if (!contradicts(judging, finding, seen))
            continue;
        members |= deciding(judging, finding->seen, seen);
        if (differing++ >= LIMIT_CONFLICTS)
            continue;
        text_add(&sources, ", ");
        add_source(judging, seen, &sources);
    }
    add_more(differing, &sources);
    text_add(text, " The exports conflict");
    if (members != 0)
        text_add(text, " on ");
    add_members(judging->rule, members, text);
    text_addf(text, ": %s; the worst counts.", text_string(&sources));
    text_free(&sources);
    return members;
}

/* Members that differ as well, but do not change the result. */
static void add_others(const struct judging *judging, const struct finding *finding,
                       unsigned conflicting, struct text *text)
{
    const struct certificate *certificate = judging->certificate;
    struct text sources = TEXT_EMPTY;
    unsigned members = 0;
    size_t differing = 0;
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct observation *seen = certificate->records[i];
        unsigned others =
            judging->rule->differ(finding->seen, seen, judging->policy).other & ~conflicting;
        members |= others;
        if (others == 0 || differing++ >= LIMIT_CONFLICTS)
            continue;
        text_addf(&sources, "%s%s:%zu", sources.length > 0 ? ", " : "", seen->file->name,
                  seen->line);
    }
    add_more(differing, &sources);
    if (members != 0) {
        text_addf(text, " The exports %sdiffer on ", finding->conflict ? "also " : "");
        add_members(judging->rule, members, text);
        text_addf(text, " (%s:%zu and %s), which does not change the result.",
                  finding->seen->file->name, finding->seen->line, text_string(&sources));
    }
    text_free(&sources);
}

void judge_add_differences(const struct policy *policy, const struct finding *finding,
                           struct text *text)
{
    if (finding->certificate->record_count == 1)
        return;
    const struct judging judging = begin(policy, finding->rule, finding->certificate);
    unsigned conflicting = finding->conflict ? add_conflict(&judging, finding, text) : 0;
    add_others(&judging, finding, conflicting, text);
}
