/* read_baseline.c: see read_baseline.h. Other versions may have written other columns. */
#include "csv/read_baseline.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_rows.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RULE, ARN, RESULT, REQUIRED, REF = REQUIRED, CERTIFICATE, FAILING_SINCE, AS_OF, COLUMNS };

static const char *const columns[COLUMNS] = {
    [RULE] = "rule",
    [ARN] = "arn",
    [RESULT] = "result",
    [REF] = "ref",
    [CERTIFICATE] = "certificate",
    [FAILING_SINCE] = "failing_since",
    [AS_OF] = "as_of",
};

static bool find_result(const char *name, enum result *result)
{
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        if (strcmp(rules_result_name((enum result)i), name) != 0)
            continue;
        *result = (enum result)i;
        return true;
    }
    return false;
}

static const char *field(const struct csv_row *row, size_t column)
{
    return row->fields[column] != NULL ? csv_rows_unguarded(row->fields[column]) : "";
}

/* The column that says since when the row has failed; a first report has only its as-of time. */
static size_t since_column(const struct csv_row *row)
{
    return *field(row, FAILING_SINCE) != '\0' ? FAILING_SINCE : AS_OF;
}

/* False if there is a time and it cannot be read. */
static bool read_failing_since(struct baseline_row *read, const struct csv_row *row,
                               struct pool *pool)
{
    const char *since = field(row, since_column(row));
    read->has_failing_since = *since != '\0' && timestamp_parse(since, pool, &read->failing_since);
    return *since == '\0' || read->has_failing_since;
}

static bool add_row(struct baseline *baseline, const struct csv_row *row, const char *path,
                    struct pool *pool, struct text *error)
{
    struct baseline_row read = {
        .rule = rules_find(field(row, RULE)),
        .arn = field(row, ARN),
        .ref = field(row, REF),
        .certificate = field(row, CERTIFICATE),
    };
    if (read.rule == NULL)
        return csv_rows_refuse(error, path, row->line, CSV_UNKNOWN_RULE, field(row, RULE));
    if (!find_result(field(row, RESULT), &read.result))
        return csv_rows_refuse(
            error, path, row->line,
            "result: \"%s\" is not FAIL, UNKNOWN, WAIVED, PASS or NOT_APPLICABLE",
            field(row, RESULT));
    if (read.result == RESULT_FAIL && !read_failing_since(&read, row, pool))
        return csv_rows_refuse(error, path, row->line,
                               "%s: \"%s\" is not a time; write YYYY-MM-DDThh:mm:ssZ",
                               columns[since_column(row)], field(row, since_column(row)));
    baseline_add(baseline, &read);
    return true;
}

const char *read_baseline_file(const char *path, struct pool *pool)
{
    struct stat status;
    struct text file = TEXT_EMPTY;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return path;
    text_addf(&file, "%s%sfindings.csv", path, path[strlen(path) - 1] == '/' ? "" : "/");
    const char *kept = pool_text(pool, text_string(&file));
    text_free(&file);
    return kept;
}

bool read_baseline(struct baseline *baseline, const char *path, struct pool *pool,
                   struct text *error)
{
    static const struct csv_shape shape = {columns, COLUMNS, REQUIRED};
    struct csv_rows rows = {NULL, 0, 0};
    const char *file = read_baseline_file(path, pool);
    baseline->path = path;
    baseline->file = file;
    bool fine = csv_rows_read_file(&rows, file, &shape, pool, baseline->sha256, error);
    for (size_t i = 0; fine && i < rows.count; i++)
        fine = add_row(baseline, &rows.rows[i], file, pool, error);
    free(rows.rows);
    return fine;
}
