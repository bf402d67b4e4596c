/* markdown_table.c: tables, see markdown_blocks.h. */
#include "base/memory.h"
#include "markdown/markdown_blocks.h"
#include "markdown/markdown_text.h"
#include <stdlib.h>
#include <string.h>

enum { PAGE_WIDTH = 140 }; /* characters: what a portrait page has room for */

void markdown_add_cell(struct text *out, const struct cell *cell)
{
    struct text value = TEXT_EMPTY;
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
    case CELL_RESULT:
    case CELL_LINK:
        markdown_add_text(out, cell->text);
        break;
    case CELL_LINES:
        for (const char *line = cell->text, *end; *line != '\0';
             line = *end != '\0' ? end + 1 : end) {
            end = line + strcspn(line, "\n");
            text_clear(&value);
            text_add_bytes(&value, line, (size_t)(end - line));
            text_add(out, line > cell->text ? ". " : "");
            markdown_add_text(out, text_string(&value));
        }
        break;
    case CELL_COUNT:
    case CELL_TIME: /* digits, `-`, `:`, `T` and `Z`: not markup */
        report_add_cell(cell, out);
        break;
    }
    text_free(&value);
}

/* Some columns of a block, by index. */
struct column_set {
    size_t *columns;
    size_t count;
    bool numbered; /* with the numbers of the rows */
};

static size_t width_of(const struct block *block, const struct column_set *part)
{
    size_t width = 0;
    for (size_t i = 0; i < part->count; i++)
        width += (size_t)block->columns[part->columns[i]].width;
    return width;
}

static void add_header(struct text *out, const struct block *block, const struct column_set *part)
{
    text_add(out, part->numbered ? "| row " : "");
    for (size_t i = 0; i < part->count; i++) {
        text_add(out, "| ");
        markdown_add_text(out, block->columns[part->columns[i]].title);
        text_add(out, " ");
    }
    text_add(out, part->numbered ? "|\n| ---: " : "|\n");
    for (size_t i = 0; i < part->count; i++)
        text_add(out, block->columns[part->columns[i]].kind == CELL_COUNT ? "| ---: " : "| --- ");
    text_add(out, "|\n");
}

/* The number of the reader's row, from 1: in the report's table, if it is from one. */
static size_t number_of(const struct block_reader *reader)
{
    return reader->block->table != NULL ? reader->open.number + 1 : reader->next;
}

static void write_part(struct markdown *markdown, const struct block *block,
                       const struct column_set *part)
{
    struct block_reader reader = blocks_read(markdown->report, block);
    struct text *out = &markdown->out;
    add_header(out, block, part);
    while (blocks_next(&reader)) {
        bool empty = true;
        markdown_flush(markdown);
        if (part->numbered)
            text_addf(out, "| %zu ", number_of(&reader));
        for (size_t i = 0; i < part->count; i++) {
            const struct cell *cell = blocks_cell(&reader, part->columns[i]);
            empty = empty && cell->kind == CELL_EMPTY;
            text_add(out, "| ");
            markdown_add_cell(out, cell);
            text_add(out, " ");
        }
        text_add(out, "|\n");
        if (part->numbered && empty)
            text_clear(out);
    }
    text_add(out, "\n");
    blocks_end(&reader);
}

/* `- Row 3. **arn:** ... **sources:** ...`; a first column that is long itself is repeated, so that
 * a hash is next to its file. */
static void write_list(struct markdown *markdown, const struct block *block,
                       const struct column_set *part)
{
    struct block_reader reader = blocks_read(markdown->report, block);
    struct text *out = &markdown->out;
    while (blocks_next(&reader)) {
        bool empty = true;
        markdown_flush(markdown);
        text_addf(out, "- Row %zu", number_of(&reader));
        if (block->columns[0].width >= BLOCK_WIDE) {
            text_add(out, ", ");
            markdown_add_cell(out, blocks_cell(&reader, 0));
        }
        text_add(out, ".");
        for (size_t i = 0; i < part->count; i++) {
            const struct cell *cell = blocks_cell(&reader, part->columns[i]);
            if (cell->kind == CELL_EMPTY)
                continue;
            text_add(out, " **");
            markdown_add_text(out, block->columns[part->columns[i]].title);
            text_add(out, ":** ");
            markdown_add_cell(out, cell);
            empty = false;
        }
        text_add(out, "\n");
        if (empty)
            text_clear(out);
    }
    text_add(out, "\n");
    blocks_end(&reader);
}

/* In tables that fit a page, and a list. */
static void write_split(struct markdown *markdown, const struct block *block)
{
    struct column_set table = {memory_resize(NULL, block->column_count, sizeof(size_t)), 0, true};
    struct column_set list = {memory_resize(NULL, block->column_count, sizeof(size_t)), 0, false};
    static const char more[] = "More columns of these rows, by row number:\n\n";
    for (size_t i = 0; i < block->column_count; i++) {
        const struct block_column *column = &block->columns[i];
        if (i > 0 && column->width >= BLOCK_WIDE) {
            list.columns[list.count++] = i;
            continue;
        }
        if (table.count > 0 && width_of(block, &table) + (size_t)column->width > PAGE_WIDTH) {
            write_part(markdown, block, &table);
            text_add(&markdown->out, more);
            table.count = 0;
        }
        table.columns[table.count++] = i;
    }
    write_part(markdown, block, &table);
    if (list.count > 0) {
        text_add(&markdown->out, more);
        write_list(markdown, block, &list);
    }
    free(table.columns);
    free(list.columns);
}

void markdown_write_table(struct markdown *markdown, const struct block *block)
{
    struct column_set all = {memory_resize(NULL, block->column_count, sizeof(size_t)), 0, false};
    while (all.count < block->column_count) {
        all.columns[all.count] = all.count;
        all.count++;
    }
    if (block->kind == BLOCK_TABLE || width_of(block, &all) <= PAGE_WIDTH)
        write_part(markdown, block, &all);
    else
        write_split(markdown, block);
    free(all.columns);
}
