/*
 * check_sandbox.c: what the sandbox refuses. A preloaded library (fault_injection/probe.c) attempts
 * it at the program's first read; in a program without a sandbox the same attempts succeed.
 */
#define _GNU_SOURCE /* syscall */
#include "support/cli.h"
#include <linux/landlock.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef CERTAUDIT_WITHOUT_SANDBOX
enum { BUILT_IN = 0 };
#else
enum { BUILT_IN = 1 };
#endif

enum part { CALLS, FILES };

static bool has_seccomp(void)
{
    return BUILT_IN && prctl(PR_GET_SECCOMP) >= 0;
}

static bool has_landlock(void)
{
    return BUILT_IN &&
           syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

/* In the parent of an input folder and of the report folder, and in the folder of an input file. */
static const char *const secrets[] = {"secret", "one/secret", "reports/../secret"};
static const char *const inputs[] = {"one/in.json", "folder/in.json"};
static const char *const planted[] = {"planted", "one/planted", "folder/planted"};
enum { SECRETS = 3, INPUTS = 2, PLANTED = 3 };

static const char *paths(const char *root, const char *const *names, size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = harness_format("%s%s%s", list, i > 0 ? ":" : "", in(root, names[i]));
    return list;
}

static const char *make_folders(void)
{
    const char *root = harness_folder();
    harness_tool("mkdir", CLI_LIST(in(root, "one"), in(root, "folder"), in(root, "reports")));
    for (size_t i = 0; i < INPUTS; i++)
        harness_write(in(root, inputs[i]), CLI_PASS);
    harness_write(in(root, "secret"), "secret\n");
    harness_write(in(root, "one/secret"), "secret\n");
    return root;
}

/* Runs a program with the preloaded attempts, which print their results on standard error. */
static struct harness_result probe(const char *root, const char *program,
                                   const char *const *arguments)
{
    const char *const environment[] = {
        program == NULL ? "PROBE_CALLS=1" : "PROBE_CALLS_NOT=1",
        harness_format("LD_PRELOAD=%s", harness_built("fault_injection/probe.so")),
        harness_format("PROBE_READ=%s", paths(root, secrets, SECRETS)),
        harness_format("PROBE_WRITE=%s:%s", paths(root, planted, PLANTED),
                       paths(root, inputs, INPUTS)),
        NULL};
    return harness_run(&(struct harness_run){
        .program = program, .folder = root, .arguments = arguments, .environment = environment});
}

static struct harness_result probe_audit(const char *root)
{
    return probe(root, NULL,
                 CLI_LIST("one/in.json", "folder", "-v", "--as-of", HARNESS_AS_OF, "-o",
                          "reports/report.csv", "-o", "reports/report.md", "-o",
                          "reports/report.xlsx", "--pack", "reports/pack"));
}

static void attempt_is(const struct harness_result *result, const char *attempt,
                       const char *outcome)
{
    const char *line = harness_format("probe: %s: %s\n", attempt, outcome);
    const char *output = harness_format("%s%s", result->error, result->output);
    HARNESS_REQUIRE(strstr(output, line) != NULL, "expected the line %sin:\n%s", line, output);
}

static const char *const calls[] = {"internet socket", "datagram socket", "local socket",
                                    "socket pair",     "process",         "memory",
                                    "trace",           "program"};
enum { ATTEMPTS = 8 };

/* Without the sandbox every attempt succeeds; otherwise the other tests would prove nothing. */
START_TEST(attempts_succeed_without_a_sandbox)
{
    const char *root = make_folders();
    if (!BUILT_IN) {
        puts("skipped: the sandbox is left out of this build");
        return;
    }
    struct harness_result result = probe(root, "/bin/dd", CLI_LIST("if=one/in.json"));
    for (size_t i = 0; i < ATTEMPTS; i++)
        attempt_is(&result, calls[i], "done");
    for (size_t i = 0; i < SECRETS; i++)
        attempt_is(&result, in(root, secrets[i]), "done");
    for (size_t i = 0; i < PLANTED; i++)
        attempt_is(&result, in(root, planted[i]), "done");
}
END_TEST

START_TEST(calls_are_refused)
{
    const char *root = make_folders();
    struct harness_result result;
    if (!has_seccomp()) {
        puts("skipped: no seccomp here, or left out of this build");
        return;
    }
    result = probe_audit(root);
    cli_ends(&result, 0);
    for (size_t i = 0; i < ATTEMPTS; i++)
        attempt_is(&result, calls[i], "Operation not permitted");
    attempt_is(&result, "io_uring", "Operation not permitted");
    static const char *const others[] = {"typing", "pasting", "signal", "limits"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        attempt_is(&result, others[i], "Operation not permitted");
    static const char *const needed[] = {"thread", "own signal", "own limits"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        attempt_is(&result, needed[i], "done");
    HARNESS_CONTAINS(result.error, "probe: calls: tried ");
    HARNESS_LACKS(result.error, "probe: call ");
    HARNESS_CONTAINS(result.error, "refused (seccomp)");
}
END_TEST

START_TEST(other_files_are_refused)
{
    const char *root = make_folders();
    if (!has_landlock()) {
        puts("skipped: no Landlock here, or left out of this build");
        return;
    }
    struct harness_result result = probe_audit(root);
    cli_ends(&result, 0);
    for (size_t i = 0; i < SECRETS; i++)
        attempt_is(&result, in(root, secrets[i]), "Permission denied");
    for (size_t i = 0; i < PLANTED; i++) {
        attempt_is(&result, in(root, planted[i]), "Permission denied");
        ck_assert(!harness_exists(in(root, planted[i])));
    }
    for (size_t i = 0; i < INPUTS; i++)
        attempt_is(&result, in(root, inputs[i]), "Permission denied");
    HARNESS_CONTAINS(result.error, "(Landlock, ABI ");
    ck_assert_str_eq(harness_names(in(root, "reports")), "pack report.csv report.md report.xlsx");
}
END_TEST

/* Each file that an option names can be read, also through a link or /dev/stdin. */
START_TEST(named_files_are_accessible)
{
    const char *root = make_folders();
    harness_tool("ln", CLI_LIST("-s", in(root, "one/in.json"), in(root, "link.json")));
    harness_tool("cp", CLI_LIST(harness_source("fixtures/engagement/scope.csv"),
                                harness_source("fixtures/engagement/waivers.csv"),
                                harness_source("fixtures/engagement/baseline.csv"),
                                harness_source("src/rules/controls.csv"), in(root, "one")));
    struct harness_run how = {
        .folder = root,
        .input = in(root, "folder/in.json"),
        .arguments = CLI_LIST("link.json", "/dev/stdin", "-q", "--scope", "one/scope.csv",
                              "--waivers", "one/waivers.csv", "--controls", "one/controls.csv",
                              "--baseline", "one/baseline.csv", "-o", "reports/report.csv")};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status < 2 || result.status == 3, "%s", result.error);
    ck_assert_str_eq(result.error, "");
}
END_TEST

/* A baseline may be a link: to a pack, or to a findings.csv. */
START_TEST(baseline_may_be_a_link)
{
    static const char *const links[][2] = {{"one/pack", "link"},
                                           {"one/pack/findings.csv", "link.csv"}};
    const char *root = make_folders();
    struct harness_result result = CLI_RUN(root, "folder", "-q", "--pack", "one/pack");
    HARNESS_REQUIRE(result.status < 2 || result.status == 3, "%s", result.error);
    harness_tool("ln", CLI_LIST("-s", links[_i][0], in(root, links[_i][1])));
    result = CLI_RUN(root, "folder", "-q", "--baseline", links[_i][1], "-o", "reports/report.csv");
    ck_assert_str_eq(result.error, "");
    ck_assert(harness_exists(in(root, "reports/report.csv")));
}
END_TEST

/* The sandbox allows a second name for whatever a report replaces, even for a link or a FIFO. */
START_TEST(links_and_fifos_are_replaced)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_tool("ln", CLI_LIST("-s", "nowhere", in(folder, "link.csv")));
    harness_tool("mkfifo", CLI_LIST(in(folder, "fifo.md")));
    struct harness_result result = CLI_RUN(folder, "in.json", "-o", "link.csv", "-o", "fifo.md");
    cli_ends(&result, 0);
    ck_assert_str_ne(harness_read(in(folder, "link.csv"), NULL), "");
    ck_assert_str_ne(harness_read(in(folder, "fifo.md"), NULL), "");
    ck_assert_str_eq(harness_names(folder), "fifo.md in.json link.csv");
}
END_TEST

START_TEST(verbose_prints_what_is_active)
{
    const char *folder = cli_folder(CLI_PASS);
    struct harness_result silent = CLI_RUN(folder, "in.json"),
                          verbose = CLI_RUN(folder, "in.json", "-v");
    ck_assert_str_eq(silent.error, "");
    ck_assert_int_eq(strstr(verbose.error, "refused (seccomp)") != NULL, has_seccomp());
    ck_assert_int_eq(strstr(verbose.error, "(Landlock, ABI ") != NULL, has_landlock());
    ck_assert_int_eq(strstr(verbose.error, "left out of this build") != NULL, !BUILT_IN);
}
END_TEST

Suite *sandbox_suite(void);

Suite *sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tests = tcase_create("sandbox");
    tcase_set_timeout(tests, HARNESS_SECONDS);
    tcase_add_test(tests, attempts_succeed_without_a_sandbox);
    tcase_add_test(tests, calls_are_refused);
    tcase_add_test(tests, other_files_are_refused);
    tcase_add_test(tests, named_files_are_accessible);
    tcase_add_loop_test(tests, baseline_may_be_a_link, 0, 2);
    tcase_add_test(tests, links_and_fifos_are_replaced);
    tcase_add_test(tests, verbose_prints_what_is_active);
    suite_add_tcase(suite, tests);
    return suite;
}
