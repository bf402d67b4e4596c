/*
 * check_faults.c: calls that fail and signals, at every moment of a run. Afterwards the reports are
 * all the old ones or all the new ones, complete; no other file is left; the error is reported.
 */
#include "fault_injection/fault_runs.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SECONDS = 600, EVERY = 1 };

#define INPUTS "../../inputs/"
#define AS_OF "--as-of", HARNESS_AS_OF
#define ADDED                                                                                      \
    "--scope", INPUTS "scope.csv", "--waivers", INPUTS "waivers.csv", "--baseline",                \
        INPUTS "baseline.csv", "--controls", INPUTS "controls.csv"

static const struct fault_command to_files = {
    "files",
    (const char *const[]){INPUTS "exports", AS_OF, ADDED, "-o", "report.csv", "-o", "report.md",
                          "-o", "report.xlsx", NULL},
    true};
static const struct fault_command to_pack = {
    "pack", (const char *const[]){INPUTS "exports", AS_OF, ADDED, "--pack", "pack", NULL}, false};
static const struct fault_command to_terminal = {
    "terminal", (const char *const[]){INPUTS "exports", AS_OF, NULL}, false};

static bool contains(const struct text *text, const char *part)
{
    return strstr(text_string(text), part) != NULL;
}

/* No report was written, no file is different, and no digest was printed. */
static bool is_refused(const struct fault_result *result, const struct fault_result *undisturbed,
                       const struct text *before)
{
    return result->status == 2 && fault_runs_same(&result->tree, before) &&
           contains(&result->err, "certaudit: ") &&
           (undisturbed->output.length == 0 ||
            !fault_runs_same(&result->output, &undisturbed->output));
}

/* The reports are complete, and only the digest could not be printed. */
static bool lacks_digest(const struct fault_result *result, const struct fault_result *undisturbed)
{
    return result->status == 2 && fault_runs_same(&result->tree, &undisturbed->tree) &&
           contains(&result->err, "standard output: cannot be written") &&
           contains(&result->err, "; the pack is complete: ");
}

/* The result is that of a run without a fault. */
static bool is_complete(const struct fault_result *result, const struct fault_result *undisturbed)
{
    return result->status == undisturbed->status &&
           fault_runs_same(&result->tree, &undisturbed->tree) &&
           fault_runs_same(&result->output, &undisturbed->output) &&
           fault_runs_same(&result->err, &undisturbed->err);
}

/* After the reports are written, libraries need memory to clean up; a failure has no effect. */
static const char *judge_memory(const struct fault_sweep *sweep, const struct fault_result *result,
                                const struct fault_result *undisturbed, const struct text *before)
{
    static const char message[] = "certaudit: out of memory: no report was written\n";
    (void)sweep;
    size_t length = strlen(message);
    bool reported = result->err.length >= length &&
                    strcmp(result->err.bytes + result->err.length - length, message) == 0;
    return (reported && is_refused(result, undisturbed, before)) || is_complete(result, undisturbed)
               ? NULL
               : "neither refused nor complete";
}

static const char *judge_write(const struct fault_sweep *sweep, const struct fault_result *result,
                               const struct fault_result *undisturbed, const struct text *before)
{
    (void)sweep;
    return is_refused(result, undisturbed, before) || is_complete(result, undisturbed) ||
                   lacks_digest(result, undisturbed)
               ? NULL
               : "neither refused nor complete";
}

/* An input that cannot be read may be reported, and left out of the new reports. */
static const char *judge_read(const struct fault_sweep *sweep, const struct fault_result *result,
                              const struct fault_result *undisturbed, const struct text *before)
{
    bool reported = (result->status == 1 || result->status == 3) &&
                    (contains(&result->err, "cannot be opened (Input/output error)") ||
                     contains(&result->err, "read error (Input/output error)") ||
                     contains(&result->err, "changed while being read"));
    const char *wrong = judge_write(sweep, result, undisturbed, before);
    return reported && fault_runs_same(&result->names, &undisturbed->names) ? NULL : wrong;
}

/* If a file cannot be removed, or an old report cannot be put back, a file is left over. The
 * reports are still all old, or all new and complete, and the message names the file of an old
 * report. */
static const char *judge_remove(const struct fault_sweep *sweep, const struct fault_result *result,
                                const struct fault_result *undisturbed, const struct text *before)
{
    bool kept = result->status == 2 && contains(&result->err, "; the old report.xlsx is now ") &&
                contains(&result->tree, "the old report\n");
    bool left = result->status == undisturbed->status && contains(&result->names, " .certaudit-") &&
                fault_runs_same(&result->output, &undisturbed->output);
    const char *wrong = judge_write(sweep, result, undisturbed, before);
    return kept || left ? NULL : wrong;
}

static const char *judge_signal(const struct fault_sweep *sweep, const struct fault_result *result,
                                const struct fault_result *undisturbed, const struct text *before)
{
    if (result->status != HARNESS_SIGNALLED + sweep->number)
        return "the signal did not end it";
    return fault_runs_same(&result->tree, before) ||
                   fault_runs_same(&result->tree, &undisturbed->tree)
               ? NULL
               : "the files are neither the old nor the new ones";
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void sweep_all(const char *fault, const struct fault_sweep *sweeps, size_t count)
{
    struct fault_counts counts = {0};
    for (size_t i = 0; i < count; i++)
        fault_runs_sweep(&sweeps[i], &counts);
    const char *what = harness_format("fault_injection: runs in which %s", fault);
    printf("%s: %u (%u calls)\n", what, counts.runs, counts.calls);
    harness_note_sample(what, counts.runs, counts.planned);
}

START_TEST(each_allocation_fails)
{
    /* Libraries allocate often, and each failure ends the run in the same way: some are enough. */
    static const struct fault_sweep program[] = {
        {&to_pack, FAULTS_GROWTH, FAULTS_FAIL, ENOMEM, EVERY, judge_memory},
        {&to_files, FAULTS_GROWTH, FAULTS_FAIL_ON, ENOMEM, 17, judge_memory},
        {&to_terminal, FAULTS_GROWTH, FAULTS_FAIL, ENOMEM, EVERY, judge_memory}};
    static const struct fault_sweep libraries[] = {
        {&to_files, FAULTS_MEMORY, FAULTS_FAIL, ENOMEM, 197, judge_memory},
        {&to_pack, FAULTS_MEMORY, FAULTS_FAIL_ON, ENOMEM, 197, judge_memory},
        {&to_terminal, FAULTS_MEMORY, FAULTS_FAIL_ON, ENOMEM, 197, judge_memory}};
    sweep_all("realloc fails", program, COUNT(program));
    sweep_all("malloc or calloc fails", libraries, COUNT(libraries));
}
END_TEST

START_TEST(each_write_fails)
{
    static const struct fault_sweep sweeps[] = {
        {&to_files, FAULTS_WRITE, FAULTS_FAIL, ENOSPC, EVERY, judge_write},
        {&to_files, FAULTS_WRITE, FAULTS_FAIL_ON, EDQUOT, 5, judge_write},
        {&to_files, FAULTS_WRITE, FAULTS_CUT, ENOSPC, EVERY, judge_write},
        {&to_pack, FAULTS_WRITE, FAULTS_FAIL, EIO, EVERY, judge_write},
        {&to_pack, FAULTS_WRITE, FAULTS_FAIL_ON, ENOSPC, 7, judge_write},
        {&to_pack, FAULTS_WRITE, FAULTS_CUT, ENOSPC, 3, judge_write},
        {&to_terminal, FAULTS_WRITE, FAULTS_FAIL, ENOSPC, EVERY, judge_write},
        {&to_terminal, FAULTS_WRITE, FAULTS_CUT, ENOSPC, EVERY, judge_write}};
    sweep_all("a write fails", sweeps, COUNT(sweeps));
}
END_TEST

START_TEST(each_read_fails)
{
    static const struct fault_sweep sweeps[] = {
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
    sweep_all("an open, read, stat or readdir fails", sweeps, COUNT(sweeps));
}
END_TEST

START_TEST(each_publishing_call_fails)
{
    static const struct fault_sweep sweeps[] = {
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
    sweep_all("a call that publishes a report fails", sweeps, COUNT(sweeps));
}
END_TEST

START_TEST(signal_at_each_moment)
{
    static const struct fault_sweep sweeps[] = {
        {&to_files, FAULTS_CREATE, FAULTS_RAISE_AFTER, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_WRITE, FAULTS_RAISE, SIGTERM, 2, judge_signal},
        {&to_files, FAULTS_SYNC, FAULTS_RAISE_AFTER, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_LINK, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_files, FAULTS_LINK, FAULTS_RAISE_AFTER, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_RENAME, FAULTS_RAISE, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_RENAME, FAULTS_RAISE_AFTER, SIGTERM, EVERY, judge_signal},
        {&to_files, FAULTS_REMOVE, FAULTS_RAISE, SIGINT, EVERY, judge_signal},
        {&to_files, FAULTS_REMOVE, FAULTS_RAISE_AFTER, SIGTERM, EVERY, judge_signal},
        {&to_files, FAULTS_MEMORY, FAULTS_RAISE_AFTER, SIGTERM, 397, judge_signal},
        {&to_files, FAULTS_READ, FAULTS_RAISE, SIGINT, 7, judge_signal},
        {&to_pack, FAULTS_CREATE, FAULTS_RAISE_AFTER, SIGTERM, EVERY, judge_signal},
        {&to_pack, FAULTS_WRITE, FAULTS_RAISE_AFTER, SIGINT, 5, judge_signal},
        {&to_pack, FAULTS_SYNC, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_pack, FAULTS_MODE, FAULTS_RAISE_AFTER, SIGINT, EVERY, judge_signal},
        {&to_pack, FAULTS_RENAME, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_pack, FAULTS_RENAME, FAULTS_RAISE_AFTER, SIGINT, EVERY, judge_signal},
        {&to_pack, FAULTS_REMOVE, FAULTS_RAISE, SIGTERM, EVERY, judge_signal},
        {&to_terminal, FAULTS_READ, FAULTS_RAISE, SIGTERM, EVERY, judge_signal}};
    sweep_all("a signal comes", sweeps, COUNT(sweeps));
}
END_TEST

START_TEST(nothing_can_be_loaded)
{
    harness_note_skip("faults: not possible in a build for a sanitizer or for coverage");
}
END_TEST

Suite *fault_injection_suite(void);

Suite *fault_injection_suite(void)
{
    Suite *suite = suite_create("fault_injection");
    TCase *calls = tcase_create("calls");
    tcase_set_timeout(calls, SECONDS);
    tcase_add_checked_fixture(calls, fault_runs_make_inputs, NULL);
    if (FAULTS_LOADABLE) {
        tcase_add_test(calls, each_allocation_fails);
        tcase_add_test(calls, each_write_fails);
        tcase_add_test(calls, each_read_fails);
        tcase_add_test(calls, each_publishing_call_fails);
        tcase_add_test(calls, signal_at_each_moment);
    } else
        tcase_add_test(calls, nothing_can_be_loaded);
    suite_add_tcase(suite, calls);
    suite_add_tcase(suite, faults_changes_case());
    suite_add_tcase(suite, faults_paths_case());
    return suite;
}
