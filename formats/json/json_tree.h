/*
 * json_tree.h: the tree of one document that json.h has checked: cJSON's, in a pool, with what
 * cJSON does not do: numbers keep their text.
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include <cjson/cJSON.h>

struct json_document;
struct pool;

/* The document's tree; a number's valuestring is its text as it stood. The text is as before when
 * this returns. All of the tree is in the pool: never cJSON_Delete any of it. Threads may do this
 * at the same time, each with a pool of its own. */
const cJSON *json_tree_read(const struct json_document *document, struct pool *pool);

#endif
