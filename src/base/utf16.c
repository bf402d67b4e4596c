/* utf16.c: see utf16.h. Unicode 15, section 3.9, table 3-5. */
#include "base/utf16.h"

static size_t encode_utf8(unsigned int point, unsigned char *to)
{
    if (point < 0x80) {
        to[0] = (unsigned char)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (unsigned char)(0xC0 | point >> 6);
        to[1] = (unsigned char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        to[0] = (unsigned char)(0xE0 | point >> 12);
        to[1] = (unsigned char)(0x80 | (point >> 6 & 0x3F));
        to[2] = (unsigned char)(0x80 | (point & 0x3F));
        return 3;
    }
    to[0] = (unsigned char)(0xF0 | point >> 18);
    to[1] = (unsigned char)(0x80 | (point >> 12 & 0x3F));
    to[2] = (unsigned char)(0x80 | (point >> 6 & 0x3F));
    to[3] = (unsigned char)(0x80 | (point & 0x3F));
    return 4;
}

/* Decodes one code unit; returns the number of bytes written, 0 after half a pair. */
static size_t decode_unit(struct utf16 *utf16, unsigned int unit, unsigned char *to)
{
    bool high = unit >= 0xD800 && unit <= 0xDBFF;
    bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    unsigned int point = unit;

    if ((utf16->high != 0) != low) {
        utf16->state = UTF16_LONE;
        return 0;
    }
    if (high) {
        utf16->high = unit;
        return 0;
    }
    if (low) {
        point = 0x10000 + ((utf16->high - 0xD800) << 10) + (unit - 0xDC00);
        utf16->high = 0;
    }
    return encode_utf8(point, to);
}

size_t utf16_decode(struct utf16 *utf16, const unsigned char *from, size_t count, unsigned char *to)
{
    size_t made = 0;

    for (size_t i = 0; i < count && utf16->state == UTF16_GOOD; i++) {
        unsigned int first = utf16->byte;

        if (!utf16->has_byte) {
            utf16->byte = from[i];
            utf16->has_byte = true;
            continue;
        }
        utf16->has_byte = false;
        made += decode_unit(utf16,
                            utf16->big ? first << 8 | from[i] : (unsigned int)from[i] << 8 | first,
                            to + made);
    }
    return made;
}

void utf16_end(struct utf16 *utf16)
{
    if (utf16->state != UTF16_GOOD)
        return;
    if (utf16->high != 0)
        utf16->state = UTF16_LONE;
    else if (utf16->has_byte)
        utf16->state = UTF16_ODD;
}
