/*
 * thread_pool.h: the threads of a run, and work for them in numbered pieces. Several pieces are
 * produced at the same time; their results are consumed one after another, in the order of the
 * numbers, so the outcome is the same for any number of threads. Few pieces are in progress at a
 * time, which bounds the memory for them. Threads start when there are pieces for them, and end
 * with the work.
 */
#ifndef THREAD_POOL_H
#define THREAD_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct thread_pool;

/* jobs: threads that may work at the same time, the caller's included: 1 to LIMIT_JOBS. Below, NULL
 * is a pool of one. */
struct thread_pool *thread_pool_new(size_t jobs);
void thread_pool_free(struct thread_pool *threads);

struct work {
    size_t count; /* of pieces; ignored if there is supply */
    /* thread_pool_slots items of slot_size bytes, the caller's. A piece has one of its own until it
     * was consumed. slot_size may be 0: then all pieces share the same one. */
    void *slots;
    size_t slot_size;
    /* Produces a piece in its slot, at the same time as others. */
    void (*produce)(void *slot, size_t number);
    /* Consumes what produce left: one at a time, in order, on any thread. If it returns false, no
     * further piece is consumed, and those in progress are discarded. NULL: nothing to do, in no
     * order; then pieces do not wait for each other. */
    bool (*consume)(void *slot, size_t number);
    /* For work of unknown length, or NULL: fills the slot for produce, one at a time, in order.
     * False if there are no more pieces. */
    bool (*supply)(void *slot, size_t number);
};

size_t thread_pool_slots(const struct thread_pool *threads);

/* Does the work, on this thread and on those that are idle. A piece may call this for work of its
 * own. False, with the errno of consume, if a piece could not be consumed. Signals other than
 * SIGPIPE are blocked in the threads that it starts. */
bool thread_pool_run(struct thread_pool *threads, const struct work *work);

#endif
