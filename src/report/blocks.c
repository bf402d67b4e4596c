/* blocks.c: see blocks.h. */
#include "report/blocks.h"
#include "base/pool.h"
#include "report/report.h"
#include <assert.h>

static struct block *add(struct blocks *list, enum block_kind kind)
{
    struct block *block = pool_alloc(list->pool, sizeof *block);
    block->kind = kind;
    if (list->last != NULL)
        list->last->next = block;
    else
        list->first = block;
    list->cells = 0;
    return list->last = block;
}

static const char *kept(const struct blocks *list, const char *text)
{
    return text != NULL ? pool_text(list->pool, text) : NULL;
}

struct block *blocks_add_heading(struct blocks *list, int level, const char *text,
                                 const struct table *table)
{
    struct block *block = add(list, BLOCK_HEADING);
    block->level = level;
    block->text = kept(list, text);
    block->table = table;
    return block;
}

static void add_text_block(struct blocks *list, enum block_kind kind, const char *label,
                           const char *text)
{
    struct block *block = add(list, kind);
    block->label = kept(list, label);
    block->text = kept(list, text);
}

void blocks_add_paragraph(struct blocks *list, const char *label, const char *text)
{
    add_text_block(list, BLOCK_PARAGRAPH, label, text);
}

void blocks_add_code(struct blocks *list, const char *label, const char *text)
{
    add_text_block(list, BLOCK_CODE, label, text);
}

void blocks_add_blank(struct blocks *list, const char *label, const char *second_label,
                      size_t lines)
{
    struct block *block = add(list, BLOCK_BLANK);
    block->label = kept(list, label);
    block->second_label = kept(list, second_label);
    block->lines = lines;
}

void blocks_add_page_break(struct blocks *list)
{
    add(list, BLOCK_PAGE_BREAK);
}

static struct block *add_rows(struct blocks *list, enum block_kind kind, size_t column_count)
{
    struct block *block = add(list, kind);
    block->columns = pool_alloc(list->pool, column_count * sizeof *block->columns);
    block->column_count = column_count;
    return block;
}

void blocks_add_list(struct blocks *list)
{
    add_rows(list, BLOCK_LIST, 1);
}

void blocks_add_facts(struct blocks *list)
{
    add_rows(list, BLOCK_FACTS, 2);
}

struct block *blocks_add_table(struct blocks *list, const struct block_title *titles, size_t count)
{
    struct block *block = add_rows(list, BLOCK_TABLE, count);
    for (size_t i = 0; i < count; i++)
        block->columns[i] =
            (struct block_column){.title = titles[i].title, .width = titles[i].width};
    return block;
}

static struct block_row *add_row(struct blocks *list, struct block *block)
{
    struct block_row *row =
        pool_alloc(list->pool, sizeof *row + block->column_count * sizeof row->cells[0]);
    if (block->last != NULL)
        block->last->next = row;
    else
        block->rows = row;
    block->row_count++;
    return block->last = row;
}

static void add_cell(struct blocks *list, struct cell cell)
{
    struct block *block = list->last;
    size_t at = list->cells++ % block->column_count;
    struct block_row *row = at == 0 ? add_row(list, block) : block->last;
    row->cells[at] = cell;
    if (block->columns[at].kind == CELL_EMPTY)
        block->columns[at].kind = cell.kind;
}

static void add_text(struct blocks *list, enum cell_kind kind, const char *text)
{
    bool empty = text == NULL || *text == '\0';
    add_cell(list, (struct cell){.kind = empty ? CELL_EMPTY : kind,
                                 .text = empty ? "" : pool_text(list->pool, text)});
}

void blocks_add_text(struct blocks *list, const char *text)
{
    add_text(list, CELL_TEXT, text);
}

void blocks_add_lines(struct blocks *list, const char *text)
{
    add_text(list, CELL_LINES, text);
}

void blocks_add_result(struct blocks *list, const char *result)
{
    add_text(list, CELL_RESULT, result);
}

void blocks_add_count(struct blocks *list, size_t count)
{
    add_cell(list, (struct cell){.kind = CELL_COUNT, .text = "", .count = count});
}

void blocks_add_time(struct blocks *list, const struct timestamp *time)
{
    if (time != NULL)
        add_cell(list, (struct cell){.kind = CELL_TIME, .text = "", .time = *time});
    else
        add_text(list, CELL_EMPTY, NULL);
}

void blocks_add_fact(struct blocks *list, const char *name, const char *value)
{
    blocks_add_text(list, name);
    blocks_add_text(list, value);
}

void blocks_trim(struct blocks *list)
{
    struct block *block = list->last;
    size_t kept = 0;
    for (size_t i = 0; i < block->column_count; i++) {
        if (block->columns[i].kind == CELL_EMPTY)
            continue;
        for (struct block_row *row = block->rows; row != NULL; row = row->next)
            row->cells[kept] = row->cells[i];
        block->columns[kept++] = block->columns[i];
    }
    block->column_count = kept;
}

static struct block *add_table_rows(struct blocks *list, enum block_kind kind,
                                    const struct table *table, size_t column_count,
                                    const size_t *numbers, size_t count)
{
    struct block *block = add_rows(list, kind, column_count);
    block->table = table;
    block->numbers = numbers;
    block->row_count = count;
    return block;
}

static void set_columns(struct block *block, const char *const *titles)
{
    const struct table *table = block->table;
    for (size_t i = 0; i < block->column_count; i++) {
        size_t source = titles != NULL ? report_column(table, titles[i]) : i;
        block->columns[i] = (struct block_column){.title = table->columns[source].title,
                                                  .width = table->columns[source].width,
                                                  .source = source};
    }
}

/* Sets the kinds of the columns: until all are known, or to the end if one is empty. */
static void find_kinds(const struct report *report, struct block *block)
{
    struct block_reader reader = blocks_read(report, block);
    size_t unknown = block->column_count;
    while (unknown > 0 && blocks_next(&reader)) {
        for (size_t i = 0; i < block->column_count; i++) {
            struct block_column *column = &block->columns[i];
            if (column->kind == CELL_EMPTY) {
                column->kind = blocks_cell(&reader, i)->kind;
                unknown -= column->kind != CELL_EMPTY;
            }
        }
    }
    blocks_end(&reader);
}

void blocks_add_view(struct blocks *list, const struct report *report, const struct table *table,
                     const char *const *titles, const size_t *numbers, size_t count)
{
    size_t columns = 0;
    while (titles != NULL ? titles[columns] != NULL : columns < table->column_count)
        columns++;
    struct block *block = add_table_rows(list, BLOCK_VIEW, table, columns, numbers, count);
    set_columns(block, titles);
    find_kinds(report, block);
    blocks_trim(list);
    if (block->column_count == 0)
        *block = (struct block){.kind = BLOCK_PARAGRAPH, .text = "None."};
}

void blocks_add_details(struct blocks *list, const struct table *table, const size_t *numbers,
                        size_t count, void (*detail)(struct blocks *list, struct report_row *row))
{
    add_table_rows(list, BLOCK_DETAILS, table, 0, numbers, count)->detail = detail;
}

struct block_reader blocks_read(const struct report *report, const struct block *block)
{
    return (struct block_reader){.report = report, .block = block, .open = REPORT_ROW_CLOSED};
}

bool blocks_next(struct block_reader *reader)
{
    const struct block *block = reader->block;
    size_t at = reader->next;
    if (at >= block->row_count)
        return false;
    if (block->table != NULL)
        report_open_row(&reader->open, reader->report, block->table,
                        block->numbers != NULL ? block->numbers[at] : at);
    else
        reader->row = at == 0 ? block->rows : reader->row->next;
    reader->next++;
    return true;
}

const struct cell *blocks_cell(struct block_reader *reader, size_t column)
{
    assert(column < reader->block->column_count);
    if (reader->block->table == NULL)
        return &reader->row->cells[column];
    report_cell(&reader->open, reader->block->columns[column].source, &reader->cell);
    return &reader->cell;
}

void blocks_end(struct block_reader *reader)
{
    report_close_row(&reader->open);
}
