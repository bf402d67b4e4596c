/*
 * readers.h: the table of exports that can be read. Readers do not know each other: a document that
 * none or more than one claims is not used.
 */
#ifndef READERS_H
#define READERS_H

#include "aws/reader.h"

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

/* Reads a whole document, or adds a problem if it cannot be used. */
void readers_read(struct reading *reading, const cJSON *root);

#endif
