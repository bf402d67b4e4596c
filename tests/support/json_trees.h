/*
 * json_trees.h: reads the documents of a file with their trees, one after another.
 */
#ifndef JSON_TREES_H
#define JSON_TREES_H

#include "json/json.h"

struct json_trees {
    struct json *json;
    struct pool *pool;
    struct diag problem;
    const cJSON *root; /* of the last document; NULL if there is none */
};

/* The caller closes the file, after json_trees_close. */
void json_trees_open(struct json_trees *trees, struct file *file);

/* As json_next. */
enum json_event json_trees_next(struct json_trees *trees, struct json_document *document);

void json_trees_close(struct json_trees *trees);

#endif
