/* scope.c: see scope.h. Lines are sorted by account, so a search reads only the lines of one. */
#include "audit/scope.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

static bool is_any(const char *value)
{
    return strcmp(value, "*") == 0;
}

void scope_add(struct scope *scope, const struct scope_line *line)
{
    scope->lines = memory_grow(scope->lines, &scope->room, scope->count + 1, sizeof *line);
    scope->lines[scope->count++] = *line;
}

static int by_account(const void *left, const void *right)
{
    const struct scope_line *a = left, *b = right;
    int order = strcmp(a->account, b->account);
    if (order == 0)
        order = strcmp(a->region, b->region);
    if (order == 0)
        order = strcmp(a->service, b->service);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

const struct scope_line *scope_finish(struct scope *scope)
{
    if (scope->count > 0)
        qsort(scope->lines, scope->count, sizeof *scope->lines, by_account);
    for (size_t i = 1; i < scope->count; i++) {
        const struct scope_line *a = &scope->lines[i - 1], *b = &scope->lines[i];
        if (strcmp(a->account, b->account) == 0 && strcmp(a->region, b->region) == 0 &&
            strcmp(a->service, b->service) == 0)
            return b;
    }
    return NULL;
}

bool scope_line_covers(const struct scope_line *line, const char *account, const char *region,
                       enum service service)
{
    return strcmp(line->account, account) == 0 &&
           (is_any(line->region) || strcmp(line->region, region) == 0) &&
           (is_any(line->service) || strcmp(line->service, evidence_service_name(service)) == 0);
}

/* The index of the first line of the account, or of where it would be. */
static size_t first_of(const struct scope *scope, const char *account)
{
    size_t low = 0, high = scope->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(scope->lines[middle].account, account) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int specificity(const struct scope_line *line)
{
    return (is_any(line->region) ? 0 : 2) + (is_any(line->service) ? 0 : 1);
}

const struct scope_line *scope_find(const struct scope *scope, const char *account,
                                    const char *region, enum service service)
{
    const struct scope_line *best = NULL;
    if (scope == NULL)
        return NULL;
    for (size_t i = first_of(scope, account);
         i < scope->count && strcmp(scope->lines[i].account, account) == 0; i++) {
        const struct scope_line *line = &scope->lines[i];
        if (scope_line_covers(line, account, region, service) &&
            (best == NULL || specificity(line) > specificity(best)))
            best = line;
    }
    return best;
}

const struct scope_line *scope_find_account(const struct scope *scope, const char *account,
                                            const char *region, enum service service)
{
    const struct scope_line *line = scope_find(scope, account, region, service);
    if (line != NULL || scope == NULL)
        return line;
    size_t first = first_of(scope, account);
    bool found = first < scope->count && strcmp(scope->lines[first].account, account) == 0;
    return found ? &scope->lines[first] : NULL;
}

void scope_free(struct scope *scope)
{
    free(scope->lines);
}
