/*
 * certificate.h: generated ACM certificates, the same for the same seed on every machine. Their
 * dates are around 2026-11-20T00:00:00Z. Independent of the output format.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CERTIFICATE_DOMAINS = 4, CERTIFICATE_DOMAIN_ROOM = 96 };

enum state {
    STATE_ISSUED,
    STATE_RENEWED,
    STATE_RENEWAL_PENDING,
    STATE_EXPIRED,
    STATE_REQUESTED,
    STATE_TIMED_OUT,
    STATE_FAILED,
    STATE_IMPORTED,
    STATE_PRIVATE,
};

struct certificate {
    enum state state;
    uint64_t random; /* the state of the generator: each certificate has its own sequence */
    const char *region;
    char account[13];
    int zone; /* of the machine that made the export, in hours east of UTC */
    size_t domain_count;
    char domains[CERTIFICATE_DOMAINS][CERTIFICATE_DOMAIN_ROOM];
    char proofs[CERTIFICATE_DOMAINS][2][33]; /* the two halves of the CNAME record, hexadecimal */
    size_t user_count;
    /* Seconds since 1970. Not every state uses all. */
    int64_t created, issued, not_before, not_after, updated;
};

/* The certificate with this number, for the seed; different for each number. */
struct certificate certificate_make(uint64_t seed, uint64_t number);

bool certificate_has_been_issued(enum state state);

/* Next in its sequence: a number below bound; count hexadecimal digits. */
size_t certificate_below(uint64_t *random, size_t bound);
void certificate_hex(uint64_t *random, char *text, size_t count);

#endif
