/* scope.c: see scope.h. */
#include "audit/scope.h"
#include "base/memory.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

void scope_add(struct scope *scope, const struct scope_line *line)
{
    scope->lines = memory_grow(scope->lines, &scope->room, scope->count + 1, sizeof *line);
    scope->lines[scope->count] = *line;
    if (strcmp(line->service, "iam") == 0) /* `*` stands for its only region */
        scope->lines[scope->count].region = "global";
    scope->count++;
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

/* Whether the line is before these, by account, region and service. */
static bool is_before(const struct scope_line *line, const char *account, const char *region,
                      const char *service)
{
    int order = strcmp(line->account, account);
    if (order == 0)
        order = strcmp(line->region, region);
    return order != 0 ? order < 0 : strcmp(line->service, service) < 0;
}

/* The index of the first line that is not before these. */
static size_t first_of(const struct scope *scope, const char *account, const char *region,
                       const char *service)
{
    size_t low = 0, high = scope->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_before(&scope->lines[middle], account, region, service))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct scope_line *scope_find(const struct scope *scope, const char *account,
                                    const char *region, enum service service)
{
    const char *name = evidence_service_name(service);
    const char *const places[][2] = {{region, name}, {region, "*"}, {"*", name}, {"*", "*"}};
    for (size_t i = 0; scope != NULL && i < sizeof places / sizeof places[0]; i++) {
        size_t found = first_of(scope, account, places[i][0], places[i][1]);
        if (found < scope->count && strcmp(scope->lines[found].account, account) == 0 &&
            strcmp(scope->lines[found].region, places[i][0]) == 0 &&
            strcmp(scope->lines[found].service, places[i][1]) == 0)
            return &scope->lines[found];
    }
    return NULL;
}

bool scope_excludes(const struct scope *scope, const char *arn, enum service service)
{
    struct text account = TEXT_EMPTY, region = TEXT_EMPTY;
    size_t length = 0;
    const char *field = evidence_arn_field(arn, 5, &length);
    if (scope == NULL || field == NULL)
        return false;
    text_add_bytes(&account, field, length);
    field = evidence_arn_field(arn, 4, &length);
    text_add_bytes(&region, field, length);
    const struct scope_line *line =
        scope_find(scope, text_string(&account),
                   service == SERVICE_IAM ? "global" : text_string(&region), service);
    text_free(&account);
    text_free(&region);
    return line != NULL && !line->in_scope;
}

const struct scope_line *scope_find_account(const struct scope *scope, const char *account,
                                            const char *region, enum service service)
{
    const struct scope_line *line = scope_find(scope, account, region, service);
    if (line != NULL || scope == NULL)
        return line;
    size_t first = first_of(scope, account, "", "");
    bool found = first < scope->count && strcmp(scope->lines[first].account, account) == 0;
    return found ? &scope->lines[first] : NULL;
}

void scope_free(struct scope *scope)
{
    free(scope->lines);
}
