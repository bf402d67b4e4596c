/* write_xlsx.c: the report as a workbook: a Summary, and a sheet for each table. */
#include "base/memory.h"
#include "base/pool.h"
#include "base/progress.h"
#include "base/thread_pool.h"
#include "report/report.h"
#include "report/workpaper.h"
#include "writer.h"
#include "xlsx/xlsx_book.h"
#include "xlsx/xlsx_summary.h"
#include <stdlib.h>
#include <string.h>

enum {
    SHEET_NAME_ROOM = 32, /* 31 characters at most */
    CHUNK_ROWS = 64       /* rows per unit of work: about 130 KB */
};

static void add_cell(struct xlsx_rows *rows, size_t at, const struct column *column,
                     const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
    case CELL_LINES:
    case CELL_RESULT:
    case CELL_LINK:
        /* Technical texts do not make a row higher. */
        xlsx_rows_add_string(rows, at, cell->text, column->extra ? XLSX_PLAIN : XLSX_WRAPPED,
                             column->extra ? 0 : (size_t)column->width);
        break;
    case CELL_COUNT:
        xlsx_rows_add_count(rows, at, cell->count);
        break;
    case CELL_TIME:
        xlsx_rows_add_time(rows, at, &cell->time);
        break;
    }
}

/* Columns of the Findings sheet to fill in by hand. */
static const struct {
    const char *title;
    int width;
} to_fill[] = {{"management response", 22},
               {"target date", 11},
               {"auditor's conclusion", 22},
               {"workpaper reference", 12}};

enum { TO_FILL = sizeof to_fill / sizeof to_fill[0] };

/* Where the columns of a table are in its sheet: those to fill in, if any, are before the first
 * technical column. */
struct layout {
    size_t fill_at, filled;
};

static struct layout layout_of(const struct report *report, const struct table *table)
{
    size_t count = 0;

    while (count < table->column_count && !table->columns[count].extra)
        count++;
    return (struct layout){count, table == &report->tables[REPORT_FINDINGS] ? TO_FILL : 0};
}

static size_t column_at(const struct layout *layout, size_t column)
{
    return column < layout->fill_at ? column : column + layout->filled;
}

static void add_title(struct xlsx_sheet *sheet, lxw_col_t at, const char *title, int width)
{
    xlsx_set_width(sheet, at, width);
    xlsx_add_string(sheet, at, title, XLSX_HEADER);
}

/* Folds each run of technical columns. Folded columns are not printed. */
static void fold_columns(struct xlsx_sheet *sheet, const struct table *table,
                         const struct layout *layout)
{
    for (size_t first = 0, end; first < table->column_count; first = end + 1) {
        for (end = first; end < table->column_count && table->columns[end].extra;)
            end++;
        if (end > first) {
            xlsx_fold(sheet, (lxw_col_t)column_at(layout, first),
                      (lxw_col_t)column_at(layout, end - 1));
        }
    }
}

/* Adds the header. A sheet to fill in prints no column after those to fill in. */
static void set_up_table(struct xlsx_sheet *sheet, const struct table *table,
                         const struct layout *layout, size_t rows)
{
    for (size_t i = 0; i < table->column_count; i++) {
        lxw_col_t at = (lxw_col_t)column_at(layout, i);

        for (size_t j = 0; i == layout->fill_at && j < layout->filled; j++)
            add_title(sheet, (lxw_col_t)(i + j), to_fill[j].title, to_fill[j].width);
        add_title(sheet, at, table->columns[i].title, table->columns[i].width);
        if (rows > 0 && strcmp(table->columns[i].title, "result") == 0)
            xlsx_mark_results(sheet, 1, (lxw_row_t)rows, at);
    }
    xlsx_set_header(sheet, (lxw_row_t)rows, (lxw_col_t)(table->column_count + layout->filled - 1));
    fold_columns(sheet, table, layout);
    if (layout->filled > 0 && layout->fill_at > 0)
        xlsx_set_printed(sheet, (lxw_row_t)rows, (lxw_col_t)(layout->fill_at + layout->filled - 1));
    xlsx_end_row(sheet);
}

/* A unit of work. */
struct row_chunk {
    struct xlsx_sheet *sheet;
    const struct report *report;
    const struct table *table;
    struct layout layout;
    size_t first, end; /* the rows of the table that are in the sheet */
    struct report_row row;
    struct xlsx_rows rows;
};

static void make_chunk(void *slot, size_t number)
{
    struct row_chunk *chunk = slot;
    const struct table *table = chunk->table;
    size_t first = chunk->first + number * CHUNK_ROWS;

    xlsx_rows_clear(&chunk->rows);
    for (size_t i = first; i < first + CHUNK_ROWS && i < chunk->end; i++) {
        report_open_row(&chunk->row, chunk->report, table, i);
        for (size_t j = 0; j < table->column_count; j++) {
            struct cell cell = {.kind = CELL_EMPTY};

            report_cell(&chunk->row, j, &cell);
            add_cell(&chunk->rows, column_at(&chunk->layout, j), &table->columns[j], &cell);
        }
        xlsx_rows_end_row(&chunk->rows);
    }
}

static bool write_chunk(void *slot, size_t number)
{
    const struct row_chunk *chunk = slot;
    size_t left = chunk->end - chunk->first - number * CHUNK_ROWS;

    progress_add(chunk->report->progress, chunk->table->name,
                 left < CHUNK_ROWS ? left : CHUNK_ROWS);
    return xlsx_add_rows(chunk->sheet, &chunk->rows);
}

/* Writes count rows of the table, from first on, to a new sheet. */
static void add_sheet(struct xlsx_book *book, const char *name, const struct report *report,
                      const struct table *table, size_t first, size_t count)
{
    struct xlsx_sheet sheet = xlsx_add_sheet(book, name);
    const struct layout layout = layout_of(report, table);
    size_t slots = thread_pool_slots(report->workers);
    struct row_chunk *chunks = memory_resize(NULL, slots, sizeof *chunks);
    const struct work rows = {.count = (count + CHUNK_ROWS - 1) / CHUNK_ROWS,
                              .slots = chunks,
                              .slot_size = sizeof *chunks,
                              .produce = make_chunk,
                              .consume = write_chunk};

    for (size_t i = 0; i < slots; i++) {
        chunks[i] = (struct row_chunk){
            &sheet,         report, table, layout, first, first + count, REPORT_ROW_CLOSED,
            XLSX_ROWS_EMPTY};
    }
    set_up_table(&sheet, table, &layout, count);
    (void)thread_pool_run(report->workers, &rows); /* if it fails, the book has the error */
    for (size_t i = 0; i < slots; i++) {
        report_close_row(&chunks[i].row);
        xlsx_rows_free(&chunks[i].rows);
    }
    free(chunks);
}

/* `Findings`, and `Findings (2)` for rows past the limit of a sheet. */
static void add_table(struct xlsx_book *book, const struct report *report,
                      const struct table *table)
{
    const size_t room = LXW_ROW_MAX - 1; /* without the header */
    char name[SHEET_NAME_ROOM];
    size_t first = 0, number = 1;

    do {
        size_t left = table->row_count - first;

        if (number == 1)
            (void)snprintf(name, sizeof name, "%s", table->name);
        else
            (void)snprintf(name, sizeof name, "%s (%zu)", table->name, number);
        add_sheet(book, name, report, table, first, left < room ? left : room);
        first += left < room ? left : room;
        number++;
    } while (first < table->row_count && book->error == LXW_NO_ERROR);
}

/* A workbook with all sheets written, to be closed. */
struct begun {
    struct xlsx_book book;
    const char *path;
    struct thread_pool *workers;
};

static void add_summary(struct xlsx_book *book, const struct report *report)
{
    struct pool *pool = pool_new();
    struct blocks summary = workpaper_summary(report, pool);
    xlsx_summary_add(book, report, &summary);
    pool_free(pool);
}

static void *begin_xlsx(const struct report *report, const char *path, const char *scratch)
{
    struct begun *begun = memory_resize(NULL, 1, sizeof *begun);
    struct xlsx_book *book = &begun->book;

    begun->path = path;
    begun->workers = report->workers;
    xlsx_open(book, path, scratch, report->title, report->as_of.seconds);
    add_summary(book, report);
    for (size_t i = 0; i < REPORT_TABLE_COUNT && book->error == LXW_NO_ERROR; i++)
        if (!report->tables[i].absent)
            add_table(book, report, &report->tables[i]);
    return begun;
}

static bool finish_xlsx(void *argument, struct text *error)
{
    struct begun *begun = argument;
    bool whole = xlsx_close(&begun->book, begun->path, begun->workers, error);

    free(begun);
    return whole;
}

const struct writer write_xlsx = {
    .format = "xlsx",
    .ending = ".xlsx",
    .begin = begin_xlsx,
    .finish = finish_xlsx,
};
