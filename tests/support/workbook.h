/*
 * workbook.h: a workbook as others read it: its sheets by xlsx2csv, its parts as XML. What is
 * returned lives until the test ends.
 */
#ifndef WORKBOOK_H
#define WORKBOOK_H

#include "support/sheet.h"

/* The sheet of that name. */
struct sheet *workbook_sheet(const char *path, const char *name);

/* Fails where the cell, as a spreadsheet shows it, is not the text, with U+FFFD for U+FFFE and
 * U+FFFF, which XML cannot hold. Looks at none of more than 8 KiB: xlsx2csv cannot read it. */
void workbook_check_cell(const char *cell, const char *raw);

/* Fails where a part is no XML, or a sheet has a formula, or a link that leads out of the book, or
 * there is a macro or another document. Returns the number of sheets. */
size_t workbook_check(const char *path);

/* A part of the workbook, `xl/worksheets/sheet1.xml`, which must be there. */
const char *workbook_part(const char *path, const char *name);

#endif
