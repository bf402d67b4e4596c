/*
 * xlsx_book.h: a workbook that is written from top to bottom and then checked. A layer over
 * libxlsxwriter that keeps the first error, notes what was written (xlsx_proof.h), and writes only
 * strings, numbers, dates and links to its own sheets: never a formula. It does not know reports.
 */
#ifndef XLSX_BOOK_H
#define XLSX_BOOK_H

#include "xlsx/xlsx_proof.h"
#include "xlsx/xlsx_rows.h"
#include <xlsxwriter.h>

enum { XLSX_BREAKS_MOST = 7 };

struct xlsx_book {
    lxw_workbook *workbook;
    lxw_format *styles[XLSX_STYLE_COUNT];
    lxw_format *results[3];    /* colours of FAIL, UNKNOWN, WAIVED */
    lxw_error error;           /* the first one; nothing is written after it */
    int number;                /* the errno of that error; 0 if it has none */
    struct xlsx_proof *proofs; /* of the sheets, in order */
    size_t sheet_count, sheet_room;
    struct xlsx_rows rows; /* cells that are added one by one */
    int *widths;           /* of the columns of the current sheet */
    size_t width_count, width_room;
};

/* The sheet that is being written, row by row. */
struct xlsx_sheet {
    struct xlsx_book *book;
    lxw_worksheet *worksheet;               /* NULL after an error */
    size_t number;                          /* of book->proofs */
    lxw_row_t row;                          /* the current row */
    bool row_begun;                         /* it has a cell */
    lxw_row_t breaks[XLSX_BREAKS_MOST + 1]; /* rows that begin a page; ends with 0 */
    size_t break_count;
};

/* Temporary files are in the folder scratch, and are unlinked as soon as they are open. created:
 * seconds since 1970, for the document's properties. */
void xlsx_open(struct xlsx_book *book, const char *path, const char *scratch, const char *title,
               int64_t created);

/* Writes the file, reads it back and frees the book. False with the reason in error if that fails;
 * then the file is removed. */
bool xlsx_close(struct xlsx_book *book, const char *path, struct thread_pool *workers,
                struct text *error);

/* Sheets print in landscape, one page wide, with page numbers. */
struct xlsx_sheet xlsx_add_sheet(struct xlsx_book *book, const char *name);

/* For each column in order, from 0. width: in characters. */
void xlsx_set_width(struct xlsx_sheet *sheet, lxw_col_t column, int width);

/* Writes cells; the first and last row may be incomplete. False after an error. */
bool xlsx_add_rows(struct xlsx_sheet *sheet, const struct xlsx_rows *rows);

/* Add a cell to the current row, as in xlsx_rows.h. */
void xlsx_add_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *string,
                     enum xlsx_style style);
void xlsx_add_count(struct xlsx_sheet *sheet, lxw_col_t column, size_t count);

/* Merges several columns. "": empty cells in this style. */
void xlsx_add_merged(struct xlsx_sheet *sheet, lxw_col_t first, lxw_col_t last, const char *string,
                     enum xlsx_style style);

/* A link to the first cell of a row, from 0, of the sheet with this name, which must not contain an
 * apostrophe. */
void xlsx_add_link(struct xlsx_sheet *sheet, lxw_col_t column, const char *string, const char *name,
                   size_t row);
void xlsx_add_time(struct xlsx_sheet *sheet, lxw_col_t column, const struct timestamp *time);

/* Makes the current row this high, in lines. */
void xlsx_make_high(struct xlsx_sheet *sheet, size_t lines);

/* Ends the row and makes it as high as its wrapped texts need. */
void xlsx_end_row(struct xlsx_sheet *sheet);

/* Makes row 0 a header: frozen, with filters down to row last, repeated on each page. */
void xlsx_set_header(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column);

/* Colours the results in the column; without colour, bold and italic distinguish them. */
void xlsx_mark_results(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column);

/* The next row begins a page, if xlsx_set_pages is called. */
void xlsx_break_page(struct xlsx_sheet *sheet);

/* Prints at this percentage of the size, with the page breaks, instead of one page wide. */
void xlsx_set_pages(struct xlsx_sheet *sheet, uint16_t scale);

/* Prints only the rows up to last and the columns up to last_column. */
void xlsx_set_printed(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column);

/* Folds the columns from first to last, whose widths are set, into an outline. */
void xlsx_fold(struct xlsx_sheet *sheet, lxw_col_t first, lxw_col_t last);

/* Bars for the numbers in rows first to last: one bar for each row, with a part for each of the
 * columns from series on. The row header has the names of the parts, the column labels those of the
 * rows. */
struct xlsx_chart {
    const char *title, *alternative; /* for people who cannot see it */
    lxw_row_t header, first, last;
    lxw_col_t labels, series;
    size_t series_count;
};

/* Adds the chart below the rows so far, over empty rows (xlsx_chart.c). */
void xlsx_add_chart(struct xlsx_sheet *sheet, const struct xlsx_chart *chart);

/* For xlsx_book.c: makes the styles (xlsx_styles.c). */
void xlsx_add_styles(struct xlsx_book *book);

/* For xlsx_chart.c: keeps the first error. */
void xlsx_note_error(struct xlsx_book *book, lxw_error error);

#endif
