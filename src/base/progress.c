/* progress.c: see progress.h. Calls of pthread that do not fail when they are used as here are not
 * looked at. */
#include "base/progress.h"
#include "base/memory.h"
#include "base/text.h"
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* Columns of the parts, with the two blanks in front of each. */
enum {
    DONE = 2 + 7,
    ALL = 4 + 7,
    TIME = 2 + 6,
    LEFT = TIME + 5,
    RATE = 2 + 9,
    BRACKETS = 2 + 2,
    CELLS_LEAST = 8,
    CELLS_MOST = 40,
    FREE = 3, /* at the end of the line: a ^C that is typed must not begin another one */
    WIDTH_DEFAULT = 80
};

enum {
    INTERVAL = 200, /* milliseconds from one line to the next */
    PATIENCE = 500, /* milliseconds for a line that is being drawn while the process ends */
    LINE_ROOM = 256 /* bytes: more than any line has */
};

struct progress {
    int descriptor;
    const char *label;
    unsigned delay;
    struct text line; /* the thread's; has room from the start, so that drawing allocates none */
    _Atomic uint64_t done;
    atomic_bool visible;
    atomic_flag taken; /* who sets it has the terminal; progress_abandon does not give it back */
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t wake;
    bool stopped;
    uint64_t total;
    struct timespec since;
};

/* Always 7 columns, or, for an amount in a sentence, as few as it needs. Rounded down. */
static void add_amount(struct text *text, uint64_t bytes, bool aligned)
{
    static const char units[] = "BKMGTPE";
    unsigned unit = 0;
    while (bytes >> 10 * unit >= 1000)
        unit++;
    uint64_t whole = bytes >> 10 * unit;
    if (unit == 0)
        text_addf(text, "%*" PRIu64 " B", aligned ? 5 : 0, whole);
    else if (whole >= 10)
        text_addf(text, "%*" PRIu64 " %ciB", aligned ? 3 : 0, whole, units[unit]);
    else
        text_addf(text, "%" PRIu64 ".%" PRIu64 " %ciB", whole,
                  (bytes >> 10 * (unit - 1)) % 1024 * 10 / 1024, units[unit]);
}

/* In one unit; nothing where no unit is of use. */
static void add_time(struct text *text, double seconds, bool up, const char *behind)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = {{1, "s"}, {60, "min"}, {3600, "h"}, {86400, "d"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (seconds <= 99 * units[i].seconds) {
            unsigned count = (unsigned)(seconds / units[i].seconds);
            text_addf(text, "  %u %s%s", count + (up && count * units[i].seconds < seconds),
                      units[i].name, behind);
            return;
        }
}

static void add_bar(struct text *text, double part, size_t cells)
{
    size_t filled = (size_t)(part * (double)cells);
    text_add(text, "  [");
    for (size_t i = 0; i < cells; i++)
        text_add(text, i < filled ? "#" : ".");
    text_add(text, "]");
}

/* Whether so many columns are there, and then takes them. */
static bool take(size_t *room, size_t columns)
{
    if (*room < columns)
        return false;
    *room -= columns;
    return true;
}

void progress_add_line(struct text *text, const struct progress_state *state, size_t width)
{
    bool known = state->total != 0 && state->total != PROGRESS_UNKNOWN;
    bool begun = known || state->done > 0;
    /* A file may have grown. */
    uint64_t total = state->total > state->done ? state->total : state->done;
    double speed = state->seconds > 0 ? (double)state->done / state->seconds : 0;
    size_t room = width > FREE ? width - FREE : 0;
    /* The most useful parts take their columns first. */
    bool done = begun && take(&room, DONE);
    bool all = done && known && take(&room, ALL);
    bool left = all && take(&room, LEFT);
    bool rate = done && left == known && take(&room, RATE);
    bool bar = left && rate && take(&room, BRACKETS + CELLS_LEAST);
    bool label = (!begun || (rate && bar == known)) && take(&room, 2 + strlen(state->label));
    bool elapsed = label && !begun && take(&room, TIME);
    size_t more = room < CELLS_MOST - CELLS_LEAST ? room : CELLS_MOST - CELLS_LEAST;
    if (label)
        text_addf(text, "  %s", state->label);
    if (bar)
        add_bar(text, (double)state->done / (double)total, CELLS_LEAST + more);
    if (done) {
        text_add(text, "  ");
        add_amount(text, state->done, true);
    }
    if (all) {
        text_add(text, " of ");
        add_amount(text, total, false);
    }
    if (rate) {
        text_add(text, "  ");
        add_amount(text, speed < 0x1p63 ? (uint64_t)speed : UINT64_MAX / 2, true);
        text_add(text, "/s");
    }
    if (left && speed > 0)
        add_time(text, (double)(total - state->done) / speed, true, " left");
    if (elapsed)
        add_time(text, state->seconds, false, "");
}

static struct timespec now(void)
{
    struct timespec instant = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &instant); /* fails for a clock that is not there alone */
    return instant;
}

static struct timespec in_milliseconds(unsigned count)
{
    struct timespec instant = now();
    instant.tv_sec += count / 1000;
    instant.tv_nsec += count % 1000 * 1000000L;
    if (instant.tv_nsec >= 1000000000L) {
        instant.tv_sec++;
        instant.tv_nsec -= 1000000000L;
    }
    return instant;
}

static double seconds_since(const struct timespec *past)
{
    struct timespec instant = now();
    return difftime(instant.tv_sec, past->tv_sec) + (double)(instant.tv_nsec - past->tv_nsec) / 1e9;
}

static size_t width_of(int descriptor)
{
    struct winsize size;
    bool told = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return told ? size.ws_col : WIDTH_DEFAULT;
}

/* Not from the background, where the terminal is somebody else's. */
static bool print(const struct progress *progress, const char *bytes, size_t length)
{
    pid_t foreground = tcgetpgrp(progress->descriptor);
    return (foreground < 0 || foreground == getpgrp()) &&
           write(progress->descriptor, bytes, length) >= 0;
}

/* Not while it is stopped (Ctrl-S): writing would wait. */
static bool is_ready(const struct progress *progress)
{
    struct pollfd terminal = {.fd = progress->descriptor, .events = POLLOUT};
    return poll(&terminal, 1, 0) == 1 && (terminal.revents & POLLOUT) != 0;
}

static void erase(const struct progress *progress)
{
    static const char blank[] = "\r\033[K";
    if (progress->visible)
        (void)print(progress, blank, sizeof blank - 1); /* else there is nothing to be done */
}

static void draw(struct progress *progress)
{
    struct progress_state state = {progress->label, progress->done, progress->total,
                                   seconds_since(&progress->since)};
    struct text *line = &progress->line;
    text_clear(line);
    text_add(line, "\r");
    progress_add_line(line, &state, width_of(progress->descriptor));
    text_add(line, "\033[K");
    if (atomic_flag_test_and_set(&progress->taken))
        return;
    if (is_ready(progress)) {
        progress->visible = true; /* before it is: who ends the process may not wait until it is */
        (void)print(progress, line->bytes, line->length); /* where it cannot be, nobody is told */
    }
    atomic_flag_clear(&progress->taken);
}

static void *run(void *argument)
{
    struct progress *progress = argument;
    struct timespec due = in_milliseconds(progress->delay);
    pthread_mutex_lock(&progress->mutex);
    while (!progress->stopped)
        if (pthread_cond_timedwait(&progress->wake, &progress->mutex, &due) == ETIMEDOUT) {
            draw(progress);
            due = in_milliseconds(INTERVAL);
        }
    pthread_mutex_unlock(&progress->mutex);
    return NULL;
}

/* A thread that gets no signal: whoever waits for one shall be interrupted by it. */
static bool start_thread(struct progress *progress)
{
    sigset_t all, before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    bool fine = pthread_create(&progress->thread, NULL, run, progress) == 0;
    return pthread_sigmask(SIG_SETMASK, &before, NULL) == 0 && fine;
}

/* By the clock that nobody sets. */
static bool make_wake(pthread_cond_t *wake)
{
    pthread_condattr_t clock;
    if (pthread_condattr_init(&clock) != 0)
        return false;
    bool fine = pthread_condattr_setclock(&clock, CLOCK_MONOTONIC) == 0 &&
                pthread_cond_init(wake, &clock) == 0;
    pthread_condattr_destroy(&clock);
    return fine;
}

struct progress *progress_new(int descriptor, const char *label, unsigned delay)
{
    struct progress *progress = memory_resize(NULL, 1, sizeof *progress);
    *progress = (struct progress){.descriptor = descriptor,
                                  .label = label,
                                  .delay = delay,
                                  .taken = ATOMIC_FLAG_INIT,
                                  .mutex = PTHREAD_MUTEX_INITIALIZER,
                                  .since = now()};
    text_addf(&progress->line, "%*s", LINE_ROOM, "");
    if (make_wake(&progress->wake) && start_thread(progress))
        return progress;
    text_free(&progress->line);
    free(progress);
    return NULL;
}

void progress_expect(struct progress *progress, uint64_t bytes)
{
    if (progress == NULL)
        return;
    pthread_mutex_lock(&progress->mutex);
    bool told = bytes < PROGRESS_UNKNOWN - progress->total;
    progress->total = told ? progress->total + bytes : PROGRESS_UNKNOWN;
    progress->since = now();
    pthread_mutex_unlock(&progress->mutex);
}

void progress_drop(struct progress *progress, uint64_t bytes)
{
    if (progress == NULL)
        return;
    pthread_mutex_lock(&progress->mutex);
    if (progress->total != PROGRESS_UNKNOWN)
        progress->total -= bytes < progress->total ? bytes : progress->total;
    pthread_mutex_unlock(&progress->mutex);
}

void progress_add(struct progress *progress, uint64_t bytes)
{
    if (progress != NULL)
        atomic_fetch_add_explicit(&progress->done, bytes, memory_order_relaxed);
}

void progress_stop(struct progress *progress)
{
    if (progress == NULL || progress->stopped)
        return;
    pthread_mutex_lock(&progress->mutex);
    progress->stopped = true;
    pthread_cond_signal(&progress->wake);
    pthread_mutex_unlock(&progress->mutex);
    pthread_join(progress->thread, NULL);
    erase(progress); /* waits for a terminal that is stopped, as what is printed next would */
}

void progress_abandon(struct progress *progress)
{
    if (progress == NULL)
        return;
    for (int i = 0; i < PATIENCE && atomic_flag_test_and_set(&progress->taken); i++)
        (void)poll(NULL, 0, 1);
    if (is_ready(progress))
        erase(progress);
}

void progress_free(struct progress *progress)
{
    if (progress == NULL)
        return;
    pthread_cond_destroy(&progress->wake);
    pthread_mutex_destroy(&progress->mutex);
    text_free(&progress->line);
    free(progress);
}
