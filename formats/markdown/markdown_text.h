/*
 * markdown_text.h: text that no Markdown renderer takes for markup: not cmark-gfm with all of
 * GitHub's extensions, not pandoc's gfm, and not the filters that GitHub applies afterwards (emoji,
 * mathematics, mentions). For paragraphs, headings, list items and table cells.
 */
#ifndef MARKDOWN_TEXT_H
#define MARKDOWN_TEXT_H

struct text;

/* Adds the words of string on one line. Words of letters, digits and harmless punctuation are
 * written as they are, others as code spans. Control characters, line breaks and characters that
 * reorder or hide text are written as `\u{202E}`. The line must begin with text of the caller, so
 * that no word begins a list or a heading. */
void markdown_add_text(struct text *out, const char *string);

/* Adds lines as a code block with a fence that no line can close. */
void markdown_add_code(struct text *out, const char *lines);

#endif
