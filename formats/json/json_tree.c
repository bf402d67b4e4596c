/* json_tree.c: see json_tree.h. */
#include "json/json_tree.h"
#include "base/limit.h"
#include "base/pool.h"
#include "json/json.h"
#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(LIMIT_DEPTH <= CJSON_NESTING_LIMIT, "cJSON refuses what the scan passes");

/* cJSON 1.7.15 copies a number to 64 bytes, one of them a NUL, and refuses what does not fit. */
enum { CJSON_NUMBER_MAX = 63 };

/*
 * The one exception to "no global state". cJSON's allocator is global and takes no argument, so
 * the pool of the parse that runs is told to it through a variable of each thread. It is NULL
 * outside of json_tree_read: then cJSON allocates and frees as it always did.
 */
static _Thread_local struct pool *current;
static pthread_once_t hooked = PTHREAD_ONCE_INIT;

/* What the pool gave and the tree has not used yet: a call of the pool for each node took 3 % of a
 * run over descriptions (perf record). */
enum { CHUNK = 8192, ALIGNMENT = 8 };
static _Thread_local unsigned char *chunk;
static _Thread_local size_t chunk_left;

static void *hook_malloc(size_t size)
{
    unsigned char *given;

    if (current == NULL)
        return malloc(size);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > chunk_left) {
        if (size > CHUNK)
            return pool_take(current, size);
        chunk = pool_take(current, CHUNK);
        chunk_left = CHUNK;
    }
    given = chunk;
    chunk += size;
    chunk_left -= size;
    return given;
}

static void hook_free(void *block)
{
    if (current == NULL)
        free(block);
}

static void install_hooks(void)
{
    cJSON_Hooks hooks = {hook_malloc, hook_free};

    cJSON_InitHooks(&hooks);
}

static cJSON *parse(const unsigned char *document, size_t length, struct pool *pool)
{
    const char *end;
    cJSON *root;

    (void)pthread_once(&hooked, install_hooks);
    current = pool;
    chunk_left = 0;
    root = cJSON_ParseWithLengthOpts((const char *)document, length, &end, 0);
    current = NULL;
    return root;
}

/* The scan lets nothing stand right behind a number that could be part of one. */
static size_t number_length(const unsigned char *number)
{
    size_t length = 0;

    while ((number[length] >= '0' && number[length] <= '9') || number[length] == '-' ||
           number[length] == '+' || number[length] == '.' || (number[length] | 0x20) == 'e')
        length++;
    return length;
}

/* A number that was shortened: what stood there, to be put back. */
struct shortened {
    struct shortened *older;
    unsigned char *place;
    const char *kept;
    size_t length;
};

/* Writes the same value over the number, in a text that cJSON can take. */
static void shorten(unsigned char *number, size_t length)
{
    double value = strtod((const char *)number, NULL);
    char text[CJSON_NUMBER_MAX + 1];
    int count;

    if (isinf(value))
        count = snprintf(text, sizeof text, "%s", value < 0 ? "-1e999" : "1e999");
    else
        count = snprintf(text, sizeof text, "%.17g", value);
    memset(number, ' ', length);
    memcpy(number, text, (size_t)count);
}

/* Shortens the numbers that cJSON would refuse. */
static struct shortened *shorten_all(const struct json_document *document, struct pool *pool)
{
    struct shortened *newest = NULL;

    if (document->number_longest <= CJSON_NUMBER_MAX)
        return NULL;
    for (size_t i = 0; i < document->number_count; i++) {
        unsigned char *number = document->text + document->numbers[i];
        size_t length = number_length(number);

        if (length > CJSON_NUMBER_MAX) {
            struct shortened *one = pool_alloc(pool, sizeof *one);
            *one = (struct shortened){newest, number, pool_copy(pool, (const char *)number, length),
                                      length};
            newest = one;
            shorten(number, length);
        }
    }
    return newest;
}

static void restore_all(const struct shortened *newest)
{
    for (; newest != NULL; newest = newest->older)
        memcpy(newest->place, newest->kept, newest->length);
}

/* A walk over a tree, in the order of the document. */
struct walk {
    cJSON *node;
    size_t depth;
    cJSON *above[LIMIT_DEPTH];
};

static void walk_on(struct walk *walk)
{
    if (walk->node->child != NULL) {
        walk->above[walk->depth++] = walk->node;
        walk->node = walk->node->child;
        return;
    }
    while (walk->node->next == NULL && walk->depth > 0)
        walk->node = walk->above[--walk->depth];
    walk->node = walk->node->next;
}

/* Gives the numbers their texts. */
static void finish(cJSON *root, const struct json_document *document, struct pool *pool)
{
    struct walk walk;
    size_t number = 0;

    if (document->number_count == 0)
        return;
    walk.depth = 0;
    for (walk.node = root; walk.node != NULL; walk_on(&walk)) {
        /* As cJSON_IsNumber, of which there would be a call for each node. */
        if ((walk.node->type & 0xFF) == cJSON_Number) {
            const unsigned char *text = document->text + document->numbers[number++];
            walk.node->valuestring = pool_copy(pool, (const char *)text, number_length(text));
        }
    }
}

const cJSON *json_tree_read(const struct json_document *document, struct pool *pool)
{
    struct shortened *shortened = shorten_all(document, pool);
    cJSON *root = parse(document->text, document->length, pool);

    restore_all(shortened);
    /* The scan passes nothing that cJSON refuses. */
    assert(root != NULL);
    finish(root, document, pool);
    return root;
}
