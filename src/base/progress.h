/*
 * progress.h: one line on a terminal that says how far a run has got: drawn anew a few times a
 * second by a thread of its own, and erased in the end. Knows nothing of what is read or written.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stddef.h>
#include <stdint.h>

struct progress;
struct text;

#define PROGRESS_UNKNOWN UINT64_MAX /* bytes that cannot be told beforehand */

/* What a line tells. */
struct progress_state {
    const char *label;
    uint64_t done, total; /* bytes; a total of 0 or PROGRESS_UNKNOWN is not shown */
    double seconds;       /* since done was 0 */
};

/* Adds the line for a terminal of so many columns:
 * `  reading  [######..........]  812 MiB of 2.9 GiB  640 MiB/s  4 s left`; where nothing is known
 * yet, or to be known, `  reading  2 s`. It is ASCII. What does not fit is left out whole, and the
 * layout stays the same while more is done. */
void progress_add_line(struct text *text, const struct progress_state *state, size_t width);

/* Starts a line that appears after delay milliseconds. The caller has seen to it that descriptor is
 * a terminal; label stays the caller's. NULL where there can be no thread. In all the functions
 * below progress may be NULL, which does nothing. The caller stops and frees. */
struct progress *progress_new(int descriptor, const char *label, unsigned delay);

/* So many bytes more are to come. The rate is reckoned from the last of these calls on. */
void progress_expect(struct progress *progress, uint64_t bytes);

/* So many of those bytes will not come: a file is not read after all. From any thread. */
void progress_drop(struct progress *progress, uint64_t bytes);

/* So many bytes more are done. From any thread, at any time until progress_stop. */
void progress_add(struct progress *progress, uint64_t bytes);

/* Erases the line for good: what is printed next stands in its place. Once or more often. */
void progress_stop(struct progress *progress);

/* The same for an end that may come from anywhere: from any thread, and from a signal handler. The
 * process is to end then. */
void progress_abandon(struct progress *progress);

/* After progress_stop. */
void progress_free(struct progress *progress);

#endif
