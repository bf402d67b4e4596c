/* table.c: see table.h. */
#include "report/table.h"
#include "base/digest.h"
#include <assert.h>
#include <string.h>

void report_open_row(struct report_row *row, const struct report *report, const struct table *table,
                     size_t number)
{
    assert(number < table->row_count);
    row->report = report;
    row->table = table;
    row->number = number;
    row->finding = NULL;
    row->certificate = NULL;
    row->seen = NULL;
    row->scope = NULL;
    row->control_ids = NULL;
    if (table->open != NULL)
        table->open(row);
}

void report_close_row(struct report_row *row)
{
    digest_free(row->digest);
    text_free(&row->scratch);
}

void report_cell(struct report_row *row, size_t column, struct cell *cell)
{
    assert(column < row->table->column_count);
    const struct column *shown = &row->table->columns[column];
    text_clear(&row->scratch);
    *cell = (struct cell){.kind = CELL_EMPTY, .text = ""};
    shown->get(row, shown->argument, cell);
    if (cell->kind != CELL_COUNT && cell->kind != CELL_TIME && *cell->text == '\0')
        cell->kind = CELL_EMPTY;
}

void report_add_cell(const struct cell *cell, struct text *text)
{
    switch (cell->kind) {
    case CELL_EMPTY:
    case CELL_TEXT:
    case CELL_LINES:
    case CELL_RESULT:
    case CELL_LINK:
        text_add(text, cell->text);
        break;
    case CELL_COUNT:
        text_add_count(text, cell->count);
        break;
    case CELL_TIME:
        timestamp_add(&cell->time, text);
        break;
    }
}

size_t report_column(const struct table *table, const char *title)
{
    size_t column = 0;
    while (column < table->column_count && strcmp(table->columns[column].title, title) != 0)
        column++;
    assert(column < table->column_count);
    return column;
}
