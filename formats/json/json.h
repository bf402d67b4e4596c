/*
 * json.h: JSON documents from the bytes of a file, checked. A file contains one document, several
 * one after another, JSON Lines, or an array of documents; in UTF-8 with or without byte order
 * mark, or UTF-16 with one. RFC 8259 and I-JSON are applied strictly (json_scan.h). json_tree.h
 * makes a document's tree. Knows nothing of AWS.
 */
#ifndef JSON_H
#define JSON_H

#include "evidence/diag.h"
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct file;
struct json;

enum json_event {
    JSON_DOCUMENT,
    JSON_EMPTY, /* an empty top-level array: only line and column are set */
    JSON_END,   /* the file ended after a document */
    JSON_BREAK  /* the rest of the file cannot be used: see json_problem */
};

/* Valid until the next call. */
struct json_document {
    unsigned char *text; /* UTF-8, followed by WINDOW_SLACK bytes that are not part of it */
    size_t length;
    size_t number; /* from 1; each element of a top-level array counts */
    size_t line;   /* of its first byte, from 1: lines end at LF, */
    size_t column; /* columns count code points */
};

struct json *json_new(void);
void json_free(struct json *json);

/* Reads from file from now on; it stays the caller's, who closes it. */
void json_start(struct json *json, struct file *file);

/* The next document. Not to be called again after JSON_END or JSON_BREAK. A file without a document
 * (empty, white space, a byte order mark) gives JSON_BREAK, as a read error does, with
 * DIAG_CANNOT_READ. */
enum json_event json_next(struct json *json, struct json_document *document);

/* After JSON_BREAK: id, line, column and detail, which are json's until the next start. file is
 * NULL. */
const struct diag *json_problem(const struct json *json);

/* Whether the first character of the bytes, after a byte order mark and white space, is `{` or
 * `[`, in UTF-8 or UTF-16. Also true if all count bytes are white space and more follow. */
bool json_looks_like(const unsigned char *bytes, size_t count, bool more);

/* As cJSON_IsString, inline. */
static inline bool json_is_text(const cJSON *member)
{
    return member != NULL && (member->type & 0xFF) == cJSON_String;
}

/* Whether the member is missing (NULL), null or "". */
static inline bool json_is_absent(const cJSON *member)
{
    return member == NULL || (member->type & 0xFF) == cJSON_NULL ||
           (json_is_text(member) && member->valuestring[0] == '\0');
}

/* The member of that name, or NULL if it is absent: missing, null or "". */
const cJSON *json_member(const cJSON *object, const char *name);

#endif
