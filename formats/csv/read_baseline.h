/*
 * read_baseline.h: reads the findings of an earlier report, from a findings.csv (with at least the
 * columns `rule`, `arn` and `result`) or a pack, a folder that contains one.
 */
#ifndef READ_BASELINE_H
#define READ_BASELINE_H

#include "audit/baseline.h"

/* On failure it returns false, and error is `FILE:LINE: why`, or `FILE: why` if the file cannot be
 * read. The pool owns the strings. */
bool read_baseline(struct baseline *baseline, const char *path, struct pool *pool,
                   struct text *error);

/* The file that read_baseline reads: findings.csv in it if path is a folder, else path itself. */
const char *read_baseline_file(const char *path, struct pool *pool);

#endif
