/*
 * batch.h: checked documents of one file, one after another, whose trees are not made yet: the
 * thread that reads the file fills a batch, and any thread can go on with it.
 */
#ifndef BATCH_H
#define BATCH_H

#include "base/text.h"
#include "json/json.h"

struct batch_document {
    size_t start, length; /* of its text; an empty top-level array has none */
    size_t first_number;
    size_t number_count, number_longest;
    size_t number, line, column;
    bool names_differ;
};

/* All zeros at first; batch_free frees what it owns. */
struct batch {
    struct text text;
    struct batch_document *documents;
    size_t count, room;
    uint32_t *numbers;
    size_t number_count, number_room;
};

/* A batch is full with that much: then handing it over costs little compared with making its trees,
 * and the batches that wait take little memory. */
enum { BATCH_BYTES = 256 * 1024, BATCH_DOCUMENTS = 4096 };
bool batch_is_full(const struct batch *batch);

/* Adds a copy of the document, without what no reader looks at, or the position of an empty
 * top-level array. */
void batch_add(struct batch *batch, const struct json_document *document);

/* The document of that index; valid until the batch changes. */
struct json_document batch_document(const struct batch *batch, size_t index);

void batch_clear(struct batch *batch);
void batch_free(struct batch *batch);

#endif
