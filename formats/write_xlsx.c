/*
 * write_xlsx.c: the report as a workbook: a Summary, and a sheet for each table.
 */
#include "memory.h"
#include "report.h"
#include "workers.h"
#include "writers.h"
#include "xlsx_book.h"
#include <stdlib.h>
#include <string.h>

/* The Summary's columns; what a text column is for its sections is said at each. */
enum { SUMMARY_LABEL, SUMMARY_TEXT, SUMMARY_RESULT, SUMMARY_COUNT, SUMMARY_COLUMNS };

static const int summary_widths[SUMMARY_COLUMNS] = {28, 112, 18, 14};

enum {
    SHEET_NAME_ROOM = 32, /* 31 characters at most */
    CHUNK_ROWS = 64       /* some 130 kilobytes */
};

static void add_line(struct xlsx_sheet *sheet, const char *label, const char *text)
{
    xlsx_add_string(sheet, SUMMARY_LABEL, label, XLSX_LABEL);
    xlsx_add_string(sheet, SUMMARY_TEXT, text, XLSX_WRAPPED);
    xlsx_end_row(sheet);
}

/* A heading over two columns, with an empty row above it. */
static void add_heading(struct xlsx_sheet *sheet, const char *label, const char *text)
{
    xlsx_end_row(sheet);
    xlsx_add_string(sheet, SUMMARY_LABEL, label, XLSX_HEADER);
    xlsx_add_string(sheet, SUMMARY_TEXT, text, XLSX_HEADER);
}

static void add_opening(struct xlsx_sheet *sheet, const struct report *report)
{
    struct text text = TEXT_EMPTY;

    xlsx_add_string(sheet, SUMMARY_LABEL, report->title, XLSX_TITLE);
    xlsx_end_row(sheet);
    xlsx_end_row(sheet);
    assess_add_verdict(report->assessment, &text);
    add_line(sheet, "Verdict", text_string(&text));
    text_clear(&text);
    assess_add_gaps(report->assessment, &text);
    if (text.length > 0) {
        add_line(sheet, "The evidence is incomplete", text_string(&text));
    }
    text_free(&text);
}

static void add_facts(struct xlsx_sheet *sheet, const struct report *report)
{
    add_heading(sheet, "Facts of the run", "Value");
    xlsx_end_row(sheet);
    for (size_t i = 0; i < report->fact_count; i++) {
        add_line(sheet, report->facts[i].name, report->facts[i].value);
    }
}

/* `uploaded-before-cutoff: what it means` */
static void add_condition(struct xlsx_sheet *sheet, const struct condition *condition)
{
    struct text text = TEXT_EMPTY;

    text_addf(&text, "%s: %s", condition->name, condition->meaning);
    xlsx_add_string(sheet, SUMMARY_TEXT, text_string(&text), XLSX_WRAPPED);
    text_free(&text);
}

static void add_counts(struct xlsx_sheet *sheet, const struct report *report)
{
    struct report_count count;
    lxw_row_t first = 0;

    add_heading(sheet, "Results by rule", "Condition");
    xlsx_add_string(sheet, SUMMARY_RESULT, "Result", XLSX_HEADER);
    xlsx_add_string(sheet, SUMMARY_COUNT, "Certificates", XLSX_HEADER);
    xlsx_end_row(sheet);
    first = sheet->row;
    for (size_t i = 0; report_count(report, i, &count); i++) {
        xlsx_add_string(sheet, SUMMARY_LABEL, count.rule->id, XLSX_PLAIN);
        add_condition(sheet, count.condition);
        xlsx_add_string(sheet, SUMMARY_RESULT, rules_result_name(count.result), XLSX_PLAIN);
        xlsx_add_count(sheet, SUMMARY_COUNT, count.certificates);
        xlsx_end_row(sheet);
    }
    if (sheet->row > first) {
        xlsx_mark_results(sheet, first, sheet->row - 1, SUMMARY_RESULT);
    }
}

static void add_sentences(struct xlsx_sheet *sheet, const char *label, const char *const *sentences)
{
    add_heading(sheet, label, "");
    for (; *sentences != NULL; sentences++) {
        xlsx_add_string(sheet, SUMMARY_TEXT, *sentences, XLSX_WRAPPED);
        xlsx_end_row(sheet);
    }
}

static void add_notes(struct xlsx_sheet *sheet, const struct report *report)
{
    add_heading(sheet, "Notes", "");
    for (size_t i = 0; i < report->note_count; i++) {
        xlsx_add_string(sheet, SUMMARY_TEXT, report->notes[i], XLSX_WRAPPED);
        xlsx_end_row(sheet);
    }
}

static void add_summary(struct xlsx_book *book, const struct report *report)
{
    struct xlsx_sheet sheet = xlsx_add_sheet(book, "Summary");

    for (lxw_col_t i = 0; i < SUMMARY_COLUMNS; i++) {
        xlsx_set_width(&sheet, i, summary_widths[i]);
    }
    add_opening(&sheet, report);
    add_facts(&sheet, report);
    add_counts(&sheet, report);
    add_notes(&sheet, report);
    add_sentences(&sheet, "How to read the controls", report_control_notes);
    add_sentences(&sheet, "Limits", report_limits);
}

static void add_cell(struct xlsx_rows *rows, size_t at, const struct column *column,
                     const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
    case CELL_LINES:
        /* A technical text that is long does not make its row high. */
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

/* The columns before the technical ones at the end: what is worth its paper. */
static size_t printed_columns(const struct table *table)
{
    size_t count = table->column_count;

    while (count > 0 && table->columns[count - 1].extra) {
        count--;
    }
    return count == 0 ? table->column_count : count;
}

/* Sets up a sheet for the rows of the table, which stand below its header. */
static void set_up_table(struct xlsx_sheet *sheet, const struct table *table, size_t rows)
{
    size_t printed = printed_columns(table);

    for (size_t i = 0; i < table->column_count; i++) {
        lxw_col_t at = (lxw_col_t)i;

        xlsx_set_width(sheet, at, table->columns[i].width);
        xlsx_add_string(sheet, at, table->columns[i].title, XLSX_HEADER);
        if (rows > 0 && strcmp(table->columns[i].title, "result") == 0) {
            xlsx_mark_results(sheet, 1, (lxw_row_t)rows, at);
        }
    }
    xlsx_set_header(sheet, (lxw_row_t)rows, (lxw_col_t)(table->column_count - 1));
    if (printed < table->column_count) {
        xlsx_set_printed(sheet, (lxw_row_t)rows, (lxw_col_t)(printed - 1));
    }
    xlsx_end_row(sheet);
}

/* Rows that are written at a time. */
struct chunk {
    struct xlsx_sheet *sheet;
    const struct report *report;
    const struct table *table;
    size_t first, end; /* of the sheet's rows, in the table */
    struct report_row row;
    struct xlsx_rows rows;
};

static void make_chunk(void *place, size_t number)
{
    struct chunk *chunk = place;
    const struct table *table = chunk->table;
    size_t first = chunk->first + number * CHUNK_ROWS;

    xlsx_rows_clear(&chunk->rows);
    for (size_t i = first; i < first + CHUNK_ROWS && i < chunk->end; i++) {
        report_open_row(&chunk->row, chunk->report, table, i);
        for (size_t j = 0; j < table->column_count; j++) {
            struct cell cell = {.kind = CELL_EMPTY};

            report_cell(&chunk->row, j, &cell);
            add_cell(&chunk->rows, j, &table->columns[j], &cell);
        }
        xlsx_rows_end_row(&chunk->rows);
    }
}

static bool take_chunk(void *place, size_t number)
{
    const struct chunk *chunk = place;

    (void)number;
    return xlsx_add_rows(chunk->sheet, &chunk->rows);
}

/* Writes count rows of the table, from first on, to a sheet of their own. */
static void add_part(struct xlsx_book *book, const char *name, const struct report *report,
                     const struct table *table, size_t first, size_t count)
{
    struct xlsx_sheet sheet = xlsx_add_sheet(book, name);
    size_t places = workers_places(report->workers);
    struct chunk *chunks = memory_resize(NULL, places, sizeof *chunks);
    const struct work rows = {.count = (count + CHUNK_ROWS - 1) / CHUNK_ROWS,
                              .places = chunks,
                              .place_size = sizeof *chunks,
                              .make = make_chunk,
                              .take = take_chunk};

    for (size_t i = 0; i < places; i++) {
        chunks[i] = (struct chunk){
            &sheet, report, table, first, first + count, REPORT_ROW_CLOSED, XLSX_ROWS_EMPTY};
    }
    set_up_table(&sheet, table, count);
    (void)workers_run(report->workers, &rows); /* where it fails, the book has the error */
    for (size_t i = 0; i < places; i++) {
        report_close_row(&chunks[i].row);
        xlsx_rows_free(&chunks[i].rows);
    }
    free(chunks);
}

/* `Findings`, and `Findings (2)` for what does not fit into it. */
static void add_table(struct xlsx_book *book, const struct report *report,
                      const struct table *table)
{
    const size_t room = LXW_ROW_MAX - 1; /* beside the header */
    char name[SHEET_NAME_ROOM];
    size_t first = 0, number = 1;

    do {
        size_t left = table->row_count - first;

        if (number == 1) {
            (void)snprintf(name, sizeof name, "%s", table->name);
        } else {
            (void)snprintf(name, sizeof name, "%s (%zu)", table->name, number);
        }
        add_part(book, name, report, table, first, left < room ? left : room);
        first += left < room ? left : room;
        number++;
    } while (first < table->row_count && book->error == LXW_NO_ERROR);
}

/* A workbook whose sheets are written. */
struct begun {
    struct xlsx_book book;
    const char *path;
    struct workers *workers;
};

static void *begin_xlsx(const struct report *report, const char *path, const char *scratch)
{
    struct begun *begun = memory_resize(NULL, 1, sizeof *begun);
    struct xlsx_book *book = &begun->book;

    begun->path = path;
    begun->workers = report->workers;
    xlsx_open(book, path, scratch, report->title, report->assessment->policy.as_of.seconds);
    add_summary(book, report);
    for (size_t i = 0; i < REPORT_TABLE_COUNT && book->error == LXW_NO_ERROR; i++) {
        if (!report->tables[i].absent)
            add_table(book, report, &report->tables[i]);
    }
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
