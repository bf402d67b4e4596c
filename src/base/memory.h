/*
 * memory.h: allocation that cannot fail, for buffers that grow and are freed by their owner.
 * Strings and records that live as long as the assessment belong in a pool (pool.h).
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* 1 if the program is built with AddressSanitizer or ThreadSanitizer, else 0. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define MEMORY_SANITIZED 1
#elif defined __has_feature /* clang */
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MEMORY_SANITIZED 1
#endif
#endif
#ifndef MEMORY_SANITIZED
#define MEMORY_SANITIZED 0
#endif

/* Resizes block, which may be NULL, to count items of size bytes. Its content is kept; added bytes
 * are not cleared. Never NULL: if memory runs out or count * size overflows, memory_exhausted is
 * called. The caller frees with free(). */
void *memory_resize(void *block, size_t count, size_t size);

/* Makes room for at least needed items of size bytes. *room is the room in items; it is at least
 * doubled if block has to grow. */
void *memory_grow(void *block, size_t *room, size_t needed, size_t size);

/* Prints a message and ends the process with status 2. Defined by the program, not here. */
_Noreturn void memory_exhausted(void);

#endif
