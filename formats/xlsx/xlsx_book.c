/* xlsx_book.c: see xlsx_book.h. */
#include "xlsx/xlsx_book.h"
#include "base/memory.h"
#include "xlsx/xlsx_text.h"
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAPER_A4 = 9, LINE_POINTS = 15, ROW_POINTS_MOST = 409 };

static const double margin = 0.4; /* inches; twice that at the bottom, for the page number */

static const char *const marked_results[] = {"FAIL", "UNKNOWN", "WAIVED"};

void xlsx_note_error(struct xlsx_book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

/* For a call of libxlsxwriter, which prints its errors on stderr, too. Our message is enough, so
 * stderr is a stream in memory during the call. File descriptor 2 is not changed: other threads,
 * which do not use stderr, may draw progress there. */
struct quiet_call {
    FILE *before, *stream; /* stream: NULL if there is none */
    char *printed;
    size_t length;
};

static void begin_quiet(struct quiet_call *call)
{
    *call = (struct quiet_call){.before = stderr};
    call->stream = open_memstream(&call->printed, &call->length);
    if (call->stream != NULL)
        stderr = call->stream;
    errno = 0;
}

/* Notes the error of the call and its errno, unless there was an error before. */
static void end_quiet(struct quiet_call *call, struct xlsx_book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR && error != LXW_NO_ERROR)
        book->number = errno;
    xlsx_note_error(book, error);
    stderr = call->before;
    if (call->stream != NULL)
        (void)fclose(call->stream);
    free(call->printed);
}

static void set_properties(struct xlsx_book *book, const char *title, int64_t created)
{
    struct text shown = TEXT_EMPTY, escaped = TEXT_EMPTY;
    lxw_doc_properties properties = {.title = NULL};
    char subject[] = "TLS certificates: compliance findings"; /* the library copies it */

    text_add_visible(&shown, title);
    xlsx_add_text(&escaped, text_string(&shown));
    text_add(&escaped, "");
    properties.title = escaped.bytes;
    properties.subject = subject;
    /* 0 would mean the clock. */
    properties.created = created < 1 ? 1 : (time_t)created;
    xlsx_note_error(book, workbook_set_properties(book->workbook, &properties));
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
    if (book->workbook == NULL)
        memory_exhausted();
    text_free(&folder);
    xlsx_add_styles(book);
    set_properties(book, title, created);
}

/* Also after an error: this frees the workbook and closes its temporary files. */
static void close_workbook(struct xlsx_book *book)
{
    if (book->workbook->num_sheets > 0) {
        struct quiet_call call;

        begin_quiet(&call);
        end_quiet(&call, book, workbook_close(book->workbook));
    } else {
        /* workbook_close would add a sheet, and crash if that fails again. */
        lxw_workbook_free(book->workbook);
    }
}

bool xlsx_close(struct xlsx_book *book, const char *path, struct thread_pool *workers,
                struct text *error)
{
    bool whole = false;

    close_workbook(book);
    if (book->error != LXW_NO_ERROR)
        text_add(error, book->number != 0 ? strerror(book->number) : lxw_strerror(book->error));
    else
        whole = xlsx_proof_check(path, book->proofs, book->sheet_count, workers, error);
    if (!whole)
        (void)unlink(path);
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
        struct quiet_call call;

        begin_quiet(&call);
        sheet.worksheet = workbook_add_worksheet(book->workbook, name);
        end_quiet(&call, book, sheet.worksheet != NULL ? LXW_NO_ERROR : LXW_ERROR_CREATING_TMPFILE);
    }
    if (sheet.worksheet == NULL)
        return sheet;
    worksheet_set_landscape(sheet.worksheet);
    worksheet_set_paper(sheet.worksheet, PAPER_A4);
    worksheet_set_margins(sheet.worksheet, margin, margin, margin, 2 * margin);
    worksheet_fit_to_pages(sheet.worksheet, 1, 0);
    xlsx_note_error(book, worksheet_set_footer(sheet.worksheet, "&L&A&RPage &P of &N"));
    /* Account ids are text on purpose. */
    xlsx_note_error(book, worksheet_ignore_errors(sheet.worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                                  "A1:XFD1048576"));
    return sheet;
}

/* Nothing is written after an error. */
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
        xlsx_note_error(sheet->book,
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

/* Sets the height that wrapped texts need: LibreOffice does not do so by itself. */
static lxw_error end_row(struct xlsx_sheet *sheet, int64_t lines)
{
    double points = (double)lines * LINE_POINTS;
    lxw_row_t row = sheet->row++;

    sheet->row_begun = false;
    if (lines <= 1 || !is_sound(sheet))
        return LXW_NO_ERROR;
    return worksheet_set_row(sheet->worksheet, row,
                             points < ROW_POINTS_MOST ? points : ROW_POINTS_MOST, NULL);
}

bool xlsx_add_rows(struct xlsx_sheet *sheet, const struct xlsx_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct xlsx_cell *cell = &rows->cells[i];

        if (cell->kind == XLSX_ROW_END)
            xlsx_note_error(sheet->book, end_row(sheet, cell->value));
        else if (is_sound(sheet))
            xlsx_note_error(sheet->book, write_cell(sheet, rows, cell));
    }
    return is_sound(sheet);
}

/* Writes the book's rows and clears them. */
static void flush(struct xlsx_sheet *sheet)
{
    (void)xlsx_add_rows(sheet, &sheet->book->rows);
    xlsx_rows_clear(&sheet->book->rows);
}

void xlsx_add_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *string,
                     enum xlsx_style style)
{
    struct xlsx_book *book = sheet->book;
    bool high = (style == XLSX_WRAPPED || style == XLSX_HEADER || style == XLSX_HEADER_COUNT) &&
                column < book->width_count;

    xlsx_rows_add_string(&book->rows, column, string, style,
                         high ? (size_t)book->widths[column] : 0);
    flush(sheet);
}

void xlsx_add_count(struct xlsx_sheet *sheet, lxw_col_t column, size_t count)
{
    xlsx_rows_add_count(&sheet->book->rows, column, count);
    flush(sheet);
}

/* Of the columns from first to last. */
static size_t width_of(const struct xlsx_book *book, lxw_col_t first, lxw_col_t last)
{
    size_t width = 0;

    for (size_t i = first; i <= last && i < book->width_count; i++)
        width += (size_t)book->widths[i];
    return width;
}

void xlsx_add_merged(struct xlsx_sheet *sheet, lxw_col_t first, lxw_col_t last, const char *string,
                     enum xlsx_style style)
{
    struct xlsx_book *book = sheet->book;
    struct text text = TEXT_EMPTY;

    xlsx_rows_add_string(&book->rows, first, string, style, width_of(book, first, last));
    flush(sheet);
    xlsx_add_text(&text, string);
    /* The library writes the first cell again, and empty cells after it. */
    for (lxw_col_t i = *string != '\0' ? first + 1 : first; i <= last; i++)
        note_cell(sheet);
    if (is_sound(sheet)) {
        xlsx_note_error(book, worksheet_merge_range(sheet->worksheet, sheet->row, first, sheet->row,
                                                    last, text_string(&text), book->styles[style]));
    }
    text_free(&text);
}

void xlsx_add_link(struct xlsx_sheet *sheet, lxw_col_t column, const char *string, const char *name,
                   size_t row)
{
    struct xlsx_book *book = sheet->book;
    struct text target = TEXT_EMPTY, text = TEXT_EMPTY;

    xlsx_rows_add_string(&book->rows, column, string, XLSX_LINK, 0);
    flush(sheet);
    text_addf(&target, "internal:'%s'!A%zu", name, row + 1);
    xlsx_add_text(&text, string);
    if (*string != '\0' && is_sound(sheet)) { /* this writes the cell again */
        xlsx_note_error(book,
                        worksheet_write_url_opt(sheet->worksheet, sheet->row, column, target.bytes,
                                                book->styles[XLSX_LINK], text.bytes, NULL));
    }
    text_free(&target);
    text_free(&text);
}

void xlsx_add_time(struct xlsx_sheet *sheet, lxw_col_t column, const struct timestamp *time)
{
    xlsx_rows_add_time(&sheet->book->rows, column, time);
    flush(sheet);
}

void xlsx_make_high(struct xlsx_sheet *sheet, size_t lines)
{
    sheet->book->rows.lines = lines;
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
        xlsx_note_error(sheet->book,
                        worksheet_autofilter(sheet->worksheet, 0, 0, last, last_column));
        xlsx_note_error(sheet->book, worksheet_repeat_rows(sheet->worksheet, 0, 0));
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
        if (!is_sound(sheet))
            return;
        (void)snprintf(value, sizeof value, "\"%s\"", marked_results[i]);
        format.format = sheet->book->results[i];
        xlsx_note_error(sheet->book, worksheet_conditional_format_range(
                                         sheet->worksheet, first, column, last, column, &format));
    }
}

void xlsx_fold(struct xlsx_sheet *sheet, lxw_col_t first, lxw_col_t last)
{
    const struct xlsx_book *book = sheet->book;
    lxw_row_col_options folded = {.hidden = 1, .level = 1};
    lxw_row_col_options sign = {.collapsed = 1};
    lxw_col_t next = (lxw_col_t)(last + 1);
    double width = next < book->width_count ? book->widths[next] : LXW_DEF_COL_WIDTH;

    for (lxw_col_t i = first; i <= last && is_sound(sheet); i++) {
        xlsx_note_error(sheet->book, worksheet_set_column_opt(sheet->worksheet, i, i,
                                                              book->widths[i], NULL, &folded));
    }
    if (is_sound(sheet)) {
        xlsx_note_error(sheet->book,
                        worksheet_set_column_opt(sheet->worksheet, next, next, width, NULL, &sign));
    }
}

void xlsx_break_page(struct xlsx_sheet *sheet)
{
    if (sheet->break_count > 0 && sheet->breaks[sheet->break_count - 1] == sheet->row)
        return; /* nothing was written since the last one */
    assert(sheet->break_count < XLSX_BREAKS_MOST);
    sheet->breaks[sheet->break_count++] = sheet->row;
}

void xlsx_set_pages(struct xlsx_sheet *sheet, uint16_t scale)
{
    if (is_sound(sheet)) {
        worksheet_set_print_scale(sheet->worksheet, scale); /* replaces fit_to_pages */
        xlsx_note_error(sheet->book, worksheet_set_h_pagebreaks(sheet->worksheet, sheet->breaks));
    }
}

void xlsx_set_printed(struct xlsx_sheet *sheet, lxw_row_t last, lxw_col_t last_column)
{
    if (is_sound(sheet)) {
        xlsx_note_error(sheet->book,
                        worksheet_print_area(sheet->worksheet, 0, 0, last, last_column));
    }
}
