/*
 * table.h: tables of typed cells. A table is columns and a number of rows; cells are computed when
 * they are read. A row is opened, its cells are read, and it may be opened again at another number.
 * It belongs to its reader: it starts as REPORT_ROW_CLOSED and ends with report_close_row. Threads
 * may read the same table, each with a row of its own.
 */
#ifndef TABLE_H
#define TABLE_H

#include "base/text.h"
#include "base/timestamp.h"

struct certificate;
struct digest;
struct finding;
struct observation;
struct report;
struct report_row;
struct scope_line;
struct table;

/* CELL_LINES: text of several lines, commands to paste. CELL_RESULT: the name of a result.
 * CELL_LINK: text that leads to a row of a table of the report. */
enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_LINES, CELL_RESULT, CELL_LINK, CELL_COUNT, CELL_TIME };

struct cell {
    enum cell_kind kind;
    const char *text;          /* valid until the next cell or row is read; "" if there is none */
    const struct table *table; /* CELL_LINK */
    size_t count;              /* CELL_COUNT; CELL_LINK: the row */
    struct timestamp time;     /* CELL_TIME: UTC */
};

struct column {
    const char *title;
    int width;  /* in characters, for a sheet */
    bool extra; /* technical: few readers of the report want it */
    size_t argument;
    /* Fills the cell, which is CELL_EMPTY. A text may be in the row's scratch, which is empty. */
    void (*get)(struct report_row *row, size_t argument, struct cell *cell);
};

struct table {
    const char *name;   /* `Findings` */
    const char *row_is; /* `a certificate under a rule` */
    const struct column *columns;
    size_t column_count;
    size_t row_count;
    bool absent; /* what it is for was not asked for: no report has it */
    void (*open)(
        struct report_row *row); /* finds what the cells of a row have in common, or NULL */
};

struct report_row {
    const struct report *report;
    const struct table *table;
    size_t number;
    const struct finding *finding;         /* Findings; Changes, unless it is gone */
    const struct certificate *certificate; /* Findings, Certificates; Changes, likewise */
    const struct observation *seen;        /* the record of it that the row shows */
    const struct scope_line *scope;        /* Findings: of its account, or NULL */
    const char *const *control_ids;        /* Findings: by framework */
    struct digest *digest;                 /* for refs; NULL until the first */
    struct text scratch;                   /* the text of the cell that was read last */
};

#define REPORT_ROW_CLOSED ((struct report_row){.scratch = {NULL, 0, 0}})

/* number: from 0. */
void report_open_row(struct report_row *row, const struct report *report, const struct table *table,
                     size_t number);
void report_close_row(struct report_row *row);

void report_cell(struct report_row *row, size_t column, struct cell *cell);

/* Adds any cell as text: times as `2014-03-31T23:59:59Z`, counts in digits. */
void report_add_cell(const struct cell *cell, struct text *text);

/* The index of the column with this title, which must exist. */
size_t report_column(const struct table *table, const char *title);

#endif
