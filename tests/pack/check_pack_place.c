/* check_pack_place.c: where a pack can be written. It appears complete or not at all, existing
 * files are not touched, and a failure leaves no files. */
#include "support/cli.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TCase *pack_place_case(void);

enum { SMALL_FILE = 1024, PERMISSIONS = 0777 };

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define OLD "existing content\n"

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

static void has_content(const char *path, const char *content)
{
    ck_assert_str_eq(harness_read(path, NULL), content);
}

/* Exit status 2, and no new file in the folder. */
static void refused(const struct harness_result *result, const char *folder, const char *names)
{
    cli_ends(result, 2);
    ck_assert_str_ne(result->error, "");
    ck_assert_str_eq(harness_names(folder), names);
}

START_TEST(test_existing_target_is_refused)
{
    static const char *const targets[] = {"full", "full/",   "./full", "file",
                                          "link", "nothing", "hidden"};
    HARNESS_ROW("%s", targets[_i]);
    const char *folder = cli_folder(CLI_PASS), *before;
    ck_assert_int_eq(mkdir(in(folder, "full"), 0755), 0);
    harness_write(in(folder, "full/kept"), OLD);
    ck_assert_int_eq(mkdir(in(folder, "hidden"), 0755), 0);
    harness_write(in(folder, "hidden/.kept"), OLD);
    harness_write(in(folder, "file"), OLD);
    ck_assert_int_eq(symlink("full", in(folder, "link")), 0);
    ck_assert_int_eq(symlink("none", in(folder, "nothing")), 0);
    before = harness_names(folder);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--pack", targets[_i], "-o", "report.csv");
    refused(&result, folder, before);
    ck_assert_str_eq(result.output, "");
    ck_assert_ptr_nonnull(strstr(result.error, _i < 3 ? "full" : targets[_i]));
    ck_assert_str_eq(harness_names(in(folder, "full")), "kept");
    has_content(in(folder, "full/kept"), OLD);
    ck_assert_str_eq(harness_names(in(folder, "hidden")), ".kept");
    has_content(in(folder, "file"), OLD);
}
END_TEST

START_TEST(test_new_or_empty_is_accepted)
{
    static const char *const targets[] = {"new",    "new/",    "./new//",  "empty",
                                          "empty/", "empty//", "deep/new", "deep//new/"};
    HARNESS_ROW("%s", targets[_i]);
    const char *folder = cli_folder(CLI_PASS), *target = targets[_i];
    ck_assert_int_eq(mkdir(in(folder, "empty"), 0700), 0);
    ck_assert_int_eq(mkdir(in(folder, "deep"), 0755), 0);
    struct harness_result result = CLI_RUN(folder, "in.json", "--pack", target);
    cli_ends(&result, 0);
    ck_assert(harness_exists(in(folder, harness_format("%s/SHA256SUMS", target))));
    ck_assert_str_eq(harness_names(folder), *target == 'n' || *target == '.'
                                                ? "deep empty in.json new"
                                                : "deep empty in.json");
    ck_assert_str_eq(harness_names(in(folder, "deep")), *target == 'd' ? "new" : "");
}
END_TEST

/* A second run cannot use the folder, and the first pack is unchanged. */
START_TEST(test_second_run)
{
    const char *folder = cli_folder(CLI_PASS);
    struct harness_result first = CLI_RUN(folder, ".", "--pack", "pack");
    cli_ends(&first, 0);
    const char *sums = harness_read(in(folder, "pack/SHA256SUMS"), NULL);
    struct harness_result second = CLI_RUN(folder, ".", "--pack", "pack", "--title", "another");
    refused(&second, folder, "in.json pack");
    has_content(in(folder, "pack/SHA256SUMS"), sums);
}
END_TEST

/* A pack is not changed by another one in it. */
START_TEST(test_inside_a_pack)
{
    static const char *const targets[] = {"pack/inner", "pack/inner/", "./pack/./inner"};
    HARNESS_ROW("%s", targets[_i]);
    const char *folder = cli_folder(CLI_PASS);
    struct harness_result first = CLI_RUN(folder, "in.json", "--pack", "pack");
    cli_ends(&first, 0);
    const char *names = harness_names(in(folder, "pack"));
    struct harness_result second = CLI_RUN(folder, "in.json", "--pack", targets[_i]);
    refused(&second, folder, "in.json pack");
    HARNESS_CONTAINS(second.error, "inside another pack; choose another folder");
    ck_assert_str_eq(harness_names(in(folder, "pack")), names);
}
END_TEST

/* Arguments that fail, in different orders. */
static const char *const failures[][5] = {
    {"in.json", "--pack", "missing/pack"},
    {"in.json", "--pack", "in.json/pack"},
    {"in.json", "--pack", "pack", "-o", "missing/x.csv"},
    {"in.json", "-o", "folder.csv", "--pack", "pack"},
    {"in.json", "-o", "x.csv", "--pack", "x.csv"},
    {"in.json", "--pack", "x.csv", "-o", "./x.csv"},
    {"in.json", "--pack", "empty.csv", "-o", "empty.csv/x.csv"},
    {"none.json", "--pack", "pack"},
    {"in.json", "--pack", "pack", "--scope", "none.csv"},
    {"in.json", "--pack", ""},
};

START_TEST(test_failure_leaves_nothing)
{
    HARNESS_ROW("%s", failures[_i][0]);
    const char *folder = cli_folder(CLI_PASS), *arguments[6] = {NULL};
    ck_assert_int_eq(mkdir(in(folder, "folder.csv"), 0755), 0);
    ck_assert_int_eq(mkdir(in(folder, "empty.csv"), 0755), 0);
    for (int i = 0; i < 5; i++)
        arguments[i] = failures[_i][i];
    struct harness_run how = {.folder = folder, .arguments = arguments};
    struct harness_result result = harness_run(&how);
    refused(&result, folder, "empty.csv folder.csv in.json");
    ck_assert_str_eq(harness_names(in(folder, "empty.csv")), "");
    ck_assert_str_eq(harness_names(in(folder, "folder.csv")), "");
}
END_TEST

START_TEST(test_full_disk)
{
    const char *folder = harness_folder();
    if (_i == 1)
        ck_assert_int_eq(mkdir(in(folder, "pack"), 0755), 0);
    const char *before = harness_names(folder);
    struct harness_run how = {.arguments = CLI_LIST("fixtures/example", "--as-of", HARNESS_AS_OF,
                                                    "--pack", in(folder, "pack")),
                              .file_limit = SMALL_FILE};
    struct harness_result result = harness_run(&how);
    refused(&result, folder, before);
    if (_i == 1)
        ck_assert_str_eq(harness_names(in(folder, "pack")), "");
}
END_TEST

/* As the user nobody if root runs the tests, since root may write anywhere. */
START_TEST(test_read_only_parent)
{
    const char *folder = cli_folder(CLI_PASS), *tools = harness_folder();
    harness_tool("cp", CLI_LIST(harness_program(), in(tools, "certaudit")));
    ck_assert_int_eq(chmod(folder, 0555), 0);
    struct harness_run how = {.program = in(tools, "certaudit"),
                              .folder = folder,
                              .arguments = CLI_LIST("in.json", "--pack", "pack"),
                              .unprivileged = true};
    struct harness_result result = harness_run(&how);
    refused(&result, folder, "in.json");
    ck_assert_ptr_nonnull(strstr(result.error, "pack"));
}
END_TEST

/* In a sticky folder the file of another user cannot be replaced. This shows only at the rename;
 * the pack must not appear then, and no link to the old file may remain. Only root can set this up.
 */
START_TEST(test_rename_that_fails)
{
    const char *folder = harness_folder(), *tools = harness_folder(), *open = harness_folder();
    harness_tool("cp", CLI_LIST(harness_program(), in(tools, "certaudit")));
    harness_write(in(folder, "in.json"), CLI_PASS);
    harness_write(in(folder, "report.csv"), OLD);
    ck_assert_int_eq(chmod(in(folder, "report.csv"), _i == 0 ? 0644 : 0666), 0);
    ck_assert_int_eq(chmod(folder, 01777), 0);
    ck_assert_int_eq(chmod(open, 0777), 0);
    struct harness_run how = {
        .program = in(tools, "certaudit"),
        .folder = folder,
        .arguments = CLI_LIST("in.json", "-o", "report.csv", "--pack", in(open, "pack")),
        .unprivileged = true};
    struct harness_result result = harness_run(&how);
    refused(&result, folder, "in.json report.csv");
    has_content(in(folder, "report.csv"), OLD);
    ck_assert_str_eq(harness_names(open), "");
}
END_TEST

/* The baseline is an input, so no report may replace it. */
START_TEST(test_baseline_is_never_overwritten)
{
    static const char *const spellings[][2] = {{"pack", "pack/findings.csv"},
                                               {"pack/", "./pack/findings.csv"},
                                               {"pack/findings.csv", "pack/findings.csv"}};
    HARNESS_ROW("%s, %s", spellings[_i][0], spellings[_i][1]);
    const char *folder = cli_folder(CLI_PASS);
    ck_assert_int_eq(mkdir(in(folder, "pack"), 0755), 0);
    harness_write(in(folder, "pack/findings.csv"), "rule,arn,result\n");
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--baseline", spellings[_i][0], "-o", spellings[_i][1]);
    refused(&result, folder, "in.json pack");
    has_content(in(folder, "pack/findings.csv"), "rule,arn,result\n");
}
END_TEST

START_TEST(test_mode)
{
    const char *folder = cli_folder(CLI_PASS), *pack = in(folder, "pack");
    struct stat status;
    size_t count = 0;
    struct harness_run how = {.program = "sh",
                              .folder = folder,
                              .arguments =
                                  CLI_LIST("-c", "umask 027 && exec \"$0\" \"$@\"",
                                           harness_program(), "in.json", "--pack", "pack")};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    ck_assert_int_eq(lstat(pack, &status), 0);
    ck_assert_uint_eq(status.st_mode & PERMISSIONS, 0750);
    for (const char *const *name = harness_list(pack); *name != NULL; name++, count++) {
        ck_assert_int_eq(lstat(in(pack, *name), &status), 0);
        ck_assert(S_ISREG(status.st_mode));
        HARNESS_REQUIRE((status.st_mode & PERMISSIONS) == 0640, "%s: %o", *name,
                        (unsigned)status.st_mode);
    }
    ck_assert_uint_eq(count, 11);
}
END_TEST

/* No report or input may be in the folder of the pack. */
START_TEST(test_folder_of_another_file)
{
    static const char *const other[][3] = {{"in.json", "-o", "pack/report.csv"},
                                           {"in.json", "pack", NULL}};
    const char *folder = cli_folder(CLI_PASS), *before;
    ck_assert_int_eq(mkdir(in(folder, "pack"), 0755), 0);
    before = harness_names(folder);
    struct harness_result result =
        CLI_RUN(folder, "--pack", "pack", other[_i][0], other[_i][1], other[_i][2]);
    refused(&result, folder, before);
    ck_assert_str_eq(result.output, "");
    ck_assert_str_eq(harness_names(in(folder, "pack")), "");
}
END_TEST

TCase *pack_place_case(void)
{
    TCase *place = tcase_create("place");
    tcase_set_timeout(place, HARNESS_SECONDS);
    tcase_add_loop_test(place, test_existing_target_is_refused, 0, 7);
    tcase_add_loop_test(place, test_new_or_empty_is_accepted, 0, 8);
    tcase_add_test(place, test_second_run);
    tcase_add_loop_test(place, test_inside_a_pack, 0, 3);
    tcase_add_loop_test(place, test_failure_leaves_nothing, 0, COUNT(failures));
    tcase_add_loop_test(place, test_full_disk, 0, 2);
    tcase_add_test(place, test_read_only_parent);
    if (geteuid() == 0)
        tcase_add_loop_test(place, test_rename_that_fails, 0, 2);
    tcase_add_loop_test(place, test_baseline_is_never_overwritten, 0, 3);
    tcase_add_test(place, test_mode);
    tcase_add_loop_test(place, test_folder_of_another_file, 0, 2);
    return place;
}
