/*
 * workpaper_sections.h: the sections that workpaper.c selects from. Each adds its blocks to the
 * list; level is that of its heading.
 */
#ifndef WORKPAPER_SECTIONS_H
#define WORKPAPER_SECTIONS_H

#include "report/blocks.h"

struct report;
struct rule;

/* What was counted (workpaper_counts.c). Sections without a count are left out. */
void workpaper_add_population(struct blocks *list, const struct report *report);
void workpaper_add_accounts(struct blocks *list, const struct report *report, int level);
void workpaper_add_results(struct blocks *list, const struct report *report);
void workpaper_add_conditions(struct blocks *list, const struct report *report, size_t rule,
                              int level);
void workpaper_add_ages(struct blocks *list, const struct report *report);
void workpaper_add_open_controls(struct blocks *list, const struct report *report);
void workpaper_add_frameworks(struct blocks *list, const struct report *report, int level);

/* Findings themselves (workpaper_findings.c): the first ones, those of a rule, all. */
void workpaper_add_top_items(struct blocks *list, const struct report *report);
void workpaper_add_open_findings(struct blocks *list, const struct report *report, size_t rule);
void workpaper_add_all_open_findings(struct blocks *list, const struct report *report,
                                     bool verbose);
/* Certificates of which a list alone is known: how many in each account and region, and the
 * commands that get the rest. */
void workpaper_add_listed_only(struct blocks *list, const struct report *report);

/* Sentences, added to the last block, which is a LIST (workpaper_notes.c, workpaper_scope.c). */
void workpaper_note(struct blocks *list, struct text *sentence); /* clears the sentence */
void workpaper_note_files(struct blocks *list, const struct report *report);
void workpaper_note_scope(struct blocks *list, const struct report *report);
void workpaper_note_waivers(struct blocks *list, const struct report *report);
void workpaper_note_changes(struct blocks *list, const struct report *report);

#endif
