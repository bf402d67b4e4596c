/* main.c: the one runner of all suites. CK_RUN_SUITE=cli runs one. */
#include "base/memory.h"
#include "support/harness.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

Suite *ground_suite(void);
Suite *json_suite(void);
Suite *writers_suite(void);
Suite *fixtures_suite(void);
Suite *cli_suite(void);
Suite *report_suite(void);
Suite *controls_suite(void);
Suite *readers_suite(void);
Suite *assess_suite(void);
Suite *rules_suite(void);
Suite *timestamp_suite(void);
Suite *scope_suite(void);
Suite *waivers_suite(void);
Suite *baseline_suite(void);
Suite *sums_suite(void);
Suite *requests_suite(void);
Suite *pack_suite(void);
Suite *engagement_suite(void);
Suite *sandbox_suite(void);
Suite *hardening_suite(void);
Suite *fuzz_suite(void);
Suite *broken_suite(void);
Suite *hostile_suite(void);
Suite *faults_suite(void);
Suite *thread_pool_suite(void);
Suite *progress_suite(void);
Suite *suggest_suite(void);
Suite *summary_suite(void);
Suite *options_suite(void);

static Suite *(*const suites[])(void) = {
    ground_suite,    json_suite,     writers_suite,    fixtures_suite, cli_suite,
    report_suite,    controls_suite, readers_suite,    assess_suite,   rules_suite,
    timestamp_suite, scope_suite,    waivers_suite,    baseline_suite, sums_suite,
    requests_suite,  pack_suite,     engagement_suite, sandbox_suite,  hardening_suite,
    fuzz_suite,      broken_suite,   hostile_suite,    faults_suite,   thread_pool_suite,
    progress_suite,  suggest_suite,  summary_suite,    options_suite};

_Noreturn void memory_exhausted(void)
{
    fputs("check: out of memory\n", stderr);
    abort();
}

int main(void)
{
    harness_begin();
    SRunner *runner = srunner_create(suites[0]());
    for (size_t i = 1; i < sizeof suites / sizeof suites[0]; i++)
        srunner_add_suite(runner, suites[i]());
    harness_testing(true);
    srunner_run_all(runner, CK_ENV);
    harness_testing(false);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    harness_end();
    if (run == 0)
        fputs("check: nothing ran: CK_RUN_SUITE or CK_RUN_CASE names no such suite or case\n",
              stderr);
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
