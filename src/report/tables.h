/* tables.h: the tables of the report, each in a file of its own, such as findings_table.c. Columns
 * may be in the report's pool. */
#ifndef TABLES_H
#define TABLES_H

#include "audit/assessment.h"
#include "report/table.h"

struct control;

struct table findings_table(const struct report *report);
struct table certificates_table(const struct report *report);
struct table controls_table(const struct report *report);
struct table coverage_table(const struct report *report);
struct table evidence_table(const struct report *report);
struct table waivers_table(const struct report *report);
struct table changes_table(const struct report *report);

/* Counts the findings that are relevant to the control. */
struct result_counts controls_table_counts(const struct report *report,
                                           const struct control *control);

#endif
