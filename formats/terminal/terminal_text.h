/*
 * terminal_text.h: lines for a terminal: wrapped, cut, indented and coloured. Each character counts
 * as one column. Text is made safe to print first.
 */
#ifndef TERMINAL_TEXT_H
#define TERMINAL_TEXT_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct terminal {
    bool colour;
    size_t width; /* in columns, to which text is wrapped and cut */
    bool verbose; /* nothing is cut; ARN, evidence, controls and remediation too */
};

/* Adds words and a line feed, wrapped to the terminal's width. column: how many columns of the
 * first line are taken. Further lines are indented. lines: at most that many, and the last ends in
 * `…` if something is left out; 0: as many as needed. */
void terminal_add_words(struct text *text, const struct terminal *terminal, size_t column,
                        const char *words, size_t indent, size_t lines);

/* Adds a string in this many columns, at least 1: cut, with spaces after it, or on the right with
 * spaces before it and never cut. */
void terminal_add_field(struct text *text, const char *string, size_t columns, bool right);

/* Adds the name of a result, in its colour if there are colours. Returns how many columns it takes.
 */
size_t terminal_add_result(struct text *text, const struct terminal *terminal, const char *result);

void terminal_add_spaces(struct text *text, size_t count);

/* The terminal's width, but at least what a name and its label need. */
size_t terminal_width(const struct terminal *terminal);

#endif
