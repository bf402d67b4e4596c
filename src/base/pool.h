/*
 * pool.h: memory that dies together. A pool owns every block that it gave; nothing of a pool is
 * freed alone. The assessment's pool owns every string and record of model.h.
 */
#ifndef POOL_H
#define POOL_H

#include <stddef.h>

struct pool;

struct pool *pool_new(void);

/* Frees the pool and all that it gave; NULL is fine. */
void pool_free(struct pool *pool);

/* Forgets all that the pool gave, and keeps its first block for what comes. */
void pool_reset(struct pool *pool);

/* Gives all that from holds to pool, and frees from. */
void pool_adopt(struct pool *pool, struct pool *from);

/* size bytes, zeroed, aligned for pointers and numbers of 64 bits. Never NULL (see memory.h). */
void *pool_alloc(struct pool *pool, size_t size);

/* The same, but the bytes are as they happen to be. */
void *pool_take(struct pool *pool, size_t size);

/* A copy of length bytes with a NUL behind it. */
char *pool_copy(struct pool *pool, const char *bytes, size_t length);

/* A copy of a NUL-terminated text. */
char *pool_text(struct pool *pool, const char *text);

#endif
