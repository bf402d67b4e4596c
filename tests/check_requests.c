/* check_requests.c: what the entity is asked for: each kind of request, its command as a shell
 * takes it, and the page. */
#include "cli.h"
#include "facts.h"
#include "model.h"
#include "pool.h"
#include "report.h"
#include "requests.h"
#include "scope.h"
#include "write_requests.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
                             .account = account,
                             .region = region};
    evidence->listings = list;
    return list;
}

/* One account of which nothing is missing: an IAM list, and us-east-1 with its description. */
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
    *assessment = (struct assessment){.evidence = evidence,
                                      .policy = facts_policy(FACTS_AS_OF),
                                      .selected = {true, true},
                                      .scope = scope};
    assess_run(assessment);
    harness_keep(evidence->files);
    harness_keep(evidence->observations);
    harness_keep(assessment->certificates);
    harness_keep(assessment->findings);
    harness_keep(assessment->coverage.rows);
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

/* `account kind why: what`, a line each. */
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

/* The one request that holds both. */
static void asks(const struct requests *requests, const char *account, enum request_kind kind,
                 const char *why, const char *what)
{
    size_t found = 0;
    for (size_t i = 0; i < requests->count; i++) {
        const struct request *item = &requests->items[i];
        found += strcmp(item->account, account) == 0 && item->kind == kind &&
                 strstr(item->why, why) != NULL && strstr(item->what, what) != NULL;
    }
    ck_assert_msg(found == 1, "%s, %s, %s: %zu in\n%s", account, why, what, found, shown(requests));
}

START_TEST(test_nothing)
{
    const struct requests *requests = ask(whole(), NULL);
    ck_assert_msg(requests->count == 0, "%s", shown(requests));
}
END_TEST

#define TYPES "--includes keyTypes="

/* What is taken from the whole, one at a time. */
START_TEST(test_list)
{
    struct evidence *evidence = whole();
    evidence->listings->truncated = true;
    asks(ask(evidence, NULL), ONE, REQUEST_LIST, "more certificates follow", "us-east-1");
    evidence = whole();
    evidence->listings->shows_other_keys = false;
    asks(ask(evidence, NULL), ONE, REQUEST_LIST, "RSA_1024 and RSA_2048", TYPES);
    evidence = whole();
    facts_description(evidence, "d", ACM(ONE, "eu-west-1", "2"));
    asks(ask(evidence, NULL), ONE, REQUEST_LIST, "no list", "--region eu-west-1");
    asks(ask(evidence, NULL), ONE, REQUEST_LIST, "", TYPES);
}
END_TEST

START_TEST(test_missing_places)
{
    struct evidence *evidence = whole();
    add_list(evidence, "m", SERVICE_ACM, TWO, "eu-west-1");
    facts_summary(evidence, "m", ACM(TWO, "eu-west-1", "1"));
    facts_description(evidence, "d", ACM(TWO, "eu-west-1", "1"));
    const struct requests *requests = ask(evidence, NULL);
    asks(requests, ONE, REQUEST_LIST, "other accounts", "--region eu-west-1");
    asks(requests, TWO, REQUEST_LIST, "other accounts", "--region us-east-1");
    asks(requests, TWO, REQUEST_LIST, "IAM", "aws iam list-server-certificates");
    ck_assert_uint_eq(requests->count, 3);
}
END_TEST

START_TEST(test_us_east_1)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "i", SERVICE_IAM, ONE, "");
    facts_iam(evidence, "i", IAM(ONE));
    const struct requests *requests = ask(evidence, NULL);
    asks(requests, ONE, REQUEST_LIST, "CloudFront", "--region us-east-1");
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
    asks(requests, TWO, REQUEST_LIST, "in scope", "--region ap-southeast-2");
    facts_lacks(shown(requests), TWO " 0 there is no evidence for IAM");
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
    bad->fault = worse->fault = true;
    bad->state = worse->state = EVIDENCE_UNUSABLE;
    model_add_problem(evidence, bad, DIAG_JSON_ENDS_EARLY, 22, 7, "inside an object");
    model_add_problem(evidence, worse, DIAG_EMPTY_FILE, 0, 0, NULL);
    const struct requests *requests = ask(evidence, NULL);
    asks(requests, ONE, REQUEST_DESCRIPTION, "list alone",
         " --region us-east-1 --certificate-arn arn:aws:acm:us-east-1:" ONE ":certificate/2");
    asks(requests, ONE, REQUEST_FILE, "export them again",
         ONE "/eu-west-1/bad.json, line 22, column 7: ");
    asks(requests, "", REQUEST_FILE, "export them again", "worse.json: ");
    asks(requests, "", REQUEST_DESCRIPTION, "", "--certificate-arn ARN");
    for (size_t i = 1; i < requests->count; i++) /* what states no account comes last */
        ck_assert_msg(*requests->items[i - 1].account != '\0' || *requests->items[i].account == 0,
                      "%s", shown(requests));
}
END_TEST

static const char *const values[] = {
    "plain",        "two words",    "it's",       "$(touch made)",
    "`touch made`", "; touch made", "\"a\" \\ b", "a&b|c>d",
    "#x",           "a*",           "~",          "caf\xc3\xa9 'x'",
    "!!",           "-n",           "a=b",
};

/* A stub of the AWS CLI tells its arguments; nothing else may come of the commands. */
START_TEST(test_command)
{
    const char *folder = harness_folder(), *tools = harness_folder();
    const char *stub = harness_format("%s/aws", tools);
    const char *region = values[_i];
    const char *arn = harness_format("arn:aws:acm:%s:" ONE ":certificate/%s", region, values[_i]);
    struct evidence *evidence = whole();
    harness_write(stub, "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\n");
    ck_assert_int_eq(chmod(stub, 0755), 0);
    add_list(evidence, "x", SERVICE_ACM, ONE, region)->truncated = true;
    facts_set(facts_summary(evidence, "x", "Name=x"), "Arn", arn);
    const struct requests *requests = ask(evidence, NULL);
    struct text commands = TEXT_EMPTY;
    for (size_t i = 0; i < requests->count; i++)
        text_addf(&commands, "%s\n", requests->items[i].what);
    harness_write(harness_format("%s/script", folder), facts_kept(&commands));
    struct harness_run how = {.program = "sh",
                              .folder = folder,
                              .environment =
                                  CLI_LIST(harness_format("PATH=%s:%s", tools, getenv("PATH"))),
                              .arguments = CLI_LIST("-eu", "script")};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 0);
    ck_assert_str_eq(result.error, "");
    ck_assert_str_eq(harness_names(folder), "script");
    const char *told = *region == '-' ? harness_format("[--region=%s]\n", region)
                                      : harness_format("[--region]\n[%s]\n", region);
    facts_holds(result.output, harness_format("[list-certificates]\n%s", told));
    facts_holds(result.output, harness_format("%s[--certificate-arn]\n[%s]\n", told, arn));
    ck_assert_uint_eq(times(result.output, "[acm]\n"), 2);
    ck_assert_uint_eq(times(result.output, "[--output]\n[json]\n"), 2);
    ck_assert_uint_eq(times(result.output, "[--certificate-arn]"), 1);
    ck_assert_uint_eq(times(result.output, "[keyTypes="), 1);
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

/* Every element that cmark-gfm makes of the page is one that the page is built of. */
static const char *rendered(const char *path)
{
    static const char *const elements[] = {"document", "heading",   "paragraph",  "text",
                                           "code",     "strong",    "code_block", "list",
                                           "item",     "softbreak", "?xml",       "!DOCTYPE"};
    const char *xml =
        harness_tool("cmark-gfm", CLI_LIST("-e", "table", "-e", "autolink", "-e", "strikethrough",
                                           "-e", "tasklist", "-t", "xml", path));
    for (const char *at = xml; (at = strchr(at, '<')) != NULL;) {
        at += 1 + (at[1] == '/');
        size_t length = strcspn(at, " />\n");
        int known = 0;
        for (int i = 0; i < COUNT(elements); i++)
            known += strlen(elements[i]) == length && strncmp(at, elements[i], length) == 0;
        ck_assert_msg(known == 1, "a foreign element: %.*s", (int)length, at);
    }
    return xml;
}

static const char *const nasty[] = {
    "plain",
    "<script>alert(1)</script>",
    "[a](http://example.com)",
    "![a](x)",
    "*a* **b** ~~c~~",
    "```",
    "| a | b |",
    "a\n# heading\n",
    "a\n\n- [ ] task",
    "<!-- a",
    "https://example.com",
    "a@example.com",
    "</code></pre><b>",
    "&lt;b&gt; &#60;",
    "a\n---\n",
    "`",
    "``` sh\nrm",
    "\\",
    "1. a",
    "\xe2\x80\xaezyx",
};

START_TEST(test_page)
{
    struct scope_line line = {2, ONE, "*", "*", nasty[_i], nasty[_i], "e", "", true};
    struct evidence *evidence = whole();
    struct evidence_file *bad = facts_file(evidence, nasty[_i]);
    bad->fault = true;
    model_add_problem(evidence, bad, DIAG_NOT_JSON, 1, 1, nasty[_i]);
    facts_set(facts_summary(evidence, "l", "Name=x"), "Arn",
              harness_format("arn:aws:acm:us-east-1:" ONE ":certificate/%s", nasty[_i]));
    const char *xml = rendered(page_of(evidence, scope_of(&line, 1), nasty[_i]));
    ck_assert_uint_eq(times(xml, "<heading level=\"1\""), 1);
    ck_assert_uint_eq(times(xml, "<heading level=\"2\""), 2); /* the account, and none stated */
    ck_assert_uint_eq(times(xml, "<heading"), 3);
    ck_assert_uint_eq(times(xml, "<code_block"), 1);
    ck_assert_uint_eq(times(xml, "<item>"), 1);
}
END_TEST

START_TEST(test_page_of_nothing)
{
    const char *path = page_of(whole(), NULL, "Review");
    facts_holds(harness_read(path, NULL), "nothing is missing");
    ck_assert_uint_eq(times(rendered(path), "<heading"), 1);
}
END_TEST

/* An account has one heading, and a reason one block. */
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
    tcase_add_loop_test(kinds, test_command, 0, COUNT(values));
    tcase_add_loop_test(page, test_page, 0, COUNT(nasty));
    tcase_add_test(page, test_page_of_nothing);
    tcase_add_test(page, test_grouping);
    suite_add_tcase(suite, kinds);
    suite_add_tcase(suite, page);
    return suite;
}
