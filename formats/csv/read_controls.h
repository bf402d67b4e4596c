/*
 * read_controls.h: reads the control table, a CSV file with the columns
 * `rule,framework,version,control,title,relation,conditions,rationale,origin`.
 */
#ifndef READ_CONTROLS_H
#define READ_CONTROLS_H

#include "rules/controls.h"

/* Read the built-in table, or the file at path. On failure they return false, and error is
 * `FILE:LINE: why`, or `FILE: why` if the file cannot be read. The pool owns the strings. */
bool read_controls_built_in(struct controls *controls, struct pool *pool, struct text *error);
bool read_controls_file(struct controls *controls, const char *path, struct pool *pool,
                        struct text *error);

#endif
