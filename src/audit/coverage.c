/* coverage.c: lists and certificates, counted by account, region and service. */
#include "audit/coverage.h"
#include "audit/merge.h"
#include "audit/scope.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum { ACCOUNT_DIGITS = 12 };

static bool all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return length > 0;
}

bool coverage_is_account(const char *component, size_t length)
{
    return length == ACCOUNT_DIGITS && all_digits(component, length);
}

static struct coverage_row *add_row(struct coverage *coverage, const char *account,
                                    const char *region, enum service service)
{
    coverage->rows = memory_grow(coverage->rows, &coverage->room, coverage->count + 1,
                                 sizeof(struct coverage_row));
    struct coverage_row *row = &coverage->rows[coverage->count++];
    *row = (struct coverage_row){.account = account, .region = region, .service = service};
    return row;
}

/* The rank of a location leads to its rows. */
static void count_certificates(struct coverage *coverage, const struct coverage_sources *sources)
{
    enum { SERVICES = SERVICE_IAM + 1, NONE = 0 };
    size_t count = sources->locations->count * SERVICES;
    size_t *rows = memory_resize(NULL, count, sizeof *rows); /* each plus 1 */
    for (size_t i = 0; i < count; i++)
        rows[i] = NONE;
    for (size_t i = 0; i < sources->certificate_count; i++) {
        const struct certificate *certificate = sources->certificates[i];
        size_t *number = &rows[certificate->location->rank * SERVICES + certificate->service];
        if (*number == NONE) {
            add_row(coverage, certificate->location->account, certificate->location->region,
                    certificate->service);
            *number = coverage->count;
        }
        struct coverage_row *row = &coverage->rows[*number - 1];
        row->evidence = true;
        row->listed += certificate->listed;
        row->described += certificate->described;
        row->not_listed += !certificate->listed;
        /* An IAM list contains all that the rules read: a description would add nothing. */
        row->not_described += certificate->service == SERVICE_ACM && !certificate->described;
        row->assessed += certificate->assessed;
    }
    free(rows);
}

/* A copy of the only component of that kind in the path; "" if there is none, or more. */
static const char *only_component(const char *path, bool (*is)(const char *, size_t),
                                  struct pool *pool)
{
    const char *found = "";
    size_t count = 0;
    for (const char *at = path; *at != '\0';) {
        size_t length = strcspn(at, "/");
        if (is(at, length) && count++ == 0)
            found = pool_copy(pool, at, length);
        at += length + (at[length] == '/');
    }
    return count == 1 ? found : "";
}

const char *coverage_account_of_path(const char *path, struct pool *pool)
{
    return only_component(path, coverage_is_account, pool);
}

static void count_list(struct coverage *coverage, const struct listing *list, struct pool *pool)
{
    const char *account = list->account, *region = list->region;
    bool from_path = false;
    if (list->count == 0) { /* for IAM, which has no regions, the account is enough */
        account = coverage_account_of_path(list->file->path, pool);
        region = only_component(list->file->path, evidence_is_region, pool);
        from_path = *account != '\0' && (*region != '\0' || list->service == SERVICE_IAM);
        if (!from_path)
            account = region = "";
    }
    if (list->service == SERVICE_IAM)
        region = "global";
    struct coverage_row *row = add_row(coverage, account, region, list->service);
    row->evidence = true;
    row->from_path = from_path;
    row->unplaced = list->count == 0 && !from_path;
    row->lists = 1;
    row->truncated = list->truncated;
    row->key_types_shown = list->shows_other_keys;
    row->acme_shown = list->shows_acme;
}

static void count_mention(struct coverage *coverage, const struct mention *mention,
                          struct pool *pool)
{
    size_t length = 0;
    const char *account = evidence_arn_field(mention->arn, 5, &length);
    account = account != NULL ? pool_copy(pool, account, length) : "";
    const char *region = evidence_arn_field(mention->arn, 4, &length);
    region = region != NULL ? pool_copy(pool, region, length) : "";
    if (mention->service == SERVICE_IAM)
        region = "global";
    add_row(coverage, account, region, mention->service)->mentioned = 1;
}

static int by_place(const void *left, const void *right)
{
    const struct coverage_row *a = left, *b = right;
    int order = strcmp(a->account, b->account);
    if (order == 0)
        order = strcmp(a->region, b->region);
    return order != 0 ? order : (int)a->service - (int)b->service;
}

/* Sorts the rows, and merges those with the same account, region and service. */
static void merge_rows(struct coverage *coverage)
{
    size_t kept = 0;
    if (coverage->count == 0)
        return;
    qsort(coverage->rows, coverage->count, sizeof(struct coverage_row), by_place);
    for (size_t i = 1; i < coverage->count; i++) {
        struct coverage_row *into = &coverage->rows[kept], *row = &coverage->rows[i];
        if (by_place(into, row) != 0) {
            coverage->rows[++kept] = *row;
            continue;
        }
        into->lists += row->lists;
        into->listed += row->listed;
        into->described += row->described;
        into->not_described += row->not_described;
        into->not_listed += row->not_listed;
        into->mentioned += row->mentioned;
        into->assessed += row->assessed;
        into->truncated += row->truncated;
        into->unplaced += row->unplaced;
        into->from_path |= row->from_path;
        into->key_types_shown |= row->key_types_shown;
        into->acme_shown |= row->acme_shown;
        into->evidence |= row->evidence;
        into->too_many |= row->too_many;
    }
    coverage->count = kept + 1;
}

/* Each region of the rows, once. The caller frees the array. */
static const char **regions_of(const struct coverage *coverage, size_t *count)
{
    const char **regions = memory_resize(NULL, coverage->count + 1, sizeof *regions);
    size_t named = 0, kept = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        if (row->service == SERVICE_ACM && *row->region != '\0')
            regions[named++] = row->region;
    }
    qsort(regions, named, sizeof *regions, text_order);
    for (size_t i = 0; i < named; i++)
        if (i == 0 || strcmp(regions[kept - 1], regions[i]) != 0)
            regions[kept++] = regions[i];
    *count = kept;
    return regions;
}

static bool is_any(const char *value)
{
    return strcmp(value, "*") == 0;
}

/* Whether the line asks for ACM, which is in every region but `global`. */
static bool asks_for_acm(const struct scope_line *line)
{
    return line->in_scope && strcmp(line->service, "iam") != 0 &&
           strcmp(line->region, "global") != 0;
}

/* How many accounts have evidence, and how many lines of the scope ask for every region. */
static size_t count_wide(const struct coverage *coverage, const struct scope *scope)
{
    const char *counted = "";
    size_t count = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        if (!row->evidence || strcmp(row->account, counted) == 0)
            continue;
        counted = row->account;
        count++;
    }
    for (size_t i = 0; scope != NULL && i < scope->count; i++)
        count += asks_for_acm(&scope->lines[i]) && is_any(scope->lines[i].region);
    return count;
}

/* Adds the rows of each account: one for IAM, and, if the account has evidence, one for each
 * region. */
static void complete_accounts(struct coverage *coverage, const char *const *regions, size_t count)
{
    size_t seen = coverage->count;
    for (size_t start = 0, end; start < seen; start = end) {
        const char *account = coverage->rows[start].account;
        bool has_evidence = false;
        for (end = start; end < seen && strcmp(coverage->rows[end].account, account) == 0; end++)
            has_evidence |= coverage->rows[end].evidence;
        if (*account == '\0')
            continue;
        add_row(coverage, account, "global", SERVICE_IAM);
        for (size_t i = 0; has_evidence && i < count; i++)
            add_row(coverage, account, regions[i], SERVICE_ACM);
    }
}

/* Adds the rows that the scope asks for. */
static void add_scope(struct coverage *coverage, const struct scope *scope,
                      const char *const *regions, size_t count)
{
    for (size_t i = 0; scope != NULL && i < scope->count; i++) {
        const struct scope_line *line = &scope->lines[i];
        if (!line->in_scope)
            continue;
        add_row(coverage, line->account, "global", SERVICE_IAM);
        if (!asks_for_acm(line))
            continue;
        if (!is_any(line->region)) {
            add_row(coverage, line->account, line->region, SERVICE_ACM);
            continue;
        }
        add_row(coverage, line->account, "us-east-1", SERVICE_ACM);
        if (coverage->pairs_left_out)
            add_row(coverage, line->account, "*", SERVICE_ACM)->too_many = true;
        for (size_t j = 0; j < count; j++)
            add_row(coverage, line->account, regions[j], SERVICE_ACM);
    }
}

static void apply_scope(struct coverage *coverage, const struct scope *scope)
{
    for (size_t i = 0; scope != NULL && i < coverage->count; i++) {
        struct coverage_row *row = &coverage->rows[i];
        row->scope = scope_find(scope, row->account, row->region, row->service);
        row->outside_scope = row->scope == NULL;
    }
}

/* Marks the row for IAM of each account that has no evidence for us-east-1, unless the scope
 * excludes that, or the account is only mentioned. */
static void mark_us_east_1(struct coverage *coverage, const struct scope *scope)
{
    struct coverage_row *iam = NULL;
    bool found = false, expected = false;
    for (size_t i = 0; i < coverage->count; i++) {
        struct coverage_row *row = &coverage->rows[i];
        if (i == 0 || strcmp(row[-1].account, row->account) != 0) {
            const struct scope_line *says =
                scope_find(scope, row->account, "us-east-1", SERVICE_ACM);
            found = *row->account == '\0' || (says != NULL && !says->in_scope);
            expected = false;
            iam = NULL;
        }
        found |= row->evidence && strcmp(row->region, "us-east-1") == 0;
        expected |= row->evidence || row->scope != NULL;
        iam = row->service == SERVICE_IAM ? row : iam;
        bool last = i + 1 == coverage->count || strcmp(row[1].account, row->account) != 0;
        if (last && iam != NULL)
            iam->without_us_east_1 = expected && !found;
    }
}

/* Accounts and regions come from the exports, so that above a limit only pairs with evidence, and
 * those that the scope names, have rows. */
static void add_expected(struct coverage *coverage, const struct scope *scope)
{
    size_t count;
    const char **regions = regions_of(coverage, &count);
    coverage->pairs_left_out = count > 0 && count_wide(coverage, scope) > LIMIT_PAIRS / count;
    if (coverage->pairs_left_out)
        count = 0;
    complete_accounts(coverage, regions, count);
    add_scope(coverage, scope, regions, count);
    free(regions);
}

void coverage_build(struct coverage *coverage, const struct coverage_sources *sources,
                    struct pool *pool)
{
    count_certificates(coverage, sources);
    for (const struct listing *list = sources->listings; list; list = list->next)
        count_list(coverage, list, pool);
    for (size_t i = 0; i < sources->mention_count; i++)
        count_mention(coverage, sources->mentions[i], pool);
    merge_rows(coverage);
    add_expected(coverage, sources->scope);
    merge_rows(coverage);
    apply_scope(coverage, sources->scope);
    mark_us_east_1(coverage, sources->scope);
}

void coverage_free(struct coverage *coverage)
{
    free(coverage->rows);
}

struct coverage_gaps coverage_gaps(const struct coverage_row *row)
{
    bool acm_list = row->service == SERVICE_ACM && row->lists > row->unplaced;
    if (coverage_is_excluded(row))
        return (struct coverage_gaps){.evidence = false};
    return (struct coverage_gaps){
        .evidence = !row->evidence,
        .list = row->evidence && row->lists == 0,
        .rest_of_list = row->truncated > 0,
        .place = row->unplaced > 0,
        .records = row->mentioned > 0,
        .other_key_types = acm_list && !row->key_types_shown,
        .acme = acm_list && !row->acme_shown,
        .us_east_1 = row->without_us_east_1,
    };
}

struct coverage_gaps coverage_open_gaps(const struct coverage_row *row)
{
    struct coverage_gaps gaps = coverage_gaps(row);
    bool in_scope = row->scope != NULL;
    gaps.evidence = gaps.evidence && in_scope;
    gaps.list = gaps.list && in_scope;
    gaps.other_key_types = gaps.acme = false; /* these may be unjustified, and are only noted */
    gaps.us_east_1 = false;                   /* us-east-1 has a row of its own if it is in scope */
    return gaps;
}

bool coverage_is_excluded(const struct coverage_row *row)
{
    return row->scope != NULL && !row->scope->in_scope;
}

bool coverage_has_list(const struct coverage_row *row)
{
    return !coverage_is_excluded(row) && row->lists > row->unplaced;
}

void coverage_add_note(const struct coverage_row *row, struct text *text)
{
    const struct coverage_gaps gaps = coverage_gaps(row);
    size_t mark = text->length;
    text_add_note(text, mark, coverage_is_excluded(row), "out of scope: ");
    if (coverage_is_excluded(row))
        text_add(text, row->scope->note);
    text_add_note(text, mark, row->outside_scope && row->evidence,
                  "not covered by any line of the scope");
    text_add_note(text, mark, row->too_many,
                  "too many accounts and regions to look for each region of this account");
    text_add_note(text, mark, gaps.evidence, "no evidence");
    text_add_note(text, mark, row->from_path, "empty list: account and region from the path");
    text_add_note(text, mark, gaps.place, "empty list: account or region unknown");
    text_add_note(text, mark, gaps.rest_of_list, "a list is incomplete (more pages follow)");
    text_add_note(text, mark, gaps.list,
                  row->listed > 0 ? "population not shown: a list reduced by --query"
                                  : "population not shown: descriptions without a list");
    if (gaps.records) {
        text_add_separator(text, mark, "; ");
        text_addf(text, "%zu certificate%s mentioned, without a record", row->mentioned,
                  row->mentioned == 1 ? "" : "s");
    }
    text_add_note(
        text, mark, gaps.other_key_types,
        "the list shows no keys other than RSA_1024 and RSA_2048; list-certificates omits "
        "all others unless given --includes keyTypes=...");
    text_add_note(text, mark, gaps.acme,
                  "the list shows no ACME certificate; list-certificates omits them unless given "
                  "--certificate-key-pair-origins ACME");
    text_add_note(text, mark, gaps.us_east_1,
                  "no evidence for us-east-1: CloudFront uses ACM certificates of us-east-1 only");
}
