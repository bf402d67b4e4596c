/*
 * report.h: the report as tables of typed cells, and the prose that every report says. Writers
 * see this and nothing behind it, so that no two reports can disagree. Knows no outside format.
 */
#ifndef REPORT_H
#define REPORT_H

#include "audit/assess.h"
#include "audit/summary.h"
#include "report/report_row.h"
#include "rules/controls.h"

struct column {
    const char *title;
    int width;  /* in characters, for a sheet */
    bool extra; /* technical: a reader of the report seldom wants it */
    size_t argument;
    /* Fills the cell, which is CELL_EMPTY; a text may be in the row's scratch, which is empty. */
    void (*get)(struct report_row *row, size_t argument, struct cell *cell);
};

struct table {
    const char *name;   /* `Findings` */
    const char *row_is; /* `a certificate under a rule` */
    const struct column *columns;
    size_t column_count;
    size_t row_count;
    bool absent; /* nothing was asked for that it would hold: it is left out of every report */
    void (*open)(struct report_row *row); /* sets what a row's cells have in common; or NULL */
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
    const char *program;       /* the SHA-256 of the program; NULL where nobody asks */
    const char *controls_path; /* NULL for the table that is built in */
    const char *const *paths;  /* printable, sorted */
    size_t path_count;
    struct thread_pool *workers; /* to write with; may be NULL */
    struct progress *progress;   /* rows that are written are added to it; may be NULL */
    struct table tables[REPORT_TABLE_COUNT];
    struct result_counts **counts; /* of findings, by rule and condition, as these are listed */
    /* What Findings prints of the controls, by condition times framework, as the rule and
     * controls.columns list them; NULL for a condition that does not occur. */
    const char ***control_ids; /* by rule */
    const char **limits; /* what the method and the rules do not show, a sentence each; ends with
                            NULL */
    struct fact *facts;
    size_t fact_count;
    const char *
        *notes; /* for the summary: files, conflicts, scope, waivers, changes; a sentence each */
    size_t note_count, note_room; /* freed by report_free */
    size_t scope_note;            /* the first note that is not of files and conflicts, */
    size_t waiver_note;           /* the first note of waivers, */
    size_t change_note;           /* and behind the last one, the first of changes; or the end */
    struct summary summary;       /* empty unless all is listed */
};

/* Builds the tables' columns and row counts. Everything is in the pool, except that rows are
 * computed when they are asked for. assessment, controls, pool, title, version and paths are
 * set.
 */
void report_prepare(struct report *report);

void report_free(struct report *report);

/* For report.c: fills notes (report_notes.c). */
void report_build_notes(struct report *report);

/* For report.c: fills tables (report_tables.c). */
void report_build_tables(struct report *report);

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
    size_t certificates; /* each has one finding under the rule */
};
bool report_count(const struct report *report, size_t number, struct report_count *count);

/* How many findings that are relevant to the control of that row are FAIL, and UNKNOWN; whether
 * there are any. */
bool report_open_of_control(const struct report *report, size_t row, size_t *fail, size_t *unknown);

/* How each result was reached, one plain sentence each; ends with NULL. */
extern const char *const report_procedure[];

/* How the control columns are to be read, one plain sentence each; ends with NULL. */
extern const char *const report_control_notes[];

#endif
