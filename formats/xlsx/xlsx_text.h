/*
 * xlsx_text.h: text as a cell of a workbook holds it (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
 */
#ifndef XLSX_TEXT_H
#define XLSX_TEXT_H

struct text;

enum { XLSX_CELL_MAX = 32767 }; /* UTF-16 units, Excel's limit */

/* Adds string so that a spreadsheet shows it as it is: what XML cannot hold as `_xHHHH_` (U+FFFE
 * and U+FFFF as U+FFFD), and such a sequence in the data itself with its underscore escaped. What
 * is past XLSX_CELL_MAX is cut between characters and ends in ` [cut: N of M characters]`. */
void xlsx_add_text(struct text *out, const char *string);

#endif
