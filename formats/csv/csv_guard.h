/*
 * csv_guard.h: apostrophes that keep spreadsheets from running a cell as a formula (OWASP, "CSV
 * Injection"). A guarded cell starts with one if the cell starts with `=`, `+`, `-`, `@`, a tab, a
 * carriage return or an apostrophe. Where a spreadsheet separates by semicolons or tabs, a new cell
 * begins after each of them and after each line break: an apostrophe follows if the next character
 * but for quotes is `=`, `+`, `-`, `@` or an apostrophe.
 */
#ifndef CSV_GUARD_H
#define CSV_GUARD_H

#include <stdbool.h>

struct pool;
struct text;

/* Whether the cell needs a guard at its start, and whether it needs one further on. */
bool csv_guard_first(const char *cell);
bool csv_guard_inside(const char *cell);

/* Adds the cell with guards after its separators, without one at the start. */
void csv_guard_add(struct text *text, const char *cell);

/* The cell without its guards, in the pool if it differs. */
const char *csv_guard_undo(const char *cell, struct pool *pool);

#endif
