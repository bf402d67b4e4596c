/*
 * safe_text.h: text from an export on its way to a person's eyes: on a terminal, in a Markdown
 * page. What could move the cursor, reorder or hide what stands beside it is made visible.
 */
#ifndef SAFE_TEXT_H
#define SAFE_TEXT_H

#include <stdbool.h>

struct text;

/* Adds string with control characters, line breaks (but for line feeds where they are kept), and
 * invisible or reordering characters (bidirectional overrides, zero width, tags) as `\u{202E}`,
 * and bytes that are not UTF-8 as `\xNN`. */
void safe_text_add(struct text *text, const char *string, bool keep_line_feeds);

#endif
