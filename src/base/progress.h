/*
 * progress.h: one line on a terminal that says how far a step of the run has got. It is drawn by
 * whichever thread adds progress, at most ten times a second, and erased before anything else is
 * printed. The caller has checked that the descriptor is a terminal. Except for progress_new and
 * progress_format, the functions accept NULL and then do nothing.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stddef.h>
#include <stdint.h>

struct progress;

#define PROGRESS_UNKNOWN UINT64_MAX /* an amount that is not known in advance */

enum { PROGRESS_ROOM = 256 /* bytes of a line */ };

/* Starts a line that is drawn no earlier than delay milliseconds from now. label is a short
 * constant. The caller stops and frees it. */
struct progress *progress_new(int descriptor, const char *label, int delay);

/* Adds to the total, in bytes or, if the total is known, in any other unit. Before any thread
 * adds. */
void progress_expect(struct progress *progress, uint64_t amount);

/* Adds to what is done, on the file of that name, which may be NULL, and draws the line if it is
 * time to. From any thread. */
void progress_add(struct progress *progress, const char *name, uint64_t amount);

/* Erases the line for good. No other thread is adding any more. May be called twice. */
void progress_stop(struct progress *progress);

/* The same from a signal handler, or while other threads are adding. The process must end then. */
void progress_abandon(struct progress *progress);

/* After progress_stop or progress_abandon. */
void progress_free(struct progress *progress);

/* Formats the line for a terminal of width columns, in ASCII, and returns its length:
 * `  reading  [########............]  41%  acm/list.json`, or, if the total is 0 or unknown,
 * `  reading  812 MiB  acm/list.json`. What does not fit is left out: the name, of which the end
 * is kept, then the bar, then everything. name may be NULL. */
size_t progress_format(char line[PROGRESS_ROOM], const char *label, const char *name, uint64_t done,
                       uint64_t total, size_t width);

#endif
