/*
 * json_scan_inner.h: what json_scan.c, json_scan_names.c and json_scan_text.c share, and nobody
 * else. The NULs behind the window's end let loops run without counting: only who meets a NUL looks
 * whether it is the end. A place (a pointer into the window) is good until look, have or refill is
 * called.
 */
#ifndef JSON_SCAN_INNER_H
#define JSON_SCAN_INNER_H

#include "json/json_scan.h"
#include "json/json_window.h"
#include <string.h>

enum { JSON_SCAN_END = -1 };

/* What a byte may be: PLAIN inside a string, WORD in a number or a bare word. */
enum { JSON_PLAIN = 1, JSON_SPACE = 2, JSON_DIGIT = 4, JSON_WORD = 8 };
extern const unsigned char json_scan_kind[256];

/* Adds bytes behind end; false where the window has none, or the value is too large already. */
bool json_scan_refill(struct json_scan *scan);

/* Whether count bytes are there; asks for more until they are. */
bool json_scan_have(struct json_scan *scan, size_t count);

/* Sets the problem at a place, its detail added to scan->detail before. Returns false. */
bool json_scan_fail(struct json_scan *scan, enum diag_id id, const unsigned char *place);

/* The same where the bytes end and the value does not. */
bool json_scan_fail_at_end(struct json_scan *scan);

/* The same for the character at next, which should be what is expected. */
bool json_scan_fail_here(struct json_scan *scan, const char *expected);

/* Takes the string whose opening quote is at next (json_scan_text.c). */
bool json_scan_text(struct json_scan *scan);

/* Notes the name that began at start and ends before next (json_scan_names.c). */
void json_scan_note_name(struct json_scan *scan, size_t start);

/* How many bytes a place is behind the window's keep. */
static inline size_t json_scan_offset(const struct json_scan *scan, const unsigned char *place)
{
    return (size_t)(place - scan->window->bytes) - scan->window->keep;
}

/* The next byte, or JSON_SCAN_END. */
static inline int json_scan_look(struct json_scan *scan)
{
    if (*scan->next != 0 || scan->next < scan->end || json_scan_refill(scan))
        return *scan->next;
    return JSON_SCAN_END;
}

#endif
