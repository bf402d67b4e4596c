/* check_cli_usage.c: wrong usage is status 2, says why, and writes nothing. */
#include "cli.h"
#include <string.h>

enum { SECONDS = 60, ARGUMENTS_MAX = 8 };

struct usage {
    const char *told; /* what standard error names; NULL: anything */
    const char *arguments[ARGUMENTS_MAX];
};

static const struct usage wrong[] = {
    {NULL, {NULL}},
    {"no-such-option", {"in.json", "--no-such-option"}},
    {NULL, {"in.json", "-X"}},
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
    {"xlsx", {"in.json", "-o", "-", "--format", "xlsx"}},
    {"pdf", {"in.json", "-o", "-", "--format", "pdf"}},
    {"IAM-033", {"in.json", "--rule", "IAM-034"}}, /* lists what there is */
    {"NIST", {"in.json", "--framework", "ISO 27001"}},
    {"IAM-034", {"--explain", "IAM-034"}},
    {"yesterday", {"in.json", "--as-of", "yesterday"}},
    {"zone", {"in.json", "--as-of", "2026-11-20T00:00:00"}},
    {"2026-02-30", {"in.json", "--as-of", "2026-02-30"}},
    {"as-of", {"in.json", "--as-of", ""}},
    {"never", {"in.json", "--cutoff", "never"}},
    {"zone", {"in.json", "--cutoff", "2014-04-01T00:00:00"}},
    {"missing.json", {"missing.json"}},
    {"missing.json", {"in.json", "missing.json", "-o", "a.csv"}},
    {"missing/", {"in.json", "missing/"}},
    {NULL, {"-", "in.json", "-"}},
    {NULL, {""}},
    {"missing.csv", {"in.json", "--controls", "missing.csv"}},
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

START_TEST(source_date_epoch_that_is_no_number)
{
    struct harness_run how = {.folder = cli_folder(CLI_PASS),
                              .arguments = CLI_LIST("in.json"),
                              .environment = CLI_LIST("SOURCE_DATE_EPOCH=soon")};
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

TCase *cli_usage_case(void)
{
    TCase *tcase = tcase_create("usage");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, wrong_usage_writes_nothing, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(tcase, source_date_epoch_that_is_no_number);
    tcase_add_loop_test(tcase, wrong_controls_are_named_by_line, 0,
                        sizeof wrong_controls / sizeof wrong_controls[0]);
    tcase_add_loop_test(tcase, what_is_asked_for_is_printed, 0, sizeof asked / sizeof asked[0]);
    return tcase;
}
