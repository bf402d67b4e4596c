/*
 * writers_report.h: small reports and documents made by hand for the tests of the writers. Every
 * text in row N of a table is attack string N. They live until the test ends.
 */
#ifndef WRITERS_REPORT_H
#define WRITERS_REPORT_H

#include "report/blocks.h"
#include "report/report.h"
#include <check.h>

/* Each table has a row for each attack string; all findings FAIL. */
struct report *writers_report(void);

/* The same with accounts and a framework; Controls has columns of its own, and Coverage more than a
 * page has room for. */
struct report *writers_page_report(void);

/* Tables have one column and no rows, except Certificates: count cells, all with this text. */
struct report *writers_plain_report(size_t count, const char *text);

/* A document with blocks of each kind but DETAILS and CODE. */
struct blocks writers_blocks(const struct report *report);

void writers_add_markdown(Suite *suite);
void writers_add_scan(Suite *suite);
void writers_add_xlsx(Suite *suite);

#endif
