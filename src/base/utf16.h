/*
 * utf16.h: UTF-16 to UTF-8, in windows. Our own, because glibc's iconv loads its converter as a
 * module, which a sandbox stops. The caller strips the byte order mark and owns all memory.
 */
#ifndef UTF16_H
#define UTF16_H

#include <stdbool.h>
#include <stddef.h>

enum utf16_state {
    UTF16_GOOD,
    UTF16_LONE, /* a surrogate without its other half */
    UTF16_ODD   /* a last byte that is half of a code unit */
};

struct utf16 {
    bool big; /* the high byte comes first */
    enum utf16_state state;
    bool has_byte; /* the first byte of a code unit whose second is yet to come */
    unsigned char byte;
    unsigned int high; /* the first half of a surrogate pair, or 0 */
};

/* Starts as UTF16_START(big). */
#define UTF16_START(order) ((struct utf16){.big = (order), .state = UTF16_GOOD})

/* Room that utf16_decode needs for count bytes of UTF-16, with what it kept from before. */
#define UTF16_ROOM(count) ((count) / 2 * 3 + 6)

/* Decodes all count bytes to UTF-8 and returns how many bytes that gave. What ends in the middle
 * of a character waits for the next call. Stops at a lone surrogate: state tells, and everything
 * before it is delivered. */
size_t utf16_decode(struct utf16 *utf16, const unsigned char *from, size_t count,
                    unsigned char *to);

/* The input has ended: state becomes UTF16_ODD or UTF16_LONE where something still waits. */
void utf16_end(struct utf16 *utf16);

#endif
