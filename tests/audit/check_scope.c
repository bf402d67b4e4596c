/* check_scope.c: the expected population: its lines, which of them speaks for a place, and what
 * Coverage says of it. */
#include "audit/check_scope.h"
#include "audit/coverage.h"
#include "audit/scope.h"
#include "base/pool.h"
#include "csv/read_scope.h"
#include "support/facts.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

Suite *scope_suite(void);

#define HEADER "account,region,service,name,owner,environment,in_scope,note\n"
#define ONE "111122223333"
#define TWO "222222222222"
#define THREE "333333333333"
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* Reads the file that holds the text. */
static bool read_text(struct scope *scope, const char *name, const char *text, struct text *error)
{
    harness_write(name, text);
    bool fine = read_scope(scope, name, facts_pool(), error);
    if (scope->lines != NULL)
        harness_keep(scope->lines);
    return fine;
}

static const struct scope *scope_of(const char *lines)
{
    struct scope *scope = pool_alloc(facts_pool(), sizeof *scope);
    struct text error = TEXT_EMPTY;
    bool fine = read_text(scope, harness_format("%s/scope.csv", harness_folder()),
                          harness_format(HEADER "%s", lines), &error);
    ck_assert_msg(fine, "%s", facts_kept(&error));
    text_free(&error);
    return scope;
}

#define GOOD ONE ",us-east-1,acm,Production,Team,production,yes,\n"

/* Texts of the file below the header; says is NULL where all is well. */
static const struct {
    const char *lines;
    size_t line;
    const char *says;
} files[] = {
    {GOOD, 0, NULL},
    {ONE ",*,*,,,,yes,\n", 0, NULL},
    {ONE ",global,iam,,,,no,why\n" ONE ",us-east-1,acm,,,,yes,why\n", 0, NULL},
    {ONE ",us-east-1,acm,,,,yes,\r\n" ONE ",us-east-1,*,,,,yes,\r\n", 0, NULL},
    {ONE ",us-east-1,acm,\"a, \"\"b\"\"\",,,yes,", 0, NULL},
    {ONE ",us-east-1,ACM,,,,Yes,\n" ONE ",global,Iam,,,,FALSE,why\n" TWO ",*,*,,,,True,\n", 0,
     NULL},
    {ONE ",global,*,,,,yes,\n", 0, NULL},
    {GOOD ",,,,,,,\n\n,,,\n" TWO ",us-east-1,acm,,,,yes,\n", 0, NULL},
    {"", 1, "no entries"},
    {",us-east-1,acm,,,,yes,\n", 2, "account is empty"},
    {ONE ",,acm,,,,yes,\n", 2, "region"},
    {GOOD ONE ",eu-west-1,,,,,yes,\n", 3, "service"},
    {GOOD "\n" ONE ",eu-west-1,acm,,,,,\n", 4, "in_scope"},
    {ONE ",us-east-1,ec2,,,,yes,\n", 2, "service must be acm, iam or *, not ec2"},
    {ONE ",us-east-1,acm,,,,1,why\n", 2, "in_scope must be yes or no, not 1"},
    {ONE ",us-east-1,acm,,,,False,\n", 2, "note is empty; a line with in_scope=no needs a reason"},
    {"1.11122E+11,us-east-1,acm,,,,yes,\n", 2,
     "account must be twelve digits, not 1.11122E+11: a spreadsheet changed it to a number"},
    {"\"1,11122E+11\",us-east-1,acm,,,,yes,\n", 2, "a spreadsheet changed it to a number"},
    {"11122223333,us-east-1,acm,,,,yes,\n", 2,
     "account must be twelve digits, not 11122223333: a spreadsheet probably dropped leading "
     "zeros"},
    {"1111-2222-3333,us-east-1,acm,,,,yes,\n", 2, "write the digits alone"},
    {"1111 2222 3333,us-east-1,acm,,,,yes,\n", 2, "write the digits alone"},
    {"1111222233334,us-east-1,acm,,,,yes,\n", 2, "write the digits alone"},
    {"XXXXXXXXXXXX,us-east-1,acm,,,,yes,\n", 2, "see the fifth field of an ARN"},
    {"production,us-east-1,acm,,,,yes,\n", 2, "see the fifth field of an ARN"},
    {ONE ",Ireland,acm,,,,yes,\n", 2,
     "region must be an AWS region such as eu-west-1, global or *, not Ireland"},
    {ONE ",eu-west-1a,*,,,,yes,\n", 2, "not eu-west-1a"},
    {ONE ",us-east-1,acm,,,,no,\n", 2, "note is empty; a line with in_scope=no needs a reason"},
    {ONE ",us-east-1,iam,,,,yes,\n", 2, "region must be global or * for iam, not us-east-1"},
    {ONE ",global,acm,,,,yes,\n", 2, "region must be an AWS region or * for acm, not global"},
    {GOOD GOOD, 3, "duplicate entry (first on line 2): " ONE ", us-east-1, acm"},
    {ONE ",eu-west-1,acm,,,,yes,\n" GOOD ONE ",eu-west-1,acm,,,,no,why\n", 4,
     "duplicate entry (first on line 2): " ONE ", eu-west-1, acm"},
    {ONE ",eu-west-1,acm,\"two\nlines\",,,yes,\n" ONE ",eu-west-1,x,,,,yes,\n", 4, "x"},
    {ONE ",us-east-1,acm,,,yes,\n", 2, "expected 8 fields, found 7"},
    {ONE ",us-east-1,acm,,,,yes,,\n", 2, "expected 8 fields, found 9"},
    {ONE ",us-east-1,acm,\"broken,,,yes,\n", 2, "quoting"},
    {ONE ",us-east-1,\x1B[31m,,,,yes,\n", 2, "\\x1B[31m"},
    {ONE ",us-east-1,acm,caf\xe9,,,yes,\n", 2, "UTF-8"},
};

START_TEST(test_file)
{
    HARNESS_ROW("%s", files[_i].lines);
    struct scope scope = {0};
    struct text error = TEXT_EMPTY;
    const char *name = harness_format("%s/scope.csv", harness_folder());
    bool fine = read_text(&scope, name, harness_format(HEADER "%s", files[_i].lines), &error);
    facts_read(fine, facts_kept(&error), name, files[_i].line, files[_i].says);
}
END_TEST

static const char *const names[] = {"account", "region",      "service",  "name",
                                    "owner",   "environment", "in_scope", "note"};

/* The four that decide are required; of the others, the note is missed only by `no`. */
START_TEST(test_missing_column)
{
    HARNESS_ROW("%s", names[_i]);
    struct scope scope = {0};
    struct text error = TEXT_EMPTY;
    const char *header = "", *row = "", *name = harness_format("%s/s.csv", harness_folder());
    for (int i = 0; i < COUNT(names); i++) {
        header = harness_format("%s%s%s", header, i > 0 ? "," : "", i == _i ? "other" : names[i]);
        row = harness_format("%s%s%s", row, i > 0 ? "," : "",
                             i == 0   ? ONE
                             : i == 1 ? "us-east-1"
                             : i == 2 ? "acm"
                                      : "yes");
    }
    bool required = _i < 3 || _i == 6;
    bool fine = read_text(&scope, name, harness_format("%s\n%s\n", header, row), &error);
    const char *said = facts_kept(&error);
    ck_assert_msg(fine != required, "%s", said);
    if (required)
        facts_holds(said, harness_format("%s:1: column \"%s\" is missing", name, names[_i]));
}
END_TEST

START_TEST(test_no_file)
{
    struct scope scope = {0};
    struct text error = TEXT_EMPTY;
    const char *none = harness_format("%s/none.csv", harness_folder());
    ck_assert(!read_scope(&scope, none, facts_pool(), &error));
    facts_holds(facts_kept(&error), none);
}
END_TEST

START_TEST(test_columns_in_any_order_and_the_digest)
{
    struct scope scope = {0};
    struct text error = TEXT_EMPTY;
    const char *name = harness_format("%s/s.csv", harness_folder());
    bool fine = read_text(&scope, name,
                          "\xef\xbb\xbfnote,in_scope,more,environment,owner,name,service,region,"
                          "account\nn,no,x,e,o,a,acm,us-east-1,000000000007\n",
                          &error);
    ck_assert_msg(fine, "%s", facts_kept(&error));
    ck_assert_uint_eq(scope.count, 1);
    const struct scope_line *line = scope_find(&scope, "000000000007", "us-east-1", SERVICE_ACM);
    ck_assert_ptr_nonnull(line);
    ck_assert_str_eq(line->name, "a");
    ck_assert_str_eq(line->owner, "o");
    ck_assert_str_eq(line->environment, "e");
    ck_assert_str_eq(line->note, "n");
    ck_assert(!line->in_scope);
    ck_assert_uint_eq(line->line, 2);
    ck_assert_str_eq(scope.path, name);
    const char *hex = harness_tool("sha256sum", (const char *const[]){name, NULL});
    ck_assert_int_eq(strncmp(hex, scope.sha256, DIGEST_HEX - 1), 0);
}
END_TEST

#define LINE(account, region, service, name) account "," region "," service "," name ",,,yes,\n"

/* The line with the region says more than one with the service alone. A line for iam has a region,
 * whether it is `global` or `*`. */
static const char places[] = LINE(ONE, "*", "*", "any") LINE(ONE, "us-east-1", "*", "region") LINE(
    ONE, "*", "acm", "service") LINE(ONE, "eu-west-1", "acm", "both") LINE(TWO, "*", "iam", "iam")
    LINE(TWO, "us-east-1", "acm", "acm") LINE(THREE, "global", "*", "global")
        LINE("000000000010", "*", "*", "ten") LINE("444444444444", "global", "*", "global")
            LINE("444444444444", "*", "iam", "iam") LINE("444444444444", "*", "*", "any")
                LINE("555555555555", "global", "*", "global") LINE("555555555555", "*", "*", "any")
                    LINE("666666666666", "*", "*", "any") LINE("666666666666", "*", "iam", "iam")
                        LINE("777777777777", "*", "acm", "service")
                            LINE("777777777777", "us-east-1", "*", "region")
                                LINE("777777777777", "us-east-1", "acm", "both");

static const struct {
    const char *account, *region;
    enum service service;
    const char *name, *account_name; /* NULL: no line */
} finds[] = {
    {ONE, "us-east-1", SERVICE_ACM, "region", "region"},
    {ONE, "eu-west-1", SERVICE_ACM, "both", "both"},
    {ONE, "ap-southeast-2", SERVICE_ACM, "service", "service"},
    {ONE, "global", SERVICE_IAM, "any", "any"},
    {TWO, "global", SERVICE_IAM, "iam", "iam"},
    {TWO, "us-east-1", SERVICE_ACM, "acm", "acm"},
    {TWO, "eu-west-1", SERVICE_ACM, NULL, "iam"},
    {THREE, "global", SERVICE_IAM, "global", "global"},
    {THREE, "us-east-1", SERVICE_ACM, NULL, "global"},
    {"000000000010", "us-east-1", SERVICE_ACM, "ten", "ten"},
    {"10", "us-east-1", SERVICE_ACM, NULL, NULL},
    {"444444444444", "global", SERVICE_IAM, "iam", "iam"},
    {"444444444444", "us-east-1", SERVICE_ACM, "any", "any"},
    {"555555555555", "global", SERVICE_IAM, "global", "global"},
    {"555555555555", "us-east-1", SERVICE_ACM, "any", "any"},
    {"666666666666", "global", SERVICE_IAM, "iam", "iam"},
    {"666666666666", "us-east-1", SERVICE_ACM, "any", "any"},
    {"777777777777", "us-east-1", SERVICE_ACM, "both", "both"},
    {"777777777777", "eu-west-1", SERVICE_ACM, "service", "service"},
    {"777777777777", "global", SERVICE_IAM, NULL, "service"},
    {"", "", SERVICE_ACM, NULL, NULL},
    {"999999999999", "us-east-1", SERVICE_ACM, NULL, NULL},
    {"000000000000", "us-east-1", SERVICE_ACM, NULL, NULL},
};

static void is_line(const struct scope_line *line, const char *name)
{
    if (name == NULL)
        ck_assert_ptr_null(line);
    else {
        ck_assert_ptr_nonnull(line);
        ck_assert_str_eq(line->name, name);
    }
}

START_TEST(test_find)
{
    HARNESS_ROW("%s %s", finds[_i].account, finds[_i].region);
    const struct scope *scope = scope_of(places);
    is_line(scope_find(scope, finds[_i].account, finds[_i].region, finds[_i].service),
            finds[_i].name);
    is_line(scope_find_account(scope, finds[_i].account, finds[_i].region, finds[_i].service),
            finds[_i].account_name);
    ck_assert_ptr_null(scope_find(NULL, finds[_i].account, finds[_i].region, finds[_i].service));
    ck_assert_ptr_null(
        scope_find_account(NULL, finds[_i].account, finds[_i].region, finds[_i].service));
}
END_TEST

/* In whatever order they were added, lines are found by halving. */
START_TEST(test_many)
{
    enum { MANY = 1000, STEP = 337 };
    struct scope scope = {0};
    for (size_t i = 0; i < MANY; i++) {
        struct scope_line line = {.line = i + 2,
                                  .account = harness_format("%012zu", i * STEP % MANY),
                                  .region = "*",
                                  .service = "*",
                                  .in_scope = true};
        line.name = line.account;
        scope_add(&scope, &line);
    }
    ck_assert_ptr_null(scope_finish(&scope));
    harness_keep(scope.lines);
    for (size_t i = 0; i < MANY; i++) {
        const char *account = harness_format("%012zu", i);
        is_line(scope_find(&scope, account, "us-east-1", SERVICE_ACM), account);
    }
    is_line(scope_find(&scope, harness_format("%012d", MANY), "us-east-1", SERVICE_ACM), NULL);
}
END_TEST

#define ACM(account, region) "Arn=arn:aws:acm:" region ":" account ":certificate/1"
#define IAM(account) "Arn=arn:aws:iam::" account ":server-certificate/a"

static const struct coverage *cover(struct evidence *evidence, const char *lines)
{
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    *assessment =
        (struct assessment){.evidence = evidence, .policy = policy, .scope = scope_of(lines)};
    facts_run(assessment);
    return &assessment->coverage;
}

/* `account region service: note`, a line each; the line of the scope in brackets. */
static const char *shown(const struct coverage *coverage)
{
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        text_addf(&text, "%s %s %s [%s]: ", row->account, row->region,
                  evidence_service_name(row->service), row->scope == NULL ? "" : row->scope->name);
        coverage_add_note(row, &text);
        text_add(&text, "\n");
    }
    return facts_kept(&text);
}

#define NO_LIST "population not shown: descriptions without a list"
#define NO_EAST "no evidence for us-east-1: CloudFront uses ACM certificates of us-east-1 only"
#define NOT_LISTED "not covered by any line of the scope; "
#define NONE "no evidence"
#define EAST ACM(ONE, "us-east-1")
#define WEST ACM(ONE, "eu-west-1")

/* Evidence: records of the account and region, NULL for none; then the scope, and the rows of
 * Coverage. */
static const struct {
    const char *acm, *iam, *lines, *rows;
} covers[] = {
    {EAST, IAM(ONE), LINE(ONE, "*", "*", "x"),
     ONE " global iam [x]: " NO_LIST "\n" ONE " us-east-1 acm [x]: " NO_LIST "\n"},
    {EAST, NULL, LINE(ONE, "us-east-1", "acm", "x"),
     ONE " global iam []: " NONE "\n" ONE " us-east-1 acm [x]: " NO_LIST "\n"},
    {EAST, NULL, LINE(ONE, "*", "acm", "x") LINE(ONE, "global", "iam", "y"),
     ONE " global iam [y]: " NONE "\n" ONE " us-east-1 acm [x]: " NO_LIST "\n"},
    /* any service: IAM too */
    {EAST, NULL, LINE(ONE, "*", "*", "x"),
     ONE " global iam [x]: " NONE "\n" ONE " us-east-1 acm [x]: " NO_LIST "\n"},
    /* any region: us-east-1, and what another account uses */
    {WEST, NULL, LINE(TWO, "*", "acm", "y"),
     ONE " eu-west-1 acm []: " NOT_LISTED NO_LIST "\n" ONE " global iam []: " NONE "; " NO_EAST
         "\n" TWO " eu-west-1 acm [y]: " NONE "\n" TWO " global iam []: " NONE "; " NO_EAST "\n" TWO
         " us-east-1 acm [y]: " NONE "\n"},
    {NULL, NULL, LINE(TWO, "*", "*", "y"),
     TWO " global iam [y]: " NONE "; " NO_EAST "\n" TWO " us-east-1 acm [y]: " NONE "\n"},
    /* but not what another line names */
    {EAST, NULL, LINE(ONE, "*", "acm", "x") LINE(TWO, "eu-west-1", "acm", "y"),
     ONE " global iam []: " NONE "\n" ONE " us-east-1 acm [x]: " NO_LIST "\n" TWO
         " eu-west-1 acm [y]: " NONE "\n" TWO " global iam []: " NONE "; " NO_EAST "\n"},
    {EAST, IAM(ONE), LINE(ONE, "global", "iam", "y"),
     ONE " global iam [y]: " NO_LIST "\n" ONE " us-east-1 acm []: " NOT_LISTED NO_LIST "\n"},
    /* a region has no IAM, and global has no ACM */
    {NULL, NULL, LINE(ONE, "eu-west-1", "*", "x"),
     ONE " eu-west-1 acm [x]: " NONE "\n" ONE " global iam []: " NONE "; " NO_EAST "\n"},
    {NULL, NULL, LINE(ONE, "global", "*", "x"), ONE " global iam [x]: " NONE "; " NO_EAST "\n"},
    /* the most exact line decides */
    {EAST, IAM(ONE), LINE(ONE, "*", "*", "x") ONE ",us-east-1,acm,z,,,no,sold last year\n",
     ONE " global iam [x]: " NO_LIST "\n" ONE " us-east-1 acm [z]: out of scope: sold last year\n"},
    {EAST, NULL, LINE(ONE, "us-east-1", "*", "x") ONE ",us-east-1,acm,z,,,no,why\n",
     ONE " global iam []: " NONE "\n" ONE " us-east-1 acm [z]: out of scope: why\n"},
    {NULL, NULL, LINE(ONE, "us-east-1", "*", "x") LINE(ONE, "us-east-1", "acm", "z"),
     ONE " global iam []: " NONE "; " NO_EAST "\n" ONE " us-east-1 acm [z]: " NONE "\n"},
    {EAST, NULL, LINE(ONE, "*", "acm", "x") ONE ",us-east-1,acm,z,,,no,why\n",
     ONE " global iam []: " NONE "\n" ONE " us-east-1 acm [z]: out of scope: why\n"},
    /* what is excluded lacks nothing, and has no row without evidence */
    {EAST, NULL, ONE ",*,*,z,,,no,sold\n",
     ONE " global iam [z]: out of scope: sold\n" ONE " us-east-1 acm [z]: out of scope: sold\n"},
    {WEST, NULL,
     LINE(ONE, "*", "*", "x") ONE ",us-east-1,acm,z,,,no,sold\n" TWO ",*,*,,,,no,sold\n",
     ONE " eu-west-1 acm [x]: " NO_LIST "\n" ONE " global iam [x]: " NONE "\n" ONE
         " us-east-1 acm [z]: out of scope: sold\n"},
    {EAST, NULL, LINE(ONE, "us-east-1", "acm", "x") ONE ",*,iam,z,,,no,none there\n",
     ONE " global iam [z]: out of scope: none there\n" ONE " us-east-1 acm [x]: " NO_LIST "\n"},
};

START_TEST(test_coverage)
{
    HARNESS_ROW("%s", covers[_i].lines);
    struct evidence *evidence = facts_evidence();
    if (covers[_i].acm != NULL)
        facts_description(evidence, "d", covers[_i].acm);
    if (covers[_i].iam != NULL)
        facts_iam(evidence, "i", covers[_i].iam)->from_list = false;
    ck_assert_str_eq(shown(cover(evidence, covers[_i].lines)), covers[_i].rows);
}
END_TEST

/* Too many pairs of account and region have no rows: a line that asks for each region has one that
 * lacks evidence, so that nothing is left out in silence. */
START_TEST(test_too_many)
{
    enum { REGIONS = LIMIT_PAIRS / 2 + 1 };
    struct evidence *evidence = facts_evidence();
    for (int i = 0; i < REGIONS; i++)
        facts_description(evidence, "d", harness_format("Arn=arn:aws:acm:r%d:" ONE ":c/1", i));
    const struct coverage *coverage = cover(evidence, LINE(ONE, "*", "acm", "x"));
    ck_assert(coverage->pairs_left_out);
    const struct coverage_row *row = NULL;
    for (size_t i = 0; i < coverage->count; i++)
        if (coverage->rows[i].too_many)
            row = &coverage->rows[i];
    ck_assert_ptr_nonnull(row);
    ck_assert_str_eq(row->region, "*");
    ck_assert(coverage_open_gaps(row).evidence);
}
END_TEST

Suite *scope_suite(void)
{
    Suite *suite = suite_create("scope");
    TCase *file = tcase_create("file"), *look = tcase_create("look-up");
    TCase *coverage = tcase_create("coverage");
    tcase_add_loop_test(file, test_file, 0, COUNT(files));
    tcase_add_loop_test(file, test_missing_column, 0, COUNT(names));
    tcase_add_test(file, test_no_file);
    tcase_add_test(file, test_columns_in_any_order_and_the_digest);
    tcase_add_loop_test(look, test_find, 0, COUNT(finds));
    tcase_add_test(look, test_many);
    tcase_add_loop_test(coverage, test_coverage, 0, COUNT(covers));
    tcase_add_test(coverage, test_too_many);
    suite_add_tcase(suite, file);
    suite_add_tcase(suite, look);
    suite_add_tcase(suite, coverage);
    scope_add_gaps(suite);
    return suite;
}
