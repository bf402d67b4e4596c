/*
 * mutation_oracle.h: decides whether bytes are JSON that the manual accepts, as far as jq does not:
 * jq accepts more. Shares no code with the product: the system converts encodings, and numbers are
 * a regular expression.
 */
#ifndef MUTATION_ORACLE_H
#define MUTATION_ORACLE_H

#include <stddef.h>

struct text;

/* jq reads no deeper. The answer is then MUTATION_TOO_DEEP, which is not a fault of the file. */
enum { MUTATION_DEPTH_MAX = 200 };
extern const char MUTATION_TOO_DEEP[];

/* What is wrong with the bytes although jq may accept them. If nothing is, returns "" and adds a
 * line for mutation.jq. */
const char *mutation_oracle(const char *bytes, size_t count, struct text *lines);

#endif
