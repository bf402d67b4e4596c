/*
 * workbook.h: a workbook as other programs read it: sheets by xlsx2csv, parts as XML. Returned
 * texts live until the test ends.
 */
#ifndef WORKBOOK_H
#define WORKBOOK_H

#include "support/sheet.h"

/* The sheet of that name. */
struct sheet *workbook_sheet(const char *path, const char *name);

/* Fails if the cell, as a spreadsheet shows it, is not the text, with U+FFFD for U+FFFE and U+FFFF,
 * which XML cannot contain. Ignores texts over 8 KiB, which xlsx2csv cannot read. */
void workbook_check_cell(const char *cell, const char *raw);

/* Fails if a part is not XML, if there is a formula, a link out of the workbook, a macro or an
 * embedded document. Returns the number of sheets. */
size_t workbook_check(const char *path);

/* A part of the workbook, such as `xl/worksheets/sheet1.xml`; fails if there is none. */
const char *workbook_part(const char *path, const char *name);

#endif
