/*
 * batch.h: copies of checked documents of one file, from the thread that reads the file to the one
 * that makes their trees.
 */
#ifndef BATCH_H
#define BATCH_H

#include "base/text.h"
#include "json/json.h"

struct batch_document {
    struct json_document document; /* with the text of the original: */
    size_t start;                  /* of the copy, in the batch's text */
};

/* All zeros at first; freed with batch_free. */
struct batch {
    struct text text;
    struct batch_document *documents;
    size_t count, room;
};

/* What fills a batch: enough that handing it over costs little compared with making its trees, and
 * so little that waiting batches need little memory. */
enum { BATCH_BYTES = 256 * 1024, BATCH_DOCUMENTS = 4096 };
bool batch_is_full(const struct batch *batch);

/* Adds a copy of the document, or an empty top-level array, which has no text. */
void batch_add(struct batch *batch, const struct json_document *document);

/* The document at the index; valid until the batch changes. */
struct json_document batch_document(const struct batch *batch, size_t index);

/* Removes the documents and keeps the memory. */
void batch_clear(struct batch *batch);
void batch_free(struct batch *batch);

#endif
