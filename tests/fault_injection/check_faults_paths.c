/*
 * check_faults_paths.c: full disks, paths that may not be read or written, and paths that are not
 * files. No library is loaded here, so these tests run under the sanitizers too.
 */
#include "fault_injection/fault_runs.h"
#include "support/cli.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { SECONDS = 120, SOON = 20, NOBODY = 65534 };

#define OLD "the old report\n"

static const char *const reports[] = {"report.csv", "report.md", "report.xlsx"};
enum { REPORT_COUNT = 3 };

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

static bool all_are(const char *folder, const char *other)
{
    for (size_t i = 0; i < REPORT_COUNT; i++)
        if (!harness_same_bytes(in(folder, reports[i]), in(other, reports[i])))
            return false;
    return true;
}

#define REPORTS                                                                                    \
    harness_source("fixtures/example"), "--as-of", HARNESS_AS_OF, "-o", reports[0], "-o",          \
        reports[1], "-o", reports[2]

/* A limit that is enough for one report may be too small for another, or for the temporary files of
 * the workbook: a different write fails at each size. */
START_TEST(no_file_may_grow_past_a_size)
{
    enum { STEP = 8192, ENOUGH = 200000 };
    const char *old = harness_folder(), *new = harness_folder(), *folder = harness_folder();
    unsigned refused = 0, whole = 0;
    for (size_t i = 0; i < REPORT_COUNT; i++) {
        harness_write(in(old, reports[i]), OLD);
        harness_write(in(folder, reports[i]), OLD);
    }
    struct harness_result result = CLI_RUN(new, REPORTS);
    cli_ends(&result, 1);
    for (size_t limit = 1; limit < ENOUGH; limit += STEP) {
        struct harness_run how = {
            .folder = folder, .arguments = CLI_LIST(REPORTS), .file_limit = limit};
        result = harness_run(&how);
        const char *names = harness_names(folder);
        HARNESS_REQUIRE(strcmp(names, "report.csv report.md report.xlsx") == 0 &&
                            all_are(folder, result.status == 2 ? old : new) &&
                            (result.status == 2 || result.status == 1),
                        "at %zu bytes: status %d, %s: %s", limit, result.status, names,
                        result.error);
        refused += result.status == 2;
        whole += result.status == 1;
    }
    ck_assert_uint_gt(refused, 10);
    ck_assert_uint_gt(whole, 0);
}
END_TEST

/* A file system with room for so many bytes, or for so many files. */
START_TEST(full_disk_at_each_size)
{
    struct harness_run how = {.program = harness_source("tests/support/full.sh"),
                              .arguments =
                                  CLI_LIST(harness_program(), harness_source("fixtures/example"))};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    HARNESS_REQUIRE(strstr(result.output, "WRONG") == NULL, "%s", result.output);
    printf("%s", result.output);
    fflush(stdout);
}
END_TEST

START_TEST(temporary_folder_does_not_matter)
{
    static const char *const folders[] = {"TMPDIR=/dev/null/none", "TMPDIR=/proc", "TMPDIR="};
    HARNESS_ROW("%s", folders[_i]);
    const char *folder = harness_folder(), *other = harness_folder();
    struct harness_result result = CLI_RUN(other, REPORTS);
    cli_ends(&result, 1);
    struct harness_run how = {
        .folder = folder, .arguments = CLI_LIST(REPORTS), .environment = CLI_LIST(folders[_i])};
    result = harness_run(&how);
    cli_ends(&result, 1);
    ck_assert(all_are(folder, other));
}
END_TEST

/* Standard streams may be closed at the start. Nothing written to them may go to a file. */
static const struct {
    const char *closed, *arguments;
    int status;
    const char *names;
} streams[] = {
    {">&-", "in.json -o report.csv", 1, "in.json report.csv"},
    {"2>&-", "in.json broken.json -o report.csv", 1, "broken.json in.json report.csv"},
    {"<&-", "in.json -o report.csv", 1, "in.json report.csv"},
    {"<&- >&- 2>&-", "in.json broken.json -o report.csv", 1, "broken.json in.json report.csv"},
    {">&-", "in.json", 2, "in.json"},
    {">&-", "in.json -o report.csv -o - --format md", 2, "in.json"},
    {">&- 2>&-", "in.json --pack pack", 2, "in.json pack"},
    {">&-", "--version", 2, "in.json"},
    {"<&-", "- -o report.csv", 2, "in.json"},
};

START_TEST(streams_may_be_closed)
{
    HARNESS_ROW("%s %s", streams[_i].arguments, streams[_i].closed);
    const char *folder = cli_folder(CLI_FAIL), *plain = cli_folder(CLI_FAIL);
    const char *const folders[] = {folder, plain};
    const char *const closed[] = {streams[_i].closed, ""};
    bool broken = strstr(streams[_i].arguments, "broken") != NULL;
    for (size_t i = 0; i < 2; i++) {
        if (broken)
            harness_write(in(folders[i], "broken.json"), CLI_BROKEN);
        const char *script = harness_format("exec \"$0\" %s --as-of " HARNESS_AS_OF " %s",
                                            streams[_i].arguments, closed[i]);
        struct harness_run how = {.program = "sh",
                                  .folder = folders[i],
                                  .arguments = CLI_LIST("-c", script, harness_program())};
        struct harness_result result = harness_run(&how);
        if (i == 0) {
            cli_ends(&result, streams[_i].status);
            ck_assert_str_eq(harness_names(folder), streams[_i].names);
        }
    }
    if (streams[_i].status == 1)
        ck_assert(harness_same_bytes(in(folder, "report.csv"), in(plain, "report.csv")));
    ck_assert_str_eq(harness_read(in(folder, "in.json"), NULL), CLI_FAIL);
}
END_TEST

static void make_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    HARNESS_REQUIRE(file >= 0 && strlen(path) < sizeof address.sun_path, "%s", path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    HARNESS_REQUIRE(bind(file, (const struct sockaddr *)&address, sizeof address) == 0, "%s: %s",
                    path, strerror(errno));
    close(file);
}

/* Entries of a folder that are not files: those with the name of an export are reported. */
START_TEST(folder_with_other_entries)
{
    static const char *const links[][2] = {
        {"self.json", "self.json"}, {"a.json", "b.json"}, {"b.json", "a.json"},
        {"parent", ".."},           {"here", "."},        {"nowhere.json", "none"}};
    static const char *const named[] = {"self.json",   "a.json",    "b.json",     "nowhere.json",
                                        "socket.json", "pipe.json", "device.json"};
    const char *folder = cli_folder(CLI_PASS);
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
        ck_assert_int_eq(symlink(links[i][1], in(folder, links[i][0])), 0);
    ck_assert_int_eq(mkfifo(in(folder, "pipe.json"), 0600), 0);
    ck_assert_int_eq(mkfifo(in(folder, "pipe"), 0600), 0);
    make_socket(in(folder, "socket.json"));
    struct harness_run make = {.program = "mknod",
                               .arguments = CLI_LIST(in(folder, "device.json"), "c", "1", "5")};
    bool device = harness_run(&make).status == 0;
    if (!device)
        harness_note_skip("fault_injection: a device in a folder: it cannot be made here");
    struct harness_run how = {.folder = folder, .arguments = CLI_LIST("."), .seconds = SOON};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 3);
    for (size_t i = 0; i < sizeof named / sizeof named[0] - !device; i++)
        HARNESS_REQUIRE(strstr(result.error, harness_format("certaudit: ./%s: ", named[i])) != NULL,
                        "expected a message about %s, got: %s", named[i], result.error);
}
END_TEST

/* On the command line they end the run, except for a pipe: the run waits for a writer, here until a
 * signal comes. */
START_TEST(path_that_is_not_a_file)
{
    static const struct {
        const char *name;
        int status;
    } paths[] = {{"self", 2},      {"socket", 2}, {"/dev/zero", 2},
                 {"/dev/full", 2}, {"loop", 2},   {"pipe", HARNESS_SIGNALLED + SIGALRM}};
    HARNESS_ROW("%s", paths[_i].name);
    const char *folder = harness_folder(), *name = paths[_i].name;
    ck_assert_int_eq(symlink("self", in(folder, "self")), 0);
    ck_assert_int_eq(symlink("self", in(folder, "loop")), 0);
    ck_assert_int_eq(mkfifo(in(folder, "pipe"), 0600), 0);
    make_socket(in(folder, "socket"));
    const char *before = harness_names(folder);
    struct harness_run how = {.folder = folder,
                              .arguments = CLI_LIST(name, "-o", "report.xlsx"),
                              .seconds = strcmp(name, "pipe") == 0 ? 1 : SOON};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, paths[_i].status);
    if (paths[_i].status == 2)
        HARNESS_REQUIRE(strstr(result.error, name) != NULL, "%s", result.error);
    ck_assert_str_eq(harness_names(folder), before);
}
END_TEST

/* Makes the files belong to the user nobody, who runs the program if the tests run as root. */
static struct harness_run as_nobody(const char *folder, const char *const *arguments)
{
    const char *tools = harness_folder();
    harness_tool("cp", CLI_LIST(harness_program(), in(tools, "certaudit")));
    if (geteuid() == 0)
        harness_tool("chown", CLI_LIST("-R", harness_format("%d", NOBODY), folder));
    return (struct harness_run){.program = in(tools, "certaudit"),
                                .folder = folder,
                                .arguments = arguments,
                                .unprivileged = true};
}

START_TEST(unreadable_input_is_reported)
{
    const char *folder = cli_folder(CLI_PASS);
    ck_assert_int_eq(mkdir(in(folder, "closed"), 0755), 0);
    ck_assert_int_eq(mkdir(in(folder, "unlisted"), 0755), 0);
    harness_write(in(folder, "closed/in.json"), CLI_FAIL);
    harness_write(in(folder, "unlisted/in.json"), CLI_FAIL);
    harness_write(in(folder, "secret.json"), CLI_FAIL);
    ck_assert_int_eq(chmod(in(folder, "secret.json"), 0), 0);
    ck_assert_int_eq(chmod(in(folder, "unlisted"), 0100), 0);
    ck_assert_int_eq(chmod(in(folder, "closed"), 0400), 0);
    struct harness_run how = as_nobody(folder, CLI_LIST(".", "-o", "report.csv"));
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 3);
    static const char *const named[] = {"./secret.json: ", "./unlisted: ", "./closed/in.json: "};
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        HARNESS_REQUIRE(strstr(result.error, named[i]) != NULL,
                        "expected a message about %s, got: %s", named[i], result.error);
    struct harness_run alone = as_nobody(folder, CLI_LIST("secret.json", "-o", "report.csv"));
    result = harness_run(&alone);
    cli_ends(&result, 2);
}
END_TEST

/* A report would replace an unreadable file in an input folder: the file may be evidence. */
START_TEST(unreadable_target_is_kept)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_write(in(folder, "report.csv"), CLI_FAIL);
    ck_assert_int_eq(chmod(in(folder, "report.csv"), 0), 0);
    struct harness_run how = as_nobody(folder, CLI_LIST(".", "-o", "report.csv"));
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    HARNESS_REQUIRE(strstr(result.error, "report.csv: ") != NULL, "%s", result.error);
    ck_assert_int_eq(chmod(in(folder, "report.csv"), 0600), 0);
    ck_assert_str_eq(harness_read(in(folder, "report.csv"), NULL), CLI_FAIL);
    ck_assert_str_eq(harness_names(folder), "in.json report.csv");
}
END_TEST

TCase *faults_paths_case(void)
{
    TCase *tcase = tcase_create("paths");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_test(tcase, no_file_may_grow_past_a_size);
    tcase_add_test(tcase, full_disk_at_each_size);
    tcase_add_loop_test(tcase, temporary_folder_does_not_matter, 0, 3);
    tcase_add_loop_test(tcase, streams_may_be_closed, 0, sizeof streams / sizeof streams[0]);
    tcase_add_test(tcase, folder_with_other_entries);
    tcase_add_loop_test(tcase, path_that_is_not_a_file, 0, 6);
    tcase_add_test(tcase, unreadable_input_is_reported);
    tcase_add_test(tcase, unreadable_target_is_kept);
    return tcase;
}
