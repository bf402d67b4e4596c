/*
 * merge.h: records to certificates: what the exports say of one certificate is put together, and
 * the certificates' places are found. No judgement.
 */
#ifndef MERGE_H
#define MERGE_H

#include "evidence/evidence.h"

/* Each account and region that certificates are in, once, by rank. */
struct locations {
    struct location **sorted;
    size_t count, room;
    void *tree; /* of tsearch(3), while they are gathered */
};

/* Finds the certificates of the evidence: *count of them, in the order of their first records; the
 * array is the caller's to free, the certificates are the pool's. Notes in each file the account of
 * its first certificate that states one. */
struct certificate **merge_certificates(struct evidence *evidence, struct locations *locations,
                                        size_t *count);

/* Frees the list of places; they are the pool's. */
void merge_free(struct locations *locations);

#endif
