/*
 * check_faults.c: whatever fails, and whenever a signal comes: the reports are the old ones or the
 * new ones, all of them and whole, nothing else is left, and what went wrong is said.
 */
#include "fault_injection/check_faults.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SECONDS = 300, EVERY = 1 };

#define INPUTS "../../inputs/"
#define AS_OF "--as-of", HARNESS_AS_OF
#define ADDED                                                                                      \
    "--scope", INPUTS "scope.csv", "--waivers", INPUTS "waivers.csv", "--baseline",                \
        INPUTS "baseline.csv", "--controls", INPUTS "controls.csv"

static const struct faults_run to_files = {
    "files",
    (const char *const[]){INPUTS "exports", AS_OF, ADDED, "-o", "report.csv", "-o", "report.md",
                          "-o", "report.xlsx", NULL},
    true};
static const struct faults_run to_pack = {
    "pack", (const char *const[]){INPUTS "exports", AS_OF, ADDED, "--pack", "pack", NULL}, false};
static const struct faults_run to_terminal = {
    "terminal", (const char *const[]){INPUTS "exports", AS_OF, NULL}, false};

static bool holds(const struct text *text, const char *part)
{
    return strstr(text_string(text), part) != NULL;
}

/* No report, and nothing else than before. */
static bool is_refused(const struct faults_end *end, const struct text *before)
{
    return end->status == 2 && faults_same(&end->tree, before) && holds(&end->err, "certaudit: ");
}

/* As if nothing had happened. */
static bool is_whole(const struct faults_end *end, const struct faults_end *undisturbed)
{
    return end->status == undisturbed->status && faults_same(&end->tree, &undisturbed->tree) &&
           faults_same(&end->out, &undisturbed->out) && faults_same(&end->err, &undisturbed->err);
}

/* Once the run is over, libraries that tidy up need some, which is no matter. */
static const char *judge_memory(const struct faults_sweep *sweep, const struct faults_end *end,
                                const struct faults_end *undisturbed, const struct text *before)
{
    static const char message[] = "certaudit: out of memory: no report was written\n";
    (void)sweep;
    size_t length = strlen(message);
    bool told = end->err.length >= length &&
                strcmp(end->err.bytes + end->err.length - length, message) == 0;
    return (told && is_refused(end, before)) || is_whole(end, undisturbed) ? NULL
                                                                           : "no orderly end";
}

static const char *judge_write(const struct faults_sweep *sweep, const struct faults_end *end,
                               const struct faults_end *undisturbed, const struct text *before)
{
    (void)sweep;
    return is_refused(end, before) || is_whole(end, undisturbed) ? NULL
                                                                 : "neither refused nor whole";
}

/* An input that cannot be read may be named, and left out of a report that is new. */
static const char *judge_read(const struct faults_sweep *sweep, const struct faults_end *end,
                              const struct faults_end *undisturbed, const struct text *before)
{
    bool named = (end->status == 1 || end->status == 3) &&
                 (holds(&end->err, "cannot be opened (Input/output error)") ||
                  holds(&end->err, "cannot be read to its end (Input/output error)") ||
                  holds(&end->err, "the file changed while it was read"));
    const char *wrong = judge_write(sweep, end, undisturbed, before);
    return named && faults_same(&end->names, &undisturbed->names) ? NULL : wrong;
}

/* Where removing fails, or putting an old report back, something stays: but the reports are old
 * ones or whole new ones, and an old report that lost its name is said to have another. */
static const char *judge_remove(const struct faults_sweep *sweep, const struct faults_end *end,
                                const struct faults_end *undisturbed, const struct text *before)
{
    bool kept = end->status == 2 && holds(&end->err, "; what stood at report.xlsx is now ") &&
                holds(&end->tree, "the old report\n");
    bool left = end->status == undisturbed->status && holds(&end->names, " .certaudit-") &&
                faults_same(&end->out, &undisturbed->out);
    const char *wrong = judge_write(sweep, end, undisturbed, before);
    return kept || left ? NULL : wrong;
}

static const char *judge_signal(const struct faults_sweep *sweep, const struct faults_end *end,
                                const struct faults_end *undisturbed, const struct text *before)
{
    if (end->status != HARNESS_SIGNALLED + sweep->number)
        return "not ended by the signal";
    return faults_same(&end->tree, before) || faults_same(&end->tree, &undisturbed->tree)
               ? NULL
               : "neither old nor new";
}

#define SWEEP_ALL(sweeps, calls, runs)                                                             \
    for (size_t i = 0; i < sizeof(sweeps) / sizeof(sweeps)[0]; i++)                                \
    (runs) += faults_sweep(&(sweeps)[i], &(calls))

START_TEST(allocations_fail_in_turn)
{
    /* What libraries ask for fails in turn too, but not each time: it ends in the one same way. */
    static const struct faults_sweep own[] = {
        {&to_pack, FAULTS_GROWTH, FAULTS_FAIL, ENOMEM, EVERY, judge_memory},
        {&to_files, FAULTS_GROWTH, FAULTS_FAIL_ON, ENOMEM, 17, judge_memory},
        {&to_terminal, FAULTS_GROWTH, FAULTS_FAIL, ENOMEM, EVERY, judge_memory}};
    static const struct faults_sweep others[] = {
        {&to_files, FAULTS_MEMORY, FAULTS_FAIL, ENOMEM, 197, judge_memory},
        {&to_pack, FAULTS_MEMORY, FAULTS_FAIL_ON, ENOMEM, 197, judge_memory},
        {&to_terminal, FAULTS_MEMORY, FAULTS_FAIL_ON, ENOMEM, 197, judge_memory}};
    unsigned own_calls = 0, own_runs = 0, calls = 0, runs = 0;
    SWEEP_ALL(own, own_calls, own_runs);
    SWEEP_ALL(others, calls, runs);
    printf("faults: allocations failed in turn: %u of %u of certaudit, %u of %u of libraries\n",
           own_runs, own_calls, runs, calls);
}
END_TEST

START_TEST(each_write_fails)
{
    static const struct faults_sweep sweeps[] = {
        {&to_files, FAULTS_WRITE, FAULTS_FAIL, ENOSPC, EVERY, judge_write},
        {&to_files, FAULTS_WRITE, FAULTS_FAIL_ON, EDQUOT, 5, judge_write},
        {&to_files, FAULTS_WRITE, FAULTS_CUT, ENOSPC, EVERY, judge_write},
        {&to_pack, FAULTS_WRITE, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_pack, FAULTS_WRITE, FAULTS_FAIL_ON, ENOSPC, 7, judge_write},
        {&to_pack, FAULTS_WRITE, FAULTS_CUT, ENOSPC, 3, judge_write},
        {&to_terminal, FAULTS_WRITE, FAULTS_FAIL, ENOSPC, EVERY, judge_write},
        {&to_terminal, FAULTS_WRITE, FAULTS_CUT, ENOSPC, EVERY, judge_write}};
    unsigned calls = 0, runs = 0;
    SWEEP_ALL(sweeps, calls, runs);
    printf("faults: writes failed in turn: %u of %u\n", runs, calls);
}
END_TEST

START_TEST(each_read_fails)
{
    static const struct faults_sweep sweeps[] = {
        {&to_files, FAULTS_OPEN, FAULTS_FAIL, EIO, EVERY, judge_read},
        {&to_files, FAULTS_OPEN, FAULTS_FAIL_ON, EIO, EVERY, judge_read},
        {&to_files, FAULTS_READ, FAULTS_FAIL, EIO, 2, judge_read},
        {&to_files, FAULTS_READ, FAULTS_FAIL_ON, EIO, 7, judge_read},
        {&to_files, FAULTS_READ, FAULTS_CUT, EIO, 5, judge_read},
        {&to_files, FAULTS_STAT, FAULTS_FAIL, EIO, EVERY, judge_read},
        {&to_files, FAULTS_LIST, FAULTS_FAIL, EIO, EVERY, judge_read},
        {&to_pack, FAULTS_OPEN, FAULTS_FAIL, EIO, EVERY, judge_read},
        {&to_pack, FAULTS_READ, FAULTS_FAIL, EIO, 5, judge_read},
        {&to_pack, FAULTS_STAT, FAULTS_FAIL_ON, EIO, 5, judge_read},
        {&to_pack, FAULTS_LIST, FAULTS_FAIL_ON, EIO, EVERY, judge_read},
        {&to_terminal, FAULTS_READ, FAULTS_CUT, EIO, EVERY, judge_read},
        {&to_terminal, FAULTS_OPEN, FAULTS_FAIL, EIO, EVERY, judge_read}};
    unsigned calls = 0, runs = 0;
    SWEEP_ALL(sweeps, calls, runs);
    printf("faults: reads, opens, stats and listings failed in turn: %u of %u\n", runs, calls);
}
END_TEST

START_TEST(each_publishing_call_fails)
{
    static const struct faults_sweep sweeps[] = {
        {&to_files, FAULTS_CREATE, FAULTS_FAIL, ENOSPC, EVERY, judge_write},
        {&to_files, FAULTS_CREATE, FAULTS_FAIL_ON, EDQUOT, EVERY, judge_write},
        {&to_files, FAULTS_CLOSE, FAULTS_FAIL, EIO, 2, judge_write},
        {&to_files, FAULTS_SYNC, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_files, FAULTS_MODE, FAULTS_FAIL, EPERM, EVERY, judge_write},
        {&to_files, FAULTS_LINK, FAULTS_FAIL, EPERM, EVERY, judge_write},
        {&to_files, FAULTS_LINK, FAULTS_FAIL_ON, EPERM, EVERY, judge_write},
        {&to_files, FAULTS_RENAME, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_files, FAULTS_RENAME, FAULTS_FAIL_ON, EIO, EVERY, judge_remove},
        {&to_files, FAULTS_REMOVE, FAULTS_FAIL, EIO, EVERY, judge_remove},
        {&to_pack, FAULTS_CREATE, FAULTS_FAIL, ENOSPC, EVERY, judge_write},
        {&to_pack, FAULTS_CREATE, FAULTS_FAIL_ON, ENOSPC, EVERY, judge_write},
        {&to_pack, FAULTS_CLOSE, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_pack, FAULTS_SYNC, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_pack, FAULTS_MODE, FAULTS_FAIL, EPERM, EVERY, judge_write},
        {&to_pack, FAULTS_RENAME, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_pack, FAULTS_REMOVE, FAULTS_FAIL, EIO, EVERY, judge_remove}};
    unsigned calls = 0, runs = 0;
    SWEEP_ALL(sweeps, calls, runs);
    printf("faults: creations, closings, flushes, renamings and the like failed in turn: %u of "
           "%u\n",
           runs, calls);
}
END_TEST

START_TEST(signal_at_each_moment)
{
    static const struct faults_sweep sweeps[] = {
        {&to_files, FAULTS_CREATE, FAULTS_RAISE_BEHIND, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_WRITE, FAULTS_RAISE, SIGTERM, 2, judge_signal},
        {&to_files, FAULTS_SYNC, FAULTS_RAISE_BEHIND, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_LINK, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_files, FAULTS_LINK, FAULTS_RAISE_BEHIND, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_RENAME, FAULTS_RAISE, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_RENAME, FAULTS_RAISE_BEHIND, SIGTERM, EVERY, judge_signal},
        {&to_files, FAULTS_REMOVE, FAULTS_RAISE, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_REMOVE, FAULTS_RAISE_BEHIND, SIGTERM, EVERY, judge_signal},
        {&to_files, FAULTS_MEMORY, FAULTS_RAISE_BEHIND, SIGTERM, 397, judge_signal},
        {&to_files, FAULTS_READ, FAULTS_RAISE, SIGINT, 7, judge_signal},
        {&to_pack, FAULTS_CREATE, FAULTS_RAISE_BEHIND, SIGTERM, EVERY, judge_signal},
        {&to_pack, FAULTS_WRITE, FAULTS_RAISE_BEHIND, SIGINT, 5, judge_signal},
        {&to_pack, FAULTS_SYNC, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_pack, FAULTS_MODE, FAULTS_RAISE_BEHIND, SIGINT, EVERY, judge_signal},
        {&to_pack, FAULTS_RENAME, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_pack, FAULTS_RENAME, FAULTS_RAISE_BEHIND, SIGINT, EVERY, judge_signal},
        {&to_pack, FAULTS_REMOVE, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_terminal, FAULTS_READ, FAULTS_RAISE, SIGTERM, EVERY, judge_signal}};
    unsigned calls = 0, runs = 0;
    SWEEP_ALL(sweeps, calls, runs);
    printf("faults: signals sent: %u, at as many moments of %u\n", runs, calls);
}
END_TEST

START_TEST(nothing_can_be_loaded)
{
    puts("faults: calls that fail, and signals: skipped, in a build for a sanitizer or for "
         "coverage");
}
END_TEST

Suite *faults_suite(void);

Suite *faults_suite(void)
{
    Suite *suite = suite_create("faults");
    TCase *calls = tcase_create("calls");
    tcase_set_timeout(calls, SECONDS);
    tcase_add_checked_fixture(calls, faults_make_inputs, NULL);
    if (FAULTS_LOADABLE) {
        tcase_add_test(calls, allocations_fail_in_turn);
        tcase_add_test(calls, each_write_fails);
        tcase_add_test(calls, each_read_fails);
        tcase_add_test(calls, each_publishing_call_fails);
        tcase_add_test(calls, signal_at_each_moment);
    } else
        tcase_add_test(calls, nothing_can_be_loaded);
    suite_add_tcase(suite, calls);
    suite_add_tcase(suite, faults_changes_case());
    suite_add_tcase(suite, faults_places_case());
    return suite;
}
