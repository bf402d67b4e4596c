/* check_cli_jobs.c: the result does not depend on the number of threads. */
#include "base/text.h"
#include "support/cli.h"
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 120, DOCUMENTS = 4000 };

/* Sound files, and files with something special early, when one thread still reads alone; in the
 * middle, in batches that several threads parse; or at the end. */
static const struct {
    const char *text; /* inserted before document at, see add_special; or NULL */
    size_t at;
    bool cut;     /* the file ends in the middle of that document */
    bool problem; /* one is reported */
} files[] = {
    {NULL, 0, false, false},
    {"{\"Certificate\": {\"CertificateArn\": \"x\", \"CertificateArn\": \"y\"}}\n", 3, false, true},
    {"{\"Certificate\": {\"CertificateArn\": \"x\", \"CertificateArn\": \"y\"}}\n", 2000, false,
     true},
    {"{\"Certificate\": {\"Options\": {\"a\": 1, \"\\u0061\": 2}}}\n", 2000, false, true},
    {"{\"Certificate\": {\"KeyUsages\": [{\"Name\": 1, \"Name\": 1}]}}\n", 3999, false, true},
    {"{\"Certificate\": {\"Status\": ISSUED}}\n", 2000, false, true},
    {"{\"Certificate\": {\"Status\": 1, \"Type\": 2}}\n", 2000, false, false},
    {"{\"Vpcs\": []}\n[]\nnull\n", 2000, false, true},
    {"#", 2000, false, true},
    {"@@\n", 2000, false, false},
    {"@{\"a\": 1, \"a\": 2}@\n", 2000, false, true},
    {NULL, 2000, true, true},
    {NULL, 3999, true, true},
};

enum { FILES = sizeof files / sizeof files[0] };

static void add_document(struct text *text, size_t number, bool lines)
{
    const char *status = number % 50 == 0 ? "PENDING_VALIDATION" : "ISSUED";
    const char *space = lines ? " " : "\n    ";
    text_addf(text,
              "{%s\"Certificate\": {%s\"CertificateArn\": "
              "\"arn:aws:acm:eu-west-%zu:11112222%04zu:certificate/%zu\",%s\"DomainName\": "
              "\"n%zu.example.com\",%s\"DomainValidationOptions\": [{\"DomainName\": "
              "\"n%zu.example.com\", \"ValidationStatus\": \"SUCCESS\"}],%s\"Status\": \"%s\",",
              space, space, number % 3, number % 7, number - number % 10 / 9, space, number, space,
              number, space, status);
    text_addf(text,
              "%s\"NotAfter\": %s,%s\"KeyUsages\": [{\"Name\": \"DIGITAL_SIGNATURE\"}, {\"Name\": "
              "\"KEY_ENCIPHERMENT\"}],%s\"Type\": \"%s\",%s\"Options\": {\"Export\": "
              "\"DISABLED\"},%s\"InUseBy\": []}}\n",
              space, number % 11 == 0 ? "1.8e9" : "\"2027-01-01T00:00:00+00:00\"", space, space,
              number % 13 == 0 ? "IMPORTED" : "AMAZON_ISSUED", space, space);
}

/* Adds the text. @ is a document that is longer than a batch, # more documents than a batch may
 * have. */
static void add_special(struct text *text, const char *special)
{
    enum { ELEMENTS = 3000, ARRAYS = 20000 };
    for (; *special != '\0'; special++) {
        if (*special == '@') {
            for (size_t i = 0; i < ELEMENTS; i++)
                text_addf(text,
                          "%s{\"CertificateArn\": \"arn:aws:acm:eu-west-1:222211110000:"
                          "certificate/%zu\", \"DomainName\": \"listed.example.com\"}",
                          i == 0 ? "{\"CertificateSummaryList\": [" : ", ", i);
            text_add(text, "]}");
        } else if (*special == '#') {
            for (size_t i = 0; i < ARRAYS; i++)
                text_add(text, "[]\n");
        } else {
            text_add_bytes(text, special, 1);
        }
    }
}

/* About three megabytes: more than a dozen batches. */
static void write_file(const char *path, size_t which, bool lines)
{
    struct text text = TEXT_EMPTY;
    size_t start = 0;
    for (size_t i = 0; i < DOCUMENTS; i++) {
        start = text.length;
        if (files[which].text != NULL && i == files[which].at)
            add_special(&text, files[which].text);
        add_document(&text, i, lines);
        if (files[which].cut && i == files[which].at)
            break;
    }
    if (files[which].cut)
        text.bytes[(start + text.length) / 2] = '\0';
    harness_write(path, text_string(&text));
    text_free(&text);
}

/* Reports, messages and status are the same for one thread and for several. A sample has each file
 * in one layout only, and fewer numbers of threads. */
START_TEST(threads_read_the_same)
{
    static const char *const jobs[] = {"1", "8", "2", "3"};
    const char *folder = harness_folder();
    size_t which = (size_t)_i / 2, count = harness_full() ? sizeof jobs / sizeof jobs[0] : 2;
    if (!harness_full() && which % 2 != (size_t)_i % 2)
        return;
    if (_i == 0)
        harness_note_sample("cli: files read with several numbers of threads",
                            harness_full() ? 2 * FILES : FILES, 2 * FILES);
    write_file(harness_format("%s/in.json", folder), which, _i % 2 != 0);
    struct harness_result first = {0};
    for (size_t i = 0; i < count; i++) {
        const char *pack = harness_format("pack%zu", i);
        struct harness_result result =
            CLI_RUN(folder, "in.json", "-j", jobs[i], "--as-of", HARNESS_AS_OF, "--pack", pack);
        HARNESS_REQUIRE(result.status == 1, "file %zu, -j %s: expected status 1, got %d\n%s", which,
                        jobs[i], result.status, result.error);
        if (i == 0) {
            first = result;
            continue;
        }
        HARNESS_REQUIRE(strcmp(first.error, result.error) == 0,
                        "file %zu, -j %s\nexpected: %s\ngot: %s", which, jobs[i], first.error,
                        result.error);
        /* the digest of the whole pack */
        HARNESS_REQUIRE(strcmp(first.output, result.output) == 0,
                        "file %zu, -j %s: the pack differs", which, jobs[i]);
    }
    HARNESS_REQUIRE((strstr(first.error, "in.json:") != NULL) == files[which].problem,
                    "file %zu: %s", which, first.error);
}
END_TEST

TCase *cli_jobs_case(void)
{
    TCase *tcase = tcase_create("jobs");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_loop_test(tcase, threads_read_the_same, 0, 2 * FILES);
    return tcase;
}
