/* csv_rows.c: see csv_rows.h. libcsv does not count lines, so it is fed one line at a time. */
#include "csv/csv_rows.h"
#include "base/file.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include <csv.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MISSING ((size_t)-1)

enum { HEADER_SHOWN = 200 /* bytes of the header in a message */ };

struct parse {
    const char *name;
    struct pool *pool;
    struct text *error;
    const struct csv_shape *shape;
    struct csv_rows *rows;
    size_t line;     /* of the bytes being parsed */
    size_t row_line; /* where the current row began */
    bool in_row, row_ended, header_seen, failed;
    const char **fields; /* of the current row */
    size_t field_count, field_room;
    size_t *positions; /* index in the header of each column of the shape */
    size_t header_count;
};

__attribute__((format(printf, 4, 0))) static void
refuse(struct text *error, const char *name, size_t line, const char *format, va_list arguments)
{
    struct text why = TEXT_EMPTY;
    text_addv(&why, format, arguments);
    text_add_visible(error, name);
    text_addf(error, ":%zu: ", line);
    text_add_visible(error, text_string(&why));
    text_free(&why);
}

bool csv_rows_refuse(struct text *error, const char *name, size_t line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    refuse(error, name, line, format, arguments);
    va_end(arguments);
    return false;
}

/* Reports only the first problem of a file. */
__attribute__((format(printf, 2, 3))) static void fail(struct parse *parse, const char *format, ...)
{
    if (parse->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    refuse(parse->error, parse->name, parse->row_line, format, arguments);
    va_end(arguments);
    parse->failed = true;
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
        fail(parse, "contains a NUL byte; save the file as CSV in UTF-8");
    else if (!is_utf8(field))
        fail(parse, "contains invalid UTF-8; save the file as CSV in UTF-8");
    parse->fields = memory_grow(parse->fields, &parse->field_room, parse->field_count + 1,
                                sizeof(const char *));
    parse->fields[parse->field_count++] = field;
}

/* Adds the column names found, cut off if long: a file that is not CSV may be a single line. */
static void add_header(const struct parse *parse, struct text *text)
{
    for (size_t i = 0; i < parse->field_count && text->length <= HEADER_SHOWN; i++) {
        text_add_separator(text, 0, ", ");
        text_add(text, parse->fields[i]);
    }
    if (text->length <= HEADER_SHOWN)
        return;
    size_t length = 0, next;
    while ((next = text_character(text->bytes + length)) > 0 && length + next <= HEADER_SHOWN)
        length += next;
    text->length = length;
    text_add(text, "...");
}

static void fail_missing_column(struct parse *parse, const char *column)
{
    struct text found = TEXT_EMPTY;
    add_header(parse, &found);
    fail(parse, "column \"%s\" is missing (found: %s)", column, text_string(&found));
    text_free(&found);
}

static void take_header(struct parse *parse)
{
    const struct csv_shape *shape = parse->shape;
    parse->header_seen = true;
    parse->header_count = parse->field_count;
    parse->positions = memory_resize(NULL, shape->count, sizeof(size_t));
    for (size_t i = 0; i < shape->count; i++) {
        size_t found = 0;
        parse->positions[i] = MISSING;
        for (size_t j = 0; j < parse->field_count; j++) {
            if (strcmp(parse->fields[j], shape->columns[i]) != 0)
                continue;
            parse->positions[i] = j;
            found++;
        }
        if (found > 1)
            fail(parse, "column \"%s\" appears %zu times in the header", shape->columns[i], found);
        else if (found == 0 && i < shape->required)
            fail_missing_column(parse, shape->columns[i]);
    }
}

static void take_row(int terminator, void *context)
{
    struct parse *parse = context;
    (void)terminator;
    if (!parse->header_seen) {
        take_header(parse);
    } else if (parse->field_count != parse->header_count) {
        fail(parse, "expected %zu fields, found %zu", parse->header_count, parse->field_count);
    } else if (!parse->failed) {
        struct csv_rows *rows = parse->rows;
        rows->rows = memory_grow(rows->rows, &rows->room, rows->count + 1, sizeof(struct csv_row));
        struct csv_row *row = &rows->rows[rows->count++];
        row->line = parse->row_line;
        row->fields = pool_alloc(parse->pool, parse->shape->count * sizeof(const char *));
        for (size_t i = 0; i < parse->shape->count; i++)
            if (parse->positions[i] != MISSING)
                row->fields[i] = parse->fields[parse->positions[i]];
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

/* The length of the first line with its end: LF, CR LF, or a lone CR, which ends a row too. */
static size_t line_length(const char *bytes, size_t size)
{
    size_t length = 0;
    while (length < size && bytes[length] != '\n' && bytes[length] != '\r')
        length++;
    if (length + 1 < size && bytes[length] == '\r' && bytes[length + 1] == '\n')
        length++;
    return length < size ? length + 1 : size;
}

static void fail_quoting(struct parse *parse, int error)
{
    if (error == CSV_EPARSE)
        fail(parse,
             "invalid quoting; put the field in quotes and write each quote inside it twice");
    else
        fail(parse, "%s", csv_strerror(error));
}

static void feed(struct parse *parse, struct csv_parser *parser, const char *bytes, size_t size)
{
    for (size_t at = 0; at < size && !parse->failed;) {
        size_t length = line_length(bytes + at, size - at);
        parse->line += at == 0 || bytes[at - 1] == '\n'; /* editors do not count a lone CR */
        if (!parse->in_row)
            parse->row_line = parse->line;
        parse->row_ended = false;
        size_t taken = csv_parse(parser, bytes + at, length, take_field, take_row, parse);
        if (taken != length && !parse->failed)
            fail_quoting(parse, csv_error(parser));
        /* The row goes on if a quoted field contains the line break. */
        parse->in_row = !parse->row_ended && (parse->in_row || !is_blank(bytes + at, length));
        at += length;
    }
    if (!parse->failed && csv_fini(parser, take_field, take_row, parse) != 0)
        fail_quoting(parse, csv_error(parser));
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
        fail(&parse, "the file is empty; its first line must name the columns");
    csv_free(&parser);
    free(parse.fields);
    free(parse.positions);
    return !parse.failed;
}

bool csv_rows_read_file(struct csv_rows *rows, const char *path, const struct csv_shape *shape,
                        struct pool *pool, char sha256[DIGEST_HEX], struct text *error)
{
    /* Only evidence is read from standard input; here `-` is a file name. */
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
        problem = "larger than the limit of 256 MiB";
    else if (!file_finish(file, &total, sha256))
        problem = strerror(file_error(file));
    else if (file_changed(file))
        problem = "changed while being read; run again when nothing writes to it";
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
