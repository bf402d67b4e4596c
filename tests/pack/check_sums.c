/* check_sums.c: digest lines for file names of every kind, checked by sha256sum. */
#include "audit/assessment.h"
#include "base/file.h"
#include "base/pool.h"
#include "evidence/evidence.h"
#include "pack/sums.h"
#include "report/report.h"
#include "support/attack_strings.h"
#include "support/cli.h"
#include "support/facts.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

Suite *sums_suite(void);

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

/* Runs `sha256sum --check --strict`, which also rejects malformed lines. */
static void checks(const char *folder, const char *sums)
{
    struct harness_run how = {.program = "sha256sum",
                              .folder = folder,
                              .arguments = CLI_LIST("--check", "--strict", "--", sums)};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "%s%s", result.output, result.error);
}

/* As a path: - alone would be standard input. */
static const char *path_of(size_t number)
{
    const char *name = attack_name(number);
    return name != NULL && strcmp(name, "-") == 0 ? "./-" : name;
}

/* Writes a file of every name, and returns the digest lines. */
static const char *sums_of_all(const char *folder, size_t *count)
{
    struct evidence *evidence = facts_evidence();
    struct text lines = TEXT_EMPTY;
    *count = 0;
    for (size_t i = 0; i < attack_name_count; i++) {
        const char *name = path_of(i);
        if (name == NULL)
            continue;
        harness_write(in(folder, name), harness_format("content %zu\n", i));
        ck_assert(file_sha256(in(folder, name), facts_file(evidence, name)->sha256));
        ++*count;
    }
    facts_file(evidence, "not hashed")->hashed = false;
    const struct assessment assessment = {.evidence = evidence};
    sums_add_inputs(&lines, &(const struct report){.assessment = &assessment});
    harness_keep(evidence->files);
    return facts_kept(&lines);
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

START_TEST(test_all_names)
{
    const char *folder = harness_folder();
    size_t count;
    const char *text = sums_of_all(folder, &count);
    ck_assert_uint_gt(count, 150);
    ck_assert_uint_eq(times(text, "\n"), count);
    facts_lacks(text, "not hashed");
    harness_write(in(folder, "sums"), text);
    checks(folder, "sums");
}
END_TEST

/* sha256sum notices changed content in every file. */
START_TEST(test_other_content)
{
    const char *folder = harness_folder();
    size_t count;
    harness_write(in(folder, "sums"), sums_of_all(folder, &count));
    for (size_t i = 0; i < attack_name_count; i++)
        if (attack_name(i) != NULL)
            harness_write(in(folder, attack_name(i)), harness_format("other %zu\n", i));
    struct harness_run how = {.program = "sha256sum",
                              .folder = folder,
                              .arguments = CLI_LIST("--check", "--strict", "sums")};
    struct harness_result result = harness_run(&how);
    ck_assert_int_eq(result.status, 1);
    ck_assert_uint_eq(times(result.output, ": FAILED\n"), count);
}
END_TEST

START_TEST(test_no_file)
{
    char sha256[DIGEST_HEX];
    const char *folder = harness_folder();
    errno = 0;
    ck_assert(!file_sha256(in(folder, "none"), sha256));
    ck_assert_int_eq(errno, ENOENT);
    errno = 0;
    ck_assert(!file_sha256(folder, sha256));
    ck_assert_int_ne(errno, 0);
}
END_TEST

#define RECORD(number)                                                                             \
    harness_format("{\"CertificateArn\": \"arn:aws:acm:us-east-1:111122223333:certificate/%d\", "  \
                   "\"DomainName\": \"a.example.com\", \"Status\": \"ISSUED\", \"Type\": "         \
                   "\"IMPORTED\"}\n",                                                              \
                   number)

/* Once found in a folder, once named on the command line. */
START_TEST(test_inputs_of_a_pack)
{
    const char *folder = harness_folder(), *pack = in(harness_folder(), "pack");
    const char **arguments = pool_alloc(facts_pool(), (attack_name_count + 7) * sizeof *arguments);
    const char *const first[] = {"--as-of", HARNESS_AS_OF, "--pack", pack, "--"};
    size_t count = COUNT(first), files = 0;
    memcpy(arguments, first, sizeof first);
    for (size_t i = 0; i < attack_name_count; i++) {
        if (attack_name(i) == NULL)
            continue;
        harness_write(in(folder, attack_name(i)), RECORD((int)i));
        files++;
        if (_i == 1)
            arguments[count++] = path_of(i);
    }
    if (_i == 0)
        arguments[count++] = ".";
    struct harness_result result =
        harness_run(&(struct harness_run){.folder = folder, .arguments = arguments});
    cli_ends(&result, 0);
    checks(folder, in(pack, "INPUTS.SHA256SUMS"));
    const char *sums = harness_read(in(pack, "INPUTS.SHA256SUMS"), NULL);
    ck_assert_uint_eq(times(sums, "\n"), files);
}
END_TEST

/* Standard input and a FIFO are comments; the other files are checked. */
START_TEST(test_streams)
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
    ck_assert(file_sha256(in(folder, "other"), sha256));
    const char *comment = harness_format("# %s  %s ", sha256, _i == 0 ? "-" : "fifo");
    const char *at = strstr(sums, comment);
    HARNESS_REQUIRE(at != NULL && (at == sums || at[-1] == '\n'), "no line starts with %s:\n%s",
                    comment, sums);
    ck_assert_ptr_nonnull(strstr(sums, "  in.json\n"));
    checks(folder, "pack/INPUTS.SHA256SUMS");
}
END_TEST

Suite *sums_suite(void)
{
    Suite *suite = suite_create("sums");
    TCase *name = tcase_create("name"), *inputs = tcase_create("inputs");
    tcase_set_timeout(inputs, HARNESS_SECONDS);
    tcase_add_test(name, test_all_names);
    tcase_add_test(name, test_other_content);
    tcase_add_test(name, test_no_file);
    tcase_add_loop_test(inputs, test_inputs_of_a_pack, 0, 2);
    tcase_add_loop_test(inputs, test_streams, 0, 2);
    suite_add_tcase(suite, name);
    suite_add_tcase(suite, inputs);
    return suite;
}
