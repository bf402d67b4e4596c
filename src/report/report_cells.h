/*
 * report_cells.h: for the files that make the report's tables: how a cell is filled.
 */
#ifndef REPORT_CELLS_H
#define REPORT_CELLS_H

#include "report/report.h"

#define COLUMNS(array) (sizeof(array) / sizeof(array)[0])

/* A text, which the cell borrows; NULL and "" make it empty. */
void cell_say(struct cell *cell, const char *text);
/* What was written to the row's scratch. */
void cell_say_scratch(struct cell *cell, const struct report_row *row);
void cell_say_count(struct cell *cell, size_t count);
void cell_say_time(struct cell *cell, const struct timestamp *time);

/* A time that the person who runs the tool gave: as text where it has a fraction of a second. */
void cell_say_exact_time(struct cell *cell, const struct timestamp *time, struct report_row *row);

/* A moment of an export: a time, or what stood there where it cannot be read. */
void cell_say_moment(struct cell *cell, const struct moment *moment);

/* When a row is opened: it shows the certificate, by that record. */
void report_show(struct report_row *row, const struct certificate *certificate,
                 const struct observation *seen);

/* The ref of the row's finding. */
void cell_say_ref(struct cell *cell, struct report_row *row);

/* yes, no, not stated. */
void cell_say_in_use(struct cell *cell, enum in_use in_use);

/* The columns of Findings (report_findings.c), *count of them, in the report's pool: they depend
 * on the frameworks. And what opens a row. */
const struct column *report_finding_columns(const struct report *report, size_t *count);
void report_open_finding(struct report_row *row);

/* The columns of Controls (report_controls.c), *count of them. */
const struct column *report_control_columns(size_t *count);

/* The columns of Waivers and Changes (report_added.c), *count of them, and how many rows there
 * are; NULL where no such file was given. */
const struct column *report_waiver_columns(const struct report *report, size_t *count,
                                           size_t *rows);
const struct column *report_change_columns(const struct report *report, size_t *count,
                                           size_t *rows);
void report_open_change(struct report_row *row);

#endif
