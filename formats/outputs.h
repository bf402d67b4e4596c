/*
 * outputs.h: the reports that were asked for: each file staged beside its target, then standard
 * output, then all renamed.
 */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

struct publish;
struct report;
struct text;
struct writer;

struct output {
    const char *target; /* `-`: standard output */
    const struct writer *writer;
};

/* pack may be NULL; else the digest of its SHA256SUMS is printed on standard output. The report's
 * progress is stopped before anything is printed there. False if a report cannot be written: error
 * names it, and nothing that was there before has changed. */
bool outputs_write(const struct report *report, const struct output *outputs, size_t count,
                   const char *pack, struct publish *publish, struct text *error);

#endif
