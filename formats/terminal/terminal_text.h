/*
 * terminal_text.h: lines for a terminal of some width: wrapped, cut, indented and coloured. A
 * character is taken for one column wide. What is added is made safe for eyes first.
 */
#ifndef TERMINAL_TEXT_H
#define TERMINAL_TEXT_H

#include "base/text.h"
#include "rules/rules.h"
#include <stdbool.h>
#include <stddef.h>

struct terminal {
    bool colour;
    size_t width; /* in columns, to which text is wrapped and cut */
    bool verbose; /* nothing is cut; ARN, evidence, controls and remediation too */
};

/* Adds words and a line feed, wrapped to the terminal's width, behind what takes column columns of
 * the first line already; the lines that follow are indented. lines: at most so many, the last of
 * which ends in `…` where something is left out; 0: as many as it takes. */
void terminal_add_words(struct text *text, const struct terminal *terminal, size_t column,
                        const char *words, size_t indent, size_t lines);

/* The same behind first, which stands as it is; as many lines as it takes. */
void terminal_add_wrapped(struct text *text, const struct terminal *terminal, const char *first,
                          const char *words, size_t indent);

/* Adds the result's name, in its colour where there are colours. How many columns it takes. */
size_t terminal_add_result(struct text *text, const struct terminal *terminal, enum result result);

void terminal_add_spaces(struct text *text, size_t count);

/* Columns to write in: the terminal's, but no fewer than a name and its label need. */
size_t terminal_width(const struct terminal *terminal);

#endif
