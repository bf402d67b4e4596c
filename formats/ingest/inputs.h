/*
 * inputs.h: the PATHs of the command line to evidence: which files there are, which of them are
 * read, and what became of each. The rules of walking a folder are certaudit(1)'s.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "evidence/evidence.h"

struct progress;

/* Fills evidence->files (sorted by name) and records. False where nothing may be reported: a PATH
 * that cannot be opened, one that can be read once and is named twice, or a target that is an
 * input; error says which. evidence->pool is set by the caller. targets: the places where this run
 * will put reports; what stands there is no input of a folder. jobs: threads, 1 to LIMIT_JOBS.
 * progress, which may be NULL, is told of the bytes of all inputs, and of those that are read. */
bool inputs_read(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, size_t jobs,
                 struct progress *progress, struct text *error);

#endif
