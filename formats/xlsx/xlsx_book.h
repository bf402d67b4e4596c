/*
 * xlsx_book.h: a workbook that is written from top to bottom and proved afterwards. Over
 * libxlsxwriter: keeps its first error, sums up what was written, and writes nothing but text
 * strings, numbers and dates: no formula, and no link but to its own sheets. Knows no report.
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
    struct xlsx_rows rows; /* what is added cell by cell */
    int *widths;           /* of the columns of the sheet that is being written */
    size_t width_count, width_room;
};

/* A sheet that is being written. Rows go downwards only. */
struct xlsx_sheet {
    struct xlsx_book *book;
    lxw_worksheet *worksheet;               /* NULL after an error */
    size_t number;                          /* of book->proofs */
    lxw_row_t row;                          /* the row that is being written */
    bool row_begun;                         /* something is in it */
    lxw_row_t breaks[XLSX_BREAKS_MOST + 1]; /* rows that begin a page; 0 ends */
    size_t break_count;
};

/* path is the workbook's; temporary files go to the folder scratch, and never have a name for
 * longer than it takes to open them. created: seconds since 1970, for the document's properties. */
void xlsx_open(struct xlsx_book *book, const char *path, const char *scratch, const char *title,
               int64_t created);

/* Writes the file, reads it back and frees the book. False with what is wrong in error; the file
 * is then removed. */
bool xlsx_close(struct xlsx_book *book, const char *path, struct thread_pool *workers,
                struct text *error);

/* Sheets are set to print: landscape, one page wide, numbered pages. */
struct xlsx_sheet xlsx_add_sheet(struct xlsx_book *book, const char *name);

/* column counts from 0, and comes after the one before it; width is in characters. */
void xlsx_set_width(struct xlsx_sheet *sheet, lxw_col_t column, int width);

/* Writes the cells of rows, which may begin and end within a row. False after an error. */
bool xlsx_add_rows(struct xlsx_sheet *sheet, const struct xlsx_rows *rows);

/* A cell of the row that is being written, see xlsx_rows.h. */
void xlsx_add_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *string,
                     enum xlsx_style style);
void xlsx_add_count(struct xlsx_sheet *sheet, lxw_col_t column, size_t count);

/* A text over several columns; "" leaves them empty in the style. */
void xlsx_add_merged(struct xlsx_sheet *sheet, lxw_col_t first, lxw_col_t last, const char *string,
                     enum xlsx_style style);

/* A text that leads to the first cell of a row, from 0, of a sheet of this book, whose name has no
 * apostrophe. */
void xlsx_add_link(struct xlsx_sheet *sheet, lxw_col_t column, const char *string, const char *name,
                   size_t row);
void xlsx_add_time(struct xlsx_sheet *sheet, lxw_col_t column, const struct timestamp *time);

/* Makes the row that is being written as high as so many lines. */
void xlsx_make_high(struct xlsx_sheet *sheet, size_t lines);

/* Ends the row, as high as its wrapped texts need. */
void xlsx_end_row(struct xlsx_sheet *sheet);

/* Makes row 0 the header of the rows down to last: frozen, filtered, repeated on each page. */
void xlsx_set_header(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column);

/* Marks the results in the column, each in a way that is seen without colour. */
void xlsx_mark_results(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column);

/* The row that comes next begins a page; counts for xlsx_set_pages. */
void xlsx_break_page(struct xlsx_sheet *sheet);

/* Prints at that percentage of the size, with those breaks, instead of on the width of a page. */
void xlsx_set_pages(struct xlsx_sheet *sheet, uint16_t scale);

/* Prints the rows down to last, and the columns up to this one only. */
void xlsx_set_printed(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column);

/* Hides the columns from first to last behind a sign that shows them again. Their widths were set.
 */
void xlsx_fold(struct xlsx_sheet *sheet, lxw_col_t first, lxw_col_t last);

/* Bars of the numbers in rows first to last: one for each row, made of the columns from series on;
 * their names stand in the row header, and the rows' in the column labels. */
struct xlsx_chart {
    const char *title, *alternative; /* for who cannot see it */
    lxw_row_t header, first, last;
    lxw_col_t labels, series;
    size_t series_count;
};

/* Adds the chart below what is written, over rows of its own (xlsx_chart.c). */
void xlsx_add_chart(struct xlsx_sheet *sheet, const struct xlsx_chart *chart);

/* For xlsx_book.c: makes the styles (xlsx_styles.c). */
void xlsx_add_styles(struct xlsx_book *book);

/* For xlsx_chart.c: keeps the first error. */
void xlsx_note_error(struct xlsx_book *book, lxw_error error);

#endif
