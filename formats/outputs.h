/*
 * outputs.h: writes the reports of a run: each file under a temporary name next to its target, then
 * standard output; then all files are renamed.
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

/* pack: its folder, or NULL; the digest of its SHA256SUMS is printed on standard output once it is
 * in its place. The report's progress is stopped before anything is printed there. False, with the
 * reason in error, if a report cannot be written; then no earlier report has changed. Also false if
 * only the digest cannot be printed; then the reports are complete, and error contains it. */
bool outputs_write(const struct report *report, const struct output *outputs, size_t count,
                   const char *pack, struct publish *publish, struct text *error);

#endif
