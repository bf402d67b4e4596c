/*
 * observation.h: an observation that is kept. A reader fills one from a document; the copy here
 * outlives the document. Kept observations belong to a pool and never change.
 */
#ifndef OBSERVATION_H
#define OBSERVATION_H

#include "evidence/evidence.h"

struct pool;
struct text;

/* A copy in the pool, with its texts. Of a validated domain the record, redirect and mailboxes are
 * left out: no rule or report reads them. seen->pointer is not copied and must last. */
const struct observation *observation_keep(struct pool *pool, const struct observation *seen);

/* "" unless the member is a text. */
const char *observation_arn(const struct observation *seen);
const char *observation_id(const struct observation *seen);

/* By file, document and pointer: negative, 0 or positive. */
int observation_compare(const struct observation *left, const struct observation *right);

/* Adds `FILE:LINE POINTER`, without the pointer if the record is the whole document. */
void observation_add_source(const struct observation *seen, struct text *text);

#endif
