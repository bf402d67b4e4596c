/*
 * mentions.h: certificates that the evidence mentions, in a listener for example, but has no record
 * of.
 */
#ifndef MENTIONS_H
#define MENTIONS_H

#include "evidence/evidence.h"

/* Returns the first mention of each ARN that is not that of a certificate, *count of them, by ARN.
 * Patterns for any certificate are left out. The caller frees the array. */
const struct mention **mentions_without_record(const struct evidence *evidence,
                                               struct certificate *const *certificates,
                                               size_t certificate_count, size_t *count);

#endif
