/*
 * read_scope.h: reads the expected accounts and regions, a CSV file with the columns
 * `account,region,service,name,owner,environment,in_scope,note`.
 */
#ifndef READ_SCOPE_H
#define READ_SCOPE_H

#include "audit/scope.h"

/* On failure it returns false, and error is `FILE:LINE: why`, or `FILE: why` if the file cannot be
 * read. The pool owns the strings. */
bool read_scope(struct scope *scope, const char *path, struct pool *pool, struct text *error);

#endif
