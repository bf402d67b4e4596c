/*
 * check_cli_publish.c: a report appears whole or the old one stays, nothing else is left, and an
 * input is never overwritten.
 */
#include "cli.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS = 60, SMALL_FILE = 1024, PERMISSIONS = 0777 };

#define OLD "the old report\n"

static const char *const reports[] = {"report.csv", "report.md", "report.xlsx"};
enum { REPORT_COUNT = 3 };

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

static void holds(const char *folder, const char *name, const char *content)
{
    ck_assert_str_eq(harness_read(in(folder, name), NULL), content);
}

START_TEST(full_place_keeps_the_old_report)
{
    const char *report = reports[_i], *folder = harness_folder();
    harness_write(in(folder, report), OLD);
    struct harness_run how = {.arguments = CLI_LIST("fixtures/example", "--as-of", HARNESS_AS_OF,
                                                    "-o", in(folder, report)),
                              .file_limit = SMALL_FILE};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    HARNESS_REQUIRE(*result.output == '\0', "printed %s", result.output);
    ck_assert_str_ne(result.error, "");
    holds(folder, report, OLD);
    ck_assert_str_eq(harness_names(folder), report);
}
END_TEST

/* As nobody, where root runs the tests: root may write anywhere. */
START_TEST(read_only_place_keeps_the_old_report)
{
    const char *report = reports[_i], *folder = cli_folder(CLI_PASS), *tools = harness_folder();
    harness_tool("cp", CLI_LIST(harness_program(), in(tools, "certaudit")));
    harness_write(in(folder, report), OLD);
    const char *before = harness_names(folder);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    struct harness_run how = {.program = in(tools, "certaudit"),
                              .folder = folder,
                              .arguments = CLI_LIST("in.json", "-o", report),
                              .unprivileged = true};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    ck_assert_ptr_nonnull(strstr(result.error, report));
    holds(folder, report, OLD);
    ck_assert_str_eq(harness_names(folder), before);
}
END_TEST

/* One that cannot be written, in whatever place of the list, keeps the others back. */
START_TEST(none_is_published_before_all_are_complete)
{
    static const char *const bad[] = {"missing/report.csv", "missing/report.md",
                                      "missing/report.xlsx", "folder.csv"};
    const char *folder = cli_folder(CLI_PASS);
    ck_assert_int_eq(mkdir(in(folder, "folder.csv"), 0755), 0);
    harness_write(in(folder, "a.csv"), OLD);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "-o", "a.csv", "-o", bad[_i], "-o", "z.md");
    cli_ends(&result, 2);
    HARNESS_REQUIRE(strstr(result.error, bad[_i]) != NULL, "%s", result.error);
    holds(folder, "a.csv", OLD);
    ck_assert_str_eq(harness_names(folder), "a.csv folder.csv in.json");
    ck_assert_str_eq(harness_names(in(folder, "folder.csv")), "");
}
END_TEST

START_TEST(standard_output_that_is_full)
{
    struct harness_run summary = {.arguments = CLI_LIST("fixtures/example"), .output = "/dev/full"};
    struct harness_run report = {.arguments =
                                     CLI_LIST("fixtures/example", "-o", "-", "--format", "csv"),
                                 .output = "/dev/full"};
    struct harness_result result = harness_run(_i == 0 ? &summary : &report);
    cli_ends(&result, 2);
    ck_assert_str_ne(result.error, "");
}
END_TEST

START_TEST(standard_output_that_is_full_keeps_the_files_back)
{
    const char *folder = cli_folder(CLI_PASS);
    struct harness_run how = {
        .folder = folder,
        .arguments = CLI_LIST("in.json", "-o", "report.csv", "-o", "-", "--format", "md"),
        .output = "/dev/full"};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    ck_assert_str_eq(harness_names(folder), "in.json");
}
END_TEST

START_TEST(input_is_never_overwritten)
{
    static const char *const spellings[][2] = {
        {"input.csv", "input.csv"}, {"input.csv", "./input.csv"}, {"input.csv", "twin.csv"},
        {"twin.csv", "input.csv"},  {"link.csv", "input.csv"},
    };
    const char *folder = harness_folder();
    harness_write(in(folder, "input.csv"), CLI_FAIL);
    ck_assert_int_eq(link(in(folder, "input.csv"), in(folder, "twin.csv")), 0);
    ck_assert_int_eq(symlink("input.csv", in(folder, "link.csv")), 0);
    struct harness_result result = CLI_RUN(folder, spellings[_i][0], "-o", spellings[_i][1]);
    cli_ends(&result, 2);
    HARNESS_REQUIRE(strstr(result.error, spellings[_i][0]) != NULL, "%s", result.error);
    holds(folder, "input.csv", CLI_FAIL);
    ck_assert_str_eq(harness_names(folder), "input.csv link.csv twin.csv");
    struct stat status;
    ck_assert_int_eq(stat(in(folder, "input.csv"), &status), 0);
    ck_assert_uint_eq(status.st_nlink, 2);
}
END_TEST

START_TEST(target_that_is_a_link_is_replaced)
{
    const char *folder = cli_folder(CLI_PASS);
    struct stat status;
    harness_write(in(folder, "elsewhere.csv"), OLD);
    ck_assert_int_eq(symlink("elsewhere.csv", in(folder, "report.csv")), 0);
    struct harness_result result = CLI_RUN(folder, "in.json", "-o", "report.csv");
    cli_ends(&result, 0);
    holds(folder, "elsewhere.csv", OLD);
    ck_assert_int_eq(lstat(in(folder, "report.csv"), &status), 0);
    ck_assert(S_ISREG(status.st_mode));
}
END_TEST

START_TEST(report_has_the_mode_of_the_umask)
{
    const char *folder = cli_folder(CLI_PASS), *report = reports[_i];
    struct stat status;
    struct harness_run how = {.program = "sh",
                              .folder = folder,
                              .arguments = CLI_LIST("-c", "umask 027 && exec \"$0\" \"$@\"",
                                                    harness_program(), "in.json", "-o", report)};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    ck_assert_int_eq(stat(in(folder, report), &status), 0);
    ck_assert_uint_eq(status.st_mode & PERMISSIONS, 0640);
    ck_assert_str_eq(harness_names(folder), harness_format("in.json %s", report));
}
END_TEST

START_TEST(walk_leaves_the_targets_out)
{
    const char *folder = cli_folder(CLI_FAIL), *first[REPORT_COUNT];
    size_t lengths[REPORT_COUNT];
    for (int run = 0; run < 2; run++) {
        struct harness_result result =
            CLI_RUN(folder, ".", "--as-of", HARNESS_AS_OF, "-o", reports[0], "-o",
                    harness_format("./%s", reports[1]), "-o", in(folder, reports[2]));
        cli_ends(&result, 1);
        for (size_t i = 0; i < REPORT_COUNT; i++) {
            size_t length;
            const char *bytes = harness_read(in(folder, reports[i]), &length);
            if (run == 0) {
                first[i] = bytes;
                lengths[i] = length;
            }
            HARNESS_REQUIRE(length == lengths[i] && memcmp(bytes, first[i], length) == 0,
                            "%s differs", reports[i]);
        }
    }
    ck_assert_str_eq(harness_names(folder), "in.json report.csv report.md report.xlsx");
}
END_TEST

TCase *cli_publish_case(void)
{
    TCase *tcase = tcase_create("publish");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, full_place_keeps_the_old_report, 0, REPORT_COUNT);
    tcase_add_loop_test(tcase, read_only_place_keeps_the_old_report, 0, REPORT_COUNT);
    tcase_add_loop_test(tcase, none_is_published_before_all_are_complete, 0, 4);
    tcase_add_loop_test(tcase, standard_output_that_is_full, 0, 2);
    tcase_add_test(tcase, standard_output_that_is_full_keeps_the_files_back);
    tcase_add_loop_test(tcase, input_is_never_overwritten, 0, 5);
    tcase_add_test(tcase, target_that_is_a_link_is_replaced);
    tcase_add_loop_test(tcase, report_has_the_mode_of_the_umask, 0, REPORT_COUNT);
    tcase_add_test(tcase, walk_leaves_the_targets_out);
    return tcase;
}
