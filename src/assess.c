/* assess.c: observations to certificates, certificates to findings, findings in order. */
#include "assess.h"
#include "baseline.h"
#include "memory.h"
#include "pool.h"
#include "text.h"
#include "waivers.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const struct member *member)
{
    return member->state == MEMBER_TEXT ? member->text : "";
}

/* So that what belongs to one certificate stands together, in the order of its sources. */
static int by_certificate(const void *left, const void *right)
{
    const struct observation *a = *(const struct observation *const *)left;
    const struct observation *b = *(const struct observation *const *)right;
    int order = (int)model_service(a) - (int)model_service(b);
    if (order == 0)
        order = strcmp(text_of(&a->arn), text_of(&b->arn));
    if (order == 0)
        order = strcmp(text_of(&a->id), text_of(&b->id));
    return order != 0 ? order : model_compare_sources(a, b);
}

static bool same_certificate(const struct observation *left, const struct observation *right)
{
    return left->arn.state == MEMBER_TEXT && right->arn.state == MEMBER_TEXT &&
           model_service(left) == model_service(right) &&
           strcmp(left->arn.text, right->arn.text) == 0 &&
           strcmp(text_of(&left->id), text_of(&right->id)) == 0;
}

/* The ARN's field; neighbours, being sorted by ARN, share one copy. */
static const char *arn_field(struct pool *pool, const char *arn, size_t number, const char *before)
{
    size_t length = 0;
    const char *field = model_arn_field(arn, number, &length);
    if (field == NULL)
        return "";
    if (before != NULL && strncmp(before, field, length) == 0 && before[length] == '\0')
        return before;
    return pool_copy(pool, field, length);
}

static void add_certificate(struct assessment *assessment, struct observation **observations,
                            size_t count)
{
    struct pool *pool = assessment->evidence->pool;
    struct certificate *certificate = pool_alloc(pool, sizeof *certificate);
    const struct certificate *before =
        assessment->certificate_count == 0
            ? NULL
            : assessment->certificates[assessment->certificate_count - 1];
    certificate->service = model_service(observations[0]);
    certificate->arn = text_of(&observations[0]->arn);
    certificate->id = text_of(&observations[0]->id);
    certificate->account =
        arn_field(pool, certificate->arn, 5, before != NULL ? before->account : NULL);
    certificate->region =
        certificate->service == SERVICE_IAM
            ? "global"
            : arn_field(pool, certificate->arn, 4, before != NULL ? before->region : NULL);
    certificate->observations = observations;
    certificate->observation_count = count;
    for (size_t i = 0; i < count; i++) {
        certificate->listed |= observations[i]->from_list;
        certificate->described |= !observations[i]->from_list;
        if (observations[i]->file->account == NULL && *certificate->account != '\0')
            observations[i]->file->account = certificate->account;
    }
    assessment->certificates =
        memory_grow(assessment->certificates, &assessment->certificate_room,
                    assessment->certificate_count + 1, sizeof(struct certificate *));
    assessment->certificates[assessment->certificate_count++] = certificate;
}

static void find_certificates(struct assessment *assessment)
{
    struct evidence *evidence = assessment->evidence;
    if (evidence->observation_count == 0)
        return;
    qsort(evidence->observations, evidence->observation_count, sizeof(struct observation *),
          by_certificate);
    for (size_t start = 0, end; start < evidence->observation_count; start = end) {
        struct observation **first = &evidence->observations[start];
        for (end = start + 1; end < evidence->observation_count; end++)
            if (!same_certificate(*first, evidence->observations[end]))
                break;
        add_certificate(assessment, first, end - start);
    }
}

/* The descriptions of a certificate, one for each Status and RenewalStatus that they give; what
 * goes past the room is not looked at. */
struct descriptions {
    const struct observation *of[LIMIT_DESCRIPTIONS];
    size_t count;
};

static struct descriptions descriptions_of(const struct certificate *certificate)
{
    struct descriptions found = {{NULL}, 0};
    for (size_t i = 0; i < certificate->observation_count; i++) {
        const struct observation *seen = certificate->observations[i];
        bool known = seen->kind != OBSERVED_ACM_DESCRIPTION || found.count == LIMIT_DESCRIPTIONS;
        for (size_t j = 0; j < found.count && !known; j++)
            known =
                model_same_member(&found.of[j]->acm->status, &seen->acm->status) &&
                model_same_member(&found.of[j]->acm->renewal_status, &seen->acm->renewal_status);
        if (!known)
            found.of[found.count++] = seen;
    }
    return found;
}

/* A description completes a summary that does not contradict it: then the summary does not count
 * by itself. All else does. */
static bool counts(const struct rule *rule, const struct descriptions *descriptions,
                   const struct observation *seen)
{
    for (size_t i = 0; seen->kind == OBSERVED_ACM_SUMMARY && i < descriptions->count; i++)
        if (rule->agree(descriptions->of[i], seen))
            return false;
    return true;
}

/* Whether an observation that counts says something else than the one that decided. */
static bool differs(const struct assessment *assessment, const struct finding *finding,
                    const struct descriptions *descriptions, const struct observation *seen)
{
    const struct rule *rule = finding->rule;
    return seen != finding->decided && counts(rule, descriptions, seen) &&
           (!rule->agree(finding->decided, seen) ||
            rule->evaluate(seen, &assessment->policy) != finding->condition);
}

static void decide(const struct assessment *assessment, const struct rule *rule,
                   struct certificate *certificate, struct finding *finding)
{
    const struct descriptions descriptions = descriptions_of(certificate);
    *finding = (struct finding){.rule = rule, .certificate = certificate};
    for (size_t i = 0; i < certificate->observation_count; i++) {
        const struct observation *seen = certificate->observations[i];
        if (!counts(rule, &descriptions, seen))
            continue;
        const struct condition *condition = rule->evaluate(seen, &assessment->policy);
        if (finding->condition == NULL || condition->result < finding->condition->result) {
            finding->condition = condition;
            finding->decided = seen;
        }
    }
    for (size_t i = 0; i < certificate->observation_count && !finding->conflict; i++)
        finding->conflict =
            differs(assessment, finding, &descriptions, certificate->observations[i]);
    finding->result = finding->condition->result;
    finding->has_due = rule->due(finding->decided, finding->condition, &finding->due);
    certificate->decided = finding->decided;
    certificate->assessed = finding->result != RESULT_UNKNOWN;
}

/* A failure that a waiver in force covers is WAIVED; nothing else can be waived. */
static void waive(const struct assessment *assessment, struct finding *finding)
{
    const struct policy *policy = &assessment->policy;
    if (finding->result != RESULT_FAIL || assessment->waivers == NULL)
        return;
    finding->waiver = waivers_match(assessment->waivers, finding->rule, finding->certificate->arn,
                                    &policy->as_of, &finding->lapsed);
    if (finding->waiver != NULL)
        finding->result = RESULT_WAIVED;
}

static const struct rule *rule_for(const struct assessment *assessment, enum service service,
                                   size_t *number)
{
    for (*number = 0; *number < RULE_COUNT; (*number)++)
        if (assessment->selected[*number] && rules[*number]->applies == service)
            return rules[*number];
    return NULL;
}

/* Where no rule was applied to it, a certificate's row shows the description, or what comes first.
 */
static const struct observation *shown_without_rule(const struct certificate *certificate)
{
    const struct descriptions descriptions = descriptions_of(certificate);
    return descriptions.count > 0 ? descriptions.of[0] : certificate->observations[0];
}

static int by_place(const struct finding *a, const struct finding *b)
{
    int order = strcmp(a->certificate->account, b->certificate->account);
    if (order == 0)
        order = strcmp(a->certificate->region, b->certificate->region);
    if (order == 0)
        order = strcmp(a->certificate->arn, b->certificate->arn);
    if (order == 0)
        order = strcmp(a->certificate->id, b->certificate->id);
    if (order == 0)
        order = strcmp(a->decided->name, b->decided->name);
    return order != 0 ? order : model_compare_sources(a->decided, b->decided);
}

/* The order of the Certificates table: its first columns. */
static int by_columns(const void *left, const void *right)
{
    const struct certificate *a = *(const struct certificate *const *)left;
    const struct certificate *b = *(const struct certificate *const *)right;
    int order = strcmp(a->account, b->account);
    if (order == 0)
        order = strcmp(a->region, b->region);
    if (order == 0)
        order = (int)a->service - (int)b->service;
    if (order == 0)
        order = strcmp(a->decided->name, b->decided->name);
    if (order == 0)
        order = strcmp(a->arn, b->arn);
    if (order == 0)
        order = strcmp(a->id, b->id);
    return order != 0 ? order : model_compare_sources(a->decided, b->decided);
}

/* The order of the Findings table, as certaudit(5) tells it. */
static int by_urgency(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    if (a->result != b->result)
        return a->result < b->result ? -1 : 1;
    if (a->rule->severity != b->rule->severity)
        return a->rule->severity < b->rule->severity ? -1 : 1;
    int order = strcmp(a->rule->id, b->rule->id);
    if (order == 0)
        order = (a->decided->in_use != IN_USE_YES) - (b->decided->in_use != IN_USE_YES);
    if (order == 0)
        order = b->has_due - a->has_due;
    if (order == 0 && a->has_due)
        order = when_compare(&a->due, &b->due);
    return order != 0 ? order : by_place(a, b);
}

static void count_finding(struct assessment *assessment, size_t rule, const struct finding *finding)
{
    const struct policy *policy = &assessment->policy;
    assessment->counts[rule].by_result[finding->result]++;
    assessment->counts[rule].total++;
    assessment->all.by_result[finding->result]++;
    assessment->all.total++;
    assessment->conflicts += finding->conflict;
    if (finding->result != RESULT_FAIL)
        return;
    struct when soon = when_plus(policy->as_of, ASSESS_DUE_SOON_DAYS * WHEN_DAY);
    assessment->fail_in_use += finding->decided->in_use == IN_USE_YES;
    assessment->fail_due_soon += finding->has_due &&
                                 when_compare(&finding->due, &policy->as_of) >= 0 &&
                                 when_compare(&finding->due, &soon) <= 0;
}

static void count_files(struct assessment *assessment)
{
    const struct evidence *evidence = assessment->evidence;
    for (size_t i = 0; i < evidence->file_count; i++) {
        assessment->files_by_state[evidence->files[i]->state]++;
        assessment->faults += evidence->files[i]->fault;
    }
}

void assess_run(struct assessment *assessment)
{
    find_certificates(assessment);
    assessment->findings =
        memory_resize(NULL, assessment->certificate_count + 1, sizeof(struct finding));
    for (size_t i = 0; i < assessment->certificate_count; i++) {
        struct certificate *certificate = assessment->certificates[i];
        size_t number;
        const struct rule *rule = rule_for(assessment, certificate->service, &number);
        if (rule == NULL) {
            certificate->decided = shown_without_rule(certificate);
            continue;
        }
        struct finding *finding = &assessment->findings[assessment->finding_count++];
        decide(assessment, rule, certificate, finding);
        waive(assessment, finding);
        finding->has_failing_since = finding->result == RESULT_FAIL;
        finding->failing_since = assessment->policy.as_of;
        count_finding(assessment, number, finding);
    }
    qsort(assessment->findings, assessment->finding_count, sizeof(struct finding), by_urgency);
    if (assessment->certificate_count > 0)
        qsort(assessment->certificates, assessment->certificate_count, sizeof(struct certificate *),
              by_columns);
    count_files(assessment);
    coverage_build(&assessment->coverage, assessment, assessment->evidence->pool);
    if (assessment->baseline != NULL)
        baseline_compare(assessment->baseline, assessment);
}

bool assess_applies(const struct assessment *assessment, const struct rule *rule)
{
    size_t number = 0;
    while (number < RULE_COUNT && rules[number] != rule)
        number++;
    assert(number < RULE_COUNT);
    return assessment->selected[number];
}

void assess_free(struct assessment *assessment)
{
    coverage_free(&assessment->coverage);
    free(assessment->certificates);
    free(assessment->findings);
}

static void add_source(const struct assessment *assessment, const struct rule *rule,
                       const struct observation *seen, struct text *text)
{
    const struct condition *condition = rule->evaluate(seen, &assessment->policy);
    text_addf(text, "%s:%zu gives %s (", seen->file->name, seen->line,
              rules_result_name(condition->result));
    rules_add_observed(seen, condition, text);
    text_add(text, ")");
}

static void add_conflict(const struct assessment *assessment, const struct finding *finding,
                         struct text *text)
{
    const struct certificate *certificate = finding->certificate;
    const struct descriptions descriptions = descriptions_of(certificate);
    size_t differing = 0;
    text_add(text, " The exports conflict: ");
    add_source(assessment, finding->rule, finding->decided, text);
    for (size_t i = 0; i < certificate->observation_count; i++) {
        const struct observation *seen = certificate->observations[i];
        if (!differs(assessment, finding, &descriptions, seen) || differing++ >= LIMIT_CONFLICTS)
            continue;
        text_add(text, ", ");
        add_source(assessment, finding->rule, seen, text);
    }
    if (differing > LIMIT_CONFLICTS)
        text_addf(text, ", and %zu more (see Certificates, sources)", differing - LIMIT_CONFLICTS);
    text_add(text, "; the worst counts.");
}

void assess_add_reason(const struct assessment *assessment, const struct finding *finding,
                       const struct observation *seen, struct text *text)
{
    finding->rule->reason(seen, finding->condition, &assessment->policy, text);
    if (finding->conflict)
        add_conflict(assessment, finding, text);
    const struct waiver *waiver = finding->waiver != NULL ? finding->waiver : finding->lapsed;
    if (waiver == NULL)
        return;
    text_add(text, " ");
    waivers_add_effect(waiver, &assessment->policy.as_of, text);
}

void assess_add_ref(const struct finding *finding, struct text *text)
{
    struct digest *digest = digest_new();
    char hex[DIGEST_HEX];
    digest_add(digest, finding->rule->id, strlen(finding->rule->id));
    digest_add(digest, "\n", 1);
    digest_add(digest, finding->certificate->arn, strlen(finding->certificate->arn));
    digest_add(digest, "\n", 1);
    digest_add(digest, finding->certificate->id, strlen(finding->certificate->id));
    digest_finish(digest, hex);
    text_addf(text, "F-%.8s", hex);
}
