/*
 * batch.h: checked documents of one file, one behind the other, whose trees are still to be made:
 * what the thread that reads a file hands to another one.
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
};

/* All zeros at first; what it holds is the owner's to free. */
struct batch {
    struct text text;
    struct batch_document *documents;
    size_t count, room;
    uint32_t *numbers;
    size_t number_count, number_room;
};

/* Bytes of text with which a stretch is long enough: then handing it over costs little beside
 * making its trees, and what lies in wait is small. */
enum { BATCH_BYTES = 256 * 1024 };

/* Adds a copy of the document, or of an empty top-level array, which has no text. */
void batch_add(struct batch *stretch, const struct json_document *document);

/* The document of that index; good as long as the stretch is not changed. */
struct json_document batch_document(const struct batch *stretch, size_t index);

void batch_clear(struct batch *stretch);
void batch_free(struct batch *stretch);

#endif
