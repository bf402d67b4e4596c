/* check_cli_usage.c: wrong usage is status 2, says why, and writes nothing. */
#include "support/cli.h"
#include <string.h>

enum { SECONDS = 60, ARGUMENTS_MAX = 8 };

struct usage {
    const char *told; /* what standard error names; NULL: anything */
    const char *arguments[ARGUMENTS_MAX];
};

static const struct usage wrong[] = {
    {NULL, {NULL}},
    {"no-such-option", {"in.json", "--no-such-option"}},
    {"; did you mean --output?", {"in.json", "--otput", "a.csv"}},
    {"; did you mean --output?", {"in.json", "--otput=a.csv"}},
    {"; did you mean --verbose?", {"in.json", "--ver"}}, /* or --version */
    {"; did you mean --rule?", {"in.json", "-rule", "IAM-033"}},
    {"; did you mean --verbose?", {"-verbose", "in.json"}},
    {"unknown option: -X (certaudit --help lists them)\n", {"in.json", "-X"}},
    {NULL, {"in.json", "-o"}},
    {NULL, {"in.json", "--output"}},
    {"as-of", {"in.json", "--as-of"}},
    {"quiet", {"in.json", "--quiet=yes"}},
    {".pdf", {"in.json", "-o", "report.pdf"}},
    {"report", {"in.json", "-o", "report"}},
    {"report", {"in.json", "-o", "report.csv.txt"}},
    {"a.csv", {"in.json", "-o", "a.csv", "-o", "a.csv"}},
    {"a.csv", {"in.json", "-o", "a.csv", "-o", "./a.csv"}},
    {NULL, {"in.json", "--format", "csv", "-o", "-", "-o", "-"}},
    {"format", {"in.json", "--format", "csv"}},
    {"format", {"in.json", "--format", "csv", "-o", "a.csv"}},
    {"format", {"in.json", "-o", "-"}},
    {"digest", {"in.json", "-o", "-", "--format", "csv", "--pack", "p"}},
    {"in.json:1", {"in.json", "--waivers", "in.json"}},
    {"xlsx", {"in.json", "-o", "-", "--format", "xlsx"}},
    {"pdf is neither csv nor md\n", {"in.json", "-o", "-", "--format", "pdf"}},
    {"; did you mean csv?", {"in.json", "-o", "-", "--format", "cvs"}},
    {"IAM-033", {"in.json", "--rule", "IAM-034"}}, /* lists what there is */
    {"; did you mean ACM-005?", {"in.json", "--rule", "acm05"}},
    {"NIST", {"in.json", "--framework", "ISO 27001"}},
    {"; did you mean PCI DSS?", {"in.json", "--framework", "PCI-DSS"}},
    {"IAM-034", {"--explain", "IAM-034"}},
    {"yesterday", {"in.json", "--as-of", "yesterday"}},
    {"zone", {"in.json", "--as-of", "2026-11-20T00:00:00"}},
    {"2026-02-30", {"in.json", "--as-of", "2026-02-30"}},
    {"as-of", {"in.json", "--as-of", ""}},
    {"never", {"in.json", "--cutoff", "never"}},
    /* dates without their dashes, which no epoch number is meant by */
    {"20261120", {"in.json", "--as-of", "20261120"}},
    {"202611200000", {"in.json", "--as-of", "202611200000"}},
    {"20261120000000", {"in.json", "--as-of", "20261120000000"}},
    {"20140401", {"in.json", "--cutoff", "20140401"}},
    {"1795132800000", {"in.json", "--as-of", "1795132800000"}}, /* milliseconds */
    {"1e400", {"in.json", "--as-of", "1e400"}},
    {"nan", {"in.json", "--as-of", "nan"}},
    {"inf", {"in.json", "--as-of", "inf"}},
    {"0x10", {"in.json", "--as-of", "0x10"}},
    {"1795132800Z", {"in.json", "--as-of", "1795132800Z"}},
    {" 1795132800", {"in.json", "--as-of", " 1795132800"}},
    {"zone", {"in.json", "--cutoff", "2014-04-01T00:00:00"}},
    {"--jobs", {"in.json", "--jobs", "0"}},
    {"--jobs", {"in.json", "-j", "00"}},
    {"--jobs", {"in.json", "-j", ""}},
    {"--jobs", {"in.json", "-j", "-1"}},
    {"--jobs", {"in.json", "-j", "two"}},
    {"--jobs", {"in.json", "-j", "2x"}},
    {"-j", {"in.json", "-j"}},
    {"missing.json", {"missing.json"}},
    {"missing.json", {"in.json", "missing.json", "-o", "a.csv"}},
    {"missing/", {"in.json", "missing/"}},
    {"in.jsn: No such file or directory; did you mean in.json?\n", {"in.jsn"}},
    {"; did you mean ./in.json?\n", {"./In.json/in"}},
    {"; did you mean in.json?\n", {"in.json", "--scope", "n.json"}},
    {"; check the path", {"in.json", "far.csv"}},
    {"-", {"-", "in.json", "-"}},
    {"-", {"-", "-"}},
    {NULL, {""}},
    {"missing.csv", {"in.json", "--controls", "missing.csv"}},
    {"missing.csv", {"--explain", "IAM-033", "--controls", "missing.csv"}},
};

START_TEST(wrong_usage_writes_nothing)
{
    const struct usage *usage = &wrong[_i];
    const char *folder = cli_folder(CLI_PASS), *said = "certaudit";
    for (const char *const *argument = usage->arguments; *argument != NULL; argument++)
        said = harness_format("%s %s", said, *argument);
    struct harness_run how = {.folder = folder, .arguments = usage->arguments};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 2, "%s: status %d", said, result.status);
    HARNESS_REQUIRE(*result.output == '\0', "%s: printed %s", said, result.output);
    HARNESS_REQUIRE(strncmp(result.error, "certaudit: ", strlen("certaudit: ")) == 0, "%s: told %s",
                    said, result.error);
    HARNESS_REQUIRE(usage->told == NULL || strstr(result.error, usage->told) != NULL, "%s: told %s",
                    said, result.error);
    ck_assert_str_eq(harness_names(folder), "in.json");
}
END_TEST

static const char *const no_epochs[] = {"soon", "",  "-1",           "1x",
                                        " 1",   ":", "253402300800", "99999999999999999999"};

START_TEST(source_date_epoch_that_is_no_number)
{
    struct harness_run how = {.folder = cli_folder(CLI_PASS),
                              .arguments = CLI_LIST("in.json"),
                              .environment =
                                  CLI_LIST(harness_format("SOURCE_DATE_EPOCH=%s", no_epochs[_i]))};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 2);
    HARNESS_REQUIRE(*result.output == '\0', "printed %s", result.output);
    ck_assert_ptr_nonnull(strstr(result.error, "SOURCE_DATE_EPOCH"));
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
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/controls.csv", folder), wrong_controls[_i][1]);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--controls", "controls.csv", "-o", "a.csv");
    cli_ends(&result, 2);
    HARNESS_REQUIRE(strstr(result.error, wrong_controls[_i][0]) != NULL, "%s", result.error);
    HARNESS_REQUIRE(*result.output == '\0', "printed %s", result.output);
    ck_assert_str_eq(harness_names(folder), "controls.csv in.json");
}
END_TEST

/* What is asked for goes to standard output, and needs no PATH. */
static const char *const asked[][3] = {
    {"usage: certaudit ", "--help"},     {"usage: certaudit ", "-h"},
    {"certaudit ", "--version"},         {"certaudit ", "-V"},
    {"IAM-033", "--list-rules"},         {"ACM-005", "--list-rules"},
    {"IAM-033", "--explain", "iam-033"}, {"ACM-005", "--explain", "ACM-005"},
};

START_TEST(what_is_asked_for_is_printed)
{
    struct harness_run how = {.arguments = CLI_LIST(asked[_i][1], asked[_i][2])};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    HARNESS_REQUIRE(*result.error == '\0', "told %s", result.error);
    HARNESS_REQUIRE(strstr(result.output, asked[_i][0]) != NULL, "%s", result.output);
    ck_assert_int_eq(result.output[strlen(result.output) - 1], '\n');
}
END_TEST

/* The file that ran, to be held against those of a release; and the commit, where there is one. */
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

/* What is explained is what the run would report. */
START_TEST(explanation_shows_the_controls_that_are_given)
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

/* The README's output cannot age. */
START_TEST(readme_shows_what_is_printed)
{
    const char *folder = harness_folder();
    harness_tool("cp", CLI_LIST("-R", harness_source("fixtures"), folder));
    struct harness_run how = {
        .program = harness_source("tests/support/readme.sh"),
        .arguments = CLI_LIST(harness_source("README.md"), harness_program()),
        .folder = folder,
    };
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "not printed (%d): %s%s", result.status, result.output,
                    result.error);
}
END_TEST

/* So that nobody has to scroll. */
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
    tcase_add_loop_test(tcase, source_date_epoch_that_is_no_number, 0,
                        sizeof no_epochs / sizeof no_epochs[0]);
    tcase_add_loop_test(tcase, wrong_controls_are_named_by_line, 0,
                        sizeof wrong_controls / sizeof wrong_controls[0]);
    tcase_add_loop_test(tcase, what_is_asked_for_is_printed, 0, sizeof asked / sizeof asked[0]);
    tcase_add_test(tcase, version_names_the_program);
    tcase_add_test(tcase, help_fits_a_screen);
    tcase_add_test(tcase, explanation_shows_the_controls_that_are_given);
    tcase_add_test(tcase, readme_shows_what_is_printed);
    return tcase;
}
