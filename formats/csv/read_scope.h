/*
 * read_scope.h: the expected population from CSV:
 * `account,region,service,name,owner,environment,in_scope,note`.
 */
#ifndef READ_SCOPE_H
#define READ_SCOPE_H

#include "audit/scope.h"

/* Reads the file at path. False where a line is bad: error says `FILE:LINE: why`, or why the file
 * cannot be read. Strings are the pool's. */
bool read_scope(struct scope *scope, const char *path, struct pool *pool, struct text *error);

#endif
