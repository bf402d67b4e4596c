/* writers.c: see writers.h. */
#include "writers.h"
#include "text.h"
#include <string.h>

static const struct writer *const writers[] = {&write_csv, &write_markdown, &write_xlsx};

enum { WRITER_COUNT = sizeof writers / sizeof writers[0] };

const struct writer *writers_for_path(const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        size_t ending = strlen(writers[i]->ending);
        if (length >= ending && text_same_folded(path + length - ending, writers[i]->ending)) {
            return writers[i];
        }
    }
    return NULL;
}

const struct writer *writers_for_format(const char *format)
{
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        if (text_same_folded(format, writers[i]->format)) {
            return writers[i];
        }
    }
    return NULL;
}

void writers_add_endings(struct text *text)
{
    size_t mark = text->length;
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        text_add_separator(text, mark, " ");
        text_add(text, writers[i]->ending);
    }
}
