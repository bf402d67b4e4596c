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

bool coverage_is_region(const char *component, size_t length)
{
    return evidence_is_region(component, length);
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
        region = only_component(list->file->path, coverage_is_region, pool);
        from_path = *account != '\0' && (*region != '\0' || list->service == SERVICE_IAM);
        if (!from_path)
            account = region = "";
    }
    if (list->service == SERVICE_IAM)
        region = "global";
    struct coverage_row *row = add_row(coverage, account, region, list->service);
    row->evidence = true;
    row->from_path = from_path;
    row->lists = 1;
    row->truncated = list->truncated;
    row->key_types_shown = list->shows_other_keys;
}

static int by_place(const void *left, const void *right)
{
    const struct coverage_row *a = left, *b = right;
    int order = strcmp(a->account, b->account);
    if (order == 0)
        order = strcmp(a->region, b->region);
    if (order == 0)
        order = (int)a->service - (int)b->service;
    return order != 0 ? order : (int)a->any_service - (int)b->any_service;
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
        into->assessed += row->assessed;
        into->truncated += row->truncated;
        into->from_path |= row->from_path;
        into->key_types_shown |= row->key_types_shown;
        into->evidence |= row->evidence;
        into->missing |= row->missing;
        into->without_us_east_1 |= row->without_us_east_1;
        into->scope = into->scope != NULL ? into->scope : row->scope;
    }
    coverage->count = kept + 1;
}

/* Each region that is named anywhere, once. The caller frees the array. */
static const char **regions_of(const struct coverage *coverage, size_t *count)
{
    const char **regions = memory_resize(NULL, coverage->count + 1, sizeof *regions);
    size_t named = 0, kept = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        if (row->service == SERVICE_ACM && *row->region != '\0' && strcmp(row->region, "*") != 0)
            regions[named++] = row->region;
    }
    qsort(regions, named, sizeof *regions, text_order);
    for (size_t i = 0; i < named; i++)
        if (i == 0 || strcmp(regions[kept - 1], regions[i]) != 0)
            regions[kept++] = regions[i];
    *count = kept;
    return regions;
}

/* How many accounts have evidence. */
static size_t count_accounts(const struct coverage *coverage)
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
    return count;
}

/* Adds the rows of each account: one for IAM, marked if us-east-1 is missing, and, if the account
 * has evidence, one for each region that any account has. Accounts and regions come from the
 * exports, so that above a limit only pairs with evidence have rows. */
static void complete_accounts(struct coverage *coverage)
{
    size_t seen = coverage->count, region_count;
    const char **regions = regions_of(coverage, &region_count);
    coverage->pairs_left_out =
        region_count > 0 && count_accounts(coverage) > LIMIT_PAIRS / region_count;
    for (size_t start = 0, end; start < seen; start = end) {
        const char *account = coverage->rows[start].account;
        bool has_us_east_1 = false, has_evidence = false;
        for (end = start; end < seen && strcmp(coverage->rows[end].account, account) == 0; end++) {
            has_evidence |= coverage->rows[end].evidence;
            has_us_east_1 |= coverage->rows[end].evidence &&
                             strcmp(coverage->rows[end].region, "us-east-1") == 0;
        }
        if (*account == '\0')
            continue;
        add_row(coverage, account, "global", SERVICE_IAM)->without_us_east_1 = !has_us_east_1;
        for (size_t i = 0; !coverage->pairs_left_out && has_evidence && i < region_count; i++)
            add_row(coverage, account, regions[i], SERVICE_ACM);
    }
    free(regions);
}

/* The first of the sorted rows that is not before the account. */
static size_t first_row_of(const struct coverage *coverage, size_t count, const char *account)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(coverage->rows[middle].account, account) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_evidence(const struct coverage *coverage, size_t seen, const struct scope *scope,
                         const struct scope_line *line)
{
    for (size_t i = first_row_of(coverage, seen, line->account);
         i < seen && strcmp(coverage->rows[i].account, line->account) == 0; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        const struct scope_line *says = scope_find(scope, row->account, row->region, row->service);
        if (row->evidence && says != NULL && says->in_scope == line->in_scope &&
            scope_line_covers(line, row->account, row->region, row->service))
            return true;
    }
    return false;
}

/* Adds a row for each line of the scope without evidence. What another line excludes from the scope
 * is not evidence for a line that includes it. */
static void add_scope(struct coverage *coverage, const struct scope *scope)
{
    size_t seen = coverage->count;
    for (size_t i = 0; scope != NULL && i < scope->count; i++) {
        const struct scope_line *line = &scope->lines[i];
        if (has_evidence(coverage, seen, scope, line))
            continue;
        bool any_service = strcmp(line->service, "*") == 0;
        bool any_region = strcmp(line->region, "*") == 0;
        bool iam = strcmp(line->service, "iam") == 0 || strcmp(line->region, "global") == 0;
        struct coverage_row *row = add_row(coverage, line->account, iam ? "global" : line->region,
                                           iam ? SERVICE_IAM : SERVICE_ACM);
        const struct scope_line *says = scope_find(scope, row->account, row->region, row->service);
        /* A region has only ACM: its row is this line's, unless a more exact line decides. */
        row->any_service = any_service && (any_region || says->in_scope != line->in_scope);
        row->scope = row->any_service ? line : says;
        row->missing = line->in_scope;
        coverage->lines_without_evidence += line->in_scope;
    }
}

static void apply_scope(struct coverage *coverage, const struct scope *scope)
{
    for (size_t i = 0; scope != NULL && i < coverage->count; i++) {
        struct coverage_row *row = &coverage->rows[i];
        if (row->scope == NULL)
            row->scope = scope_find(scope, row->account, row->region, row->service);
        row->outside_scope = row->scope == NULL;
    }
}

void coverage_build(struct coverage *coverage, const struct coverage_sources *sources,
                    struct pool *pool)
{
    count_certificates(coverage, sources);
    for (const struct listing *list = sources->listings; list; list = list->next)
        count_list(coverage, list, pool);
    merge_rows(coverage);
    add_scope(coverage, sources->scope);
    merge_rows(coverage);
    complete_accounts(coverage);
    merge_rows(coverage);
    apply_scope(coverage, sources->scope);
}

void coverage_free(struct coverage *coverage)
{
    free(coverage->rows);
}

struct coverage_gaps coverage_gaps(const struct coverage_row *row)
{
    bool acm = row->service == SERVICE_ACM;
    return (struct coverage_gaps){
        .evidence = !row->evidence,
        .list = row->evidence && row->lists == 0,
        .rest_of_list = row->truncated > 0,
        .other_key_types = acm && row->lists > 0 && !row->key_types_shown,
        .us_east_1 = row->without_us_east_1,
    };
}

bool coverage_is_excluded(const struct coverage_row *row)
{
    return row->scope != NULL && !row->scope->in_scope;
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
    text_add_note(text, mark, gaps.evidence, "no evidence");
    text_add_note(text, mark, row->from_path, "empty list: account and region from the path");
    text_add_note(text, mark, gaps.rest_of_list, "a list is incomplete (more pages follow)");
    text_add_note(text, mark, gaps.list,
                  row->listed > 0 ? "population not shown: a list reduced by --query"
                                  : "population not shown: descriptions without a list");
    text_add_note(text, mark, gaps.other_key_types,
                  "the list shows only RSA_1024 and RSA_2048 keys; list-certificates omits other "
                  "keys unless given --includes keyTypes=...");
    text_add_note(text, mark, gaps.us_east_1,
                  "no evidence for us-east-1: CloudFront uses ACM certificates of us-east-1 only");
}
