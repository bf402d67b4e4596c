/* refs.c: see refs.h. Neighbours in the order of their digests have the longest common beginnings.
 */
#include "audit/refs.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

enum { HEAD_DIGITS = 16, HEX = 16 };

/* A finding by the first 64 bits of its digest, which decide in nearly every case. */
struct ref {
    uint64_t head;
    const struct finding *finding;
};

static uint64_t head_of(const char *hex)
{
    char digits[HEAD_DIGITS + 1] = {0};
    memcpy(digits, hex, HEAD_DIGITS);
    return strtoull(digits, NULL, HEX);
}

static void take(const struct ref *ref, char hex[DIGEST_HEX])
{
    struct digest *digest = digest_new();
    finding_take_digest(ref->finding, digest, hex);
    digest_free(digest);
}

static int by_digest(const void *left, const void *right)
{
    const struct ref *a = left, *b = right;
    char first[DIGEST_HEX], second[DIGEST_HEX];
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    take(a, first);
    take(b, second);
    return strcmp(first, second);
}

/* How many digits two refs have in common at their beginning. */
static size_t common_digits(const struct ref *left, const struct ref *right)
{
    char first[DIGEST_HEX], second[DIGEST_HEX];
    size_t common = 0;
    if (left->head != right->head) {
        for (uint64_t differs = left->head ^ right->head; differs >> 60U == 0; differs <<= 4U)
            common++;
        return common;
    }
    take(left, first);
    take(right, second);
    while (first[common] != '\0' && first[common] == second[common])
        common++;
    return common;
}

size_t refs_digits(const struct finding *findings, size_t count, size_t least)
{
    struct ref *refs = memory_resize(NULL, count + 1, sizeof *refs);
    struct digest *digest = digest_new();
    char hex[DIGEST_HEX];
    for (size_t i = 0; i < count; i++) {
        finding_take_digest(&findings[i], digest, hex);
        refs[i] = (struct ref){head_of(hex), &findings[i]};
    }
    digest_free(digest);
    qsort(refs, count, sizeof *refs, by_digest);
    for (size_t i = 1; i < count; i++) {
        size_t common = common_digits(&refs[i - 1], &refs[i]);
        least = common >= least && common < DIGEST_HEX - 1 ? common + 1 : least;
    }
    free(refs);
    return least;
}
