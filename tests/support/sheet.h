/*
 * sheet.h: a table of texts with a header line, from a CSV file (RFC 4180) or from one separated
 * by tabs, in which lines that begin with # are comments. Lives until the test ends.
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
    struct sheet_row *rows; /* the first is the header; each is as long as it is written */
    size_t count, room;
};

struct sheet *sheet_read_csv(const char *path);
struct sheet *sheet_read_tsv(const char *path);

/* Fails where the file is not what every CSV of the program is: each field in quotes, rows that end
 * with CR and LF, no field that a spreadsheet would run. */
void sheet_check_bytes(const char *path);

/* Takes away the rows above the one that begins with that title, which must be there. */
void sheet_skip_to(struct sheet *sheet, const char *title);

/* The column of that title, which must be there. */
size_t sheet_column(const struct sheet *sheet, const char *title);

/* A row counts from 1, the header being row 0; a cell past the end of its row is empty. */
const char *sheet_cell(const struct sheet *sheet, size_t row, size_t column);
/* The same by the column's title. */
const char *sheet_value(const struct sheet *sheet, size_t row, const char *title);

/* Texts held against each other as sets in which one text may stand several times. */
struct sheet_set {
    const char **texts;
    size_t count, room;
};

void sheet_set_add(struct sheet_set *set, const char *text);
struct sheet_set sheet_set_copy(const struct sheet_set *set);
/* A line for each text that is in one set only; "" where they are the same. Sorts both. */
const char *sheet_set_difference(struct sheet_set *expected, struct sheet_set *found);

/* The row's values of these columns (ends with NULL), joined by ` | `. */
const char *sheet_join(const struct sheet *sheet, size_t row, const char *const *titles);

#endif
