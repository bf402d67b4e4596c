/* main.c: the list of all suites. `make check SUITE=rules` runs one. */
#include "base/memory.h"
#include "support/harness.h"
#include "support/shards.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* In the order in which they start: the longest first. */
#define SUITES(SUITE)                                                                              \
    SUITE(fixtures)                                                                                \
    SUITE(mutation)                                                                                \
    SUITE(fault_injection)                                                                         \
    SUITE(estates)                                                                                 \
    SUITE(cli)                                                                                     \
    SUITE(json)                                                                                    \
    SUITE(pack)                                                                                    \
    SUITE(writers)                                                                                 \
    SUITE(hostile)                                                                                 \
    SUITE(timestamp)                                                                               \
    SUITE(rules)                                                                                   \
    SUITE(readers)                                                                                 \
    SUITE(inputs)                                                                                  \
    SUITE(progress)                                                                                \
    SUITE(baseline)                                                                                \
    SUITE(requests)                                                                                \
    SUITE(sums)                                                                                    \
    SUITE(assess)                                                                                  \
    SUITE(report)                                                                                  \
    SUITE(waivers)                                                                                 \
    SUITE(controls)                                                                                \
    SUITE(fuzz)                                                                                    \
    SUITE(sandbox)                                                                                 \
    SUITE(scope)                                                                                   \
    SUITE(summary)                                                                                 \
    SUITE(base)                                                                                    \
    SUITE(engagement)                                                                              \
    SUITE(thread_pool)                                                                             \
    SUITE(hardening)                                                                               \
    SUITE(options)                                                                                 \
    SUITE(suggest)

#define DECLARE(name) Suite *name##_suite(void);
SUITES(DECLARE)

#define SHARD(name) {#name, name##_suite},
static const struct shard shards[] = {SUITES(SHARD)};

_Noreturn void memory_exhausted(void)
{
    fputs("check: out of memory\n", stderr);
    abort();
}

int main(void)
{
    harness_begin();
    int status = shards_run(shards, sizeof shards / sizeof shards[0]);
    harness_end();
    return status;
}
