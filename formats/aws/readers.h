/*
 * readers.h: the table of exports that can be read. A reader claims a document by an exact yes or
 * no on its members, and turns it into observations. No reader knows another; where none or more
 * than one claims a document, it is not used.
 */
#ifndef READERS_H
#define READERS_H

#include "evidence/partial.h"
#include <cjson/cJSON.h>

/* The document that is being read, and where what it says goes. */
struct reading {
    struct partial *part;
    struct pool *pool; /* of the document's tree: what does not outlive it */
    size_t document, line, column;
};

struct reader {
    const char *kind; /* the command, as Evidence names it */
    bool (*claims)(const cJSON *root);
    /* False where nothing in the document can be used; a problem says why. */
    bool (*read)(struct reading *reading, const cJSON *root);
};

extern const struct reader read_acm_describe;
extern const struct reader read_acm_list;
extern const struct reader read_acm_description;
extern const struct reader read_acm_summary;
extern const struct reader read_iam_get;
extern const struct reader read_iam_list;
extern const struct reader read_iam_metadata;
extern const struct reader read_iam_upload;

/* All readers; ends with NULL. */
extern const struct reader *const readers[];

/* Reads one whole document of the file: notes a problem where it cannot be used. */
void readers_read(struct reading *reading, const cJSON *root);

#endif
