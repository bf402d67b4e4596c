/*
 * private_key.h: finds the first private key in PEM form (RFC 7468) in bytes that come in pieces,
 * in UTF-8 or UTF-16, wherever it is. Nothing of the key is kept.
 */
#ifndef PRIVATE_KEY_H
#define PRIVATE_KEY_H

#include "base/lines.h"

struct private_key {
    size_t line; /* where the first one begins, from 1; 0 if there is none yet */
    struct lines lines;
    unsigned char last[32]; /* the end of the bytes so far, in which one may begin */
    size_t last_count;
};

/* Starts as all zeros. */
void private_key_look(struct private_key *key, const unsigned char *bytes, size_t count);

#endif
