/*
 * check_cli.c: the golden cases, and the manual against the program. The other cases of the suite
 * are in check_cli_*.c.
 */
#include "base/text.h"
#include "evidence/diag.h"
#include "rules/rules.h"
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
    HARNESS_REQUIRE(result->status == status, "expected status %d, got %d\n%s%s", status,
                    result->status, result->output, result->error);
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

/* Output must not depend on the environment, so each case runs in two. The time zone is written out
 * so that it needs no data files. */
static const char *const environments[][2] = {{"TZ=UTC0", "LC_ALL=C"},
                                              {"TZ=XYZ-5:45", "LC_ALL=C.UTF-8"}};

START_TEST(golden)
{
    const char *name = golden_cases()->texts[_i / 2];
    const char *path = harness_format(GOLDEN "/%s", name), *folder = harness_folder();
    struct harness_run how = {.program = GOLDEN "/run.sh",
                              .arguments = CLI_LIST(path, folder),
                              .environment =
                                  CLI_LIST(harness_format("CERTAUDIT=%s", harness_program()),
                                           environments[_i % 2][0], environments[_i % 2][1])};
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

/* Adds the words that begin with one or two dashes and a letter. */
static void options_of_help(const char *help, struct sheet_set *options)
{
    static const char separators[] = " \t\n,=[]|()";
    for (size_t length; *help != '\0'; help += length + (help[length] != '\0')) {
        length = strcspn(help, separators);
        if (is_option(help, length))
            add_once(options, harness_format("%.*s", (int)length, help));
    }
}

/* The text after heading, `.Sh TITLE` or `.Ss TITLE`, up to the next one of its kind or higher. */
static const char *section_of_manual(const char *heading)
{
    const char *manual = harness_read("man/certaudit.1", NULL);
    const char *at = strstr(manual, harness_format("\n%s\n", heading));
    HARNESS_REQUIRE(at != NULL, "man/certaudit.1 lacks %s", heading);
    at += 1 + strlen(heading);
    const char *end = strstr(at, "\n.Sh "), *inner = strstr(at, "\n.Ss ");
    end = end == NULL ? at + strlen(at) : end;
    if (strncmp(heading, ".Ss", 3) == 0 && inner != NULL && inner < end)
        end = inner;
    return harness_format("%.*s", (int)(end - at), at);
}

/* Calls add with each line of the section that begins with `.It `, without that. */
static void add_items(const char *section, void (*add)(struct sheet_set *, const char *),
                      struct sheet_set *set)
{
    for (const char *at = section; (at = strstr(at, "\n.It ")) != NULL;) {
        at += strlen("\n.It ");
        add(set, harness_format("%.*s", (int)strcspn(at, "\n"), at));
    }
}

/* `Fl o Ar FILE , Fl -output Ar FILE` */
static void add_options(struct sheet_set *set, const char *item)
{
    while ((item = strstr(item, "Fl ")) != NULL) {
        item += strlen("Fl ");
        add_once(set, harness_format("-%.*s", (int)strcspn(item, " ,"), item));
    }
}

/* `Sy listed-only Pq UNKNOWN` */
static void add_name(struct sheet_set *set, const char *item)
{
    if (strncmp(item, "Sy ", 3) == 0)
        sheet_set_add(set, item + 3);
}

static void same_as_manual(struct sheet_set *manual, struct sheet_set *program)
{
    ck_assert_uint_gt(manual->count, 0);
    const char *difference = sheet_set_difference(manual, program);
    HARNESS_REQUIRE(*difference == '\0', "expected: manual, found: program%s", difference);
}

START_TEST(manual_and_help_list_the_same_options)
{
    struct harness_result help = CLI_RUN(NULL, "--help");
    struct sheet_set in_help = {0}, in_manual = {0};
    cli_ends(&help, 0);
    options_of_help(help.output, &in_help);
    add_items(section_of_manual(".Sh OPTIONS"), add_options, &in_manual);
    same_as_manual(&in_manual, &in_help);
}
END_TEST

START_TEST(manual_lists_each_condition_with_its_result)
{
    for (size_t i = 0; rules[i] != NULL; i++) {
        const char *heading = harness_format(".Ss %s: %s", rules[i]->id, rules[i]->title);
        const struct condition *condition = rules[i]->conditions;
        struct sheet_set in_rule = {0}, in_manual = {0};
        for (; condition->name != NULL; condition++)
            sheet_set_add(&in_rule, harness_format("%s Pq %s", condition->name,
                                                   rules_result_name(condition->result)));
        add_items(section_of_manual(heading), add_name, &in_manual);
        same_as_manual(&in_manual, &in_rule);
    }
}
END_TEST

START_TEST(manual_lists_each_diagnostic)
{
    struct sheet_set in_catalogue = {0}, in_manual = {0};
    for (size_t i = 0; i < DIAG_COUNT; i++)
        sheet_set_add(&in_catalogue, diag_name((enum diag_id)i));
    add_items(section_of_manual(".Sh DIAGNOSTICS"), add_name, &in_manual);
    same_as_manual(&in_manual, &in_catalogue);
}
END_TEST

/* The manual quotes the beginning of each message, with `...` for the detail. */
START_TEST(manual_quotes_each_diagnostic)
{
    const struct diag diag = {.id = (enum diag_id)_i, .detail = "..."};
    const char *name = harness_format("\n.It Sy %s\n.Dq ", diag_name(diag.id));
    const char *at = strstr(section_of_manual(".Sh DIAGNOSTICS"), name);
    struct text message = TEXT_EMPTY;
    diag_add_message(&diag, &message);
    HARNESS_REQUIRE(at != NULL, "man/certaudit.1 quotes no message for %s", diag_name(diag.id));
    at += strlen(name);
    const char *quote = harness_format("%.*s", (int)strcspn(at, "\n"), at);
    HARNESS_REQUIRE(strncmp(text_string(&message), quote, strlen(quote)) == 0,
                    "%s\nexpected: %s\nmanual: %s", diag_name(diag.id), text_string(&message),
                    quote);
    text_free(&message);
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
    tcase_add_test(texts, manual_lists_each_condition_with_its_result);
    tcase_add_test(texts, manual_lists_each_diagnostic);
    tcase_add_loop_test(texts, manual_quotes_each_diagnostic, 0, DIAG_COUNT);
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
