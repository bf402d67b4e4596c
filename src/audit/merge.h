/*
 * merge.h: records to certificates: the records of one certificate are put together, and each
 * account and region with certificates is found. No judgement.
 */
#ifndef MERGE_H
#define MERGE_H

#include "evidence/evidence.h"

/* Each account and region of a certificate, once, by rank. */
struct locations {
    struct location **sorted;
    size_t count, room;
};

/* Returns the certificates of the evidence, *count of them, in an order that depends on their
 * records alone. The caller frees the array; the certificates belong to the evidence's pool. Notes
 * in each file the account of its first certificate that states one. */
struct certificate **merge_certificates(struct evidence *evidence, struct locations *locations,
                                        size_t *count);

/* Frees the list; the locations belong to the pool. */
void merge_free(struct locations *locations);

#endif
