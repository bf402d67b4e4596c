/*
 * xlsx_summary.h: the first sheet of a workbook, which is read before all others and signed: what
 * was concluded, on how much, and where to look next.
 */
#ifndef XLSX_SUMMARY_H
#define XLSX_SUMMARY_H

#include "report/report.h"
#include "xlsx/xlsx_book.h"

/* Adds the sheet to the book, which has none yet. */
void xlsx_summary_add(struct xlsx_book *book, const struct report *report);

/* For xlsx_summary.c: the sections that count (xlsx_summary_counts.c), each with its heading. */
void xlsx_summary_add_results(struct xlsx_sheet *sheet, const struct report *report);
void xlsx_summary_add_ages(struct xlsx_sheet *sheet, const struct report *report);
void xlsx_summary_add_accounts(struct xlsx_sheet *sheet, const struct report *report);
void xlsx_summary_add_open(struct xlsx_sheet *sheet, const struct report *report);
void xlsx_summary_add_controls(struct xlsx_sheet *sheet, const struct report *report);

/* The sheet's columns: a label, two numbers or short words, and text. */
enum { AT_LABEL, AT_FIRST, AT_SECOND, AT_TEXT, AT_MORE, AT_TIME, AT_LAST, AT_COUNT };

/* A heading below an empty row, and the name of the sheet that tells more, or "". */
void xlsx_summary_add_heading(struct xlsx_sheet *sheet, const char *heading, const char *more);

/* A row of column titles: over a column with numbers at the right. NULL: the column is part of the
 * one before; "" is none. */
struct xlsx_summary_title {
    const char *title;
    bool numbers;
};
void xlsx_summary_add_titles(struct xlsx_sheet *sheet,
                             const struct xlsx_summary_title titles[AT_COUNT]);

/* A sentence over all columns. */
void xlsx_summary_add_sentence(struct xlsx_sheet *sheet, const char *sentence);

#endif
