/*
 * check_json_conformance.c: each document of the tables, alone and everywhere else that it may be,
 * in UTF-8 and UTF-16, with windows that end anywhere in it. A valid document is accepted, and so
 * is the next one; an invalid one is refused at the position of its error.
 */
#include "json/check_json_conformance.h"
#include "base/file.h"
#include "base/limit.h"
#include "base/text.h"
#include "support/harness.h"
#include "support/json_trees.h"
#include "support/temporary.h"
#include "json/check_json.h"
#include <stdlib.h>
#include <string.h>

#define NEXT_DOCUMENT "\n{\"next\":true}\n"
enum { LEVELS = 900 };

/* What surrounds a document. */
struct placement {
    const char *before, *after;
    size_t level; /* the number of brackets to add */
    bool top;     /* at the top level: not part of another document */
};
static const struct placement placements[] = {
    {"", "", 0, true},
    {"{\"Certificate\":{\"Status\":\"ISSUED\"},\"ignored\":", "}", 0, false},
    {"{\"ignored\":{\"a\":[0,\"\xC3\xA9\",\n", ",0]}}", 0, false},
    {"{\"ignored\":", "}", LEVELS - 1, false},
    {"{\"first\":\"\xF0\x9F\x94\x92\"}\n", "", 0, true},
    {"{\"a\":1}\r\n{\"b\":2}\r\n", "\r\n{\"c\":3}", 0, true},
    {"[{\"first\":1},\n ", ",{}]", 0, false},
};
enum { PLACEMENTS = sizeof placements / sizeof *placements };

enum encoding { UTF8, UTF16_LITTLE, UTF16_BIG, ENCODINGS };

static size_t document_count(void)
{
    return conformance_value_count + conformance_text_count;
}

static const struct conformance *document_at(size_t index)
{
    return index < conformance_value_count ? &conformance_values[index]
                                           : &conformance_texts[index - conformance_value_count];
}

/* Moves line and column over the bytes: lines end at LF, columns count code points. */
static void pass(const char *bytes, size_t count, size_t *line, size_t *column)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
            *line += 1;
            *column = 1;
        } else if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
            *column += 1;
        }
    }
}

/* The document's own line and column, in the file in which the text precedes it. */
static void expected_position(const struct conformance *document, const struct text *before,
                              size_t *line, size_t *column)
{
    *line = *column = 1;
    pass(before->bytes, before->length, line, column);
    *column = document->line == 1 ? *column + document->column - 1 : document->column;
    *line += document->line - 1;
}

struct outcome {
    enum json_event event;
    struct diag problem;
    bool next; /* the next document was read */
};

static struct outcome read_file(void)
{
    struct file *file = file_open(temporary_path, false);
    struct json_trees json;
    struct json_document document;
    struct outcome outcome = {.next = false};

    ck_assert_ptr_nonnull(file);
    json_trees_open(&json, file);
    while ((outcome.event = json_trees_next(&json, &document)) == JSON_DOCUMENT ||
           outcome.event == JSON_EMPTY)
        outcome.next |= json_member(json.root, "next") != NULL;
    if (outcome.event == JSON_BREAK) {
        outcome.problem = json.problem;
        outcome.problem.detail = NULL; /* freed with json */
    }
    json_trees_close(&json);
    file_close(file);
    return outcome;
}

/* Writes the text; false if it cannot be in this encoding. */
static bool write_text(const struct text *text, enum encoding encoding)
{
    struct text wide = TEXT_EMPTY;
    bool fine = true;

    if (encoding == UTF8) {
        temporary_write(text->bytes, text->length);
        return true;
    }
    text_add_bytes(&wide, encoding == UTF16_BIG ? "\xFE\xFF" : "\xFF\xFE", 2);
    fine = json_add_utf16(&wide, encoding == UTF16_BIG, text->bytes, text->length);
    if (fine)
        temporary_write(wide.bytes, wide.length);
    text_free(&wide);
    return fine;
}

static void look_at(const struct conformance *document, const struct text *before,
                    const char *where)
{
    struct outcome outcome = read_file();
    size_t line, column;

    if (document->problem == DIAG_COUNT) {
        ck_assert_msg(outcome.event == JSON_END && (outcome.next || document->place == ALONE),
                      "%s, %s: expected no problem, got %s at %zu:%zu", document->name, where,
                      outcome.event == JSON_BREAK ? diag_name(outcome.problem.id) : "none",
                      outcome.problem.line, outcome.problem.column);
        return;
    }
    ck_assert_msg(outcome.event == JSON_BREAK && !outcome.next,
                  "%s, %s: expected %s, got no problem", document->name, where,
                  diag_name(document->problem));
    expected_position(document, before, &line, &column);
    ck_assert_msg(outcome.problem.id == document->problem && outcome.problem.line == line &&
                      outcome.problem.column == column,
                  "%s, %s: expected %s at %zu:%zu, got %s at %zu:%zu", document->name, where,
                  diag_name(document->problem), line, column, diag_name(outcome.problem.id),
                  outcome.problem.line, outcome.problem.column);
}

/* Reads the document in its surroundings, after a number of blanks, in that encoding. */
static void try_at(const struct conformance *document, size_t number, size_t blanks,
                   enum encoding encoding)
{
    const struct placement *placement = &placements[number];
    struct text text = TEXT_EMPTY, before, where = TEXT_EMPTY;
    char white[FILE_WINDOW];

    memset(white, ' ', blanks);
    text_add(&text, placement->before);
    for (size_t i = 0; i < placement->level; i++)
        text_add(&text, "[");
    text_add_bytes(&text, white, blanks);
    before = text; /* shares its bytes; valid until text is freed */
    text_add_bytes(&text, document->bytes, document->count);
    for (size_t i = 0; document->place < AT_END && i < placement->level; i++)
        text_add(&text, "]");
    if (document->place < AT_END) {
        text_add(&text, placement->after);
        text_add(&text, NEXT_DOCUMENT);
    }
    before.bytes = text.bytes;
    text_addf(&where, "placement %zu, %zu blanks, encoding %d", number, blanks, (int)encoding);
    if (write_text(&text, encoding))
        look_at(document, &before, where.bytes);
    text_free(&where);
    text_free(&text);
}

/* One test for each placement: to start one for each document would take longer than the reading.
 */
START_TEST(test_placement)
{
    for (size_t i = 0; i < document_count(); i++) {
        const struct conformance *document = document_at(i);
        bool fits = document->place == ALONE    ? _i == 0
                    : document->place == AT_TOP ? placements[_i].top
                                                : true;

        for (int encoding = 0; fits && encoding < ENCODINGS; encoding++)
            if (document->place != ALONE || encoding == UTF8)
                try_at(document, (size_t)_i, 0, (enum encoding)encoding);
    }
}
END_TEST

/* Each byte of a short document, and some of a long one, as the first of a window. A sample has one
 * document in four. */
START_TEST(test_window)
{
    enum { SHORT = 8 };

    for (size_t i = 0; i < document_count(); i++) {
        const struct conformance *document = document_at(i);
        size_t step = document->count > SHORT ? document->count / SHORT : 1;

        for (size_t cut = 1; document->place != ALONE && cut <= document->count; cut += step) {
            if (_i == 0) {
                try_at(document, 0, FILE_WINDOW - cut, UTF8);
            } else if (_i == 1) {
                try_at(document, 0, FILE_WINDOW / 2 - 1 - cut,
                       cut % 2 == 0 ? UTF16_LITTLE : UTF16_BIG);
            } else if (document->place != AT_TOP) {
                try_at(document, 1, FILE_WINDOW - strlen(placements[1].before) - cut, UTF8);
            }
        }
    }
}
END_TEST

/* Far too many brackets: the problem is at the first one past the limit. A top-level array is not a
 * level. */
START_TEST(test_brackets)
{
    static const struct {
        const char *unit;
        size_t count, column; /* 0: valid, with as many closing brackets */
    } brackets[] = {{"[", 100000, LIMIT_DEPTH + 2},
                    {"[{\"\":", 50000, LIMIT_DEPTH / 2 * 5 + 2},
                    {"{\"a\":", 100000, LIMIT_DEPTH * 5 + 1},
                    {"[", 500, 0}};
    HARNESS_ROW("%s", brackets[_i].unit);
    struct text text = TEXT_EMPTY;
    struct outcome outcome;

    for (size_t i = 0; i < brackets[_i].count; i++)
        text_add(&text, brackets[_i].unit);
    for (size_t i = 0; brackets[_i].column == 0 && i < brackets[_i].count; i++)
        text_add(&text, "]");
    temporary_write(text.bytes, text.length);
    outcome = read_file();
    text_free(&text);
    ck_assert_int_eq(outcome.event, brackets[_i].column == 0 ? JSON_END : JSON_BREAK);
    if (brackets[_i].column > 0) {
        ck_assert_int_eq(outcome.problem.id, DIAG_TOO_DEEP);
        ck_assert_uint_eq(outcome.problem.line, 1);
        ck_assert_uint_eq(outcome.problem.column, brackets[_i].column);
    }
}
END_TEST

TCase *json_conformance_cases(void)
{
    TCase *conformance = tcase_create("conformance");

    tcase_set_timeout(conformance, 60);
    tcase_add_unchecked_fixture(conformance, temporary_make, temporary_remove);
    tcase_add_loop_test(conformance, test_placement, 0, PLACEMENTS);
    tcase_add_loop_test(conformance, test_window, 0, 3);
    tcase_add_loop_test(conformance, test_brackets, 0, 4);
    return conformance;
}
