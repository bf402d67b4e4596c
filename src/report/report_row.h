/*
 * report_row.h: a row of a table, opened to be read. What its cells have in common is worked out
 * once, when it is opened; a row may be opened again and again. Whoever reads owns it: it starts as
 * REPORT_ROW_CLOSED and ends with report_close_row. Each thread has one of its own.
 */
#ifndef REPORT_ROW_H
#define REPORT_ROW_H

#include "base/text.h"
#include "base/timestamp.h"

struct certificate;
struct digest;
struct finding;
struct observation;
struct report;
struct scope_line;
struct table;

struct report_row {
    const struct report *report;
    const struct table *table;
    size_t number;
    const struct finding *finding;         /* of Findings, and of Changes where it is not gone */
    const struct certificate *certificate; /* of Findings, Certificates and Changes, likewise */
    const struct observation *seen;        /* the observation that the row shows of it */
    const struct scope_line *scope;        /* of Findings: its account's, or NULL */
    const char *const *control_ids;        /* of Findings: by framework; NULL for none */
    struct digest *digest;                 /* for refs; NULL before the first one */
    struct text scratch;                   /* the text of the cell that was read last */
};

#define REPORT_ROW_CLOSED ((struct report_row){.scratch = {NULL, 0, 0}})

/* CELL_EMPTY: nothing to say. CELL_LINES: text of several lines, commands to paste. */
enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_LINES, CELL_COUNT, CELL_TIME };

struct cell {
    enum cell_kind kind;
    const char *text; /* CELL_TEXT, CELL_LINES: valid until the row's next cell, or row, is read */
    size_t count;     /* CELL_COUNT */
    struct timestamp time; /* CELL_TIME: UTC */
};

/* Opens the row of that number, from 0, of a table of the report. */
void report_open_row(struct report_row *row, const struct report *report, const struct table *table,
                     size_t number);

void report_close_row(struct report_row *row);

/* Reads the cell of a column. */
void report_cell(struct report_row *row, size_t column, struct cell *cell);

/* Adds any cell as text: times as `2014-03-31T23:59:59Z`, counts in digits. */
void report_add_cell(const struct cell *cell, struct text *text);

#endif
