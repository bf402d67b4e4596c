/*
 * safe_text.h: text from an export for a terminal or a Markdown page. Characters that could move
 * the cursor, or hide or reorder other text, become visible escapes.
 */
#ifndef SAFE_TEXT_H
#define SAFE_TEXT_H

#include <stdbool.h>

struct text;

/* Adds string. Controls, line breaks and invisible or bidirectional characters become `\u{202E}`,
 * bytes that are not UTF-8 `\xNN`. Line feeds are kept if keep_line_feeds is set. */
void safe_text_add(struct text *text, const char *string, bool keep_line_feeds);

#endif
