/* check_estates.c: whole estates, as a person hands them over; see sweep.h. */
#include "estates/sweep.h"
#include "support/harness.h"
#include <stdio.h>

enum { SAMPLE = 12, FULL = 240, OPERATORS = 10, SHOWN = 12 };

Suite *estates_suite(void);

START_TEST(test_sweep)
{
    struct sweep_tally tally = {0};
    struct sweep sweep = {.first = 1,
                          .seeds = harness_full() ? FULL : SAMPLE,
                          .operators = OPERATORS,
                          .workers = harness_full() ? 2 : 1};
    sweep_run(&sweep, &tally);
    const char *lines = "";
    for (size_t i = 0; i < tally.count && i < SHOWN; i++) {
        const struct sweep_failure *at = &tally.failures[i];
        lines = harness_format("%s\n%s, %s, %zu times: %sTo repeat: make estates SEED=%llu "
                               "SIZE=%zu OPERATOR=%s",
                               lines, at->name, at->invariant, at->count, at->message,
                               (unsigned long long)at->seed, at->size, at->name);
    }
    size_t count = tally.count;
    harness_note_sample("estates", tally.estates, FULL);
    sweep_free(&tally);
    ck_assert_msg(count == 0, "%zu kinds of failure:%s", count, lines);
}
END_TEST

Suite *estates_suite(void)
{
    Suite *suite = suite_create("estates");
    TCase *sweep = tcase_create("sweep");
    tcase_set_timeout(sweep, 10 * HARNESS_SECONDS);
    tcase_add_test(sweep, test_sweep);
    suite_add_tcase(suite, sweep);
    return suite;
}
