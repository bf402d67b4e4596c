/* inputs.h: the input files of a report, for their digests. */
#ifndef REPORT_INPUTS_H
#define REPORT_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

struct report;

/* Strings belong to the report. */
struct report_input {
    const char *path;   /* to open it, byte for byte */
    const char *name;   /* printable */
    const char *sha256; /* NULL if the file was not read to its end */
    size_t bytes;
    bool passing; /* standard input or a FIFO, which can be read only once */
};

/* Sets *input to the input of that number, from 0. False after the last one. */
bool report_input(const struct report *report, size_t number, struct report_input *input);

#endif
