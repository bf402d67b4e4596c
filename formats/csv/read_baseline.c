/* read_baseline.c: see read_baseline.h. Other versions may have written other columns. */
#include "csv/read_baseline.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_guard.h"
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

/* A row of the file; its fields are without guards. */
struct earlier {
    const char *fields[COLUMNS];
    size_t line;
};

static struct earlier earlier_of(const struct csv_row *row, struct pool *pool)
{
    struct earlier earlier = {.line = row->line};
    for (size_t i = 0; i < COLUMNS; i++)
        earlier.fields[i] = csv_guard_undo(row->fields[i], pool);
    return earlier;
}

struct reading {
    struct baseline *baseline;
    const char *file;
    const struct timestamp *as_of; /* of this run */
    struct pool *pool;
    struct text *error;
};

/* Reads a time if there is one; false if it is not readable. */
static bool read_time(const struct reading *reading, const struct earlier *earlier, size_t column,
                      bool *has, struct timestamp *time)
{
    const char *text = earlier->fields[column];
    *has = *text != '\0';
    return !*has || timestamp_parse(text, reading->pool, time) ||
           csv_rows_refuse(reading->error, reading->file, earlier->line,
                           "%s: \"%s\" is not a time; write YYYY-MM-DDThh:mm:ssZ", columns[column],
                           text);
}

/* The as-of time of the report is the latest of its rows. */
static bool take_as_of(const struct reading *reading, const struct earlier *earlier,
                       const struct timestamp *as_of)
{
    struct baseline *baseline = reading->baseline;
    struct text now = TEXT_EMPTY;
    if (!baseline->has_as_of || timestamp_compare(as_of, &baseline->as_of) > 0)
        baseline->as_of = *as_of;
    baseline->has_as_of = true;
    if (timestamp_compare(as_of, reading->as_of) <= 0)
        return true;
    timestamp_add_exact(reading->as_of, &now);
    csv_rows_refuse(reading->error, reading->file, earlier->line,
                    "as_of: %s is after the as-of time of this run, %s; a baseline is an earlier "
                    "report",
                    earlier->fields[AS_OF], text_string(&now));
    text_free(&now);
    return false;
}

static bool add_row(const struct reading *reading, const struct earlier *earlier)
{
    const char *const *fields = earlier->fields;
    struct baseline_row read = {
        .rule = rules_find(fields[RULE]),
        .arn = fields[ARN],
        .ref = fields[REF],
        .certificate = fields[CERTIFICATE],
    };
    struct timestamp as_of;
    bool dated;
    if (read.rule == NULL)
        return csv_rows_refuse(reading->error, reading->file, earlier->line, CSV_UNKNOWN_RULE,
                               fields[RULE]);
    if (!find_result(fields[RESULT], &read.result))
        return csv_rows_refuse(
            reading->error, reading->file, earlier->line,
            "result: \"%s\" is not FAIL, UNKNOWN, WAIVED, PASS or NOT_APPLICABLE", fields[RESULT]);
    if (!read_time(reading, earlier, FAILING_SINCE, &read.has_failing_since, &read.failing_since) ||
        !read_time(reading, earlier, AS_OF, &dated, &as_of) ||
        (dated && !take_as_of(reading, earlier, &as_of)))
        return false;
    if (!read.has_failing_since && dated) /* a first report has only its as-of time */
        read.failing_since = as_of;
    read.has_failing_since = read.result == RESULT_FAIL && (read.has_failing_since || dated);
    baseline_add(reading->baseline, &read);
    return true;
}

bool read_baseline_is_pack(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static const char *file_of(const char *path, struct pool *pool)
{
    struct text file = TEXT_EMPTY;
    if (!read_baseline_is_pack(path))
        return path;
    text_addf(&file, "%s%sfindings.csv", path, path[strlen(path) - 1] == '/' ? "" : "/");
    const char *kept = pool_text(pool, text_string(&file));
    text_free(&file);
    return kept;
}

bool read_baseline(struct baseline *baseline, const char *path, const struct timestamp *as_of,
                   struct pool *pool, struct text *error)
{
    static const struct csv_shape shape = {columns, COLUMNS, REQUIRED};
    struct csv_rows rows = {NULL, 0, 0};
    const char *file = file_of(path, pool);
    const struct reading reading = {baseline, file, as_of, pool, error};
    baseline->path = path;
    baseline->file = file;
    bool fine = csv_rows_read_file(&rows, file, &shape, pool, baseline->sha256, error);
    for (size_t i = 0; fine && i < rows.count; i++) {
        const struct earlier earlier = earlier_of(&rows.rows[i], pool);
        fine = add_row(&reading, &earlier);
    }
    free(rows.rows);
    return fine;
}
