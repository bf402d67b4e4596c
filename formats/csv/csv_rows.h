/*
 * csv_rows.h: reads CSV files that people and spreadsheets write (RFC 4180; UTF-8 or UTF-16; comma,
 * semicolon or tab) and keeps the line number of each row. What the columns mean is up to the
 * caller.
 */
#ifndef CSV_ROWS_H
#define CSV_ROWS_H

#include "base/digest.h"
#include <stdbool.h>
#include <stddef.h>

struct pool;
struct text;

struct csv_row {
    size_t line;         /* where the row starts, from 1 */
    const char **fields; /* in the order of csv_shape.columns; owned by the pool */
};

struct csv_rows {
    struct csv_row *rows; /* freed by the caller */
    size_t count, room;
};

/* The columns to read. The first `required` of them must be in the header; fields of an optional
 * column that is missing are "". */
struct csv_shape {
    const char *const *columns;
    size_t count, required;
};

/* Reads the rows below the header. Columns may be in any order, and their names are compared
 * without regard to case, `_` and blanks; unknown columns and empty rows are ignored. False for a
 * missing or repeated column, a wrong number of fields, invalid quoting, a NUL byte, damaged text
 * or a workbook: error is then `NAME:LINE: why`. */
bool csv_rows_read(struct csv_rows *rows, const char *name, const char *bytes, size_t size,
                   const struct csv_shape *shape, struct pool *pool, struct text *error);

/* Same for the file at path; sha256 is set to the digest of its bytes. */
bool csv_rows_read_file(struct csv_rows *rows, const char *path, const struct csv_shape *shape,
                        struct pool *pool, char sha256[DIGEST_HEX], struct text *error);

#define CSV_UNKNOWN_RULE "rule: \"%s\" is unknown; certaudit --list-rules prints the rules"

/* Adds `NAME:LINE: ` and the formatted text, with control characters made visible. Returns false,
 * for callers that reject a row. */
bool csv_rows_refuse(struct text *error, const char *name, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
