/*
 * read_baseline.h: the findings of an earlier report: a findings.csv (`rule`, `arn` and `result`
 * at least), or a pack's folder, which holds one.
 */
#ifndef READ_BASELINE_H
#define READ_BASELINE_H

#include "audit/baseline.h"

/* Reads the file or the pack at path. False where it is no such thing: error says `FILE:LINE: why`,
 * or why it cannot be read. Strings are the pool's. */
bool read_baseline(struct baseline *baseline, const char *path, struct pool *pool,
                   struct text *error);

/* The file that read_baseline reads: a pack's findings.csv; path itself where it is no folder. */
const char *read_baseline_file(const char *path, struct pool *pool);

#endif
