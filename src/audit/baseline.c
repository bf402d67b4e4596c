/* baseline.c: see baseline.h. Rows are sorted by certificate, for a binary search. */
#include "audit/baseline.h"
#include "base/memory.h"
#include "base/text.h"
#include "rules/finding.h"
#include <stdlib.h>
#include <string.h>

void baseline_add(struct baseline *baseline, const struct baseline_row *row)
{
    baseline->rows = memory_grow(baseline->rows, &baseline->room, baseline->count + 1, sizeof *row);
    baseline->rows[baseline->count++] = *row;
}

static int by_arn(const struct baseline_row *a, const struct baseline_row *b)
{
    int order = strcmp(a->rule->id, b->rule->id);
    return order != 0 ? order : strcmp(a->arn, b->arn);
}

/* The ARN comes first. The ref only distinguishes two ServerCertificateIds under one ARN. */
static int by_certificate(const void *left, const void *right)
{
    const struct baseline_row *a = left, *b = right;
    int order = by_arn(a, b);
    return order != 0 ? order : strcmp(a->ref, b->ref);
}

/* The same, but refs of different lengths are compared as far as the shorter one goes: an earlier
 * report may have longer or shorter ones. Among rows in the order of by_certificate, those that are
 * equal to a key in this way are next to each other. */
static int by_short_ref(const struct baseline_row *a, const struct baseline_row *b)
{
    int order = by_arn(a, b);
    size_t length = strlen(a->ref) < strlen(b->ref) ? strlen(a->ref) : strlen(b->ref);
    if (order != 0 || length == 0)
        return order != 0 ? order : strcmp(a->ref, b->ref);
    return strncmp(a->ref, b->ref, length);
}

/* If a certificate has several rows, the worst result comes first, and counts. */
static int by_certificate_and_result(const void *left, const void *right)
{
    const struct baseline_row *a = left, *b = right;
    int order = by_certificate(a, b);
    return order != 0 ? order : (int)a->result - (int)b->result;
}

static struct baseline_row *find(const struct baseline *baseline, const struct finding *finding,
                                 const char *ref)
{
    struct baseline_row key = {.rule = finding->rule, .ref = ref, .arn = finding->certificate->arn};
    size_t low = 0, high = baseline->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_short_ref(&baseline->rows[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < baseline->count && by_short_ref(&baseline->rows[low], &key) == 0;
    return found ? &baseline->rows[low] : NULL;
}

/* A row without a ref matches every certificate with its ARN. */
static struct baseline_row *row_of(const struct baseline *baseline, const struct finding *finding,
                                   struct digest *digest, struct text *ref)
{
    text_clear(ref);
    finding_add_ref(finding, digest, DIGEST_HEX - 1, ref);
    struct baseline_row *row = find(baseline, finding, text_string(ref));
    return row != NULL ? row : find(baseline, finding, "");
}

/* Records a change, unless the results are equal (other than FAIL), or a PASS is new or gone. */
static void note(struct baseline *baseline, const struct baseline_row *before,
                 const struct finding *after)
{
    enum result was = before != NULL ? before->result : RESULT_COUNT;
    enum result is = after != NULL ? after->result : RESULT_COUNT;
    struct change change = {CHANGE_CHANGED, before, after};
    if (was == RESULT_FAIL && is == RESULT_FAIL)
        change.kind = CHANGE_STILL_FAILING;
    else if (was == is || (before == NULL && is == RESULT_PASS) ||
             (after == NULL && was == RESULT_PASS))
        return;
    else if (before == NULL && (is == RESULT_FAIL || is == RESULT_UNKNOWN))
        change.kind = CHANGE_NEW;
    else if (was == RESULT_PASS && is == RESULT_FAIL)
        change.kind = CHANGE_REGRESSED;
    else if ((was == RESULT_FAIL || was == RESULT_WAIVED) && is == RESULT_PASS)
        change.kind = CHANGE_RESOLVED;
    else if (after == NULL && was != RESULT_NOT_APPLICABLE)
        change.kind = CHANGE_VANISHED;
    baseline->changes = memory_grow(baseline->changes, &baseline->change_room,
                                    baseline->change_count + 1, sizeof change);
    baseline->changes[baseline->change_count++] = change;
}

static void set_failing_since(struct finding *finding, const struct baseline_row *before,
                              const struct timestamp *as_of)
{
    bool failed = before != NULL && before->result == RESULT_FAIL;
    if (finding->result != RESULT_FAIL)
        return;
    if (!failed)
        finding->failing_since = as_of;
    else
        finding->failing_since = before->has_failing_since ? &before->failing_since : NULL;
}

/* By kind, then in report order; vanished certificates come last, by ARN. */
static int by_kind(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->after != NULL && b->after != NULL)
        return (a->after > b->after) - (a->after < b->after);
    if (a->after != NULL || b->after != NULL)
        return a->after != NULL ? -1 : 1;
    return by_certificate(a->before, b->before);
}

void baseline_compare(struct baseline *baseline, const struct baseline_now *now)
{
    struct digest *digest = digest_new();
    struct text ref = TEXT_EMPTY;
    if (baseline->count > 0)
        qsort(baseline->rows, baseline->count, sizeof *baseline->rows, by_certificate_and_result);
    for (size_t i = 0; i < now->finding_count; i++) {
        struct finding *finding = &now->findings[i];
        struct baseline_row *before = row_of(baseline, finding, digest, &ref);
        if (before != NULL)
            before->seen = true;
        set_failing_since(finding, before, now->as_of);
        note(baseline, before, finding);
    }
    for (size_t i = 0; i < baseline->count; i++) {
        const struct baseline_row *row = &baseline->rows[i];
        bool repeats = i > 0 && by_certificate(row, row - 1) == 0;
        if (!row->seen && !repeats &&
            rules_number(now->rules, now->rule_count, row->rule) < now->rule_count)
            note(baseline, row, NULL);
    }
    if (baseline->change_count > 0)
        qsort(baseline->changes, baseline->change_count, sizeof *baseline->changes, by_kind);
    text_free(&ref);
    digest_free(digest);
}

const char *baseline_change_name(enum change_kind kind)
{
    static const char *const names[] = {"new",      "regressed",     "resolved",
                                        "vanished", "still failing", "changed"};
    return names[kind];
}

void baseline_free(struct baseline *baseline)
{
    free(baseline->rows);
    free(baseline->changes);
}
