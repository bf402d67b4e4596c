/*
 * terminal_summary.h: what stands on the terminal before the findings and behind them.
 */
#ifndef TERMINAL_SUMMARY_H
#define TERMINAL_SUMMARY_H

#include <stdbool.h>

struct finding;
struct report;
struct terminal;
struct text;

/* Adds the title, the verdict, the counts with their bars, and the notes. */
void terminal_add_summary(struct text *text, const struct report *report,
                          const struct terminal *terminal);

/* Whether the finding says no more than that the certificate was listed but not described. */
bool terminal_is_listed_only(const struct finding *finding);

/* Adds a line for each account and region with such findings, which may be thousands, and the
 * command that gets what is missing. */
void terminal_add_listed_only(struct text *text, const struct report *report,
                              const struct terminal *terminal);

#endif
