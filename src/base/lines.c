/* lines.c: see lines.h. */
#include "base/lines.h"

/* In blocks whose sum fits a byte, which compilers turn into vector code: every byte that is read
 * is counted, and a byte at a time would take as long as a tenth of its digest. */
static size_t count_feeds(const unsigned char *bytes, size_t count)
{
    enum { BLOCK = 240 };
    size_t feeds = 0;
    for (; count >= BLOCK; bytes += BLOCK, count -= BLOCK) {
        unsigned char sum = 0;
        for (int i = 0; i < BLOCK; i++)
            sum = (unsigned char)(sum + (bytes[i] == '\n'));
        feeds += sum;
    }
    for (; count > 0; count--)
        feeds += *bytes++ == '\n';
    return feeds;
}

static size_t count_wide_feeds(struct lines *lines, const unsigned char *bytes, size_t count)
{
    size_t feeds = 0;
    for (; count > 0; count--, bytes++) {
        unsigned char high = lines->big ? lines->half : *bytes;
        unsigned char low = lines->big ? *bytes : lines->half;
        feeds += lines->odd && high == 0 && low == '\n';
        lines->half = *bytes;
        lines->odd = !lines->odd;
    }
    return feeds;
}

void lines_add(struct lines *lines, const unsigned char *bytes, size_t count)
{
    if (!lines->begun && count >= 2) {
        lines->big = bytes[0] == 0xFE && bytes[1] == 0xFF;
        lines->wide = lines->big || (bytes[0] == 0xFF && bytes[1] == 0xFE);
    }
    lines->begun |= count > 0;
    lines->feeds += lines->wide ? count_wide_feeds(lines, bytes, count) : count_feeds(bytes, count);
}
