/*
 * thread_pool.h: so many threads to work with, and work in numbered pieces for them: pieces are
 * made at the same time, and their results taken one after another, in the order of their numbers.
 * So what comes out is the same for every number of threads. Few pieces are under way at a time, so
 * that the memory for them has a bound.
 */
#ifndef THREAD_POOL_H
#define THREAD_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct thread_pool;

/* jobs: the threads that work at a time, 1 to LIMIT_JOBS, of which the caller's is one. */
struct thread_pool *thread_pool_new(size_t jobs);
void thread_pool_free(struct thread_pool *workers);

struct work {
    size_t count; /* pieces */
    /* Where pieces are put: thread_pool_slots of them, of so many bytes each; the caller's. */
    void *slots;
    size_t slot_size;
    /* Makes a piece in a place. May run beside all other calls but those of the same place. */
    void (*produce)(void *place, size_t number);
    /* Takes what make left there: one at a time, in order, on any of the threads. False where that
     * fails: then nothing more is taken, and what was made goes to waste. */
    bool (*consume)(void *place, size_t number);
};

size_t thread_pool_slots(const struct thread_pool *workers);

/* Does the work, with the threads that have nothing else to do at the time; a piece may itself be
 * work for the same workers. True when all pieces are taken; false where one could not be, errno
 * being what its take left. The threads leave all signals but SIGPIPE to those that were there
 * before. */
bool thread_pool_run(struct thread_pool *workers, const struct work *work);

#endif
