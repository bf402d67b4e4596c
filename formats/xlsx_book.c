/* xlsx_book.c: see xlsx_book.h. */
#include "xlsx_book.h"
#include "memory.h"
#include "xlsx_text.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A sheet's calendar begins on 1900-01-01, with a 29 February 1900 that never was. */
static const int64_t first_date = INT64_C(-2203891200); /* 1900-03-01T00:00:00Z */
static const int64_t last_date = INT64_C(253402300799); /* 9999-12-31T23:59:59Z */

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

    *book = (struct xlsx_book){.escaped = TEXT_EMPTY};
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

bool xlsx_close(struct xlsx_book *book, const char *path, struct text *error)
{
    bool whole = false;

    close_workbook(book);
    if (book->error != LXW_NO_ERROR) {
        text_addf(error,
                  "the workbook cannot be written (%s): is its folder writable, with room in it?",
                  lxw_strerror(book->error));
    } else {
        whole = xlsx_proof_check(path, book->proofs, book->sheet_count, error);
    }
    if (!whole) {
        (void)unlink(path);
    }
    free(book->proofs);
    free(book->widths);
    text_free(&book->escaped);
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

/* How many lines a column of that width breaks the text into, a letter being one wide: about,
 * since letters differ. A word that is too long is broken. */
static size_t lines_of(const char *text, size_t width)
{
    size_t lines = 1, used = 0;

    while (*text != '\0') {
        size_t word = strcspn(text, " \n");

        if (used > 0 && used + 1 + word > width) {
            lines++;
            used = 0;
        }
        used += word + (used > 0);
        lines += used > width ? (used - 1) / width : 0;
        used = used > width ? (used - 1) % width + 1 : used;
        text += word;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

static struct xlsx_proof *note_cell(struct xlsx_sheet *sheet, lxw_error error)
{
    struct xlsx_proof *proof = &sheet->book->proofs[sheet->number];

    note_error(sheet->book, error);
    proof->rows += !sheet->row_begun;
    proof->cells++;
    sheet->row_begun = true;
    return proof;
}

void xlsx_add_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *string,
                     enum xlsx_style style)
{
    struct xlsx_book *book = sheet->book;
    const char *escaped = NULL;

    if (!is_sound(sheet) || string[0] == '\0') {
        return;
    }
    if (style == XLSX_WRAPPED && column < book->width_count) {
        size_t lines = lines_of(string, (size_t)book->widths[column]);

        sheet->lines = lines > sheet->lines ? lines : sheet->lines;
    }
    text_clear(&book->escaped);
    xlsx_add_text(&book->escaped, string);
    escaped = text_string(&book->escaped);
    xlsx_proof_add_text(
        note_cell(sheet, worksheet_write_string(sheet->worksheet, sheet->row, column, escaped,
                                                book->styles[style])),
        escaped);
}

void xlsx_add_count(struct xlsx_sheet *sheet, lxw_col_t column, size_t count)
{
    if (is_sound(sheet)) {
        (void)note_cell(sheet,
                        worksheet_write_number(sheet->worksheet, sheet->row, column, (double)count,
                                               sheet->book->styles[XLSX_COUNT]));
    }
}

void xlsx_add_time(struct xlsx_sheet *sheet, lxw_col_t column, const struct when *time)
{
    struct text text = TEXT_EMPTY;

    if (!is_sound(sheet)) {
        return;
    }
    if (time->seconds >= first_date && time->seconds <= last_date) {
        (void)note_cell(sheet,
                        worksheet_write_unixtime(sheet->worksheet, sheet->row, column,
                                                 time->seconds, sheet->book->styles[XLSX_TIME]));
        return;
    }
    when_add(time, &text);
    xlsx_add_string(sheet, column, text_string(&text), XLSX_PLAIN);
    text_free(&text);
}

void xlsx_end_row(struct xlsx_sheet *sheet)
{
    if (is_sound(sheet) && sheet->lines > 1) {
        double points = (double)sheet->lines * LINE_POINTS;

        note_error(sheet->book,
                   worksheet_set_row(sheet->worksheet, sheet->row,
                                     points < ROW_POINTS_MOST ? points : ROW_POINTS_MOST, NULL));
    }
    sheet->row++;
    sheet->row_begun = false;
    sheet->lines = 0;
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
