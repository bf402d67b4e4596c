/*
 * reader.h: what a reader is: it claims documents by their members, and turns them into
 * observations. Each is a constant record in a file of its own.
 */
#ifndef READER_H
#define READER_H

#include "evidence/partial.h"
#include <cjson/cJSON.h>

/* A certificate's ARN in what no reader reads. */
struct sighting {
    struct sighting *next;
    size_t number; /* from 0 */
    const char *pointer, *arn;
    enum service service;
};

/* What no reader reads; see unread.h. */
struct unread {
    size_t records;
    const char *first, *advice; /* of the first record: its pointer, and what to provide instead;
                                   NULL if there is nothing to name */
    struct sighting *sightings; /* the last one first */
    size_t sighting_count;
};

/* The document that is being read. */
struct reading {
    struct partial *part; /* what it says is added here */
    struct pool *pool;    /* for what does not outlive its tree */
    size_t document, line, column;
    struct unread unread;
};

struct reader {
    const char *kind; /* the command, as Evidence names it */
    bool (*claims)(const cJSON *root);
    /* False if nothing in the document can be used; then a problem says why. */
    bool (*read)(struct reading *reading, const cJSON *root);
};

#endif
