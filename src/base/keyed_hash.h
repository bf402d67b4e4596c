/*
 * keyed_hash.h: SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF"), with a key
 * of its own in each process: nobody can prepare texts that collide, so that a hash table stays
 * fast with hostile input. Nothing that is written may depend on a hash.
 */
#ifndef KEYED_HASH_H
#define KEYED_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash_key {
    uint64_t parts[2];
};

/* The process's key: random on Linux, fixed where the system gives no random bytes at start. */
struct hash_key hash_key_new(void);

uint64_t keyed_hash(const struct hash_key *key, const void *bytes, size_t length);

#endif
