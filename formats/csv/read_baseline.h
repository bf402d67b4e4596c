/*
 * read_baseline.h: reads the findings of an earlier report, from a findings.csv (with at least the
 * columns `rule`, `arn` and `result`) or a pack, a folder that contains one.
 */
#ifndef READ_BASELINE_H
#define READ_BASELINE_H

#include "audit/baseline.h"

/* as_of is that of this run: a report of a later time is refused. On failure it returns false, and
 * error is `FILE:LINE: why`, or `FILE: why` if the file cannot be read. The pool owns the strings.
 */
bool read_baseline(struct baseline *baseline, const char *path, const struct timestamp *as_of,
                   struct pool *pool, struct text *error);

/* Whether the path is a folder, whose findings.csv is read. */
bool read_baseline_is_pack(const char *path);

#endif
