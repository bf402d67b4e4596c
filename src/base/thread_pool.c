/*
 * thread_pool.c: see thread_pool.h. A pool is a number of threads that may be started. The thread
 * that leads work starts them (some 50 microseconds each), and they end with it.
 */
#include "base/thread_pool.h"
#include "base/limit.h"
#include "base/memory.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

struct thread_pool {
    size_t jobs;
    pthread_mutex_t lock;
    long idle; /* threads that may be started; -1 while one too many is at work */
};

enum { SLOTS_MOST = 2 * LIMIT_JOBS };

/* Work in progress. The lock guards what follows it; functions that are given a run are called, and
 * return, with the lock held. */
struct run {
    struct thread_pool *threads;
    const struct work *work;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t begun, done;             /* pieces; done: consumed, or produced if there is no consume */
    uint8_t free_slots[SLOTS_MOST]; /* a stack: memory that was just used is in the cache */
    size_t free_count;
    /* Of the pieces from done to begun, by number modulo SLOTS_MOST. */
    uint8_t slot_of[SLOTS_MOST];
    bool produced[SLOTS_MOST];
    bool supplying, supplied_all, consuming, stopped;
    size_t waiting; /* threads that have nothing to do, until something changes */
    int error;      /* errno of the consume that failed */
    pthread_t helpers[LIMIT_JOBS];
    size_t helper_count;
};

/* For calls that fail only if they are misused. */
static void check_pthread(int error)
{
    if (error != 0)
        abort();
}

struct thread_pool *thread_pool_new(size_t jobs)
{
    struct thread_pool *threads = memory_resize(NULL, 1, sizeof *threads);
    assert(jobs >= 1 && jobs <= LIMIT_JOBS);
    *threads = (struct thread_pool){.jobs = jobs, .idle = (long)jobs - 1};
    check_pthread(pthread_mutex_init(&threads->lock, NULL));
    return threads;
}

void thread_pool_free(struct thread_pool *threads)
{
    if (threads == NULL)
        return;
    check_pthread(pthread_mutex_destroy(&threads->lock));
    free(threads);
}

/* Twice the number of threads: one whose piece is not the next to be consumed begins another. */
size_t thread_pool_slots(const struct thread_pool *threads)
{
    return threads == NULL || threads->jobs == 1 ? 1 : 2 * threads->jobs;
}

static void lock(struct run *run)
{
    check_pthread(pthread_mutex_lock(&run->lock));
}

static void unlock(struct run *run)
{
    check_pthread(pthread_mutex_unlock(&run->lock));
}

static void wake_all(struct run *run)
{
    check_pthread(pthread_cond_broadcast(&run->changed));
}

/* Lets others start that many threads more, or fewer if it is negative. */
static void lend(struct thread_pool *threads, long count)
{
    if (threads == NULL)
        return;
    check_pthread(pthread_mutex_lock(&threads->lock));
    threads->idle += count;
    check_pthread(pthread_mutex_unlock(&threads->lock));
}

/* Whether one thread may be started. */
static bool borrow(struct thread_pool *threads)
{
    if (threads == NULL)
        return false;
    check_pthread(pthread_mutex_lock(&threads->lock));
    bool granted = threads->idle > 0;
    threads->idle -= granted;
    check_pthread(pthread_mutex_unlock(&threads->lock));
    return granted;
}

static void *help(void *argument);

/* A new thread inherits the signals that are blocked. SIGPIPE is for the thread that writes. */
static bool start_helper(struct run *run)
{
    sigset_t blocked, before;
    (void)sigfillset(&blocked);
    (void)sigdelset(&blocked, SIGPIPE);
    check_pthread(pthread_sigmask(SIG_BLOCK, &blocked, &before));
    bool started = pthread_create(&run->helpers[run->helper_count], NULL, help, run) == 0;
    check_pthread(pthread_sigmask(SIG_SETMASK, &before, NULL));
    run->helper_count += started;
    return started;
}

/* Starts a helper for each piece that is left, as far as threads are idle and the system gives
 * them. If it is unknown how many are left: one, unless this is the first piece, or a helper waits
 * already. */
static void start_helpers(struct run *run)
{
    size_t wanted = run->work->supply == NULL ? run->work->count - run->begun
                                              : run->begun > 1 && run->waiting == 0;
    for (; wanted > 0 && run->helper_count < LIMIT_JOBS && borrow(run->threads); wanted--)
        if (!start_helper(run)) {
            lend(run->threads, 1);
            return;
        }
}

static bool has_more(const struct run *run)
{
    return run->work->supply != NULL ? !run->supplied_all : run->begun < run->work->count;
}

static bool is_over(const struct run *run)
{
    return run->stopped || (!has_more(run) && run->done == run->begun);
}

static void *slot_at(const struct run *run, size_t slot)
{
    return (char *)run->work->slots + slot * run->work->slot_size;
}

static bool supply_one(struct run *run, size_t slot)
{
    size_t number = run->begun;
    run->supplying = true;
    unlock(run);
    bool more = run->work->supply(slot_at(run, slot), number);
    lock(run);
    run->supplying = false;
    run->supplied_all = !more;
    wake_all(run);
    return more;
}

static void produce_one(struct run *run, bool leads)
{
    const struct work *work = run->work;
    uint8_t slot = run->free_slots[--run->free_count];
    if (work->supply != NULL && !supply_one(run, slot)) {
        run->free_slots[run->free_count++] = slot;
        return;
    }
    size_t number = run->begun++;
    if (leads)
        start_helpers(run);
    unlock(run);
    work->produce(slot_at(run, slot), number);
    lock(run);
    if (work->consume == NULL) {
        run->free_slots[run->free_count++] = slot;
        run->done++;
    } else {
        run->slot_of[number % SLOTS_MOST] = slot;
        run->produced[number % SLOTS_MOST] = true;
    }
}

static bool can_consume(const struct run *run)
{
    return !run->consuming && run->produced[run->done % SLOTS_MOST];
}

static void consume_one(struct run *run)
{
    size_t number = run->done;
    uint8_t slot = run->slot_of[number % SLOTS_MOST];
    run->consuming = true;
    unlock(run);
    bool fine = run->work->consume(slot_at(run, slot), number);
    int error = errno;
    lock(run);
    run->consuming = false;
    run->produced[number % SLOTS_MOST] = false;
    run->free_slots[run->free_count++] = slot;
    run->done++;
    if (!fine) {
        run->stopped = true;
        run->error = error;
    }
}

/* Works as long as there is a piece to begin or to consume. A piece that others still produce when
 * this returns is consumed by one of them. */
static void work_on(struct run *run, bool leads)
{
    while (!is_over(run)) {
        if (can_consume(run))
            consume_one(run);
        else if (!has_more(run))
            return;
        else if (!run->supplying && run->free_count > 0)
            produce_one(run, leads);
        else {
            run->waiting++;
            check_pthread(pthread_cond_wait(&run->changed, &run->lock));
            run->waiting--;
            continue;
        }
        wake_all(run);
    }
}

static void *help(void *argument)
{
    struct run *run = argument;
    lock(run);
    work_on(run, false);
    unlock(run);
    lend(run->threads, 1);
    return NULL;
}

/* Works, and waits for the last pieces of the helpers; meanwhile one more thread may be started for
 * the work inside those. */
static void lead(struct run *run)
{
    lock(run);
    work_on(run, true);
    if (!is_over(run)) {
        lend(run->threads, 1);
        while (!is_over(run))
            check_pthread(pthread_cond_wait(&run->changed, &run->lock));
        lend(run->threads, -1);
    }
    unlock(run);
}

bool thread_pool_run(struct thread_pool *threads, const struct work *work)
{
    struct run run = {.threads = threads, .work = work, .free_count = thread_pool_slots(threads)};
    for (size_t i = 0; i < run.free_count; i++)
        run.free_slots[i] = (uint8_t)(run.free_count - 1 - i);
    check_pthread(pthread_mutex_init(&run.lock, NULL));
    check_pthread(pthread_cond_init(&run.changed, NULL));
    lead(&run);
    for (size_t i = 0; i < run.helper_count; i++)
        check_pthread(pthread_join(run.helpers[i], NULL));
    check_pthread(pthread_cond_destroy(&run.changed));
    check_pthread(pthread_mutex_destroy(&run.lock));
    errno = run.error;
    return !run.stopped;
}
