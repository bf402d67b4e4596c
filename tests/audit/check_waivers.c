/* check_waivers.c: the waiver register: its lines, its patterns, its dates to the second, and what
 * it does to a failure. */
#include "audit/verdict.h"
#include "audit/waivers.h"
#include "base/pool.h"
#include "csv/read_waivers.h"
#include "support/facts.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

Suite *waivers_suite(void);

#define HEADER "rule,arn,owner,approver,approved,reason,ticket,expires\n"
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* Reads the file that holds the text. */
static bool read_text(struct waivers *waivers, const char *name, const char *text,
                      struct text *error)
{
    harness_write(name, text);
    bool fine = read_waivers(waivers, name, facts_pool(), error);
    if (waivers->lines != NULL)
        harness_keep(waivers->lines);
    return fine;
}

static struct waivers *waivers_of(const char *lines)
{
    struct waivers *waivers = pool_alloc(facts_pool(), sizeof *waivers);
    struct text error = TEXT_EMPTY;
    bool fine = read_text(waivers, harness_format("%s/waivers.csv", harness_folder()),
                          harness_format(HEADER "%s", lines), &error);
    ck_assert_msg(fine, "%s", facts_kept(&error));
    return waivers;
}

#define LINE(rule, arn, approved, expires)                                                         \
    rule "," arn ",Team,Head of Security," approved ",why,RISK-1," expires "\n"
#define GOOD LINE("IAM-033", "*", "2026-01-01", "2026-12-31")

/* Texts of the file below the header; says is NULL where all is well. */
static const struct {
    const char *lines;
    size_t line;
    const char *says;
} files[] = {
    {"", 0, NULL},
    {GOOD, 0, NULL},
    {GOOD GOOD, 0, NULL},
    {"IAM-033,*,o,a,2026-01-01,r,,2026-12-31", 0, NULL},
    {"ACM-005,*,o,a,2026-01-01,r,t,2026-01-01\r\n", 0, NULL},
    {"ACM-005,*,o,a,2024-02-29,r,t,2024-02-29\n", 0, NULL},
    {",*,o,a,2026-01-01,r,t,2026-12-31\n", 2, "rule is empty"},
    {GOOD "IAM-033,,o,a,2026-01-01,r,t,2026-12-31\n", 3, "arn"},
    {"IAM-033,*,,a,2026-01-01,r,t,2026-12-31\n", 2, "owner"},
    {"IAM-033,*,o,,2026-01-01,r,t,2026-12-31\n", 2, "approver"},
    {"IAM-033,*,o,a,,r,t,2026-12-31\n", 2, "approved"},
    {"IAM-033,*,o,a,2026-01-01,,t,2026-12-31\n", 2, "reason"},
    {"IAM-033,*,o,a,2026-01-01,r,t,\n", 2, "expires"},
    {GOOD "\n\nIAM-034,*,o,a,2026-01-01,r,t,2026-12-31\n", 5, "rule: \"IAM-034\" is unknown"},
    {"IAM-033,*,o,a,2026-1-1,r,t,2026-12-31\n", 2, "2026-1-1"},
    {"IAM-033,*,o,a,01/02/2026,r,t,2026-12-31\n", 2,
     "approved: \"01/02/2026\" is not a date; write YYYY-MM-DD"},
    {"IAM-033,*,o,a,2026-01-01T00:00:00Z,r,t,2026-12-31\n", 2, "2026-01-01T00:00:00Z"},
    {"IAM-033,*,o,a,2026-01-01,r,t,2026-02-30\n", 2, "2026-02-30"},
    {"IAM-033,*,o,a,2026-01-01,r,t,2026-13-01\n", 2, "2026-13-01"},
    {"IAM-033,*,o,a,2025-02-29,r,t,2026-01-01\n", 2, "2025-02-29"},
    {"IAM-033,*,o,a,2026-01-01,r,t,2026-12-31 \n", 0, NULL},
    {"IAM-033,*,o,a,2026-01-01,r,t,never\n", 2,
     "expires: \"never\" is not a date; write YYYY-MM-DD"},
    {"IAM-033,*,o,a,2026-01-02,r,t,2026-01-01\n", 2,
     "expires (2026-01-01) is before approved (2026-01-02)"},
    {"IAM-033,*,o,a,2026-01-01,\"two\nlines\",t,2026-12-31\n"
     "X,*,o,a,2026-01-01,r,t,2026-12-31\n",
     4, "X"},
    {"IAM-033,*,o,a,2026-01-01,r,2026-12-31\n", 2, "expected 8 fields, found 7"},
    {"IAM-033,*,o,a,2026-01-01,r,t,2026-12-31,x\n", 2, "expected 8 fields, found 9"},
    {"IAM-033,*,o,a,2026-01-01,\"r,t,2026-12-31\n", 2, "quoting"},
    {"\x1B[31m,*,o,a,2026-01-01,r,t,2026-12-31\n", 2, "\\x1B[31m"},
};

START_TEST(test_file)
{
    HARNESS_ROW("%s", files[_i].lines);
    struct waivers waivers = {0};
    struct text error = TEXT_EMPTY;
    const char *name = harness_format("%s/waivers.csv", harness_folder());
    bool fine = read_text(&waivers, name, harness_format(HEADER "%s", files[_i].lines), &error);
    facts_read(fine, facts_kept(&error), name, files[_i].line, files[_i].says);
}
END_TEST

/* ticket is optional, like compensating_control. */
static const char *const names[] = {"rule",     "arn",    "owner",  "approver",
                                    "approved", "reason", "expires"};

START_TEST(test_missing_column)
{
    HARNESS_ROW("%s", names[_i]);
    struct waivers waivers = {0};
    struct text error = TEXT_EMPTY;
    const char *header = "", *name = harness_format("%s/w.csv", harness_folder());
    for (int i = 0; i < COUNT(names); i++)
        header = harness_format("%s%s%s", header, i > 0 ? "," : "", i == _i ? "other" : names[i]);
    ck_assert(!read_text(&waivers, name, harness_format("%s\n", header), &error));
    const char *said = facts_kept(&error);
    facts_holds(said, harness_format("%s:1: column \"%s\" is missing", name, names[_i]));
}
END_TEST

static const struct {
    const char *pattern, *arn;
    bool covers;
} patterns[] = {
    {"*", "", true},
    {"*", "arn:aws:iam::1:server-certificate/a", true},
    {"**", "x", true},
    {"", "", true},
    {"", "x", false},
    {"x", "", false},
    {"abc", "abc", true},
    {"abc", "abcd", false},
    {"abcd", "abc", false},
    {"ABC", "abc", false},
    {"abc*", "abc", true},
    {"abc*", "abcdef", true},
    {"*abc", "xabc", true},
    {"*abc", "abcx", false},
    {"*abc", "ababc", true},
    {"a*c", "ac", true},
    {"a*c", "abcbc", true},
    {"a*c", "abcb", false},
    {"*a*b*", "xxbxx", false},
    {"*a*b*", "xbaxbx", true},
    {"a*b*a", "aba", true},
    {"a*b*a", "ab", false},
    {"*aab", "aaaaab", true},
    {"a?c", "abc", false},
    {"a?c", "a?c", true},
    {"[ab]", "a", false},
    {"a\\*c", "abc", false},
    {"a\\*c", "a\\xc", true},
    {".*", "abc", false},
    {"arn:aws:acm:*:111122223333:*", "arn:aws:acm:eu-west-1:111122223333:certificate/1", true},
    {"arn:aws:acm:*:111122223333:*", "arn:aws:acm:eu-west-1:444455556666:certificate/1", false},
    {"arn:aws:iam::1:server-certificate/shop/*", "arn:aws:iam::1:server-certificate/shop/a/b",
     true},
    {"arn:aws:iam::1:server-certificate/shop/*", "arn:aws:iam::1:server-certificate/shop", false},
    {"*\xc3*", "caf\xc3\xa9", true},
};

START_TEST(test_pattern)
{
    HARNESS_ROW("%s, %s", patterns[_i].pattern, patterns[_i].arn);
    ck_assert_msg(waivers_covers(patterns[_i].pattern, patterns[_i].arn) == patterns[_i].covers,
                  "%s %s", patterns[_i].pattern, patterns[_i].arn);
}
END_TEST

/* Patterns that a matcher which tries every way never ends with: the time limit fails them. */
START_TEST(test_pathological_pattern)
{
    enum { STARS = 1000, LONG = 20000 };
    struct text pattern = TEXT_EMPTY, arn = TEXT_EMPTY;
    for (int i = 0; i < STARS; i++)
        text_add(&pattern, "*a");
    for (int i = 0; i < LONG; i++)
        text_add(&arn, "a");
    ck_assert(waivers_covers(text_string(&pattern), text_string(&arn)));
    text_add(&pattern, "*b");
    ck_assert(!waivers_covers(text_string(&pattern), text_string(&arn)));
    text_add(&arn, "b");
    ck_assert(waivers_covers(text_string(&pattern), text_string(&arn)));
    text_add(&pattern, "aaaaaaaaab");
    ck_assert(!waivers_covers(text_string(&pattern), text_string(&arn)));
    text_free(&pattern);
    text_free(&arn);
}
END_TEST

#define DAY LINE("IAM-033", "*", "2026-11-20", "2026-11-21")

/* One waiver of two days, as of this time. */
static const struct {
    const char *as_of;
    enum waiver_state state;
} times[] = {
    {"2026-11-19T23:59:59Z", WAIVER_NOT_YET},
    {"2026-11-19T23:59:59.999999999Z", WAIVER_NOT_YET},
    {"2026-11-20T00:00:00Z", WAIVER_IN_FORCE},
    {"2026-11-20T00:00:00.000000001Z", WAIVER_IN_FORCE},
    {"2026-11-20T05:44:59+05:45", WAIVER_NOT_YET},
    {"2026-11-20T05:45:00+05:45", WAIVER_IN_FORCE},
    {"2026-11-19T16:00:00-08:00", WAIVER_IN_FORCE},
    {"2026-11-20T23:59:59Z", WAIVER_IN_FORCE},
    {"2026-11-21T00:00:00Z", WAIVER_IN_FORCE},
    {"2026-11-21T23:59:59Z", WAIVER_IN_FORCE},
    {"2026-11-21T23:59:59.999999999Z", WAIVER_IN_FORCE},
    {"2026-11-21T15:59:59-08:00", WAIVER_IN_FORCE},
    {"2026-11-22T00:00:00Z", WAIVER_EXPIRED},
    {"2026-11-21T16:00:00-08:00", WAIVER_EXPIRED},
    {"2026-11-22T05:44:59+05:45", WAIVER_IN_FORCE},
    {"2026-11-22T05:45:00+05:45", WAIVER_EXPIRED},
};

static struct assessment *assess(struct evidence *evidence, struct waivers *waivers,
                                 const char *as_of, bool iam)
{
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    *assessment = (struct assessment){
        .evidence = evidence, .policy = facts_policy(as_of), .waivers = waivers};
    assessment->rules = facts_rules(iam, true, &assessment->rule_count);
    facts_run(assessment);
    return assessment;
}

#define OLD "|UploadDate=2012-01-01T00:00:00Z"

START_TEST(test_time)
{
    HARNESS_ROW("%s", times[_i].as_of);
    struct evidence *evidence = facts_evidence();
    struct waivers *waivers = waivers_of(DAY);
    bool holds = times[_i].state == WAIVER_IN_FORCE;
    facts_iam(evidence, "f", "Name=web" OLD);
    const struct assessment *assessment = assess(evidence, waivers, times[_i].as_of, true);
    const struct finding *finding = &assessment->findings[0];
    ck_assert_int_eq(finding->result, holds ? RESULT_WAIVED : RESULT_FAIL);
    ck_assert_uint_eq(waivers->lines[0].matched, 1);
    ck_assert_int_eq(waivers_state(&waivers->lines[0], &assessment->policy.as_of, true),
                     times[_i].state);
    ck_assert_int_eq(verdict_exit_status(assessment), holds ? 0 : 1);
    const char *reason = facts_reason(assessment, finding);
    facts_holds(reason, times[_i].state == WAIVER_NOT_YET   ? "2026-11-20"
                        : times[_i].state == WAIVER_EXPIRED ? "has expired"
                                                            : "Head of Security");
    facts_holds(reason, "RISK-1");
    if (times[_i].state != WAIVER_NOT_YET)
        facts_holds(reason, "2026-11-21");
}
END_TEST

#define LEFT LINE("ACM-005", "*", "2026-01-01", "2026-12-31")

/* Only a failure is waived, and only one is counted. */
START_TEST(test_only_a_failure)
{
    struct evidence *evidence = facts_evidence();
    struct waivers *waivers = waivers_of(GOOD LEFT);
    facts_iam(evidence, "f", "Arn=arn:1");
    facts_iam(evidence, "f", "Arn=arn:2|UploadDate");
    facts_iam(evidence, "f", "Arn=arn:3" OLD);
    facts_iam(evidence, "f", "Arn" OLD);
    facts_description(evidence, "f", "Arn=arn:4|Status=EXPIRED");
    const struct assessment *assessment = assess(evidence, waivers, FACTS_AS_OF, true);
    static const size_t counts[RESULT_COUNT] = {0, 2, 1, 1, 1};
    for (size_t i = 0; i < RESULT_COUNT; i++)
        ck_assert_msg(assessment->finding_counts.by_result[i] == counts[i], "%s: %zu",
                      rules_result_name((enum result)i), assessment->finding_counts.by_result[i]);
    ck_assert_uint_eq(waivers->lines[0].matched, 1);
    ck_assert_uint_eq(waivers->lines[1].matched, 0);
    ck_assert_int_eq(waivers_state(&waivers->lines[1], &assessment->policy.as_of, true),
                     WAIVER_UNUSED);
    ck_assert_int_eq(verdict_exit_status(assessment), 3);
}
END_TEST

/* A waiver is for an ARN, so it is not for one of several certificates with the same masked ARN. */
START_TEST(test_masked)
{
    static const char masked[] = "Arn=arn:aws:iam::****:server-certificate/web" OLD;
    struct evidence *evidence = facts_evidence();
    facts_iam(evidence, "f", masked);
    ck_assert_int_eq(assess(evidence, waivers_of(LINE("IAM-033", "*", "2026-01-01", "2026-12-31")),
                            FACTS_AS_OF, true)
                         ->findings[0]
                         .result,
                     RESULT_WAIVED);
    facts_iam(evidence, "f", harness_format("%s|Name=other", masked));
    struct waivers *waivers = waivers_of(LINE("IAM-033", "*", "2026-01-01", "2026-12-31"));
    const struct assessment *assessment = assess(evidence, waivers, FACTS_AS_OF, true);
    ck_assert_uint_eq(assessment->finding_counts.by_result[RESULT_FAIL], 2);
    ck_assert_uint_eq(waivers->lines[0].matched, 0);
}
END_TEST

/* The first line in force is named, in any position; every line that matches counts. */
START_TEST(test_first_in_force)
{
    struct evidence *evidence = facts_evidence();
    struct waivers *waivers =
        waivers_of(LINE("IAM-033", "*a", "2025-01-01", "2025-02-01")
                       LINE("IAM-033", "*", "2026-12-01", "2026-12-31")
                           LEFT LINE("IAM-033", "*:a", "2026-11-01", "2026-11-30")
                               LINE("IAM-033", "*", "2026-01-01", "2026-12-31"));
    static const size_t matched[] = {1, 2, 0, 1, 2};
    static const enum waiver_state states[] = {WAIVER_EXPIRED, WAIVER_NOT_YET, WAIVER_NOT_ASSESSED,
                                               WAIVER_IN_FORCE, WAIVER_IN_FORCE};
    facts_iam(evidence, "f", "Arn=arn:a" OLD);
    facts_iam(evidence, "f", "Arn=arn:b" OLD);
    const struct assessment *assessment = assess(evidence, waivers, FACTS_AS_OF, true);
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        ck_assert_int_eq(finding->result, RESULT_WAIVED);
        bool a = strcmp(finding->certificate->arn, "arn:a") == 0;
        ck_assert_uint_eq(finding->waiver->line, a ? 5 : 6);
        facts_holds(facts_reason(assessment, finding), a ? "2026-11-30" : "2026-12-31");
    }
    for (size_t i = 0; i < waivers->count; i++) {
        bool applies = states[i] != WAIVER_NOT_ASSESSED;
        ck_assert_uint_eq(waivers->lines[i].matched, matched[i]);
        ck_assert_int_eq(waivers_state(&waivers->lines[i], &assessment->policy.as_of, applies),
                         states[i]);
    }
}
END_TEST

static const char *const state_names[] = {"in force", "not yet", "expired", "unused",
                                          "not assessed"};

START_TEST(test_state_name)
{
    HARNESS_ROW("%s", state_names[_i]);
    ck_assert_str_eq(waivers_state_name((enum waiver_state)_i), state_names[_i]);
}
END_TEST

#define OWNER "approver is the owner"
#define STAR "all certificates"
#define YEAR "more than 12 months"
#define TICKET "no ticket"

/* The note holds each of these, and nothing else: empty where all are. */
static const struct {
    const char *line;
    const char *holds[3];
} notes[] = {
    {"ACM-005,arn:*,Team,Head,2026-01-15,r,t,2026-12-31", {NULL}},
    {"ACM-005,arn:*,Team,Team,2026-01-15,r,t,2026-12-31", {OWNER}},
    {"ACM-005,*,Team,Head,2026-01-15,r,t,2026-12-31", {STAR}},
    {"ACM-005,**,Team,Head,2026-01-15,r,t,2026-12-31", {STAR}},
    {"ACM-005,arn:*,Team,Head,2026-01-15,r,t,2027-01-15", {NULL}},
    {"ACM-005,arn:*,Team,Head,2026-01-15,r,t,2027-01-16", {YEAR}},
    {"ACM-005,arn:*,Team,Head,2023-03-01,r,t,2024-02-29", {NULL}},
    {"ACM-005,arn:*,Team,Head,2023-02-28,r,t,2024-02-28", {NULL}},
    {"ACM-005,arn:*,Team,Head,2023-02-28,r,t,2024-02-29", {YEAR}},
    {"ACM-005,arn:*,Team,Head,2024-02-29,r,t,2025-02-28", {NULL}},
    {"ACM-005,arn:*,Team,Head,2024-02-29,r,t,2025-03-01", {YEAR}},
    {"ACM-005,arn:*,Team,Head,2025-12-31,r,t,2026-12-31", {NULL}},
    {"ACM-005,arn:*,Team,Head,2025-12-31,r,t,2027-01-01", {YEAR}},
    {"ACM-005,*,Team,Team,2020-01-01,r,t,2030-01-01", {OWNER, STAR, YEAR}},
    {"ACM-005,arn:*,Team,Head,2026-01-15,r,,2026-12-31", {TICKET}},
};

START_TEST(test_note)
{
    HARNESS_ROW("%s", notes[_i].line);
    const struct waivers *waivers = waivers_of(harness_format("%s\n", notes[_i].line));
    struct text text = TEXT_EMPTY;
    static const char *const all[] = {OWNER, STAR, YEAR, TICKET};
    waivers_add_note(&waivers->lines[0], &text);
    const char *note = facts_kept(&text);
    ck_assert_msg((*note == '\0') == (notes[_i].holds[0] == NULL), "%s", note);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        bool expected = false;
        for (size_t j = 0; j < 3 && notes[_i].holds[j] != NULL; j++)
            expected |= strcmp(notes[_i].holds[j], all[i]) == 0;
        ck_assert_msg((strstr(note, all[i]) != NULL) == expected, "%s: %s", all[i], note);
    }
}
END_TEST

Suite *waivers_suite(void)
{
    Suite *suite = suite_create("waivers");
    TCase *file = tcase_create("file"), *force = tcase_create("force");
    tcase_add_loop_test(file, test_file, 0, COUNT(files));
    tcase_add_loop_test(file, test_missing_column, 0, COUNT(names));
    tcase_add_loop_test(file, test_pattern, 0, COUNT(patterns));
    tcase_add_test(file, test_pathological_pattern);
    tcase_add_loop_test(force, test_time, 0, COUNT(times));
    tcase_add_test(force, test_only_a_failure);
    tcase_add_test(force, test_masked);
    tcase_add_test(force, test_first_in_force);
    tcase_add_loop_test(force, test_state_name, 0, COUNT(state_names));
    tcase_add_loop_test(force, test_note, 0, COUNT(notes));
    suite_add_tcase(suite, file);
    suite_add_tcase(suite, force);
    return suite;
}
