/*
 * sums.h: lines that `sha256sum -c` checks (GNU coreutils): the digest, two spaces and the file's
 * name; a backslash, line feed or carriage return in a name is written \\, \n or \r, and then a
 * backslash begins the line.
 */
#ifndef SUMS_H
#define SUMS_H

#include "base/digest.h"
#include <stdbool.h>

struct evidence;
struct text;

void sums_add(struct text *text, const char *sha256, const char *name);

/* A line for each input file, by the path given; a `#` line for what cannot be read again. */
void sums_add_inputs(struct text *text, const struct evidence *evidence);

/* The SHA-256 of the file at path. False with errno set. */
bool sums_of_file(const char *path, char sha256[DIGEST_HEX]);

#endif
