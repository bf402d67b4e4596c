/*
 * partial.h: partial results of a file: what a batch of its documents gave. Several threads read
 * batches at the same time, each into a partial of its own; partials are then joined in order. What
 * a partial holds belongs to its pool, which must outlive the evidence.
 */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "base/text.h"
#include "evidence/evidence.h"

struct partial {
    struct pool *pool;
    struct evidence_file *file; /* changed by partial_join_file alone */
    const struct observation **records;
    size_t record_count, record_room;
    struct listing *listings; /* the last one first */
    struct mention *mentions; /* the last one first */
    const char *kinds;        /* commands, joined by "; " */
    const char *last_kind;    /* the one that was added last */
    size_t documents;
    struct problems problems;
    struct partial *next; /* of the same file */
};

/* Keeps a copy; see observation_keep. */
void partial_add_observation(struct partial *part, const struct observation *seen);

/* detail is copied. */
void partial_add_problem(struct partial *part, enum diag_id id, size_t line, size_t column,
                         const char *detail);

/* Adds the command that printed a document; each is named once. */
void partial_add_kind(struct partial *part, const char *kind);

/* Adds kinds, counts and problems to the file: once for each partial, in the order of the file. */
void partial_join_file(struct partial *part);

/* Adds records, lists and mentions to the evidence, and frees the array: in the order of the files.
 */
void partial_join(struct partial *part, struct evidence *evidence);

/* Only frees the array. */
void partial_drop(struct partial *part);

#endif
