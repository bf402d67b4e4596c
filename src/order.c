/*
 * order.c: see order.h. What is sorted are small keys that decide nearly always; comparing the
 * records themselves took a quarter of a run over 100,000 certificates (perf record).
 */
#include "order.h"
#include "assess.h"
#include "memory.h"
#include "record.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct key {
    uint64_t first, second;
    union {
        const struct finding *finding;
        struct certificate *certificate;
    } of;
    size_t index;
};

/* The text's first bytes as a number: it is less where the text is, and equal where they go on. */
static uint64_t beginning(const char *text, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++) {
        number = number << 8 | (unsigned char)*text;
        text += *text != '\0';
    }
    return number;
}

static int compare_keys(const struct key *left, const struct key *right)
{
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->second > right->second) - (left->second < right->second);
}

/* By the rest of what makes the certificate itself, then by what shows it. */
static int compare_certificates(const struct certificate *a, const struct certificate *b)
{
    int order = strcmp(a->arn, b->arn);
    if (order == 0)
        order = strcmp(a->id, b->id);
    if (order == 0)
        order = strcmp(record_name(a->decided), record_name(b->decided));
    return order != 0 ? order : record_compare(a->decided, b->decided);
}

/* Result, severity, rule, in use, due: each of the first four takes less than its bits, and
 * seconds since the year 1 take 39. */
static uint64_t urgency(const struct finding *finding)
{
    const int64_t seconds_before_1970 = INT64_C(70000000000);
    uint64_t rule = 0;
    while (rules[rule] != finding->rule)
        rule++;
    uint64_t key = (uint64_t)finding->result << 4 | (uint64_t)finding->rule->severity;
    key = key << 8 | rule; /* rules are listed by severity, then by id */
    key = key << 1 | (record_in_use(finding->certificate->decided) != IN_USE_YES);
    key = key << 1 | !finding->has_due;
    key <<= 40;
    return finding->has_due ? key | (uint64_t)(finding->due.seconds + seconds_before_1970) : key;
}

/* The bytes in which the ARN differs from others of its place come next. */
static uint64_t place_and_arn(const struct certificate *certificate)
{
    enum { BYTES = 4 };
    return (uint64_t)certificate->place->rank << 8 * BYTES |
           beginning(certificate->arn + certificate->place->common, BYTES);
}

static int by_urgency(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = 0;
    if (a->first == b->first && a->of.finding->has_due)
        order = strcmp(a->of.finding->due.fraction, b->of.finding->due.fraction);
    if (order == 0)
        order = compare_keys(a, b);
    return order != 0
               ? order
               : compare_certificates(a->of.finding->certificate, b->of.finding->certificate);
}

/* Puts the findings into the order of the keys, each chain of places that they leave at once. */
static void move_findings(struct finding *findings, struct key *keys, size_t count)
{
    for (size_t start = 0; start < count; start++) {
        const struct finding moved = findings[start];
        size_t hole = start;
        while (keys[hole].index != start) {
            size_t from = keys[hole].index;
            findings[hole] = findings[from];
            keys[hole].index = hole;
            hole = from;
        }
        findings[hole] = moved;
        keys[hole].index = hole;
    }
}

void order_findings(struct finding *findings, size_t count)
{
    if (count == 0)
        return;
    struct key *keys = memory_resize(NULL, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct key){urgency(&findings[i]),
                               place_and_arn(findings[i].certificate),
                               {.finding = &findings[i]},
                               i};
    qsort(keys, count, sizeof *keys, by_urgency);
    move_findings(findings, keys, count);
    free(keys);
}

static int by_columns(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = compare_keys(a, b);
    if (order == 0)
        order = strcmp(record_name(a->of.certificate->decided),
                       record_name(b->of.certificate->decided));
    return order != 0 ? order : compare_certificates(a->of.certificate, b->of.certificate);
}

void order_certificates(struct certificate **certificates, size_t count)
{
    if (count == 0)
        return;
    struct key *keys = memory_resize(NULL, count, sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        struct certificate *certificate = certificates[i];
        keys[i] = (struct key){(uint64_t)certificate->place->rank << 1 |
                                   (certificate->service == SERVICE_IAM),
                               beginning(record_name(certificate->decided), sizeof(uint64_t)),
                               {.certificate = certificate},
                               i};
    }
    qsort(keys, count, sizeof *keys, by_columns);
    for (size_t i = 0; i < count; i++)
        certificates[i] = keys[i].of.certificate;
    free(keys);
}
