/* random.c: see estate.h. */
#include "estates/estate.h"

uint64_t estate_next(uint64_t *random)
{
    uint64_t z = (*random += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

size_t estate_below(uint64_t *random, size_t bound)
{
    return (size_t)(estate_next(random) % bound);
}

bool estate_chance(uint64_t *random, size_t percent)
{
    return estate_below(random, 100) < percent;
}
