/*
 * intake.h: the PATHs of the command line to evidence: which files there are, which of them are
 * read, and what became of each. The rules of walking a folder are certaudit(1)'s.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include "model.h"
#include <sys/types.h>

/* A report that this run will write, where a file already stands: no input, and not overwritten
 * if it is one. */
struct intake_target {
    const char *path;
    dev_t device;
    ino_t inode;
};

/* Fills evidence->files (sorted by name) and observations. False where nothing may be reported: a
 * PATH that cannot be opened, or a target that is an input; error says which. evidence->pool is
 * set by the caller. */
bool intake_run(struct evidence *evidence, const char *const *paths, size_t path_count,
                const struct intake_target *targets, size_t target_count, struct text *error);

#endif
