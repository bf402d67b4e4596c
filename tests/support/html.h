/*
 * html.h: Markdown as renderers show it: the HTML that they make, which elements are in it, and the
 * text of each. What is returned lives until the test ends.
 */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>

/* By cmark-gfm, with every extension of GitHub and nothing filtered, or by pandoc. */
const char *html_by_cmark(const char *path);
const char *html_by_pandoc(const char *path);
bool html_has_pandoc(void);

/* Fails where an element is in it that no writer means, or an attribute. */
void html_check_elements(const char *html);

/* The text of the next element that is opened by begin (`<td`) at or after *at, which moves past
 * it: without tags, character references resolved, squeezed. NULL where there is none more. */
const char *html_next(const char **at, const char *begin, const char *end);

/* Where the section of that second-level heading begins, which must be there. */
const char *html_section(const char *html, const char *title);

/* The text that markup shows: runs of white space are one space, none at the ends. */
const char *html_squeezed(const char *text);

#endif
