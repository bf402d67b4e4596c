/* check_report.h: what the tests of the report, its workpaper and the terminal share. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include "base/pool.h"
#include "report/blocks.h"
#include "report/report.h"
#include "support/facts.h"
#include <check.h>

/* The report on the assessment, with the built-in control table. */
struct report *report_of(struct assessment *assessment);
/* The same on the evidence, which is assessed. */
struct report *report_on(struct evidence *evidence);

/* A report with one finding of each kind, by row of Findings: a renewal that fails (in use
 * by two resources), an IAM certificate that fails, UNKNOWN, PASS, NOT_APPLICABLE. */
enum { SMALL_RENEWAL, SMALL_IAM, SMALL_UNKNOWN, SMALL_PASS, SMALL_OTHER, SMALL_COUNT };
const struct report *report_small(void);

/* The digest of every file from facts_file. */
#define REPORT_SHA "0000000000000000000000000000000000000000000000000000000000000000"

/* A cell as text. Rows count from 0. */
const char *report_at(const struct report *report, enum report_table table, size_t row,
                      const char *title);

enum cell_kind report_kind_at(const struct report *report, enum report_table table, size_t row,
                              const char *title);

/* The first block below the heading, which must exist. */
const struct block *report_below(const struct blocks *list, const char *heading);

/* The cells of a row as text, joined by ` | `; "" past the last row. */
const char *report_block_row(const struct report *report, const struct block *block, size_t row);

struct terminal;

/* The output of write_terminal. */
const char *report_written(const struct report *report, const struct terminal *terminal);

void report_add_tables(Suite *suite);
void report_add_terminal(Suite *suite);
void report_add_summary(Suite *suite);
void report_add_scope(Suite *suite);
void report_add_blocks(Suite *suite);
void report_add_workpaper(Suite *suite);

#endif
