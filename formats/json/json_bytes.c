/* json_bytes.c: see json_bytes.h. */
#include "json/json_bytes.h"

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
/* Which of the 16 bytes are line feeds, a bit for each. */
static unsigned int feeds(const unsigned char *bytes)
{
    __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)bytes);

    return (unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('\n')));
}

/* One past the last line feed; begin where there is none. */
static const unsigned char *behind_last(const unsigned char *begin, const unsigned char *end)
{
    while (end - begin >= 16) {
        unsigned int found = feeds(end - 16);

        if (found != 0)
            return end + 16 - __builtin_clz(found);
        end -= 16;
    }
    while (end > begin && end[-1] != '\n')
        end--;
    return end;
}

/* In each of 16 counters, of 8 bits: they are added up before they overflow. */
size_t json_bytes_lines(const unsigned char *begin, const unsigned char *end,
                        const unsigned char **last)
{
    enum { ROUNDS = 255 };
    const __m128i feed = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();
    const unsigned char *next = begin;
    size_t lines = 0;

    while (end - next >= 16) {
        __m128i counters = zero, sums;
        uint64_t halves[2];

        for (int i = 0; i < ROUNDS && end - next >= 16; i++, next += 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)next);
            counters = _mm_sub_epi8(counters, _mm_cmpeq_epi8(bytes, feed));
        }
        sums = _mm_sad_epu8(counters, zero);
        memcpy(halves, &sums, sizeof halves);
        lines += (size_t)(halves[0] + halves[1]);
    }
    for (; next < end; next++)
        lines += *next == '\n';
    *last = lines > 0 ? behind_last(begin, end) : begin;
    return lines;
}
#else
size_t json_bytes_lines(const unsigned char *begin, const unsigned char *end,
                        const unsigned char **last)
{
    return json_bytes_lines_plain(begin, end, last);
}
#endif
