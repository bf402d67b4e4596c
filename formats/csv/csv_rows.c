/* csv_rows.c: libcsv, fed row by row, since it does not count lines. */
#include "csv/csv_rows.h"
#include "base/file.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NOWHERE ((size_t)-1)

struct parse {
    const char *name;
    struct pool *pool;
    struct text *error;
    const struct csv_shape *shape;
    struct csv_rows *rows;
    size_t line;     /* that is being fed */
    size_t row_line; /* where the row began */
    bool in_row, row_ended, header_seen, failed;
    const char **fields; /* of the row so far */
    size_t field_count, field_room;
    size_t *places; /* of each column, in the header */
    size_t header_count;
};

bool csv_rows_refuse(struct text *error, const char *name, size_t line, const char *why,
                     const char *value)
{
    text_add_visible(error, name);
    text_addf(error, ":%zu: %s", line, why);
    text_add_visible(error, value);
    return false;
}

/* Only the first fault is told. */
static void fail(struct parse *parse, const char *why, const char *detail)
{
    if (!parse->failed)
        parse->failed = !csv_rows_refuse(parse->error, parse->name, parse->row_line, why, detail);
}

static bool is_utf8(const char *text)
{
    while (*text != '\0') {
        size_t length = text_character(text);
        if (length == 0)
            return false;
        text += length;
    }
    return true;
}

static void take_field(void *bytes, size_t size, void *context)
{
    struct parse *parse = context;
    const char *field = pool_copy(parse->pool, bytes != NULL ? bytes : "", size);
    if (strlen(field) != size)
        fail(parse, "a NUL character stands in the row", "");
    else if (!is_utf8(field))
        fail(parse, "the row is not UTF-8: save the file as UTF-8", "");
    parse->fields = memory_grow(parse->fields, &parse->field_room, parse->field_count + 1,
                                sizeof(const char *));
    parse->fields[parse->field_count++] = field;
}

static void take_header(struct parse *parse)
{
    const struct csv_shape *shape = parse->shape;
    parse->header_seen = true;
    parse->header_count = parse->field_count;
    parse->places = memory_resize(NULL, shape->count, sizeof(size_t));
    for (size_t i = 0; i < shape->count; i++) {
        size_t found = 0;
        parse->places[i] = NOWHERE;
        for (size_t j = 0; j < parse->field_count; j++) {
            if (strcmp(parse->fields[j], shape->columns[i]) != 0)
                continue;
            parse->places[i] = j;
            found++;
        }
        if (found > 1)
            fail(parse, "the header repeats the column ", shape->columns[i]);
        else if (found == 0 && i < shape->required)
            fail(parse, "the header lacks the column ", shape->columns[i]);
    }
}

static void take_row(int terminator, void *context)
{
    struct parse *parse = context;
    (void)terminator;
    if (!parse->header_seen) {
        take_header(parse);
    } else if (parse->field_count != parse->header_count) {
        fail(parse, "the row has not as many fields as the header", "");
    } else if (!parse->failed) {
        struct csv_rows *rows = parse->rows;
        rows->rows = memory_grow(rows->rows, &rows->room, rows->count + 1, sizeof(struct csv_row));
        struct csv_row *row = &rows->rows[rows->count++];
        row->line = parse->row_line;
        row->fields = pool_alloc(parse->pool, parse->shape->count * sizeof(const char *));
        for (size_t i = 0; i < parse->shape->count; i++)
            if (parse->places[i] != NOWHERE)
                row->fields[i] = parse->fields[parse->places[i]];
    }
    parse->row_ended = true;
    parse->field_count = 0;
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n')
            return false;
    return true;
}

/* How many bytes there are up to where libcsv may end a row: behind CR LF, LF or a CR alone. */
static size_t piece_of(const char *bytes, size_t size)
{
    size_t length = 0;
    while (length < size && bytes[length] != '\n' && bytes[length] != '\r')
        length++;
    if (length + 1 < size && bytes[length] == '\r' && bytes[length + 1] == '\n')
        length++;
    return length < size ? length + 1 : size;
}

static void feed(struct parse *parse, struct csv_parser *parser, const char *bytes, size_t size)
{
    for (size_t at = 0; at < size && !parse->failed;) {
        size_t length = piece_of(bytes + at, size - at);
        parse->line += at == 0 || bytes[at - 1] == '\n'; /* a CR alone ends no line */
        if (!parse->in_row)
            parse->row_line = parse->line;
        parse->row_ended = false;
        size_t taken = csv_parse(parser, bytes + at, length, take_field, take_row, parse);
        if (taken != length && !parse->failed)
            fail(parse, "the quoting is broken: ", csv_strerror(csv_error(parser)));
        /* A row without an end yet is one with a quoted field that goes on in the next line. */
        parse->in_row = !parse->row_ended && (parse->in_row || !is_blank(bytes + at, length));
        at += length;
    }
    if (!parse->failed && csv_fini(parser, take_field, take_row, parse) != 0)
        fail(parse, "the quoting is broken: ", csv_strerror(csv_error(parser)));
}

bool csv_rows_read(struct csv_rows *rows, const char *name, const char *bytes, size_t size,
                   const struct csv_shape *shape, struct pool *pool, struct text *error)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct parse parse = {
        .name = name, .pool = pool, .error = error, .shape = shape, .rows = rows, .row_line = 1};
    struct csv_parser parser;
    if (size >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0) {
        bytes += strlen(mark);
        size -= strlen(mark);
    }
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        memory_exhausted();
    feed(&parse, &parser, bytes, size);
    if (!parse.failed && !parse.header_seen)
        fail(&parse, "the file is empty: it needs a header", "");
    csv_free(&parser);
    free(parse.fields);
    free(parse.places);
    return !parse.failed;
}

bool csv_rows_read_file(struct csv_rows *rows, const char *path, const struct csv_shape *shape,
                        struct pool *pool, char sha256[DIGEST_HEX], struct text *error)
{
    /* Standard input is for evidence alone: here `-` is a file's name. */
    struct file *file = file_open(strcmp(path, "-") == 0 ? "./-" : path, false);
    size_t size = 0, room = 0, total;
    unsigned char *bytes = NULL;
    if (file == NULL) {
        const char *why = strerror(errno);
        text_add_visible(error, path);
        text_addf(error, ": %s", why);
        return false;
    }
    for (size_t got = 1; got > 0 && size <= LIMIT_TABLE; size += got) {
        bytes = memory_grow(bytes, &room, size + FILE_WINDOW, 1);
        got = file_read(file, bytes + size, FILE_WINDOW);
    }
    const char *problem = NULL;
    if (size > LIMIT_TABLE)
        problem = "larger than 256 MiB: this is no table that a person keeps";
    else if (!file_finish(file, &total, sha256))
        problem = strerror(file_error(file));
    else if (file_changed(file))
        problem = "changed while it was read: run again when nothing writes to it";
    if (problem != NULL) {
        text_add_visible(error, path);
        text_addf(error, ": %s", problem);
    }
    bool fine =
        problem == NULL && csv_rows_read(rows, path, (const char *)bytes, size, shape, pool, error);
    free(bytes);
    file_close(file);
    return fine;
}

const char *csv_rows_unguarded(const char *field)
{
    return *field == '\'' ? field + 1 : field;
}
