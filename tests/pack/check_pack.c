/* check_pack.c: the files of an evidence pack, and whether they agree with each other. */
#include "support/cli.h"
#include "support/sheet.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

Suite *pack_suite(void);

enum { DIGITS = 64 };

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define EXAMPLE "fixtures/example"
#define ADDED "fixtures/engagement/"
#define ADDITIONS                                                                                  \
    "--scope", ADDED "scope.csv", "--waivers", ADDED "waivers.csv", "--baseline",                  \
        ADDED "baseline.csv"

static const char *in(const char *folder, const char *name)
{
    return harness_format("%s/%s", folder, name);
}

/* The example with a scope, waivers and a baseline. */
static const char *make_pack(struct harness_result *result)
{
    const char *pack = in(harness_folder(), "pack");
    *result = CLI_RUN(NULL, EXAMPLE, "--as-of", HARNESS_AS_OF, ADDITIONS, "--pack", pack);
    cli_ends(result, 1);
    return pack;
}

#define BEFORE "INPUTS.SHA256SUMS SHA256SUMS certificates.csv "
#define BETWEEN "controls.csv coverage.csv evidence.csv findings.csv report.md report.xlsx "
#define LAST "requests.md run.csv"

static const struct {
    const char *options[5], *names;
} listings[] = {
    {{NULL}, BEFORE BETWEEN LAST},
    {{"--scope", ADDED "scope.csv"}, BEFORE BETWEEN LAST},
    {{"--waivers", ADDED "waivers.csv"}, BEFORE BETWEEN LAST " waivers.csv"},
    {{"--baseline", ADDED "baseline.csv"}, BEFORE "changes.csv " BETWEEN LAST},
    {{"--waivers", ADDED "waivers.csv", "--baseline", ADDED "baseline.csv"},
     BEFORE "changes.csv " BETWEEN LAST " waivers.csv"},
};

START_TEST(test_listing)
{
    HARNESS_ROW("%s", listings[_i].options[0]);
    const char *parent = harness_folder();
    const char *arguments[9] = {EXAMPLE, "--pack", in(parent, "pack")};
    for (int i = 0; i < 5 && listings[_i].options[i] != NULL; i++)
        arguments[3 + i] = listings[_i].options[i];
    struct harness_result result = harness_run(&(struct harness_run){.arguments = arguments});
    cli_ends(&result, 1);
    ck_assert_str_eq(harness_names(in(parent, "pack")), listings[_i].names);
    ck_assert_str_eq(harness_names(parent), "pack");
}
END_TEST

static void checks(const char *folder, const char *sums)
{
    struct harness_run how = {.program = "sha256sum",
                              .folder = folder,
                              .arguments = CLI_LIST("--check", "--strict", sums)};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "%s%s", result.output, result.error);
}

START_TEST(test_sums)
{
    struct harness_result result;
    const char *pack = make_pack(&result);
    checks(pack, "SHA256SUMS");
    checks(NULL, in(pack, "INPUTS.SHA256SUMS"));
    const char *sums = harness_read(in(pack, "SHA256SUMS"), NULL);
    size_t files = 0, lines = 0;
    for (const char *const *name = harness_list(pack); *name != NULL; name++, files++)
        HARNESS_REQUIRE(strcmp(*name, "SHA256SUMS") == 0 ||
                            strstr(sums, harness_format("  %s\n", *name)) != NULL,
                        "missing from SHA256SUMS: %s\n%s", *name, sums);
    for (const char *at = sums; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    ck_assert_uint_eq(lines, files - 1);
    /* Exactly the files that have a digest in the Evidence table. */
    const struct sheet *evidence = sheet_read_csv(in(pack, "evidence.csv"));
    const char *inputs = harness_read(in(pack, "INPUTS.SHA256SUMS"), NULL);
    size_t hashed = 0, named = 0;
    for (size_t row = 1; row < evidence->count; row++) {
        const char *sha256 = sheet_value(evidence, row, "sha256");
        if (*sha256 == '\0')
            continue;
        hashed++;
        const char *line = harness_format("%s  %s\n", sha256, sheet_value(evidence, row, "file"));
        HARNESS_REQUIRE(strstr(inputs, line) != NULL, "missing from INPUTS.SHA256SUMS: %s\n%s",
                        line, inputs);
    }
    for (const char *at = inputs; (at = strchr(at, '\n')) != NULL; at++)
        named++;
    ck_assert_uint_eq(named, hashed);
    ck_assert_uint_gt(named, 20);
}
END_TEST

/* Standard output contains only the digest, with any other option. */
START_TEST(test_digest)
{
    static const char *const also[] = {"--as-of=2026-11-20", "-q", "-v", "-o"};
    HARNESS_ROW("%s", also[_i]);
    const char *parent = harness_folder(), *pack = in(parent, "pack");
    struct harness_run how = {.arguments =
                                  CLI_LIST(EXAMPLE, "--pack", pack, also[_i],
                                           _i == 3 ? in(parent, "x.csv") : "--as-of=2026-11-20")};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 1);
    const char *hex = harness_tool("sha256sum", CLI_LIST(in(pack, "SHA256SUMS")));
    ck_assert_str_eq(result.output, harness_format("%.*s\n", DIGITS, hex));
    for (int i = 0; i < DIGITS; i++)
        ck_assert(isxdigit((unsigned char)result.output[i]) && !isupper(result.output[i]));
}
END_TEST

/* The sheet as read by xlsx2csv, from the header down. */
static struct sheet *sheet_of(const char *pack, const char *name, const char *first)
{
    const char *file = in(harness_folder(), "sheet.csv");
    struct harness_run how = {.program = "xlsx2csv",
                              .arguments = CLI_LIST("-n", name, in(pack, "report.xlsx")),
                              .output = file};
    struct harness_result result = harness_run(&how);
    HARNESS_REQUIRE(result.status == 0, "%s: %s", name, result.error);
    struct sheet *sheet = sheet_read_csv(file);
    sheet_skip_to(sheet, first);
    return sheet;
}

static const struct {
    const char *file, *sheet, *first;
    const char *keys[4]; /* columns whose cells are the same text in both formats */
} tables[] = {
    {"findings.csv", "Findings", "ref", {"ref", "result", "rule"}},
    {"certificates.csv", "Certificates", "account", {"region", "service", "arn"}},
    {"controls.csv", "Controls", "framework", {"rule", "control", "relation"}},
    {"coverage.csv", "Coverage", "account", {"region", "service", "in_scope"}},
    {"evidence.csv", "Evidence", "file", {"state", "file", "sha256"}},
    {"waivers.csv", "Waivers", "rule", {"rule", "state", "ticket"}},
    {"changes.csv", "Changes", "change", {"change", "ref", "after"}},
};

START_TEST(test_tables_agree)
{
    HARNESS_ROW("%s", tables[_i].file);
    struct harness_result result;
    const char *pack = make_pack(&result);
    const struct sheet *csv = sheet_read_csv(in(pack, tables[_i].file));
    const struct sheet *xlsx = sheet_of(pack, tables[_i].sheet, tables[_i].first);
    ck_assert_uint_gt(csv->count, 1);
    struct sheet_set expected = {0}, found = {0};
    for (size_t row = 1; row < csv->count; row++)
        sheet_set_add(&expected, sheet_join(csv, row, tables[_i].keys));
    for (size_t row = 1; row < xlsx->count; row++)
        sheet_set_add(&found, sheet_join(xlsx, row, tables[_i].keys));
    const char *difference = sheet_set_difference(&expected, &found);
    HARNESS_REQUIRE(*difference == '\0', "%s, expected: csv%s", tables[_i].file, difference);
}
END_TEST

static const char *const results[] = {"FAIL", "UNKNOWN", "WAIVED", "PASS", "NOT_APPLICABLE"};
static const unsigned long counts[] = {12, 8, 3, 11, 8};

/* The sum of the counts in rows such as `| condition | 2 | FAIL |`. */
static unsigned long count_in_markdown(const char *page, const char *wanted)
{
    unsigned long count = 0;
    for (const char *at = page; (at = strstr(at, harness_format(" | %s | ", wanted))) != NULL;) {
        const char *number = at++;
        while (number > page && number[-1] != ' ')
            number--;
        count += strtoul(number, NULL, 10);
    }
    return count;
}

START_TEST(test_counts_agree)
{
    struct harness_result result;
    const char *pack = make_pack(&result), *page = harness_read(in(pack, "report.md"), NULL);
    const struct sheet *findings = sheet_read_csv(in(pack, "findings.csv"));
    page = strstr(page, "\n## Results\n");
    ck_assert_ptr_nonnull(page);
    const char *end = strstr(page + 1, "\n## ");
    ck_assert_ptr_nonnull(end);
    page = harness_format("%.*s", (int)(end - page), page);
    for (int i = 0; i < COUNT(results); i++) {
        unsigned long found = 0;
        for (size_t row = 1; row < findings->count; row++)
            found += strcmp(sheet_value(findings, row, "result"), results[i]) == 0 &&
                     strcmp(sheet_value(findings, row, "in_scope"), "no") != 0;
        ck_assert_uint_eq(found, counts[i]);
        ck_assert_uint_eq(count_in_markdown(page, results[i]), counts[i]);
    }
}
END_TEST

START_TEST(test_findings_are_those_of_the_report)
{
    const char *parent = harness_folder();
    struct harness_result result =
        CLI_RUN(NULL, EXAMPLE, "--as-of", HARNESS_AS_OF, ADDITIONS, "--pack", in(parent, "pack"),
                "-o", in(parent, "x.csv"), "-o", in(parent, "x.md"), "-o", in(parent, "x.xlsx"));
    cli_ends(&result, 1);
    ck_assert(harness_same_bytes(in(parent, "x.csv"), in(parent, "pack/findings.csv")));
    ck_assert(harness_same_bytes(in(parent, "x.md"), in(parent, "pack/report.md")));
    ck_assert(harness_same_bytes(in(parent, "x.xlsx"), in(parent, "pack/report.xlsx")));
}
END_TEST

static const char *const surroundings[][2] = {{"TZ=UTC0", "LC_ALL=C"},
                                              {"TZ=XYZ-5:45", "LC_ALL=C.UTF-8"}};

START_TEST(test_same_bytes)
{
    const char *parent = harness_folder(), *one = in(parent, "one"), *two = in(parent, "two");
    const char *const *orders[] = {
        CLI_LIST(EXAMPLE "/production-111122223333", EXAMPLE "/staging-444455556666", EXAMPLE,
                 "--as-of", HARNESS_AS_OF, ADDITIONS, "--pack", one, "--title", "Review"),
        CLI_LIST("--title=Review", "-q", "--pack", two, "-o", in(parent, "x.md"), EXAMPLE, "-v",
                 "--baseline", ADDED "baseline.csv", EXAMPLE "/staging-444455556666", "--waivers",
                 ADDED "waivers.csv", EXAMPLE "/production-111122223333", "--scope",
                 ADDED "scope.csv", "--as-of", "2026-11-20", EXAMPLE),
    };
    for (int i = 0; i < 2; i++) {
        struct harness_run how = {.arguments = orders[i],
                                  .environment = CLI_LIST(surroundings[i][0], surroundings[i][1])};
        struct harness_result result = harness_run(&how);
        cli_ends(&result, 1);
    }
    struct harness_run diff = {.program = "diff", .arguments = CLI_LIST("-r", one, two)};
    struct harness_result difference = harness_run(&diff);
    HARNESS_REQUIRE(difference.status == 0, "%s%s", difference.output, difference.error);
}
END_TEST

static const char *fact(const struct sheet *run, const char *name, size_t number)
{
    for (size_t row = 1; row < run->count; row++)
        if (strcmp(sheet_value(run, row, "name"), name) == 0 && number-- == 0)
            return sheet_value(run, row, "value");
    HARNESS_FAIL("run.csv has no %s", name);
}

/* dated: the as-of time of a baseline, or "". */
static void names_file(const struct sheet *run, const char *name, const char *path,
                       const char *dated)
{
    const char *hex = harness_tool("sha256sum", CLI_LIST(path));
    ck_assert_str_eq(fact(run, name, 0),
                     harness_format("%s%s, SHA-256 %.*s", path, dated, DIGITS, hex));
}

/* The values of run.csv, which are also in report.md and in the Summary of the workbook. */
START_TEST(test_provenance)
{
    const char *parent = harness_folder(), *pack = in(parent, "target");
    struct harness_result result =
        CLI_RUN(NULL, EXAMPLE "/staging-444455556666", EXAMPLE "/corporate-123456789012", "--pack",
                pack, "--as-of", HARNESS_AS_OF, ADDITIONS, "-o", in(parent, "other.csv"), "-q",
                "-v", "--title", "Spring review", "--cutoff", "2014-04-08", "--rule", "IAM-033",
                "--framework", "PCI DSS", "--controls", "src/rules/controls.csv");
    cli_ends(&result, 1);
    const struct sheet *run = sheet_read_csv(in(pack, "run.csv"));
    ck_assert_str_eq(fact(run, "title", 0), "Spring review");
    ck_assert_str_eq(fact(run, "as of", 0), HARNESS_AS_OF);
    ck_assert_str_eq(fact(run, "cut-off of IAM-033", 0), "2014-04-08T00:00:00Z");
    ck_assert_ptr_nonnull(strstr(fact(run, "version", 0), "certaudit "));
    ck_assert_ptr_nonnull(strstr(fact(run, "rules", 0), "IAM-033"));
    ck_assert_ptr_null(strstr(fact(run, "rules", 0), "ACM-005"));
    ck_assert_str_eq(fact(run, "frameworks", 0), "PCI DSS v4.0.1");
    names_file(run, "control table", "src/rules/controls.csv", "");
    names_file(run, "scope", ADDED "scope.csv", "");
    names_file(run, "waivers", ADDED "waivers.csv", "");
    names_file(run, "baseline", ADDED "baseline.csv", ", as of 2026-08-20T00:00:00Z");
    ck_assert_str_eq(fact(run, "path", 0), EXAMPLE "/corporate-123456789012");
    ck_assert_str_eq(fact(run, "path", 1), EXAMPLE "/staging-444455556666");
    ck_assert_uint_eq(run->count, 15);
    const char *hex = harness_tool("sha256sum", CLI_LIST(harness_program()));
    ck_assert_str_eq(fact(run, "program SHA-256", 0), harness_format("%.*s", DIGITS, hex));
    const char *version = CLI_RUN(NULL, "--version").output;
    ck_assert_ptr_nonnull(strstr(version, harness_format("commit %s\n", fact(run, "commit", 0))));
    const char *text = harness_read(in(pack, "run.csv"), NULL);
    static const char *const never[] = {"target", "other.csv", "pack", "output",
                                        "quiet",  "verbose",   "\"-"};
    for (int i = 0; i < COUNT(never); i++)
        HARNESS_REQUIRE(strstr(text, never[i]) == NULL, "unexpected in run.csv: %s\n%s", never[i],
                        text);
    const char *page = harness_read(in(pack, "report.md"), NULL);
    struct harness_run how = {.program = "xlsx2csv",
                              .arguments = CLI_LIST("-n", "Summary", in(pack, "report.xlsx"))};
    const char *summary = harness_run(&how).output;
    for (size_t row = 1; row < run->count - 2; row++) { /* only run.csv names the program */
        const char *value = sheet_value(run, row, "value");
        HARNESS_REQUIRE(strstr(page, value) != NULL, "missing from report.md: %s", value);
        HARNESS_REQUIRE(strstr(summary, value) != NULL, "missing from the Summary: %s", value);
    }
}
END_TEST

TCase *pack_jobs_case(void);
TCase *pack_place_case(void);
TCase *pack_summary_case(void);

Suite *pack_suite(void)
{
    Suite *suite = suite_create("pack");
    TCase *content = tcase_create("content");
    tcase_set_timeout(content, HARNESS_SECONDS);
    tcase_add_loop_test(content, test_listing, 0, COUNT(listings));
    tcase_add_test(content, test_sums);
    tcase_add_loop_test(content, test_digest, 0, 4);
    tcase_add_loop_test(content, test_tables_agree, 0, COUNT(tables));
    tcase_add_test(content, test_counts_agree);
    tcase_add_test(content, test_findings_are_those_of_the_report);
    tcase_add_test(content, test_same_bytes);
    tcase_add_test(content, test_provenance);
    suite_add_tcase(suite, content);
    suite_add_tcase(suite, pack_jobs_case());
    suite_add_tcase(suite, pack_place_case());
    suite_add_tcase(suite, pack_summary_case());
    return suite;
}
