/*
 * write_terminal.h: the report for a person at a terminal: the verdict, counts, and each finding
 * that is not PASS or NOT_APPLICABLE, the worst first.
 */
#ifndef WRITE_TERMINAL_H
#define WRITE_TERMINAL_H

#include "terminal/terminal_text.h"
#include <stdio.h>

struct report;

/* False, with errno set, where stream cannot be written. */
bool write_terminal(const struct report *report, const struct terminal *terminal, FILE *stream);

#endif
