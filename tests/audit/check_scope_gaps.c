/* check_scope_gaps.c: each of many scopes over each of many estates: the rows of Coverage, their
 * notes, the requests, the verdict and the exit status agree on what is missing. */
#include "audit/check_scope.h"
#include "audit/coverage.h"
#include "audit/scope.h"
#include "audit/verdict.h"
#include "base/pool.h"
#include "report/requests.h"
#include "support/facts.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

#define ONE "111122223333"
#define TWO "222222222222"
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* Nothing in these fails or is undecided, so that only gaps matter. */
enum piece {
    EAST_LIST,  /* us-east-1 of ONE, listed and described */
    EAST_EMPTY, /* the same, listed and empty */
    IAM_LIST,
    WEST_DESCRIBED, /* eu-west-1 of ONE, described without a list */
    WEST_TRUNCATED, /* the same, with a list that is truncated */
    MENTIONED,      /* ap-south-1 of ONE, mentioned */
    TWO_LIST,       /* us-east-1 of TWO */
    EMPTY_NOWHERE,  /* an empty list of an unknown place */
    PIECES
};

/* Lines: `account region service in_scope`, by a space. */
static const char *const scopes[] = {
    NULL,
    ONE " * * yes",
    ONE " * acm yes",
    ONE " * iam yes",
    ONE " us-east-1 acm yes",
    ONE " us-east-1 * yes",
    ONE " global * yes",
    ONE " * * yes;" TWO " * * yes",
    ONE " * * yes;" TWO " * * no",
    ONE " * * no;" TWO " us-east-1 acm yes",
    ONE " * * yes;" ONE " eu-west-1 acm no",
    ONE " * * yes;" ONE " eu-west-1 acm no;" ONE " ap-south-1 * no;" ONE " * iam no",
    ONE " eu-west-1 acm yes;" ONE " * * no",
    TWO " * * yes",
    "999999999999 ca-central-1 acm yes",
};

static void add_list(struct evidence *evidence, const char *path, enum service service,
                     const char *account, const char *region, size_t count)
{
    struct listing *list = pool_alloc(evidence->pool, sizeof *list);
    *list = (struct listing){.next = evidence->listings,
                             .file = facts_file(evidence, path),
                             .service = service,
                             .count = count,
                             .shows_other_keys = true,
                             .shows_acme = true,
                             .account = account,
                             .region = region};
    evidence->listings = list;
}

static void add_certificate(struct evidence *evidence, const char *account, const char *region,
                            bool listed)
{
    const char *arn =
        harness_format("Arn=arn:aws:acm:%s:%s:certificate/%s", region, account, region);
    facts_description(evidence, "d", arn);
    if (listed)
        facts_summary(evidence, "l", arn);
}

static void add_mention(struct evidence *evidence)
{
    struct mention *mention = pool_alloc(evidence->pool, sizeof *mention);
    *mention = (struct mention){.file = facts_file(evidence, "m"),
                                .document = 1,
                                .line = 1,
                                .pointer = "/Listeners/0",
                                .arn = "arn:aws:acm:ap-south-1:" ONE ":certificate/9",
                                .service = SERVICE_ACM};
    evidence->mentions = mention;
}

static void add_piece(struct evidence *evidence, enum piece piece)
{
    switch (piece) {
    case EAST_LIST:
        add_list(evidence, "l", SERVICE_ACM, ONE, "us-east-1", 1);
        add_certificate(evidence, ONE, "us-east-1", true);
        break;
    case EAST_EMPTY:
        add_list(evidence, ONE "/us-east-1/l", SERVICE_ACM, "", "", 0);
        break;
    case IAM_LIST:
        add_list(evidence, "i", SERVICE_IAM, ONE, "", 1);
        facts_iam(evidence, "i", "Arn=arn:aws:iam::" ONE ":server-certificate/a");
        break;
    case WEST_DESCRIBED:
        add_certificate(evidence, ONE, "eu-west-1", false);
        break;
    case WEST_TRUNCATED:
        add_list(evidence, "l", SERVICE_ACM, ONE, "eu-west-1", 1);
        add_certificate(evidence, ONE, "eu-west-1", true);
        evidence->listings->truncated = true;
        break;
    case MENTIONED:
        add_mention(evidence);
        break;
    case TWO_LIST:
        add_list(evidence, "l", SERVICE_ACM, TWO, "us-east-1", 1);
        add_certificate(evidence, TWO, "us-east-1", true);
        break;
    case EMPTY_NOWHERE:
        add_list(evidence, "x.json", SERVICE_ACM, "", "", 0);
        break;
    case PIECES:
        break;
    }
}

static const struct scope *scope_of(const char *lines)
{
    struct scope *scope = pool_alloc(facts_pool(), sizeof *scope);
    char *copy = strcpy(pool_alloc(facts_pool(), strlen(lines) + 1), lines);
    char *rest = copy;
    for (char *line; (line = strtok_r(rest, ";", &rest)) != NULL;) {
        struct scope_line added = {
            .line = 2, .name = "", .owner = "", .environment = "", .note = "why"};
        added.account = strtok_r(line, " ", &line);
        added.region = strtok_r(line, " ", &line);
        added.service = strtok_r(line, " ", &line);
        added.in_scope = strcmp(strtok_r(line, " ", &line), "yes") == 0;
        scope_add(scope, &added);
    }
    ck_assert_ptr_null(scope_finish(scope));
    harness_keep(scope->lines);
    return scope;
}

static bool is_in_scope(const struct scope *scope, const struct coverage_row *row)
{
    const struct scope_line *line = scope_find(scope, row->account, row->region, row->service);
    return line != NULL && line->in_scope;
}

static bool is_excluded(const struct scope *scope, const struct coverage_row *row)
{
    const struct scope_line *line = scope_find(scope, row->account, row->region, row->service);
    return line != NULL && !line->in_scope;
}

/* By the contract, from the columns of the row. */
static bool is_incomplete(const struct scope *scope, const struct coverage_row *row)
{
    if (is_excluded(scope, row))
        return false;
    bool empty_nowhere = row->lists > 0 && row->listed == 0 && *row->account == '\0';
    return row->truncated > 0 || row->mentioned > 0 || empty_nowhere ||
           (is_in_scope(scope, row) && row->lists == 0);
}

/* Whether a request asks for a list of the row's place, or for a certificate in it. */
static bool is_requested(const struct requests *requests, const struct coverage_row *row)
{
    bool iam = row->service == SERVICE_IAM;
    const char *region =
        harness_format("--region %s ", *row->region != '\0' ? row->region : "REGION");
    for (size_t i = 0; i < requests->count; i++)
        if (strcmp(requests->items[i].account, row->account) == 0 &&
            strstr(requests->items[i].what, iam ? "aws iam " : region) != NULL)
            return true;
    return false;
}

/* The note on us-east-1 in the row for IAM is about another row. */
static bool is_noted(const struct coverage_row *row)
{
    static const char *const notes[] = {"no evidence", "population not shown", "more pages follow",
                                        "without a record", "account or region unknown"};
    struct text text = TEXT_EMPTY;
    coverage_add_note(row, &text);
    bool noted = false;
    for (int i = 0; i < COUNT(notes); i++) {
        const char *at = strstr(text_string(&text), notes[i]);
        noted |= at != NULL && strncmp(at, "no evidence for", strlen("no evidence for")) != 0;
    }
    text_free(&text);
    return noted;
}

static void require_row(const struct coverage *coverage, const char *account, const char *region,
                        enum service service)
{
    for (size_t i = 0; i < coverage->count; i++)
        if (strcmp(coverage->rows[i].account, account) == 0 &&
            strcmp(coverage->rows[i].region, region) == 0 && coverage->rows[i].service == service)
            return;
    HARNESS_FAIL("no row for %s %s %s", account, region, evidence_service_name(service));
}

/* `*` as service asks for both, `*` as region for us-east-1 and each region of the evidence. */
static void require_rows(const struct scope *scope, const struct coverage *coverage, int pieces)
{
    for (size_t i = 0; i < scope->count; i++) {
        const struct scope_line *line = &scope->lines[i];
        bool any = strcmp(line->region, "*") == 0, global = strcmp(line->region, "global") == 0;
        bool acm = strcmp(line->service, "iam") != 0, iam = strcmp(line->service, "acm") != 0;
        if (!line->in_scope)
            continue;
        if (iam && (any || global))
            require_row(coverage, line->account, "global", SERVICE_IAM);
        if (acm && !global)
            require_row(coverage, line->account, any ? "us-east-1" : line->region, SERVICE_ACM);
        if (acm && any && (pieces & (1 << WEST_DESCRIBED | 1 << WEST_TRUNCATED)) != 0)
            require_row(coverage, line->account, "eu-west-1", SERVICE_ACM);
        if (acm && any && (pieces & 1 << MENTIONED) != 0)
            require_row(coverage, line->account, "ap-south-1", SERVICE_ACM);
    }
}

static const char *what_is_run(const char *lines, int pieces)
{
    return harness_format("scope %s, pieces 0x%02x", lines != NULL ? lines : "none",
                          (unsigned)pieces);
}

static void check_rows(const struct assessment *assessment, const struct requests *requests,
                       const char *run)
{
    const struct coverage *coverage = &assessment->coverage;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        bool incomplete = is_incomplete(assessment->scope, row);
        bool requested = is_requested(requests, row);
        const char *at = harness_format("%s: %s %s %s", run, row->account, row->region,
                                        evidence_service_name(row->service));
        if (incomplete)
            HARNESS_REQUIRE(requested && is_noted(row), "%s: requested %d, noted %d", at, requested,
                            is_noted(row));
        if (is_in_scope(assessment->scope, row))
            HARNESS_REQUIRE(requested == incomplete && is_noted(row) == incomplete,
                            "%s: incomplete %d, requested %d, noted %d", at, incomplete, requested,
                            is_noted(row));
        if (is_excluded(assessment->scope, row))
            HARNESS_REQUIRE(!requested && !is_noted(row), "%s: excluded, but requested", at);
    }
}

static void check_run(const struct assessment *assessment, const char *run)
{
    const struct coverage *coverage = &assessment->coverage;
    struct requests requests = {NULL, 0, 0};
    struct text verdict = TEXT_EMPTY;
    bool incomplete = false, nothing = true;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        incomplete |= is_incomplete(assessment->scope, row);
        nothing &= is_excluded(assessment->scope, row) || *row->account == '\0' ||
                   row->lists + row->described == 0;
    }
    requests_build(&requests, assessment, facts_pool());
    check_rows(assessment, &requests, run);
    verdict_add_sentence(assessment, &verdict);
    const char *said = facts_kept(&verdict);
    int status = verdict_exit_status(assessment);
    HARNESS_REQUIRE(status == (incomplete || nothing ? 3 : 0), "%s: status %d, but %s", run, status,
                    incomplete ? "incomplete"
                    : nothing  ? "nothing was read"
                               : "complete");
    bool clean = strstr(said, "none failed") != NULL || strstr(said, "did not fail") != NULL ||
                 strstr(said, "No certificates exist") != NULL;
    HARNESS_REQUIRE(clean == (status == 0), "%s: status %d: %s", run, status, said);
    if (incomplete && !nothing)
        facts_holds(said, "the evidence is incomplete (");
    free(requests.items);
}

START_TEST(test_agreement)
{
    for (int pieces = 0; pieces < 1 << PIECES; pieces++) {
        struct evidence *evidence = facts_evidence();
        struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
        for (int i = 0; i < PIECES; i++)
            if ((pieces & 1 << i) != 0)
                add_piece(evidence, (enum piece)i);
        *assessment = (struct assessment){
            .evidence = evidence,
            .policy = facts_policy(FACTS_AS_OF),
            .scope = scopes[_i] != NULL ? scope_of(scopes[_i]) : NULL,
        };
        facts_run(assessment);
        if (assessment->scope != NULL)
            require_rows(assessment->scope, &assessment->coverage, pieces);
        check_run(assessment, what_is_run(scopes[_i], pieces));
    }
}
END_TEST

void scope_add_gaps(Suite *suite)
{
    TCase *gaps = tcase_create("gaps");
    tcase_set_timeout(gaps, HARNESS_SECONDS);
    tcase_add_loop_test(gaps, test_agreement, 0, COUNT(scopes));
    suite_add_tcase(suite, gaps);
}
