/*
 * csv_rows.h: rows of a CSV file (RFC 4180, UTF-8 with or without byte order mark) that a person
 * wrote, with the line where each starts. Parsed by libcsv; knows no table.
 */
#ifndef CSV_ROWS_H
#define CSV_ROWS_H

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

/* Reads the rows below the header, which must name each of the columns once, in any order; others
 * are left out. False for a missing column, a row of another length, broken quoting, a NUL or what
 * is not UTF-8: error then says `NAME:LINE: why`. Blank lines are passed over. */
bool csv_rows_read(struct csv_rows *rows, const char *name, const char *bytes, size_t size,
                   const char *const *columns, size_t column_count, struct pool *pool,
                   struct text *error);

#endif
