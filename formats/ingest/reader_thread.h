/*
 * reader_thread.h: what one thread does of an intake: opens an input, checks its documents, makes
 * their trees, and lets a reader turn each into facts. Whoever has time makes the trees: a lane
 * offers the documents of a large file to the others (queue.h).
 */
#ifndef READER_THREAD_H
#define READER_THREAD_H

#include "base/walk.h"
#include "evidence/partial.h"
#include "ingest/batch.h"

struct work_queue;
struct progress;
struct reader_thread;

/* What a stretch of an input gave. */
struct document_result {
    struct partial part;
    struct document_result *next;
};

/* A file that is to be read, or to be named as one that cannot be. */
struct input {
    struct walk_entry entry;
    bool named, passing; /* see struct evidence_file */
    dev_t device;        /* of one that passes */
    ino_t inode;
    /* What came of it: */
    struct evidence_file *file;
    struct document_result *first, *newest; /* what its documents gave, in order */
    struct document_result *whole; /* problems of the file as a whole; NULL where there are none */
    int error;                     /* a named one that cannot be opened: why */
};

/* A lane of that queue. All that it leaves in inputs is its pool's, which pool adopts when the
 * lane is freed. progress, which may be NULL, is told of what the lane reads. */
struct reader_thread *reader_thread_new(struct work_queue *queue, struct progress *progress);
void reader_thread_free(struct reader_thread *lane, struct pool *pool);

struct work_queue *reader_thread_queue(const struct reader_thread *lane);

/* Reads the input. False where it is named and cannot be opened: its error is set. */
bool reader_thread_read(struct reader_thread *lane, struct input *input);

/* Makes the trees of the stretch and fills the portion, then clears the stretch. */
void reader_thread_read_batch(struct reader_thread *lane, struct batch *stretch,
                              struct document_result *portion);

#endif
