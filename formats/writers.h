/* writers.h: the table of writers, and several files written at a time. */
#ifndef WRITERS_H
#define WRITERS_H

#include "base/digest.h"
#include "base/text.h"
#include "writer.h"

struct table;

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
