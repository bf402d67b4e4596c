/*
 * read_waivers.h: reads the waiver register, a CSV file with the columns
 * `rule,arn,owner,approver,approved,reason,ticket,expires`.
 */
#ifndef READ_WAIVERS_H
#define READ_WAIVERS_H

#include "audit/waivers.h"

/* On failure it returns false, and error is `FILE:LINE: why`, or `FILE: why` if the file cannot be
 * read. The pool owns the strings. */
bool read_waivers(struct waivers *waivers, const char *path, struct pool *pool, struct text *error);

#endif
