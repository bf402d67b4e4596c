/*
 * json.c: see json.h. What stands between documents: white space, and the brackets and commas of
 * top-level arrays. The window keeps no more than the document that is being read.
 */
#include "json/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "json/json_problem.h"
#include "json/json_scan.h"
#include "json/json_window.h"
#include <stdlib.h>
#include <string.h>

enum place {
    BETWEEN,     /* at the top level */
    ARRAY_START, /* behind the bracket of a top-level array */
    BEFORE_ITEM, /* behind a comma in one */
    BEHIND_ITEM
};

struct json {
    struct json_window window;
    struct json_scan scan;
    enum place place;
    bool begun; /* something other than white space was seen */
    size_t number;
    struct json_document array; /* where the top-level array starts */
    struct diag problem;
};

struct json *json_new(void)
{
    struct json *json = memory_resize(NULL, 1, sizeof *json);

    memset(json, 0, sizeof *json);
    json_scan_init(&json->scan, &json->window);
    return json;
}

void json_free(struct json *json)
{
    if (json == NULL)
        return;
    json_scan_free(&json->scan);
    json_window_free(&json->window);
    free(json);
}

void json_start(struct json *json, struct file *file)
{
    json_window_open(&json->window, file);
    json->place = BETWEEN;
    json->begun = false;
    json->number = 0;
}

const struct diag *json_problem(const struct json *json)
{
    return &json->problem;
}

/* The problem at offset bytes behind what the window keeps; its detail is in scan's. */
static enum json_event fail(struct json *json, enum diag_id id, size_t offset)
{
    size_t line, column;

    json_window_place(&json->window, offset, &line, &column);
    if (id == DIAG_CANNOT_READ) {
        /* Not a place in the text, and the same wherever reading stopped. */
        line = column = 0;
    }
    json->problem = (struct diag){id, NULL, line, column, text_string(&json->scan.detail)};
    return JSON_BREAK;
}

static enum json_event fail_as_scanned(struct json *json)
{
    return fail(json, json->scan.id, json->scan.offset);
}

static bool is_space(unsigned char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Drops white space; the next character is then what the window keeps from. The next byte, or -1
 * at the end. */
static int next_character(struct json *json)
{
    struct json_window *window = &json->window;

    do {
        while (is_space(window->bytes[window->at]))
            window->at++;
        json_window_keep(window);
    } while (window->at == window->end && json_window_more(window));
    return window->at < window->end ? window->bytes[window->at] : -1;
}

/* What is at the window's place should not be there. */
static enum json_event fail_here(struct json *json, const char *expected)
{
    json_scan_unexpected(&json->scan, expected);
    return fail_as_scanned(json);
}

static bool begins_value(const unsigned char *bytes, size_t count)
{
    static const char *const words[] = {"true", "false", "null"};

    if (bytes[0] == '-')
        return count > 1 && bytes[1] >= '0' && bytes[1] <= '9';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        unsigned char next = count > length ? bytes[length] : ' ';

        if (count >= length && memcmp(bytes, words[i], length) == 0) {
            return next != '_' && !(next >= '0' && next <= '9') &&
                   !((next | 0x20) >= 'a' && (next | 0x20) <= 'z');
        }
    }
    return bytes[0] != 0 && strchr("{[\"0123456789", bytes[0]) != NULL;
}

/* Whether the file begins as no JSON does: then fail has run. */
static bool is_other(struct json *json)
{
    enum { FIRST_LINE = 512 };
    struct json_window *window = &json->window;
    struct text *detail = &json->scan.detail;
    const unsigned char *bytes;
    const char *guess;
    size_t count;
    bool more = true;

    while (more && window->end - window->at < FIRST_LINE)
        more = json_window_more(window);
    bytes = window->bytes + window->at;
    count = window->end - window->at < FIRST_LINE ? window->end - window->at : FIRST_LINE;
    guess = json_problem_guess(bytes, count);
    if (begins_value(bytes, count) && (guess == NULL || bytes[1] != 0))
        return false;
    text_clear(detail);
    if (guess != NULL) {
        text_add(detail, guess);
    } else {
        text_add(detail, "it begins with ");
        json_problem_character(bytes, count, detail);
    }
    (void)fail(json, DIAG_NOT_JSON, 0);
    return true;
}

/* The document at the window's place. */
static enum json_event take_document(struct json *json, struct json_document *document)
{
    struct json_window *window = &json->window;

    if (!json_scan_value(&json->scan))
        return fail_as_scanned(json);
    *document = (struct json_document){
        .text = window->bytes + window->keep,
        .length = window->at - window->keep,
        .number = ++json->number,
        .line = window->line,
        .column = window->column,
        .numbers = json->scan.numbers,
        .number_count = json->scan.number_count,
        .number_longest = json->scan.number_longest,
    };
    json->place = json->place == BETWEEN ? BETWEEN : BEHIND_ITEM;
    return JSON_DOCUMENT;
}

/* The window has no more bytes. */
static enum json_event take_end(struct json *json)
{
    struct json_scan *scan = &json->scan;

    text_clear(&scan->detail);
    scan->id = json_problem_end(&json->window, &scan->detail);
    if (scan->id != DIAG_JSON_ENDS_EARLY)
        return fail(json, scan->id, 0);
    if (json->place != BETWEEN) {
        text_add(&scan->detail, "inside an array");
        return fail(json, DIAG_JSON_ENDS_EARLY, 0);
    }
    if (!json->begun) {
        (void)fail(json, DIAG_EMPTY_FILE, 0);
        json->problem.line = json->problem.column = 1;
        return JSON_BREAK;
    }
    return JSON_END;
}

/* The bracket of a top-level array at its end. */
static void leave_array(struct json *json)
{
    json->window.at++;
    json->place = BETWEEN;
}

enum json_event json_next(struct json *json, struct json_document *document)
{
    struct json_window *window = &json->window;

    *document = (struct json_document){0};
    for (;;) {
        int c = next_character(json);

        if (c < 0)
            return take_end(json);
        if (!json->begun && is_other(json))
            return JSON_BREAK;
        json->begun = true;
        if (json->place == BETWEEN && c == '[') {
            json->place = ARRAY_START;
            json->array.line = window->line;
            json->array.column = window->column;
            window->at++;
        } else if (json->place == ARRAY_START && c == ']') {
            leave_array(json);
            *document = json->array;
            return JSON_EMPTY;
        } else if (json->place != BEHIND_ITEM) {
            return take_document(json, document);
        } else if (c == ']') {
            leave_array(json);
        } else if (c == ',') {
            json->place = BEFORE_ITEM;
            window->at++;
        } else {
            return fail_here(json, "\",\" or \"]\"");
        }
    }
}

/* As cJSON_GetObjectItemCaseSensitive, which with the calls of cJSON_IsString and the like took 3 %
 * of the instructions of a run outside SHA-256 (callgrind): every reader asks for its members. */
const cJSON *json_member(const cJSON *object, const char *name)
{
    const cJSON *member = object != NULL ? object->child : NULL;

    while (member != NULL && member->string != NULL &&
           (member->string[0] != name[0] || strcmp(member->string, name) != 0))
        member = member->next;
    /* An array's elements have no names. */
    return member == NULL || member->string == NULL || json_is_absent(member) ? NULL : member;
}

bool json_looks_like(const unsigned char *bytes, size_t count, bool more)
{
    size_t step = 1, first = 0, i = 0;

    if (count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        i = 3;
    } else if (count >= 2 &&
               (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        step = 2;
        first = bytes[0] == 0xFE ? 1 : 0; /* where the low byte of a unit stands */
        i = 2;
    } else if (count >= 2 && (bytes[0] == 0) != (bytes[1] == 0)) {
        step = 2; /* UTF-16 without a mark, which is refused, but not passed over */
        first = bytes[0] == 0 ? 1 : 0;
    }
    for (; i + step <= count; i += step) {
        unsigned char c = bytes[i + first];

        if ((step == 2 && bytes[i + 1 - first] != 0) || !is_space(c))
            return (step == 1 || bytes[i + 1 - first] == 0) && (c == '{' || c == '[');
    }
    return more;
}
