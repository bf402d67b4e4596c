/*
 * csv_rows.h: rows of a CSV file (RFC 4180, UTF-8 with or without byte order mark) that a person
 * wrote, with the line where each starts. Parsed by libcsv; knows no table.
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
    const char **fields; /* in the order of the columns that were asked for; the pool's */
};

struct csv_rows {
    struct csv_row *rows; /* freed by the caller */
    size_t count, room;
};

/* What is asked of a file: the columns, of which the first `required` must be in the header; where
 * another one is not, its fields are NULL. */
struct csv_shape {
    const char *const *columns;
    size_t count, required;
};

/* Reads the rows below the header, which must name each required column, none of them twice, in
 * any order; other columns are left out. False for a missing column, a row of another length,
 * broken quoting, a NUL or what is not UTF-8: error then says `NAME:LINE: why`. Blank lines are
 * passed over. */
bool csv_rows_read(struct csv_rows *rows, const char *name, const char *bytes, size_t size,
                   const struct csv_shape *shape, struct pool *pool, struct text *error);

/* As csv_rows_read, of the file at path, with the SHA-256 of its bytes. */
bool csv_rows_read_file(struct csv_rows *rows, const char *path, const struct csv_shape *shape,
                        struct pool *pool, char sha256[DIGEST_HEX], struct text *error);

/* Adds `NAME:LINE: why` and the value, and returns false: for the readers of the rows. */
bool csv_rows_refuse(struct text *error, const char *name, size_t line, const char *why,
                     const char *value);

/* A field as it was before the guard against formulas (write_csv) put an apostrophe before it. */
const char *csv_rows_unguarded(const char *field);

#endif
