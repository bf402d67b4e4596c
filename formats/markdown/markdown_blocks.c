/* markdown_blocks.c: see markdown_blocks.h. */
#include "markdown/markdown_blocks.h"
#include "base/pool.h"
#include "markdown/markdown_text.h"
#include <errno.h>

void markdown_flush(struct markdown *markdown)
{
    const struct text *out = &markdown->out;
    if (markdown->error == 0 &&
        fwrite(text_string(out), 1, out->length, markdown->stream) != out->length)
        markdown->error = errno;
    text_clear(&markdown->out);
}

/* `**label:**` */
static void add_label(struct text *out, const char *label, const char *after)
{
    text_add(out, "**");
    markdown_add_text(out, label);
    text_add(out, ":**");
    text_add(out, after);
}

static void add_heading(struct text *out, const struct block *block)
{
    for (int i = 0; i < block->level; i++)
        text_add(out, "#");
    text_add(out, " ");
    if (block->result != NULL) {
        markdown_add_text(out, block->result);
        text_add(out, " ");
    }
    markdown_add_text(out, block->text);
    text_add(out, "\n\n");
}

/* A paragraph begins with words of the report's own, which are neither a list nor a heading. */
static void add_paragraph(struct text *out, const struct block *block)
{
    if (block->label != NULL)
        add_label(out, block->label, " ");
    markdown_add_text(out, block->text);
    text_add(out, "\n\n");
}

static void add_code(struct text *out, const struct block *block)
{
    if (block->label != NULL)
        add_label(out, block->label, "\n\n");
    markdown_add_code(out, block->text);
    text_add(out, "\n");
}

/* Sentences, or names and values. */
static void add_items(struct markdown *markdown, const struct block *block)
{
    struct block_reader reader = blocks_read(markdown->report, block);
    while (blocks_next(&reader)) {
        text_add(&markdown->out, "- ");
        if (block->kind == BLOCK_FACTS)
            add_label(&markdown->out, blocks_cell(&reader, 0)->text, " ");
        markdown_add_cell(&markdown->out, blocks_cell(&reader, block->column_count - 1));
        text_add(&markdown->out, "\n");
    }
    text_add(&markdown->out, block->row_count > 0 ? "\n" : "");
    blocks_end(&reader);
}

/* Blanks that follow one another are a table. */
static void add_blank(struct text *out, const struct block *block, bool first)
{
    if (first)
        text_add(out, "| Item | To be filled in |\n| --- | --- |\n");
    text_add(out, "| ");
    markdown_add_text(out, block->label);
    text_add(out, " |  |\n");
    if (block->second_label != NULL) {
        text_add(out, "| ");
        markdown_add_text(out, block->second_label);
        text_add(out, " |  |\n");
    }
    if (block->next == NULL || block->next->kind != BLOCK_BLANK)
        text_add(out, "\n");
}

static void write_blocks(struct markdown *markdown, const struct blocks *blocks);

static void write_details(struct markdown *markdown, const struct block *block)
{
    struct block_reader reader = blocks_read(markdown->report, block);
    struct pool *pool = pool_new();
    while (blocks_next(&reader)) {
        struct blocks row = {.pool = pool};
        block->detail(&row, &reader.open);
        write_blocks(markdown, &row);
        pool_reset(pool);
    }
    pool_free(pool);
    blocks_end(&reader);
}

static void write_block(struct markdown *markdown, const struct block *block, bool after_blank)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        add_heading(&markdown->out, block);
        break;
    case BLOCK_PARAGRAPH:
        add_paragraph(&markdown->out, block);
        break;
    case BLOCK_LIST:
    case BLOCK_FACTS:
        add_items(markdown, block);
        break;
    case BLOCK_TABLE:
    case BLOCK_VIEW:
        markdown_write_table(markdown, block);
        break;
    case BLOCK_DETAILS:
        write_details(markdown, block);
        break;
    case BLOCK_CODE:
        add_code(&markdown->out, block);
        break;
    case BLOCK_BLANK:
        add_blank(&markdown->out, block, !after_blank);
        break;
    case BLOCK_PAGE_BREAK:
        break;
    }
    markdown_flush(markdown);
}

static void write_blocks(struct markdown *markdown, const struct blocks *blocks)
{
    const struct block *before = NULL;
    for (const struct block *block = blocks->first; block != NULL; block = block->next) {
        write_block(markdown, block, before != NULL && before->kind == BLOCK_BLANK);
        before = block;
    }
}

bool markdown_write_blocks(const struct report *report, const struct blocks *blocks, FILE *stream)
{
    struct markdown markdown = {.report = report, .stream = stream};
    write_blocks(&markdown, blocks);
    text_free(&markdown.out);
    errno = markdown.error;
    return markdown.error == 0 && fflush(stream) == 0;
}
