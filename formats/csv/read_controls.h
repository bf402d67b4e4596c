/*
 * read_controls.h: the control table from CSV:
 * `rule,framework,version,control,title,relation,conditions,rationale,origin`.
 */
#ifndef READ_CONTROLS_H
#define READ_CONTROLS_H

#include "rules/controls.h"

/* Reads the table that is built in, or the file at path. False where a line is bad: error says
 * `FILE:LINE: why`, or why the file cannot be read. Strings are the pool's. */
bool read_controls_built_in(struct controls *controls, struct pool *pool, struct text *error);
bool read_controls_file(struct controls *controls, const char *path, struct pool *pool,
                        struct text *error);

#endif
