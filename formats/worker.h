/*
 * worker.h: what one thread does of an intake: opens an input, checks its documents, makes their
 * trees, and lets a reader turn each into facts. Whoever has time makes the trees: a worker offers
 * the documents of a large file to the others (queue.h).
 */
#ifndef WORKER_H
#define WORKER_H

#include "part.h"
#include "stretch.h"
#include "walk.h"

struct queue;
struct worker;

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
    /* What came of it: */
    struct evidence_file *file;
    struct portion *first, *newest; /* what its documents gave, in order */
    struct portion *whole;          /* problems of the file as a whole; NULL where there are none */
    int error;                      /* a named one that cannot be opened: why */
};

/* A worker of that queue. All that it leaves in inputs is its pool's, which pool adopts when the
 * worker is freed. */
struct worker *worker_new(struct queue *queue);
void worker_free(struct worker *worker, struct pool *pool);

struct queue *worker_queue(const struct worker *worker);

/* Reads the input. False where it is named and cannot be opened: its error is set. */
bool worker_read(struct worker *worker, struct input *input);

/* Makes the trees of the stretch and fills the portion, then clears the stretch. */
void worker_read_stretch(struct worker *worker, struct stretch *stretch, struct portion *portion);

#endif
