/*
 * memory.h: allocation that does not fail, for what grows and is freed by its owner.
 * Strings and records that live as long as the assessment belong in a pool (pool.h).
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* Room for count items of size bytes, with block's bytes kept; block may be NULL, the new room is
 * not cleared. Never NULL: where memory is out, or count * size overflows, memory_exhausted runs.
 * The caller frees with free(). */
void *memory_resize(void *block, size_t count, size_t size);

/* As memory_resize, with *room (items) at least doubled until it holds needed. */
void *memory_grow(void *block, size_t *room, size_t needed, size_t size);

/* Defined by the program, not by this module: says so and ends the process with status 2. */
_Noreturn void memory_exhausted(void);

#endif
