/*
 * write_terminal.h: the report for a person at a terminal: the verdict, counts, and each finding
 * that is not PASS or NOT_APPLICABLE.
 */
#ifndef WRITE_TERMINAL_H
#define WRITE_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct report;

struct terminal {
    bool colour;
    size_t width; /* in columns, to which text is wrapped */
    bool verbose; /* ARN, evidence, controls and remediation too */
};

/* False, with errno set, where stream cannot be written. */
bool write_terminal(const struct report *report, const struct terminal *terminal, FILE *stream);

#endif
