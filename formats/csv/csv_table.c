/* csv_table.c: see csv_table.h. */
#include "csv/csv_table.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/thread_pool.h"
#include "csv/csv_guard.h"
#include "report/report.h"
#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CSV_BATCH = 256 }; /* rows per unit of work: about 200 KB */

/* Adds a field and a comma. csv_write goes byte by byte, which took a fifth of the time of a
 * report, so it is called only for strings that contain a quote. */
static void csv_add_field(struct text *line, const char *string, bool guard)
{
    size_t length = strlen(string);
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

static void csv_add_text(struct text *line, const char *string)
{
    bool inside = csv_guard_inside(string);
    struct text guarded = TEXT_EMPTY;

    if (inside)
        csv_guard_add(&guarded, string);
    csv_add_field(line, inside ? text_string(&guarded) : string, csv_guard_first(string));
    if (inside)
        text_free(&guarded);
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

/* Replaces the comma after the last field. */
static void csv_end_line(struct text *line)
{
    line->length--;
    text_add_bytes(line, "\r\n", 2);
}

struct csv_batch {
    const struct report *report;
    const struct table *table;
    FILE *stream;
    struct report_row row;
    struct text lines;
};

static void csv_make_batch(void *slot, size_t number)
{
    struct csv_batch *batch = slot;
    size_t end = (number + 1) * CSV_BATCH;

    text_clear(&batch->lines);
    for (size_t i = number * CSV_BATCH; i < end && i < batch->table->row_count; i++) {
        report_open_row(&batch->row, batch->report, batch->table, i);
        for (size_t j = 0; j < batch->table->column_count; j++) {
            struct cell cell;

            report_cell(&batch->row, j, &cell);
            csv_add_cell(&batch->lines, &cell);
        }
        csv_end_line(&batch->lines);
    }
}

static bool csv_write_text(const struct text *lines, FILE *stream)
{
    return fwrite(text_string(lines), 1, lines->length, stream) == lines->length;
}

static bool csv_write_batch(void *slot, size_t number)
{
    const struct csv_batch *batch = slot;
    size_t left = batch->table->row_count - number * CSV_BATCH;

    progress_add(batch->report->progress, batch->table->name, left < CSV_BATCH ? left : CSV_BATCH);
    return csv_write_text(&batch->lines, batch->stream);
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
    size_t slots = thread_pool_slots(report->workers);
    struct csv_batch *batches = memory_resize(NULL, slots, sizeof *batches);
    const struct work rows = {.count = (table->row_count + CSV_BATCH - 1) / CSV_BATCH,
                              .slots = batches,
                              .slot_size = sizeof *batches,
                              .produce = csv_make_batch,
                              .consume = csv_write_batch};

    for (size_t i = 0; i < slots; i++)
        batches[i] = (struct csv_batch){report, table, stream, REPORT_ROW_CLOSED, TEXT_EMPTY};
    bool written =
        csv_header(table, stream) && thread_pool_run(report->workers, &rows) && fflush(stream) == 0;
    int number = errno;
    for (size_t i = 0; i < slots; i++) {
        report_close_row(&batches[i].row);
        text_free(&batches[i].lines);
    }
    free(batches);
    errno = number;
    return written;
}
