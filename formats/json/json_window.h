/*
 * json_window.h: the bytes of a file as UTF-8, in a window that moves over it. The window holds
 * what its user keeps (a document) and grows only as far as that needs. It takes a byte order
 * mark away, decodes UTF-16, and knows lines and columns; nothing of JSON.
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
    WINDOW_LONE_SURROGATE, /* UTF-16: the window ends where it is */
    WINDOW_ODD,            /* UTF-16: half a code unit is left */
    WINDOW_UNREADABLE      /* the read failed: file_error tells */
};

/* At least this many NUL bytes stand behind the last byte, so that a loop may look ahead and
 * need not count. */
enum { WINDOW_SLACK = 16 };

struct json_window {
    struct file *file;
    enum json_window_state state;
    unsigned char *bytes;
    size_t room;
    size_t keep;         /* what is before this index may be dropped */
    size_t at;           /* where its user is: keep <= at <= end */
    size_t end;          /* one past the last byte */
    size_t line, column; /* of keep, from 1; columns count code points */
    bool wide;           /* UTF-16 */
    struct utf16 utf16;
    unsigned char *raw; /* UTF-16 as read */
};

/* Reads the beginning of the file and tells the encoding. The window is all zeros, or was opened
 * before: then it keeps the room that it has. json_window_free frees what the window owns. */
void json_window_open(struct json_window *window, struct file *file);
void json_window_free(struct json_window *window);

/* Adds bytes behind end; false where there are no more: state tells why. Bytes may move: keep, at
 * and end are then changed together, and pointers are not valid any more. */
bool json_window_more(struct json_window *window);

/* Moves keep to at: the bytes before it are not needed any more. */
void json_window_keep(struct json_window *window);

/* The line and column of the byte that is offset bytes behind keep. */
void json_window_place(const struct json_window *window, size_t offset, size_t *line,
                       size_t *column);

#endif
