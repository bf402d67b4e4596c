/*
 * json_tree.h: the tree of a document that json.h has checked. Its nodes are cJSON's, for cJSON's
 * functions to read. It is not made by cJSON's parser: a checked document needs no second check,
 * and that parser takes 3.4 times as many instructions (callgrind), refuses numbers of more than 63
 * characters, drops the text of the others, and has one allocator for all threads. Nor is it
 * printed by cJSON, which rewrites numbers; some of its versions print -0 as 0.
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include <cjson/cJSON.h>

struct json_document;
struct pool;
struct text;

/* The document's tree. A number's valuestring is its text. The nodes are the pool's, never to be
 * given to cJSON_Delete; most strings stay in the document's text, where a NUL replaces the closing
 * quote: the tree is valid as long as both. */
const cJSON *json_tree_read(const struct json_document *document, struct pool *pool);

/* Adds the value as compact JSON, with numbers as the document has them. */
void json_tree_print(const cJSON *node, struct text *text);

#endif
