/*
 * writer.h: what a writer is: it turns a report into one file. Each is a constant record in a file
 * of its own, and knows the report and one outside format.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stdio.h>

struct report;
struct text;

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

#endif
