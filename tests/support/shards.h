/*
 * shards.h: runs suites side by side: each in a process of its own, as many at a time as there are
 * processors. The output of a suite is printed when the suite is done, in the order of the list, so
 * list the longest first.
 */
#ifndef SHARDS_H
#define SHARDS_H

#include <check.h>
#include <stddef.h>

struct shard {
    const char *suite; /* the name that the suite has, too */
    Suite *(*make)(void);
};

/* Runs the suites, or the one that $CK_RUN_SUITE names. Prints what samples left out and, as the
 * last line, the sum in Check's form. Returns the exit status: failure if a test failed, if a
 * process crashed, or if no test ran. */
int shards_run(const struct shard *shards, size_t count);

#endif
