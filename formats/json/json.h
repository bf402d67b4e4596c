/*
 * json.h: checked JSON documents out of the bytes of one file. Takes a file of one document,
 * several one after another, JSON Lines, or an array of documents; UTF-8 with or without byte
 * order mark, UTF-16 with one. Strict where cJSON is not: RFC 8259 and I-JSON to the letter.
 * json_tree.h makes a document's tree. Knows nothing of AWS.
 */
#ifndef JSON_H
#define JSON_H

#include "evidence/diag.h"
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file;
struct json;

enum json_event {
    JSON_DOCUMENT,
    JSON_EMPTY, /* a top-level array without elements, at document->line and column; it is no
                   document: it has no text, and its number is 0 */
    JSON_END,   /* the file ended between documents */
    JSON_BREAK  /* nothing after this can be used: json_problem tells */
};

/* Good until the next call. */
struct json_document {
    unsigned char *text; /* UTF-8, with WINDOW_SLACK bytes behind it that are no part of it */
    size_t length;
    size_t number;           /* from 1; each element of a top-level array counts */
    size_t line;             /* where the document starts: lines end at LF, */
    size_t column;           /* columns count code points, both from 1 */
    const uint32_t *numbers; /* where each number of the text begins */
    size_t number_count;
    size_t number_longest; /* bytes */
    bool names_differ;     /* no object has a name twice; false: that is not known */
};

struct json *json_new(void);
void json_free(struct json *json);

/* Reads from file from now on, which the caller keeps open and closes. */
void json_start(struct json *json, struct file *file);

/* The next document. After JSON_END or JSON_BREAK it must not be called again. A file without any
 * document (empty, white space alone, only a byte order mark) is a JSON_BREAK. A read that fails
 * is one, with DIAG_CANNOT_READ. */
enum json_event json_next(struct json *json, struct json_document *document);

/* After JSON_BREAK, until the next start: id, line, column and detail (owned by json; file is
 * NULL). */
const struct diag *json_problem(const struct json *json);

/* Whether the first character of the bytes, after a byte order mark and white space, is `{` or
 * `[`, in UTF-8 or UTF-16. True also where count bytes are white space alone and there is more. */
bool json_looks_like(const unsigned char *bytes, size_t count, bool more);

/* Whether it is there, and a text: as cJSON_IsString, which would be a call. */
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

/* The member of that name, or NULL where it is absent: missing, null or "". */
const cJSON *json_member(const cJSON *object, const char *name);

#endif
