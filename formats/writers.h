/*
 * writers.h: the table of report formats. A writer turns a report into one file; it knows the
 * tables of report.h and one outside format.
 */
#ifndef WRITERS_H
#define WRITERS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/digest.h"
#include "base/text.h"

struct report;
struct table;

struct writer {
    const char *format; /* for --format: `csv` */
    const char *ending; /* `.csv` */
    /* Writes the report to stream, and flushes it; false with errno set. NULL for a writer that
     * has the other two. */
    bool (*to_stream)(const struct report *report, FILE *stream);
    /* Begins a new file at path, with temporary files in the folder scratch, and does what the
     * report's workers can share. What it returns goes to finish, on any thread, one at a time,
     * which does the rest, frees it, and proves that the file is whole. False with what went wrong
     * in error; the file is then removed. */
    void *(*begin)(const struct report *report, const char *path, const char *scratch);
    bool (*finish)(void *begun, struct text *error);
    bool findings_alone; /* it shows no other table than Findings */
};

extern const struct writer write_csv;
extern const struct writer write_xlsx;
extern const struct writer write_markdown;

/* All of them; ends with NULL. */
extern const struct writer *const writers[];

/* A file of a report, that is there and empty. */
struct writers_file {
    const char *path, *name;     /* name: what it is called in messages */
    const char *scratch;         /* a folder, for a writer that begins and finishes */
    const struct writer *writer; /* or NULL: */
    const struct table *table;   /* one table as CSV */
    bool summed;                 /* wanted: sha256, of what was written */
    char sha256[DIGEST_HEX];
    /* For writers.c. */
    void *begun;
    struct text error;
};

/* Writes the files, several at a time. False where one cannot be written: error says what is wrong
 * with the first such, in the order of files. */
bool writers_write(const struct report *report, struct writers_file *files, size_t count,
                   struct text *error);

#endif
