/* check_progress.c: when the line of progress is drawn and erased, and what it is told. */
#include "base/check_progress.h"
#include "base/progress.h"
#include "base/publish.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "ingest/inputs.h"
#include "outputs.h"
#include "report/check_report.h"
#include "support/facts.h"
#include "support/harness.h"
#include "support/screen.h"
#include "writers.h"
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

Suite *progress_suite(void);

#define ERASED "\r\033[K"

/* A pipe stands for the terminal: what is drawn, and not yet taken, is in it. */
struct pipe {
    int take, give;
};

static struct pipe make_pipe(void)
{
    int ends[2];
    HARNESS_REQUIRE(pipe(ends) == 0, "no pipe");
    return (struct pipe){ends[0], ends[1]};
}

/* What is drawn, up to the part. */
static const char *drawn_with(int terminal, const char *part)
{
    const char *all = "";
    while (strstr(all, part) == NULL) {
        char bytes[512];
        ssize_t count = read(terminal, bytes, sizeof bytes);
        HARNESS_REQUIRE(count > 0, "%s does not come behind %s", part, all);
        all = harness_format("%s%.*s", all, (int)count, bytes);
    }
    return all;
}

/* All that is drawn and not taken yet, once nobody draws any more. */
static const char *rest(struct pipe *pipe)
{
    const char *all = "";
    char bytes[4096];
    ssize_t count;
    ck_assert_int_eq(close(pipe->give), 0);
    while ((count = read(pipe->take, bytes, sizeof bytes)) > 0)
        all = harness_format("%s%.*s", all, (int)count, bytes);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(close(pipe->take), 0);
    return all;
}

static void end(struct progress *progress)
{
    progress_stop(progress);
    progress_free(progress);
}

/* Until another line was drawn three times, so that whoever draws, or waits, has had his turn. No
 * verdict hangs on it: on a slow machine a fault may only go unseen. */
static void give_others_time(void)
{
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "other", 0);
    for (int i = 0; i < 3; i++)
        drawn_with(pipe.take, "\033[K");
    end(progress);
    rest(&pipe);
}

START_TEST(counts_and_goes)
{
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    ck_assert_ptr_nonnull(progress);
    drawn_with(pipe.take, "  reading  0 s");
    progress_expect(progress, 3 * GIB);
    progress_expect(progress, GIB);
    progress_add(progress, GIB);
    progress_add(progress, GIB - 1);
    const char *drawn =
        drawn_with(pipe.take, "  reading  [#########...........]  1.9 GiB of 4.0 GiB");
    ck_assert_ptr_null(strchr(drawn, '\n'));
    progress_stop(progress);
    progress_stop(progress); /* once more does nothing */
    progress_free(progress);
    const char *left = rest(&pipe);
    ck_assert_uint_ge(strlen(left), strlen(ERASED));
    ck_assert_str_eq(left + strlen(left) - strlen(ERASED), ERASED);
}
END_TEST

/* One input without a size, wherever it comes, and the whole has none. */
START_TEST(sums_do_not_overflow)
{
    static const uint64_t sizes[][3] = {
        {PROGRESS_UNKNOWN, 7, 8}, {7, PROGRESS_UNKNOWN, 8}, {UINT64_MAX / 2, UINT64_MAX / 2, 9}};
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    for (size_t i = 0; i < 3; i++)
        progress_expect(progress, sizes[_i][i]);
    progress_add(progress, 5 * KIB);
    drawn_with(pipe.take, "  reading  5.0 KiB  ");
    end(progress);
    rest(&pipe);
}
END_TEST

/* Many threads add; no byte is lost. */
static void *add_often(void *progress)
{
    for (int i = 0; i < 10000; i++)
        progress_add(progress, 100);
    return NULL;
}

START_TEST(threads_add)
{
    pthread_t threads[4];
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    progress_expect(progress, 4 * 1000 * 1000);
    for (int i = 0; i < COUNT(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, add_often, progress), 0);
    for (int i = 0; i < COUNT(threads); i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    drawn_with(pipe.take, "[####################]  3.8 MiB of 3.8 MiB");
    end(progress);
    rest(&pipe);
}
END_TEST

/* The run is over before the delay: nothing was drawn, and nobody waits for it. */
START_TEST(short_run_shows_nothing)
{
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", UINT_MAX);
    progress_add(progress, MIB);
    _i == 0 ? progress_stop(progress) : progress_abandon(progress);
    end(progress);
    ck_assert_str_eq(rest(&pipe), "");
}
END_TEST

START_TEST(nothing_is_drawn_once_abandoned)
{
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    drawn_with(pipe.take, "reading");
    progress_abandon(progress);
    progress_abandon(progress); /* a signal comes while memory is out */
    give_others_time();
    end(progress);
    const char *erased = strstr(rest(&pipe), ERASED);
    ck_assert_ptr_nonnull(erased);
    ck_assert_str_eq(erased, ERASED ERASED ERASED);
}
END_TEST

static void *end_in_thread(void *progress)
{
    end(progress);
    return NULL;
}

/* As one on which somebody has typed Ctrl-S: whoever writes to it waits. No line does, nor a
 * process that dies; but nothing may be printed behind a line that stands there. */
START_TEST(stopped_terminal)
{
    pthread_t thread;
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    drawn_with(pipe.take, "reading");
    ck_assert_int_eq(fcntl(pipe.give, F_SETFL, O_NONBLOCK), 0);
    while (write(pipe.give, "x", 1) == 1)
        ;
    ck_assert_int_eq(fcntl(pipe.give, F_SETFL, 0), 0);
    give_others_time();
    progress_expect(progress, 1); /* would wait for a line that is being drawn */
    progress_abandon(progress);
    ck_assert_int_eq(pthread_create(&thread, NULL, end_in_thread, progress), 0);
    give_others_time();
    drawn_with(pipe.take, ERASED);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    rest(&pipe);
}
END_TEST

/* It stays with those who wait for it. */
START_TEST(thread_takes_no_signal)
{
    sigset_t one, before, pending;
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    sigemptyset(&one);
    sigaddset(&one, SIGUSR1);
    ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, &one, &before), 0);
    ck_assert_int_eq(sigismember(&before, SIGUSR1), 0); /* nor is it left blocked here */
    ck_assert_int_eq(kill(getpid(), SIGUSR1), 0);
    progress_add(progress, 10 * MIB);
    drawn_with(pipe.take, "10 MiB");
    ck_assert_int_eq(sigpending(&pending), 0);
    ck_assert_int_eq(sigismember(&pending, SIGUSR1), 1);
    int taken;
    ck_assert_int_eq(sigwait(&one, &taken), 0);
    ck_assert_int_eq(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
    end(progress);
    rest(&pipe);
}
END_TEST

START_TEST(width_is_the_terminals_at_each_line)
{
    const char *name;
    int terminal = screen_open(40, &name), other = open(name, O_RDWR | O_NOCTTY);
    struct winsize wider = {.ws_row = 25, .ws_col = 68};
    ck_assert_int_ge(other, 0);
    struct progress *progress = progress_new(other, "reading", 0);
    progress_expect(progress, 2 * MIB);
    progress_add(progress, MIB);
    drawn_with(terminal, "1.0 MiB of 2.0 MiB");
    ck_assert_int_eq(ioctl(terminal, TIOCSWINSZ, &wider), 0);
    drawn_with(terminal, "  reading  [####....]  1.0 MiB of 2.0 MiB");
    end(progress);
    ck_assert_int_eq(close(other), 0);
    ck_assert_int_eq(close(terminal), 0);
}
END_TEST

/* Each file of a folder that is read counts as done in the end: one that is used, one that breaks
 * off, one that is the same. One that is passed over does not count. */
START_TEST(intake_tells_all_of_it)
{
    static const char *const names[] = {"used.json", "skipped.txt", "broken.json", "same.json"};
    static const char *const begins[] = {"{\"Vpcs\":1}", "no JSON", "{]", "{\"Vpcs\":1}"};
    const char *folder = harness_folder();
    struct evidence *evidence = facts_evidence();
    struct text error = TEXT_EMPTY;
    struct thread_pool *threads = harness_keep(thread_pool_new(2));
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    for (int i = 0; i < COUNT(names); i++)
        harness_write(harness_format("%s/%s", folder, names[i]),
                      harness_format("%-102400s", begins[i]));
    ck_assert(inputs_read(evidence, &folder, 1, NULL, 0, threads, progress, &error));
    ck_assert_uint_eq(evidence->file_count, COUNT(names));
    drawn_with(pipe.take, "[####################]  300 KiB of 300 KiB");
    end(progress);
    rest(&pipe);
    harness_keep(evidence->files);
    harness_keep(evidence->records);
    facts_kept(&error);
}
END_TEST

/* What is printed where the line stood begins at the left, and the line does not come again. */
START_TEST(report_takes_its_place)
{
    const struct output output = {"-", &write_markdown};
    struct text error = TEXT_EMPTY;
    struct pipe pipe = make_pipe();
    struct publish *publish = publish_new();
    int before = dup(STDOUT_FILENO);
    struct progress *progress = progress_new(pipe.give, "writing reports", 0);
    drawn_with(pipe.take, "  writing reports  ");
    ck_assert_int_eq(fflush(stdout), 0);
    ck_assert_int_eq(dup2(pipe.give, STDOUT_FILENO), STDOUT_FILENO);
    bool fine = outputs_write(report_small(), &output, 1, NULL, publish, progress, &error);
    ck_assert_int_eq(dup2(before, STDOUT_FILENO), STDOUT_FILENO);
    ck_assert(fine);
    end(progress);
    publish_free(publish);
    const char *left = rest(&pipe);
    const char *report = strchr(left, '#');
    ck_assert_ptr_nonnull(report);
    const char *shown = screen_shown(left, strlen(left));
    HARNESS_REQUIRE(strcmp(shown, report) == 0, "shown: %.80s", shown);
    ck_assert_int_eq(close(before), 0);
    facts_kept(&error);
}
END_TEST

Suite *progress_suite(void)
{
    Suite *suite = suite_create("progress");
    TCase *drawing = tcase_create("drawing");
    suite_add_tcase(suite, progress_line_case());
    tcase_set_timeout(drawing, HARNESS_SECONDS);
    tcase_add_test(drawing, counts_and_goes);
    tcase_add_loop_test(drawing, sums_do_not_overflow, 0, 3);
    tcase_add_test(drawing, threads_add);
    tcase_add_loop_test(drawing, short_run_shows_nothing, 0, 2);
    tcase_add_test(drawing, nothing_is_drawn_once_abandoned);
    tcase_add_test(drawing, stopped_terminal);
    tcase_add_test(drawing, thread_takes_no_signal);
    tcase_add_test(drawing, width_is_the_terminals_at_each_line);
    tcase_add_test(drawing, intake_tells_all_of_it);
    tcase_add_test(drawing, report_takes_its_place);
    suite_add_tcase(suite, drawing);
    return suite;
}
