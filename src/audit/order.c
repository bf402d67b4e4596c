/* order.c: see order.h. */
#include "audit/order.h"
#include "evidence/observation.h"
#include "rules/finding.h"
#include <stdlib.h>
#include <string.h>

static int compare_numbers(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

/* By identity, then by the record that is shown. */
static int compare_certificates(const struct certificate *a, const struct observation *shown_of_a,
                                const struct certificate *b, const struct observation *shown_of_b)
{
    int order = strcmp(a->arn, b->arn);
    if (order == 0)
        order = strcmp(a->id, b->id);
    if (order == 0)
        order = strcmp(shown_of_a->name, shown_of_b->name);
    return order != 0 ? order : observation_compare(shown_of_a, shown_of_b);
}

/* The number of a rule includes its severity: rules are sorted by both. */
static int by_urgency(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    int order = (int)a->result - (int)b->result;
    if (order == 0)
        order = (int)a->urgency - (int)b->urgency;
    if (order == 0 && a->urgency == URGENCY_DUE)
        order = timestamp_compare(a->due, b->due);
    if (order == 0)
        order = compare_numbers(a->rule_number, b->rule_number);
    if (order == 0)
        order = compare_numbers(a->certificate->location->rank, b->certificate->location->rank);
    return order != 0 ? order
                      : compare_certificates(a->certificate, a->seen, b->certificate, b->seen);
}

/* Moves open findings to the front, and returns how many there are. */
static size_t open_first(struct finding *findings, size_t count)
{
    size_t open = 0;
    for (size_t i = 0; i < count; i++) {
        if (findings[i].result > RESULT_WAIVED)
            continue;
        const struct finding moved = findings[i];
        findings[i] = findings[open];
        findings[open++] = moved;
    }
    return open;
}

void order_findings(struct finding *findings, size_t count, bool open_only)
{
    if (open_only)
        count = open_first(findings, count);
    if (count > 0)
        qsort(findings, count, sizeof *findings, by_urgency);
}

static int by_columns(const void *left, const void *right)
{
    const struct certificate *a = *(const struct certificate *const *)left;
    const struct certificate *b = *(const struct certificate *const *)right;
    int order = compare_numbers(a->location->rank, b->location->rank);
    if (order == 0)
        order = (int)a->service - (int)b->service;
    if (order == 0)
        order = strcmp(a->shown->name, b->shown->name);
    return order != 0 ? order : compare_certificates(a, a->shown, b, b->shown);
}

void order_certificates(struct certificate **certificates, size_t count)
{
    if (count > 0)
        qsort(certificates, count, sizeof *certificates, by_columns);
}
