/* batch.c: see batch.h. */
#include "ingest/batch.h"
#include "base/memory.h"
#include "json/json_window.h"
#include <stdlib.h>
#include <string.h>

void batch_add(struct batch *batch, const struct json_document *document)
{
    batch->documents =
        memory_grow(batch->documents, &batch->room, batch->count + 1, sizeof *batch->documents);
    batch->documents[batch->count++] = (struct batch_document){*document, batch->text.length};
    if (document->text != NULL) {
        char *copy = text_room(&batch->text, document->length + WINDOW_SLACK);

        memcpy(copy, document->text, document->length);
        memset(copy + document->length, 0, WINDOW_SLACK);
        text_take(&batch->text, document->length + WINDOW_SLACK);
    }
}

bool batch_is_full(const struct batch *batch)
{
    return batch->text.length >= BATCH_BYTES || batch->count >= BATCH_DOCUMENTS;
}

struct json_document batch_document(const struct batch *batch, size_t index)
{
    struct json_document document = batch->documents[index].document;

    if (document.text != NULL)
        document.text = (unsigned char *)batch->text.bytes + batch->documents[index].start;
    return document;
}

void batch_clear(struct batch *batch)
{
    text_clear(&batch->text);
    batch->count = 0;
}

void batch_free(struct batch *batch)
{
    text_free(&batch->text);
    free(batch->documents);
}
