/*
 * paths.h: the files and folders that a command line names: whether they are there, what is
 * read and what is written keep apart, and what the sandbox leaves within reach. Part of the
 * wiring, as options.h.
 */
#ifndef PLACES_H
#define PLACES_H

#include "base/sandbox.h"
#include <stdbool.h>
#include <stddef.h>

struct options;
struct pool;
struct text;

/* Whether every file and folder to be read exists. False: error says which does not. */
bool paths_exist(const struct options *options, struct text *error);

/* Confines the process to what the options name, and baseline, the file that is read of the
 * baseline, or NULL. The pool is for the time being. */
struct sandbox paths_confine(const struct options *options, const char *baseline,
                             struct pool *pool);

/* Whether every report has a place of its own, and none is that of a file that is read, of which
 * baseline (the file, or NULL) is one. False: error says which. */
bool paths_check(const struct options *options, const char *baseline, struct text *error);

/* The PATHs as reports name them, sorted and each once: how often and in which order they stood on
 * the command line is no matter. *count of them; they are the pool's. */
const char **paths_printable(const struct options *options, struct pool *pool, size_t *count);

#endif
