/*
 * writers.h: the table of report formats. A writer turns a report into one file; it knows the
 * tables of report.h and one outside format.
 */
#ifndef WRITERS_H
#define WRITERS_H

#include <stdbool.h>
#include <stdio.h>

struct report;
struct text;

struct writer {
    const char *format; /* for --format: `csv` */
    const char *ending; /* `.csv` */
    /* Either of the two is set. Writes the report to stream, and flushes it; false with errno set.
     */
    bool (*to_stream)(const struct report *report, FILE *stream);
    /* Writes the report to a new file at path, with temporary files in the folder scratch, and
     * proves that it is whole. False with what went wrong in error; the file is then removed. */
    bool (*to_path)(const struct report *report, const char *path, const char *scratch,
                    struct text *error);
};

extern const struct writer write_csv;
extern const struct writer write_xlsx;
extern const struct writer write_markdown;

/* Writes the report by the writer to the file at path, which is there and empty. False with what
 * is wrong in error; name is what it is called there. scratch is a folder for a writer that has
 * to_path. */
bool writers_write(const struct writer *writer, const struct report *report, const char *path,
                   const char *scratch, const char *name, struct text *error);

/* The file at path, to be written; NULL where it cannot be opened. */
FILE *writers_open(const char *path, const char *name, struct text *error);

/* Closes it. False where that fails, or where fine, what writing gave, is false; errno is then
 * still that write's. */
bool writers_close(FILE *stream, bool fine, const char *name, struct text *error);

/* By the ending of path, case disregarded; NULL where none fits. */
const struct writer *writers_for_path(const char *path);
/* By name; NULL where there is none. */
const struct writer *writers_for_format(const char *format);
/* Adds the endings, as `.csv .md .xlsx`. */
void writers_add_endings(struct text *text);

#endif
