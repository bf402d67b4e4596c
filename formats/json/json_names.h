/*
 * json_names.h: members of one name in one object, which I-JSON forbids and cJSON lets pass. Names
 * are compared as decoded, so that `"a"` and `"\u0061"` are the same.
 */
#ifndef JSON_NAMES_H
#define JSON_NAMES_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct pool;

/* Marks every member of the object whose name an earlier one has, in its type; whether there is
 * one. In linear time for few members and n log n for many. */
bool json_names_mark(cJSON *object, struct pool *pool);

bool json_names_marked(const cJSON *member);

/* The index of the opening quote of the name that count names of the document stand before. The
 * document is valid and has as many. */
size_t json_names_place(const unsigned char *document, size_t count);

#endif
