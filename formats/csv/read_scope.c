/* read_scope.c: reads and checks the expected accounts and regions. */
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

static bool check_line(const struct csv_row *row, const char *path, struct text *error)
{
    static const int required[] = {ACCOUNT, REGION, SERVICE, IN_SCOPE};
    const char **fields = row->fields;
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        if (*fields[required[i]] == '\0')
            return csv_rows_refuse(error, path, row->line, "%s is empty", columns[required[i]]);
    const char *service = fields[SERVICE], *region = fields[REGION], *in_scope = fields[IN_SCOPE];
    if (!is(service, "acm") && !is(service, "iam") && !is(service, "*"))
        return csv_rows_refuse(error, path, row->line, "service must be acm, iam or *, not %s",
                               service);
    if (!is(in_scope, "yes") && !is(in_scope, "no"))
        return csv_rows_refuse(error, path, row->line, "in_scope must be yes or no, not %s",
                               in_scope);
    if (is(service, "iam") && !is(region, "global") && !is(region, "*"))
        return csv_rows_refuse(error, path, row->line, "region must be global or * for iam, not %s",
                               region);
    if (is(service, "acm") && is(region, "global"))
        return csv_rows_refuse(error, path, row->line,
                               "region must be an AWS region or * for acm, not %s", region);
    if (is(in_scope, "no") && *fields[NOTE] == '\0')
        return csv_rows_refuse(error, path, row->line,
                               "note is empty; a line with in_scope=no needs a reason");
    return true;
}

static bool add_line(struct scope *scope, const struct csv_row *row, const char *path,
                     struct text *error)
{
    const char **fields = row->fields;
    if (!check_line(row, path, error))
        return false;
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
        fine = csv_rows_refuse(error, path, 1, "the scope file has no entries");
    const struct scope_line *repeated = fine ? scope_finish(scope) : NULL;
    if (repeated != NULL)
        fine = csv_rows_refuse(error, path, repeated->line,
                               "duplicate entry (first on line %zu): %s, %s, %s", repeated[-1].line,
                               repeated->account, repeated->region, repeated->service);
    return fine;
}
