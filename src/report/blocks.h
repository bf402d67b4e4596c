/*
 * blocks.h: a document as a list of blocks: headings, paragraphs, tables and so on, in order and
 * without layout. workpaper.h builds such lists from a report; each renderer in formats/ walks one.
 * Blocks and the texts in them belong to the list's pool and live as long as it does.
 */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "report/table.h"

struct pool;

enum block_kind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_LIST,    /* rows of one cell, a sentence */
    BLOCK_FACTS,   /* rows of two cells, a name and a value */
    BLOCK_TABLE,   /* rows of cells below the titles of their columns */
    BLOCK_VIEW,    /* the same, but the rows and columns are those of a table of the report */
    BLOCK_DETAILS, /* rows of a table of the report, each of which is a list of blocks */
    BLOCK_CODE,    /* commands to paste */
    BLOCK_BLANK,   /* to be filled in by hand */
    BLOCK_PAGE_BREAK
};

struct block_column {
    const char *title;
    int width;           /* in characters, about */
    enum cell_kind kind; /* of the first cell that is not empty; counts and times go to the right */
    size_t source;       /* VIEW: the column's index in the report's table */
};

/* A column at least this wide has sentences in it. */
enum { BLOCK_WIDE = 40 };

struct block_row {
    struct block_row *next;
    struct cell cells[]; /* one for each column */
};

/* Bars: one for each of the first rows of a TABLE, labelled by its first column. */
struct block_chart {
    const char *title, *description; /* description: for people who cannot see it */
    size_t series, series_count;     /* the columns whose numbers the bars show */
    size_t rows;
};

struct blocks;

struct block {
    struct block *next;
    enum block_kind kind;
    const char *text; /* HEADING, PARAGRAPH, CODE */
    /* PARAGRAPH, CODE: what introduces the text, or NULL; BLANK: what is to be filled in, and after
     * it an optional second thing, such as a date. */
    const char *label, *second_label;
    int level;                 /* HEADING: 1 for the title of the document */
    const char *result;        /* HEADING: the result that the text begins with, or NULL */
    size_t lines;              /* BLANK: room to write, in lines */
    const struct table *table; /* HEADING: the table with more about it, or NULL; VIEW, DETAILS */
    struct block_column *columns;
    size_t column_count, row_count;
    struct block_row *rows, *last; /* LIST, FACTS, TABLE */
    size_t totals;                 /* TABLE: how many of the last rows are sums */
    size_t bars; /* TABLE: the column whose numbers may be drawn as bars, too; 0 for none */
    const struct block_chart *chart; /* TABLE: or NULL */
    const size_t *numbers;           /* VIEW, DETAILS: the rows, by number in their table */
    /* DETAILS: adds the blocks of a row, which is open. */
    void (*detail)(struct blocks *list, struct report_row *row);
};

/* Starts as {pool}. */
struct blocks {
    struct pool *pool;
    struct block *first, *last;
    size_t cells; /* in the last block */
};

/* Each of these adds a block to the end of the list. Texts are copied. */
struct block *blocks_add_heading(struct blocks *list, int level, const char *text,
                                 const struct table *table);
void blocks_add_paragraph(struct blocks *list, const char *label, const char *text);
void blocks_add_code(struct blocks *list, const char *label, const char *text);
void blocks_add_blank(struct blocks *list, const char *label, const char *second_label,
                      size_t lines);
void blocks_add_page_break(struct blocks *list);
void blocks_add_list(struct blocks *list);
void blocks_add_facts(struct blocks *list);

/* width: in characters, about. */
struct block_title {
    const char *title;
    int width;
};
struct block *blocks_add_table(struct blocks *list, const struct block_title *titles, size_t count);

/* Each of these adds a cell to the last block, a LIST, FACTS or TABLE. A full row is followed by a
 * new one. NULL and "" are an empty cell. */
void blocks_add_text(struct blocks *list, const char *text);
void blocks_add_lines(struct blocks *list, const char *text);
void blocks_add_result(struct blocks *list, const char *result);
void blocks_add_count(struct blocks *list, size_t count);
void blocks_add_time(struct blocks *list, const struct timestamp *time); /* NULL: empty */
void blocks_add_fact(struct blocks *list, const char *name, const char *value);

/* Removes the columns of the last block, a TABLE, in which every cell is empty. */
void blocks_trim(struct blocks *list);

/* Adds rows of a table of the report, by number (NULL: the first ones; numbers is the list's
 * pool's), and the columns of these titles (which end with NULL; NULL for all). Columns that are
 * empty in every row are left out; if nothing is left, a paragraph says so. */
void blocks_add_view(struct blocks *list, const struct report *report, const struct table *table,
                     const char *const *titles, const size_t *numbers, size_t count);

/* Adds rows, likewise, each of which becomes the blocks that detail adds. */
void blocks_add_details(struct blocks *list, const struct table *table, const size_t *numbers,
                        size_t count, void (*detail)(struct blocks *list, struct report_row *row));

/*
 * Reads rows one after another, whatever kind of block they are in:
 *     struct block_reader reader = blocks_read(report, block);
 *     while (blocks_next(&reader)) ... blocks_cell(&reader, column) ...
 *     blocks_end(&reader);
 */
struct block_reader {
    const struct report *report;
    const struct block *block;
    size_t next; /* how many rows were read; in a VIEW or DETAILS it may be set */
    const struct block_row *row;
    struct report_row open; /* VIEW, DETAILS */
    struct cell cell;
};

struct block_reader blocks_read(const struct report *report, const struct block *block);
bool blocks_next(struct block_reader *reader);
void blocks_end(struct block_reader *reader);

/* Valid until the next cell or row is read. */
const struct cell *blocks_cell(struct block_reader *reader, size_t column);

#endif
