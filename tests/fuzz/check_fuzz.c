/* check_fuzz.c: the corpora of tests/fuzz through their harnesses: what was found stays found. */
#include "fuzz/fuzz.h"
#include "support/harness.h"
#include <stdlib.h>
#include <sys/stat.h>

static const struct {
    const char *corpus;
    void (*run)(const uint8_t *, size_t);
} harnesses[] = {
    {"documents", fuzz_documents}, {"times", fuzz_times},     {"controls", fuzz_controls},
    {"scope", fuzz_scope},         {"waivers", fuzz_waivers}, {"baseline", fuzz_baseline},
};

/* The input that is being read, for the message. */
static const char *input;

_Noreturn void fuzz_fail(const char *file, int line, const char *what)
{
    HARNESS_FAIL("%s: %s:%d: does not hold: %s", input, file, line, what);
    abort(); /* not reached: the test has ended */
}

Suite *fuzz_suite(void);

START_TEST(test_corpus)
{
    const char *folder = harness_format("tests/fuzz/%s", harnesses[_i].corpus);
    const char *const *names = harness_list(harness_source(folder));
    ck_assert_msg(*names != NULL, "%s is empty", folder);
    for (; *names != NULL; names++) {
        size_t size;
        input = harness_format("%s/%s", folder, *names);
        const char *bytes = harness_read(harness_source(input), &size);
        harnesses[_i].run((const uint8_t *)bytes, size);
    }
}
END_TEST

/* Each folder of tests/fuzz is a harness's corpus. */
START_TEST(test_folders)
{
    struct stat status;
    size_t corpora = 0;
    const char *const *names = harness_list(harness_source("tests/fuzz"));
    for (; *names != NULL; names++) {
        const char *path = harness_source(harness_format("tests/fuzz/%s", *names));
        ck_assert_int_eq(stat(path, &status), 0);
        corpora += S_ISDIR(status.st_mode) ? 1 : 0;
    }
    ck_assert_uint_eq(corpora, sizeof harnesses / sizeof harnesses[0]);
}
END_TEST

Suite *fuzz_suite(void)
{
    Suite *suite = suite_create("fuzz");
    TCase *corpora = tcase_create("corpora");
    tcase_set_timeout(corpora, HARNESS_SECONDS);
    tcase_add_loop_test(corpora, test_corpus, 0, sizeof harnesses / sizeof harnesses[0]);
    tcase_add_test(corpora, test_folders);
    suite_add_tcase(suite, corpora);
    return suite;
}
