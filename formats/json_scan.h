/*
 * json_scan.h: whether the bytes at the window's place are one value of RFC 8259 JSON that also
 * keeps to I-JSON (RFC 7493): valid UTF-8, no NUL, no lone surrogate. Stricter than cJSON, which
 * parses what passed here. Names are not compared: json_tree.h does that.
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "diag.h"
#include "limit.h"
#include "text.h"
#include <stdint.h>

struct json_window;

struct json_scan {
    struct json_window *window;
    size_t limit; /* bytes that a value may have */

    /* Where each number of the value begins, in bytes from the window's keep. */
    uint32_t *numbers;
    size_t number_count, number_room;
    size_t number_longest; /* bytes */

    /* The problem, where one was found: at counts bytes from the window's keep. */
    enum diag_id id;
    size_t at;
    struct text detail;

    /* For the scan alone. */
    const unsigned char *next, *end;
    size_t depth;
    char closing[LIMIT_DEPTH]; /* `}` or `]` of each open container */
};

void json_scan_init(struct json_scan *scan, struct json_window *window);
void json_scan_free(struct json_scan *scan);

/* Checks the value that begins at the window's at, which must be its keep. True: at is one past
 * the value. False: id, at and detail tell. */
bool json_scan_value(struct json_scan *scan);

/* Sets the problem of the window's at, where expected (such as "a value") should be. */
void json_scan_unexpected(struct json_scan *scan, const char *expected);

#endif
