/*
 * inputs.h: from the PATHs of the command line to evidence: which files there are, which of them
 * are read, and what became of each. certaudit(1) has the rules for folders.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "evidence/evidence.h"

struct progress;
struct thread_pool;

/* Fills evidence->files (sorted by name), records and listings; the caller has set evidence->pool.
 * targets: the reports of this run, which are not inputs of a folder. False, with the reason in
 * error and nothing added to the evidence, if a PATH cannot be opened, is a device, can be read
 * only once and was given twice, or is a target. threads and progress may be NULL; progress is told
 * the bytes of all inputs, and those that are read. */
bool inputs_read(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, struct thread_pool *threads,
                 struct progress *progress, struct text *error);

#endif
