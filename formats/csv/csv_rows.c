/* csv_rows.c: see csv_rows.h. libcsv does not count lines, so it is fed one line at a time. */
#include "csv/csv_rows.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_decode.h"
#include <csv.h>
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

/* The next character of a column's name that counts, in lower case; '\0' at its end. */
static char next_of_name(const char **name)
{
    while (**name == '_' || **name == ' ')
        (*name)++;
    char character = **name;
    *name += character != '\0';
    return character >= 'A' && character <= 'Z' ? (char)(character - 'A' + 'a') : character;
}

/* Without regard to case, `_` and blanks: people edit headers. */
static bool is_same_name(const char *left, const char *right)
{
    char character;
    do {
        character = next_of_name(&left);
        if (character != next_of_name(&right))
            return false;
    } while (character != '\0');
    return true;
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
            if (!is_same_name(parse->fields[j], shape->columns[i]))
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

static bool is_empty_row(const struct parse *parse)
{
    for (size_t i = 0; i < parse->field_count; i++)
        if (*parse->fields[i] != '\0')
            return false;
    return true;
}

static void take_row(int terminator, void *context)
{
    struct parse *parse = context;
    (void)terminator;
    if (is_empty_row(parse)) {
        /* spreadsheets write the rest of a sheet as rows of delimiters */
    } else if (!parse->header_seen) {
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
            row->fields[i] =
                parse->positions[i] != MISSING ? parse->fields[parse->positions[i]] : "";
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
        size_t length = csv_decode_line(bytes + at, size - at);
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

static void parse_text(struct parse *parse, const char *bytes, size_t size)
{
    struct csv_parser parser;
    size_t skipped = csv_decode_sep_line(bytes, size);
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        memory_exhausted();
    parse->line = skipped > 0 && bytes[skipped - 1] == '\n';
    parse->row_line = parse->line + 1;
    csv_set_delim(&parser, (unsigned char)csv_decode_delimiter(bytes + skipped, size - skipped));
    feed(parse, &parser, bytes + skipped, size - skipped);
    if (!parse->failed && !parse->header_seen)
        fail(parse, "the file is empty; its first line must name the columns");
    csv_free(&parser);
}

bool csv_rows_read(struct csv_rows *rows, const char *name, const char *bytes, size_t size,
                   const struct csv_shape *shape, struct pool *pool, struct text *error)
{
    struct parse parse = {
        .name = name, .pool = pool, .error = error, .shape = shape, .rows = rows, .row_line = 1};
    struct text decoded = TEXT_EMPTY;
    const char *why = NULL, *text = csv_decode(bytes, &size, &decoded, &why);
    if (text != NULL)
        parse_text(&parse, text, size);
    else
        fail(&parse, "%s", why);
    text_free(&decoded);
    free(parse.fields);
    free(parse.positions);
    return !parse.failed;
}

bool csv_rows_read_file(struct csv_rows *rows, const char *path, const struct csv_shape *shape,
                        struct pool *pool, char sha256[DIGEST_HEX], struct text *error)
{
    size_t size;
    char *bytes = file_whole(path, &size, sha256, error);
    bool fine = bytes != NULL && csv_rows_read(rows, path, bytes, size, shape, pool, error);
    free(bytes);
    return fine;
}
