/* memory.c: see memory.h. */
#include "memory.h"
#include <stdint.h>
#include <stdlib.h>

void *memory_resize(void *block, size_t count, size_t size)
{
    size_t bytes;

    if (size != 0 && count > SIZE_MAX / size) {
        memory_exhausted();
    }
    bytes = count * size;
    /* realloc to 0 bytes may free and return NULL. */
    block = realloc(block, bytes == 0 ? 1 : bytes);
    if (block == NULL) {
        memory_exhausted();
    }
    return block;
}

void *memory_grow(void *block, size_t *room, size_t needed, size_t size)
{
    size_t wanted = *room > SIZE_MAX / 2 ? SIZE_MAX : *room * 2;

    if (needed <= *room && block != NULL) {
        return block;
    }
    if (wanted < needed) {
        wanted = needed;
    }
    block = memory_resize(block, wanted, size);
    *room = wanted;
    return block;
}
