/* xlsx_summary.h: the first sheet of a workbook: blocks, laid out on a landscape page. */
#ifndef XLSX_SUMMARY_H
#define XLSX_SUMMARY_H

#include "report/blocks.h"
#include "xlsx/xlsx_book.h"

/* Adds the sheet Summary with these blocks of the report to the book. DETAILS are left out: the
 * workbook has a sheet for each table. */
void xlsx_summary_add(struct xlsx_book *book, const struct report *report,
                      const struct blocks *blocks);

#endif
