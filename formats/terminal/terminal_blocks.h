/* terminal_blocks.h: blocks as lines of text for a terminal. Room to write by hand is left out. */
#ifndef TERMINAL_BLOCKS_H
#define TERMINAL_BLOCKS_H

#include "report/blocks.h"
#include "terminal/terminal_text.h"

struct terminal_page {
    const struct report *report;
    const struct terminal *terminal;
    struct text text; /* what was added; the caller's to write and free */
};

/* Adds any block but DETAILS. before: the one before it, or NULL. */
void terminal_add_block(struct terminal_page *page, const struct block *block,
                        const struct block *before);

/* Adds the blocks of one row of DETAILS, abridged unless the terminal is verbose. */
void terminal_add_detail(struct terminal_page *page, const struct blocks *blocks);

#endif
