/*
 * partial.h: what a stretch of a file gives, for itself. Stretches are read at the same time by
 * several threads; each fills a part of its own, and the parts are joined to the evidence in the
 * order of the files. What a part holds belongs to its pool, which must outlive the evidence.
 */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "base/text.h"
#include "evidence/evidence.h"

struct partial {
    struct pool *pool;
    struct evidence_file *file; /* what is in the part is of it; nothing is written to it */
    const struct observation **records;
    size_t record_count, record_room;
    struct listing *listings; /* the last one first */
    const char *kinds;        /* commands, joined by "; " */
    const char *last_kind;    /* the one that was added last */
    size_t documents;
    struct problems problems;
};

/* Keeps a copy; see observation_keep. */
void partial_add_observation(struct partial *part, const struct observation *seen);

/* detail is copied. */
void partial_add_problem(struct partial *part, enum diag_id id, size_t line, size_t column,
                         const char *detail);

/* The command whose output a document is: each is named once. */
void partial_add_kind(struct partial *part, const char *kind);

/* Adds the part to the evidence and to what its file counts, behind what is there, and frees its
 * array. */
void partial_join(struct partial *part, struct evidence *evidence);

/* Frees its array instead: nothing in it is used. */
void partial_drop(struct partial *part);

#endif
