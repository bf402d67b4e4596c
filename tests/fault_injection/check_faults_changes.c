/*
 * check_faults_changes.c: an input that changes between any two steps of a run. The run is stopped
 * at one call after another, the input is changed, and the run goes on: then the report is that of
 * the input as it was, or as it is now, or the change is named.
 */
#include "fault_injection/check_faults.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than three windows of a reader, so that a change can come in the middle. */
enum { SECONDS = 120, CERTIFICATES = 1200 };

static const char *make_list(const char *name)
{
    struct text list = TEXT_EMPTY;
    text_add(&list, "{\"ServerCertificateMetadataList\": [\n");
    for (int i = 0; i < CERTIFICATES; i++)
        text_addf(&list,
                  "%s{\"ServerCertificateName\": \"%s%d\", \"ServerCertificateId\": \"ASCA%d\", "
                  "\"Arn\": \"arn:aws:iam::111122223333:server-certificate/%s%d\", "
                  "\"UploadDate\": \"2012-05-06T07:08:09Z\"}",
                  i > 0 ? ",\n" : "", name, i, i, name, i);
    text_add(&list, "]}\n");
    return harness_keep(list.bytes);
}

/* The path is in a folder of its own, which is walked or names it. */
static const char *folder, *path;

static void write_old(void)
{
    static const struct timespec long_ago[] = {{1000000000, 0}, {1000000000, 0}};
    harness_write(path, make_list("old"));
    HARNESS_REQUIRE(utimensat(AT_FDCWD, path, long_ago, 0) == 0, "%s: %s", path, strerror(errno));
}

static void shrink(void)
{
    HARNESS_REQUIRE(truncate(path, 100000) == 0, "%s: %s", path, strerror(errno));
}

static void empty(void)
{
    HARNESS_REQUIRE(truncate(path, 0) == 0, "%s: %s", path, strerror(errno));
}

static void grow(void)
{
    FILE *stream = fopen(path, "a");
    HARNESS_REQUIRE(stream != NULL && fputs("{\"Vpcs\": []}\n", stream) >= 0 && fclose(stream) == 0,
                    "%s: %s", path, strerror(errno));
}

static void write_new(void)
{
    harness_write(path, make_list("new"));
}

static void take_away(void)
{
    HARNESS_REQUIRE(unlink(path) == 0, "%s: %s", path, strerror(errno));
}

static void put_pipe(void)
{
    take_away();
    HARNESS_REQUIRE(mkfifo(path, 0600) == 0, "%s: %s", path, strerror(errno));
}

static void put_link(void)
{
    take_away();
    HARNESS_REQUIRE(symlink("/etc/passwd", path) == 0, "%s: %s", path, strerror(errno));
}

static void put_folder(void)
{
    take_away();
    HARNESS_REQUIRE(mkdir(path, 0700) == 0, "%s: %s", path, strerror(errno));
}

static void put_file(void)
{
    take_away();
    write_new();
}

static void restore(void)
{
    if (unlink(path) != 0)
        (void)rmdir(path);
    write_old();
}

/* told: a part of the message that some moment has to bring. */
static const struct {
    const char *name, *told;
    enum faults_call call;
    void (*change)(void);
    bool walked;
} changes[] = {
    {"shrink", "the file changed while it was read", FAULTS_READ, shrink, false},
    {"empty", "the file changed while it was read", FAULTS_READ, empty, true},
    {"grow", "the file changed while it was read", FAULTS_READ, grow, false},
    {"write over", "the file changed while it was read", FAULTS_READ, write_new, true},
    {"take away", "the file changed while it was read", FAULTS_READ, take_away, false},
    {"take away before it is opened", "cannot be opened (No such file", FAULTS_OPEN, take_away,
     true},
    {"a pipe", "cannot be opened (", FAULTS_OPEN, put_pipe, true},
    {"a link", "cannot be opened (", FAULTS_OPEN, put_link, true},
    {"a folder", "cannot be opened (", FAULTS_OPEN, put_folder, true},
    /* is a directory, or out of the sandbox's reach */
    {"a folder", "list.json: ", FAULTS_OPEN, put_folder, false},
    {"another file", NULL, FAULTS_OPEN, put_file, true},
};

/* What comes of the input as the change leaves it. */
static void run_changed(const struct faults_run *run, void (*change)(void), struct faults_end *end)
{
    change();
    faults_pause(run, FAULTS_READ, 0, NULL, end);
    restore();
}

static bool same_end(const struct faults_end *left, const struct faults_end *right)
{
    return left->status == right->status && faults_same(&left->out, &right->out) &&
           faults_same(&left->err, &right->err);
}

START_TEST(input_changes_at_each_moment)
{
    struct faults_end before = {0}, after = {0}, end = {0};
    unsigned named = 0;
    folder = harness_folder();
    path = harness_format("%s/list.json", folder);
    const struct faults_run run = {
        changes[_i].name,
        (const char *const[]){changes[_i].walked ? folder : path, "--as-of", HARNESS_AS_OF, NULL},
        false};
    write_old();
    unsigned count = faults_pause(&run, changes[_i].call, 0, NULL, &before);
    run_changed(&run, changes[_i].change, &after);
    for (unsigned at = 1; at <= count; at++) {
        faults_pause(&run, changes[_i].call, at, changes[_i].change, &end);
        bool told = changes[_i].told != NULL &&
                    strstr(text_string(&end.err), changes[_i].told) != NULL && end.status > 0;
        HARNESS_REQUIRE(told || same_end(&end, &before) || same_end(&end, &after),
                        "%s at %u of %u: status %d: %s", run.name, at, count, end.status,
                        text_string(&end.err));
        named += told;
        restore();
    }
    HARNESS_REQUIRE(named > 0 || changes[_i].told == NULL, "%s: never named", run.name);
    faults_end_free(&before);
    faults_end_free(&after);
    faults_end_free(&end);
}
END_TEST

/* An equal file beside it, read before: what changed is told all the same. */
START_TEST(twin_that_changed_is_told)
{
    struct faults_end before = {0}, end = {0};
    folder = harness_folder();
    path = harness_format("%s/list.json", folder);
    const struct faults_run run = {
        "twin", (const char *const[]){folder, "--as-of", HARNESS_AS_OF, NULL}, false};
    write_old();
    harness_tool("cp", (const char *const[]){path, harness_format("%s/a.json", folder), NULL});
    unsigned count = faults_pause(&run, FAULTS_READ, 0, NULL, &before);
    ck_assert_ptr_null(strstr(text_string(&before.err), "changed"));
    faults_pause(&run, FAULTS_READ, count, grow, &end);
    HARNESS_REQUIRE(strstr(text_string(&end.err), "list.json: the file changed") != NULL, "%s",
                    text_string(&end.err));
    faults_end_free(&before);
    faults_end_free(&end);
}
END_TEST

/* What the auditor adds ends the run where it changes. */
START_TEST(scope_that_changed_is_refused)
{
    struct faults_end before = {0}, end = {0};
    unsigned refused = 0;
    folder = harness_folder();
    path = harness_format("%s/scope.csv", folder);
    const struct faults_run run = {"scope",
                                   (const char *const[]){harness_source("fixtures/rules"), "-q",
                                                         "--as-of", HARNESS_AS_OF, "--scope", path,
                                                         NULL},
                                   false};
    harness_tool(
        "cp", (const char *const[]){harness_source("fixtures/engagement/scope.csv"), path, NULL});
    unsigned count = faults_pause(&run, FAULTS_READ, 0, NULL, &before);
    for (unsigned at = 1; at <= count && at <= 4; at++) {
        faults_pause(&run, FAULTS_READ, at, empty, &end);
        refused += end.status == 2 &&
                   strstr(text_string(&end.err), "scope.csv: changed while it was read") != NULL;
        harness_tool("cp", (const char *const[]){harness_source("fixtures/engagement/scope.csv"),
                                                 path, NULL});
    }
    ck_assert_uint_gt(refused, 0);
    faults_end_free(&before);
    faults_end_free(&end);
}
END_TEST

TCase *faults_changes_case(void)
{
    TCase *tcase = tcase_create("changes");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_checked_fixture(tcase, faults_make_inputs, NULL);
    if (FAULTS_LOADABLE) {
        tcase_add_loop_test(tcase, input_changes_at_each_moment, 0,
                            sizeof changes / sizeof changes[0]);
        tcase_add_test(tcase, twin_that_changed_is_told);
        tcase_add_test(tcase, scope_that_changed_is_refused);
    }
    return tcase;
}
