/* coverage.c: lists and certificates, counted by account, region and service. */
#include "coverage.h"
#include "memory.h"
#include "pool.h"
#include "text.h"
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

/* Two lower-case letters, or more behind `us`-like first parts (`us-gov-west-1`), then a digit:
 * every region so far is words of lower-case letters, at least two, and a number. */
bool coverage_is_region(const char *component, size_t length)
{
    size_t words = 0, start = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && component[i] != '-')
            continue;
        if (i == length)
            return words >= 2 && i - start <= 2 && all_digits(component + start, i - start);
        for (size_t j = start; j < i; j++)
            if (component[j] < 'a' || component[j] > 'z')
                return false;
        if (i == start || (words == 0 && i - start != 2))
            return false;
        words++;
        start = i + 1;
    }
    return false;
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

/* Certificates come sorted by place, so that most share their row with the one before. */
static void count_certificates(struct coverage *coverage, const struct assessment *assessment)
{
    struct coverage_row *row = NULL;
    for (size_t i = 0; i < assessment->certificate_count; i++) {
        const struct certificate *certificate = assessment->certificates[i];
        if (row == NULL || row->service != certificate->service ||
            strcmp(row->account, certificate->account) != 0 ||
            strcmp(row->region, certificate->region) != 0)
            row =
                add_row(coverage, certificate->account, certificate->region, certificate->service);
        row->evidence = true;
        row->listed += certificate->listed;
        row->described += certificate->described;
        row->not_listed += !certificate->listed;
        /* IAM's list holds all that its rule reads: nothing is missing without a description. */
        row->not_described += certificate->service == SERVICE_ACM && !certificate->described;
        row->assessed += certificate->assessed;
    }
}

/* The account and region that the path of an empty list's file names: exactly one component of
 * each. IAM has no regions: there the account is enough. */
static bool place_from_path(const struct listing *list, struct pool *pool, const char **account,
                            const char **region)
{
    size_t accounts = 0, regions = 0;
    *account = *region = "";
    for (const char *at = list->file->path; *at != '\0';) {
        size_t length = strcspn(at, "/");
        if (coverage_is_account(at, length) && accounts++ == 0)
            *account = pool_copy(pool, at, length);
        if (coverage_is_region(at, length) && regions++ == 0)
            *region = pool_copy(pool, at, length);
        at += length + (at[length] == '/');
    }
    return accounts == 1 && (regions == 1 || list->service == SERVICE_IAM);
}

static void count_list(struct coverage *coverage, const struct listing *list, struct pool *pool)
{
    const char *account = list->account, *region = list->region;
    bool from_path = false;
    if (list->count == 0) {
        from_path = place_from_path(list, pool, &account, &region);
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
    return order != 0 ? order : (int)a->service - (int)b->service;
}

/* Sorts, and makes one row of those for the same place. */
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
        into->without_us_east_1 |= row->without_us_east_1;
    }
    coverage->count = kept + 1;
}

/* A row for IAM in each account that is stated, marked where us-east-1 is missing. */
static void complete_accounts(struct coverage *coverage)
{
    size_t seen = coverage->count;
    for (size_t start = 0, end; start < seen; start = end) {
        const char *account = coverage->rows[start].account;
        bool has_us_east_1 = false;
        for (end = start; end < seen && strcmp(coverage->rows[end].account, account) == 0; end++)
            has_us_east_1 |= strcmp(coverage->rows[end].region, "us-east-1") == 0;
        if (*account != '\0')
            add_row(coverage, account, "global", SERVICE_IAM)->without_us_east_1 = !has_us_east_1;
    }
}

void coverage_build(struct coverage *coverage, const struct assessment *assessment,
                    struct pool *pool)
{
    count_certificates(coverage, assessment);
    for (const struct listing *list = assessment->evidence->listings; list; list = list->next)
        count_list(coverage, list, pool);
    merge_rows(coverage);
    complete_accounts(coverage);
    merge_rows(coverage);
}

void coverage_free(struct coverage *coverage)
{
    free(coverage->rows);
}

static void add_one_note(struct text *text, size_t mark, bool applies, const char *note)
{
    if (!applies)
        return;
    text_add_separator(text, mark, "; ");
    text_add(text, note);
}

void coverage_add_note(const struct coverage_row *row, struct text *text)
{
    size_t mark = text->length;
    bool acm = row->service == SERVICE_ACM;
    add_one_note(text, mark, !row->evidence, "no evidence");
    add_one_note(text, mark, row->from_path, "empty list: account and region from the path");
    add_one_note(text, mark, row->truncated > 0, "a list says that more certificates follow");
    add_one_note(text, mark, row->evidence && row->lists == 0,
                 "population not shown: descriptions without a list");
    add_one_note(text, mark, acm && row->lists > 0 && !row->key_types_shown,
                 "the list shows no keys but RSA_1024 and RSA_2048: list-certificates leaves the "
                 "others out unless given --includes keyTypes=...");
    add_one_note(text, mark, row->without_us_east_1,
                 "no evidence for us-east-1: CloudFront uses ACM certificates of us-east-1 only");
}
