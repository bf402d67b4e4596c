/*
 * markdown_table.h: a report's tables as GitHub tables, and the output of the Markdown writer.
 * Knows tables, cells and lines; what is said in them is write_markdown.c's and that of its
 * sections (markdown_sections.h, markdown_findings.h).
 */
#ifndef MARKDOWN_TABLE_H
#define MARKDOWN_TABLE_H

#include "report/report.h"
#include <stdio.h>

/* What is written goes to out first, and from there to the stream. The texts are reused. */
struct markdown {
    const struct report *report;
    FILE *stream;
    int error; /* errno of the first write that failed, or 0; nothing is written after it */
    struct text out, value;
    struct report_row row; /* the row that is being read */
};

/* Some of a table's rows and columns, by index. Owned by the caller. */
struct markdown_view {
    const struct table *table;
    size_t *rows, *columns;
    size_t row_count, column_count;
    bool numbered; /* with the rows' numbers in front, and without rows that are empty */
};

/* Hands out over to the stream. */
void markdown_flush(struct markdown *markdown);

void markdown_free(struct markdown *markdown);

/* Adds mark, the text and an empty line. mark is `# ` or what stands before a sentence, so that the
 * text starts no list or heading. */
void markdown_add_line(struct markdown *markdown, const char *mark, const char *text);

/* Adds a list item, without the empty line that ends a list. The text begins with a word of ours.
 */
void markdown_add_item(struct markdown *markdown, const char *text);

/* Adds the sentences, which end with NULL, as a list. */
void markdown_add_sentences(struct markdown *markdown, const char *const *sentences);

/* Adds to the text a framework as it is headed everywhere: `NIST SP 800-53 Rev. 4 (withdrawn)`. */
void markdown_add_framework(struct text *out, const struct framework *framework);

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

/* Takes the columns that are empty in every row out of the view and writes it as a table, or
 * "None." */
void markdown_add_view(struct markdown *markdown, struct markdown_view *view);

/* Writes the whole table so that it fits a page: one of many columns in parts, one below the other,
 * with the rows' numbers in each; what is long stands in a list. */
void markdown_add_whole(struct markdown *markdown, const struct table *table);

#endif
