/* xlsx_book.c: see xlsx_book.h. */
#include "xlsx_book.h"
#include "memory.h"
#include "xlsx_text.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAPER_A4 = 9, LINE_POINTS = 15, ROW_POINTS_MOST = 409 };

static const double margin = 0.4; /* in inches; twice that at the foot, for the page's number */

static const char *const marked_results[] = {"FAIL", "UNKNOWN", "WAIVED"};

static void note_error(struct xlsx_book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR) {
        book->error = error;
    }
}

static lxw_format *add_format(struct xlsx_book *book)
{
    lxw_format *format = workbook_add_format(book->workbook);

    if (format == NULL) {
        memory_exhausted();
    }
    return format;
}

static void add_styles(struct xlsx_book *book)
{
    lxw_format **styles = book->styles;

    for (size_t i = 0; i < XLSX_STYLE_COUNT; i++) {
        styles[i] = add_format(book);
        format_set_align(styles[i], LXW_ALIGN_VERTICAL_TOP);
        /* As text, so that a cell that is edited does not turn into a formula. */
        format_set_num_format(styles[i], "@");
    }
    format_set_bold(styles[XLSX_TITLE]);
    format_set_font_size(styles[XLSX_TITLE], 16);
    format_set_bold(styles[XLSX_HEADER]);
    format_set_text_wrap(styles[XLSX_HEADER]);
    format_set_bottom(styles[XLSX_HEADER], LXW_BORDER_THIN);
    format_set_bg_color(styles[XLSX_HEADER], 0xE7ECF1);
    format_set_bold(styles[XLSX_LABEL]);
    format_set_text_wrap(styles[XLSX_LABEL]);
    format_set_text_wrap(styles[XLSX_WRAPPED]);
    /* A number that ends at its column's right edge must not touch the text beside it. */
    format_set_indent(styles[XLSX_HEADER], 1);
    format_set_indent(styles[XLSX_LABEL], 1);
    format_set_indent(styles[XLSX_WRAPPED], 1);
    format_set_indent(styles[XLSX_PLAIN], 1);
    format_set_num_format(styles[XLSX_COUNT], "0");
    format_set_num_format(styles[XLSX_TIME], "yyyy-mm-dd hh:mm:ss");
}

/* Dark letters on a light ground; in black and white bold, bold italic and italic remain. */
static void add_result_formats(struct xlsx_book *book)
{
    static const lxw_color_t letters[] = {0x7A0010, 0x6B4700, 0x1F3F77};
    static const lxw_color_t grounds[] = {0xF9D2D6, 0xFCE9C0, 0xDBE6F7};

    for (size_t i = 0; i < sizeof marked_results / sizeof marked_results[0]; i++) {
        book->results[i] = add_format(book);
        format_set_font_color(book->results[i], letters[i]);
        format_set_bg_color(book->results[i], grounds[i]);
    }
    format_set_bold(book->results[0]);
    format_set_bold(book->results[1]);
    format_set_italic(book->results[1]);
    format_set_italic(book->results[2]);
}

static void set_properties(struct xlsx_book *book, const char *title, int64_t created)
{
    struct text shown = TEXT_EMPTY, escaped = TEXT_EMPTY;
    lxw_doc_properties properties = {.title = NULL};

    text_add_visible(&shown, title);
    xlsx_add_text(&escaped, text_string(&shown));
    text_add(&escaped, "");
    properties.title = escaped.bytes;
    /* 0 would mean the clock. */
    properties.created = created < 1 ? 1 : (time_t)created;
    note_error(book, workbook_set_properties(book->workbook, &properties));
    text_free(&shown);
    text_free(&escaped);
}

void xlsx_open(struct xlsx_book *book, const char *path, const char *scratch, const char *title,
               int64_t created)
{
    struct text folder = TEXT_EMPTY;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE};

    *book = (struct xlsx_book){.rows = XLSX_ROWS_EMPTY};
    text_add(&folder, scratch);
    options.tmpdir = folder.bytes;
    book->workbook = workbook_new_opt(path, &options);
    if (book->workbook == NULL) {
        memory_exhausted();
    }
    text_free(&folder);
    add_styles(book);
    add_result_formats(book);
    set_properties(book, title, created);
}

/* Also after an error: it is what frees the workbook and closes its temporary files. */
static void close_workbook(struct xlsx_book *book)
{
    if (book->workbook->num_sheets > 0) {
        note_error(book, workbook_close(book->workbook));
    } else {
        /* workbook_close would add a sheet, and crash where that fails again. */
        lxw_workbook_free(book->workbook);
    }
}

bool xlsx_close(struct xlsx_book *book, const char *path, struct workers *workers,
                struct text *error)
{
    bool whole = false;

    close_workbook(book);
    if (book->error != LXW_NO_ERROR) {
        text_addf(error,
                  "the workbook cannot be written (%s): is its folder writable, with room in it?",
                  lxw_strerror(book->error));
    } else {
        whole = xlsx_proof_check(path, book->proofs, book->sheet_count, workers, error);
    }
    if (!whole) {
        (void)unlink(path);
    }
    free(book->proofs);
    free(book->widths);
    xlsx_rows_free(&book->rows);
    return whole;
}

struct xlsx_sheet xlsx_add_sheet(struct xlsx_book *book, const char *name)
{
    struct xlsx_sheet sheet = {.book = book, .number = book->sheet_count};

    book->proofs =
        memory_grow(book->proofs, &book->sheet_room, book->sheet_count + 1, sizeof *book->proofs);
    book->proofs[book->sheet_count++] = XLSX_PROOF_START;
    book->width_count = 0;
    if (book->error == LXW_NO_ERROR) {
        sheet.worksheet = workbook_add_worksheet(book->workbook, name);
    }
    if (sheet.worksheet == NULL) {
        note_error(book, LXW_ERROR_CREATING_TMPFILE);
        return sheet;
    }
    worksheet_set_landscape(sheet.worksheet);
    worksheet_set_paper(sheet.worksheet, PAPER_A4);
    worksheet_set_margins(sheet.worksheet, margin, margin, margin, 2 * margin);
    worksheet_fit_to_pages(sheet.worksheet, 1, 0);
    note_error(book, worksheet_set_footer(sheet.worksheet, "&L&A&RPage &P of &N"));
    /* Account ids are text on purpose. */
    note_error(book, worksheet_ignore_errors(sheet.worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                             "A1:XFD1048576"));
    return sheet;
}

/* Whether anything may be written still. */
static bool is_sound(const struct xlsx_sheet *sheet)
{
    return sheet->worksheet != NULL && sheet->book->error == LXW_NO_ERROR;
}

void xlsx_set_width(struct xlsx_sheet *sheet, lxw_col_t column, int width)
{
    struct xlsx_book *book = sheet->book;

    assert(column == book->width_count);
    book->widths = memory_grow(book->widths, &book->width_room, book->width_count + 1, sizeof(int));
    book->widths[book->width_count++] = width;
    if (is_sound(sheet)) {
        note_error(sheet->book,
                   worksheet_set_column(sheet->worksheet, column, column, width, NULL));
    }
}

static void note_cell(struct xlsx_sheet *sheet)
{
    struct xlsx_proof *proof = &sheet->book->proofs[sheet->number];

    proof->rows += !sheet->row_begun;
    proof->cells++;
    sheet->row_begun = true;
}

static lxw_error write_cell(struct xlsx_sheet *sheet, const struct xlsx_rows *rows,
                            const struct xlsx_cell *cell)
{
    lxw_format *const *styles = sheet->book->styles;
    lxw_col_t column = (lxw_col_t)cell->column;

    note_cell(sheet);
    if (cell->kind == XLSX_NUMBER) {
        return worksheet_write_number(sheet->worksheet, sheet->row, column, (double)cell->value,
                                      styles[XLSX_COUNT]);
    }
    if (cell->kind == XLSX_DATE) {
        return worksheet_write_unixtime(sheet->worksheet, sheet->row, column, cell->value,
                                        styles[XLSX_TIME]);
    }
    xlsx_proof_add_hash(&sheet->book->proofs[sheet->number], cell->hash);
    return worksheet_write_string(sheet->worksheet, sheet->row, column,
                                  rows->texts.bytes + cell->text, styles[cell->style]);
}

/* The row is made as high as its wrapped texts need: LibreOffice does not do it by itself. */
static lxw_error end_row(struct xlsx_sheet *sheet, int64_t lines)
{
    double points = (double)lines * LINE_POINTS;
    lxw_row_t row = sheet->row++;

    sheet->row_begun = false;
    if (lines <= 1 || !is_sound(sheet)) {
        return LXW_NO_ERROR;
    }
    return worksheet_set_row(sheet->worksheet, row,
                             points < ROW_POINTS_MOST ? points : ROW_POINTS_MOST, NULL);
}

bool xlsx_add_rows(struct xlsx_sheet *sheet, const struct xlsx_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct xlsx_cell *cell = &rows->cells[i];

        if (cell->kind == XLSX_ROW_END) {
            note_error(sheet->book, end_row(sheet, cell->value));
        } else if (is_sound(sheet)) {
            note_error(sheet->book, write_cell(sheet, rows, cell));
        }
    }
    return is_sound(sheet);
}

/* Writes what is in the book's rows, which are then empty. */
static void flush(struct xlsx_sheet *sheet)
{
    (void)xlsx_add_rows(sheet, &sheet->book->rows);
    xlsx_rows_clear(&sheet->book->rows);
}

void xlsx_add_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *string,
                     enum xlsx_style style)
{
    struct xlsx_book *book = sheet->book;
    bool high = style == XLSX_WRAPPED && column < book->width_count;

    xlsx_rows_add_string(&book->rows, column, string, style,
                         high ? (size_t)book->widths[column] : 0);
    flush(sheet);
}

void xlsx_add_count(struct xlsx_sheet *sheet, lxw_col_t column, size_t count)
{
    xlsx_rows_add_count(&sheet->book->rows, column, count);
    flush(sheet);
}

void xlsx_add_time(struct xlsx_sheet *sheet, lxw_col_t column, const struct when *time)
{
    xlsx_rows_add_time(&sheet->book->rows, column, time);
    flush(sheet);
}

void xlsx_end_row(struct xlsx_sheet *sheet)
{
    xlsx_rows_end_row(&sheet->book->rows);
    flush(sheet);
}

void xlsx_set_header(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column)
{
    if (is_sound(sheet)) {
        worksheet_freeze_panes(sheet->worksheet, 1, 0);
        note_error(sheet->book, worksheet_autofilter(sheet->worksheet, 0, 0, last, last_column));
        note_error(sheet->book, worksheet_repeat_rows(sheet->worksheet, 0, 0));
    }
}

void xlsx_mark_results(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column)
{
    char value[16];
    lxw_conditional_format format = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                     .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                     .value_string = value};

    assert(first <= last);
    for (size_t i = 0; i < sizeof marked_results / sizeof marked_results[0]; i++) {
        if (!is_sound(sheet)) {
            return;
        }
        (void)snprintf(value, sizeof value, "\"%s\"", marked_results[i]);
        format.format = sheet->book->results[i];
        note_error(sheet->book, worksheet_conditional_format_range(sheet->worksheet, first, column,
                                                                   last, column, &format));
    }
}

void xlsx_set_printed(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column)
{
    if (is_sound(sheet)) {
        note_error(sheet->book, worksheet_print_area(sheet->worksheet, 0, 0, last, last_column));
    }
}
