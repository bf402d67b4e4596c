/* stretch.c: see stretch.h. */
#include "stretch.h"
#include "json_window.h"
#include "memory.h"
#include <stdlib.h>
#include <string.h>

void stretch_add(struct stretch *stretch, const struct json_document *document)
{
    static const char slack[WINDOW_SLACK] = {0};

    stretch->documents = memory_grow(stretch->documents, &stretch->room, stretch->count + 1,
                                     sizeof *stretch->documents);
    stretch->documents[stretch->count++] = (struct stretch_document){
        stretch->text.length,     document->length, stretch->number_count, document->number_count,
        document->number_longest, document->number, document->line,        document->column};
    if (document->text != NULL) {
        text_add_bytes(&stretch->text, (const char *)document->text, document->length);
        text_add_bytes(&stretch->text, slack, sizeof slack);
    }
    if (document->number_count > 0) {
        stretch->numbers =
            memory_grow(stretch->numbers, &stretch->number_room,
                        stretch->number_count + document->number_count, sizeof *stretch->numbers);
        memcpy(stretch->numbers + stretch->number_count, document->numbers,
               document->number_count * sizeof *document->numbers);
        stretch->number_count += document->number_count;
    }
}

struct json_document stretch_document(const struct stretch *stretch, size_t index)
{
    const struct stretch_document *document = &stretch->documents[index];

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

void stretch_clear(struct stretch *stretch)
{
    text_clear(&stretch->text);
    stretch->count = 0;
    stretch->number_count = 0;
}

void stretch_free(struct stretch *stretch)
{
    text_free(&stretch->text);
    free(stretch->documents);
    free(stretch->numbers);
}
