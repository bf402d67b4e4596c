/* batch.c: see batch.h. */
#include "ingest/batch.h"
#include "base/memory.h"
#include "json/json_window.h"
#include <stdlib.h>
#include <string.h>

static void add_text(struct text *text, const struct json_document *document)
{
    char *copy = text_room(text, document->length + WINDOW_SLACK);

    memcpy(copy, document->text, document->length);
    memset(copy + document->length, 0, WINDOW_SLACK);
    text_take(text, document->length + WINDOW_SLACK);
}

void batch_add(struct batch *stretch, const struct json_document *document)
{
    size_t start = stretch->text.length;

    if (document->text != NULL)
        add_text(&stretch->text, document);
    stretch->documents = memory_grow(stretch->documents, &stretch->room, stretch->count + 1,
                                     sizeof *stretch->documents);
    stretch->documents[stretch->count++] = (struct batch_document){
        .start = start,
        .length = document->text == NULL ? 0 : stretch->text.length - start - WINDOW_SLACK,
        .first_number = stretch->number_count,
        .number_count = document->number_count,
        .number_longest = document->number_longest,
        .number = document->number,
        .line = document->line,
        .column = document->column,
    };
    if (document->number_count > 0) {
        stretch->numbers =
            memory_grow(stretch->numbers, &stretch->number_room,
                        stretch->number_count + document->number_count, sizeof *stretch->numbers);
        memcpy(stretch->numbers + stretch->number_count, document->numbers,
               document->number_count * sizeof *document->numbers);
        stretch->number_count += document->number_count;
    }
}

struct json_document batch_document(const struct batch *stretch, size_t index)
{
    const struct batch_document *document = &stretch->documents[index];

    return (struct json_document){
        .text =
            document->length > 0 ? (unsigned char *)stretch->text.bytes + document->start : NULL,
        .length = document->length,
        .number = document->number,
        .line = document->line,
        .column = document->column,
        .numbers = document->number_count > 0 ? stretch->numbers + document->first_number : NULL,
        .number_count = document->number_count,
        .number_longest = document->number_longest,
    };
}

void batch_clear(struct batch *stretch)
{
    text_clear(&stretch->text);
    stretch->count = 0;
    stretch->number_count = 0;
}

void batch_free(struct batch *stretch)
{
    text_free(&stretch->text);
    free(stretch->documents);
    free(stretch->numbers);
}
