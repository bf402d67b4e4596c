/* batch.c: see batch.h. */
#include "ingest/batch.h"
#include "base/memory.h"
#include "json/json_scan.h"
#include "json/json_window.h"
#include <stdlib.h>
#include <string.h>

/* Copies the text without what was cut: a third of a description is white space, and a quarter of
 * its nodes are in members that no reader uses. If names or numbers have to be found in the text
 * again, it is copied unchanged. */
static void add_text(struct text *text, const struct json_document *document)
{
    const unsigned char *bytes = document->text;
    char *room = text_room(text, document->length + WINDOW_SLACK), *next = room;
    size_t from = 0, cuts = document->cut_count;

    if (!document->names_differ || document->number_count > 0)
        cuts = 0;
    for (size_t i = 0; i < cuts; i++) {
        size_t length = document->cuts[i].start - from;

        memcpy(next, bytes + from, length);
        next += length;
        from = document->cuts[i].end;
    }
    memcpy(next, bytes + from, document->length - from);
    next += document->length - from;
    memset(next, 0, WINDOW_SLACK);
    text_take(text, (size_t)(next - room) + WINDOW_SLACK);
}

void batch_add(struct batch *batch, const struct json_document *document)
{
    size_t start = batch->text.length;

    if (document->text != NULL)
        add_text(&batch->text, document);
    batch->documents =
        memory_grow(batch->documents, &batch->room, batch->count + 1, sizeof *batch->documents);
    batch->documents[batch->count++] = (struct batch_document){
        .start = start,
        .length = document->text == NULL ? 0 : batch->text.length - start - WINDOW_SLACK,
        .first_number = batch->number_count,
        .number_count = document->number_count,
        .number_longest = document->number_longest,
        .number = document->number,
        .line = document->line,
        .column = document->column,
        .names_differ = document->names_differ,
    };
    if (document->number_count > 0) {
        batch->numbers =
            memory_grow(batch->numbers, &batch->number_room,
                        batch->number_count + document->number_count, sizeof *batch->numbers);
        memcpy(batch->numbers + batch->number_count, document->numbers,
               document->number_count * sizeof *document->numbers);
        batch->number_count += document->number_count;
    }
}

bool batch_is_full(const struct batch *batch)
{
    return batch->text.length >= BATCH_BYTES || batch->count >= BATCH_DOCUMENTS;
}

struct json_document batch_document(const struct batch *batch, size_t index)
{
    const struct batch_document *document = &batch->documents[index];

    return (struct json_document){
        .text = document->length > 0 ? (unsigned char *)batch->text.bytes + document->start : NULL,
        .length = document->length,
        .number = document->number,
        .line = document->line,
        .column = document->column,
        .numbers = document->number_count > 0 ? batch->numbers + document->first_number : NULL,
        .number_count = document->number_count,
        .number_longest = document->number_longest,
        .names_differ = document->names_differ,
    };
}

void batch_clear(struct batch *batch)
{
    text_clear(&batch->text);
    batch->count = 0;
    batch->number_count = 0;
}

void batch_free(struct batch *batch)
{
    text_free(&batch->text);
    free(batch->documents);
    free(batch->numbers);
}
