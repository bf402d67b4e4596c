/* check_baseline.c: an earlier report: its columns, every change that there is, and since when a
 * certificate has failed. */
#include "audit/check_baseline.h"
#include "audit/baseline.h"
#include "audit/verdict.h"
#include "audit/waivers.h"
#include "base/pool.h"
#include "csv/read_baseline.h"
#include "support/cli.h"
#include "support/facts.h"
#include "support/sheet.h"
#include <stdlib.h>
#include <string.h>

Suite *baseline_suite(void);

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define ARN "arn:aws:acm:eu-west-1:111122223333:certificate/1"
#define FAILING "|Status=PENDING_VALIDATION"

static bool read_path(struct baseline *baseline, const char *path, struct text *error)
{
    const struct policy policy = facts_policy(FACTS_AS_OF);
    bool fine = read_baseline(baseline, path, &policy.as_of, facts_pool(), error);
    if (baseline->rows != NULL)
        harness_keep(baseline->rows);
    return fine;
}

static struct baseline *baseline_of(const char *text)
{
    struct baseline *baseline = pool_alloc(facts_pool(), sizeof *baseline);
    struct text error = TEXT_EMPTY;
    const char *path = harness_format("%s/earlier.csv", harness_folder());
    harness_write(path, text);
    ck_assert_msg(read_path(baseline, path, &error), "%s", facts_kept(&error));
    return baseline;
}

static struct assessment *assess(struct evidence *evidence, struct baseline *baseline,
                                 struct waivers *waivers, bool iam)
{
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    *assessment = (struct assessment){.evidence = evidence,
                                      .policy = facts_policy(FACTS_AS_OF),
                                      .waivers = waivers,
                                      .baseline = baseline};
    assessment->rules = facts_rules(iam, true, &assessment->rule_count);
    facts_run(assessment);
    harness_keep(baseline->changes);
    return assessment;
}

/* A line for each change: its kind and the certificate's ARN. */
static const char *shown(const struct baseline *baseline)
{
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < baseline->change_count; i++) {
        const struct change *change = &baseline->changes[i];
        text_addf(&text, "%s %s\n", baseline_change_name(change->kind),
                  change->after != NULL ? change->after->certificate->arn : change->before->arn);
    }
    return facts_kept(&text);
}

enum { ABSENT = RESULT_COUNT, STATES };

/* The contract's words, result by result: rows before, columns after; "" is not listed. */
static const char *const kinds[STATES][STATES] = {
    [ABSENT] = {[ABSENT] = "",
                [RESULT_FAIL] = "new",
                [RESULT_UNKNOWN] = "new",
                [RESULT_WAIVED] = "changed",
                [RESULT_PASS] = "",
                [RESULT_NOT_APPLICABLE] = "changed"},
    [RESULT_FAIL] = {[ABSENT] = "vanished",
                     [RESULT_FAIL] = "still failing",
                     [RESULT_UNKNOWN] = "changed",
                     [RESULT_WAIVED] = "changed",
                     [RESULT_PASS] = "resolved",
                     [RESULT_NOT_APPLICABLE] = "changed"},
    [RESULT_UNKNOWN] = {[ABSENT] = "vanished",
                        [RESULT_FAIL] = "changed",
                        [RESULT_UNKNOWN] = "",
                        [RESULT_WAIVED] = "changed",
                        [RESULT_PASS] = "changed",
                        [RESULT_NOT_APPLICABLE] = "changed"},
    [RESULT_WAIVED] = {[ABSENT] = "vanished",
                       [RESULT_FAIL] = "changed",
                       [RESULT_UNKNOWN] = "changed",
                       [RESULT_WAIVED] = "",
                       [RESULT_PASS] = "resolved",
                       [RESULT_NOT_APPLICABLE] = "changed"},
    [RESULT_PASS] = {[ABSENT] = "",
                     [RESULT_FAIL] = "regressed",
                     [RESULT_UNKNOWN] = "changed",
                     [RESULT_WAIVED] = "changed",
                     [RESULT_PASS] = "",
                     [RESULT_NOT_APPLICABLE] = "changed"},
    [RESULT_NOT_APPLICABLE] = {[ABSENT] = "changed",
                               [RESULT_FAIL] = "changed",
                               [RESULT_UNKNOWN] = "changed",
                               [RESULT_WAIVED] = "changed",
                               [RESULT_PASS] = "changed",
                               [RESULT_NOT_APPLICABLE] = ""},
};

static const char *const records[STATES] = {
    [RESULT_FAIL] = "Arn=" ARN FAILING,
    [RESULT_UNKNOWN] = "Arn=" ARN "|Status",
    [RESULT_WAIVED] = "Arn=" ARN FAILING,
    [RESULT_PASS] = "Arn=" ARN,
    [RESULT_NOT_APPLICABLE] = "Arn=" ARN "|Status=EXPIRED",
};

static struct waivers *waive_all(void)
{
    struct waivers *waivers = pool_alloc(facts_pool(), sizeof *waivers);
    struct waiver waiver = {.rule = &rule_acm_005, .arn = "*"};
    waiver.approved = facts_when("2026-11-20T00:00:00Z");
    waiver.expires = facts_when("2026-11-21T00:00:00Z");
    waivers_add(waivers, &waiver);
    harness_keep(waivers->lines);
    return waivers;
}

START_TEST(test_pair)
{
    int before = _i / STATES, after = _i % STATES;
    struct evidence *evidence = facts_evidence();
    const char *row = before == ABSENT ? ""
                                       : harness_format("ACM-005," ARN ",%s\n",
                                                        rules_result_name((enum result)before));
    struct baseline *baseline = baseline_of(harness_format("rule,arn,result\n%s", row));
    facts_description(evidence, "f", "Arn=arn:other"); /* a PASS that comes: never listed */
    if (after != ABSENT)
        facts_description(evidence, "f", records[after]);
    const struct assessment *assessment =
        assess(evidence, baseline, after == RESULT_WAIVED ? waive_all() : NULL, true);
    const char *kind = kinds[before][after];
    ck_assert_str_eq(shown(baseline), *kind == '\0' ? "" : harness_format("%s " ARN "\n", kind));
    ck_assert_uint_eq(assessment->gaps.vanished_failures, before == RESULT_FAIL && after == ABSENT);
    int status = after == RESULT_FAIL                                                    ? 1
                 : after == RESULT_UNKNOWN || (before == RESULT_FAIL && after == ABSENT) ? 3
                                                                                         : 0;
    ck_assert_int_eq(verdict_exit_status(assessment), status);
}
END_TEST

/* In the order in which the contract lists them. */
START_TEST(test_order)
{
    struct evidence *evidence = facts_evidence();
    struct baseline *baseline =
        baseline_of("result,rule,arn\nPASS,ACM-005,a\nFAIL,ACM-005,b\nFAIL,ACM-005,d\n"
                    "UNKNOWN,ACM-005,c\nFAIL,ACM-005,e\nPASS,ACM-005,f\n");
    facts_description(evidence, "f", "Arn=f|Status");
    facts_description(evidence, "f", "Arn=e" FAILING);
    facts_description(evidence, "f", "Arn=b");
    facts_description(evidence, "f", "Arn=a" FAILING);
    facts_description(evidence, "f", "Arn=0" FAILING);
    assess(evidence, baseline, NULL, true);
    ck_assert_str_eq(shown(baseline), "new 0\nregressed a\nresolved b\nvanished c\nvanished d\n"
                                      "still failing e\nchanged f\n");
}
END_TEST

/* A failure's time: its own, or else that of its report, or else none; a new one's is the as-of
 * time. */
static const struct {
    const char *header, *row, *since; /* since is "" where it is not known */
} sinces[] = {
    {"failing_since,as_of", ",FAIL,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z",
     "2025-01-01T00:00:00Z"},
    {"failing_since,as_of", ",FAIL,,2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"},
    {"as_of,version", ",FAIL,2026-01-01T00:00:00Z,0", "2026-01-01T00:00:00Z"},
    {"version,x", ",FAIL,1,1", ""},
    {"failing_since,as_of", ",PASS,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z", FACTS_AS_OF},
    {"failing_since,as_of", ",WAIVED,,2026-01-01T00:00:00Z", FACTS_AS_OF},
    {"failing_since,as_of", ",UNKNOWN,,2026-01-01T00:00:00Z", FACTS_AS_OF},
    {"failing_since,as_of", "2,FAIL,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z", FACTS_AS_OF},
};

START_TEST(test_since)
{
    HARNESS_ROW("%s", sinces[_i].row);
    struct evidence *evidence = facts_evidence();
    struct text since = TEXT_EMPTY;
    struct baseline *baseline = baseline_of(harness_format(
        "rule,arn,result,%s\nACM-005," ARN "%s\n", sinces[_i].header, sinces[_i].row));
    facts_description(evidence, "f", "Arn=" ARN FAILING);
    const struct assessment *assessment = assess(evidence, baseline, NULL, true);
    if (assessment->findings[0].failing_since != NULL)
        timestamp_add(assessment->findings[0].failing_since, &since);
    ck_assert_str_eq(facts_kept(&since), sinces[_i].since);
}
END_TEST

/* The guard against formulas is undone, and only that. */
START_TEST(test_guard)
{
    static const char *const arns[][2] = {
        {"'=1+1", "=1+1"}, {"''quoted", "'quoted"}, {"'@a", "@a"}, {"'-a", "-a"}, {"a'b", "a'b"}};
    struct evidence *evidence = facts_evidence();
    struct baseline *baseline =
        baseline_of(harness_format("rule,arn,result\nACM-005,%s,FAIL\n", arns[_i][0]));
    facts_set(facts_description(evidence, "f", "Status=PENDING_VALIDATION"), "Arn", arns[_i][1]);
    assess(evidence, baseline, NULL, true);
    ck_assert_str_eq(shown(baseline), harness_format("still failing %s\n", arns[_i][1]));
}
END_TEST

/* A rule that is left out is not compared, and nothing of it has vanished. */
START_TEST(test_rule_left_out)
{
    struct evidence *evidence = facts_evidence();
    struct baseline *baseline =
        baseline_of("rule,arn,result\nIAM-033,a,FAIL\nIAM-033,b,PASS\nACM-005,c,UNKNOWN\n");
    facts_iam(evidence, "f", "Arn=b|UploadDate=2012-01-01T00:00:00Z");
    facts_description(evidence, "f", "Arn=d");
    const struct assessment *assessment = assess(evidence, baseline, NULL, false);
    ck_assert_str_eq(shown(baseline), "vanished c\n");
    ck_assert_uint_eq(assessment->gaps.vanished_failures, 0);
    ck_assert_int_eq(verdict_exit_status(assessment), 0);
}
END_TEST

#define RECORD(id) "Arn=" FACTS_IAM_ARN "|Id=" id

static const char *ref_of(const char *id, size_t digits)
{
    struct evidence *evidence = facts_evidence();
    struct text ref = TEXT_EMPTY;
    facts_iam(evidence, "f", harness_format(RECORD("%s"), id));
    struct digest *digest = digest_new();
    finding_add_ref(&facts_assess(evidence)->findings[0], digest, digits, &ref);
    digest_free(digest);
    return facts_kept(&ref);
}

/* Two ids under one ARN are two certificates, where the earlier report has refs, of any length: in
 * version 0.1.0 they had 8 digits. */
static const size_t digits[][3] = {{12, 12, 12}, {8, 8, 8}, {13, 13, 13}, {8, 12, 64}};

START_TEST(test_two_ids)
{
    struct evidence *evidence = facts_evidence();
    struct baseline *baseline = baseline_of(harness_format(
        "ref,rule,arn,result\n%s,IAM-033," FACTS_IAM_ARN ",FAIL\n%s,IAM-033," FACTS_IAM_ARN
        ",PASS\n%s,IAM-033," FACTS_IAM_ARN ",FAIL\n",
        ref_of("ID1", digits[_i][0]), ref_of("ID2", digits[_i][1]), ref_of("ID3", digits[_i][2])));
    facts_iam(evidence, "f", RECORD("ID1"));
    facts_iam(evidence, "f", RECORD("ID2") "|UploadDate=2012-01-01T00:00:00Z");
    assess(evidence, baseline, NULL, true);
    ck_assert_str_eq(shown(baseline), "regressed " FACTS_IAM_ARN "\nresolved " FACTS_IAM_ARN
                                      "\nvanished " FACTS_IAM_ARN "\n");
    ck_assert_str_eq(baseline->changes[0].after->certificate->id, "ID2");
    ck_assert_str_eq(baseline->changes[2].before->ref, ref_of("ID3", digits[_i][2]));
}
END_TEST

/* Files, and what is said of them at FILE:LINE; NULL: fine. */
static const struct {
    const char *text;
    size_t line;
    const char *says;
} files[] = {
    {"rule,arn,result\n", 0, NULL},
    {"\xef\xbb\xbf\"result\",\"arn\",\"new\",\"rule\"\r\n\"FAIL\",\"a\",\"x\",\"IAM-033\"\r\n", 0,
     NULL},
    {"rule,arn,result,as_of\nIAM-033,a,FAIL,2026-11-20T00:00:00Z\n", 0, NULL},
    {"rule,arn,result,as_of\nIAM-033,b,PASS,\nIAM-033,a,FAIL,2026-11-20T00:00:01Z\n", 3,
     "as_of: 2026-11-20T00:00:01Z is after the as-of time of this run, 2026-11-20T00:00:00Z"},
    {"rule,arn,result,failing_since\nIAM-033,a,PASS,some day\n", 2,
     "failing_since: \"some day\" is not a time"},
    {"", 1, "empty"},
    {"rule,arn\nIAM-033,a\n", 1, "column \"result\" is missing (found: rule, arn)"},
    {"rule,result\nIAM-033,PASS\n", 1, "arn"},
    {"arn,result\na,PASS\n", 1, "rule"},
    {"rule,arn,result\nIAM-033,a,PASS\nIAM-034,a,PASS\n", 3, "rule: \"IAM-034\" is unknown"},
    {"rule,arn,result\nIAM-033,a,OK\n", 2, "result: \"OK\" is not FAIL"},
    {"rule,arn,result\nIAM-033,a,\n", 2, "result"},
    {"rule,arn,result\n,a,PASS\n", 2, "rule"},
    {"rule,arn,result,failing_since\nIAM-033,a,FAIL,some day\n", 2,
     "failing_since: \"some day\" is not a time"},
    {"rule,arn,result,as_of\nIAM-033,a,FAIL,some day\n", 2, "as_of: \"some day\" is not a time"},
    {"rule,arn,result\nIAM-033,a\n", 2, "expected 3 fields, found 2"},
    {"# Certificate compliance report\n\n**Verdict:** all, is, well\n", 1, "column"},
    {"{\"ServerCertificateMetadataList\": []}\n", 1, ""},
    {"PK\x03\x04\x14\xff\xfe", 1, ""},
};

START_TEST(test_file)
{
    HARNESS_ROW("%s", files[_i].text);
    struct baseline baseline = {0};
    struct text error = TEXT_EMPTY;
    const char *name = harness_format("%s/earlier.csv", harness_folder());
    harness_write(name, files[_i].text);
    bool fine = read_path(&baseline, name, &error);
    facts_read(fine, facts_kept(&error), name, files[_i].line, files[_i].says);
}
END_TEST

/* A folder is a pack: its findings.csv is read, with or without a slash after its name. */
START_TEST(test_folder)
{
    struct baseline baseline = {0}, none = {0};
    struct text error = TEXT_EMPTY;
    const char *folder = harness_folder(), *path = harness_format("%s/findings.csv", folder);
    const char *given = harness_format("%s%s", folder, _i == 0 ? "" : "/");
    ck_assert(!read_path(&none, given, &error));
    facts_holds(facts_kept(&error), "findings.csv");
    harness_write(path, "rule,arn,result\nIAM-033,a,FAIL\n");
    ck_assert_msg(read_path(&baseline, given, &error), "%s", facts_kept(&error));
    ck_assert_uint_eq(baseline.count, 1);
    ck_assert_str_eq(baseline.path, given);
    ck_assert_int_eq(strncmp(harness_tool("sha256sum", CLI_LIST(path)), baseline.sha256, 64), 0);
}
END_TEST

#define WEB_FAIL CLI_IAM("web", "2012-05-06T07:08:09Z")
#define WEB_PASS CLI_IAM("web", "2020-05-06T07:08:09Z")

/* Packs one after another, each the baseline of the next; the last one's failing_since. */
static const struct {
    const char *exports[3], *since, *changes;
} chains[] = {
    {{WEB_FAIL, WEB_FAIL, WEB_FAIL}, "2026-01-01T00:00:00Z", "still failing"},
    {{WEB_PASS, WEB_FAIL, WEB_FAIL}, "2026-02-01T00:00:00Z", "still failing"},
    {{WEB_FAIL, WEB_PASS, WEB_FAIL}, "2026-03-01T00:00:00Z", "regressed"},
    {{WEB_FAIL, WEB_FAIL, WEB_PASS}, "", "resolved"},
    {{WEB_FAIL, CLI_PASS, WEB_FAIL}, "2026-03-01T00:00:00Z", "new"},
};

START_TEST(test_chain)
{
    const char *folder = harness_folder();
    harness_write(harness_format("%s/0.csv", folder), "rule,arn,result\n");
    for (int i = 1; i <= 3; i++) {
        harness_write(harness_format("%s/in.json", folder), chains[_i].exports[i - 1]);
        struct harness_result result = CLI_RUN(
            folder, "in.json", "--as-of", harness_format("2026-0%d-01", i), "--baseline",
            i == 1 ? "0.csv" : harness_format("%d", i - 1), "--pack", harness_format("%d", i));
        HARNESS_REQUIRE(result.status != 2, "%s", result.error);
    }
    const struct sheet *findings = sheet_read_csv(harness_format("%s/3/findings.csv", folder));
    const struct sheet *changes = sheet_read_csv(harness_format("%s/3/changes.csv", folder));
    ck_assert(findings->count == 2 && changes->count == 2);
    ck_assert_str_eq(sheet_value(findings, 1, "failing_since"), chains[_i].since);
    ck_assert_str_eq(sheet_value(changes, 1, "change"), chains[_i].changes);
    ck_assert_str_eq(sheet_value(changes, 1, "failing_since"), chains[_i].since);
}
END_TEST

#define ROW(name, result)                                                                          \
    "rule,arn,result\nIAM-033,arn:aws:iam::111122223333:server-certificate/" name "," result "\n"

static const struct {
    const char *baseline;
    int status;
} exits[] = {
    {ROW("gone", "FAIL"), 3},   {ROW("gone", "UNKNOWN"), 0},
    {ROW("gone", "WAIVED"), 0}, {ROW("gone", "PASS"), 0},
    {ROW("new", "FAIL"), 0},    {"rule,arn,result\n", 0},
    {ROW("gone", "BROKEN"), 2}, {CLI_PASS, 2},
};

START_TEST(test_exit_status)
{
    HARNESS_ROW("%s", exits[_i].baseline);
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/b.csv", folder), exits[_i].baseline);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--baseline", "b.csv", "-o", "r.csv", "--pack", "pack");
    cli_ends(&result, exits[_i].status);
    if (exits[_i].status == 3)
        facts_holds(result.error, "No failure found, but the evidence is incomplete");
    if (exits[_i].status != 2)
        return;
    facts_holds(result.error, "b.csv:");
    ck_assert_str_eq(harness_names(folder), "b.csv in.json");
}
END_TEST

Suite *baseline_suite(void)
{
    Suite *suite = suite_create("baseline");
    TCase *file = tcase_create("file"), *change = tcase_create("change");
    TCase *run = tcase_create("run");
    tcase_set_timeout(run, HARNESS_SECONDS);
    tcase_add_loop_test(file, test_file, 0, COUNT(files));
    tcase_add_loop_test(file, test_folder, 0, 2);
    tcase_add_loop_test(change, test_pair, 0, STATES * STATES);
    tcase_add_test(change, test_order);
    tcase_add_loop_test(change, test_since, 0, COUNT(sinces));
    tcase_add_loop_test(change, test_guard, 0, 5);
    tcase_add_test(change, test_rule_left_out);
    tcase_add_loop_test(change, test_two_ids, 0, COUNT(digits));
    tcase_add_loop_test(run, test_chain, 0, COUNT(chains));
    tcase_add_loop_test(run, test_exit_status, 0, COUNT(exits));
    suite_add_tcase(suite, file);
    suite_add_tcase(suite, change);
    suite_add_tcase(suite, run);
    suite_add_tcase(suite, baseline_order_case());
    return suite;
}
