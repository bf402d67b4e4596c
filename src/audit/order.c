/*
 * order.c: see order.h. What is sorted are small keys that decide nearly always; comparing the
 * records themselves took a quarter of a run over 100,000 certificates (perf record).
 */
#include "audit/order.h"
#include "base/memory.h"
#include "evidence/observation.h"
#include "rules/finding.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* At most 32 bytes: glibc's qsort sorts larger elements through pointers. */
struct finding_key {
    uint64_t urgency, location_and_arn;
    struct finding *finding;
};

struct certificate_key {
    uint64_t location_and_service, name; /* the first bytes of the name */
    struct certificate *certificate;
};

/* The first bytes of a text as a number that sorts as they do. */
static uint64_t beginning(const char *text, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++) {
        number = number << 8 | (unsigned char)*text;
        text += *text != '\0';
    }
    return number;
}

static int compare_numbers(uint64_t left, uint64_t right)
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

/* Result, severity, rule, in use, due. Seconds since the year 1 take 39 bits. */
static uint64_t urgency(const struct finding *finding)
{
    const int64_t seconds_before_1970 = INT64_C(70000000000);
    uint64_t key = (uint64_t)finding->result << 4 | (uint64_t)finding->rule->severity;
    key = key << 8 | finding->rule_number; /* rules are in the order of their ids */
    key = key << 1 | (finding->seen->in_use != IN_USE_YES);
    key = key << 1 | (finding->due == NULL);
    key <<= 40;
    return finding->due != NULL ? key | (uint64_t)(finding->due->seconds + seconds_before_1970)
                                : key;
}

/* The first bytes after the beginning that all ARNs of the location share. */
static uint64_t location_and_arn(const struct certificate *certificate)
{
    enum { BYTES = 4 };
    return (uint64_t)certificate->location->rank << 8 * BYTES |
           beginning(certificate->arn + certificate->location->common, BYTES);
}

static int by_urgency(const void *left, const void *right)
{
    const struct finding_key *a = left, *b = right;
    int order = compare_numbers(a->urgency, b->urgency);
    if (order == 0 && a->finding->due != NULL)
        order = strcmp(a->finding->due->fraction, b->finding->due->fraction);
    if (order == 0)
        order = compare_numbers(a->location_and_arn, b->location_and_arn);
    return order != 0 ? order
                      : compare_certificates(a->finding->certificate, a->finding->seen,
                                             b->finding->certificate, b->finding->seen);
}

/* Applies the permutation in place, cycle by cycle. */
static void move_findings(struct finding *findings, struct finding_key *keys, size_t count)
{
    for (size_t start = 0; start < count; start++) {
        const struct finding moved = findings[start];
        size_t hole = start;
        while (keys[hole].finding != &findings[start]) {
            struct finding *from = keys[hole].finding;
            findings[hole] = *from;
            keys[hole].finding = &findings[hole];
            hole = (size_t)(from - findings);
        }
        findings[hole] = moved;
        keys[hole].finding = &findings[hole];
    }
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
    if (count == 0)
        return;
    struct finding_key *keys = memory_resize(NULL, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct finding_key){urgency(&findings[i]),
                                       location_and_arn(findings[i].certificate), &findings[i]};
    qsort(keys, count, sizeof *keys, by_urgency);
    move_findings(findings, keys, count);
    free(keys);
}

static int by_columns(const void *left, const void *right)
{
    const struct certificate_key *a = left, *b = right;
    int order = compare_numbers(a->location_and_service, b->location_and_service);
    if (order == 0)
        order = compare_numbers(a->name, b->name);
    if (order == 0)
        order = strcmp(a->certificate->shown->name, b->certificate->shown->name);
    return order != 0 ? order
                      : compare_certificates(a->certificate, a->certificate->shown, b->certificate,
                                             b->certificate->shown);
}

static struct certificate_key certificate_key(struct certificate *certificate)
{
    bool iam = certificate->service == SERVICE_IAM;
    return (struct certificate_key){(uint64_t)certificate->location->rank << 1 | iam,
                                    beginning(certificate->shown->name, sizeof(uint64_t)),
                                    certificate};
}

void order_certificates(struct certificate **certificates, size_t count)
{
    if (count == 0)
        return;
    struct certificate_key *keys = memory_resize(NULL, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = certificate_key(certificates[i]);
    qsort(keys, count, sizeof *keys, by_columns);
    for (size_t i = 0; i < count; i++)
        certificates[i] = keys[i].certificate;
    free(keys);
}
