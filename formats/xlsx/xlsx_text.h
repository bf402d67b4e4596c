/*
 * xlsx_text.h: text as it is written in a cell of a workbook (ECMA-376 part 1, 22.9.2.19
 * ST_Xstring).
 */
#ifndef XLSX_TEXT_H
#define XLSX_TEXT_H

struct text;

enum { XLSX_CELL_MAX = 32767 }; /* UTF-16 units, Excel's limit */

/* Adds string so that a spreadsheet shows it as it is. Characters that XML cannot contain become
 * `_xHHHH_` (U+FFFE and U+FFFF become U+FFFD), and the underscore of such a sequence in the data is
 * escaped. Longer text than XLSX_CELL_MAX is cut and ends in ` [cut: N of M characters]`. */
void xlsx_add_text(struct text *out, const char *string);

#endif
