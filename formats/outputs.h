/*
 * outputs.h: the reports that were asked for: each file staged beside its target, then standard
 * output, then all renamed.
 */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

struct progress;
struct publish;
struct report;
struct text;
struct writer;

struct output {
    const char *target; /* `-`: standard output */
    const struct writer *writer;
};

/* pack may be NULL; else the digest of its SHA256SUMS goes to standard output. progress, which may
 * be NULL, is stopped before anything goes there. False where a report
 * cannot be written: error says which, and nothing that stood there has changed. */
bool outputs_write(const struct report *report, const struct output *outputs, size_t count,
                   const char *pack, struct publish *publish, struct progress *progress,
                   struct text *error);

#endif
