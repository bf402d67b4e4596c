/* markdown_table.c: see markdown_table.h. */
#include "markdown_table.h"
#include "markdown_text.h"
#include "memory.h"
#include <stdlib.h>
#include <string.h>

void markdown_flush(struct markdown *markdown)
{
    const struct text *out = &markdown->out;

    if (!markdown->failed &&
        fwrite(text_string(out), 1, out->length, markdown->stream) != out->length) {
        markdown->failed = true;
    }
    text_clear(&markdown->out);
}

void markdown_free(struct markdown *markdown)
{
    text_free(&markdown->out);
    text_free(&markdown->value);
    report_close_row(&markdown->row);
}

void markdown_open_row(struct markdown *markdown, const struct table *table, size_t row)
{
    report_open_row(&markdown->row, markdown->report, table, row);
}

static enum cell_kind get_cell(struct markdown *markdown, size_t column)
{
    struct cell cell = {.kind = CELL_EMPTY};

    text_clear(&markdown->value);
    report_cell(&markdown->row, column, &cell);
    switch (cell.kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
    case CELL_LINES:
        markdown_add_text(&markdown->value, cell.text);
        break;
    case CELL_COUNT:
    case CELL_TIME: /* digits, `-`, `:`, `T` and `Z`: ours, and no markup */
        report_add_cell(&cell, &markdown->value);
        break;
    }
    return markdown->value.length == 0 ? CELL_EMPTY : cell.kind;
}

const char *markdown_cell(struct markdown *markdown, size_t column)
{
    (void)get_cell(markdown, column);
    return text_string(&markdown->value);
}

static size_t *indexes(size_t count)
{
    size_t *items = memory_resize(NULL, count + 1, sizeof *items);

    for (size_t i = 0; i < count; i++) {
        items[i] = i;
    }
    return items;
}

struct markdown_view markdown_view_whole(const struct table *table)
{
    return (struct markdown_view){table, indexes(table->row_count), indexes(table->column_count),
                                  table->row_count, table->column_count};
}

void markdown_view_drop(struct markdown_view *view, const char *title)
{
    size_t kept = 0;

    for (size_t i = 0; i < view->column_count; i++) {
        if (strcmp(view->table->columns[view->columns[i]].title, title) != 0) {
            view->columns[kept++] = view->columns[i];
        }
    }
    view->column_count = kept;
}

void markdown_view_free(struct markdown_view *view)
{
    free(view->rows);
    free(view->columns);
}

/* What each of the view's columns holds, by its first cell that is not empty. */
static enum cell_kind *column_kinds(struct markdown *markdown, const struct markdown_view *view)
{
    enum cell_kind *kinds = memory_resize(NULL, view->column_count + 1, sizeof *kinds);
    size_t empty = view->column_count;

    for (size_t i = 0; i < view->column_count; i++) {
        kinds[i] = CELL_EMPTY;
    }
    for (size_t row = 0; row < view->row_count && empty > 0; row++) {
        markdown_open_row(markdown, view->table, view->rows[row]);
        for (size_t i = 0; i < view->column_count; i++) {
            if (kinds[i] == CELL_EMPTY) {
                kinds[i] = get_cell(markdown, view->columns[i]);
                empty -= kinds[i] != CELL_EMPTY;
            }
        }
    }
    return kinds;
}

/* Writes the header and the line below it; leaves in columns those that are not empty. */
static size_t add_header(struct markdown *markdown, const struct markdown_view *view,
                         size_t *columns)
{
    enum cell_kind *kinds = column_kinds(markdown, view);
    struct text rule = TEXT_EMPTY;
    size_t kept = 0;

    for (size_t i = 0; i < view->column_count; i++) {
        if (kinds[i] == CELL_EMPTY) {
            continue;
        }
        columns[kept++] = view->columns[i];
        text_add(&markdown->out, "| ");
        markdown_add_text(&markdown->out, view->table->columns[view->columns[i]].title);
        text_add(&markdown->out, " ");
        text_add(&rule, kinds[i] == CELL_COUNT ? "| ---: " : "| --- ");
    }
    if (kept > 0) {
        text_addf(&markdown->out, "|\n%s|\n", text_string(&rule));
    }
    text_free(&rule);
    free(kinds);
    return kept;
}

void markdown_add_view(struct markdown *markdown, const struct markdown_view *view)
{
    size_t *columns = memory_resize(NULL, view->column_count + 1, sizeof *columns);
    size_t column_count = add_header(markdown, view, columns);

    for (size_t i = 0; i < view->row_count && column_count > 0; i++) {
        markdown_open_row(markdown, view->table, view->rows[i]);
        for (size_t j = 0; j < column_count; j++) {
            text_add(&markdown->out, j == 0 ? "| " : " | ");
            text_add(&markdown->out, markdown_cell(markdown, columns[j]));
        }
        text_add(&markdown->out, " |\n");
        markdown_flush(markdown);
    }
    text_add(&markdown->out, column_count > 0 ? "\n" : "None.\n\n");
    markdown_flush(markdown);
    free(columns);
}
