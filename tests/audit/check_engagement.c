/*
 * check_engagement.c: the example with the scope, the waivers and the baseline of
 * fixtures/engagement, against tests/expected/engagement.tsv, which was worked out by hand.
 */
#include "support/cli.h"
#include "support/sheet.h"
#include <string.h>

Suite *engagement_suite(void);

#define ADDED "fixtures/engagement/"

static const char *pack;

/* Once for all tests, which only read it. */
static void make_pack(void)
{
    const char *folder = harness_folder();
    struct harness_result result =
        CLI_RUN(NULL, "fixtures/example", "--as-of", HARNESS_AS_OF, "--scope", ADDED "scope.csv",
                "--waivers", ADDED "waivers.csv", "--baseline", ADDED "baseline.csv", "--pack",
                harness_format("%s/pack", folder));
    cli_ends(&result, 1);
    pack = harness_format("%s/pack", folder);
}

static struct sheet *expected(void)
{
    return sheet_read_tsv("tests/expected/engagement.tsv");
}

static bool is_of(const struct sheet *table, size_t row, const char *name)
{
    return strcmp(sheet_value(table, row, "table"), name) == 0;
}

static void compare(struct sheet_set *wanted, struct sheet_set *found)
{
    ck_assert_uint_gt(wanted->count, 0);
    const char *difference = sheet_set_difference(wanted, found);
    HARNESS_REQUIRE(*difference == '\0', "%s", difference);
}

START_TEST(test_changes)
{
    static const char *const kinds[] = {"new",      "regressed",     "resolved",
                                        "vanished", "still failing", "changed"};
    static const char *const titles[] = {"row", "first", "second", "note", NULL};
    const struct sheet *table = expected();
    const struct sheet *changes = sheet_read_csv(harness_format("%s/changes.csv", pack));
    struct sheet_set wanted = {0}, found = {0};
    size_t kind = 0;
    for (size_t row = 1; row < table->count; row++)
        if (is_of(table, row, "Changes"))
            sheet_set_add(&wanted, sheet_join(table, row, titles));
    for (size_t row = 1; row < changes->count; row++) {
        const char *change = sheet_value(changes, row, "change");
        sheet_set_add(&found, harness_format("%s | %s | %s > %s | %s",
                                             sheet_value(changes, row, "certificate"), change,
                                             sheet_value(changes, row, "before"),
                                             sheet_value(changes, row, "after"),
                                             sheet_value(changes, row, "failing_since")));
        while (kind < 6 && strcmp(kinds[kind], change) != 0)
            kind++;
        HARNESS_REQUIRE(kind < 6, "row %zu: %s is out of order", row, change);
    }
    compare(&wanted, &found);
}
END_TEST

/* `part` or `part|part`, each of which the text holds. */
static void holds_parts(const char *text, const char *parts, const char *row)
{
    while (*parts != '\0') {
        size_t length = strcspn(parts, "|");
        const char *part = harness_format("%.*s", (int)length, parts);
        HARNESS_REQUIRE(strstr(text, part) != NULL, "%s: \"%s\" is not in: %s", row, part, text);
        parts += length + (parts[length] == '|');
    }
}

/* In the order of the file, which begins below its header. */
START_TEST(test_waivers)
{
    const struct sheet *table = expected();
    const struct sheet *waivers = sheet_read_csv(harness_format("%s/waivers.csv", pack));
    size_t line = 1;
    for (size_t row = 1; row < table->count; row++) {
        if (!is_of(table, row, "Waivers"))
            continue;
        const char *note = sheet_value(table, row, "note");
        ck_assert_str_eq(sheet_value(table, row, "row"), harness_format("%zu", line + 1));
        ck_assert_uint_lt(line, waivers->count);
        const char *found = sheet_value(waivers, line, "note");
        ck_assert_str_eq(sheet_value(waivers, line, "state"), sheet_value(table, row, "first"));
        ck_assert_str_eq(sheet_value(waivers, line, "matched"), sheet_value(table, row, "second"));
        HARNESS_REQUIRE((*note == '\0') == (*found == '\0'), "line %zu: %s", line + 1, found);
        holds_parts(found, note, harness_format("line %zu", line + 1));
        line++;
    }
    ck_assert_uint_eq(line, waivers->count);
}
END_TEST

static size_t row_of(const struct sheet *coverage, const char *place)
{
    for (size_t row = 1; row < coverage->count; row++)
        if (strcmp(place, harness_format("%s %s %s", sheet_value(coverage, row, "account"),
                                         sheet_value(coverage, row, "region"),
                                         sheet_value(coverage, row, "service"))) == 0)
            return row;
    HARNESS_FAIL("no row for %s", place);
}

START_TEST(test_coverage)
{
    const struct sheet *table = expected();
    const struct sheet *coverage = sheet_read_csv(harness_format("%s/coverage.csv", pack));
    size_t rows = 0;
    for (size_t row = 1; row < table->count; row++) {
        if (!is_of(table, row, "Coverage"))
            continue;
        const char *place = sheet_value(table, row, "row");
        size_t at = row_of(coverage, place);
        const char *note = sheet_value(coverage, at, "note");
        const char *in_scope = sheet_value(table, row, "first");
        const char *lacks = sheet_value(table, row, "lacks");
        const char *found = sheet_value(coverage, at, "in_scope");
        rows++;
        if (*in_scope == '\0') /* no line of the scope */
            HARNESS_REQUIRE(strcmp(found, "yes") != 0 && strcmp(found, "no") != 0, "%s: %s", place,
                            found);
        else
            HARNESS_REQUIRE(strcmp(found, in_scope) == 0, "%s: %s", place, found);
        ck_assert_str_eq(sheet_value(coverage, at, "account_name"),
                         sheet_value(table, row, "second"));
        holds_parts(note, sheet_value(table, row, "note"), place);
        HARNESS_REQUIRE(*lacks == '\0' || strstr(note, lacks) == NULL, "%s: %s", place, note);
    }
    ck_assert_uint_eq(coverage->count - 1, rows);
}
END_TEST

/* What every summary says of it, and who owns what failed. */
START_TEST(test_summary)
{
    static const char *const says[] = {
        "12 of 42 certificates in scope fail: 4 in use, 2 of unknown use; 3 overdue, 5 due within "
        "7 "
        "days. 8 could not be decided.",
        "8 places in scope have no evidence",
        "Out of scope: 4 certificates (4 UNKNOWN), not counted; see the column in_scope.",
        "Training sandbox, rebuilt every night and without customer data",
        "3 failures are waived, not counted as failing.",
        "A waiver is not a compensating control: under PCI DSS the finding stands.",
        "1 failure of the baseline has vanished",
        "its dates are checked here, not its authority",
        "6 new, 4 regressed, 2 resolved, 2 vanished, 3 still failing, 8 changed",
    };
    const char *page = harness_read(harness_format("%s/report.md", pack), NULL);
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
        HARNESS_REQUIRE(strstr(page, says[i]) != NULL, "report.md lacks: %s", says[i]);
    const struct sheet *findings = sheet_read_csv(harness_format("%s/findings.csv", pack));
    ck_assert_uint_eq(findings->count, 47);
    for (size_t row = 1; row < findings->count; row++) {
        bool sandbox = strcmp(sheet_value(findings, row, "account"), "444455556666") == 0 &&
                       strcmp(sheet_value(findings, row, "region"), "us-east-1") == 0;
        ck_assert_str_eq(sheet_value(findings, row, "in_scope"), sandbox ? "no" : "yes");
        bool staging = strcmp(sheet_value(findings, row, "account"), "444455556666") == 0;
        bool retail = strcmp(sheet_value(findings, row, "account"), "111122223333") == 0;
        ck_assert_str_eq(sheet_value(findings, row, "account_name"), staging  ? "Staging"
                                                                     : retail ? "Retail production"
                                                                              : "Corporate");
        ck_assert_str_eq(sheet_value(findings, row, "owner"), staging  ? "Quality Engineering team"
                                                              : retail ? "Digital Platform team"
                                                                       : "Workplace Services team");
    }
}
END_TEST

Suite *engagement_suite(void)
{
    Suite *suite = suite_create("engagement");
    TCase *example = tcase_create("example");
    tcase_set_timeout(example, HARNESS_SECONDS);
    tcase_add_unchecked_fixture(example, make_pack, NULL);
    tcase_add_test(example, test_changes);
    tcase_add_test(example, test_waivers);
    tcase_add_test(example, test_coverage);
    tcase_add_test(example, test_summary);
    suite_add_tcase(suite, example);
    return suite;
}
