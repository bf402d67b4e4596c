/* check_terminal_findings.c: wrapped and cut text, bars, and the certificates known only from a
 * list, which are counted by account and region. */
#include "report/check_report.h"
#include "support/harness.h"
#include "terminal/terminal_text.h"
#include "terminal/write_terminal.h"
#include <string.h>

#define ARN(account, region) "Arn=arn:aws:acm:" region ":" account ":certificate/"

/* Adds count summaries, whose ARNs end in numbers from first on. */
static void add_listed(struct evidence *evidence, const char *arn, size_t first, size_t count,
                       const char *changes)
{
    for (size_t i = first; i < first + count; i++)
        facts_summary(evidence, "list", harness_format("%s%zu|%s", arn, i, changes));
}

static const struct {
    const char *words, *lines;
    size_t column, most;
} wraps[] = {
    {"", "\n", 0, 0},
    {"one two", "one two\n", 0, 1},
    {"exactly as many columns as there are ...", "exactly as many columns as there are ...\n", 0,
     1},
    {"exactly as many columns as there are ....",
     "exactly as many columns as there are\xE2\x80\xA6\n", 0, 1},
    {"behind what takes the columns before it", "behind what takes the columns before\n  it\n", 2,
     0},
    {"behind what takes the columns before it", "behind what takes the columns before\n  it\n", 2,
     2},
    {"behind what takes the columns before it",
     "behind what takes the columns before\xE2\x80\xA6\n", 2, 1},
    {"a 01234567890123456789012345678901234567890123456789",
     "a\n  01234567890123456789012345678901234567890123456789\n", 0, 0},
    {"a 01234567890123456789012345678901234567890123456789",
     "a\n  0123456789012345678901234567890123456\xE2\x80\xA6\n", 0, 2},
    {"a 01234567890123456789012345678901234567890123456789",
     "a 0123456789012345678901234567890123456\xE2\x80\xA6\n", 0, 1},
    {"\xC3\xA9 is one column of the forty that are here",
     "\xC3\xA9 is one column of the forty that are\xE2\x80\xA6\n", 0, 1},
    {"no room", "\xE2\x80\xA6\n", 40, 1},
};

START_TEST(test_wraps)
{
    HARNESS_ROW("%s", wraps[_i].words);
    const struct terminal terminal = {false, 40, false};
    struct text text = TEXT_EMPTY;
    terminal_add_words(&text, &terminal, wraps[_i].column, wraps[_i].words, 2, wraps[_i].most);
    ck_assert_str_eq(text_string(&text), wraps[_i].lines);
    text_free(&text);
}
END_TEST

/* The largest count of a rule has the longest bar, and every count has one, if there is room. */
START_TEST(test_bars)
{
    struct terminal terminal = {false, 60, false};
    struct evidence *evidence = facts_evidence();
    add_listed(evidence, ARN("111122223333", "eu-west-1"), 0, 100, "InUse=yes");
    add_listed(evidence, ARN("111122223333", "eu-west-2"), 0, 50, "Status=PENDING_VALIDATION");
    add_listed(evidence, ARN("111122223333", "eu-west-3"), 0, 1, "Status=FAILED");
    facts_iam(evidence, "iam", "");
    const struct report *report = report_on(evidence);
    const char *text = report_written(report, &terminal);
    facts_holds(text, "\n  listed-only                 100  ########  UNKNOWN\n");
    facts_holds(text, "\n  request-pending-past-72h     50  ####      FAIL\n");
    facts_holds(text, "\n  request-failed                1  #         FAIL\n");
    facts_holds(text, "\n  uploaded-after-cutoff         1  ########  PASS\n");
    terminal.width = 58;
    facts_holds(report_written(report, &terminal), "\n  request-pending-past-72h     50  FAIL\n");
    terminal.width = 40;
    facts_holds(report_written(report, &terminal), "\n  request-pendin\xE2\x80\xA6     50  FAIL\n");
}
END_TEST

/* Thousands of them become a line for each account and region. Counts are unchanged, and -v prints
 * each. */
START_TEST(test_listed_only)
{
    struct terminal terminal = {false, 80, false};
    struct evidence *evidence = facts_evidence();
    add_listed(evidence, ARN("111122223333", "us-east-1"), 0, 2000, "InUse=no");
    add_listed(evidence, ARN("111122223333", "eu-west-1"), 0, 1,
               "InUse=no|Name=listed.example.com");
    add_listed(evidence, ARN("000000000001", "eu-west-1"), 0, 1, "InUse=no");
    add_listed(evidence, ARN("000000000001", "eu-west-1"), 1, 1, "InUse=yes");
    add_listed(evidence, ARN("000000000001", "eu-west-1"), 2, 1, "Status=SUSPENDED");
    const struct report *report = report_on(evidence);
    const char *text = report_written(report, &terminal);
    facts_holds(text, "incomplete (2004 certificates");
    facts_holds(text, "\n  listed-only                2003  ########  UNKNOWN\n");
    facts_holds(text, "    status-unknown, in use: Status \"SUSPENDED\"");
    facts_holds(text,
                "\n"
                "2 certificates in 000000000001 eu-west-1 were listed but not described, 1 in "
                "use\n"
                "    describe eu-west-1 > 000000000001-eu-west-1.json\n"
                "1 certificate in 111122223333 eu-west-1 was listed but not described\n"
                "    describe eu-west-1 > 111122223333-eu-west-1.json\n"
                "2000 certificates in 111122223333 us-east-1 were listed but not described\n"
                "    describe us-east-1 > 111122223333-us-east-1.json\n");
    facts_holds(text, "\n    describe() {\n");
    facts_lacks(text, "listed.example.com");
    ck_assert_uint_lt(strlen(text), 4000);
    terminal.verbose = true;
    text = report_written(report, &terminal);
    facts_holds(text, " ACM-005 111122223333 eu-west-1 listed.example.com\n"
                      "    listed-only: A list shows Status ISSUED");
    facts_holds(text, "1 certificate in 111122223333 eu-west-1 was listed but not described\n");
}
END_TEST

/* If lists conflict, the finding is printed, too. */
START_TEST(test_listed_conflict)
{
    const struct terminal terminal = {false, 80, false};
    struct evidence *evidence = facts_evidence();
    facts_summary(evidence, "a", "Type=IMPORTED");
    facts_summary(evidence, "b", "");
    const char *text = report_written(report_on(evidence), &terminal);
    facts_holds(text, "    listed-only, in use: A list shows Status ISSUED");
    facts_lacks(text, "listed but not described");
}
END_TEST

/* Regions, and names of files, are harmless words, whatever the export contains. */
static const struct {
    const char *arn, *lines;
} places[] = {
    {"arn:aws:acm::111122223333:certificate/1", "    describe REGION > 111122223333-REGION.json\n"},
    {"arn:aws:acm:eu-west-1:../../x:certificate/1",
     "    describe eu-west-1 > ACCOUNT-eu-west-1.json\n"},
    {"arn:aws:acm:$(id):111122223333:certificate/1",
     "    describe REGION > 111122223333-REGION.json\n"},
    {"arn:aws:acm:-x:111122223333:certificate/1",
     "    describe REGION > 111122223333-REGION.json\n"},
    {"arn:aws:acm:\xE2\x80\xAEx:111122223333:certificate/1",
     "    describe REGION > 111122223333-REGION.json\n"},
    {"no-arn", "\n1 certificate in (no account) (no region) was listed but not described"},
};

START_TEST(test_places)
{
    HARNESS_ROW("%s", places[_i].arn);
    const struct terminal terminal = {false, 80, false};
    struct evidence *evidence = facts_evidence();
    facts_set(facts_summary(evidence, "list", ""), "Arn", places[_i].arn);
    facts_holds(report_written(report_on(evidence), &terminal), places[_i].lines);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void report_add_summary(Suite *suite)
{
    TCase *summary = tcase_create("summary");
    tcase_add_loop_test(summary, test_wraps, 0, COUNT(wraps));
    tcase_add_test(summary, test_bars);
    tcase_add_test(summary, test_listed_only);
    tcase_add_test(summary, test_listed_conflict);
    tcase_add_loop_test(summary, test_places, 0, COUNT(places));
    suite_add_tcase(suite, summary);
}
