/* check_cli_usage.c: wrong usage ends with status 2, says why, and writes nothing. */
#include "support/cli.h"
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 60, ARGUMENTS_MAX = 8 };

struct usage {
    const char *message; /* what standard error must contain */
    const char *arguments[ARGUMENTS_MAX];
};

#define NOT_A_TIME ": not a date or time; use YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ\n"
#define NO_ZONE ": no time zone; add Z for UTC, or +hh:mm\n"
#define NOT_JOBS "certaudit: --jobs: expected a number of at least 1, not "
#define NOT_FOUND ": No such file or directory; the path is relative to the current directory\n"

static const struct usage wrong[] = {
    {"certaudit: no PATH given; name a folder of exports, a file, or - for standard input\n",
     {NULL}},
    {"certaudit: --no-such-option: unknown option; see certaudit --help\n",
     {"in.json", "--no-such-option"}},
    {": unknown option; did you mean --output?\n", {"in.json", "--otput", "a.csv"}},
    {"certaudit: --otput: unknown option;", {"in.json", "--otput=a.csv"}},
    {"; did you mean --verbose?", {"in.json", "--ver"}}, /* or --version */
    {"certaudit: -r: unknown option; did you mean --rule?", {"in.json", "-rule", "IAM-033"}},
    {"; did you mean --verbose?", {"-verbose", "in.json"}},
    {"certaudit: -X: unknown option; see certaudit --help\n", {"in.json", "-X"}},
    {"certaudit: option -o needs a value\n", {"in.json", "-o"}},
    {"certaudit: option --output needs a value\n", {"in.json", "--output"}},
    {"certaudit: option --as-of needs a value\n", {"in.json", "--as-of"}},
    {"certaudit: option --quiet takes no value\n", {"in.json", "--quiet=yes"}},
    {"certaudit: report.pdf: unknown report type; use .csv, .md or .xlsx\n",
     {"in.json", "-o", "report.pdf"}},
    {"certaudit: report: unknown report type", {"in.json", "-o", "report"}},
    {"certaudit: report.csv.txt: unknown report type", {"in.json", "-o", "report.csv.txt"}},
    {"certaudit: a.csv is named twice\n", {"in.json", "-o", "a.csv", "-o", "a.csv"}},
    {"certaudit: ./a.csv is named twice\n", {"in.json", "-o", "a.csv", "-o", "./a.csv"}},
    {"certaudit: - is named twice\n", {"in.json", "--format", "csv", "-o", "-", "-o", "-"}},
    {"certaudit: --format applies only to standard output; add -o -\n",
     {"in.json", "--format", "csv"}},
    {"certaudit: --format applies only", {"in.json", "--format", "csv", "-o", "a.csv"}},
    {"certaudit: -o - needs --format csv or --format md\n", {"in.json", "-o", "-"}},
    {"certaudit: -o - cannot be combined with --pack, which prints its digest on standard output\n",
     {"in.json", "-o", "-", "--format", "csv", "--pack", "p"}},
    {"certaudit: p.csv: a report and the pack cannot share this path\n",
     {"in.json", "-o", "p.csv", "--pack", "p.csv"}},
    {"certaudit: .: this folder is an input; choose another folder for the pack\n",
     {".", "--pack", "."}},
    {"certaudit: ..: not a usable folder name for the pack\n", {"in.json", "--pack", ".."}},
    {"certaudit: in.json: already exists; a pack needs a new or empty folder\n",
     {"-", "--pack", "in.json"}},
    {"in.json:1", {"in.json", "--waivers", "in.json"}},
    {"certaudit: xlsx: unknown format for standard output; use csv or md\n",
     {"in.json", "-o", "-", "--format", "xlsx"}},
    {"certaudit: pdf: unknown format", {"in.json", "-o", "-", "--format", "pdf"}},
    {"certaudit: IAM-034: unknown rule; use ACM-005 or IAM-033", {"in.json", "--rule", "IAM-034"}},
    {"; did you mean ACM-005?", {"in.json", "--rule", "acm05"}},
    {"certaudit: ISO 27001: unknown framework; use one of PCI DSS",
     {"in.json", "--framework", "ISO 27001"}},
    {"; did you mean PCI DSS?", {"in.json", "--framework", "PCI-DSS"}},
    {"certaudit: IAM-034: unknown rule", {"--explain", "IAM-034"}},
    {"certaudit: yesterday" NOT_A_TIME, {"in.json", "--as-of", "yesterday"}},
    {"certaudit: 2026-11-20T00:00:00" NO_ZONE, {"in.json", "--as-of", "2026-11-20T00:00:00"}},
    {"certaudit: 2026-02-30" NOT_A_TIME, {"in.json", "--as-of", "2026-02-30"}},
    {"certaudit: \"\"" NOT_A_TIME, {"in.json", "--as-of", ""}},
    {"certaudit: never" NOT_A_TIME, {"in.json", "--cutoff", "never"}},
    /* dates without their dashes are not seconds since 1970 */
    {"certaudit: 20261120" NOT_A_TIME, {"in.json", "--as-of", "20261120"}},
    {"certaudit: 202611200000" NOT_A_TIME, {"in.json", "--as-of", "202611200000"}},
    {"certaudit: 20261120000000" NOT_A_TIME, {"in.json", "--as-of", "20261120000000"}},
    {"certaudit: 20140401" NOT_A_TIME, {"in.json", "--cutoff", "20140401"}},
    {"certaudit: 1795132800000" NOT_A_TIME, {"in.json", "--as-of", "1795132800000"}}, /* ms */
    {"certaudit: 1e400" NOT_A_TIME, {"in.json", "--as-of", "1e400"}},
    {"certaudit: nan" NOT_A_TIME, {"in.json", "--as-of", "nan"}},
    {"certaudit: inf" NOT_A_TIME, {"in.json", "--as-of", "inf"}},
    {"certaudit: 0x10" NOT_A_TIME, {"in.json", "--as-of", "0x10"}},
    {"certaudit: 1795132800Z" NOT_A_TIME, {"in.json", "--as-of", "1795132800Z"}},
    {"certaudit:  1795132800" NOT_A_TIME, {"in.json", "--as-of", " 1795132800"}},
    {"certaudit: 2014-04-01T00:00:00" NO_ZONE, {"in.json", "--cutoff", "2014-04-01T00:00:00"}},
    {NOT_JOBS "0\n", {"in.json", "--jobs", "0"}},
    {NOT_JOBS "00\n", {"in.json", "-j", "00"}},
    {NOT_JOBS "\"\"\n", {"in.json", "-j", ""}},
    {NOT_JOBS "-1\n", {"in.json", "-j", "-1"}},
    {NOT_JOBS "two\n", {"in.json", "-j", "two"}},
    {NOT_JOBS "2x\n", {"in.json", "-j", "2x"}},
    {"certaudit: option -j needs a value\n", {"in.json", "-j"}},
    {"certaudit: missing.json" NOT_FOUND, {"missing.json"}},
    {"certaudit: missing.json" NOT_FOUND, {"in.json", "missing.json", "-o", "a.csv"}},
    {"certaudit: missing/" NOT_FOUND, {"in.json", "missing/"}},
    {"certaudit: /missing.json: No such file or directory\n", {"/missing.json"}},
    {"certaudit: n.json" NOT_FOUND, {"in.json", "--scope", "n.json"}},
    {"certaudit: \"\"" NOT_FOUND, {""}},
    {"certaudit: standard input (-) can be given only once\n", {"-", "in.json", "-"}},
    {"certaudit: standard input (-) can be given only once\n", {"-", "-"}},
    {"certaudit: missing.csv" NOT_FOUND, {"in.json", "--controls", "missing.csv"}},
    {"certaudit: missing.csv", {"--explain", "IAM-033", "--controls", "missing.csv"}},
};

START_TEST(wrong_usage_writes_nothing)
{
    const struct usage *usage = &wrong[_i];
    const char *folder = cli_folder(CLI_PASS), *command = "certaudit";
    for (const char *const *argument = usage->arguments; *argument != NULL; argument++)
        command = harness_format("%s %s", command, *argument);
    struct harness_run how = {.folder = folder, .arguments = usage->arguments};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 2, "%s: expected status 2, got %d", command, result.status);
    HARNESS_REQUIRE(*result.output == '\0', "%s: expected no output, got:\n%s", command,
                    result.output);
    HARNESS_REQUIRE(strncmp(result.error, "certaudit: ", strlen("certaudit: ")) == 0 &&
                        strstr(result.error, usage->message) != NULL,
                    "%s\nexpected: %s\ngot: %s", command, usage->message, result.error);
    ck_assert_str_eq(harness_names(folder), "in.json");
}
END_TEST

static const char *const wrong_epochs[] = {"soon", "",  "-1",           "1x",
                                           " 1",   ":", "253402300800", "99999999999999999999"};

START_TEST(source_date_epoch_must_be_a_number)
{
    HARNESS_ROW("%s", wrong_epochs[_i]);
    struct harness_run how = {
        .folder = cli_folder(CLI_PASS),
        .arguments = CLI_LIST("in.json"),
        .environment = CLI_LIST(harness_format("SOURCE_DATE_EPOCH=%s", wrong_epochs[_i]))};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    HARNESS_REQUIRE(*result.output == '\0', "expected no output, got:\n%s", result.output);
    ck_assert_ptr_nonnull(
        strstr(result.error, "SOURCE_DATE_EPOCH: not a number of seconds since 1970: "));
}
END_TEST

#define HEADER "rule,framework,version,control,title,relation,conditions,rationale,origin\n"
#define GOOD_ROW "IAM-033,F,1,1.1,Title,direct,,Why,own\n"

static const char *const wrong_controls[][2] = {
    {"controls.csv:3", HEADER GOOD_ROW "IAM-034,F,1,1.1,Title,direct,,Why,own\n"},
    {"controls.csv:3", HEADER GOOD_ROW "IAM-033,F,1,1.1,Title,close,,Why,own\n"},
    {"controls.csv:3", HEADER GOOD_ROW "IAM-033,F,1,1.1,Title,direct,no-such-condition,Why,own\n"},
    {"controls.csv:3", HEADER GOOD_ROW "IAM-033,F,1,,Title,direct,,Why,own\n"},
    {"controls.csv:3", HEADER GOOD_ROW "IAM-033,F,1\n"},
    {"controls.csv:1", "rule,framework,version,control,title,relation,conditions,rationale\n"},
    {"controls.csv:1", ""},
    {"controls.csv:4", HEADER GOOD_ROW "ACM-005,F,1,1.1,Title,direct,,Why,own\n" GOOD_ROW},
    {"controls.csv:3", HEADER GOOD_ROW "IAM-033,F,1,1.1,Other,supporting,,Because,own\n"},
};

START_TEST(wrong_controls_are_named_by_line)
{
    HARNESS_ROW("%s", wrong_controls[_i][0]);
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/controls.csv", folder), wrong_controls[_i][1]);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--controls", "controls.csv", "-o", "a.csv");
    cli_ends(&result, 2);
    HARNESS_REQUIRE(strstr(result.error, wrong_controls[_i][0]) != NULL, "expected: %s\ngot: %s",
                    wrong_controls[_i][0], result.error);
    HARNESS_REQUIRE(*result.output == '\0', "expected no output, got:\n%s", result.output);
    ck_assert_str_eq(harness_names(folder), "controls.csv in.json");
}
END_TEST

/* These need no PATH and print to standard output. */
static const char *const answers[][3] = {
    {"usage: certaudit ", "--help"},     {"usage: certaudit ", "-h"},
    {"certaudit ", "--version"},         {"certaudit ", "-V"},
    {"IAM-033", "--list-rules"},         {"ACM-005", "--list-rules"},
    {"IAM-033", "--explain", "iam-033"}, {"ACM-005", "--explain", "ACM-005"},
};

START_TEST(answers_are_printed)
{
    HARNESS_ROW("%s", answers[_i][0]);
    struct harness_run how = {.arguments = CLI_LIST(answers[_i][1], answers[_i][2])};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    HARNESS_REQUIRE(*result.error == '\0', "expected no error, got: %s", result.error);
    HARNESS_REQUIRE(strstr(result.output, answers[_i][0]) != NULL, "expected: %s\ngot:\n%s",
                    answers[_i][0], result.output);
    ck_assert_int_eq(result.output[strlen(result.output) - 1], '\n');
}
END_TEST

/* The digest is that of the file that runs, to compare with a release. */
START_TEST(version_names_the_program)
{
    struct harness_result result = CLI_RUN(NULL, "--version");
    const char *hex = harness_tool("sha256sum", CLI_LIST(harness_program()));
    const char *commit = strstr(result.output, "\ncommit ");
    cli_ends(&result, 0);
    HARNESS_REQUIRE(commit != NULL, "%s", result.output);
    commit += strlen("\ncommit ");
    HARNESS_REQUIRE(strncmp(commit, "not known\n", 10) == 0 ||
                        strspn(commit, "0123456789abcdef") == 40,
                    "%s", commit);
    ck_assert_str_eq(strchr(commit, '\n') + 1, harness_format("SHA-256 %.64s\n", hex));
}
END_TEST

/* --explain names the controls that a run would report. */
START_TEST(explanation_uses_the_control_table)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/controls.csv", folder),
                  HEADER "IAM-033,House Rules,7,H.1,The title of ours,direct,,Why,own\n"
                         "ACM-005,House Rules,7,H.2,Another title,direct,,Why,own\n");
    struct harness_result result =
        CLI_RUN(folder, "--explain", "IAM-033", "--controls", "controls.csv");
    cli_ends(&result, 0);
    HARNESS_REQUIRE(strstr(result.output, "House Rules 7 H.1 (direct): The title of ours\n") !=
                        NULL,
                    "%s", result.output);
    HARNESS_REQUIRE(strstr(result.output, "H.2") == NULL, "%s", result.output);
    HARNESS_REQUIRE(strstr(result.output, "PCI DSS") == NULL, "%s", result.output);
    result = CLI_RUN(folder, "--explain", "IAM-033");
    cli_ends(&result, 0);
    HARNESS_REQUIRE(strstr(result.output, "PCI DSS v4.0.1 6.3.1") != NULL, "%s", result.output);
}
END_TEST

/* The README's commands work as printed, and print what it quotes. */
START_TEST(readme_quotes_what_is_printed)
{
    const char *folder = harness_folder(), *tools = harness_folder();
    harness_tool("cp", CLI_LIST("-R", harness_source("fixtures"), folder));
    harness_tool("ln", CLI_LIST("-s", harness_program(), harness_format("%s/certaudit", tools)));
    struct harness_run how = {
        .program = harness_source("tests/support/readme.sh"),
        .arguments = CLI_LIST(harness_source("README.md")),
        .environment = CLI_LIST(harness_format("PATH=%s:%s", tools, getenv("PATH"))),
        .folder = folder,
    };
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "README.md, status %d:\n%s%s", result.status, result.output,
                    result.error);
}
END_TEST

START_TEST(help_fits_a_screen)
{
    struct harness_result help = CLI_RUN(NULL, "--help");
    size_t lines = 0;
    cli_ends(&help, 0);
    for (const char *line = help.output; *line != '\0'; lines++) {
        size_t length = strcspn(line, "\n");
        HARNESS_REQUIRE(length <= 80, "%.*s", (int)length, line);
        line += length + 1;
    }
    ck_assert_uint_le(lines, 24);
}
END_TEST

TCase *cli_usage_case(void)
{
    TCase *tcase = tcase_create("usage");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, wrong_usage_writes_nothing, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_loop_test(tcase, source_date_epoch_must_be_a_number, 0,
                        sizeof wrong_epochs / sizeof wrong_epochs[0]);
    tcase_add_loop_test(tcase, wrong_controls_are_named_by_line, 0,
                        sizeof wrong_controls / sizeof wrong_controls[0]);
    tcase_add_loop_test(tcase, answers_are_printed, 0, sizeof answers / sizeof answers[0]);
    tcase_add_test(tcase, version_names_the_program);
    tcase_add_test(tcase, help_fits_a_screen);
    tcase_add_test(tcase, explanation_uses_the_control_table);
    tcase_add_test(tcase, readme_quotes_what_is_printed);
    return tcase;
}
