/*
 * pool.c: see pool.h. A list of blocks, each filled from its start. Block sizes double up to a
 * limit, so that a small pool is cheap and a large one needs few blocks.
 *
 * Under the sanitizers each allocation is a block of its own, so that an overrun, or a use after
 * pool_reset, is found as it is for malloc.
 */
#include "base/pool.h"
#include "base/memory.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Enough for pointers and 64-bit numbers; nothing in a pool needs more. */
enum { ALIGNMENT = 8 };

enum { FIRST_ROOM = 65536, LAST_ROOM = 4 * 1024 * 1024 };

struct block {
    struct block *older;
    size_t room;
    max_align_t bytes[];
};

struct pool {
    struct block *newest;
    unsigned char *free; /* in the newest block */
    size_t left;
};

static void add_block(struct pool *pool, size_t room)
{
    struct block *block;
    if (room > SIZE_MAX - sizeof *block)
        memory_exhausted();
    block = memory_resize(NULL, 1, sizeof *block + room);
    block->older = pool->newest;
    block->room = room;
    pool->newest = block;
    pool->free = (unsigned char *)block->bytes;
    pool->left = room;
}

struct pool *pool_new(void)
{
    struct pool *pool = memory_resize(NULL, 1, sizeof *pool);
    pool->newest = NULL;
    add_block(pool, FIRST_ROOM);
    return pool;
}

void pool_free(struct pool *pool)
{
    if (pool == NULL)
        return;
    while (pool->newest != NULL) {
        struct block *older = pool->newest->older;
        free(pool->newest);
        pool->newest = older;
    }
    free(pool);
}

void pool_reset(struct pool *pool)
{
    while (pool->newest->older != NULL) {
        struct block *older = pool->newest->older;
        free(pool->newest);
        pool->newest = older;
    }
    pool->free = (unsigned char *)pool->newest->bytes;
    pool->left = pool->newest->room;
}

void pool_adopt(struct pool *pool, struct pool *from)
{
    struct block *last = from->newest;
    while (last->older != NULL)
        last = last->older;
    /* After the newest block, which is still being filled. */
    last->older = pool->newest->older;
    pool->newest->older = from->newest;
    free(from);
}

void *pool_take(struct pool *pool, size_t size)
{
    if (MEMORY_SANITIZED) {
        add_block(pool, size);
        return pool->free;
    }
    if (size > SIZE_MAX - ALIGNMENT)
        memory_exhausted();
    /* At least one unit, so that two allocations of 0 bytes differ. */
    size = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > pool->left) {
        size_t room = pool->newest->room < LAST_ROOM ? pool->newest->room * 2 : LAST_ROOM;
        add_block(pool, room < size ? size : room);
    }
    void *given = pool->free;
    pool->free += size;
    pool->left -= size;
    return given;
}

void *pool_alloc(struct pool *pool, size_t size)
{
    return memset(pool_take(pool, size), 0, size);
}

char *pool_copy(struct pool *pool, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        memory_exhausted();
    char *copy = pool_take(pool, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *pool_text(struct pool *pool, const char *text)
{
    return pool_copy(pool, text, strlen(text));
}
