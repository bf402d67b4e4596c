/*
 * build_info.h: the version, commit and SHA-256 of this program, so that a report can be traced to
 * a release.
 */
#ifndef BUILD_INFO_H
#define BUILD_INFO_H

#include <stdbool.h>

struct pool;
struct text;

/* `0.1.0`. */
extern const char build_info_version[];

/* The commit that it was built from, as 40 hexadecimal digits; `not known` if the source tree had
 * changes or was not a Git checkout. */
extern const char build_info_commit[];

/* Sets *sha256 to the digest of the running program's file, in the pool, or to `not known` if /proc
 * is not mounted or the file was removed. False with the reason in error if the file cannot be
 * read. Must be called before sandbox_enter. */
bool build_info_find_sha256(const char **sha256, struct pool *pool, struct text *error);

#endif
