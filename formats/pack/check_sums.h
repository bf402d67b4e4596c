/*
 * check_sums.h: checks that a pack is as it was written: that its SHA256SUMS names findings.csv,
 * and that all files that it names have the digests in it.
 */
#ifndef CHECK_SUMS_H
#define CHECK_SUMS_H

#include <stdbool.h>

struct text;

/* False if the folder is not an unchanged pack: error is then `FILE: why`. */
bool check_sums(const char *folder, struct text *error);

#endif
