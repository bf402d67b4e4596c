/* check_cli_run.c: exit statuses, standard streams, the as-of time, and repeatable output. */
#include "base/memory.h"
#include "support/cli.h"
#include <string.h>

enum { SECONDS = 60 };

/* second, option and value may be NULL. */
static const struct {
    int status;
    const char *first, *second, *option, *value;
} statuses[] = {
    {0, CLI_PASS, NULL, NULL, NULL},
    {1, CLI_FAIL, NULL, NULL, NULL},
    {1, CLI_FAIL, CLI_BROKEN, NULL, NULL},
    {1, CLI_FAIL, CLI_UNKNOWN, NULL, NULL},
    {1, CLI_FAIL, CLI_PASS, NULL, NULL},
    {3, CLI_UNKNOWN, NULL, NULL, NULL},
    {3, CLI_PASS, CLI_UNKNOWN, NULL, NULL},
    {3, CLI_PASS, CLI_BROKEN, NULL, NULL},
    {3, CLI_PASS, CLI_UNRELATED, NULL, NULL}, /* it is named on the command line */
    {3, CLI_EMPTY_LIST, NULL, NULL, NULL},
    {3, CLI_PASS, CLI_EMPTY_LIST, NULL, NULL}, /* of an unknown place */
    {3, CLI_PASS, NULL, "--rule", "ACM-005"},  /* nothing that the rule applies to */
    {0, CLI_PASS, NULL, "--rule", "iam-033"},
    {1, CLI_PASS, NULL, "--cutoff", "2021-01-01"},
    {0, CLI_FAIL, NULL, "--cutoff", "2012-05-06T07:08:09Z"},
    {1, CLI_FAIL, NULL, "--cutoff", "2012-05-06T09:08:10+02:00"},
};

START_TEST(exit_status)
{
    HARNESS_ROW("%s %s", statuses[_i].first, statuses[_i].second);
    const char *folder = cli_folder(statuses[_i].first);
    const char *second = statuses[_i].second == NULL ? "in.json" : "second.json";
    if (statuses[_i].second != NULL)
        harness_write(harness_format("%s/second.json", folder), statuses[_i].second);
    struct harness_result result = CLI_RUN(folder, "in.json", second, "--as-of", HARNESS_AS_OF,
                                           statuses[_i].option, statuses[_i].value);
    cli_ends(&result, statuses[_i].status);
    ck_assert_str_ne(result.output, "");
}
END_TEST

/* Each rule counts once, and each needs a certificate. */
START_TEST(rule_named_twice)
{
    const char *folder = cli_folder(CLI_PASS);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--rule", "IAM-033", "--rule", "ACM-005", "--rule", "IAM-033");
    cli_ends(&result, 3);
    HARNESS_CONTAINS(result.output, "ACM-005): no conclusion");
    HARNESS_LACKS(result.output, "certificates for IAM-033");
}
END_TEST

/* The message lists the first members of another command's output, to identify it. */
START_TEST(unrelated_file_is_described_by_its_members)
{
    const char *folder = cli_folder("{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4}\n");
    struct harness_result result = CLI_RUN(folder, "in.json");
    cli_ends(&result, 3);
    HARNESS_CONTAINS(result.error, "(its members: a, b, c, ...)");
}
END_TEST

static void same_reports(const char *left, const char *right)
{
    static const char *const names[] = {"report.csv", "report.md", "report.xlsx"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        HARNESS_REQUIRE(harness_same_bytes(harness_format("%s/%s", left, names[i]),
                                           harness_format("%s/%s", right, names[i])),
                        "expected the same bytes in both runs, but %s differs", names[i]);
}

/* The entries of the example and the options, in one of two orders. */
static const char *const *shuffled_arguments(const char *folder, bool reversed)
{
    static const char *const options[][10] = {
        {"-o", "report.csv", "-o", "report.md", "-o", "report.xlsx", "--as-of", HARNESS_AS_OF},
        {"--as-of", HARNESS_AS_OF, "--output=report.xlsx", "-oreport.csv", "-o", "report.md", "-v",
         "--"}};
    const char *const *names = harness_list(harness_format("%s/example", folder));
    size_t count = 0, used = 0;
    while (names[count] != NULL)
        count++;
    ck_assert_uint_gt(count, 1);
    const char **arguments = harness_keep(memory_resize(NULL, count + 9, sizeof *arguments));
    for (const char *const *option = options[reversed]; *option != NULL; option++)
        arguments[used++] = *option;
    for (size_t i = 0; i < count; i++)
        arguments[used++] = harness_format("example/%s", names[reversed ? count - 1 - i : i]);
    arguments[used] = NULL;
    return arguments;
}

static const char *copy_of_example(void)
{
    const char *folder = harness_folder();
    harness_tool("cp", CLI_LIST("-R", "fixtures/example", folder));
    return folder;
}

START_TEST(runs_repeat_in_any_locale_and_order)
{
    const char *first = copy_of_example(), *second = copy_of_example();
    struct harness_run how = {.folder = first,
                              .arguments = shuffled_arguments(first, false),
                              .environment = CLI_LIST("TZ=UTC0", "LC_ALL=C")};
    struct harness_run other = {
        .folder = second,
        .arguments = shuffled_arguments(second, true),
        .environment = CLI_LIST("TZ=XYZ-5:45", "LC_ALL=C.UTF-8", "SOURCE_DATE_EPOCH=1")};
    struct harness_result result = harness_run(&how), other_result = harness_run(&other);
    cli_ends(&result, 1);
    cli_ends(&other_result, 1);
    same_reports(first, second);
}
END_TEST

START_TEST(terminal_output_repeats)
{
    struct harness_run how = {.arguments = CLI_LIST("fixtures/example", "--as-of", HARNESS_AS_OF),
                              .environment = CLI_LIST("TZ=UTC0", "LC_ALL=C")};
    struct harness_run other = {
        .arguments = CLI_LIST("--as-of", "2026-11-20", "fixtures/example"),
        .environment = CLI_LIST("TZ=XYZ+11:30", "LC_ALL=C.UTF-8", "TERM=xterm", "COLUMNS=40")};
    struct harness_result result = harness_run(&how), other_result = harness_run(&other);
    cli_ends(&result, 1);
    ck_assert_ptr_null(strchr(result.output, '\x1b'));
    HARNESS_REQUIRE(strcmp(result.output, other_result.output) == 0,
                    "expected the same output, got:\n%s\nand:\n%s", result.output,
                    other_result.output);
    ck_assert_str_eq(result.error, other_result.error);
}
END_TEST

START_TEST(source_date_epoch_is_the_default_as_of_time)
{
    const char *first = cli_folder(CLI_PASS), *second = cli_folder(CLI_PASS);
    struct harness_run how = {.folder = first,
                              .arguments = CLI_LIST("in.json", "-o", "report.csv"),
                              .environment = CLI_LIST("SOURCE_DATE_EPOCH=1795132800")};
    struct harness_result result = harness_run(&how);
    struct harness_result other =
        CLI_RUN(second, "in.json", "-o", "report.csv", "--as-of", HARNESS_AS_OF);
    cli_ends(&result, 0);
    cli_ends(&other, 0);
    const char *csv = harness_format("%s/report.csv", first);
    ck_assert(harness_same_bytes(csv, harness_format("%s/report.csv", second)));
    ck_assert_ptr_nonnull(strstr(harness_read(csv, NULL), HARNESS_AS_OF));
}
END_TEST

/* Times as options accept them, and as reports print them. */
static const char *const epochs[][2] = {
    {"1795132800", HARNESS_AS_OF},
    {"1795132800.0", HARNESS_AS_OF},
    {"1.7951328E9", HARNESS_AS_OF},
    {"17951328e2", HARNESS_AS_OF},
    {"1795132800.25", "2026-11-20T00:00:00.25Z"},
    {"2026-11-20T00:00:00.125Z", "2026-11-20T00:00:00.125Z"},
    {"2026-11-20T09:00:00.5+09:00", "2026-11-20T00:00:00.5Z"},
    {"2026-11-20 00:00:00.000Z", HARNESS_AS_OF},
    {"0", "1970-01-01T00:00:00Z"},
    {"5", "1970-01-01T00:00:05Z"},
    {"-1", "1969-12-31T23:59:59Z"},
    {"1234567", "1970-01-15T06:56:07Z"},
    {"123456789", "1973-11-29T21:33:09Z"},
};

/* Reports print the fraction too, since a result may depend on it. */
START_TEST(times_are_printed_in_full)
{
    static const char *const options[] = {"--as-of", "--cutoff"};
    const char *option = options[_i % 2], *const *epoch = epochs[_i / 2];
    const char *folder = cli_folder(CLI_UNKNOWN);
    const char *given = harness_format("%s=%s", option, epoch[0]);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--as-of", HARNESS_AS_OF, "--cutoff", "2014-04-01", given, "-o",
                "report.csv", "-o", "report.md", "-o", "report.xlsx");
    cli_ends(&result, 3);
    const char *quoted = harness_format("\"%s\"", epoch[1]);
    ck_assert_ptr_nonnull(
        strstr(harness_read(harness_format("%s/report.csv", folder), NULL), quoted));
    const char *markdown = harness_read(harness_format("%s/report.md", folder), NULL);
    HARNESS_CONTAINS(markdown, epoch[1]);
    result = CLI_RUN(folder, "in.json", "--as-of", HARNESS_AS_OF, given);
    cli_ends(&result, 3);
    HARNESS_CONTAINS(result.output, epoch[1]);
}
END_TEST

START_TEST(standard_input_is_read)
{
    const char *folder = cli_folder(CLI_FAIL);
    const char *const formats[] = {"csv", "md"};
    HARNESS_ROW("%s", formats[_i]);
    struct harness_run how = {.input = harness_format("%s/in.json", folder),
                              .arguments = CLI_LIST("-", "-q", "--as-of", HARNESS_AS_OF, "-o", "-",
                                                    "--format", formats[_i])};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 1);
    ck_assert_str_eq(result.error, "");
    HARNESS_CONTAINS(result.output, "uploaded-before-cutoff");
    how.input = NULL;
    result = harness_run(&how);
    cli_ends(&result, 3);
    HARNESS_CONTAINS(result.error, "certaudit: -:1:1: ");
}
END_TEST

START_TEST(named_pipe_is_read_once)
{
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_run how = {
        .program = "sh",
        .folder = folder,
        .arguments = CLI_LIST("-c", "mkfifo pipe && (cat in.json > pipe &) && exec \"$0\" pipe",
                              harness_program())};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 1);
}
END_TEST

/* A pipe would be empty the second time, whatever its name. */
START_TEST(pipe_may_be_given_once)
{
    static const char *const named[][2] = {
        {"-", "-"}, {"pipe", "twin"}, {"pipe", "link"}, {"pipe", "./pipe"}, {"-", "/dev/stdin"}};
    static const char script[] = "mkfifo pipe && ln pipe twin && ln -s pipe link && "
                                 "cat in.json | \"$0\" \"$@\" -o report.csv";
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_run how = {
        .program = "sh",
        .folder = folder,
        .arguments = CLI_LIST("-c", script, harness_program(), named[_i][0], named[_i][1])};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    HARNESS_CONTAINS(result.error, named[_i][1]);
    HARNESS_CONTAINS(result.error, "once");
    ck_assert_str_eq(harness_names(folder), "in.json link pipe twin");
}
END_TEST

/* The order and number of paths, and trailing slashes, make no difference. */
START_TEST(same_path_twice_gives_the_same_bytes)
{
    const char *first = copy_of_example(), *second = copy_of_example();
    struct harness_result result =
        CLI_RUN(first, "example", "example/README.txt", "--as-of", HARNESS_AS_OF, "-o",
                "report.csv", "-o", "report.md", "-o", "report.xlsx");
    cli_ends(&result, 1);
    result = CLI_RUN(second, "example/README.txt", "example/", "example/README.txt", "example",
                     "--as-of", HARNESS_AS_OF, "-o", "report.csv", "-o", "report.md", "-o",
                     "report.xlsx");
    cli_ends(&result, 1);
    same_reports(first, second);
}
END_TEST

START_TEST(report_on_standard_output_is_the_file)
{
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_run how = {.folder = folder,
                              .output = harness_format("%s/streamed.csv", folder),
                              .arguments = CLI_LIST("in.json", "-o", "-", "--format", "csv", "-o",
                                                    "report.csv", "--as-of", HARNESS_AS_OF)};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 1);
    ck_assert(harness_same_bytes(how.output, harness_format("%s/report.csv", folder)));
}
END_TEST

START_TEST(quiet_prints_problems)
{
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_result result = CLI_RUN(folder, "in.json", "-q");
    cli_ends(&result, 1);
    ck_assert_str_eq(result.output, "");
    ck_assert_str_eq(result.error, "");
    harness_write(harness_format("%s/in.json", folder), CLI_BROKEN);
    result = CLI_RUN(folder, "in.json", "--quiet");
    cli_ends(&result, 3);
    ck_assert_str_eq(result.output, "");
    HARNESS_CONTAINS(result.error, "certaudit: in.json:");
}
END_TEST

/* The verdict names the file with the newest time; the name may try to hide or reorder text. */
START_TEST(verdict_is_printed_visibly)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_tool("mv", CLI_LIST(harness_format("%s/in.json", folder),
                                harness_format("%s/a\u202Eb.json", folder)));
    struct harness_result result =
        CLI_RUN(folder, ".", "-o", "report.csv", "--as-of", "2026-11-20T00:00:00Z");
    cli_ends(&result, 0);
    HARNESS_CONTAINS(result.error, "in ./a\\u{202E}b.json.\n");
}
END_TEST

START_TEST(ten_problems_of_a_file_are_printed)
{
    const char *folder =
        cli_folder("{\"ServerCertificateMetadataList\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}");
    struct harness_result result = CLI_RUN(folder, "in.json", "-q");
    size_t lines = 0;
    for (const char *at = result.error; (at = strstr(at, "certaudit: in.json:1:1: ")); at++)
        lines++;
    cli_ends(&result, 3);
    HARNESS_REQUIRE(lines == 10, "expected 10 lines, got %zu:\n%s", lines, result.error);
    HARNESS_CONTAINS(result.error, "certaudit: in.json: 2 more problems not shown\n");
}
END_TEST

/* The loop's number is the limit of open files; four are too few for anything. If they are too few,
 * the one line on standard error names a file and gives this reason: not "Permission denied" from
 * the sandbox, and nothing of a library's own. */
START_TEST(too_few_open_files)
{
    static const char script[] = "exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&- && ulimit -n $1 && "
                                 "exec \"$0\" in.json -q -o a.csv -o b.xlsx";
    const char *folder = cli_folder(CLI_FAIL);
    struct harness_run how = {
        .program = "sh",
        .folder = folder,
        .arguments = CLI_LIST("-c", script, harness_program(), harness_format("%d", _i))};
    struct harness_result result = harness_run(&how);
    if (result.status == 1) {
        ck_assert_str_eq(result.error, "");
        ck_assert_str_eq(harness_names(folder), "a.csv b.xlsx in.json");
        return;
    }
    cli_ends(&result, 2);
    ck_assert_str_eq(harness_names(folder), "in.json");
    const char *why = strstr(result.error, "Too many open files\n");
    HARNESS_REQUIRE(strncmp(result.error, "certaudit: ", 11) == 0 && why != NULL &&
                        strchr(result.error, '\n') == why + strlen(why) - 1,
                    "expected one line, certaudit: FILE: ...: Too many open files, but got:\n%s",
                    result.error);
}
END_TEST

TCase *cli_run_case(void)
{
    TCase *tcase = tcase_create("run");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, exit_status, 0, sizeof statuses / sizeof statuses[0]);
    tcase_add_test(tcase, rule_named_twice);
    tcase_add_test(tcase, unrelated_file_is_described_by_its_members);
    tcase_add_test(tcase, runs_repeat_in_any_locale_and_order);
    tcase_add_test(tcase, terminal_output_repeats);
    tcase_add_test(tcase, source_date_epoch_is_the_default_as_of_time);
    tcase_add_loop_test(tcase, times_are_printed_in_full, 0, 2 * sizeof epochs / sizeof epochs[0]);
    tcase_add_loop_test(tcase, standard_input_is_read, 0, 2);
    tcase_add_loop_test(tcase, pipe_may_be_given_once, 0, 5);
    tcase_add_test(tcase, same_path_twice_gives_the_same_bytes);
    tcase_add_test(tcase, named_pipe_is_read_once);
    tcase_add_test(tcase, report_on_standard_output_is_the_file);
    tcase_add_test(tcase, quiet_prints_problems);
    tcase_add_test(tcase, verdict_is_printed_visibly);
    tcase_add_test(tcase, ten_problems_of_a_file_are_printed);
    tcase_add_loop_test(tcase, too_few_open_files, 4, 20);
    return tcase;
}
