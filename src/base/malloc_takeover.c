/*
 * malloc_takeover.c: replaces malloc and its relatives for the whole process, libraries included.
 * The memory is glibc's own, but an allocation that fails ends the process (memory_exhausted).
 * libxlsxwriter needs this: after a failed allocation it goes on and silently leaves out cells, or
 * crashes. All allocation functions are replaced together, since a block from one allocator must
 * not be freed by another.
 */
#include "base/memory.h"
#include <stdlib.h>

/* The sanitizers replace malloc themselves, and they too end the process when memory runs out. */
#if !MEMORY_SANITIZED

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static void *check_block(void *block)
{
    if (block == NULL)
        memory_exhausted();
    return block;
}

void *malloc(size_t size)
{
    return check_block(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return check_block(__libc_calloc(count, size));
}

/* With a size of 0, realloc frees the block and returns NULL. */
void *realloc(void *block, size_t size)
{
    void *moved = __libc_realloc(block, size);
    return size == 0 && block != NULL ? moved : check_block(moved);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return check_block(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    *block = check_block(__libc_memalign(alignment, size));
    return 0;
}

void free(void *block)
{
    __libc_free(block);
}

#endif
