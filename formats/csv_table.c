/* csv_table.c: see csv_table.h. */
#include "csv_table.h"
#include "memory.h"
#include "report.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* Buffers of one table, reused from cell to cell. */
struct csv_row {
    struct text cell; /* the cell's text, guarded */
    struct text line; /* the row so far, written whole */
    struct report_row row;
    unsigned char *quoted;
    size_t room;
};

/* What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, "CSV
 * Injection"), and the apostrophe that marks a guarded cell. */
static bool csv_needs_guard(char first)
{
    return first != '\0' && strchr("=+-@\t\r'", first) != NULL;
}

static void csv_add_field(struct csv_row *row)
{
    /* csv_write doubles each quote and adds two. */
    size_t needed = 2 * row->cell.length + 2;
    row->quoted = memory_grow(row->quoted, &row->room, needed, 1);
    size_t length = csv_write(row->quoted, row->room, text_string(&row->cell), row->cell.length);

    if (row->line.length > 0) {
        text_add(&row->line, ",");
    }
    text_add_bytes(&row->line, (const char *)row->quoted, length);
}

static void csv_add_text(struct csv_row *row, const char *text)
{
    text_clear(&row->cell);
    if (csv_needs_guard(text[0])) {
        text_add(&row->cell, "'");
    }
    text_add(&row->cell, text);
    csv_add_field(row);
}

static void csv_add_cell(struct csv_row *row, const struct cell *cell)
{
    if (cell->kind == CELL_TEXT || cell->kind == CELL_LINES) {
        csv_add_text(row, cell->text);
        return;
    }
    text_clear(&row->cell);
    report_add_cell(cell, &row->cell);
    csv_add_field(row);
}

static bool csv_end_row(struct csv_row *row, FILE *stream)
{
    text_add(&row->line, "\r\n");
    bool written = fwrite(text_string(&row->line), 1, row->line.length, stream) == row->line.length;
    text_clear(&row->line);
    return written;
}

bool csv_table(const struct report *report, const struct table *table, FILE *stream)
{
    struct csv_row row = {TEXT_EMPTY, TEXT_EMPTY, REPORT_ROW_CLOSED, NULL, 0};

    for (size_t i = 0; i < table->column_count; i++) {
        csv_add_text(&row, table->columns[i].title);
    }
    bool written = csv_end_row(&row, stream);

    for (size_t i = 0; i < table->row_count && written; i++) {
        report_open_row(&row.row, report, table, i);
        for (size_t j = 0; j < table->column_count; j++) {
            struct cell cell = {.kind = CELL_EMPTY};
            report_cell(&row.row, j, &cell);
            csv_add_cell(&row, &cell);
        }
        written = csv_end_row(&row, stream);
    }
    text_free(&row.cell);
    text_free(&row.line);
    report_close_row(&row.row);
    free(row.quoted);
    return written && fflush(stream) == 0;
}
