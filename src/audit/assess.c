/* assess.c: records to certificates, certificates to findings, findings in order and counted. */
#include "audit/assess.h"
#include "audit/baseline.h"
#include "audit/judge.h"
#include "audit/order.h"
#include "audit/waivers.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "evidence/record.h"
#include <stdlib.h>
#include <string.h>

/* A failure that a waiver in force covers is WAIVED; nothing else can be waived. */
static void waive(const struct assessment *assessment, struct finding *finding)
{
    const struct policy *policy = &assessment->policy;
    if (finding->result != RESULT_FAIL || assessment->waivers == NULL)
        return;
    const struct waiver *lapsed;
    finding->waiver = waivers_match(assessment->waivers, finding->rule, finding->certificate->arn,
                                    &policy->as_of, &lapsed);
    if (finding->waiver != NULL)
        finding->result = RESULT_WAIVED;
    else
        finding->waiver = lapsed;
}

static const struct rule *rule_for(const struct assessment *assessment, enum service service,
                                   size_t *number)
{
    for (*number = 0; *number < RULE_COUNT; (*number)++)
        if (assessment->selected[*number] && rules[*number]->applies == service)
            return rules[*number];
    return NULL;
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
    struct timestamp soon = timestamp_plus(policy->as_of, ASSESS_DUE_SOON_DAYS * TIMESTAMP_DAY);
    assessment->fail_in_use += record_in_use(finding->certificate->decided) == IN_USE_YES;
    assessment->fail_due_soon += finding->due != NULL &&
                                 timestamp_compare(finding->due, &policy->as_of) >= 0 &&
                                 timestamp_compare(finding->due, &soon) <= 0;
}

static void count_files(struct assessment *assessment)
{
    const struct evidence *evidence = assessment->evidence;
    for (size_t i = 0; i < evidence->file_count; i++) {
        assessment->files_by_state[evidence->files[i]->state]++;
        assessment->faults += evidence->files[i]->fault;
    }
}

/* Certificates that are judged in one piece. */
enum { PIECE = 1024 };

/* A piece of the judgement: certificates from first on. A certificate's finding is at its own index
 * until it is taken; it has no rule where no rule applies. */
struct piece {
    struct assessment *assessment;
    struct judge *judge;
};

static size_t end_of(const struct assessment *assessment, size_t number)
{
    size_t end = (number + 1) * PIECE;
    return end < assessment->certificate_count ? end : assessment->certificate_count;
}

static void judge_piece(void *place, size_t number)
{
    struct piece *piece = place;
    struct assessment *assessment = piece->assessment;
    for (size_t i = number * PIECE; i < end_of(assessment, number); i++) {
        struct certificate *certificate = assessment->certificates[i];
        if (certificate->record_count == 1) /* then its neighbours in memory are looked at next */
            record_expect(certificate->records, 0, assessment->certificate_count - i);
        size_t which;
        const struct rule *rule = rule_for(assessment, certificate->service, &which);
        assessment->findings[i] = (struct finding){.rule = NULL};
        if (rule != NULL)
            judge_certificate(piece->judge, rule, certificate, &assessment->findings[i]);
        else
            certificate->decided = judge_shown_without_rule(certificate);
    }
}

static bool take_piece(void *place, size_t number)
{
    struct assessment *assessment = ((struct piece *)place)->assessment;
    for (size_t i = number * PIECE; i < end_of(assessment, number); i++) {
        size_t which;
        if (rule_for(assessment, assessment->certificates[i]->service, &which) == NULL)
            continue;
        struct finding *finding = &assessment->findings[assessment->finding_count++];
        *finding = assessment->findings[i];
        waive(assessment, finding);
        if (finding->result == RESULT_FAIL)
            finding->failing_since = &assessment->policy.as_of;
        count_finding(assessment, which, finding);
    }
    return true;
}

static void judge_all(struct assessment *assessment)
{
    size_t places = thread_pool_slots(assessment->threads);
    struct piece *pieces = memory_resize(NULL, places, sizeof *pieces);
    for (size_t i = 0; i < places; i++)
        pieces[i] = (struct piece){assessment, judge_new(&assessment->policy)};
    const struct work work = {.count = (assessment->certificate_count + PIECE - 1) / PIECE,
                              .slots = pieces,
                              .slot_size = sizeof *pieces,
                              .produce = judge_piece,
                              .consume = take_piece};
    assessment->findings =
        memory_resize(NULL, assessment->certificate_count, sizeof(struct finding));
    (void)thread_pool_run(assessment->threads, &work); /* no piece is refused */
    for (size_t i = 0; i < places; i++)
        judge_free(pieces[i].judge, assessment->evidence->pool);
    free(pieces);
}

void assess_run(struct assessment *assessment)
{
    assessment->certificates = merge_certificates(assessment->evidence, &assessment->locations,
                                                  &assessment->certificate_count);
    judge_all(assessment);
    /* One after the other: side by side, their keys would be a tenth of all that is in memory. */
    order_findings(assessment->findings, assessment->finding_count,
                   assessment->listed == LISTED_OPEN);
    if (assessment->listed == LISTED_ALL)
        order_certificates(assessment->certificates, assessment->certificate_count);
    count_files(assessment);
    coverage_build(&assessment->coverage, assessment, assessment->evidence->pool);
    if (assessment->baseline != NULL)
        baseline_compare(assessment->baseline, assessment);
}

bool assess_applies(const struct assessment *assessment, const struct rule *rule)
{
    return assessment->selected[rules_number(rule)];
}

void assess_free(struct assessment *assessment)
{
    coverage_free(&assessment->coverage);
    merge_free(&assessment->locations);
    free(assessment->certificates);
    free(assessment->findings);
}

void assess_add_reason(const struct assessment *assessment, const struct finding *finding,
                       const struct observation *seen, struct text *text)
{
    finding->rule->reason(seen, finding->condition, &assessment->policy, text);
    if (finding->conflict)
        judge_add_conflict(&assessment->policy, finding, text);
    if (finding->waiver == NULL)
        return;
    text_add(text, " ");
    waivers_add_effect(finding->waiver, &assessment->policy.as_of, text);
}

void assess_add_ref(const struct finding *finding, struct digest *digest, struct text *text)
{
    char hex[DIGEST_HEX];
    digest_add(digest, finding->rule->id, strlen(finding->rule->id));
    digest_add(digest, "\n", 1);
    digest_add(digest, finding->certificate->arn, strlen(finding->certificate->arn));
    digest_add(digest, "\n", 1);
    digest_add(digest, finding->certificate->id, strlen(finding->certificate->id));
    digest_take(digest, hex);
    text_add(text, "F-");
    text_add_bytes(text, hex, 8);
}
