/*
 * pool.h: memory that is freed all at once. A pool owns every block that it gives out; no block is
 * freed alone. The assessment's pool owns every string and record of the evidence.
 */
#ifndef POOL_H
#define POOL_H

#include <stddef.h>

struct pool;

struct pool *pool_new(void);

/* Frees the pool and everything taken from it; pool may be NULL. */
void pool_free(struct pool *pool);

/* Empties the pool but keeps its first block: everything taken from it is gone. */
void pool_reset(struct pool *pool);

/* Moves everything taken from `from` to pool, and frees `from`. */
void pool_adopt(struct pool *pool, struct pool *from);

/* size zeroed bytes, aligned for pointers and 64-bit numbers. Never NULL (see memory.h). */
void *pool_alloc(struct pool *pool, size_t size);

/* The same, but the bytes are not initialized. */
void *pool_take(struct pool *pool, size_t size);

/* A copy of length bytes, with a NUL after them. */
char *pool_copy(struct pool *pool, const char *bytes, size_t length);

/* A copy of a NUL-terminated string. */
char *pool_text(struct pool *pool, const char *text);

#endif
