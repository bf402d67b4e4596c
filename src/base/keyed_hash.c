/* keyed_hash.c: see keyed_hash.h. */
#include "base/keyed_hash.h"
#include <string.h>
#include <sys/auxv.h>

struct hash_key hash_key_new(void)
{
    struct hash_key key = {{0, 0}};
    const void *random = (const void *)getauxval(AT_RANDOM); /* 16 bytes; 0 if there are none */
    if (random != NULL)
        memcpy(&key, random, sizeof key);
    return key;
}

static uint64_t rotate(uint64_t word, unsigned int bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32) + v[3];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static void add_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v);
    v[0] ^= word;
}

uint64_t keyed_hash(const struct hash_key *key, const void *bytes, size_t length)
{
    const unsigned char *next = bytes;
    uint64_t v[4] = {
        key->parts[0] ^ UINT64_C(0x736f6d6570736575), key->parts[1] ^ UINT64_C(0x646f72616e646f6d),
        key->parts[0] ^ UINT64_C(0x6c7967656e657261), key->parts[1] ^ UINT64_C(0x7465646279746573)};
    uint64_t word, last = (uint64_t)length << 56;
    size_t left = length;
    for (; left >= sizeof word; next += sizeof word, left -= sizeof word) {
        memcpy(&word, next, sizeof word);
        add_word(v, word);
    }
    for (size_t i = 0; i < left; i++)
        last |= (uint64_t)next[i] << (8 * i);
    add_word(v, last);
    v[2] ^= 0xFF;
    mix(v);
    mix(v);
    mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
