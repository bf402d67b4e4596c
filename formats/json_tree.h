/*
 * json_tree.h: the tree of one document that json_scan.h has passed: cJSON's, in a pool, with what
 * cJSON does not do: numbers keep their text, and names that are there twice are found.
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include <cjson/cJSON.h>
#include <stddef.h>

struct json_scan;
struct pool;
struct text;

/* The tree of the length bytes at document, which scan has passed. The bytes are as before when
 * this returns. All of the tree is in the pool: never cJSON_Delete it. NULL where an object has a
 * name twice: *duplicate is then the index of the second one's quote, and detail its name. */
const cJSON *json_tree_build(unsigned char *document, size_t length, const struct json_scan *scan,
                             struct pool *pool, size_t *duplicate, struct text *detail);

#endif
