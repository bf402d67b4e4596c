/* check_thread_pool.c: pieces that several threads produce, and that are consumed in order. */
#include "base/thread_pool.h"
#include "support/harness.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

Suite *thread_pool_suite(void);

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { PIECES_MOST = 300, SLOTS_MOST = 128 };

/* What a test looks at afterwards: only the test's own thread may fail it. */
struct seen {
    pthread_mutex_t lock;
    pthread_t caller;
    struct thread_pool *threads;
    size_t order[PIECES_MOST]; /* of the pieces, as they were consumed */
    size_t supplied, produced, consumed, working, working_most, faults;
    size_t count; /* of pieces to supply */
    size_t fails; /* the piece that cannot be consumed; PIECES_MOST for none */
};

struct slot {
    struct seen *seen;
    size_t supplied, produced; /* the piece's number + 1 */
    bool taken;                /* by a piece that was not consumed yet */
};

static void enter(struct seen *seen)
{
    pthread_mutex_lock(&seen->lock);
    seen->working++;
    if (seen->working > seen->working_most)
        seen->working_most = seen->working;
    pthread_mutex_unlock(&seen->lock);
}

static void leave(struct seen *seen, bool fine)
{
    pthread_mutex_lock(&seen->lock);
    seen->working--;
    seen->produced++;
    seen->faults += !fine;
    pthread_mutex_unlock(&seen->lock);
}

/* Signals other than SIGPIPE are for the first thread alone. */
static bool signals_are_right(const struct seen *seen)
{
    sigset_t blocked;
    return pthread_sigmask(SIG_SETMASK, NULL, &blocked) == 0 &&
           sigismember(&blocked, SIGPIPE) == 0 &&
           sigismember(&blocked, SIGTERM) == !pthread_equal(pthread_self(), seen->caller);
}

static bool supply(void *item, size_t number)
{
    struct slot *slot = item;
    struct seen *seen = slot->seen;
    pthread_mutex_lock(&seen->lock);
    bool more = number < seen->count;
    seen->faults += number != seen->supplied || slot->taken;
    seen->supplied += more;
    pthread_mutex_unlock(&seen->lock);
    slot->supplied = number + 1;
    return more;
}

static void produce(void *item, size_t number)
{
    struct slot *slot = item;
    enter(slot->seen);
    bool fine = !slot->taken && signals_are_right(slot->seen);
    slot->taken = true;
    slot->produced = number + 1;
    leave(slot->seen, fine);
}

static void produce_supplied(void *item, size_t number)
{
    struct slot *slot = item;
    enter(slot->seen);
    bool fine = slot->supplied == number + 1;
    leave(slot->seen, fine);
    slot->taken = true;
    slot->produced = number + 1;
}

/* Its slot is free again when it returns. */
static void produce_alone(void *item, size_t number)
{
    struct slot *slot = item;
    produce(slot, number);
    pthread_mutex_lock(&slot->seen->lock);
    slot->seen->order[number]++;
    pthread_mutex_unlock(&slot->seen->lock);
    slot->taken = false;
}

static bool consume(void *item, size_t number)
{
    struct slot *slot = item;
    struct seen *seen = slot->seen;
    pthread_mutex_lock(&seen->lock);
    seen->faults += slot->produced != number + 1 || !slot->taken;
    seen->order[seen->consumed++] = number;
    pthread_mutex_unlock(&seen->lock);
    slot->taken = false;
    errno = ENOSPC;
    return number != seen->fails;
}

static bool run(struct seen *seen, size_t jobs, const struct work *work)
{
    struct slot slots[SLOTS_MOST];
    struct work filled = *work;
    *seen = (struct seen){.lock = PTHREAD_MUTEX_INITIALIZER,
                          .caller = pthread_self(),
                          .threads = jobs > 0 ? thread_pool_new(jobs) : NULL,
                          .count = work->count,
                          .fails = seen->fails};
    for (size_t i = 0; i < COUNT(slots); i++)
        slots[i] = (struct slot){.seen = seen};
    filled.slots = slots;
    filled.slot_size = sizeof *slots;
    ck_assert_uint_le(thread_pool_slots(seen->threads), COUNT(slots));
    bool fine = thread_pool_run(seen->threads, &filled);
    int number = errno;
    thread_pool_free(seen->threads);
    errno = number;
    return fine;
}

static const size_t jobs[] = {0, 1, 2, 3, 8, 64}; /* 0: no pool */
static const size_t counts[] = {0, 1, 2, 3, 64, PIECES_MOST};

static void require_all(const struct seen *seen, size_t threads, size_t count)
{
    HARNESS_REQUIRE(seen->produced == count && seen->faults == 0,
                    "%zu pieces with %zu threads: %zu were produced, %zu faults", count, threads,
                    seen->produced, seen->faults);
    ck_assert_uint_le(seen->working_most, threads > 0 ? threads : 1);
}

/* In order, whether the number of pieces is known or they are supplied. */
START_TEST(test_order)
{
    for (size_t i = 0; i < 2 * COUNT(counts); i++) {
        struct seen seen = {.fails = PIECES_MOST};
        size_t count = counts[i / 2];
        const struct work known = {.count = count, .produce = produce, .consume = consume};
        const struct work supplied = {
            .count = count, .supply = supply, .produce = produce_supplied, .consume = consume};
        ck_assert(run(&seen, jobs[_i], i % 2 == 0 ? &known : &supplied));
        require_all(&seen, jobs[_i], count);
        ck_assert_uint_eq(seen.consumed, count);
        for (size_t j = 0; j < count; j++)
            ck_assert_uint_eq(seen.order[j], j);
    }
}
END_TEST

/* Each piece once, in any order. */
START_TEST(test_any_order)
{
    for (size_t i = 0; i < COUNT(counts); i++) {
        struct seen seen = {.fails = PIECES_MOST};
        const struct work work = {.count = counts[i], .produce = produce_alone};
        ck_assert(run(&seen, jobs[_i], &work));
        require_all(&seen, jobs[_i], counts[i]);
        for (size_t j = 0; j < counts[i]; j++)
            ck_assert_uint_eq(seen.order[j], 1);
    }
}
END_TEST

START_TEST(test_failing_consume)
{
    static const size_t fails[] = {0, 1, 50, PIECES_MOST - 1};
    for (size_t i = 0; i < 2 * COUNT(fails); i++) {
        struct seen seen = {.fails = fails[i / 2]};
        const struct work work = {.count = PIECES_MOST,
                                  .supply = i % 2 == 0 ? NULL : supply,
                                  .produce = i % 2 == 0 ? produce : produce_supplied,
                                  .consume = consume};
        errno = 0;
        ck_assert(!run(&seen, jobs[_i], &work));
        ck_assert_int_eq(errno, ENOSPC);
        ck_assert_uint_eq(seen.consumed, seen.fails + 1); /* and no later one */
        ck_assert_uint_le(seen.produced, seen.fails + 1 + SLOTS_MOST);
        ck_assert_uint_eq(seen.faults, 0);
    }
}
END_TEST

static void produce_nested(void *item, size_t number)
{
    enum { INSIDE = 20 };
    struct slot *slot = item, slots[SLOTS_MOST];
    for (size_t i = 0; i < COUNT(slots); i++)
        slots[i] = (struct slot){.seen = slot->seen};
    const struct work work = {
        .count = INSIDE, .slots = slots, .slot_size = sizeof *slots, .produce = produce_alone};
    slot->taken = true;
    slot->produced = thread_pool_run(slot->seen->threads, &work) ? number + 1 : 0;
}

/* Work inside of work uses the same threads, one more while it is handed over. */
START_TEST(test_nested)
{
    struct seen seen = {.fails = PIECES_MOST};
    const struct work work = {.count = 10, .produce = produce_nested, .consume = consume};
    ck_assert(run(&seen, jobs[_i], &work));
    ck_assert_uint_eq(seen.consumed, 10);
    ck_assert_uint_eq(seen.produced, 200);
    ck_assert_uint_eq(seen.faults, 0);
    ck_assert_uint_le(seen.working_most, jobs[_i] > 1 ? jobs[_i] + 1 : 1);
}
END_TEST

struct first_batches {
    struct seen *seen;
    size_t others; /* pieces that another thread produced */
};

static void produce_and_note(void *item, size_t number)
{
    struct first_batches *noted = item;
    (void)number;
    pthread_mutex_lock(&noted->seen->lock);
    noted->others += !pthread_equal(pthread_self(), noted->seen->caller);
    pthread_mutex_unlock(&noted->seen->lock);
}

static bool supply_one_piece(void *item, size_t number)
{
    (void)item;
    return number < 1;
}

/* No thread is started for a single piece, whether it is known to be one or not. All pieces share
 * one slot. */
START_TEST(test_one_piece)
{
    struct seen seen = {.lock = PTHREAD_MUTEX_INITIALIZER, .caller = pthread_self()};
    struct first_batches noted = {&seen, 0};
    const struct work known = {.count = 1, .slots = &noted, .produce = produce_and_note};
    const struct work supplied = {
        .slots = &noted, .produce = produce_and_note, .supply = supply_one_piece};
    struct thread_pool *threads = thread_pool_new(8);
    for (int i = 0; i < 100; i++)
        ck_assert(thread_pool_run(threads, i % 2 == 0 ? &known : &supplied));
    thread_pool_free(threads);
    ck_assert_uint_eq(noted.others, 0);
}
END_TEST

Suite *thread_pool_suite(void)
{
    Suite *suite = suite_create("thread_pool");
    TCase *tests = tcase_create("thread_pool");
    tcase_set_timeout(tests, HARNESS_SECONDS);
    tcase_add_loop_test(tests, test_order, 0, (int)COUNT(jobs));
    tcase_add_loop_test(tests, test_any_order, 0, (int)COUNT(jobs));
    tcase_add_loop_test(tests, test_failing_consume, 0, (int)COUNT(jobs));
    tcase_add_loop_test(tests, test_nested, 0, (int)COUNT(jobs));
    tcase_add_test(tests, test_one_piece);
    suite_add_tcase(suite, tests);
    return suite;
}
