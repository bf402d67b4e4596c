/* json_bytes.c: see json_bytes.h. */
#include "json_bytes.h"

size_t json_bytes_lines_plain(const unsigned char *begin, const unsigned char *end,
                              const unsigned char **last)
{
    const unsigned char *feed;
    size_t lines = 0;

    *last = begin;
    while (*last < end && (feed = memchr(*last, '\n', (size_t)(end - *last))) != NULL) {
        *last = feed + 1;
        lines++;
    }
    return lines;
}

#ifdef __SSE2__
/* How many of the bits are set, of 16. */
static size_t count_bits(unsigned int bits)
{
    bits = bits - (bits >> 1 & 0x5555);
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0F0F;
    return (bits + (bits >> 8)) & 0x1F;
}

size_t json_bytes_lines(const unsigned char *begin, const unsigned char *end,
                        const unsigned char **last)
{
    const __m128i feed = _mm_set1_epi8('\n');
    const unsigned char *next = begin;
    size_t lines = 0;

    *last = begin;
    for (; end - next >= 16; next += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)next);
        unsigned int found = (unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, feed));

        if (found != 0) {
            lines += count_bits(found);
            *last = next + 32 - __builtin_clz(found);
        }
    }
    for (; next < end; next++) {
        if (*next == '\n') {
            lines++;
            *last = next + 1;
        }
    }
    return lines;
}
#else
size_t json_bytes_lines(const unsigned char *begin, const unsigned char *end,
                        const unsigned char **last)
{
    return json_bytes_lines_plain(begin, end, last);
}
#endif
