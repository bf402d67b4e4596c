/*
 * json_window.h: the bytes of a file as UTF-8, in a window that moves over it. It contains what
 * its user needs at once (a document) and grows no further than that. It drops the byte order
 * mark, decodes UTF-16, and knows lines and columns, but nothing of JSON.
 */
#ifndef JSON_WINDOW_H
#define JSON_WINDOW_H

#include "base/utf16.h"
#include <stdbool.h>
#include <stddef.h>

struct file;

enum json_window_state {
    WINDOW_OPEN,
    WINDOW_ENDED,
    WINDOW_LONE_SURROGATE, /* in UTF-16: the window ends before it */
    WINDOW_ODD,            /* in UTF-16: half a code unit is left */
    WINDOW_UNREADABLE      /* read error: see file_error */
};

/* At least this many NUL bytes follow the last byte, so that loops can look ahead without
 * counting. */
enum { WINDOW_SLACK = 16 };

struct json_window {
    struct file *file;
    enum json_window_state state;
    unsigned char *bytes;
    size_t room;
    size_t start;        /* index; bytes before it may be dropped */
    size_t next;         /* the user's position: start <= next <= end */
    size_t end;          /* one past the last byte */
    size_t line, column; /* of start, from 1; columns count code points */
    bool wide;           /* UTF-16 */
    struct utf16 utf16;
    unsigned char *raw; /* UTF-16 as read */
};

/* Reads the beginning of the file and finds out its encoding. The window is all zeros, or was
 * opened before and keeps its memory. The file stays the caller's. */
void json_window_open(struct json_window *window, struct file *file);
void json_window_free(struct json_window *window);

/* Adds bytes at the end; false if there are none: see state. Bytes may move: start, next and end
 * change together, and pointers become invalid. */
bool json_window_more(struct json_window *window);

/* Moves start to next. */
void json_window_advance(struct json_window *window);

/* The line and column of the byte at an offset from start. */
void json_window_locate(const struct json_window *window, size_t offset, size_t *line,
                        size_t *column);

#endif
