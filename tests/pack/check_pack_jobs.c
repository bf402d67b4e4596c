/* check_pack_jobs.c: reports and errors are the same for any number of threads. */
#include "base/text.h"
#include "support/cli.h"
#include <string.h>

TCase *pack_jobs_case(void);

enum { RECORDS = 3000 };

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define ADDED "fixtures/engagement/"

static const char *const jobs[] = {"1", "8", "2", "3"};
static const char *const names[] = {"a.csv", "b.md", "c.xlsx"};

/* The short run of this test tries fewer numbers of threads. */
static int jobs_count(void)
{
    return harness_full() ? COUNT(jobs) : 2;
}

/* A folder with in.json: certificates whose texts must be escaped in each format. */
static const char *records(void)
{
    static const char *const texts[] = {"plain", "_x0041_", "a & b <c>",
                                        "=1+1",  "`x|y`",   "\\u0001"};
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < RECORDS; i++)
        text_addf(
            &text,
            "{\"Certificate\": {\"CertificateArn\": \"arn:aws:acm:eu-west-1:%012zu:certificate/"
            "%08zu-1234-1234-1234-123456789012\", \"DomainName\": \"%s.example\", "
            "\"Status\": \"%s\", \"InUseBy\": [], \"CreatedAt\": \"2026-11-%02zuT01:02:03Z\"}}\n",
            i % 7, i, texts[i % (sizeof texts / sizeof *texts)],
            i % 3 == 0 ? "PENDING_VALIDATION" : "ISSUED", i % 18 + 1);
    const char *folder = cli_folder(text_string(&text));
    text_free(&text);
    return folder;
}

static const char *in(const char *folder, const char *number, const char *name)
{
    return harness_format("%s/%s-%s", folder, number, name);
}

/* Writes all reports and a pack into folder, with that number of threads. */
static void write_all(const char *folder, const char *number, const char *const *inputs)
{
    const char *arguments[20] = {"--as-of", HARNESS_AS_OF, "--jobs",
                                 number,    "--pack",      in(folder, number, "pack")};
    size_t count = 6;
    for (int i = 0; i < COUNT(names); i++) {
        arguments[count++] = "-o";
        arguments[count++] = in(folder, number, names[i]);
    }
    while (*inputs != NULL)
        arguments[count++] = *inputs++;
    struct harness_result result = harness_run(&(struct harness_run){.arguments = arguments});
    cli_ends(&result, 1);
}

static void same_as_first(const char *folder, const char *number)
{
    const char *first = in(folder, jobs[0], "pack"), *pack = in(folder, number, "pack");
    const char *const *members = harness_list(first);
    for (int i = 0; i < COUNT(names); i++)
        HARNESS_REQUIRE(
            harness_same_bytes(in(folder, jobs[0], names[i]), in(folder, number, names[i])),
            "%s differs with --jobs %s", names[i], number);
    ck_assert_str_eq(harness_names(first), harness_names(pack));
    ck_assert_ptr_nonnull(*members);
    for (; *members != NULL; members++)
        HARNESS_REQUIRE(harness_same_bytes(harness_format("%s/%s", first, *members),
                                           harness_format("%s/%s", pack, *members)),
                        "%s differs with --jobs %s", *members, number);
}

START_TEST(test_same_for_any_jobs)
{
    const char *folder = _i == 0 ? harness_folder() : records();
    const char *file = harness_format("%s/in.json", folder);
    if (_i == 0)
        harness_note_sample("pack: numbers of threads", (size_t)jobs_count(), COUNT(jobs));
    for (int i = 0; i < jobs_count(); i++) {
        write_all(folder, jobs[i],
                  _i == 0 ? CLI_LIST("fixtures/example", "--scope", ADDED "scope.csv", "--waivers",
                                     ADDED "waivers.csv", "--baseline", ADDED "baseline.csv")
                          : CLI_LIST(file));
        same_as_first(folder, jobs[i]);
    }
}
END_TEST

/* No report fits on the disk: the error names the first one requested, and no file is left. */
START_TEST(test_first_error)
{
    HARNESS_ROW("%s", names[_i]);
    const char *folder = records(), *before = harness_names(folder);
    const char *first = names[_i], *second = names[(_i + 1) % 3], *third = names[(_i + 2) % 3];
    for (int i = 0; i < jobs_count(); i++) {
        struct harness_result result = harness_run(
            &(struct harness_run){.folder = folder,
                                  .arguments = CLI_LIST("in.json", "-q", "--jobs", jobs[i], "-o",
                                                        first, "-o", second, "-o", third),
                                  .file_limit = 20000});
        cli_ends(&result, 2);
        HARNESS_REQUIRE(strstr(result.error, harness_format("certaudit: %s: ", first)) != NULL &&
                            strstr(result.error, harness_format("certaudit: %s: ", second)) ==
                                NULL &&
                            strstr(result.error, harness_format("certaudit: %s: ", third)) == NULL,
                        "%s", result.error);
        ck_assert_str_eq(harness_names(folder), before);
    }
}
END_TEST

TCase *pack_jobs_case(void)
{
    TCase *tests = tcase_create("jobs");
    tcase_set_timeout(tests, 2 * HARNESS_SECONDS);
    tcase_add_loop_test(tests, test_same_for_any_jobs, 0, 2);
    tcase_add_loop_test(tests, test_first_error, 0, COUNT(names));
    return tests;
}
