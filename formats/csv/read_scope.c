/* read_scope.c: the scope, each line checked before any is used. */
#include "csv/read_scope.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_rows.h"
#include <stdlib.h>
#include <string.h>

enum { ACCOUNT, REGION, SERVICE, NAME, OWNER, ENVIRONMENT, IN_SCOPE, NOTE, COLUMNS };

static const char *const columns[COLUMNS] = {
    [ACCOUNT] = "account", [REGION] = "region",           [SERVICE] = "service",   [NAME] = "name",
    [OWNER] = "owner",     [ENVIRONMENT] = "environment", [IN_SCOPE] = "in_scope", [NOTE] = "note",
};

static bool is(const char *field, const char *value)
{
    return strcmp(field, value) == 0;
}

/* Why the line cannot be used, and the value that is wrong; NULL where it can. */
static const char *fault_of(const char **fields, const char **value)
{
    static const int required[] = {ACCOUNT, REGION, SERVICE, IN_SCOPE};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        *value = columns[required[i]];
        if (*fields[required[i]] == '\0')
            return "an empty field: ";
    }
    *value = fields[SERVICE];
    if (!is(fields[SERVICE], "acm") && !is(fields[SERVICE], "iam") && !is(fields[SERVICE], "*"))
        return "service is neither acm nor iam nor *: ";
    *value = fields[IN_SCOPE];
    if (!is(fields[IN_SCOPE], "yes") && !is(fields[IN_SCOPE], "no"))
        return "in_scope is neither yes nor no: ";
    *value = fields[REGION];
    if (is(fields[SERVICE], "iam") && !is(fields[REGION], "global") && !is(fields[REGION], "*"))
        return "IAM has no regions: write global, not ";
    if (is(fields[SERVICE], "acm") && is(fields[REGION], "global"))
        return "ACM has regions: write one of them or *, not ";
    *value = "note";
    if (is(fields[IN_SCOPE], "no") && *fields[NOTE] == '\0')
        return "what is not in scope needs a reason; an empty field: ";
    return NULL;
}

static bool add_line(struct scope *scope, const struct csv_row *row, const char *path,
                     struct text *error)
{
    const char **fields = row->fields, *value;
    const char *fault = fault_of(fields, &value);
    if (fault != NULL)
        return csv_rows_refuse(error, path, row->line, fault, value);
    struct scope_line line = {
        .line = row->line,
        .account = fields[ACCOUNT],
        .region = is(fields[SERVICE], "iam") ? "global" : fields[REGION],
        .service = fields[SERVICE],
        .name = fields[NAME],
        .owner = fields[OWNER],
        .environment = fields[ENVIRONMENT],
        .note = fields[NOTE],
        .in_scope = is(fields[IN_SCOPE], "yes"),
    };
    scope_add(scope, &line);
    return true;
}

bool read_scope(struct scope *scope, const char *path, struct pool *pool, struct text *error)
{
    static const struct csv_shape shape = {columns, COLUMNS, COLUMNS};
    struct csv_rows rows = {NULL, 0, 0};
    scope->path = path;
    bool fine = csv_rows_read_file(&rows, path, &shape, pool, scope->sha256, error);
    for (size_t i = 0; fine && i < rows.count; i++)
        fine = add_line(scope, &rows.rows[i], path, error);
    free(rows.rows);
    if (fine && scope->count == 0)
        fine = csv_rows_refuse(error, path, 1, "the scope has no line", "");
    const struct scope_line *repeated = fine ? scope_finish(scope) : NULL;
    if (repeated != NULL)
        fine = csv_rows_refuse(
            error, path, repeated->line,
            "the account, region and service stand in an earlier line: ", repeated->account);
    return fine;
}
