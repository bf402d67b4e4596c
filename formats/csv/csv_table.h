/*
 * csv_table.h: writes a table as CSV: RFC 4180, UTF-8 without byte order mark, a header, every
 * field quoted, and guarded against being run as a formula (csv_guard.h).
 */
#ifndef CSV_TABLE_H
#define CSV_TABLE_H

#include <stdbool.h>
#include <stdio.h>

struct report;
struct table;

/* Writes the table and flushes the stream. False with errno set if a write fails. */
bool csv_table(const struct report *report, const struct table *table, FILE *stream);

#endif
