/*
 * keyed_hash.h: SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF"), with a
 * different key in each process, so that hostile input cannot be made to collide and slow down a
 * hash table. Output must not depend on a hash.
 */
#ifndef KEYED_HASH_H
#define KEYED_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash_key {
    uint64_t parts[2];
};

/* The key of this process: random on Linux, fixed if the system provides no random bytes. */
struct hash_key hash_key_new(void);

uint64_t keyed_hash(const struct hash_key *key, const void *bytes, size_t length);

#endif
