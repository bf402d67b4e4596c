/*
 * read_waivers.h: the waiver register from CSV:
 * `rule,arn,owner,approver,approved,reason,ticket,expires`.
 */
#ifndef READ_WAIVERS_H
#define READ_WAIVERS_H

#include "audit/waivers.h"

/* Reads the file at path. False where a line is bad: error says `FILE:LINE: why`, or why the file
 * cannot be read. Strings are the pool's. */
bool read_waivers(struct waivers *waivers, const char *path, struct pool *pool, struct text *error);

#endif
