/*
 * columns.h: for the files of the report's tables (findings_table.c and so on): how a cell is
 * filled. A column is one line in its table's file: title, width, whether it is technical, and the
 * function that fills its cells, with an argument. That is mostly the offset of a member.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "audit/assess.h"
#include "report/report.h"
#include "rules/controls.h"
#include <stddef.h>

#define COLUMN_COUNT(columns) (sizeof(columns) / sizeof(columns)[0])

/* Texts are borrowed; NULL and "" are empty. A time may be NULL. */
void cell_set_text(struct cell *cell, const char *text);
void cell_set_result(struct cell *cell, enum result result);
void cell_set_count(struct cell *cell, size_t count);
void cell_set_time(struct cell *cell, const struct timestamp *time);

/* A time, or the text of one that is not readable. */
void cell_set_moment(struct cell *cell, const struct moment *moment);

/* The text in the row's scratch. */
void cell_set_scratch(struct cell *cell, const struct report_row *row);

/* The ref of the row's finding. */
void cell_set_ref(struct cell *cell, struct report_row *row);

/* The member at this offset of a record: a text, a count. */
void cell_set_text_at(struct cell *cell, const void *record, size_t offset);
void cell_set_count_at(struct cell *cell, const void *record, size_t offset);

/* For `get` of columns in a table that shows certificates: a text at an offset of struct location,
 * certificate, observation, acm_facts; and three with a fixed meaning. */
void column_get_location(struct report_row *row, size_t offset, struct cell *cell);
void column_get_certificate(struct report_row *row, size_t offset, struct cell *cell);
void column_get_record(struct report_row *row, size_t offset, struct cell *cell);
void column_get_acm(struct report_row *row, size_t offset, struct cell *cell);
void column_get_service(struct report_row *row, size_t argument, struct cell *cell);
void column_get_in_use(struct report_row *row, size_t argument, struct cell *cell);
void column_get_in_scope(struct report_row *row, size_t argument, struct cell *cell);

/* The tables, each in a file of its own. Columns may be in the report's pool. */
struct table findings_table(const struct report *report);
struct table certificates_table(const struct report *report);
struct table controls_table(const struct report *report);
struct table coverage_table(const struct report *report);
struct table evidence_table(const struct report *report);
struct table waivers_table(const struct report *report);
struct table changes_table(const struct report *report);

/* The findings of a control's rule. other_failures: FAIL or WAIVED by a condition that the control
 * does not name, and in no result. */
struct control_counts {
    size_t by_result[RESULT_COUNT];
    size_t other_failures;
    size_t total; /* of all these */
};
struct control_counts controls_table_counts(const struct report *report,
                                            const struct control *control);

#endif
