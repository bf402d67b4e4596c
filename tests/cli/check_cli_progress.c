/*
 * check_cli_progress.c: the line of progress of the built program. A run waits for its standard
 * input until its line is there, however fast or slow the machine is; judged is what stands on the
 * terminal in the end, and the report.
 */
#include "base/memory.h"
#include "support/cli.h"
#include "support/screen.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COLUMNS = 60, WORDS = 16, CANNOT_EXECUTE = 127 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char content[] = CLI_FAIL CLI_BROKEN;

/* How to run it. */
struct way {
    const char *option; /* one more; may be NULL */
    const char *term;   /* NULL: not set */
    bool background;
};

static const struct way usual = {NULL, "xterm", false};

/* A run whose standard input the test holds open, and its terminal. */
struct watched {
    pid_t process;
    int input, terminal;
    const char *output; /* the file that standard output goes to */
    const char *seen;   /* what its terminal has got */
};

/* A shell that controls jobs gives one in the background a process group of its own. */
static char *const *words_of(const struct way *way)
{
    const char *const words[] = {"/bin/sh",         "-c",       "set -m; \"$0\" \"$@\" & wait $!",
                                 harness_program(), "-",        "--as-of",
                                 HARNESS_AS_OF,     "-o",       "-",
                                 "--format=md",     way->option};
    char **vector = harness_keep(memory_resize(NULL, WORDS, sizeof *vector));
    size_t count = 0;
    for (size_t i = way->background ? 0 : 3; i < COUNT(words) && words[i] != NULL; i++)
        vector[count++] = harness_keep(strdup(words[i]));
    vector[count] = NULL;
    return vector;
}

/* In the child: a session of its own, whose terminal is this one. */
static bool enter(const struct way *way, int terminal)
{
    alarm(HARNESS_SECONDS);
    return setsid() >= 0 && ioctl(terminal, TIOCSCTTY, 0) == 0 &&
           (way->term == NULL ? unsetenv("TERM") : setenv("TERM", way->term, 1)) == 0;
}

static struct watched begin(const struct way *way)
{
    const char *name;
    int ends[2], terminal = screen_open(COLUMNS, &name), other = open(name, O_RDWR | O_NOCTTY);
    struct watched run = {.terminal = terminal,
                          .output = harness_format("%s/report.md", harness_folder()),
                          .seen = ""};
    int output = open(run.output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    char *const *words = words_of(way);
    HARNESS_REQUIRE(other >= 0 && output >= 0 && pipe(ends) == 0, "%s", strerror(errno));
    HARNESS_REQUIRE(fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0, "%s", strerror(errno));
    run.process = fork();
    HARNESS_REQUIRE(run.process >= 0, "fork: %s", strerror(errno));
    if (run.process == 0) {
        if (enter(way, other) && dup2(ends[0], STDIN_FILENO) >= 0 &&
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

static void wait_for_line(struct watched *run)
{
    while (strstr(shown(run), "  reading  ") == NULL)
        HARNESS_REQUIRE(screen_take(run->terminal, &run->seen), "no line comes: %s", run->seen);
}

/* Lets it go on to its end. Its status, or HARNESS_SIGNALLED plus the signal. */
static int finish(struct watched *run)
{
    int status;
    ck_assert_int_eq(close(run->input), 0);
    while (screen_take(run->terminal, &run->seen))
        ;
    ck_assert_int_eq(waitpid(run->process, &status, 0), run->process);
    ck_assert_int_eq(close(run->terminal), 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : HARNESS_SIGNALLED + WTERMSIG(status);
}

static void feed(const struct watched *run)
{
    ck_assert_int_eq(write(run->input, content, strlen(content)), (ssize_t)strlen(content));
}

/* The same run with nothing but files. */
static struct harness_result plain_run(const struct way *way)
{
    const char *folder = cli_folder(content);
    struct harness_run how = {.input = harness_format("%s/in.json", folder),
                              .arguments = CLI_LIST("-", "--as-of", HARNESS_AS_OF, "-o", "-",
                                                    "--format=md", way->option)};
    return harness_run(&how);
}

/* As in plain_run, standard error and standard output are told apart by nothing. */
static void same_as_plain(const struct watched *run, const char *seen, const struct way *way)
{
    struct harness_result plain = plain_run(way);
    ck_assert_str_ne(plain.error, "");
    HARNESS_REQUIRE(strcmp(seen, plain.error) == 0, "%s\nand not\n%s", seen, plain.error);
    ck_assert_str_eq(harness_read(run->output, NULL), plain.output);
}

START_TEST(line_comes_and_goes)
{
    struct watched run = begin(&usual);
    wait_for_line(&run);
    feed(&run);
    ck_assert_int_eq(finish(&run), 1);
    same_as_plain(&run, shown(&run), &usual);
}
END_TEST

/* Typed, so that the terminal writes ^C behind the line. */
START_TEST(signal_leaves_no_line)
{
    struct watched run = begin(&usual);
    wait_for_line(&run);
    ck_assert_int_eq(write(run.terminal, "\003", 1), 1);
    ck_assert_int_eq(finish(&run), HARNESS_SIGNALLED + SIGINT);
    ck_assert_ptr_nonnull(strstr(run.seen, "^C"));
    ck_assert_str_eq(shown(&run), "");
}
END_TEST

/* The terminal gets the bytes that a file would get. */
static const struct way silent[] = {
    {NULL, "dumb", false}, {NULL, NULL, false}, {"-q", "xterm", false}, {NULL, "xterm", true}};

/* They begin before one that has a line, and end after its second. */
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
        feed(&runs[i]);
        ck_assert_int_eq(finish(&runs[i]), 1);
        ck_assert_ptr_null(strchr(runs[i].seen, '\033'));
        same_as_plain(&runs[i], shown(&runs[i]), &silent[i]);
    }
    feed(&other);
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
