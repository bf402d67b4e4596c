/*
 * markdown_text.h: text that means nothing to a Markdown renderer: neither to cmark-gfm with all
 * of GitHub's extensions, nor to pandoc's gfm, nor to the filters that GitHub runs afterwards
 * (emoji, mathematics, mentions). Good in a paragraph, a heading, a list item and a table cell.
 */
#ifndef MARKDOWN_TEXT_H
#define MARKDOWN_TEXT_H

struct text;

/* Adds the words of string, one line. A word of nothing but letters, digits and harmless
 * punctuation stands as it is, any other one in a code span. Control characters, line breaks and
 * characters that reorder or hide text are written `\u{202E}`. The caller puts something of its
 * own in front of it on the line, so that no word can open a list or a heading. */
void markdown_add_text(struct text *out, const char *string);

/* Adds lines as a fenced code block that no line of it can close. */
void markdown_add_code(struct text *out, const char *lines);

#endif
