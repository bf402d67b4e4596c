/* terminal_blocks.c: see terminal_blocks.h. */
#include "terminal/terminal_blocks.h"
#include "base/safe_text.h"
#include <string.h>

enum { INDENT = 4, NAME_WIDTH = 14, TABLE_INDENT = 2, GAP = 2, BAR_WIDTH = 8, SHORT_LINES = 2 };

/* Where a block is: at the left edge, or in a row's details, which are indented and may be cut. */
struct place {
    size_t indent, lines;
};

static void add_heading(struct terminal_page *page, const struct block *block, struct place place)
{
    size_t column = 0;
    if (block->result != NULL) {
        column = terminal_add_result(&page->text, page->terminal, block->result) + 1;
        text_add(&page->text, " ");
    }
    terminal_add_words(&page->text, page->terminal, column, block->text, INDENT, place.lines);
}

static void add_paragraph(struct terminal_page *page, const struct block *block, struct place place)
{
    struct text words = TEXT_EMPTY;
    if (block->label != NULL)
        text_addf(&words, "%s: ", block->label);
    text_add(&words, block->text);
    terminal_add_spaces(&page->text, place.indent);
    terminal_add_words(&page->text, page->terminal, place.indent, text_string(&words), place.indent,
                       place.lines);
    text_free(&words);
}

/* Never wrapped: commands are to be copied. */
static void add_code(struct terminal_page *page, const struct block *block, struct place place)
{
    struct text safe = TEXT_EMPTY;
    if (block->label != NULL) {
        terminal_add_spaces(&page->text, place.indent);
        text_addf(&page->text, "%s:\n", block->label);
    }
    safe_text_add(&safe, block->text, true);
    for (const char *line = text_string(&safe); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        terminal_add_spaces(&page->text, place.indent + INDENT);
        text_add_bytes(&page->text, line, length);
        text_add(&page->text, "\n");
        line += length + (line[length] != '\0');
    }
    text_free(&safe);
}

/* The lines of a value, below each other. */
static void add_value(struct terminal_page *page, const struct cell *cell, size_t indent)
{
    struct text value = TEXT_EMPTY, line = TEXT_EMPTY;
    report_add_cell(cell, &value);
    for (const char *at = text_string(&value);; at++) {
        size_t length = cell->kind == CELL_LINES ? strcspn(at, "\n") : strlen(at);
        text_clear(&line);
        text_add_bytes(&line, at, length);
        terminal_add_words(&page->text, page->terminal, indent, text_string(&line), indent, 0);
        at += length;
        if (*at == '\0')
            break;
        terminal_add_spaces(&page->text, indent);
    }
    text_free(&value);
    text_free(&line);
}

static void add_items(struct terminal_page *page, const struct block *block, struct place place)
{
    struct block_reader reader = blocks_read(page->report, block);
    while (blocks_next(&reader)) {
        const struct cell *first = blocks_cell(&reader, 0);
        terminal_add_spaces(&page->text, place.indent);
        if (block->kind == BLOCK_LIST) {
            terminal_add_words(&page->text, page->terminal, place.indent, first->text,
                               place.indent + INDENT, 0);
        } else {
            terminal_add_field(&page->text, first->text, NAME_WIDTH, false);
            add_value(page, blocks_cell(&reader, 1), place.indent + NAME_WIDTH);
        }
    }
    blocks_end(&reader);
}

/* Sentences do not fit in a table. */
static bool is_shown(const struct block *block, size_t column)
{
    return column == 0 || block->columns[column].width < BLOCK_WIDE;
}

/* Finds the length of the longest label, which is not shorter than *label already is, and the
 * largest number to be drawn as a bar. */
static void measure(const struct terminal_page *page, const struct block *block, size_t *label,
                    size_t *largest)
{
    struct block_reader reader = blocks_read(page->report, block);
    while (blocks_next(&reader)) {
        size_t length = strlen(blocks_cell(&reader, 0)->text);
        *label = length > *label ? length : *label;
        size_t number = block->bars > 0 ? blocks_cell(&reader, block->bars)->count : 0;
        *largest = number > *largest ? number : *largest;
    }
    blocks_end(&reader);
}

/* Rounded up, so that every number but 0 is seen. */
static void add_bar(struct text *text, size_t number, size_t largest)
{
    size_t marks = (number * BAR_WIDTH + largest - 1) / largest;
    for (size_t i = 0; i < GAP + BAR_WIDTH; i++)
        text_add(text, i >= GAP && i < GAP + marks ? "#" : " ");
}

static void add_cell(struct terminal_page *page, const struct cell *cell, size_t width)
{
    struct text value = TEXT_EMPTY;
    report_add_cell(cell, &value);
    if (cell->kind == CELL_RESULT)
        (void)terminal_add_result(&page->text, page->terminal, cell->text);
    else
        terminal_add_field(&page->text, text_string(&value), width, cell->kind == CELL_COUNT);
    text_free(&value);
}

/* Without titles: the heading says what the rows are. Bars are left out if they do not fit, and
 * then the labels are cut. A result is in the last column. */
static void add_table(struct terminal_page *page, const struct block *block)
{
    struct block_reader reader = blocks_read(page->report, block);
    size_t room = terminal_width(page->terminal) - TABLE_INDENT, rest = 0, largest = 0;
    size_t label = (size_t)block->columns[0].width;
    measure(page, block, &label, &largest);
    for (size_t i = 1; i < block->column_count; i++)
        rest += is_shown(block, i) ? GAP + (size_t)block->columns[i].width : 0;
    bool bars = largest > 0 && label + rest + GAP + BAR_WIDTH <= room;
    size_t left = rest < room ? room - rest : 1;
    label = label < left ? label : left;
    while (blocks_next(&reader)) {
        terminal_add_spaces(&page->text, TABLE_INDENT);
        for (size_t i = 0; i < block->column_count; i++) {
            if (!is_shown(block, i))
                continue;
            const struct cell *cell = blocks_cell(&reader, i);
            terminal_add_spaces(&page->text, i > 0 ? GAP : 0);
            add_cell(page, cell, i > 0 ? (size_t)block->columns[i].width : label);
            if (i == block->bars && bars)
                add_bar(&page->text, cell->count, largest);
        }
        text_add(&page->text, "\n");
    }
    blocks_end(&reader);
}

static void add_block(struct terminal_page *page, const struct block *block, struct place place)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        add_heading(page, block, place);
        break;
    case BLOCK_PARAGRAPH:
        add_paragraph(page, block, place);
        break;
    case BLOCK_LIST:
    case BLOCK_FACTS:
        add_items(page, block, place);
        break;
    case BLOCK_TABLE:
    case BLOCK_VIEW:
        add_table(page, block);
        break;
    case BLOCK_CODE:
        add_code(page, block, place);
        break;
    case BLOCK_DETAILS:
    case BLOCK_BLANK:
    case BLOCK_PAGE_BREAK:
        break;
    }
}

/* Whether an empty line separates the blocks. */
static bool is_apart(const struct block *block, const struct block *before)
{
    if (before == NULL || before->kind == BLOCK_HEADING || block->kind == BLOCK_CODE)
        return false;
    bool both_labelled = block->label != NULL && before->label != NULL;
    return block->kind != BLOCK_PARAGRAPH || !(both_labelled || before->kind == BLOCK_CODE);
}

void terminal_add_block(struct terminal_page *page, const struct block *block,
                        const struct block *before)
{
    if (is_apart(block, before))
        text_add(&page->text, "\n");
    add_block(page, block, (struct place){0, 0});
}

void terminal_add_detail(struct terminal_page *page, const struct blocks *blocks)
{
    const struct place place = {INDENT, page->terminal->verbose ? 0 : SHORT_LINES};
    text_add(&page->text, "\n");
    for (const struct block *block = blocks->first; block != NULL; block = block->next)
        add_block(page, block, place);
}
