/*
 * markdown_table.h: a report's tables as GitHub tables, and the output of the Markdown writer.
 * Knows tables and cells; what is said around them is write_markdown.c's.
 */
#ifndef MARKDOWN_TABLE_H
#define MARKDOWN_TABLE_H

#include "report.h"
#include <stdio.h>

/* What is written goes to out first, and from there to the stream. The texts are reused. */
struct markdown {
    const struct report *report;
    FILE *stream;
    bool failed; /* a write failed; nothing is written after it, errno is that write's */
    struct text out, value;
    struct report_row row; /* the row that is being read */
};

/* Some of a table's rows and columns, by index. Owned by the caller. */
struct markdown_view {
    const struct table *table;
    size_t *rows, *columns;
    size_t row_count, column_count;
};

/* Hands out over to the stream. */
void markdown_flush(struct markdown *markdown);

void markdown_free(struct markdown *markdown);

/* Opens a row of a table to be read. */
void markdown_open_row(struct markdown *markdown, const struct table *table, size_t row);

/* The open row's cell as text that is no markup, "" where it is empty. Valid until the next call.
 */
const char *markdown_cell(struct markdown *markdown, size_t column);

/* A view of all rows and columns of the table; markdown_view_free frees it. */
struct markdown_view markdown_view_whole(const struct table *table);

/* Takes the column of that title out of the view, where it is in it. */
void markdown_view_drop(struct markdown_view *view, const char *title);

void markdown_view_free(struct markdown_view *view);

/* Writes the view as a table, without the columns that are empty in every row, or "None." */
void markdown_add_view(struct markdown *markdown, const struct markdown_view *view);

#endif
