/*
 * json_scan.h: checks that the bytes at the window's position are one value of RFC 8259 JSON that
 * also keeps to I-JSON (RFC 7493): valid UTF-8, no NUL, no lone surrogate, no name twice in an
 * object. Says where a value ends, or what is wrong with it; what passes, json_tree.h need not
 * check.
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "base/text.h"
#include "evidence/diag.h"
#include "json/json_names.h"

struct json_window;

struct json_scan {
    struct json_window *window;
    size_t limit; /* bytes that a value may have */

    /* After a failure: the problem, at an offset in bytes from the window's start. */
    enum diag_id id;
    size_t offset;
    struct text detail;

    /* Internal: */
    const unsigned char *next, *end; /* in the window */
    bool escaped;                    /* the last string has an escape */
    size_t depth;
    char closing; /* of the innermost container: `}` or `]`; 0 outside of any */
    struct json_names names;
};

void json_scan_init(struct json_scan *scan, struct json_window *window);
void json_scan_free(struct json_scan *scan);

/* Checks the value that begins at the window's next byte, which must be its start. Returns true
 * with next one past the value, or false with the problem set. */
bool json_scan_value(struct json_scan *scan);

/* Sets the problem: the window's next byte is not what is expected, such as "a value". */
void json_scan_unexpected(struct json_scan *scan, const char *expected);

#endif
