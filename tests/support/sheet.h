/*
 * sheet.h: a table of texts with a header, from a CSV file (RFC 4180) or a tab-separated file, in
 * which lines that begin with # are comments. Lives until the test ends.
 */
#ifndef SHEET_H
#define SHEET_H

#include <stddef.h>

struct sheet_row {
    const char **cells;
    size_t count;
};

struct sheet {
    const char *path;
    struct sheet_row *rows; /* the first is the header; lengths may differ */
    size_t count, room;
};

struct sheet *sheet_read_csv(const char *path);
struct sheet *sheet_read_tsv(const char *path);

/* Fails if the file is not in the form of the program's CSV files: all fields quoted, rows that end
 * with CR LF, no field that a spreadsheet takes for a formula, if it separates by semicolons or
 * tabs either. */
void sheet_check_bytes(const char *path);

/* The cell without the apostrophes that guard against formulas. */
const char *sheet_unguarded(const char *cell);

/* Removes the rows above the one that begins with that title; fails if there is none. */
void sheet_skip_to(struct sheet *sheet, const char *title);

/* The column of that title; fails if there is none. */
size_t sheet_column(const struct sheet *sheet, const char *title);

/* Rows count from 1, after the header, row 0. A cell after the end of its row is empty. */
const char *sheet_cell(const struct sheet *sheet, size_t row, size_t column);
/* The same, by the title of the column. */
const char *sheet_value(const struct sheet *sheet, size_t row, const char *title);

/* A multiset of texts, for comparing. */
struct sheet_set {
    const char **texts;
    size_t count, room;
};

void sheet_set_add(struct sheet_set *set, const char *text);
struct sheet_set sheet_set_copy(const struct sheet_set *set);
/* A line for each text that is in one set only; "" if they are the same. Sorts both. */
const char *sheet_set_difference(struct sheet_set *expected, struct sheet_set *found);

/* The values of the row in these columns (ends with NULL), joined by ` | `. */
const char *sheet_join(const struct sheet *sheet, size_t row, const char *const *titles);

#endif
