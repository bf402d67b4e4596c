/* check_thread_pool.c: pieces that several threads make and that are taken in order. */
#include "base/thread_pool.h"
#include "support/harness.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

Suite *thread_pool_suite(void);

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { PIECES_MOST = 300, PLACES_MOST = 128 };

/* What a test looks at afterwards: threads must not fail a test themselves. */
struct seen {
    pthread_mutex_t lock;
    pthread_t caller;
    struct thread_pool *workers;
    size_t order[PIECES_MOST]; /* of the pieces, as they were taken */
    size_t taken, makes, at_work, at_work_most, faults;
    size_t fails; /* the piece whose take fails; PIECES_MOST for none */
};

struct slot {
    struct seen *seen;
    size_t holds; /* a piece's number and one */
};

static void enter(struct seen *seen)
{
    pthread_mutex_lock(&seen->lock);
    seen->at_work++;
    if (seen->at_work > seen->at_work_most)
        seen->at_work_most = seen->at_work;
    pthread_mutex_unlock(&seen->lock);
}

static void leave(struct seen *seen, bool fine)
{
    pthread_mutex_lock(&seen->lock);
    seen->at_work--;
    seen->makes++;
    seen->faults += !fine;
    pthread_mutex_unlock(&seen->lock);
}

/* Whether a signal would come to this thread: to those alone that were there before, but for a pipe
 * that nobody reads, which is of the thread that writes. */
static bool signals_as_they_should_be(const struct seen *seen)
{
    sigset_t blocked;
    return pthread_sigmask(SIG_SETMASK, NULL, &blocked) == 0 &&
           sigismember(&blocked, SIGPIPE) == 0 &&
           sigismember(&blocked, SIGTERM) == !pthread_equal(pthread_self(), seen->caller);
}

static void make(void *at, size_t number)
{
    struct slot *place = at;
    enter(place->seen);
    place->holds = number + 1;
    leave(place->seen, signals_as_they_should_be(place->seen));
}

static bool take(void *at, size_t number)
{
    struct slot *place = at;
    struct seen *seen = place->seen;
    pthread_mutex_lock(&seen->lock);
    seen->faults += place->holds != number + 1;
    seen->order[seen->taken++] = number;
    pthread_mutex_unlock(&seen->lock);
    errno = ENOSPC;
    return number != seen->fails;
}

/* Pieces with work of their own inside. */
static void make_nested(void *at, size_t number);

static bool run(struct seen *seen, size_t jobs, size_t count, bool nested)
{
    struct slot places[PLACES_MOST];
    *seen = (struct seen){.lock = PTHREAD_MUTEX_INITIALIZER,
                          .caller = pthread_self(),
                          .workers = thread_pool_new(jobs),
                          .fails = seen->fails};
    for (size_t i = 0; i < COUNT(places); i++)
        places[i] = (struct slot){seen, 0};
    struct work work = {.count = count,
                        .slots = places,
                        .slot_size = sizeof *places,
                        .produce = nested ? make_nested : make,
                        .consume = take};
    ck_assert_uint_le(thread_pool_slots(seen->workers), COUNT(places));
    bool fine = thread_pool_run(seen->workers, &work);
    int number = errno;
    thread_pool_free(seen->workers);
    errno = number;
    return fine;
}

static bool take_nothing(void *at, size_t number)
{
    (void)at;
    (void)number;
    return true;
}

static void make_nested(void *at, size_t number)
{
    enum { INSIDE = 20 };
    struct slot *place = at, places[PLACES_MOST];
    for (size_t i = 0; i < COUNT(places); i++)
        places[i] = (struct slot){place->seen, 0};
    struct work work = {INSIDE, places, sizeof *places, make, take_nothing};
    place->holds = number + 1;
    if (!thread_pool_run(place->seen->workers, &work))
        place->holds = 0;
}

static const size_t jobs[] = {1, 2, 3, 8, 64};

START_TEST(test_order)
{
    static const size_t counts[] = {0, 1, 2, 3, 64, PIECES_MOST};
    for (size_t i = 0; i < COUNT(counts); i++) {
        struct seen seen = {.fails = PIECES_MOST};
        ck_assert(run(&seen, jobs[_i], counts[i], false));
        ck_assert_uint_eq(seen.taken, counts[i]);
        ck_assert_uint_eq(seen.makes, counts[i]);
        ck_assert_uint_eq(seen.faults, 0);
        ck_assert_uint_le(seen.at_work_most, jobs[_i]);
        for (size_t j = 0; j < counts[i]; j++)
            ck_assert_uint_eq(seen.order[j], j);
    }
}
END_TEST

START_TEST(test_failing_take)
{
    static const size_t fails[] = {0, 1, 50, PIECES_MOST - 1};
    for (size_t i = 0; i < COUNT(fails); i++) {
        struct seen seen = {.fails = fails[i]};
        errno = 0;
        ck_assert(!run(&seen, jobs[_i], PIECES_MOST, false));
        ck_assert_int_eq(errno, ENOSPC);
        ck_assert_uint_eq(seen.taken, fails[i] + 1); /* and nothing after it */
        ck_assert_uint_eq(seen.faults, 0);
    }
}
END_TEST

/* Work inside of work: the threads are the same, one more while it is handed over. */
START_TEST(test_nested)
{
    struct seen seen = {.fails = PIECES_MOST};
    ck_assert(run(&seen, jobs[_i], 10, true));
    ck_assert_uint_eq(seen.taken, 10);
    ck_assert_uint_eq(seen.makes, 200);
    ck_assert_uint_le(seen.at_work_most, jobs[_i] + (jobs[_i] > 1));
}
END_TEST

Suite *thread_pool_suite(void)
{
    Suite *suite = suite_create("thread_pool");
    TCase *tests = tcase_create("thread_pool");
    tcase_set_timeout(tests, HARNESS_SECONDS);
    tcase_add_loop_test(tests, test_order, 0, (int)COUNT(jobs));
    tcase_add_loop_test(tests, test_failing_take, 0, (int)COUNT(jobs));
    tcase_add_loop_test(tests, test_nested, 0, (int)COUNT(jobs));
    suite_add_tcase(suite, tests);
    return suite;
}
