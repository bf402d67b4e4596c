/*
 * markdown_findings.h: the open findings in Markdown: for each rule a table of them, then a block
 * for each, which says what is wrong, what to do, and where it is seen.
 */
#ifndef MARKDOWN_FINDINGS_H
#define MARKDOWN_FINDINGS_H

struct markdown;

/* Adds a section of its own for each rule that was applied, below a heading of the second level. */
void markdown_add_findings(struct markdown *markdown);

#endif
