/*
 * write_terminal.h: the report for a person at a terminal: the verdict, counts, and the open
 * findings, worst first.
 */
#ifndef WRITE_TERMINAL_H
#define WRITE_TERMINAL_H

#include "terminal/terminal_text.h"
#include <stdio.h>

struct report;

/* False with errno set if stream cannot be written. */
bool write_terminal(const struct report *report, const struct terminal *terminal, FILE *stream);

#endif
