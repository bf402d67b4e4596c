/*
 * markdown_sections.h: sections of the Markdown report that count or list: the scope, the counts,
 * the controls, and the tables that stand whole.
 */
#ifndef MARKDOWN_SECTIONS_H
#define MARKDOWN_SECTIONS_H

#include "report/report.h"

struct markdown;

/* How much was looked at, by account too, and what the scope lacks. */
void markdown_add_scope(struct markdown *markdown);

/* By rule and result, by condition, and the failures by age. */
void markdown_add_counts(struct markdown *markdown);

/* A table for each framework. */
void markdown_add_controls(struct markdown *markdown);

/* The notes from first to behind last, each as an item. */
void markdown_add_notes(struct markdown *markdown, size_t first, size_t end);

/* The notes, and the whole table; nothing where there is no such table. */
void markdown_add_table(struct markdown *markdown, enum report_table which, size_t first_note,
                        size_t end_note);

#endif
