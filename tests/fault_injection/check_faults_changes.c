/*
 * check_faults_changes.c: an input that changes between any two steps of a run. The run is stopped
 * at a call, the input is changed, and the run goes on. The report must be that of the old input or
 * that of the new one, or the change must be reported.
 */
#include "fault_injection/fault_runs.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than three windows of the reader, so that a change can come between two windows. */
enum { SECONDS = 240, CERTIFICATES = 1200 };

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

/* The input, and its folder. */
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

/* message: a part of the message that at least one moment must cause; NULL: there is none. */
static const struct {
    const char *name, *message;
    enum faults_call call;
    void (*change)(void);
    bool walked; /* the folder is the argument */
} changes[] = {
    {"shrink", "changed while being read", FAULTS_READ, shrink, false},
    {"empty", "changed while being read", FAULTS_READ, empty, true},
    {"grow", "changed while being read", FAULTS_READ, grow, false},
    {"write over", "changed while being read", FAULTS_READ, write_new, true},
    {"take away", "changed while being read", FAULTS_READ, take_away, false},
    {"take away before it is opened", "cannot be opened (No such file", FAULTS_OPEN, take_away,
     true},
    {"a pipe", "cannot be opened (", FAULTS_OPEN, put_pipe, true},
    {"a link", "cannot be opened (", FAULTS_OPEN, put_link, true},
    {"a folder", "cannot be opened (", FAULTS_OPEN, put_folder, true},
    /* is a directory, or outside the sandbox */
    {"a folder", "list.json: ", FAULTS_OPEN, put_folder, false},
    {"another file", NULL, FAULTS_OPEN, put_file, true},
};

/* The result if the input has changed before the run. */
static void run_changed(const struct fault_command *command, void (*change)(void),
                        struct fault_result *result)
{
    change();
    fault_runs_pause(command, FAULTS_READ, 0, NULL, result);
    restore();
}

static bool same_result(const struct fault_result *left, const struct fault_result *right)
{
    return left->status == right->status && fault_runs_same(&left->output, &right->output) &&
           fault_runs_same(&left->err, &right->err);
}

START_TEST(input_changes_at_each_moment)
{
    struct fault_result before = {0}, after = {0}, result = {0};
    const char *message = changes[_i].message;
    unsigned reports = 0;
    folder = harness_folder();
    path = harness_format("%s/list.json", folder);
    const struct fault_command command = {
        changes[_i].name,
        (const char *const[]){changes[_i].walked ? folder : path, "--as-of", HARNESS_AS_OF, NULL},
        false};
    HARNESS_ROW("%s", command.name);
    write_old();
    unsigned count = fault_runs_pause(&command, changes[_i].call, 0, NULL, &before);
    run_changed(&command, changes[_i].change, &after);
    for (unsigned at = 1; at <= count; at++) {
        fault_runs_pause(&command, changes[_i].call, at, changes[_i].change, &result);
        bool reported = message != NULL && result.status > 0 &&
                        strstr(text_string(&result.err), message) != NULL;
        HARNESS_REQUIRE(reported || same_result(&result, &before) || same_result(&result, &after),
                        "at call %u of %u: status %d: %s", at, count, result.status,
                        text_string(&result.err));
        reports += reported;
        restore();
    }
    HARNESS_REQUIRE(reports > 0 || message == NULL, "never reported: %s", message);
    fault_result_free(&before);
    fault_result_free(&after);
    fault_result_free(&result);
}
END_TEST

/* The run has read an equal file before: the change is still reported. */
START_TEST(change_of_a_duplicate_is_reported)
{
    struct fault_result before = {0}, result = {0};
    folder = harness_folder();
    path = harness_format("%s/list.json", folder);
    const struct fault_command command = {
        "duplicate", (const char *const[]){folder, "--as-of", HARNESS_AS_OF, NULL}, false};
    write_old();
    harness_tool("cp", (const char *const[]){path, harness_format("%s/a.json", folder), NULL});
    unsigned count = fault_runs_pause(&command, FAULTS_READ, 0, NULL, &before);
    ck_assert_ptr_null(strstr(text_string(&before.err), "changed"));
    fault_runs_pause(&command, FAULTS_READ, count, grow, &result);
    HARNESS_REQUIRE(strstr(text_string(&result.err), "list.json: changed while being read") != NULL,
                    "%s", text_string(&result.err));
    fault_result_free(&before);
    fault_result_free(&result);
}
END_TEST

/* A change of one of the auditor's own files ends the run. */
START_TEST(changed_scope_is_refused)
{
    struct fault_result before = {0}, result = {0};
    unsigned refused = 0;
    folder = harness_folder();
    path = harness_format("%s/scope.csv", folder);
    const struct fault_command command = {"scope",
                                          (const char *const[]){harness_source("fixtures/rules"),
                                                                "-q", "--as-of", HARNESS_AS_OF,
                                                                "--scope", path, NULL},
                                          false};
    harness_tool(
        "cp", (const char *const[]){harness_source("fixtures/engagement/scope.csv"), path, NULL});
    unsigned count = fault_runs_pause(&command, FAULTS_READ, 0, NULL, &before);
    for (unsigned at = 1; at <= count && at <= 4; at++) {
        fault_runs_pause(&command, FAULTS_READ, at, empty, &result);
        refused += result.status == 2 &&
                   strstr(text_string(&result.err), "scope.csv: changed while being read") != NULL;
        harness_tool("cp", (const char *const[]){harness_source("fixtures/engagement/scope.csv"),
                                                 path, NULL});
    }
    ck_assert_uint_gt(refused, 0);
    fault_result_free(&before);
    fault_result_free(&result);
}
END_TEST

TCase *faults_changes_case(void)
{
    TCase *tcase = tcase_create("changes");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_checked_fixture(tcase, fault_runs_make_inputs, NULL);
    if (FAULTS_LOADABLE) {
        tcase_add_loop_test(tcase, input_changes_at_each_moment, 0,
                            sizeof changes / sizeof changes[0]);
        tcase_add_test(tcase, change_of_a_duplicate_is_reported);
        tcase_add_test(tcase, changed_scope_is_refused);
    }
    return tcase;
}
