/*
 * paths.h: the files and folders that the options name: do they exist, would a report overwrite an
 * input, what may the sandbox leave accessible. Looks at names only; opens no files.
 */
#ifndef PATHS_H
#define PATHS_H

#include "base/sandbox.h"
#include <stdbool.h>
#include <stddef.h>

struct options;
struct pool;
struct text;

/* Whether all inputs exist. If not, error names the first that does not. */
bool paths_exist(const struct options *options, struct text *error);

/* Enters the sandbox, which leaves only the files and folders of the options accessible. The pool
 * keeps temporary strings. False as sandbox_enter. */
bool paths_confine(const struct options *options, struct pool *pool, struct sandbox *sandbox,
                   struct text *error);

/* Whether every report has a path of its own and none, nor a redirected standard output or error,
 * would overwrite an input. baseline is the file that was read for --baseline, or NULL. If not,
 * error says which and why. */
bool paths_check(const struct options *options, const char *baseline, struct text *error);

/* The PATHs as reports print them: sorted, without duplicates, so that their order and number on
 * the command line do not matter. They belong to the pool; *count is set. */
const char **paths_printable(const struct options *options, struct pool *pool, size_t *count);

#endif
