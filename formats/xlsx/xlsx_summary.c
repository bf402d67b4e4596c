/* xlsx_summary.c: see xlsx_summary.h. */
#include "xlsx/xlsx_summary.h"
#include "report/report.h"

/* The sheet's columns: labels, numbers or short words, text. Together as wide as a landscape A4
 * page at SCALE percent. */
static const int widths[] = {52, 13, 16, 34, 24, 21, 16};
enum {
    COLUMNS = sizeof widths / sizeof widths[0],
    LAST = COLUMNS - 1,
    SCALE = 78,
    DATE = 4,
    TITLE_LINES = 2
};

/* The columns of the sheet that a column of a block takes. */
struct span {
    lxw_col_t first, last;
};

/* Columns that the sheet has and the block has not go to the first wide column after the labels. */
static struct span span_of(const struct block *block, size_t column)
{
    size_t spare = block->column_count < COLUMNS ? COLUMNS - block->column_count : 0, wide = 1;
    while (wide < block->column_count && block->columns[wide].width < BLOCK_WIDE)
        wide++;
    size_t first = column + (column > wide ? spare : 0);
    return (struct span){(lxw_col_t)first, (lxw_col_t)(first + (column == wide ? spare : 0))};
}

static void add_text(struct xlsx_sheet *sheet, struct span span, const char *text,
                     enum xlsx_style style)
{
    if (span.last > span.first)
        xlsx_add_merged(sheet, span.first, span.last, text, style);
    else
        xlsx_add_string(sheet, span.first, text, style);
}

/* A row with a text over all columns, or over those after its label. */
static void add_line(struct xlsx_sheet *sheet, const char *label, const char *text)
{
    if (label != NULL)
        xlsx_add_string(sheet, 0, label, XLSX_LABEL);
    xlsx_add_merged(sheet, label != NULL, LAST, text, XLSX_WRAPPED);
    xlsx_end_row(sheet);
}

static void add_heading(struct xlsx_sheet *sheet, const struct block *block)
{
    if (block->level == 1) {
        xlsx_make_high(sheet, TITLE_LINES);
        xlsx_add_string(sheet, 0, block->text, XLSX_TITLE);
    } else {
        xlsx_end_row(sheet);
        xlsx_add_merged(sheet, 0, LAST - 1, block->text,
                        block->level == 2 ? XLSX_SECTION : XLSX_LABEL);
    }
    if (block->table != NULL)
        xlsx_add_link(sheet, LAST, block->table->name, block->table->name, 0);
    xlsx_end_row(sheet);
}

static void add_titles(struct xlsx_sheet *sheet, const struct block *block)
{
    for (size_t i = 0; i < block->column_count; i++) {
        enum cell_kind kind = block->columns[i].kind;
        add_text(sheet, span_of(block, i), block->columns[i].title,
                 kind == CELL_COUNT || kind == CELL_TIME ? XLSX_HEADER_COUNT : XLSX_HEADER);
    }
    xlsx_end_row(sheet);
}

static void add_cell(struct xlsx_sheet *sheet, struct span span, const struct cell *cell,
                     enum xlsx_style style)
{
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
    case CELL_LINES:
        add_text(sheet, span, cell->text, style);
        break;
    case CELL_RESULT:
        add_text(sheet, span, cell->text, XLSX_PLAIN);
        break;
    case CELL_LINK:
        xlsx_add_link(sheet, span.first, cell->text, cell->table->name, cell->count + 1);
        break;
    case CELL_COUNT:
        xlsx_add_count(sheet, span.first, cell->count);
        break;
    case CELL_TIME:
        xlsx_add_time(sheet, span.first, &cell->time);
        break;
    }
}

/* Every chart has its numbers in the cells above it. */
static void add_chart(struct xlsx_sheet *sheet, const struct block_chart *chart, lxw_row_t header)
{
    const struct xlsx_chart bars = {.title = chart->title,
                                    .alternative = chart->description,
                                    .header = header,
                                    .first = header + 1,
                                    .last = header + (lxw_row_t)chart->rows,
                                    .labels = 0,
                                    .series = (lxw_col_t)chart->series,
                                    .series_count = chart->series_count};
    xlsx_add_chart(sheet, &bars);
}

static void add_table(struct xlsx_sheet *sheet, const struct report *report,
                      const struct block *block)
{
    struct block_reader reader = blocks_read(report, block);
    lxw_row_t header = sheet->row;
    add_titles(sheet, block);
    while (blocks_next(&reader)) {
        bool total = reader.next + block->totals > block->row_count;
        for (size_t i = 0; i < block->column_count; i++)
            add_cell(sheet, span_of(block, i), blocks_cell(&reader, i),
                     total ? XLSX_LABEL : XLSX_WRAPPED);
        xlsx_end_row(sheet);
    }
    blocks_end(&reader);
    for (size_t i = 0; i < block->column_count; i++)
        if (block->columns[i].kind == CELL_RESULT)
            xlsx_mark_results(sheet, header + 1, sheet->row - 1, span_of(block, i).first);
    if (block->chart != NULL)
        add_chart(sheet, block->chart, header);
}

/* A sentence, or a name and a value, in each row. */
static void add_rows(struct xlsx_sheet *sheet, const struct report *report,
                     const struct block *block)
{
    struct block_reader reader = blocks_read(report, block);
    while (blocks_next(&reader)) {
        const char *name = block->column_count > 1 ? blocks_cell(&reader, 0)->text : NULL;
        add_line(sheet, name, blocks_cell(&reader, block->column_count - 1)->text);
    }
    blocks_end(&reader);
}

/* Empty cells with a line below them, to be written in. */
static void add_blank(struct xlsx_sheet *sheet, const struct block *block)
{
    xlsx_make_high(sheet, block->lines);
    xlsx_add_string(sheet, 0, block->label, XLSX_LABEL);
    xlsx_add_merged(sheet, 1, block->second_label != NULL ? DATE - 1 : LAST, "", XLSX_BLANK);
    if (block->second_label != NULL) {
        xlsx_add_string(sheet, DATE, block->second_label, XLSX_LABEL);
        xlsx_add_merged(sheet, DATE + 1, LAST, "", XLSX_BLANK);
    }
    xlsx_end_row(sheet);
}

static void add_block(struct xlsx_sheet *sheet, const struct report *report,
                      const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        add_heading(sheet, block);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_CODE:
        add_line(sheet, block->label, block->text);
        break;
    case BLOCK_LIST:
    case BLOCK_FACTS:
        add_rows(sheet, report, block);
        break;
    case BLOCK_TABLE:
    case BLOCK_VIEW:
        add_table(sheet, report, block);
        break;
    case BLOCK_DETAILS:
        break;
    case BLOCK_BLANK:
        add_blank(sheet, block);
        break;
    case BLOCK_PAGE_BREAK:
        xlsx_break_page(sheet);
        break;
    }
}

void xlsx_summary_add(struct xlsx_book *book, const struct report *report,
                      const struct blocks *blocks)
{
    struct xlsx_sheet sheet = xlsx_add_sheet(book, "Summary");
    for (lxw_col_t i = 0; i < COLUMNS; i++)
        xlsx_set_width(&sheet, i, widths[i]);
    for (const struct block *block = blocks->first; block != NULL; block = block->next)
        add_block(&sheet, report, block);
    xlsx_set_pages(&sheet, SCALE);
}
