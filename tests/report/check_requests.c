/* check_requests.c: requests for evidence: each kind, the commands as a shell runs them, and the
 * page. */
#include "audit/baseline.h"
#include "audit/coverage.h"
#include "audit/scope.h"
#include "audit/verdict.h"
#include "base/pool.h"
#include "evidence/evidence.h"
#include "pack/write_requests.h"
#include "report/report.h"
#include "report/requests.h"
#include "support/attack_strings.h"
#include "support/cli.h"
#include "support/facts.h"
#include "support/html.h"
#include "support/shell.h"
#include <stdlib.h>
#include <string.h>

Suite *requests_suite(void);

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define ONE "111122223333"
#define TWO "222222222222"
#define ACM(account, region, id) "Arn=arn:aws:acm:" region ":" account ":certificate/" id
#define IAM(account) "Arn=arn:aws:iam::" account ":server-certificate/a"

static struct listing *add_list(struct evidence *evidence, const char *path, enum service service,
                                const char *account, const char *region)
{
    struct listing *list = pool_alloc(evidence->pool, sizeof *list);
    *list = (struct listing){.next = evidence->listings,
                             .file = facts_file(evidence, path),
                             .service = service,
                             .count = 1,
                             .shows_other_keys = true,
                             .shows_acme = true,
                             .account = account,
                             .region = region};
    evidence->listings = list;
    return list;
}

/* Complete evidence of one account: an IAM list, and us-east-1 with a list and a description. */
static struct evidence *whole(void)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "i", SERVICE_IAM, ONE, "");
    facts_iam(evidence, "i", IAM(ONE));
    add_list(evidence, "l", SERVICE_ACM, ONE, "us-east-1");
    facts_summary(evidence, "l", ACM(ONE, "us-east-1", "1"));
    facts_description(evidence, "d", ACM(ONE, "us-east-1", "1"));
    return evidence;
}

static struct assessment *assess(struct evidence *evidence, const struct scope *scope)
{
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    *assessment = (struct assessment){
        .evidence = evidence, .policy = facts_policy(FACTS_AS_OF), .scope = scope};
    facts_run(assessment);
    return assessment;
}

static const struct requests *ask(struct evidence *evidence, const struct scope *scope)
{
    struct requests *requests = pool_alloc(facts_pool(), sizeof *requests);
    requests_build(requests, assess(evidence, scope), facts_pool());
    if (requests->items != NULL)
        harness_keep(requests->items);
    return requests;
}

/* One line for each request: `account kind why: what`. */
static const char *shown(const struct requests *requests)
{
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < requests->count; i++) {
        const struct request *item = &requests->items[i];
        text_addf(&text, "%s %d %s: %s\n", item->account, (int)item->kind, item->why, item->what);
    }
    return facts_kept(&text);
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* Checks that exactly one request contains both. */
static void has_request(const struct requests *requests, const char *account,
                        enum request_kind kind, const char *why, const char *what)
{
    size_t found = 0;
    for (size_t i = 0; i < requests->count; i++) {
        const struct request *item = &requests->items[i];
        found += strcmp(item->account, account) == 0 && item->kind == kind &&
                 strstr(item->why, why) != NULL && strstr(item->what, what) != NULL;
    }
    ck_assert_msg(found == 1, "expected one request with %s, %s, %s; found %zu in\n%s", account,
                  why, what, found, shown(requests));
}

START_TEST(test_nothing)
{
    const struct requests *requests = ask(whole(), NULL);
    ck_assert_msg(requests->count == 0, "%s", shown(requests));
}
END_TEST

#define TYPES "--includes keyTypes="

/* Complete evidence with one thing missing. */
START_TEST(test_list)
{
    struct evidence *evidence = whole();
    evidence->listings->truncated = true;
    has_request(ask(evidence, NULL), ONE, REQUEST_LIST, "more pages follow", "us-east-1");
    evidence = whole();
    evidence->listings->shows_other_keys = false;
    has_request(ask(evidence, NULL), ONE, REQUEST_LIST, "RSA_1024 and RSA_2048", TYPES);
    evidence = whole();
    evidence->listings->shows_acme = false;
    has_request(ask(evidence, NULL), ONE, REQUEST_LIST, "no ACME certificate",
                "--region us-east-1 --output json --certificate-key-pair-origins ACME");
    evidence = whole();
    add_list(evidence, "empty.json", SERVICE_ACM, "", "")->count = 0;
    has_request(ask(evidence, NULL), "", REQUEST_LIST, "such as 111122223333/us-east-1/",
                "--region REGION");
    evidence = whole();
    facts_description(evidence, "d", ACM(ONE, "eu-west-1", "2"));
    has_request(ask(evidence, NULL), ONE, REQUEST_LIST, "no list", "--region eu-west-1");
    has_request(ask(evidence, NULL), ONE, REQUEST_LIST, "", TYPES);
}
END_TEST

START_TEST(test_missing_places)
{
    struct evidence *evidence = whole();
    add_list(evidence, "m", SERVICE_ACM, TWO, "eu-west-1");
    facts_summary(evidence, "m", ACM(TWO, "eu-west-1", "1"));
    facts_description(evidence, "d", ACM(TWO, "eu-west-1", "1"));
    const struct requests *requests = ask(evidence, NULL);
    has_request(requests, ONE, REQUEST_LIST, "other accounts", "--region eu-west-1");
    has_request(requests, TWO, REQUEST_LIST, "other accounts", "--region us-east-1");
    has_request(requests, TWO, REQUEST_LIST, "IAM", "aws iam list-server-certificates");
    ck_assert_uint_eq(requests->count, 3);
}
END_TEST

START_TEST(test_us_east_1)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "i", SERVICE_IAM, ONE, "");
    facts_iam(evidence, "i", IAM(ONE));
    const struct requests *requests = ask(evidence, NULL);
    has_request(requests, ONE, REQUEST_LIST, "CloudFront", "--region us-east-1");
    ck_assert_uint_eq(requests->count, 1);
}
END_TEST

static const struct scope *scope_of(const struct scope_line *lines, size_t count)
{
    struct scope *scope = pool_alloc(facts_pool(), sizeof *scope);
    for (size_t i = 0; i < count; i++)
        scope_add(scope, &lines[i]);
    ck_assert_ptr_null(scope_finish(scope));
    harness_keep(scope->lines);
    return scope;
}

START_TEST(test_scope)
{
    static const struct scope_line lines[] = {
        {2, ONE, "*", "*", "n", "o", "e", "", true},
        {3, TWO, "ap-southeast-2", "acm", "n", "o", "e", "", true},
        {4, TWO, "us-east-1", "acm", "n", "o", "e", "sold", false},
        {5, TWO, "global", "iam", "n", "o", "e", "sold", false},
    };
    struct evidence *evidence = whole();
    const struct requests *requests = ask(evidence, scope_of(lines, COUNT(lines)));
    has_request(requests, TWO, REQUEST_LIST, "in scope", "--region ap-southeast-2");
    facts_lacks(shown(requests), TWO " 0 no evidence for IAM");
    for (size_t i = 0; i < requests->count; i++)
        if (strcmp(requests->items[i].account, TWO) == 0 &&
            strstr(requests->items[i].why, "CloudFront") == NULL)
            facts_lacks(requests->items[i].what, "us-east-1");
}
END_TEST

START_TEST(test_description_and_file)
{
    struct evidence *evidence = whole();
    struct evidence_file *bad = facts_file(evidence, ONE "/eu-west-1/bad.json");
    struct evidence_file *worse = facts_file(evidence, "worse.json");
    facts_summary(evidence, "l", ACM(ONE, "us-east-1", "2"));
    facts_summary(evidence, "l", "Arn|Name=unnamed");
    facts_summary(evidence, "l", ACM(ONE, "us-east-1", "3") "|Status=PENDING_VALIDATION");
    bad->fault = worse->fault = true;
    bad->state = worse->state = EVIDENCE_UNUSABLE;
    facts_problem(bad, DIAG_JSON_ENDS_EARLY, 22, 7, "inside an object");
    facts_problem(worse, DIAG_EMPTY_FILE, 0, 0, NULL);
    const struct requests *requests = ask(evidence, NULL);
    has_request(requests, ONE, REQUEST_DESCRIPTION, "only from a list",
                " --region us-east-1 --certificate-arn arn:aws:acm:us-east-1:" ONE
                ":certificate/2");
    has_request(requests, ONE, REQUEST_DESCRIPTION, "it fails", ":certificate/3");
    has_request(requests, ONE, REQUEST_FILE, "could not be used",
                ONE "/eu-west-1/bad.json, line 22, column 7: ");
    has_request(requests, "", REQUEST_FILE, "could not be used", "worse.json: ");
    has_request(requests, "", REQUEST_DESCRIPTION, "", "--certificate-arn ARN");
    for (size_t i = 1; i < requests->count; i++) /* unknown accounts come last */
        ck_assert_msg(*requests->items[i - 1].account != '\0' || *requests->items[i].account == 0,
                      "%s", shown(requests));
}
END_TEST

static void mention(struct evidence *evidence, const char *arn, enum service service)
{
    struct mention *found = pool_alloc(evidence->pool, sizeof *found);
    *found = (struct mention){.next = evidence->mentions,
                              .file = facts_file(evidence, "listeners.json"),
                              .document = 1,
                              .line = 7,
                              .pointer = "/Listeners/0",
                              .arn = arn,
                              .service = service};
    evidence->mentions = found;
}

/* What is mentioned and has no record is asked for, one by one. */
START_TEST(test_mentions)
{
    static const struct scope_line lines[] = {
        {2, ONE, "*", "*", "n", "o", "e", "", true},
        {3, TWO, "*", "*", "n", "o", "e", "sold", false},
    };
    struct evidence *evidence = whole();
    mention(evidence, "arn:aws:acm:us-east-1:" ONE ":certificate/1", SERVICE_ACM);
    mention(evidence, "arn:aws:acm:us-east-1:" ONE ":certificate/9", SERVICE_ACM);
    mention(evidence, "arn:aws:acm:us-east-1:" ONE ":certificate/\x1B", SERVICE_ACM);
    mention(evidence, "arn:aws:acm:us-east-1:" TWO ":certificate/9", SERVICE_ACM);
    mention(evidence, "arn:aws:iam::" ONE ":server-certificate/path/web", SERVICE_IAM);
    mention(evidence, "arn:aws:iam::" TWO ":server-certificate/web", SERVICE_IAM);
    const struct requests *requests = ask(evidence, scope_of(lines, COUNT(lines)));
    has_request(requests, ONE, REQUEST_DESCRIPTION, "mentioned",
                "--certificate-arn arn:aws:acm:us-east-1:" ONE ":certificate/9");
    has_request(requests, ONE, REQUEST_DESCRIPTION, "mentioned",
                "aws iam get-server-certificate --output json --server-certificate-name web");
    has_request(requests, ONE, REQUEST_DESCRIPTION, "mentioned",
                "# omitted: a value in the export cannot be pasted safely: certificate without a "
                "name, in listeners.json, line 7");
    ck_assert_msg(requests->count == 3, "%s", shown(requests));
}
END_TEST

/* If no account is known, each service is asked for as such; and not if an account is. */
START_TEST(test_no_account)
{
    struct evidence *evidence = facts_evidence();
    const struct requests *requests = ask(evidence, NULL);
    has_request(requests, "", REQUEST_LIST, "ACM", "aws acm list-certificates --region REGION");
    has_request(requests, "", REQUEST_LIST, "IAM", "aws iam list-server-certificates");
    ck_assert_uint_eq(requests->count, 2);
    struct evidence_file *bad = facts_file(evidence, "bad.json");
    bad->fault = true;
    bad->state = EVIDENCE_UNUSABLE;
    facts_problem(bad, DIAG_EMPTY_FILE, 0, 0, NULL);
    ck_assert_uint_eq(ask(evidence, NULL)->count, 3);
    add_list(evidence, "empty.json", SERVICE_ACM, "", "")->count = 0;
    requests = ask(evidence, NULL);
    has_request(requests, "", REQUEST_LIST, "", "aws acm list-certificates");
    has_request(requests, "", REQUEST_LIST, "IAM was read", "aws iam list-server-certificates");
}
END_TEST

/* --rule named a rule for which there is nothing, and no account of the evidence is known. */
START_TEST(test_empty_rule)
{
    static const struct rule *const iam[] = {&rule_iam_033};
    struct evidence *evidence = facts_evidence();
    struct requests requests = {NULL, 0, 0};
    facts_description(evidence, "d", "Arn");
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    *assessment = (struct assessment){.evidence = evidence,
                                      .policy = facts_policy(FACTS_AS_OF),
                                      .rules = iam,
                                      .rule_count = 1,
                                      .named = true};
    facts_run(assessment);
    requests_build(&requests, assessment, facts_pool());
    ck_assert_int_eq(verdict_exit_status(assessment), 3);
    has_request(&requests, "", REQUEST_LIST, "IAM", "aws iam list-server-certificates");
    free(requests.items);
}
END_TEST

enum vanished { VANISHED, VANISHED_EXCLUDED, VANISHED_WITHOUT_ARN, VANISHED_CASES };

/* A failure of the baseline that is gone is asked for and counts, unless the scope excludes it. */
START_TEST(test_vanished)
{
    struct scope_line lines[] = {
        {2, ONE, "*", "*", "n", "o", "e", "", true},
        {3, TWO, "*", "*", "n", "o", "e", "sold", _i != VANISHED_EXCLUDED},
    };
    bool counts = _i != VANISHED_EXCLUDED, named = _i != VANISHED_WITHOUT_ARN;
    struct baseline baseline = {.path = "b"};
    const struct baseline_row row = {.rule = &rule_acm_005,
                                     .ref = "",
                                     .arn =
                                         named ? "arn:aws:acm:us-east-1:" TWO ":certificate/1" : "",
                                     .certificate = "gone",
                                     .result = RESULT_FAIL};
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    struct requests requests = {NULL, 0, 0};
    baseline_add(&baseline, &row);
    *assessment = (struct assessment){.evidence = whole(),
                                      .policy = facts_policy(FACTS_AS_OF),
                                      .scope = scope_of(lines, COUNT(lines)),
                                      .baseline = &baseline};
    facts_run(assessment);
    requests_build(&requests, assessment, facts_pool());
    ck_assert_uint_eq(assessment->gaps.vanished_failures, counts);
    if (counts)
        has_request(&requests, named ? TWO : "", REQUEST_DESCRIPTION, "in the earlier report",
                    named ? ":certificate/1" : "replace ARN by that of certificate gone");
    else
        ck_assert_msg(requests.count == 0, "%s", shown(&requests));
    ck_assert_int_eq(verdict_exit_status(assessment), counts ? 3 : 0);
    free(requests.items);
    baseline_free(&baseline);
}
END_TEST

/* What the reason of a finding says is asked for: to export again. */
START_TEST(test_export_again)
{
    struct evidence *evidence = whole();
    facts_description(evidence, "d", ACM(ONE, "us-east-1", "1") "|NotAfter=2027-01-01T00:00:00Z");
    facts_description(evidence, "d", ACM(ONE, "us-east-1", "2") "|Status=PENDING_VALIDATION");
    facts_description(evidence, "d",
                      ACM(ONE, "us-east-1", "3") "|Status=PENDING_VALIDATION|CreatedAt="
                                                 "2026-11-19T00:00:00Z");
    facts_description(evidence, "d", ACM(ONE, "us-east-1", "4") "|Status=FAILED");
    facts_description(evidence, "d", ACM(ONE, "us-east-1", "5") "|Type=IMPORTED");
    facts_summary(evidence, "l", ACM(ONE, "us-east-1", "5"));
    facts_summary(evidence, "l", ACM(ONE, "us-east-1", "6"));
    struct evidence_file *unread = facts_file(evidence, "terraform.json");
    unread->fault = true;
    unread->state = EVIDENCE_UNREAD;
    facts_problem(unread, DIAG_NOT_JSON, 3, 1, "x");
    const struct requests *requests = ask(evidence, NULL);
    has_request(requests, ONE, REQUEST_DESCRIPTION, "the exports conflict", ":certificate/1");
    has_request(requests, ONE, REQUEST_DESCRIPTION, "the exports conflict", ":certificate/5");
    has_request(requests, ONE, REQUEST_DESCRIPTION, "known only from a list", ":certificate/6");
    has_request(requests, ONE, REQUEST_DESCRIPTION, "72 hours", ":certificate/2");
    has_request(requests, "", REQUEST_FILE, "could not be used", "terraform.json, line 3");
    ck_assert_msg(requests->count == 5, "%s", shown(requests));
}
END_TEST

/* A colon would end the region of the ARN, and a star means any region. */
static const char *region_of(size_t number)
{
    const char *raw = attack_string_at(number).raw;
    return strchr(raw, ':') == NULL && strcmp(raw, "*") != 0 ? raw : "eu-west-1";
}

static const char *arn_of(size_t number)
{
    return harness_format("arn:aws:acm:%s:" ONE ":certificate/%s", region_of(number),
                          attack_string_at(number).raw);
}

/* An incomplete list in a region of that name, with a certificate to describe. */
static const struct requests *ask_of(size_t number)
{
    struct evidence *evidence = whole();
    add_list(evidence, "x", SERVICE_ACM, ONE, region_of(number))->truncated = true;
    facts_set(facts_summary(evidence, "x", "Name=x"), "Arn", arn_of(number));
    return ask(evidence, NULL);
}

/* A region is in a command only if it has the form of one. */
static void check_commands(const struct shell_calls *calls, size_t number)
{
    static const char types[] = "keyTypes=RSA_1024,RSA_2048,RSA_3072,RSA_4096,EC_prime256v1,"
                                "EC_secp384r1,EC_secp521r1";
    const char *raw = attack_string_at(number).raw, *region = region_of(number);
    bool masked = evidence_is_masked(raw);
    const char *written = evidence_is_region(region, strlen(region)) ? region : "REGION";
    bool legible = attack_string_at(number).legible;
    size_t first, count = shell_section(calls, number, &first), lists = 0, descriptions = 0;
    for (size_t i = first; i < first + count; i++) {
        const struct shell_call *call = &calls->items[i];
        ck_assert(shell_got(call, "--output", "json"));
        ck_assert(shell_got(call, "--region", written) || shell_got(call, "--region", region));
        lists +=
            shell_got(call, "acm", "list-certificates") && shell_got(call, "--includes", types);
        descriptions += shell_got(call, "acm", "describe-certificate") &&
                        shell_got(call, "--certificate-arn", masked ? "ARN" : arn_of(number));
    }
    HARNESS_REQUIRE(lists == 1, "%zu lists of %s", lists, raw);
    HARNESS_REQUIRE(descriptions == legible, "%zu descriptions of %s", descriptions, raw);
    ck_assert_uint_eq(count, lists + descriptions);
}

START_TEST(test_commands)
{
    struct text script = TEXT_EMPTY;
    for (size_t i = 0; i < attack_string_count; i++) {
        const struct requests *requests = ask_of(i);
        text_add(&script, shell_mark(i));
        for (size_t j = 0; j < requests->count; j++)
            text_addf(&script, "%s\n", requests->items[j].what);
    }
    struct shell_calls calls = shell_run(facts_kept(&script));
    for (size_t i = 0; i < attack_string_count; i++)
        check_commands(&calls, i);
}
END_TEST

static const char *page_of(struct evidence *evidence, const struct scope *scope, const char *title)
{
    struct report report = {
        .assessment = assess(evidence, scope), .pool = facts_pool(), .title = title};
    const char *path = harness_format("%s/requests.md", harness_folder());
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert(write_requests(&report, stream));
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

static const char *rendered(const char *path)
{
    const char *html = html_by_cmark(path);
    html_check_elements(html);
    return html;
}

/* The attack string is the title, the name and owner of the account, a file name, and in an ARN. */
START_TEST(test_page)
{
    for (size_t i = 0; i < attack_string_count; i++) {
        const char *raw = attack_string_at(i).raw, *shown = attack_string_at(i).shown;
        struct scope_line line = {2, ONE, "*", "*", raw, raw, "e", "", true};
        struct evidence *evidence = whole();
        struct evidence_file *bad = facts_file(evidence, harness_format("f %s", raw));
        bad->fault = true;
        facts_problem(bad, DIAG_NOT_JSON, 1, 1, "x");
        facts_set(facts_summary(evidence, "l", "Name=x"), "Arn",
                  harness_format("arn:aws:acm:us-east-1:" ONE ":certificate/%s", raw));
        const char *path = page_of(evidence, scope_of(&line, 1), raw);
        const char *html = rendered(path), *at = html;
        attack_check_visible(harness_read(path, NULL));
        ck_assert_uint_eq(times(html, "<h1>"), 1);
        ck_assert_uint_eq(times(html, "<h2>"), 2); /* the account, and the unknown one */
        ck_assert_uint_eq(times(html, "<pre"), 1);
        ck_assert_uint_eq(times(html, "<li>"), 1);
        attack_check_same(html_next(&at, "<p>", "</p>"),
                          html_squeezed(harness_format("Report: %s", shown)));
        attack_check_same(
            html_next(&at, "<h2>", "</h2>"),
            html_squeezed(harness_format("Account " ONE ", %s, owner: %s", shown, shown)));
        facts_holds(html_next(&at, "<li>", "</li>"),
                    html_squeezed(harness_format("File f %s, line 1", shown)));
    }
}
END_TEST

START_TEST(test_page_of_nothing)
{
    const char *path = page_of(whole(), NULL, "Review");
    facts_holds(harness_read(path, NULL), "no evidence is missing");
    ck_assert_uint_eq(times(rendered(path), "<h1>"), 1);
    ck_assert_uint_eq(times(rendered(path), "<h2>"), 0);
}
END_TEST

/* One heading for each account, and one block for each reason. */
START_TEST(test_grouping)
{
    struct evidence *evidence = whole();
    for (int i = 0; i < 3; i++) {
        facts_summary(evidence, "l", harness_format(ACM(ONE, "us-east-1", "l%d"), i));
        facts_summary(evidence, "m", harness_format(ACM(TWO, "us-east-1", "m%d"), i));
    }
    add_list(evidence, "m", SERVICE_ACM, TWO, "us-east-1");
    const char *page = harness_read(page_of(evidence, NULL, "Review"), NULL);
    ck_assert_uint_eq(times(page, "\n## Account " ONE "\n"), 1);
    ck_assert_uint_eq(times(page, "\n## Account " TWO "\n"), 1);
    ck_assert_uint_eq(times(page, "\n## "), 2);
    ck_assert_uint_eq(times(page, "**Describe:**"), 2);
    ck_assert_uint_eq(times(page, "aws acm describe-certificate "), 6);
    const char *two = strstr(page, "\n## Account " TWO);
    ck_assert_uint_eq(times(two, ":" TWO ":certificate/m"), 3);
    ck_assert_uint_eq(times(two, ":" ONE ":"), 0);
}
END_TEST

Suite *requests_suite(void)
{
    Suite *suite = suite_create("requests");
    TCase *kinds = tcase_create("kinds"), *page = tcase_create("page");
    tcase_set_timeout(kinds, HARNESS_SECONDS);
    tcase_set_timeout(page, HARNESS_SECONDS);
    tcase_add_test(kinds, test_nothing);
    tcase_add_test(kinds, test_list);
    tcase_add_test(kinds, test_missing_places);
    tcase_add_test(kinds, test_us_east_1);
    tcase_add_test(kinds, test_scope);
    tcase_add_test(kinds, test_description_and_file);
    tcase_add_test(kinds, test_mentions);
    tcase_add_loop_test(kinds, test_vanished, 0, VANISHED_CASES);
    tcase_add_test(kinds, test_no_account);
    tcase_add_test(kinds, test_empty_rule);
    tcase_add_test(kinds, test_export_again);
    tcase_add_test(kinds, test_commands);
    tcase_add_test(page, test_page);
    tcase_add_test(page, test_page_of_nothing);
    tcase_add_test(page, test_grouping);
    suite_add_tcase(suite, kinds);
    suite_add_tcase(suite, page);
    return suite;
}
