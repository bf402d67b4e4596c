/*
 * check_cli.c: the built program from its command line: the golden cases, and the manual against
 * --help. The cases written in C are in check_cli_usage.c, _run.c, _publish.c and _walk.c.
 */
#include "support/cli.h"
#include "support/sheet.h"
#include <ctype.h>
#include <string.h>

enum { SECONDS = 60 };

#define GOLDEN "tests/golden"

const char *cli_folder(const char *content)
{
    const char *folder = harness_folder();
    harness_write(harness_format("%s/in.json", folder), content);
    return folder;
}

void cli_ends(const struct harness_result *result, int status)
{
    HARNESS_REQUIRE(result->status == status, "status %d instead of %d\n%s%s", result->status,
                    status, result->output, result->error);
}

/* The folders of tests/golden: names without a dot. */
static const struct sheet_set *golden_cases(void)
{
    static struct sheet_set cases;
    if (cases.count == 0)
        for (const char *const *name = harness_list(GOLDEN); *name != NULL; name++)
            if (strchr(*name, '.') == NULL)
                sheet_set_add(&cases, *name);
    return &cases;
}

/* Nothing of the surroundings may show: each case runs in two. The zone is written out, so that
 * it needs no data files. */
static const char *const surroundings[][2] = {{"TZ=UTC0", "LC_ALL=C"},
                                              {"TZ=XYZ-5:45", "LC_ALL=C.UTF-8"}};

START_TEST(golden)
{
    const char *name = golden_cases()->texts[_i / 2];
    const char *path = harness_format(GOLDEN "/%s", name), *folder = harness_folder();
    struct harness_run how = {.program = GOLDEN "/run.sh",
                              .arguments = CLI_LIST(path, folder),
                              .environment =
                                  CLI_LIST(harness_format("CERTAUDIT=%s", harness_program()),
                                           surroundings[_i % 2][0], surroundings[_i % 2][1])};
    struct harness_result ran = harness_run(&how);
    HARNESS_REQUIRE(ran.status == 0, "%s: %s", path, ran.error);
    struct harness_run compare = {.program = "diff",
                                  .arguments =
                                      CLI_LIST("-r", "-u", "-x", "args", "-x", "stdin", "-x",
                                               "input", path, harness_format("%s/actual", folder))};
    struct harness_result difference = harness_run(&compare);
    HARNESS_REQUIRE(difference.status == 0, "%s:\n%s%s", path, difference.output, difference.error);
}
END_TEST

static void add_once(struct sheet_set *set, const char *text)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->texts[i], text) == 0)
            return;
    sheet_set_add(set, text);
}

static bool is_option(const char *word, size_t length)
{
    return length > 1 && word[0] == '-' &&
           (isalpha((unsigned char)word[1]) ||
            (length > 2 && word[1] == '-' && isalpha((unsigned char)word[2])));
}

/* Words that begin with one dash or two and a letter. */
static void options_of_help(const char *help, struct sheet_set *options)
{
    static const char separators[] = " \t\n,=[]|()";
    for (size_t length; *help != '\0'; help += length + (help[length] != '\0')) {
        length = strcspn(help, separators);
        if (is_option(help, length))
            add_once(options, harness_format("%.*s", (int)length, help));
    }
}

/* `.It Fl o , Fl -output Ar file` of the section OPTIONS. */
static void options_of_manual(const char *manual, struct sheet_set *options)
{
    const char *at = strstr(manual, "\n.Sh OPTIONS\n");
    HARNESS_REQUIRE(at != NULL, "man/certaudit.1 has no section OPTIONS");
    const char *end = strstr(at + 1, "\n.Sh ");
    end = end == NULL ? at + strlen(at) : end;
    while ((at = strstr(at, "\n.It ")) != NULL && at < end) {
        at += strlen("\n.It ");
        const char *line = harness_format("%.*s", (int)strcspn(at, "\n"), at);
        for (const char *flag = line; (flag = strstr(flag, "Fl ")) != NULL;) {
            flag += strlen("Fl ");
            add_once(options, harness_format("-%.*s", (int)strcspn(flag, " ,"), flag));
        }
    }
}

START_TEST(manual_and_help_list_the_same_options)
{
    struct harness_result help = CLI_RUN(NULL, "--help");
    struct sheet_set in_help = {0}, in_manual = {0};
    cli_ends(&help, 0);
    options_of_help(help.output, &in_help);
    options_of_manual(harness_read("man/certaudit.1", NULL), &in_manual);
    ck_assert_uint_gt(in_manual.count, 0);
    const char *difference = sheet_set_difference(&in_manual, &in_help);
    HARNESS_REQUIRE(*difference == '\0', "expected: manual, found: --help%s", difference);
}
END_TEST

Suite *cli_suite(void);
Suite *cli_suite(void)
{
    Suite *suite = suite_create("cli");
    TCase *texts = tcase_create("texts");
    tcase_set_timeout(texts, SECONDS);
    tcase_add_loop_test(texts, golden, 0, 2 * (int)golden_cases()->count);
    tcase_add_test(texts, manual_and_help_list_the_same_options);
    suite_add_tcase(suite, texts);
    suite_add_tcase(suite, cli_usage_case());
    suite_add_tcase(suite, cli_run_case());
    suite_add_tcase(suite, cli_publish_case());
    suite_add_tcase(suite, cli_walk_case());
    suite_add_tcase(suite, cli_terminal_case());
    suite_add_tcase(suite, cli_jobs_case());
    suite_add_tcase(suite, cli_progress_case());
    return suite;
}
