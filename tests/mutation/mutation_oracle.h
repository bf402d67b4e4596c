/*
 * mutation_oracle.h: whether bytes are JSON that the manual takes, as far as jq does not tell: its
 * reader is laxer. What it takes is put down for broken.jq to judge. Owes nothing to the product's
 * reader: encodings are the system's, numbers are a regular expression.
 */
#ifndef BROKEN_ORACLE_H
#define BROKEN_ORACLE_H

#include <stddef.h>

struct text;

/* jq reads no deeper; then broken_oracle says BROKEN_TOO_DEEP, which is no flaw. */
enum { BROKEN_DEPTH_MAX = 200 };
extern const char BROKEN_TOO_DEEP[];

/* What jq would take all the same, or "" where there is nothing of the kind. Adds a line for
 * broken.jq then. */
const char *broken_oracle(const char *bytes, size_t count, struct text *lines);

#endif
