/*
 * lane.h: what one thread does of an intake: opens an input, checks its documents, makes their
 * trees, and lets a reader turn each into facts. Whoever has time makes the trees: a lane offers
 * the documents of a large file to the others (queue.h).
 */
#ifndef LANE_H
#define LANE_H

#include "base/walk.h"
#include "evidence/partial.h"
#include "ingest/batch.h"

struct queue;
struct progress;
struct lane;

/* What a stretch of an input gave. */
struct portion {
    struct part part;
    bool last; /* an object had a name twice: nothing behind it is used */
    struct portion *next;
};

/* A file that is to be read, or to be named as one that cannot be. */
struct input {
    struct walk_entry entry;
    bool named, passing; /* see struct evidence_file */
    dev_t device;        /* of one that passes */
    ino_t inode;
    /* What came of it: */
    struct evidence_file *file;
    struct portion *first, *newest; /* what its documents gave, in order */
    struct portion *whole;          /* problems of the file as a whole; NULL where there are none */
    int error;                      /* a named one that cannot be opened: why */
};

/* A lane of that queue. All that it leaves in inputs is its pool's, which pool adopts when the
 * lane is freed. progress, which may be NULL, is told of what the lane reads. */
struct lane *lane_new(struct queue *queue, struct progress *progress);
void lane_free(struct lane *lane, struct pool *pool);

struct queue *lane_queue(const struct lane *lane);

/* Reads the input. False where it is named and cannot be opened: its error is set. */
bool lane_read(struct lane *lane, struct input *input);

/* Makes the trees of the stretch and fills the portion, then clears the stretch. False where
 * nothing behind it may be used; the portion tells that too. */
bool lane_read_stretch(struct lane *lane, struct stretch *stretch, struct portion *portion);

#endif
