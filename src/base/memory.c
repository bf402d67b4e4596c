/* memory.c: see memory.h. */
#include "base/memory.h"
#include <stdint.h>
#include <stdlib.h>

void *memory_resize(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted();
    size_t bytes = count * size;
    /* realloc to 0 bytes may free the block and return NULL. */
    block = realloc(block, bytes == 0 ? 1 : bytes);
    if (block == NULL)
        memory_exhausted();
    return block;
}

void *memory_grow(void *block, size_t *room, size_t needed, size_t size)
{
    if (needed <= *room && block != NULL)
        return block;
    size_t wanted = *room > SIZE_MAX / 2 ? SIZE_MAX : *room * 2;
    if (wanted < needed)
        wanted = needed;
    block = memory_resize(block, wanted, size);
    *room = wanted;
    return block;
}
