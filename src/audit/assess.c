/* assess.c: records to certificates, certificates to findings, findings in order and counted. */
#include "audit/assess.h"
#include "audit/baseline.h"
#include "audit/judge.h"
#include "audit/mentions.h"
#include "audit/order.h"
#include "audit/refs.h"
#include "audit/scope.h"
#include "audit/verdict.h"
#include "audit/waivers.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include <stdlib.h>
#include <string.h>

/* A failure that a waiver in force covers is WAIVED; nothing else can be waived. A waiver is for an
 * ARN, so it is not for one of several certificates that have the same masked ARN. */
static void waive(const struct assessment *assessment, struct finding *finding)
{
    const struct policy *policy = &assessment->policy;
    if (finding->result != RESULT_FAIL || assessment->waivers == NULL ||
        finding->certificate->redacted)
        return;
    const struct waiver *lapsed;
    finding->waiver = waivers_match(assessment->waivers, finding->rule, finding->certificate->arn,
                                    &policy->as_of, &lapsed);
    if (finding->waiver != NULL)
        finding->result = RESULT_WAIVED;
    else
        finding->waiver = lapsed;
}

static void count(struct result_counts *counts, enum result result)
{
    counts->by_result[result]++;
    counts->total++;
}

static bool is_overdue(const struct assessment *assessment, const struct finding *finding)
{
    return finding->due != NULL && timestamp_compare(finding->due, &assessment->policy.as_of) < 0;
}

static bool is_due_soon(const struct assessment *assessment, const struct finding *finding)
{
    struct timestamp soon =
        timestamp_plus(assessment->policy.as_of, ASSESS_DUE_SOON_DAYS * TIMESTAMP_DAY);
    return finding->due != NULL && !is_overdue(assessment, finding) &&
           timestamp_compare(finding->due, &soon) <= 0;
}

static enum urgency urgency_of(const struct assessment *assessment, const struct finding *finding)
{
    const struct moment *end = &finding->seen->not_after;
    bool dated = end->state == MOMENT_READABLE, in_use = finding->seen->in_use == IN_USE_YES;
    bool expired = dated && timestamp_compare(&end->at, &assessment->policy.as_of) < 0;
    if (expired && in_use)
        return URGENCY_EXPIRED_IN_USE;
    if (finding->due != NULL)
        return is_overdue(assessment, finding) ? URGENCY_OVERDUE : URGENCY_DUE;
    if (in_use)
        return URGENCY_IN_USE;
    return dated && !expired ? URGENCY_VALID : URGENCY_REST;
}

static bool is_cutoff_moved(const struct assessment *assessment)
{
    return timestamp_compare(&assessment->policy.cutoff, &rules_default_cutoff) != 0;
}

static void count_moved(struct assessment *assessment, const struct finding *finding)
{
    struct policy policy = assessment->policy;
    policy.cutoff = rules_default_cutoff;
    enum result before =
        judge_certificate(&policy, finding->rule, finding->certificate, assessment->evidence->pool)
            .result;
    bool fails = finding->result == RESULT_FAIL || finding->result == RESULT_WAIVED;
    assessment->moved.passing += finding->result == RESULT_PASS && before == RESULT_FAIL;
    assessment->moved.failing += fails && before != RESULT_FAIL;
}

static void count_finding(struct assessment *assessment, const struct finding *finding)
{
    count(&assessment->counts[finding->rule_number], finding->result);
    count(&assessment->finding_counts, finding->result);
    if (finding->rule->parameter != NULL && is_cutoff_moved(assessment))
        count_moved(assessment, finding);
}

/* Counts a certificate that fails: whether it is in use, and whether it is overdue, by the most
 * urgent of its failures. */
static void count_failing(struct assessment *assessment, const struct certificate *certificate,
                          const struct finding *findings)
{
    bool in_use = false, unknown = false, overdue = false, soon = false;
    for (size_t i = 0; i < certificate->finding_count; i++) {
        const struct finding *finding = &findings[i];
        if (finding->result != RESULT_FAIL)
            continue;
        in_use |= finding->seen->in_use == IN_USE_YES;
        unknown |= finding->seen->in_use == IN_USE_NOT_STATED;
        overdue |= is_overdue(assessment, finding);
        soon |= is_due_soon(assessment, finding);
    }
    assessment->failing_in_use += in_use;
    assessment->failing_use_unknown += unknown && !in_use;
    assessment->failing_overdue += overdue;
    assessment->failing_due_soon += soon && !overdue;
}

/* Counts the findings of one certificate, and the certificate once, by the worst of them. */
static void count_certificate(struct assessment *assessment, struct certificate *certificate,
                              const struct finding *findings)
{
    enum result worst = RESULT_NOT_APPLICABLE;
    bool conflicting = false;
    for (size_t i = 0; i < certificate->finding_count; i++) {
        const struct finding *finding = &findings[i];
        worst = finding->result < worst ? finding->result : worst;
        certificate->fails |= finding->result == RESULT_FAIL;
        certificate->undecided |= finding->result == RESULT_UNKNOWN;
        conflicting |= finding->conflict;
        if (!certificate->excluded)
            count_finding(assessment, finding);
    }
    if (certificate->excluded) {
        count(&assessment->out_of_scope, worst);
        return;
    }
    count(&assessment->certificate_counts, worst);
    assessment->not_listed += certificate->unlisted;
    assessment->undecided_certificates += certificate->undecided;
    assessment->conflicting_certificates += conflicting;
    if (certificate->fails)
        count_failing(assessment, certificate, findings);
}

static void count_files(struct assessment *assessment)
{
    const struct evidence *evidence = assessment->evidence;
    for (size_t i = 0; i < evidence->file_count; i++) {
        assessment->files_by_state[evidence->files[i]->state]++;
        assessment->faults += evidence->files[i]->fault;
        if (evidence->files[i]->dated &&
            (assessment->newest == NULL ||
             timestamp_compare(&evidence->files[i]->newest, &assessment->newest->newest) > 0))
            assessment->newest = evidence->files[i];
    }
}

/* Certificates that are judged in one piece of work. */
enum { PIECE = 1024 };

/* A thread's slot: the findings of a piece until they are taken, certificate by certificate. */
struct judging {
    struct assessment *assessment;
    struct pool *pool; /* of what findings point to */
    struct finding *findings;
    size_t room;
};

static size_t end_of(const struct assessment *assessment, size_t number)
{
    size_t end = (number + 1) * PIECE;
    return end < assessment->certificate_count ? end : assessment->certificate_count;
}

/* Judges the certificate under each rule of its service. */
static void judge_rules(const struct judging *judging, struct certificate *certificate,
                        struct finding *findings)
{
    const struct assessment *assessment = judging->assessment;
    size_t count = 0;
    certificate->assessed = true;
    for (size_t i = 0; i < assessment->rule_count; i++) {
        const struct rule *rule = assessment->rules[i];
        if (rule->applies != certificate->service)
            continue;
        findings[count] = judge_certificate(&assessment->policy, rule, certificate, judging->pool);
        findings[count].rule_number = i;
        certificate->assessed &= findings[count++].result != RESULT_UNKNOWN;
    }
    certificate->finding_count = count;
    certificate->assessed &= count > 0;
    certificate->shown = count > 0 ? findings[0].seen : judge_shown_without_rule(certificate);
}

static void judge_piece(void *slot, size_t number)
{
    struct judging *judging = slot;
    const struct assessment *assessment = judging->assessment;
    size_t finding_count = 0;
    judging->findings = memory_grow(judging->findings, &judging->room,
                                    PIECE * assessment->rule_count + 1, sizeof(struct finding));
    for (size_t i = number * PIECE; i < end_of(assessment, number); i++) {
        judge_rules(judging, assessment->certificates[i], &judging->findings[finding_count]);
        finding_count += assessment->certificates[i]->finding_count;
    }
}

static bool take_piece(void *slot, size_t number)
{
    const struct judging *judging = slot;
    struct assessment *assessment = judging->assessment;
    const struct finding *judged = judging->findings;
    for (size_t i = number * PIECE; i < end_of(assessment, number); i++) {
        struct certificate *certificate = assessment->certificates[i];
        size_t finding_count = certificate->finding_count;
        struct finding *findings = &assessment->findings[assessment->finding_count];
        if (finding_count == 0)
            continue;
        memcpy(findings, judged, finding_count * sizeof *findings);
        for (size_t j = 0; j < finding_count; j++) {
            waive(assessment, &findings[j]);
            findings[j].urgency = urgency_of(assessment, &findings[j]);
            if (findings[j].result == RESULT_FAIL)
                findings[j].failing_since = &assessment->policy.as_of;
        }
        count_certificate(assessment, certificate, findings);
        judged += finding_count;
        assessment->finding_count += finding_count;
    }
    return true;
}

/* How many findings there will be. */
static size_t count_pairs(const struct assessment *assessment)
{
    size_t pairs = 0;
    for (size_t i = 0; i < assessment->certificate_count; i++)
        for (size_t j = 0; j < assessment->rule_count; j++)
            pairs += assessment->rules[j]->applies == assessment->certificates[i]->service;
    return pairs;
}

static void judge_all(struct assessment *assessment)
{
    size_t slot_count = thread_pool_slots(assessment->threads);
    struct judging *slots = memory_resize(NULL, slot_count, sizeof *slots);
    for (size_t i = 0; i < slot_count; i++)
        slots[i] = (struct judging){assessment, pool_new(), NULL, 0};
    const struct work work = {.count = (assessment->certificate_count + PIECE - 1) / PIECE,
                              .slots = slots,
                              .slot_size = sizeof *slots,
                              .produce = judge_piece,
                              .consume = take_piece};
    assessment->findings = memory_resize(NULL, count_pairs(assessment), sizeof(struct finding));
    (void)thread_pool_run(assessment->threads, &work); /* take_piece never fails */
    for (size_t i = 0; i < slot_count; i++) {
        pool_adopt(assessment->evidence->pool, slots[i].pool);
        free(slots[i].findings);
    }
    free(slots);
}

/* Finds the certificates that a line of the scope excludes, and those that no line covers. */
static void apply_scope(struct assessment *assessment)
{
    for (size_t i = 0; assessment->scope != NULL && i < assessment->certificate_count; i++) {
        struct certificate *certificate = assessment->certificates[i];
        const struct scope_line *line =
            scope_find(assessment->scope, certificate->location->account,
                       certificate->location->region, certificate->service);
        certificate->excluded = line != NULL && !line->in_scope;
        certificate->unlisted = line == NULL;
        assessment->excluded_certificates += certificate->excluded;
    }
}

static void cover(struct assessment *assessment)
{
    assessment->mentions =
        mentions_without_record(assessment->evidence, assessment->certificates,
                                assessment->certificate_count, &assessment->mention_count);
    const struct coverage_sources sources = {
        .certificates = assessment->certificates,
        .certificate_count = assessment->certificate_count,
        .locations = &assessment->locations,
        .listings = assessment->evidence->listings,
        .mentions = assessment->mentions,
        .mention_count = assessment->mention_count,
        .scope = assessment->scope,
    };
    coverage_build(&assessment->coverage, &sources, assessment->evidence->pool);
    for (size_t i = 0; i < assessment->coverage.count; i++) {
        const struct coverage_row *row = &assessment->coverage.rows[i];
        assessment->places_covered +=
            coverage_has_list(row) && verdict_concerns(assessment, row->service);
    }
}

static void compare(struct assessment *assessment)
{
    const struct baseline_now now = {
        .findings = assessment->findings,
        .finding_count = assessment->finding_count,
        .rules = assessment->rules,
        .rule_count = assessment->rule_count,
        .as_of = &assessment->policy.as_of,
    };
    baseline_compare(assessment->baseline, &now);
}

void assess_run(struct assessment *assessment)
{
    assessment->certificates = merge_certificates(assessment->evidence, &assessment->locations,
                                                  &assessment->certificate_count);
    assessment->counts =
        pool_alloc(assessment->evidence->pool, assessment->rule_count * sizeof *assessment->counts);
    apply_scope(assessment);
    judge_all(assessment);
    assessment->ref_digits =
        refs_digits(assessment->findings, assessment->finding_count, FINDING_REF_DIGITS);
    /* One after the other: together their keys would be a tenth of all memory. */
    order_findings(assessment->findings, assessment->finding_count,
                   assessment->listed == LISTED_OPEN);
    if (assessment->listed == LISTED_ALL)
        order_certificates(assessment->certificates, assessment->certificate_count);
    count_files(assessment);
    cover(assessment);
    if (assessment->baseline != NULL)
        compare(assessment);
    assessment->gaps = verdict_gaps(assessment);
}

bool assess_applies(const struct assessment *assessment, const struct rule *rule)
{
    return rules_number(assessment->rules, assessment->rule_count, rule) < assessment->rule_count;
}

void assess_free(struct assessment *assessment)
{
    coverage_free(&assessment->coverage);
    merge_free(&assessment->locations);
    free(assessment->certificates);
    free(assessment->findings);
    free(assessment->mentions);
}

void assess_add_reason(const struct assessment *assessment, const struct finding *finding,
                       struct text *text)
{
    finding->rule->reason(finding->seen, finding->condition, &assessment->policy, text);
    judge_add_differences(&assessment->policy, finding, text);
    if (finding->waiver == NULL)
        return;
    text_add(text, " ");
    waivers_add_effect(finding->waiver, &assessment->policy.as_of, text);
}
