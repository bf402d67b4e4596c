/*
 * thread_pool.c: see workers.h. Threads live as long as the work that they were started for: to
 * start one takes some 50 microseconds. Calls of pthread that do not fail when they are used as
 * here are not looked at.
 */
#include "base/thread_pool.h"
#include "base/limit.h"
#include "base/memory.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct thread_pool {
    size_t jobs;
    pthread_mutex_t lock; /* of what follows */
    long idle;            /* threads that may be started; below 0 while one too many is at work */
};

enum { PLACES_MOST = 2 * LIMIT_JOBS };

/* Work that is under way. */
struct run {
    struct thread_pool *workers;
    const struct work *work;
    size_t slots;
    pthread_mutex_t lock;   /* of what follows */
    pthread_cond_t change;  /* of what follows */
    size_t begun, taken;    /* pieces; those between have a place each, by number */
    bool made[PLACES_MOST]; /* by place: it can be taken */
    bool taking, stopped;
    int error; /* errno of the take that failed */
    /* The leader's alone: */
    pthread_t threads[LIMIT_JOBS];
    size_t started;
};

struct thread_pool *thread_pool_new(size_t jobs)
{
    struct thread_pool *workers = memory_resize(NULL, 1, sizeof *workers);
    assert(jobs >= 1 && jobs <= LIMIT_JOBS);
    *workers = (struct thread_pool){jobs, PTHREAD_MUTEX_INITIALIZER, (long)jobs - 1};
    return workers;
}

void thread_pool_free(struct thread_pool *workers)
{
    if (workers == NULL)
        return;
    pthread_mutex_destroy(&workers->lock);
    free(workers);
}

/* Twice as many as threads: who has made a piece before it is its turn begins the next. */
size_t thread_pool_slots(const struct thread_pool *workers)
{
    return workers->jobs == 1 ? 1 : 2 * workers->jobs;
}

static void *place_of(const struct run *run, size_t number)
{
    return (char *)run->work->slots + number % run->slots * run->work->slot_size;
}

/* The next two are called, and left, with the lock. */
static void make_one(struct run *run)
{
    size_t number = run->begun++;
    pthread_mutex_unlock(&run->lock);
    run->work->produce(place_of(run, number), number);
    pthread_mutex_lock(&run->lock);
    run->made[number % run->slots] = true;
}

static void take_one(struct run *run)
{
    size_t number = run->taken;
    run->taking = true;
    pthread_mutex_unlock(&run->lock);
    bool fine = run->work->consume(place_of(run, number), number);
    int error = errno;
    pthread_mutex_lock(&run->lock);
    run->taking = false;
    run->made[number % run->slots] = false;
    run->taken++;
    if (!fine) {
        run->stopped = true;
        run->error = error;
    }
}

/* More threads may be started elsewhere, or fewer where count is negative. */
static void lend(struct thread_pool *workers, long count)
{
    pthread_mutex_lock(&workers->lock);
    workers->idle += count;
    pthread_mutex_unlock(&workers->lock);
}

static void *help(void *argument);

/* A thread has the signals blocked that are blocked where it is started: all but SIGPIPE, which
 * comes to the thread that writes. */
static bool start(struct run *run)
{
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool started = pthread_create(&run->threads[run->started], NULL, help, run) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    run->started += started;
    return started;
}

/* Starts the threads that have nothing to do, as long as there are pieces for them: some may have
 * come free since the work began. Where they cannot be had, fewer do it. */
static void recruit(struct run *run)
{
    size_t wanted = run->work->count - run->begun;
    for (bool more = true; more && wanted > 1 && run->started < LIMIT_JOBS; wanted--) {
        pthread_mutex_lock(&run->workers->lock);
        more = run->workers->idle > 0;
        run->workers->idle -= more;
        pthread_mutex_unlock(&run->workers->lock);
        if (more && !start(run)) {
            lend(run->workers, 1);
            more = false;
        }
    }
}

/* Makes and takes as long as there is something for this thread. Called, and left, with the lock.
 * What is being made when it leaves is taken by whoever makes it, or takes the piece before it. */
static void work_on(struct run *run, bool leads)
{
    while (!run->stopped && run->taken < run->work->count) {
        if (leads)
            recruit(run);
        if (!run->taking && run->made[run->taken % run->slots])
            take_one(run);
        else if (run->begun == run->work->count)
            return;
        else if (run->begun - run->taken < run->slots)
            make_one(run);
        else {
            pthread_cond_wait(&run->change, &run->lock);
            continue;
        }
        pthread_cond_broadcast(&run->change);
    }
}

static void *help(void *argument)
{
    struct run *run = argument;
    pthread_mutex_lock(&run->lock);
    work_on(run, false);
    pthread_mutex_unlock(&run->lock);
    lend(run->workers, 1);
    return NULL;
}

/* Does its part, and waits for the last pieces of the others; meanwhile one more thread may be
 * started for them. */
static void lead(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    work_on(run, true);
    lend(run->workers, 1);
    while (!run->stopped && run->taken < run->work->count)
        pthread_cond_wait(&run->change, &run->lock);
    lend(run->workers, -1);
    pthread_mutex_unlock(&run->lock);
}

bool thread_pool_run(struct thread_pool *workers, const struct work *work)
{
    struct run run = {.workers = workers,
                      .work = work,
                      .slots = thread_pool_slots(workers),
                      .lock = PTHREAD_MUTEX_INITIALIZER,
                      .change = PTHREAD_COND_INITIALIZER};
    lead(&run);
    for (size_t i = 0; i < run.started; i++)
        pthread_join(run.threads[i], NULL);
    pthread_mutex_destroy(&run.lock);
    pthread_cond_destroy(&run.change);
    errno = run.error;
    return !run.stopped;
}
