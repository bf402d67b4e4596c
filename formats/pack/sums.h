/*
 * sums.h: digests in the format of `sha256sum -c` (GNU coreutils): the digest, two spaces and the
 * file name. If the name contains a backslash, line feed or carriage return, these are written \\,
 * \n and \r, and the line starts with a backslash.
 */
#ifndef SUMS_H
#define SUMS_H

struct report;
struct text;

void sums_add(struct text *text, const char *sha256, const char *name);

/* Adds a line for each input file, with its path as given; a comment for standard input and pipes.
 */
void sums_add_inputs(struct text *text, const struct report *report);

#endif
