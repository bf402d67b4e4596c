/*
 * memory.c: see memory.h. Also the allocator of the whole process: libraries call it by the names
 * that stand at the end.
 */
#include "base/memory.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *memory_resize(void *block, size_t count, size_t size)
{
    size_t bytes;

    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted();
    bytes = count * size;
    /* realloc to 0 bytes may free and return NULL. */
    block = realloc(block, bytes == 0 ? 1 : bytes);
    if (block == NULL)
        memory_exhausted();
    return block;
}

void *memory_grow(void *block, size_t *room, size_t needed, size_t size)
{
    size_t wanted = *room > SIZE_MAX / 2 ? SIZE_MAX : *room * 2;

    if (needed <= *room && block != NULL)
        return block;
    if (wanted < needed)
        wanted = needed;
    block = memory_resize(block, wanted, size);
    *room = wanted;
    return block;
}

/*
 * malloc and its kin, as every library finds them: glibc's own, but what cannot be had ends the
 * process. All of them, since a block of one allocator is not to be freed by another. libxlsxwriter
 * goes on after a failed allocation and leaves out what it had no room for, without a word, or
 * crashes. The sanitizers bring an allocator of their own, which ends the process as well.
 */
#ifdef __has_feature
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#if !SANITIZED
enum { CALLOC_SMALL = 512 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static void *had(void *block)
{
    if (block == NULL)
        memory_exhausted();
    return block;
}

void *malloc(size_t size)
{
    return had(__libc_malloc(size));
}

/* Small blocks from malloc, which keeps some at hand for each thread, as glibc 2.36's calloc does
 * not. libxlsxwriter asks for one for each cell: a twentieth of the time that a workbook takes. */
void *calloc(size_t count, size_t size)
{
    if (count <= CALLOC_SMALL && size <= CALLOC_SMALL && count * size <= CALLOC_SMALL)
        return memset(had(__libc_malloc(count * size)), 0, count * size);
    return had(__libc_calloc(count, size));
}

/* Of 0 bytes it frees, and gives NULL. */
void *realloc(void *block, size_t size)
{
    void *moved = __libc_realloc(block, size);

    return size == 0 && block != NULL ? moved : had(moved);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return had(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    *block = had(__libc_memalign(alignment, size));
    return 0;
}

void free(void *block)
{
    __libc_free(block);
}
#endif
