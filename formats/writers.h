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
    /* Writes the report to stream, and flushes it; false with errno set. NULL for a writer that has
     * the other two. */
    bool (*to_stream)(const struct report *report, FILE *stream);
    /* Begins a new file at path, with temporary files in the folder scratch, and does what several
     * threads can share. finish does the rest, on any thread, one file at a time: it frees what
     * begin returned, and checks that the file is complete. If it is not, it removes the file and
     * returns false, with the reason in error. */
    void *(*begin)(const struct report *report, const char *path, const char *scratch);
    bool (*finish)(void *begun, struct text *error);
    bool findings_alone; /* Findings is the only table that it shows */
};

extern const struct writer write_csv;
extern const struct writer write_xlsx;
extern const struct writer write_markdown;

/* All writers; ends with NULL. */
extern const struct writer *const writers[];

/* A file to write; it exists, and is empty. */
struct writers_file {
    const char *path, *name;     /* name: for messages */
    const char *scratch;         /* a folder, for a writer that has begin */
    const struct writer *writer; /* NULL: one table as CSV */
    const struct table *table;
    bool summed; /* sha256, of what was written, is wanted */
    char sha256[DIGEST_HEX];
    /* For writers_write: */
    void *begun;
    struct text error;
};

/* Writes the files, several at a time. False if some cannot be written; error is about the first
 * one, in the order of files. */
bool writers_write(const struct report *report, struct writers_file *files, size_t count,
                   struct text *error);

#endif
