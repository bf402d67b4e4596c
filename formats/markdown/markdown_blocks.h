/*
 * markdown_blocks.h: blocks as GitHub-flavoured Markdown. Every text goes through markdown_text.h,
 * our own too. There are no links within the page, since GitHub and pandoc name its headings
 * differently.
 */
#ifndef MARKDOWN_BLOCKS_H
#define MARKDOWN_BLOCKS_H

#include "base/text.h"
#include "report/blocks.h"
#include <stdio.h>

/* What is written goes to out first, and from there to the stream. */
struct markdown {
    const struct report *report;
    FILE *stream;
    int error; /* errno of the first write that failed, or 0; nothing is written after it */
    struct text out;
};

/* Writes the blocks. False with errno set if a write fails. */
bool markdown_write_blocks(const struct report *report, const struct blocks *blocks, FILE *stream);

/* Writes a TABLE or VIEW (markdown_table.c). One that is too wide for a page is split: into tables
 * with some of its columns and the rows' numbers, and a list of its long texts. */
void markdown_write_table(struct markdown *markdown, const struct block *block);

/* Adds a cell, on one line (markdown_table.c). */
void markdown_add_cell(struct text *out, const struct cell *cell);

/* Writes out to the stream and clears it. */
void markdown_flush(struct markdown *markdown);

#endif
