/*
 * workpaper.h: what a report says around its tables, as blocks: the verdict, counts, what is
 * urgent, notes, the facts of the run, and room to sign. There are three selections of the same
 * sections. Each list and all that it needs belong to the pool, which is the caller's.
 */
#ifndef WORKPAPER_H
#define WORKPAPER_H

#include "report/blocks.h"

struct report;

/* The first sheet of a workbook, which is read before all others and signed. */
struct blocks workpaper_summary(const struct report *report, struct pool *pool);

/* A document to be read from top to bottom: what was tested, on what, how, with which results, the
 * open findings in full, every table, and room to sign. */
struct blocks workpaper_full(const struct report *report, struct pool *pool);

/* For a person at a terminal: the verdict, counts, notes and open findings. verbose: findings in
 * full; else certificates that were only listed are counted by account and region. */
struct blocks workpaper_terminal(const struct report *report, bool verbose, struct pool *pool);

#endif
