/* writers.c: see writers.h. */
#include "writers.h"
#include "text.h"
#include <errno.h>
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

static bool refuse(struct text *error, const char *name, const char *why)
{
    text_add_visible(error, name);
    text_addf(error, ": cannot be written: %s", why);
    return false;
}

FILE *writers_open(const char *path, const char *name, struct text *error)
{
    FILE *stream = fopen(path, "wb");
    if (stream == NULL)
        refuse(error, name, strerror(errno));
    return stream;
}

bool writers_close(FILE *stream, bool fine, const char *name, struct text *error)
{
    int number = errno;
    if (fclose(stream) != 0 && fine) {
        fine = false;
        number = errno;
    }
    return fine || refuse(error, name, strerror(number));
}

bool writers_write(const struct writer *writer, const struct report *report, const char *path,
                   const char *scratch, const char *name, struct text *error)
{
    if (writer->to_path == NULL) {
        FILE *stream = writers_open(path, name, error);
        return stream != NULL &&
               writers_close(stream, writer->to_stream(report, stream), name, error);
    }
    struct text why = TEXT_EMPTY;
    bool fine = writer->to_path(report, path, scratch, &why);
    if (!fine)
        refuse(error, name, text_string(&why));
    text_free(&why);
    return fine;
}
