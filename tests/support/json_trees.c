/* json_trees.c: see json_trees.h. */
#include "support/json_trees.h"
#include "base/pool.h"
#include "json/json_tree.h"

void json_trees_open(struct json_trees *trees, struct file *file)
{
    *trees = (struct json_trees){.json = json_new(), .pool = pool_new()};
    json_start(trees->json, file);
}

enum json_event json_trees_next(struct json_trees *trees, struct json_document *document)
{
    enum json_event event = json_next(trees->json, document);

    trees->root = NULL;
    pool_reset(trees->pool);
    if (event == JSON_BREAK)
        trees->problem = *json_problem(trees->json);
    else if (event == JSON_DOCUMENT)
        trees->root = json_tree_read(document, trees->pool);
    return event;
}

void json_trees_close(struct json_trees *trees)
{
    json_free(trees->json);
    pool_free(trees->pool);
}
