/*
 * long_run.c: the sweep of the suite estates for as long as one likes, with seeds that it has not
 * seen; or one estate again.
 *
 *     estates SECONDS FIRST KEEP          all operators, seeds from FIRST on
 *     estates --one SEED SIZE NAME KEEP   one estate, with the operator NAME or `none`
 */
#include "base/memory.h"
#include "estates/sweep.h"
#include "support/harness.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CHUNK = 64, OPERATORS = 24 };

_Noreturn void memory_exhausted(void)
{
    fputs("estates: out of memory\n", stderr);
    abort();
}

static void print_failures(const struct sweep_tally *tally, size_t from)
{
    for (size_t i = from; i < tally->count; i++) {
        const struct sweep_failure *at = &tally->failures[i];
        printf("%s, %s, %zu times: %s  SEED=%llu SIZE=%zu OPERATOR=%s\n", at->name, at->invariant,
               at->count, at->message, (unsigned long long)at->seed, at->size, at->name);
    }
}

static void print_rounds(const struct sweep_tally *tally)
{
    for (size_t i = 0; i < sweep_operator_count(); i++) {
        size_t failures = 0;
        for (size_t j = 0; j < tally->count; j++)
            if (strcmp(tally->failures[j].name, sweep_operator_name(i)) == 0)
                failures += tally->failures[j].count;
        printf("%-22s %8zu rounds, %zu failures\n", sweep_operator_name(i), tally->rounds[i],
               failures);
    }
    printf("%zu estates (exit status 0: %zu, 1: %zu, 3: %zu), %zu runs, %zu kinds of failure\n",
           tally->estates, tally->by_status[0], tally->by_status[1], tally->by_status[3],
           tally->runs, tally->count);
}

static void run_for(double seconds, struct sweep *sweep, struct sweep_tally *tally)
{
    time_t start = time(NULL);
    while (difftime(time(NULL), start) < seconds) {
        size_t known = tally->count;
        sweep_run(sweep, tally);
        print_failures(tally, known);
        fflush(stdout);
        sweep->first += sweep->seeds;
    }
    printf("\n");
    print_failures(tally, 0);
    print_rounds(tally);
}

int main(int count, char **arguments)
{
    struct sweep_tally tally = {0};
    struct sweep sweep = {.seeds = CHUNK, .operators = OPERATORS, .workers = 2};
    harness_begin();
    if (count == 6 && strcmp(arguments[1], "--one") == 0) {
        sweep.first = strtoull(arguments[2], NULL, 10);
        sweep.size = strtoul(arguments[3], NULL, 10);
        sweep.only = arguments[4];
        sweep.keep = arguments[5];
        sweep.seeds = 1;
        sweep_run(&sweep, &tally);
        print_failures(&tally, 0);
    } else if (count == 4) {
        sweep.first = strtoull(arguments[2], NULL, 10);
        sweep.keep = arguments[3];
        run_for(strtod(arguments[1], NULL), &sweep, &tally);
    } else
        HARNESS_FAIL("usage: estates SECONDS FIRST KEEP | --one SEED SIZE NAME KEEP");
    int status = tally.count == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    sweep_free(&tally);
    harness_end();
    return status;
}
