/* prepare.h: makes the tables and facts of a report. */
#ifndef PREPARE_H
#define PREPARE_H

#include "report/report.h"

/* Rows of tables are computed when they are read. What report_prepare makes belongs to the pool, or
 * is freed by report_free. */
void report_prepare(struct report *report);
void report_free(struct report *report);

#endif
