/* markdown_table.c: see markdown_table.h. */
#include "markdown/markdown_table.h"
#include "base/memory.h"
#include "markdown/markdown_text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Columns that a portrait page holds where some are wide, and where none is, beside the row's
 * number; and the characters that are too many for one of these. */
enum { WHOLE_COLUMNS = 7, PAGE_COLUMNS = 8, WIDE = 40 };

void markdown_flush(struct markdown *markdown)
{
    const struct text *out = &markdown->out;

    if (markdown->error == 0 &&
        fwrite(text_string(out), 1, out->length, markdown->stream) != out->length)
        markdown->error = errno;
    text_clear(&markdown->out);
}

void markdown_free(struct markdown *markdown)
{
    text_free(&markdown->out);
    text_free(&markdown->value);
    report_close_row(&markdown->row);
}

void markdown_add_line(struct markdown *markdown, const char *mark, const char *text)
{
    text_add(&markdown->out, mark);
    markdown_add_text(&markdown->out, text);
    text_add(&markdown->out, "\n\n");
    markdown_flush(markdown);
}

void markdown_add_item(struct markdown *markdown, const char *text)
{
    text_add(&markdown->out, "- ");
    markdown_add_text(&markdown->out, text);
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

void markdown_add_sentences(struct markdown *markdown, const char *const *sentences)
{
    for (; *sentences != NULL; sentences++)
        markdown_add_item(markdown, *sentences);
    text_add(&markdown->out, "\n");
}

void markdown_add_framework(struct text *out, const struct framework *framework)
{
    markdown_add_text(out, framework->title);
    if (framework->status[0] != '\0') {
        text_add(out, " (");
        markdown_add_text(out, framework->status);
        text_add(out, ")");
    }
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

    for (size_t i = 0; i < count; i++)
        items[i] = i;
    return items;
}

struct markdown_view markdown_view_whole(const struct table *table)
{
    return (struct markdown_view){.table = table,
                                  .rows = indexes(table->row_count),
                                  .columns = indexes(table->column_count),
                                  .row_count = table->row_count,
                                  .column_count = table->column_count};
}

void markdown_view_drop(struct markdown_view *view, const char *title)
{
    size_t kept = 0;

    for (size_t i = 0; i < view->column_count; i++)
        if (strcmp(view->table->columns[view->columns[i]].title, title) != 0)
            view->columns[kept++] = view->columns[i];
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

    for (size_t i = 0; i < view->column_count; i++)
        kinds[i] = CELL_EMPTY;
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

/* Takes the columns out of the view that are empty in every row; returns what the others hold,
 * which the caller frees. */
static enum cell_kind *trim(struct markdown *markdown, struct markdown_view *view)
{
    enum cell_kind *kinds = column_kinds(markdown, view);
    size_t kept = 0;

    for (size_t i = 0; i < view->column_count; i++) {
        if (kinds[i] != CELL_EMPTY) {
            kinds[kept] = kinds[i];
            view->columns[kept++] = view->columns[i];
        }
    }
    view->column_count = kept;
    return kinds;
}

static void add_header(struct markdown *markdown, const struct markdown_view *view,
                       const enum cell_kind *kinds)
{
    struct text *out = &markdown->out;

    text_add(out, view->numbered ? "| row " : "");
    for (size_t i = 0; i < view->column_count; i++) {
        text_add(out, "| ");
        markdown_add_text(out, view->table->columns[view->columns[i]].title);
        text_add(out, " ");
    }
    text_add(out, view->numbered ? "|\n| ---: " : "|\n");
    for (size_t i = 0; i < view->column_count; i++)
        text_add(out, kinds[i] == CELL_COUNT ? "| ---: " : "| --- ");
    text_add(out, "|\n");
}

static void add_row(struct markdown *markdown, const struct markdown_view *view, size_t row)
{
    struct text *out = &markdown->out;
    bool empty = true;

    markdown_open_row(markdown, view->table, row);
    if (view->numbered)
        text_addf(out, "| %zu ", row + 1);
    for (size_t i = 0; i < view->column_count; i++) {
        const char *value = markdown_cell(markdown, view->columns[i]);

        empty = empty && value[0] == '\0';
        text_add(out, "| ");
        text_add(out, value);
        text_add(out, " ");
    }
    text_add(out, "|\n");
    if (view->numbered && empty)
        text_clear(out);
    markdown_flush(markdown);
}

/* kinds: of its columns, none of which is empty. */
static void add_trimmed(struct markdown *markdown, const struct markdown_view *view,
                        const enum cell_kind *kinds)
{
    if (view->column_count == 0) {
        markdown_add_line(markdown, "", "None.");
        return;
    }
    add_header(markdown, view, kinds);
    markdown_flush(markdown);
    for (size_t i = 0; i < view->row_count; i++)
        add_row(markdown, view, view->rows[i]);
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

void markdown_add_view(struct markdown *markdown, struct markdown_view *view)
{
    enum cell_kind *kinds = trim(markdown, view);

    add_trimmed(markdown, view, kinds);
    free(kinds);
}

/* Moves the columns that are too wide for a cell, but for the first, behind the others; returns how
 * many others there are. */
static size_t part_wide(struct markdown_view *view, enum cell_kind *kinds)
{
    size_t *wide = memory_resize(NULL, view->column_count, sizeof *wide);
    size_t narrow_count = 0, wide_count = 0;

    for (size_t i = 0; i < view->column_count; i++) {
        if (i > 0 && view->table->columns[view->columns[i]].width >= WIDE) {
            wide[wide_count++] = view->columns[i];
        } else {
            kinds[narrow_count] = kinds[i];
            view->columns[narrow_count++] = view->columns[i];
        }
    }
    memcpy(view->columns + narrow_count, wide, wide_count * sizeof *wide);
    free(wide);
    return narrow_count;
}

/* `- Row 3. **arn:** ... **sources:** ...`, and in front of that the table's first column where it
 * is wide itself: a hash belongs beside its file. */
static void add_wide(struct markdown *markdown, const struct markdown_view *view)
{
    struct text *out = &markdown->out;

    for (size_t i = 0; i < view->row_count; i++) {
        bool empty = true;

        markdown_open_row(markdown, view->table, view->rows[i]);
        text_addf(out, "- Row %zu", view->rows[i] + 1);
        if (view->table->columns[0].width >= WIDE)
            text_addf(out, ", %s", markdown_cell(markdown, 0));
        text_add(out, ".");
        for (size_t j = 0; j < view->column_count; j++) {
            const char *value = markdown_cell(markdown, view->columns[j]);

            if (value[0] != '\0') {
                text_add(out, " **");
                markdown_add_text(out, view->table->columns[view->columns[j]].title);
                text_add(out, ":** ");
                text_add(out, value);
                empty = false;
            }
        }
        text_add(out, "\n");
        if (empty)
            text_clear(out);
        markdown_flush(markdown);
    }
    text_add(out, "\n");
}

/* In tables that fit a page, one below the other, and a list. */
static void add_parts(struct markdown *markdown, const struct markdown_view *view,
                      enum cell_kind *kinds)
{
    struct markdown_view part = *view;
    size_t narrow = part_wide(&part, kinds);

    part.numbered = true;
    for (size_t i = 0; i < view->column_count; i += part.column_count) {
        size_t left = i < narrow ? narrow - i : view->column_count - i;

        if (i > 0)
            markdown_add_line(markdown, "", "More of these rows, by number, where there is more:");
        part.columns = view->columns + i;
        part.column_count = i >= narrow || left < PAGE_COLUMNS ? left : PAGE_COLUMNS;
        if (i < narrow)
            add_trimmed(markdown, &part, kinds + i);
        else
            add_wide(markdown, &part);
    }
}

void markdown_add_whole(struct markdown *markdown, const struct table *table)
{
    struct markdown_view view = markdown_view_whole(table);
    enum cell_kind *kinds = trim(markdown, &view);

    if (view.column_count > WHOLE_COLUMNS)
        add_parts(markdown, &view, kinds);
    else
        add_trimmed(markdown, &view, kinds);
    free(kinds);
    markdown_view_free(&view);
}
