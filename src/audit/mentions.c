/* mentions.c: see mentions.h. Mentions are few: they are sorted, and each certificate is looked up
 * among them. */
#include "audit/mentions.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

static int compare_numbers(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

static int by_arn(const void *left, const void *right)
{
    const struct mention *a = *(const struct mention *const *)left;
    const struct mention *b = *(const struct mention *const *)right;
    int order = strcmp(a->arn, b->arn);
    if (order == 0)
        order = evidence_compare_files(a->file, b->file);
    if (order == 0)
        order = compare_numbers(a->document, b->document);
    if (order == 0)
        order = compare_numbers(a->line, b->line);
    return order != 0 ? order : strcmp(a->pointer, b->pointer);
}

static int arn_of(const void *key, const void *element)
{
    return strcmp(key, (*(const struct mention *const *)element)->arn);
}

/* Keeps the first of each ARN. Returns how many remain. */
static size_t drop_repeated(const struct mention **mentions, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(mentions[kept - 1]->arn, mentions[i]->arn) != 0)
            mentions[kept++] = mentions[i];
    return kept;
}

/* Drops those of the certificates. Returns how many remain. */
static size_t drop_recorded(const struct mention **mentions, size_t count,
                            struct certificate *const *certificates, size_t certificate_count)
{
    bool *recorded = memory_resize(NULL, count + 1, sizeof *recorded);
    size_t kept = 0;
    memset(recorded, 0, count * sizeof *recorded);
    for (size_t i = 0; i < certificate_count; i++) {
        const struct mention *const *found =
            bsearch(certificates[i]->arn, mentions, count, sizeof *mentions, arn_of);
        if (found != NULL)
            recorded[found - mentions] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (!recorded[i])
            mentions[kept++] = mentions[i];
    free(recorded);
    return kept;
}

/* Whether the ARN is a pattern for any certificate, as in a policy: `certificate/` and a star. */
static bool is_pattern(const struct mention *mention)
{
    size_t length = strlen(mention->arn);
    return length > 2 && strcmp(mention->arn + length - 2, "/*") == 0;
}

const struct mention **mentions_without_record(const struct evidence *evidence,
                                               struct certificate *const *certificates,
                                               size_t certificate_count, size_t *count)
{
    const struct mention **mentions;
    size_t all = 0;
    for (const struct mention *at = evidence->mentions; at != NULL; at = at->next)
        all++;
    *count = 0;
    if (all == 0)
        return NULL;
    mentions = memory_resize(NULL, all, sizeof *mentions);
    all = 0;
    for (const struct mention *at = evidence->mentions; at != NULL; at = at->next)
        if (!is_pattern(at))
            mentions[all++] = at;
    if (all > 0)
        qsort(mentions, all, sizeof *mentions, by_arn);
    all = drop_repeated(mentions, all);
    *count = drop_recorded(mentions, all, certificates, certificate_count);
    return mentions;
}
