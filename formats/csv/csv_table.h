/*
 * csv_table.h: one table as a CSV file: RFC 4180, UTF-8 without byte order mark, a header, every
 * field quoted. A cell that a spreadsheet would run as a formula gets a leading apostrophe, and
 * so does one that begins with an apostrophe, so that the guard can be undone.
 */
#ifndef CSV_TABLE_H
#define CSV_TABLE_H

#include <stdbool.h>
#include <stdio.h>

struct report;
struct table;

/* Writes the whole table and flushes the stream. False with errno set where a write fails. */
bool csv_table(const struct report *report, const struct table *table, FILE *stream);

#endif
