/*
 * utf16.h: UTF-16 to UTF-8, one window at a time. Not iconv, because glibc loads its converters
 * from files, which the sandbox refuses. The caller strips the byte order mark and owns all memory.
 */
#ifndef UTF16_H
#define UTF16_H

#include <stdbool.h>
#include <stddef.h>

enum utf16_state {
    UTF16_GOOD,
    UTF16_LONE, /* an unpaired surrogate */
    UTF16_ODD   /* the input ends in the middle of a code unit */
};

struct utf16 {
    bool big; /* big-endian */
    enum utf16_state state;
    bool has_byte; /* byte is the first of a code unit */
    unsigned char byte;
    unsigned int high; /* the first half of a surrogate pair, or 0 */
};

/* Starts as UTF16_START(big). */
#define UTF16_START(order) ((struct utf16){.big = (order), .state = UTF16_GOOD})

/* The bytes that utf16_decode writes at most for count bytes of UTF-16. */
#define UTF16_ROOM(count) ((count) / 2 * 3 + 6)

/* Decodes count bytes to UTF-8 and returns the number of bytes written. A character that is not
 * complete is kept for the next call. Stops at an unpaired surrogate: the text before it is
 * written, and state is UTF16_LONE. */
size_t utf16_decode(struct utf16 *utf16, const unsigned char *from, size_t count,
                    unsigned char *to);

/* Ends the input: state becomes UTF16_ODD or UTF16_LONE if the last character is not complete. */
void utf16_end(struct utf16 *utf16);

#endif
