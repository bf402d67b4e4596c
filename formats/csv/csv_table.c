/* csv_table.c: see csv_table.h. */
#include "csv/csv_table.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/thread_pool.h"
#include "report/report.h"
#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CSV_PART = 256 }; /* rows at a time: some 200 kilobytes */

/* What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, "CSV
 * Injection"), and the apostrophe that marks a guarded cell. */
static bool csv_needs_guard(char first)
{
    return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' ||
           first == '\r' || first == '\'';
}

/* Adds a field and a comma. One without a quote in it is copied: libcsv goes byte by byte, which
 * took a fifth of the time that the rows of a report take. */
static void csv_add_text(struct text *line, const char *string)
{
    size_t length = strlen(string), guard = csv_needs_guard(*string);
    size_t room = 2 * length + 2; /* csv_write doubles each quote and adds two */
    char *field = text_room(line, guard + room + 1);

    if (memchr(string, '"', length) != NULL) {
        length = csv_write(field + guard, room, string, length);
    } else {
        memcpy(field + guard + 1, string, length);
        field[guard + length + 1] = '"';
        length += 2;
    }
    if (guard)
        field[1] = '\'';
    field[0] = '"';
    field[guard + length] = ',';
    text_take(line, guard + length + 1);
}

static void csv_add_cell(struct text *line, const struct cell *cell)
{
    if (cell->kind == CELL_COUNT || cell->kind == CELL_TIME) {
        text_add_bytes(line, "\"", 1);
        report_add_cell(cell, line);
        text_add_bytes(line, "\",", 2);
    } else {
        csv_add_text(line, cell->text);
    }
}

/* In the place of the comma behind the last field. */
static void csv_end_line(struct text *line)
{
    line->length--;
    text_add_bytes(line, "\r\n", 2);
}

/* Rows that are written at a time. */
struct csv_part {
    const struct report *report;
    const struct table *table;
    FILE *stream;
    struct report_row row;
    struct text lines;
};

static void csv_make_part(void *place, size_t number)
{
    struct csv_part *part = place;
    size_t end = (number + 1) * CSV_PART;

    text_clear(&part->lines);
    for (size_t i = number * CSV_PART; i < end && i < part->table->row_count; i++) {
        report_open_row(&part->row, part->report, part->table, i);
        for (size_t j = 0; j < part->table->column_count; j++) {
            struct cell cell;

            report_cell(&part->row, j, &cell);
            csv_add_cell(&part->lines, &cell);
        }
        csv_end_line(&part->lines);
    }
}

static bool csv_write_text(const struct text *lines, FILE *stream)
{
    return fwrite(text_string(lines), 1, lines->length, stream) == lines->length;
}

static bool csv_take_part(void *place, size_t number)
{
    const struct csv_part *part = place;
    size_t left = part->table->row_count - number * CSV_PART;

    progress_add(part->report->progress, part->table->name, left < CSV_PART ? left : CSV_PART);
    return csv_write_text(&part->lines, part->stream);
}

static bool csv_header(const struct table *table, FILE *stream)
{
    struct text line = TEXT_EMPTY;

    for (size_t i = 0; i < table->column_count; i++)
        csv_add_text(&line, table->columns[i].title);
    csv_end_line(&line);
    bool written = csv_write_text(&line, stream);
    text_free(&line);
    return written;
}

bool csv_table(const struct report *report, const struct table *table, FILE *stream)
{
    size_t places = thread_pool_slots(report->workers);
    struct csv_part *parts = memory_resize(NULL, places, sizeof *parts);
    const struct work rows = {.count = (table->row_count + CSV_PART - 1) / CSV_PART,
                              .slots = parts,
                              .slot_size = sizeof *parts,
                              .produce = csv_make_part,
                              .consume = csv_take_part};

    for (size_t i = 0; i < places; i++)
        parts[i] = (struct csv_part){report, table, stream, REPORT_ROW_CLOSED, TEXT_EMPTY};
    bool written =
        csv_header(table, stream) && thread_pool_run(report->workers, &rows) && fflush(stream) == 0;
    int number = errno;
    for (size_t i = 0; i < places; i++) {
        report_close_row(&parts[i].row);
        text_free(&parts[i].lines);
    }
    free(parts);
    errno = number;
    return written;
}
