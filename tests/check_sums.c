/* check_sums.c: lines of digests, checked by the real sha256sum, for names of every kind. */
#include "cli.h"
#include "facts.h"
#include "model.h"
#include "sums.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

Suite *sums_suite(void);

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static const char *const names[] = {
    "plain.json",
    "two  spaces.json",
    " leading and trailing ",
    "tab\there",
    "new\nline",
    "\nfirst",
    "last\n",
    "carriage\rreturn",
    "cr\r\nlf",
    "last\r",
    "back\\slash",
    "\\first",
    "last\\",
    "a\\nb",
    "\\\\\n\\n\r\\",
    "-dash",
    "--check",
    "*star",
    "#hash",
    "caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac",
    "latin-1 caf\xe9",
    "\xff\xfe\x80",
    "\x1B[31mred",
    "%s%n",
    "'quote' \"double\"",
    "$(touch here); `touch here`",
};

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

/* `sha256sum -c` of the file, in the folder; a line that is none is a fault too. */
static void checks(const char *folder, const char *sums)
{
    struct harness_run how = {.program = "sha256sum",
                              .folder = folder,
                              .arguments = CLI_LIST("--check", "--strict", "--", sums)};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "%s%s", result.output, result.error);
}

START_TEST(test_name)
{
    const char *folder = harness_folder(), *path = in(folder, names[_i]);
    struct text line = TEXT_EMPTY;
    char sha256[DIGEST_HEX];
    harness_write(path, harness_format("content %d\n", _i));
    ck_assert(sums_of_file(path, sha256));
    sums_add(&line, sha256, names[_i]);
    const char *text = facts_kept(&line);
    const char *end = strchr(text, '\n');
    ck_assert_ptr_nonnull(end);
    ck_assert_str_eq(end, "\n"); /* one line, whatever is in the name */
    harness_write(in(folder, "sums"), text);
    checks(folder, "sums");
}
END_TEST

/* The check would have found another content, so that it says something. */
START_TEST(test_other_content)
{
    const char *folder = harness_folder();
    struct text line = TEXT_EMPTY;
    char sha256[DIGEST_HEX];
    harness_write(in(folder, names[_i]), "one\n");
    ck_assert(sums_of_file(in(folder, names[_i]), sha256));
    sums_add(&line, sha256, names[_i]);
    harness_write(in(folder, "sums"), facts_kept(&line));
    harness_write(in(folder, names[_i]), "two\n");
    struct harness_run how = {.program = "sha256sum",
                              .folder = folder,
                              .arguments = CLI_LIST("--check", "--strict", "sums")};
    struct harness_result result = harness_run(&how);
    ck_assert_int_eq(result.status, 1);
}
END_TEST

START_TEST(test_all_names)
{
    const char *folder = harness_folder();
    struct evidence *evidence = facts_evidence();
    struct text lines = TEXT_EMPTY;
    for (int i = 0; i < COUNT(names); i++) {
        struct evidence_file *file = facts_file(evidence, names[i]);
        harness_write(in(folder, names[i]), harness_format("content %d\n", i));
        ck_assert(sums_of_file(in(folder, names[i]), file->sha256));
    }
    facts_file(evidence, "not hashed")->hashed = false;
    sums_add_inputs(&lines, evidence);
    harness_keep(evidence->files);
    const char *text = facts_kept(&lines);
    size_t count = 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        count++;
    ck_assert_int_eq((int)count, COUNT(names));
    facts_lacks(text, "not hashed");
    harness_write(in(folder, "sums"), text);
    checks(folder, "sums");
}
END_TEST

START_TEST(test_no_file)
{
    char sha256[DIGEST_HEX];
    const char *folder = harness_folder();
    errno = 0;
    ck_assert(!sums_of_file(in(folder, "none"), sha256));
    ck_assert_int_eq(errno, ENOENT);
    errno = 0;
    ck_assert(!sums_of_file(folder, sha256));
    ck_assert_int_ne(errno, 0);
}
END_TEST

#define RECORD(number)                                                                             \
    harness_format("{\"CertificateArn\": \"arn:aws:acm:us-east-1:111122223333:certificate/%d\", "  \
                   "\"DomainName\": \"a.example.com\", \"Status\": \"ISSUED\", \"Type\": "         \
                   "\"IMPORTED\"}\n",                                                              \
                   number)

static const char *line_of(const char *sums, size_t number)
{
    while (number-- > 0) {
        sums = strchr(sums, '\n');
        ck_assert_ptr_nonnull(sums);
        sums++;
    }
    return harness_format("%.*s", (int)strcspn(sums, "\n"), sums);
}

/* Through the program: as the walk names them, and as the command line does. */
START_TEST(test_inputs_of_a_pack)
{
    const char *folder = harness_folder(), *pack = in(harness_folder(), "pack");
    const char *arguments[COUNT(names) + 6] = {"--as-of", HARNESS_AS_OF, "--pack", pack, "--"};
    int count = 5;
    for (int i = 0; i < COUNT(names); i++) {
        harness_write(in(folder, names[i]), RECORD(i));
        if (_i == 1)
            arguments[count++] = names[i];
    }
    if (_i == 0)
        arguments[count++] = ".";
    struct harness_result result =
        harness_run(&(struct harness_run){.folder = folder, .arguments = arguments});
    cli_ends(&result, 0);
    checks(folder, in(pack, "INPUTS.SHA256SUMS"));
    const char *sums = harness_read(in(pack, "INPUTS.SHA256SUMS"), NULL);
    ck_assert_str_ne(line_of(sums, COUNT(names) - 1), "");
    ck_assert_str_eq(line_of(sums, COUNT(names)), "");
}
END_TEST

/* Standard input and a FIFO cannot be read again: a comment, and the others are checked. */
START_TEST(test_what_cannot_be_read_again)
{
    const char *folder = cli_folder(RECORD(1)), *sums;
    harness_write(in(folder, "other"), RECORD(2));
    ck_assert_int_eq(mkfifo(in(folder, "fifo"), 0600), 0);
    struct harness_run how = {
        .program = "sh",
        .folder = folder,
        .arguments = CLI_LIST("-c",
                              _i == 0 ? "\"$0\" - in.json --pack pack < other"
                                      : "cat other > fifo & \"$0\" fifo in.json --pack pack",
                              harness_program())};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    sums = harness_read(in(folder, "pack/INPUTS.SHA256SUMS"), NULL);
    char sha256[DIGEST_HEX];
    ck_assert(sums_of_file(in(folder, "other"), sha256));
    const char *comment = harness_format("# %s  %s ", sha256, _i == 0 ? "-" : "fifo");
    const char *at = strstr(sums, comment);
    HARNESS_REQUIRE(at != NULL && (at == sums || at[-1] == '\n'), "%s: %s", comment, sums);
    ck_assert_ptr_nonnull(strstr(sums, "  in.json\n"));
    checks(folder, "pack/INPUTS.SHA256SUMS");
}
END_TEST

Suite *sums_suite(void)
{
    Suite *suite = suite_create("sums");
    TCase *name = tcase_create("name"), *inputs = tcase_create("inputs");
    tcase_set_timeout(inputs, HARNESS_SECONDS);
    tcase_add_loop_test(name, test_name, 0, COUNT(names));
    tcase_add_loop_test(name, test_other_content, 0, COUNT(names));
    tcase_add_test(name, test_all_names);
    tcase_add_test(name, test_no_file);
    tcase_add_loop_test(inputs, test_inputs_of_a_pack, 0, 2);
    tcase_add_loop_test(inputs, test_what_cannot_be_read_again, 0, 2);
    suite_add_tcase(suite, name);
    suite_add_tcase(suite, inputs);
    return suite;
}
