/*
 * json_scan.h: whether the bytes at the window's place are one value of RFC 8259 JSON that also
 * keeps to I-JSON (RFC 7493): valid UTF-8, no NUL, no lone surrogate. Stricter than cJSON, which
 * parses what passed here. Whether names differ is told only where it is plain to see:
 * json_tree.h finds out the rest.
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "base/limit.h"
#include "base/text.h"
#include "evidence/diag.h"
#include <stdint.h>

struct json_window;

struct json_scan_name {
    size_t start, length;
};

struct json_scan {
    struct json_window *window;
    size_t limit; /* bytes that a value may have */

    /* Where each number of the value begins, in bytes from the window's keep. */
    uint32_t *numbers;
    size_t number_count, number_room;
    size_t number_longest; /* bytes */

    /* Whether each object's names differ from each other: false where that was not seen. */
    bool names_differ;

    /* The problem, where one was found: at counts bytes from the window's keep. */
    enum diag_id id;
    size_t at;
    struct text detail;

    /* For the scan alone. */
    const unsigned char *next, *end;
    bool plain; /* the last string has neither escapes nor anything that is not ASCII */
    size_t depth;
    char closing[LIMIT_DEPTH]; /* `}` or `]` of each open container */
    /* The names of the objects that are open, and a hash of each. */
    struct json_scan_name *names;
    uint64_t *hashes;
    size_t name_count, name_room, hash_room;
    size_t first_name[LIMIT_DEPTH];   /* of each open container, */
    uint64_t hashes_met[LIMIT_DEPTH]; /* and a bit for each value of the hashes' highest bits */
};

void json_scan_init(struct json_scan *scan, struct json_window *window);
void json_scan_free(struct json_scan *scan);

/* Checks the value that begins at the window's at, which must be its keep. True: at is one past
 * the value. False: id, at and detail tell. */
bool json_scan_value(struct json_scan *scan);

/* Sets the problem of the window's at, where expected (such as "a value") should be. */
void json_scan_unexpected(struct json_scan *scan, const char *expected);

#endif
