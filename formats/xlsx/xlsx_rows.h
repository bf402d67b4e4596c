/*
 * xlsx_rows.h: rows of a sheet, prepared for xlsx_book.h: texts as they are in XML, their hashes,
 * and row heights. libxlsxwriter is used by one thread; preparation is done by all. Starts as
 * XLSX_ROWS_EMPTY, ends with xlsx_rows_free.
 */
#ifndef XLSX_ROWS_H
#define XLSX_ROWS_H

#include "base/text.h"
#include "base/timestamp.h"

enum xlsx_style {
    XLSX_TITLE,
    XLSX_SECTION, /* the heading of a section */
    XLSX_HEADER,
    XLSX_HEADER_COUNT, /* over a column of numbers */
    XLSX_LABEL,        /* bold, wrapped */
    XLSX_WRAPPED,      /* text on as many lines as needed */
    XLSX_PLAIN,        /* text on one line */
    XLSX_LINK,         /* to another sheet */
    XLSX_BLANK,        /* to be written in */
    XLSX_COUNT,
    XLSX_TIME,
    XLSX_STYLE_COUNT
};

enum xlsx_kind { XLSX_STRING, XLSX_NUMBER, XLSX_DATE, XLSX_ROW_END };

struct xlsx_cell {
    enum xlsx_kind kind;
    enum xlsx_style style; /* of a string */
    size_t column;         /* from 0 */
    size_t text;           /* of a string: where it begins in the texts */
    uint64_t hash;         /* of a string: xlsx_proof_hash */
    int64_t value; /* a number; a date in seconds since 1970; at the end of a row: its lines */
};

struct xlsx_rows {
    struct xlsx_cell *cells;
    size_t count, room;
    struct text texts; /* each ends with a NUL */
    struct text scratch;
    size_t lines; /* of the highest cell of the row so far */
};

#define XLSX_ROWS_EMPTY ((struct xlsx_rows){.lines = 0})

/* Removes the cells, but keeps the height of a row that is not ended. */
void xlsx_rows_clear(struct xlsx_rows *rows);
void xlsx_rows_free(struct xlsx_rows *rows);

/* Add a cell to the row; nothing for an empty string. width: of the column, in characters, if the
 * row must be high enough for the text; else 0. */
void xlsx_rows_add_string(struct xlsx_rows *rows, size_t column, const char *string,
                          enum xlsx_style style, size_t width);
void xlsx_rows_add_count(struct xlsx_rows *rows, size_t column, size_t count);
/* A date, or text for times that a sheet has no date for (before 1900-03-01). */
void xlsx_rows_add_time(struct xlsx_rows *rows, size_t column, const struct timestamp *time);

void xlsx_rows_end_row(struct xlsx_rows *rows);

#endif
