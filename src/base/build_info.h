/*
 * build_info.h: which program this is: so that what it wrote can be held against the released
 * files.
 */
#ifndef BUILD_INFO_H
#define BUILD_INFO_H

#include <stdbool.h>

struct pool;
struct text;

/* `0.1.0`. */
extern const char build_info_version[];

/* The commit that it was built from, forty hexadecimal digits; `not known` where the tree had
 * changes, or was under no version control. */
extern const char build_info_commit[];

/* Sets *sha256 to that of the file that is running, in the pool; to `not known` where it cannot be
 * told, for want of /proc, or since the file is gone. False with what is wrong in error where it
 * cannot be read. To be called before the sandbox takes it out of reach. */
bool build_info_find_sha256(const char **sha256, struct pool *pool, struct text *error);

#endif
