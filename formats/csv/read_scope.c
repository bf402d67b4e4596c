/* read_scope.c: reads and checks the expected accounts and regions. */
#include "csv/read_scope.h"
#include "audit/coverage.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_rows.h"
#include <stdlib.h>
#include <string.h>

enum {
    ACCOUNT,
    REGION,
    SERVICE,
    IN_SCOPE,
    REQUIRED,
    NAME = REQUIRED,
    OWNER,
    ENVIRONMENT,
    NOTE,
    COLUMNS
};

static const char *const columns[COLUMNS] = {
    [ACCOUNT] = "account", [REGION] = "region",           [SERVICE] = "service",   [NAME] = "name",
    [OWNER] = "owner",     [ENVIRONMENT] = "environment", [IN_SCOPE] = "in_scope", [NOTE] = "note",
};

static bool is(const char *field, const char *value)
{
    return text_same_folded(field, value);
}

/* What probably happened to an account that is not twelve digits. */
static const char *account_damage(const char *account)
{
    size_t digits = strspn(account, "0123456789"), length = strlen(account);
    if (digits == length && length < 12)
        return "a spreadsheet probably dropped leading zeros";
    if (digits < length && strspn(account, "0123456789.,Ee+") == length &&
        strpbrk(account, "Ee") != NULL)
        return "a spreadsheet changed it to a number; format the column as text, and enter it "
               "again";
    if (strspn(account, "0123456789 -'=\"") == length)
        return "write the digits alone";
    return "see the fifth field of an ARN";
}

static bool check_account(const struct csv_row *row, const char *path, struct text *error)
{
    const char *account = row->fields[ACCOUNT];
    return coverage_is_account(account, strlen(account)) ||
           csv_rows_refuse(error, path, row->line, "account must be twelve digits, not %s: %s",
                           account, account_damage(account));
}

static bool check_region(const struct csv_row *row, const char *path, struct text *error)
{
    const char *service = row->fields[SERVICE], *region = row->fields[REGION];
    bool any = is(region, "*"), global = strcmp(region, "global") == 0;
    if (is(service, "iam") && !global && !any)
        return csv_rows_refuse(error, path, row->line, "region must be global or * for iam, not %s",
                               region);
    if (is(service, "acm") && global)
        return csv_rows_refuse(error, path, row->line,
                               "region must be an AWS region or * for acm, not %s", region);
    return any || global || evidence_is_region(region, strlen(region)) ||
           csv_rows_refuse(error, path, row->line,
                           "region must be an AWS region such as eu-west-1, global or *, not %s",
                           region);
}

/* 1 for yes, 0 for no; -1 for anything else. Spreadsheets write TRUE and FALSE. */
static int truth(const char *field)
{
    return is(field, "yes") || is(field, "true")   ? 1
           : is(field, "no") || is(field, "false") ? 0
                                                   : -1;
}

static bool check_line(const struct csv_row *row, const char *path, struct text *error)
{
    const char **fields = row->fields;
    for (size_t i = 0; i < REQUIRED; i++)
        if (*fields[i] == '\0')
            return csv_rows_refuse(error, path, row->line, "%s is empty", columns[i]);
    if (!is(fields[SERVICE], "acm") && !is(fields[SERVICE], "iam") && !is(fields[SERVICE], "*"))
        return csv_rows_refuse(error, path, row->line, "service must be acm, iam or *, not %s",
                               fields[SERVICE]);
    if (!check_account(row, path, error) || !check_region(row, path, error))
        return false;
    if (truth(fields[IN_SCOPE]) < 0)
        return csv_rows_refuse(error, path, row->line, "in_scope must be yes or no, not %s",
                               fields[IN_SCOPE]);
    if (truth(fields[IN_SCOPE]) == 0 && *fields[NOTE] == '\0')
        return csv_rows_refuse(error, path, row->line,
                               "note is empty; a line with in_scope=no needs a reason");
    return true;
}

static const char *service_of(const char *field)
{
    return is(field, "acm") ? "acm" : is(field, "iam") ? "iam" : "*";
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
        .service = service_of(fields[SERVICE]),
        .name = fields[NAME],
        .owner = fields[OWNER],
        .environment = fields[ENVIRONMENT],
        .note = fields[NOTE],
        .in_scope = truth(fields[IN_SCOPE]) == 1,
    };
    scope_add(scope, &line);
    return true;
}

bool read_scope(struct scope *scope, const char *path, struct pool *pool, struct text *error)
{
    static const struct csv_shape shape = {columns, COLUMNS, REQUIRED};
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
