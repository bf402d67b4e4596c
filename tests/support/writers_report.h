/*
 * writers_report.h: a small report made by hand for the tests of the writers. Every text cell of
 * row N holds nasty string N.
 */
#ifndef WRITERS_REPORT_H
#define WRITERS_REPORT_H

#include "report/report.h"
#include <check.h>

/* A report in which each table has a row for each nasty string; Findings are all FAIL. Lives
 * until the test ends. */
struct report *writers_report(void);

/* The same with what a page says beside its tables: accounts and notes; Controls has columns of
 * its own, and Coverage more of them than a page is wide. */
struct report *writers_page_report(void);

/* The same with one table of one column: count cells, all of them as text says. */
struct report *writers_plain_report(size_t count, const char *text);

void writers_add_markdown(Suite *suite);
void writers_add_scan(Suite *suite);
void writers_add_xlsx(Suite *suite);

#endif
