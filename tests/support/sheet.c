/* sheet.c: see sheet.h. */
#include "support/sheet.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/harness.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>

static void add_cell(struct sheet *sheet, const char *bytes, size_t length)
{
    struct sheet_row *row = &sheet->rows[sheet->count - 1];
    row->cells = memory_resize(row->cells, row->count + 1, sizeof *row->cells);
    row->cells[row->count++] = harness_format("%.*s", (int)length, bytes);
}

static void add_row(struct sheet *sheet)
{
    sheet->rows = memory_grow(sheet->rows, &sheet->room, sheet->count + 1, sizeof *sheet->rows);
    sheet->rows[sheet->count++] = (struct sheet_row){NULL, 0};
}

static struct sheet *new_sheet(const char *path)
{
    struct sheet *sheet = harness_keep(memory_resize(NULL, 1, sizeof *sheet));
    *sheet = (struct sheet){.path = harness_format("%s", path)};
    return sheet;
}

/* A row is added with its first cell, because libcsv only reports the end of a row. */
struct parse {
    struct sheet *sheet;
    int begun;
};

static void on_cell(void *bytes, size_t length, void *data)
{
    struct parse *parse = data;
    if (!parse->begun)
        add_row(parse->sheet);
    parse->begun = 1;
    add_cell(parse->sheet, bytes, length);
}

static void on_row(int end, void *data)
{
    (void)end;
    ((struct parse *)data)->begun = 0;
}

static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

struct sheet *sheet_read_csv(const char *path)
{
    struct parse parse = {new_sheet(path), 0};
    struct csv_parser parser;
    size_t length;
    const char *bytes = harness_read(path, &length);
    HARNESS_REQUIRE(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0, "libcsv");
    csv_set_space_func(&parser, no_space);
    HARNESS_REQUIRE(csv_parse(&parser, bytes, length, on_cell, on_row, &parse) == length,
                    "%s: not CSV: %s", path, csv_strerror(csv_error(&parser)));
    HARNESS_REQUIRE(csv_fini(&parser, on_cell, on_row, &parse) == 0, "%s: not CSV", path);
    csv_free(&parser);
    HARNESS_REQUIRE(parse.sheet->count > 0, "%s: no header", path);
    return parse.sheet;
}

/* The first character that a spreadsheet shows of a field. */
static char first_shown(const char *field)
{
    if (field[0] != '"')
        return field[0];
    return field[1] != '"' ? field[1] : field[2] == '"' ? '"' : field[2];
}

/* Fails if a spreadsheet that separates by this character sees a formula: a quote opens a quoted
 * part only at the start of a field. */
static void check_separated(const char *path, const char *bytes, char separator)
{
    for (const char *at = bytes; *at != '\0';) {
        HARNESS_REQUIRE(strchr("=+-@", first_shown(at)) == NULL || first_shown(at) == '\0',
                        "%s: a formula after %c: %.40s", path, separator, at);
        if (*at == '"')
            for (at++; *at != '\0' && (*at != '"' || at[1] == '"');)
                at += *at == '"' ? 2 : 1;
        while (*at != '\0' && *at != separator && *at != '\n' && *at != '\r')
            at++;
        at += *at != '\0';
    }
}

void sheet_check_bytes(const char *path)
{
    size_t length;
    const char *bytes = harness_read(path, &length), *at = bytes;
    while (at < bytes + length) {
        HARNESS_REQUIRE(*at == '"', "%s: the field does not begin with a quote: %.40s", path, at);
        HARNESS_REQUIRE(strchr("=+-@\t\r", at[1]) == NULL || at[1] == '\0', "%s: a formula: %.40s",
                        path, at);
        for (at++; *at != '"' || at[1] == '"'; at += *at == '"' ? 2 : 1)
            HARNESS_REQUIRE(*at != '\0', "%s: a NUL, or a field without an end", path);
        at++;
        bool row_ends = strncmp(at, "\r\n", 2) == 0;
        HARNESS_REQUIRE(*at == ',' || row_ends, "%s: expected a comma or CR LF: %.40s", path, at);
        at += row_ends ? 2 : 1;
    }
    HARNESS_REQUIRE(length > 1 && at[-1] == '\n', "%s: the last row does not end", path);
    check_separated(path, bytes, ';');
    check_separated(path, bytes, '\t');
}

const char *sheet_unguarded(const char *cell)
{
    struct text text = TEXT_EMPTY;
    cell += *cell == '\'';
    for (; *cell != '\0'; cell++) {
        text_add_bytes(&text, cell, 1);
        cell += strchr(";\t\r\n", *cell) != NULL && cell[1] == '\'';
    }
    const char *kept = harness_format("%s", text_string(&text));
    text_free(&text);
    return kept;
}

struct sheet *sheet_read_tsv(const char *path)
{
    struct sheet *sheet = new_sheet(path);
    const char *at = harness_read(path, NULL);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        if (*at != '#' && length > 0) {
            add_row(sheet);
            for (const char *end = at + length, *cell = at; cell <= end;) {
                size_t size = strcspn(cell, "\t\n");
                add_cell(sheet, cell, size);
                cell += size + 1;
            }
        }
        at += length + (at[length] == '\n');
    }
    HARNESS_REQUIRE(sheet->count > 0, "%s: no header", path);
    return sheet;
}

void sheet_skip_to(struct sheet *sheet, const char *title)
{
    size_t row = 0;
    while (row < sheet->count && strcmp(sheet_cell(sheet, row, 0), title) != 0)
        row++;
    HARNESS_REQUIRE(row < sheet->count, "%s: no row begins with %s", sheet->path, title);
    sheet->rows += row;
    sheet->count -= row;
}

size_t sheet_column(const struct sheet *sheet, const char *title)
{
    for (size_t i = 0; i < sheet->rows[0].count; i++)
        if (strcmp(sheet->rows[0].cells[i], title) == 0)
            return i;
    HARNESS_FAIL("%s: no column %s", sheet->path, title);
}

const char *sheet_cell(const struct sheet *sheet, size_t row, size_t column)
{
    const struct sheet_row *at = &sheet->rows[row];
    return column < at->count ? at->cells[column] : "";
}

const char *sheet_value(const struct sheet *sheet, size_t row, const char *title)
{
    return sheet_cell(sheet, row, sheet_column(sheet, title));
}

void sheet_set_add(struct sheet_set *set, const char *text)
{
    if (set->count == set->room) {
        size_t room = set->room == 0 ? 16 : 2 * set->room;
        const char **texts = harness_keep(memory_resize(NULL, room, sizeof *texts));
        if (set->count > 0)
            memcpy(texts, set->texts, set->count * sizeof *texts);
        set->texts = texts;
        set->room = room;
    }
    set->texts[set->count++] = text;
}

struct sheet_set sheet_set_copy(const struct sheet_set *set)
{
    struct sheet_set copy = {NULL, 0, 0};
    for (size_t i = 0; i < set->count; i++)
        sheet_set_add(&copy, set->texts[i]);
    return copy;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void sort(struct sheet_set *set)
{
    if (set->count > 0)
        qsort(set->texts, set->count, sizeof *set->texts, by_bytes);
}

const char *sheet_set_difference(struct sheet_set *expected, struct sheet_set *found)
{
    const char *lines = "";
    size_t left = 0, right = 0;
    sort(expected);
    sort(found);
    while (left < expected->count || right < found->count) {
        int order = left == expected->count ? 1
                    : right == found->count ? -1
                                            : strcmp(expected->texts[left], found->texts[right]);
        if (order < 0)
            lines = harness_format("%s\n  expected  %s", lines, expected->texts[left]);
        if (order > 0)
            lines = harness_format("%s\n  found     %s", lines, found->texts[right]);
        left += order <= 0;
        right += order >= 0;
    }
    return lines;
}

const char *sheet_join(const struct sheet *sheet, size_t row, const char *const *titles)
{
    const char *line = "";
    for (; *titles != NULL; titles++)
        line = harness_format("%s%s%s", line, *line ? " | " : "", sheet_value(sheet, row, *titles));
    return line;
}
