/*
 * lines.h: counts the lines of bytes that come in pieces, in UTF-8, or UTF-16 with a byte order
 * mark.
 */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>

struct lines {
    size_t feeds; /* LF so far */
    bool wide, big;
    bool odd;           /* in UTF-16: half a code unit was counted, */
    unsigned char half; /* which is this */
    bool begun;
};

/* Starts as all zeros. The first piece has two bytes, unless there is only one. */
void lines_add(struct lines *lines, const unsigned char *bytes, size_t count);

#endif
