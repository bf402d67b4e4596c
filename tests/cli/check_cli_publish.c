/*
 * check_cli_publish.c: a report is complete or the old one stays; no temporary file remains; an
 * input is never overwritten.
 */
#include "support/cli.h"
#include <signal.h>
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

static void contains(const char *folder, const char *name, const char *content)
{
    ck_assert_str_eq(harness_read(in(folder, name), NULL), content);
}

START_TEST(full_disk_keeps_the_old_report)
{
    HARNESS_ROW("%s", reports[_i]);
    const char *report = reports[_i], *folder = harness_folder();
    harness_write(in(folder, report), OLD);
    struct harness_run how = {.arguments = CLI_LIST("fixtures/example", "--as-of", HARNESS_AS_OF,
                                                    "-o", in(folder, report)),
                              .file_limit = SMALL_FILE};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    ck_assert_str_eq(result.output, "");
    ck_assert_str_ne(result.error, "");
    contains(folder, report, OLD);
    ck_assert_str_eq(harness_names(folder), report);
}
END_TEST

/* Not as root, who may write anywhere. */
START_TEST(read_only_folder_keeps_the_old_report)
{
    HARNESS_ROW("%s", reports[_i]);
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
    HARNESS_CONTAINS(result.error, report);
    contains(folder, report, OLD);
    ck_assert_str_eq(harness_names(folder), before);
}
END_TEST

/* A report that cannot be written, whatever its kind, keeps the others from being published. */
START_TEST(none_is_published_before_all_are_complete)
{
    static const char *const bad[] = {"missing/report.csv", "missing/report.md",
                                      "missing/report.xlsx", "folder.csv"};
    HARNESS_ROW("%s", bad[_i]);
    const char *folder = cli_folder(CLI_PASS);
    ck_assert_int_eq(mkdir(in(folder, "folder.csv"), 0755), 0);
    harness_write(in(folder, "a.csv"), OLD);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "-o", "a.csv", "-o", bad[_i], "-o", "z.md");
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error, bad[_i]);
    contains(folder, "a.csv", OLD);
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
        {"input.csv", "input.csv"},
        {"input.csv", "./input.csv"},
        {"link.csv", "input.csv"},
        {"link.csv", "link.csv"},
    };
    HARNESS_ROW("%s, %s", spellings[_i][0], spellings[_i][1]);
    const char *folder = harness_folder();
    harness_write(in(folder, "input.csv"), CLI_FAIL);
    ck_assert_int_eq(symlink("input.csv", in(folder, "link.csv")), 0);
    struct harness_result result = CLI_RUN(folder, spellings[_i][0], "-o", spellings[_i][1]);
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error, spellings[_i][0]);
    contains(folder, "input.csv", CLI_FAIL);
    ck_assert_str_eq(harness_names(folder), "input.csv link.csv");
}
END_TEST

/* A hard link to the input is another file name: only that name is replaced. */
START_TEST(hard_link_to_the_input_may_be_a_target)
{
    static const char *const names[] = {"input.csv", "twin.csv"};
    const char *folder = harness_folder();
    harness_write(in(folder, "input.csv"), CLI_FAIL);
    ck_assert_int_eq(link(in(folder, "input.csv"), in(folder, "twin.csv")), 0);
    struct harness_result result = CLI_RUN(folder, names[_i], "-o", names[1 - _i]);
    cli_ends(&result, 1);
    contains(folder, names[_i], CLI_FAIL);
    ck_assert_ptr_nonnull(strstr(harness_read(in(folder, names[1 - _i]), NULL), "\"ref\""));
    ck_assert_str_eq(harness_names(folder), "input.csv twin.csv");
}
END_TEST

#define CONTROLS                                                                                   \
    "rule,framework,version,control,title,relation,conditions,rationale,origin\n"                  \
    "IAM-033,F,1,1.1,Title,direct,,Why,own\n"
#define SCOPE                                                                                      \
    "account,region,service,name,owner,environment,in_scope,note\n"                                \
    "111122223333,*,iam,n,o,e,yes,\n"
#define WAIVERS                                                                                    \
    "rule,arn,owner,approver,approved,reason,ticket,expires\n"                                     \
    "IAM-033,*,a,b,2026-01-01,r,,2026-12-31\n"
#define BASELINE "rule,arn,result\nIAM-033,arn:aws:iam::1:server-certificate/x,PASS\n"

/* A file that an option reads is an input too, also through a link: link.csv leads to input.csv. */
static const struct {
    const char *option, *content, *file, *target;
} read_files[] = {
    {"--controls", CONTROLS, "input.csv", "input.csv"},
    {"--controls", CONTROLS, "./input.csv", "input.csv"},
    {"--controls", CONTROLS, "link.csv", "input.csv"},
    {"--controls", CONTROLS, "link.csv", "link.csv"},
    {"--scope", SCOPE, "input.csv", "./input.csv"},
    {"--scope", SCOPE, "link.csv", "input.csv"},
    {"--waivers", WAIVERS, "input.csv", "input.csv"},
    {"--waivers", WAIVERS, "link.csv", "input.csv"},
    {"--baseline", BASELINE, "input.csv", "input.csv"},
    {"--baseline", BASELINE, "link.csv", "input.csv"},
};

START_TEST(file_of_an_option_is_never_overwritten)
{
    HARNESS_ROW("%s", read_files[_i].option);
    const char *folder = cli_folder(CLI_PASS), *target = read_files[_i].target;
    struct stat status;
    harness_write(in(folder, "input.csv"), read_files[_i].content);
    ck_assert_int_eq(symlink("input.csv", in(folder, "link.csv")), 0);
    struct harness_result result =
        CLI_RUN(folder, "in.json", read_files[_i].option, read_files[_i].file, "-o", target);
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error, target);
    ck_assert_str_eq(result.output, "");
    contains(folder, "input.csv", read_files[_i].content);
    ck_assert_int_eq(lstat(in(folder, "link.csv"), &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_str_eq(harness_names(folder), "in.json input.csv link.csv");
    result = CLI_RUN(folder, "in.json", "-q", read_files[_i].option, read_files[_i].file, "-o",
                     "report.csv");
    cli_ends(&result, 0);
}
END_TEST

/* If the baseline is a pack, its findings.csv is the input. */
START_TEST(findings_of_the_baseline_are_never_overwritten)
{
    const char *folder = cli_folder(CLI_PASS);
    struct harness_result result = CLI_RUN(folder, "in.json", "-q", "--pack", "pack");
    cli_ends(&result, 0);
    const char *before = harness_read(in(folder, "pack/findings.csv"), NULL);
    result = CLI_RUN(folder, "in.json", "--baseline", "pack", "-o", "pack/findings.csv");
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error, "pack/findings.csv");
    contains(folder, "pack/findings.csv", before);
}
END_TEST

/* Runs the program in a shell, which redirects its output; $0 is the program. */
static struct harness_result run_redirected(const char *folder, const char *command)
{
    return harness_run(
        &(struct harness_run){.program = "sh",
                              .folder = folder,
                              .arguments = CLI_LIST("-c", command, harness_program())});
}

/* Nothing is written to an input through a redirected stream either. */
START_TEST(streams_never_write_to_an_input)
{
    static const struct {
        const char *command, *file;
    } runs[] = {
        {"exec \"$0\" in.json --format csv -o - >>in.json", "in.json"},
        {"exec \"$0\" in.json >>./in.json", "in.json"},
        {"exec \"$0\" in.json 2>>in.json", "in.json"},
        {"exec \"$0\" in.json -o report.csv >>in.json", "in.json"},
        {"exec \"$0\" link.csv 1<>in.json", "in.json"},
        {"exec \"$0\" . 1<>in.json", "in.json"},
        {"exec \"$0\" - <in.json >>in.json", "in.json"},
        {"exec \"$0\" in.json --scope scope.csv >>scope.csv", "scope.csv"},
        {"exec \"$0\" in.json --scope scope.csv 2>>scope.csv", "scope.csv"},
    };
    HARNESS_ROW("%s", runs[_i].command);
    const char *folder = cli_folder(CLI_FAIL);
    const char *content = strcmp(runs[_i].file, "in.json") == 0 ? CLI_FAIL : SCOPE;
    harness_write(in(folder, "scope.csv"), SCOPE);
    ck_assert_int_eq(symlink("in.json", in(folder, "link.csv")), 0);
    struct harness_result result = run_redirected(folder, runs[_i].command);
    cli_ends(&result, 2);
    size_t length = strlen(content);
    const char *now = harness_read(in(folder, runs[_i].file), NULL);
    /* The message itself goes where standard error was sent. */
    ck_assert_int_eq(strncmp(now, content, length), 0);
    if (strstr(runs[_i].command, "2>") == NULL) {
        ck_assert_str_eq(now, content);
        HARNESS_CONTAINS(result.error, "redirect it elsewhere");
    }
    ck_assert_str_eq(harness_names(folder), "in.json link.csv scope.csv");
}
END_TEST

/* A folder may receive the output, unless that goes to evidence. */
START_TEST(output_in_the_folder_is_left_out)
{
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_result result = run_redirected(folder, "exec \"$0\" . >report.txt");
    cli_ends(&result, 1);
    HARNESS_CONTAINS(harness_read(in(folder, "report.txt"), NULL), "1 used");
    ck_assert_ptr_null(strstr(harness_read(in(folder, "report.txt"), NULL), "skipped"));
}
END_TEST

/* What happened to a pack, by a shell command in it, and the file that is named. */
static const struct {
    const char *command, *file, *why;
} damages[] = {
    {"sed -i 2d findings.csv", "findings.csv", "differs from its digest in SHA256SUMS"},
    {"echo >>report.md", "report.md", "differs from its digest in SHA256SUMS"},
    {"rm run.csv", "run.csv", "No such file or directory"},
    {"rm SHA256SUMS", "SHA256SUMS", "cannot be read, so the folder is not a pack"},
    {": >SHA256SUMS", "SHA256SUMS", "does not name findings.csv"},
    {"sed -i /findings/d SHA256SUMS", "SHA256SUMS", "does not name findings.csv"},
    {"sed -i s/./x/ SHA256SUMS", "SHA256SUMS", "not in the format of sha256sum"},
    {"sed -i 's,  ,  ../pack/,' SHA256SUMS", "SHA256SUMS", "not in the format of sha256sum"},
    {"printf 'x\\0' >>SHA256SUMS", "SHA256SUMS", "not in the format of sha256sum"},
};

enum { DAMAGE_COUNT = sizeof damages / sizeof *damages };

START_TEST(changed_pack_is_not_a_baseline)
{
    HARNESS_ROW("%s", damages[_i].command);
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_result result = CLI_RUN(folder, "in.json", "-q", "--pack", "pack");
    cli_ends(&result, 1);
    result = CLI_RUN(folder, "in.json", "-q", "--baseline", "pack/");
    cli_ends(&result, 1);
    harness_tool("sh",
                 CLI_LIST("-c", harness_format("cd '%s/pack' && %s", folder, damages[_i].command)));
    result = CLI_RUN(folder, "in.json", "--baseline", "pack", "-o", "report.csv");
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error,
                     harness_format("certaudit: pack/%s: %s", damages[_i].file, damages[_i].why));
    ck_assert_str_eq(harness_names(folder), "in.json pack");
}
END_TEST

/* When one rename fails, the files renamed before are put back. In a sticky folder only root may
 * replace root's files; only root can set up this test. */
START_TEST(renaming_that_fails_brings_the_old_reports_back)
{
    static const char *const orders[][3] = {{"sticky/bad.csv", "old.md", "new.csv"},
                                            {"old.md", "sticky/bad.csv", "new.csv"},
                                            {"old.md", "new.csv", "sticky/bad.csv"}};
    const char *folder = cli_folder(CLI_PASS), *tools = harness_folder();
    const char *const *order = orders[_i % 3];
    mode_t mode = _i < 3 ? 0666 : 0644; /* 0644: no hard link, with fs.protected_hardlinks */
    if (geteuid() != 0)
        return;
    harness_tool("cp", CLI_LIST(harness_program(), in(tools, "certaudit")));
    ck_assert_int_eq(mkdir(in(folder, "sticky"), 0755), 0);
    ck_assert_int_eq(chmod(in(folder, "sticky"), 01777), 0);
    ck_assert_int_eq(chmod(folder, 0777), 0);
    harness_write(in(folder, "sticky/bad.csv"), OLD);
    harness_write(in(folder, "old.md"), OLD);
    ck_assert_int_eq(chmod(in(folder, "old.md"), mode), 0);
    struct harness_run how = {
        .program = in(tools, "certaudit"),
        .folder = folder,
        .arguments = CLI_LIST("in.json", "-o", order[0], "-o", order[1], "-o", order[2]),
        .unprivileged = true};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error, "sticky/bad.csv");
    ck_assert_str_eq(harness_names(folder), "in.json old.md sticky");
    ck_assert_str_eq(harness_names(in(folder, "sticky")), "bad.csv");
    contains(folder, "old.md", OLD);
    contains(folder, "sticky/bad.csv", OLD);
}
END_TEST

/* SIGXFSZ, the signal of the limit, has its default action when the program starts. */
START_TEST(file_size_limit_leaves_nothing)
{
    HARNESS_ROW("%s", reports[_i]);
    const char *folder = harness_folder(), *report = reports[_i];
    harness_write(in(folder, report), OLD);
    struct harness_run how = {.program = "sh",
                              .arguments = CLI_LIST("-c", "ulimit -f 2 && exec \"$0\" \"$@\"",
                                                    harness_program(), "fixtures/example", "-o",
                                                    in(folder, report))};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    ck_assert_str_ne(result.error, "");
    contains(folder, report, OLD);
    ck_assert_str_eq(harness_names(folder), report);
}
END_TEST

/* Standard output is a pipe without a reader, and a report has been staged before. If the tests run
 * with SIGPIPE ignored, the write fails instead. */
START_TEST(closed_pipe_leaves_nothing)
{
    static const char script[] = "mkfifo pipe && exec 3<>pipe && exec >pipe && exec 3<&- && "
                                 "exec \"$0\" in.json -o report.csv -o - --format md";
    const char *folder = cli_folder(CLI_PASS);
    harness_write(in(folder, "report.csv"), OLD);
    struct harness_run how = {
        .program = "sh", .folder = folder, .arguments = CLI_LIST("-c", script, harness_program())};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == HARNESS_SIGNALLED + SIGPIPE || result.status == 2, "status %d",
                    result.status);
    contains(folder, "report.csv", OLD);
    ck_assert_str_eq(harness_names(folder), "in.json pipe report.csv");
}
END_TEST

static const struct {
    const char *name;
    int number;
} signals[] = {{"INT", SIGINT},   {"TERM", SIGTERM}, {"HUP", SIGHUP},   {"QUIT", SIGQUIT},
               {"ALRM", SIGALRM}, {"XCPU", SIGXCPU}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}};

/* The signal arrives after a report was staged: the program waits for a pipe that is full. */
START_TEST(signal_leaves_nothing)
{
    HARNESS_ROW("%s", signals[_i].name);
    static const char script[] =
        "ulimit -c 0; mkfifo pipe && exec 3<>pipe && "
        "dd if=/dev/zero bs=4096 count=999 oflag=nonblock >&3 2>/dev/null; "
        "(until ls -A | grep -q '^.certaudit-'; do sleep 0.1; done; kill -\"$1\" $$) >&2 & "
        "exec \"$0\" in.json -o report.csv -o - --format md >pipe";
    const char *folder = cli_folder(CLI_PASS);
    harness_write(in(folder, "report.csv"), OLD);
    struct harness_run how = {.program = "sh",
                              .folder = folder,
                              .arguments =
                                  CLI_LIST("-c", script, harness_program(), signals[_i].name)};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, HARNESS_SIGNALLED + signals[_i].number);
    contains(folder, "report.csv", OLD);
    ck_assert_str_eq(harness_names(folder), "in.json pipe report.csv");
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
    contains(folder, "elsewhere.csv", OLD);
    ck_assert_int_eq(lstat(in(folder, "report.csv"), &status), 0);
    ck_assert(S_ISREG(status.st_mode));
}
END_TEST

START_TEST(report_has_the_mode_of_the_umask)
{
    HARNESS_ROW("%s", reports[_i]);
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

/* Before the first run the target is a link, which would be a problem of the evidence. */
START_TEST(walk_leaves_a_target_out_that_is_a_link)
{
    static const char *const links[][2] = {
        {"report.md", "../elsewhere.md"}, {"report.md", "nowhere"}, {"report.md", "in.json"}};
    const char *folder = harness_folder(), *tree = in(folder, "tree");
    ck_assert_int_eq(mkdir(tree, 0755), 0);
    harness_write(in(tree, "in.json"), CLI_FAIL);
    harness_write(in(folder, "elsewhere.md"), OLD);
    ck_assert_int_eq(symlink(links[_i][1], in(tree, links[_i][0])), 0);
    const char *reports_of[2];
    for (int run = 0; run < 2; run++) {
        struct harness_result result =
            CLI_RUN(folder, "tree", "--as-of", HARNESS_AS_OF, "-o", "tree/report.md");
        cli_ends(&result, 1);
        HARNESS_LACKS(result.error, "link");
        reports_of[run] = harness_read(in(tree, "report.md"), NULL);
    }
    ck_assert_str_eq(reports_of[0], reports_of[1]);
    ck_assert_ptr_null(strstr(reports_of[0], "report.md"));
    contains(folder, "elsewhere.md", OLD);
    contains(tree, "in.json", CLI_FAIL);
}
END_TEST

/* The old report may have a second name in the input folder: it is read under that name. */
START_TEST(hard_link_to_a_target_is_read)
{
    const char *folder = harness_folder(), *tree = in(folder, "tree");
    ck_assert_int_eq(mkdir(tree, 0755), 0);
    harness_write(in(tree, "in.json"), CLI_FAIL);
    ck_assert_int_eq(link(in(tree, "in.json"), in(folder, "report.csv")), 0);
    struct harness_result result = CLI_RUN(folder, "tree", "-o", "report.csv");
    cli_ends(&result, 1);
    contains(tree, "in.json", CLI_FAIL);
    ck_assert_ptr_nonnull(strstr(harness_read(in(folder, "report.csv"), NULL), "\"tree/in.json\""));
}
END_TEST

TCase *cli_publish_case(void)
{
    TCase *tcase = tcase_create("publish");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, full_disk_keeps_the_old_report, 0, REPORT_COUNT);
    tcase_add_loop_test(tcase, read_only_folder_keeps_the_old_report, 0, REPORT_COUNT);
    tcase_add_loop_test(tcase, none_is_published_before_all_are_complete, 0, 4);
    tcase_add_loop_test(tcase, standard_output_that_is_full, 0, 2);
    tcase_add_test(tcase, standard_output_that_is_full_keeps_the_files_back);
    tcase_add_loop_test(tcase, input_is_never_overwritten, 0, 4);
    tcase_add_loop_test(tcase, hard_link_to_the_input_may_be_a_target, 0, 2);
    tcase_add_loop_test(tcase, file_of_an_option_is_never_overwritten, 0,
                        sizeof read_files / sizeof read_files[0]);
    tcase_add_test(tcase, findings_of_the_baseline_are_never_overwritten);
    tcase_add_loop_test(tcase, renaming_that_fails_brings_the_old_reports_back, 0, 6);
    tcase_add_loop_test(tcase, file_size_limit_leaves_nothing, 0, REPORT_COUNT);
    tcase_add_test(tcase, closed_pipe_leaves_nothing);
    tcase_add_loop_test(tcase, signal_leaves_nothing, 0, sizeof signals / sizeof signals[0]);
    tcase_add_loop_test(tcase, streams_never_write_to_an_input, 0, 9);
    tcase_add_test(tcase, output_in_the_folder_is_left_out);
    tcase_add_loop_test(tcase, changed_pack_is_not_a_baseline, 0, DAMAGE_COUNT);
    tcase_add_test(tcase, target_that_is_a_link_is_replaced);
    tcase_add_loop_test(tcase, report_has_the_mode_of_the_umask, 0, REPORT_COUNT);
    tcase_add_test(tcase, walk_leaves_the_targets_out);
    tcase_add_loop_test(tcase, walk_leaves_a_target_out_that_is_a_link, 0, 3);
    tcase_add_test(tcase, hard_link_to_a_target_is_read);
    return tcase;
}
