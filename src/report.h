/*
 * report.h: the report as tables of typed cells, and the prose that every report says. Writers
 * see this and nothing behind it, so that no two reports can disagree. Knows no outside format.
 */
#ifndef REPORT_H
#define REPORT_H

#include "assess.h"
#include "controls.h"
#include "text.h"

struct report;

/* CELL_EMPTY: nothing to say. CELL_LINES: text of several lines, commands to paste. */
enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_LINES, CELL_COUNT, CELL_TIME };

struct cell {
    enum cell_kind kind;
    const char *text; /* CELL_TEXT, CELL_LINES: borrowed until the scratch text changes */
    size_t count;     /* CELL_COUNT */
    struct when time; /* CELL_TIME: UTC */
};

struct column {
    const char *title;
    int width;  /* in characters, for a sheet */
    bool extra; /* technical: a reader of the report seldom wants it */
    size_t argument;
    void (*get)(const struct report *report, size_t row, size_t argument, struct text *scratch,
                struct cell *cell);
};

struct table {
    const char *name;   /* `Findings` */
    const char *row_is; /* `a certificate under a rule` */
    const struct column *columns;
    size_t column_count;
    size_t row_count;
    bool absent; /* nothing was asked for that it would hold: it is left out of every report */
};

enum report_table {
    REPORT_FINDINGS,
    REPORT_CERTIFICATES,
    REPORT_CONTROLS,
    REPORT_COVERAGE,
    REPORT_EVIDENCE,
    REPORT_WAIVERS,
    REPORT_CHANGES,
    REPORT_TABLE_COUNT
};

/* A line of the facts of the run: what is needed to repeat it. */
struct fact {
    const char *name, *value;
};

struct report {
    const struct assessment *assessment;
    const struct controls *controls;
    struct pool *pool;
    const char *title, *version;
    const char *controls_path; /* NULL for the table that is built in */
    const char *const *paths;  /* printable, sorted */
    size_t path_count;
    struct table tables[REPORT_TABLE_COUNT];
    struct rule_counts *counts[RULE_COUNT]; /* by condition, as the rule lists them */
    struct fact *facts;
    size_t fact_count;
    const char *
        *notes; /* for the summary: files, conflicts, scope, waivers, changes; a sentence each */
    size_t note_count, note_room; /* freed by report_free */
};

/* Builds the tables' columns and row counts. Everything is in the pool, except that rows are
 * computed when they are asked for. assessment, controls, pool, title, version and paths are set.
 */
void report_prepare(struct report *report);

void report_free(struct report *report);

/* For report.c: fills notes (report_notes.c). */
void report_build_notes(struct report *report);

/* For report.c: fills tables (report_tables.c). */
void report_build_tables(struct report *report);

/* Writes the cell of a table; scratch is emptied first and keeps the cell's text. */
void report_cell(const struct report *report, const struct table *table, size_t row, size_t column,
                 struct text *scratch, struct cell *cell);

/* Adds any cell as text: times as `2014-03-31T23:59:59Z`, counts in digits. */
void report_add_cell(const struct cell *cell, struct text *text);

/* The index of a column by its title; it must exist. */
size_t report_column(const struct table *table, const char *title);

/* The finding of a row of Findings. */
const struct finding *report_finding(const struct report *report, size_t row);

/* A row of the counts by rule and condition; false past the last one. Only conditions that occur.
 */
struct report_count {
    const struct rule *rule;
    const struct condition *condition;
    enum result result;
    size_t certificates;
};
bool report_count(const struct report *report, size_t number, struct report_count *count);

/* What the method does not show, one plain sentence each; ends with NULL. */
extern const char *const report_limits[];
/* How the control columns are to be read, one plain sentence each; ends with NULL. */
extern const char *const report_control_notes[];

#endif
