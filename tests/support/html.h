/*
 * html.h: Markdown as rendered: the HTML, its elements, and the text of each. Returned texts live
 * until the test ends.
 */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>

/* Rendered by cmark-gfm, with all of GitHub's extensions and no filter, or by pandoc. */
const char *html_by_cmark(const char *path);
const char *html_by_pandoc(const char *path);
bool html_has_pandoc(void);

/* Fails if it has an element or an attribute that the writer never produces. */
void html_check_elements(const char *html);

/* The text of the next element that begins with begin (`<td`), at or after *at, which moves past
 * it: without tags, with character references resolved and white space squeezed. NULL if there is
 * none. */
const char *html_next(const char **at, const char *begin, const char *end);

/* The start of the section with that second-level heading; fails if there is none. */
const char *html_section(const char *html, const char *title);

/* The text that markup shows: white space is one space, and none at the ends. */
const char *html_squeezed(const char *text);

#endif
