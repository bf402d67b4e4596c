/*
 * check_progress.c: what the line of progress says, and when it is drawn and erased. A pipe takes
 * the place of the terminal unless the test needs a real one.
 */
#include "base/progress.h"
#include "base/publish.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "ingest/inputs.h"
#include "outputs.h"
#include "report/check_report.h"
#include "report/report.h"
#include "support/facts.h"
#include "support/harness.h"
#include "support/screen.h"
#include "writers.h"
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

Suite *progress_suite(void);

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define ERASED "\r\033[K"

static const char json[] = "exports/acm/list.json";

static const struct {
    const char *name;
    uint64_t done, total;
    size_t width;
    const char *line;
} lines[] = {
    {NULL, 812 * MIB, 2900 * MIB, 80, "  reading  [#####...............]  28%"},
    {json, 0, 1, 80, "  reading  [....................]   0%  exports/acm/list.json"},
    {json, 9999, 10000, 80, "  reading  [###################.]  99%  exports/acm/list.json"},
    {json, 1, 1, 80, "  reading  [####################] 100%  exports/acm/list.json"},
    /* the total is not known */
    {json, 812 * MIB, PROGRESS_UNKNOWN, 80, "  reading  812 MiB  exports/acm/list.json"},
    {NULL, 9999, 0, 80, "  reading  9999 B"},
    {NULL, 10 * MIB - 1, 0, 80, "  reading  10239 KiB"},
    {NULL, 10 * GIB, 0, 80, "  reading  10 GiB"},
    {NULL, UINT64_MAX, 0, 80, "  reading  15 EiB"},
    /* a file has grown */
    {NULL, 3 * GIB, 2 * GIB, 80, "  reading  [####################] 100%"},
    {NULL, UINT64_MAX, UINT64_MAX - 1, 80, "  reading  [####################] 100%"},
    /* narrow terminals */
    {json, 1, 2, 59, "  reading  [##########..........]  50%  ...acm/list.json"},
    {json, 1, 2, 51, "  reading  [##########..........]  50%  ....json"},
    {json, 1, 2, 50, "  reading  [##########..........]  50%"},
    {json, 1, 2, 41, "  reading  [##########..........]  50%"},
    {NULL, 1, 2, 40, "  reading   50%"},
    {NULL, 1, 2, 18, "  reading   50%"},
    {NULL, 1, 2, 17, ""},
    {NULL, 1, 2, 0, ""},
    /* neither control characters nor half characters */
    {"a\x1B[m\xC3\xA9\n", 1, 1, 80, "  reading  [####################] 100%  a?[m???"},
};

START_TEST(line_is)
{
    char line[PROGRESS_ROOM];
    size_t length = progress_format(line, "reading", lines[_i].name, lines[_i].done,
                                    lines[_i].total, lines[_i].width);
    ck_assert_str_eq(harness_format("%.*s", (int)length, line), lines[_i].line);
}
END_TEST

/* A line never fills the terminal, or its buffer. */
START_TEST(line_fits)
{
    static const uint64_t amounts[] = {0, 999, 10 * KIB - 1, 999 * GIB, UINT64_MAX};
    char name[400], line[PROGRESS_ROOM];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (size_t width = 0; width < 300; width++)
        for (int i = 0; i < COUNT(amounts) * COUNT(amounts) * 2; i++) {
            size_t length = progress_format(line, "reading", i % 2 ? name : "f",
                                            amounts[i / 2 % COUNT(amounts)],
                                            amounts[i / 2 / COUNT(amounts)], width);
            HARNESS_REQUIRE(length == 0 || (length + 3 <= width && length <= PROGRESS_ROOM),
                            "expected a line that fits %zu columns, got: %.*s", width, (int)length,
                            line);
        }
}
END_TEST

struct pipe {
    int take, give;
};

static struct pipe make_pipe(void)
{
    int ends[2];
    HARNESS_REQUIRE(pipe(ends) == 0, "cannot make a pipe");
    return (struct pipe){ends[0], ends[1]};
}

/* Adds nothing, as often as it takes until part is drawn. Returns what was drawn. */
static const char *draw_until(struct progress *progress, int terminal, const char *part)
{
    struct pollfd ready = {.fd = terminal, .events = POLLIN};
    const char *all = "";
    while (strstr(all, part) == NULL) {
        char bytes[512];
        progress_add(progress, NULL, 0);
        if (poll(&ready, 1, 10) == 0)
            continue;
        ssize_t count = read(terminal, bytes, sizeof bytes);
        HARNESS_REQUIRE(count > 0, "expected %s, but the terminal was closed after %s", part, all);
        all = harness_format("%s%.*s", all, (int)count, bytes);
    }
    return all;
}

/* Everything drawn and not yet read. */
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

/* Adds 1,000,000 in half a second or more. */
static void *add_for_a_while(void *progress)
{
    for (int i = 0; i < 10000; i++) {
        progress_add(progress, NULL, 100);
        if (i % 200 == 0)
            poll(NULL, 0, 10);
    }
    return NULL;
}

static double seconds(void)
{
    struct timespec now;
    ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Nothing that any thread adds is lost, and no more than ten lines are drawn in a second. */
START_TEST(threads_add)
{
    pthread_t threads[4];
    struct pipe pipe = make_pipe();
    double start = seconds();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    for (int i = 0; i < COUNT(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, add_for_a_while, progress), 0);
    for (int i = 0; i < COUNT(threads); i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    const char *drawn = draw_until(progress, pipe.take, "  reading  3906 KiB");
    double most = 1 + (seconds() - start) * 10;
    int count = 0;
    for (const char *at = drawn; (at = strstr(at, "reading")) != NULL; at++)
        count++;
    HARNESS_REQUIRE(count <= most, "expected at most %.0f lines, got %d", most, count);
    ck_assert_ptr_null(strchr(drawn, '\n'));
    end(progress);
    const char *left = rest(&pipe);
    ck_assert_str_eq(left + strlen(left) - strlen(ERASED), ERASED);
}
END_TEST

/* One amount that is not known makes the total unknown; so does a sum that overflows. */
START_TEST(total_may_be_unknown)
{
    static const uint64_t sizes[][2] = {
        {PROGRESS_UNKNOWN, 7}, {7, PROGRESS_UNKNOWN}, {UINT64_MAX - 6, 7}};
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    progress_expect(progress, sizes[_i][0]);
    progress_expect(progress, sizes[_i][1]);
    progress_add(progress, NULL, 5);
    draw_until(progress, pipe.take, "  reading  5 B");
    end(progress);
    rest(&pipe);
}
END_TEST

START_TEST(nothing_is_drawn_before_the_delay)
{
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", INT_MAX);
    progress_add(progress, NULL, MIB);
    _i == 0 ? progress_stop(progress) : progress_abandon(progress);
    end(progress);
    ck_assert_str_eq(rest(&pipe), "");
}
END_TEST

/* Whether it is stopped or abandoned, the line is erased and not drawn again. */
START_TEST(line_ends)
{
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    draw_until(progress, pipe.take, "reading");
    _i == 0 ? progress_stop(progress) : progress_abandon(progress);
    add_for_a_while(progress);
    progress_free(progress);
    ck_assert_str_eq(rest(&pipe), ERASED);
}
END_TEST

static void *stop_in_thread(void *progress)
{
    progress_stop(progress);
    return NULL;
}

/* As after Ctrl-S: a write to the terminal waits. Neither progress_add nor progress_abandon does;
 * progress_stop must, since nothing may be printed after a line that is still there. */
START_TEST(stopped_terminal)
{
    pthread_t thread;
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0),
                    *other = progress_new(pipe.give, "reading", 0);
    draw_until(progress, pipe.take, "reading");
    draw_until(other, pipe.take, "reading");
    ck_assert_int_eq(fcntl(pipe.give, F_SETFL, O_NONBLOCK), 0);
    while (write(pipe.give, "x", 1) == 1)
        ;
    ck_assert_int_eq(fcntl(pipe.give, F_SETFL, 0), 0);
    add_for_a_while(progress);
    progress_abandon(progress);
    progress_free(progress);
    ck_assert_int_eq(pthread_create(&thread, NULL, stop_in_thread, other), 0);
    draw_until(NULL, pipe.take, ERASED);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    progress_free(other);
    rest(&pipe);
}
END_TEST

START_TEST(width_may_change)
{
    const char *name;
    int terminal = screen_open(40, &name), other = open(name, O_RDWR | O_NOCTTY);
    struct winsize wider = {.ws_row = 25, .ws_col = 41};
    ck_assert_int_ge(other, 0);
    struct progress *progress = progress_new(other, "reading", 0);
    progress_expect(progress, 2 * MIB);
    progress_add(progress, NULL, MIB);
    draw_until(progress, terminal, "  reading   50%");
    ck_assert_int_eq(ioctl(terminal, TIOCSWINSZ, &wider), 0);
    draw_until(progress, terminal, "  reading  [##########..........]  50%");
    end(progress);
    ck_assert_int_eq(close(other), 0);
    ck_assert_int_eq(close(terminal), 0);
}
END_TEST

/* Each file of a folder counts as read in the end: used, skipped, broken, or a duplicate. */
START_TEST(whole_folder_is_read)
{
    static const char *const names[] = {"used.json", "skipped.txt", "broken.json", "same.json"};
    static const char *const starts[] = {"{\"Vpcs\":1}", "not JSON", "{]", "{\"Vpcs\":1}"};
    const char *folder = harness_folder();
    struct evidence *evidence = facts_evidence();
    struct text error = TEXT_EMPTY;
    struct thread_pool *threads = harness_keep(thread_pool_new(2));
    struct pipe pipe = make_pipe();
    struct progress *progress = progress_new(pipe.give, "reading", 0);
    for (int i = 0; i < COUNT(names); i++)
        harness_write(harness_format("%s/%s", folder, names[i]),
                      harness_format("%-102400s", starts[i]));
    ck_assert(inputs_read(evidence, &folder, 1, NULL, 0, threads, progress, &error));
    ck_assert_uint_eq(evidence->file_count, COUNT(names));
    draw_until(progress, pipe.take, "[####################] 100%");
    end(progress);
    rest(&pipe);
    harness_keep(evidence->files);
    harness_keep(evidence->records);
    facts_kept(&error);
}
END_TEST

/* A report on standard output starts at the left edge, and the line does not come back. */
START_TEST(report_replaces_the_line)
{
    const struct output output = {"-", &write_csv};
    struct report report = *report_small();
    struct text error = TEXT_EMPTY;
    struct pipe pipe = make_pipe();
    struct publish *publish = publish_new();
    int before = dup(STDOUT_FILENO);
    report.progress = progress_new(pipe.give, "writing reports", 0);
    draw_until(report.progress, pipe.take, "  writing reports  ");
    ck_assert_int_eq(fflush(stdout), 0);
    ck_assert_int_eq(dup2(pipe.give, STDOUT_FILENO), STDOUT_FILENO);
    bool fine = outputs_write(&report, &output, 1, NULL, publish, &error);
    ck_assert_int_eq(dup2(before, STDOUT_FILENO), STDOUT_FILENO);
    ck_assert(fine);
    end(report.progress);
    publish_free(publish);
    const char *left = rest(&pipe), *csv = strchr(left, '"');
    ck_assert_ptr_nonnull(csv);
    ck_assert_str_eq(left, harness_format(ERASED "%s", csv));
    ck_assert_int_eq(close(before), 0);
    facts_kept(&error);
}
END_TEST

/* The rows of the CSV once, and those of the workbook twice. If as many are expected again, half is
 * done. */
START_TEST(all_rows_are_counted)
{
    const char *folder = harness_folder();
    struct report report = *report_small();
    struct text error = TEXT_EMPTY;
    struct pipe pipe = make_pipe();
    struct publish *publish = publish_new();
    struct writers_file files[] = {{.name = "a.csv", .writer = &write_csv},
                                   {.name = "a.xlsx", .writer = &write_xlsx}};
    size_t rows = report.tables[REPORT_FINDINGS].row_count;
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++)
        if (!report.tables[i].absent)
            rows += 2 * report.tables[i].row_count;
    for (int i = 0; i < COUNT(files); i++)
        files[i].path =
            publish_stage(publish, harness_format("%s/%s", folder, files[i].name), &error);
    files[1].scratch = publish_stage_scratch(publish, harness_format("%s/scratch", folder), &error);
    report.progress = progress_new(pipe.give, "writing reports", 0);
    ck_assert_msg(writers_write(&report, files, COUNT(files), &error), "%s", text_string(&error));
    progress_expect(report.progress, rows);
    draw_until(report.progress, pipe.take, "]  50%");
    end(report.progress);
    publish_abandon(publish);
    publish_free(publish);
    rest(&pipe);
    facts_kept(&error);
}
END_TEST

Suite *progress_suite(void)
{
    Suite *suite = suite_create("progress");
    TCase *line = tcase_create("line"), *drawing = tcase_create("drawing");
    tcase_add_loop_test(line, line_is, 0, COUNT(lines));
    tcase_add_test(line, line_fits);
    suite_add_tcase(suite, line);
    tcase_set_timeout(drawing, HARNESS_SECONDS);
    tcase_add_test(drawing, threads_add);
    tcase_add_loop_test(drawing, total_may_be_unknown, 0, 3);
    tcase_add_loop_test(drawing, nothing_is_drawn_before_the_delay, 0, 2);
    tcase_add_loop_test(drawing, line_ends, 0, 2);
    tcase_add_test(drawing, stopped_terminal);
    tcase_add_test(drawing, width_may_change);
    tcase_add_test(drawing, whole_folder_is_read);
    tcase_add_test(drawing, all_rows_are_counted);
    tcase_add_test(drawing, report_replaces_the_line);
    suite_add_tcase(suite, drawing);
    return suite;
}
