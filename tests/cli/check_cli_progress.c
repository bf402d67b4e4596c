/*
 * check_cli_progress.c: the line of progress of the built program, on a pseudo-terminal. The test
 * feeds the program's standard input until the line appears, so that nothing depends on the speed
 * of the machine; it compares what is left on the terminal, and the report.
 */
#include "base/memory.h"
#include "support/cli.h"
#include "support/screen.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COLUMNS = 60, WORDS = 16, CANNOT_EXECUTE = 127 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char content[] = CLI_FAIL CLI_BROKEN;

struct setting {
    const char *option; /* an additional option, or NULL */
    const char *term;   /* $TERM; NULL: not set */
    bool background;
};

static const struct setting usual = {NULL, "xterm", false};

/* A run of the program, whose standard input is a pipe from the test. */
struct watched {
    pid_t process;
    int input, terminal; /* input: -1 once closed */
    int blanks;          /* bytes written to input before the content */
    const char *output;  /* the file that standard output goes to */
    const char *seen;    /* everything written to its terminal */
};

/* A shell with job control gives a background job its own process group. */
static char *const *words_of(const struct setting *setting)
{
    const char *const words[] = {"/bin/sh",
                                 "-c",
                                 "set -m; \"$0\" \"$@\" & wait $!",
                                 harness_program(),
                                 "-",
                                 "--as-of",
                                 HARNESS_AS_OF,
                                 "-o",
                                 "-",
                                 "--format=md",
                                 setting->option};
    char **vector = harness_keep(memory_resize(NULL, WORDS, sizeof *vector));
    size_t count = 0;
    for (size_t i = setting->background ? 0 : 3; i < COUNT(words) && words[i] != NULL; i++)
        vector[count++] = harness_keep(strdup(words[i]));
    vector[count] = NULL;
    return vector;
}

/* In the child: starts a session with this terminal. */
static bool enter(const struct setting *setting, int terminal)
{
    alarm(HARNESS_SECONDS);
    return setsid() >= 0 && ioctl(terminal, TIOCSCTTY, 0) == 0 &&
           (setting->term == NULL ? unsetenv("TERM") : setenv("TERM", setting->term, 1)) == 0;
}

static struct watched begin(const struct setting *setting)
{
    const char *name;
    int ends[2], terminal = screen_open(COLUMNS, &name), other = open(name, O_RDWR | O_NOCTTY);
    struct watched run = {.terminal = terminal,
                          .output = harness_format("%s/report.md", harness_folder()),
                          .seen = ""};
    int output = open(run.output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    char *const *words = words_of(setting);
    HARNESS_REQUIRE(other >= 0 && output >= 0 && pipe(ends) == 0, "%s", strerror(errno));
    HARNESS_REQUIRE(fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0, "%s", strerror(errno));
    run.process = fork();
    HARNESS_REQUIRE(run.process >= 0, "fork: %s", strerror(errno));
    if (run.process == 0) {
        if (enter(setting, other) && dup2(ends[0], STDIN_FILENO) >= 0 &&
            dup2(output, STDOUT_FILENO) >= 0 && dup2(other, STDERR_FILENO) >= 0)
            execv(words[0], words);
        _exit(CANNOT_EXECUTE);
    }
    run.input = ends[1];
    ck_assert_int_eq(close(ends[0]) + close(other) + close(output), 0);
    return run;
}

static const char *shown(const struct watched *run)
{
    return screen_shown(run->seen, strlen(run->seen));
}

/* A blank is ignored where JSON begins, but it is progress. */
static void feed_blank(struct watched *run)
{
    ck_assert_int_eq(write(run->input, " ", 1), 1);
    run->blanks++;
}

/* Feeds blanks until the line is drawn. */
static void wait_for_line(struct watched *run)
{
    struct pollfd ready = {.fd = run->terminal, .events = POLLIN};
    while (strstr(shown(run), "  reading  ") == NULL) {
        feed_blank(run);
        if (poll(&ready, 1, 10) > 0)
            HARNESS_REQUIRE(screen_take(run->terminal, &run->seen),
                            "expected a line of progress, but the program ended: %s", run->seen);
    }
}

/* Feeds the content and ends the input. */
static void feed_content(struct watched *run)
{
    ck_assert_int_eq(write(run->input, content, strlen(content)), (ssize_t)strlen(content));
    ck_assert_int_eq(close(run->input), 0);
    run->input = -1;
}

/* Waits for the end of the program. Returns its status, or HARNESS_SIGNALLED plus the signal. */
static int finish(struct watched *run)
{
    int status;
    while (screen_take(run->terminal, &run->seen))
        ;
    ck_assert_int_eq(waitpid(run->process, &status, 0), run->process);
    ck_assert_int_eq(close(run->terminal), 0);
    if (run->input >= 0)
        ck_assert_int_eq(close(run->input), 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : HARNESS_SIGNALLED + WTERMSIG(status);
}

/* The terminal shows what a run without a terminal writes to standard error, and the reports are
 * the same. */
static void same_as_plain(const struct watched *run, const struct setting *setting)
{
    const char *folder = cli_folder(harness_format("%*s%s", run->blanks, "", content));
    struct harness_run how = {.input = harness_format("%s/in.json", folder),
                              .arguments = CLI_LIST("-", "--as-of", HARNESS_AS_OF, "-o", "-",
                                                    "--format=md", setting->option)};
    struct harness_result plain = harness_run(&how);
    ck_assert_str_ne(plain.error, "");
    HARNESS_REQUIRE(strcmp(shown(run), plain.error) == 0, "expected:\n%s\ngot:\n%s", plain.error,
                    shown(run));
    ck_assert_str_eq(harness_read(run->output, NULL), plain.output);
}

START_TEST(line_comes_and_goes)
{
    struct watched run = begin(&usual);
    wait_for_line(&run);
    feed_content(&run);
    ck_assert_int_eq(finish(&run), 1);
    same_as_plain(&run, &usual);
}
END_TEST

/* The signal comes from a typed ^C, which the terminal echoes before or after the line is erased.
 * The input stays open, so that nothing but the signal ends the program. */
START_TEST(signal_leaves_no_line)
{
    struct watched run = begin(&usual);
    wait_for_line(&run);
    ck_assert_int_eq(write(run.terminal, "\003", 1), 1);
    ck_assert_int_eq(finish(&run), HARNESS_SIGNALLED + SIGINT);
    HARNESS_REQUIRE(strstr(run.seen, "^C") != NULL, "expected ^C in: %s", run.seen);
    HARNESS_REQUIRE(strcmp(shown(&run), "") == 0 || strcmp(shown(&run), "^C") == 0,
                    "expected no line, got: %s", shown(&run));
}
END_TEST

static const struct setting silent[] = {
    {NULL, "dumb", false}, {NULL, NULL, false}, {"-q", "xterm", false}, {NULL, "xterm", true}};

/* They start before a run that shows a line, and read on after it. */
START_TEST(nothing_where_no_line_belongs)
{
    struct watched runs[COUNT(silent)], other;
    for (size_t i = 0; i < COUNT(silent); i++)
        runs[i] = begin(&silent[i]);
    other = begin(&usual);
    wait_for_line(&other);
    other.seen = "";
    wait_for_line(&other);
    for (size_t i = 0; i < COUNT(silent); i++) {
        feed_blank(&runs[i]);
        feed_content(&runs[i]);
        ck_assert_int_eq(finish(&runs[i]), 1);
        ck_assert_ptr_null(strchr(runs[i].seen, '\033'));
        same_as_plain(&runs[i], &silent[i]);
    }
    feed_content(&other);
    ck_assert_int_eq(finish(&other), 1);
}
END_TEST

TCase *cli_progress_case(void)
{
    TCase *tcase = tcase_create("progress");
    tcase_set_timeout(tcase, HARNESS_SECONDS);
    tcase_add_test(tcase, line_comes_and_goes);
    tcase_add_test(tcase, signal_leaves_no_line);
    tcase_add_test(tcase, nothing_where_no_line_belongs);
    return tcase;
}
