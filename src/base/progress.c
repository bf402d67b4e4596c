/* progress.c: see progress.h. */
#include "base/progress.h"
#include "base/memory.h"
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum {
    INTERVAL = 100, /* milliseconds between two lines */
    PATIENCE = 500, /* milliseconds to wait for a thread that is drawing while the process ends */
    CELLS = 20,     /* of the bar */
    NAME_LEAST = 8, /* columns; a name with less room is left out */
    FREE = 3,       /* columns at the end of the line: a typed ^C must not start another line */
    WIDTH_DEFAULT = 80
};

static const char erasure[] = "\r\033[K"; /* to the start of the line, and clears it */

enum { ERASURE = sizeof erasure - 1 };

struct progress {
    int descriptor;
    const char *label;
    _Atomic uint64_t done, total;
    _Atomic int64_t due;  /* when to draw the next line, in milliseconds; INT64_MAX once stopped */
    atomic_flag drawing;  /* set by the thread that writes to the terminal; stays set at the end */
    atomic_bool is_drawn; /* a line is, or may be, on the terminal */
};

static int64_t milliseconds(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* fails only on systems without this clock */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct progress *progress_new(int descriptor, const char *label, int delay)
{
    struct progress *progress = memory_resize(NULL, 1, sizeof *progress);
    *progress = (struct progress){.descriptor = descriptor,
                                  .label = label,
                                  .due = milliseconds() + delay,
                                  .drawing = ATOMIC_FLAG_INIT};
    return progress;
}

void progress_expect(struct progress *progress, uint64_t amount)
{
    if (progress == NULL)
        return;
    uint64_t total = progress->total;
    progress->total = amount < PROGRESS_UNKNOWN - total ? total + amount : PROGRESS_UNKNOWN;
}

static bool is_known(uint64_t total)
{
    return total != 0 && total != PROGRESS_UNKNOWN;
}

/* Between 0 and 1. A file may have grown since its size was added to the total. */
static double share_of(uint64_t done, uint64_t total)
{
    return done < total ? (double)done / (double)total : 1;
}

/* `41%` or `812 MiB`, rounded down. */
static void format_amount(char amount[16], uint64_t done, uint64_t total)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    size_t unit = 0;
    for (; !is_known(total) && done >= UINT64_C(10240); done >>= 10)
        unit++;
    if (is_known(total))
        (void)snprintf(amount, 16, "%3d%%", (int)(100 * share_of(done, total)));
    else
        (void)snprintf(amount, 16, "%" PRIu64 " %s", done, units[unit]);
}

/* Adds the name or its end; what is not printable ASCII becomes a question mark. */
static size_t add_name(char *to, size_t room, const char *name)
{
    size_t length = strlen(name), count = length < room ? length : room;
    for (size_t i = 0; i < count; i++) {
        char byte = name[length - count + i];
        to[i] = '?';
        if (byte >= ' ' && byte <= '~')
            to[i] = byte;
    }
    if (count < length)
        memcpy(to, "...", 3);
    return count;
}

size_t progress_format(char line[PROGRESS_ROOM], const char *label, const char *name, uint64_t done,
                       uint64_t total, size_t width)
{
    char amount[16], bar[] = "[....................] ";
    size_t room = width < PROGRESS_ROOM ? width : PROGRESS_ROOM;
    format_amount(amount, done, total);
    size_t needed = 2 + strlen(label) + 2 + strlen(amount) + FREE;
    if (room < needed)
        return 0;
    memset(bar + 1, '#', (size_t)(CELLS * share_of(done, total)));
    if (!is_known(total) || room < needed + strlen(bar))
        bar[0] = '\0';
    size_t length = (size_t)snprintf(line, PROGRESS_ROOM, "  %s  %s%s", label, bar, amount);
    if (name == NULL || room < length + 2 + NAME_LEAST + FREE)
        return length;
    memcpy(line + length, "  ", 2);
    return length + 2 + add_name(line + length + 2, room - length - 2 - FREE, name);
}

static size_t width_of(int descriptor)
{
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                        : WIDTH_DEFAULT;
}

/* Writes nothing from the background, when the terminal belongs to another program. */
static bool print(const struct progress *progress, const char *bytes, size_t length)
{
    pid_t foreground = tcgetpgrp(progress->descriptor);
    return (foreground < 0 || foreground == getpgrp()) &&
           write(progress->descriptor, bytes, length) >= 0;
}

/* Whether a write does not wait, as it does while the terminal is stopped (Ctrl-S). */
static bool is_ready(const struct progress *progress)
{
    struct pollfd terminal = {.fd = progress->descriptor, .events = POLLOUT};
    return poll(&terminal, 1, 0) == 1 && (terminal.revents & POLLOUT) != 0;
}

static void draw(struct progress *progress, const char *name)
{
    char bytes[ERASURE + PROGRESS_ROOM];
    size_t length = progress_format(bytes + ERASURE, progress->label, name, progress->done,
                                    progress->total, width_of(progress->descriptor));
    memcpy(bytes, erasure, ERASURE);
    if (length == 0 || !is_ready(progress))
        return;
    progress->is_drawn = true; /* before the write: progress_abandon may not wait for its end */
    (void)print(progress, bytes,
                ERASURE + length); /* a line that cannot be drawn is not an error */
}

void progress_add(struct progress *progress, const char *name, uint64_t amount)
{
    if (progress == NULL)
        return;
    atomic_fetch_add_explicit(&progress->done, amount, memory_order_relaxed);
    int64_t now = milliseconds(), due = progress->due;
    if (now < due || !atomic_compare_exchange_strong(&progress->due, &due, now + INTERVAL))
        return;
    sigset_t all, before;
    /* A handler that interrupted this thread would wait for it in vain. */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (!atomic_flag_test_and_set(&progress->drawing)) {
        draw(progress, name);
        atomic_flag_clear(&progress->drawing);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* From here on no thread draws. */
static void end_drawing(struct progress *progress)
{
    for (int i = 0; i < PATIENCE && atomic_flag_test_and_set(&progress->drawing); i++)
        (void)poll(NULL, 0, 1);
}

static void erase(const struct progress *progress)
{
    if (progress->is_drawn)
        (void)print(progress, erasure, ERASURE);
}

void progress_stop(struct progress *progress)
{
    if (progress == NULL || progress->due == INT64_MAX)
        return;
    end_drawing(progress);
    erase(progress); /* waits for a stopped terminal, as what is printed next would */
    progress->due = INT64_MAX;
}

void progress_abandon(struct progress *progress)
{
    if (progress == NULL || progress->due == INT64_MAX)
        return;
    end_drawing(progress);
    if (is_ready(progress))
        erase(progress);
}

void progress_free(struct progress *progress)
{
    free(progress);
}
