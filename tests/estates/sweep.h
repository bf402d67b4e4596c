/*
 * sweep.h: estates, one seed after another: each is made, read by the program and judged; then
 * operators spoil it, one at a time, and no answer may be cleaner than the first.
 */
#ifndef SWEEP_H
#define SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sweep {
    uint64_t first;   /* seed */
    size_t seeds;     /* how many */
    size_t operators; /* how many to apply to each estate; they take turns */
    const char *only; /* the name of an operator, `none` for the estate itself; NULL: all */
    size_t size;      /* of the estates; 0: by the seed */
    const char *keep; /* a folder that gets the first estate of each failure; may be NULL */
    unsigned workers; /* processes side by side */
};

/* What does not hold, once for each operator and invariant. */
struct sweep_failure {
    const char *name, *invariant, *message;
    uint64_t seed;
    size_t size, count;
};

struct sweep_tally {
    size_t estates, runs;
    size_t by_status[4]; /* estates by exit status */
    struct sweep_failure *failures;
    size_t count, room;
    size_t *rounds; /* for each operator */
};

size_t sweep_operator_count(void);
const char *sweep_operator_name(size_t number);

/* Adds to the tally, which begins as {0} and is freed by sweep_free. */
void sweep_run(const struct sweep *sweep, struct sweep_tally *tally);
void sweep_free(struct sweep_tally *tally);

#endif
