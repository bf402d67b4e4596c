/*
 * json.c: see json.h. Reads what is between documents: white space, and the brackets and commas of
 * top-level arrays. The window contains no more than the current document.
 */
#include "json/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "json/json_problem.h"
#include "json/json_scan.h"
#include "json/json_window.h"
#include <stdlib.h>
#include <string.h>

enum state {
    TOP_LEVEL,
    ARRAY_START, /* in a top-level array: after its bracket, */
    AFTER_COMMA,
    AFTER_ELEMENT
};

struct json {
    struct json_window window;
    struct json_scan scan;
    enum state state;
    bool begun; /* something other than white space was read */
    size_t number;
    struct json_document array; /* line and column of the top-level array */
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
    json->state = TOP_LEVEL;
    json->begun = false;
    json->number = 0;
}

const struct diag *json_problem(const struct json *json)
{
    return &json->problem;
}

/* Sets the problem at an offset from the window's start, with the scan's detail. */
static enum json_event fail(struct json *json, enum diag_id id, size_t offset)
{
    size_t line = 0, column = 0;

    /* A read error has no position: how far the read got does not matter. */
    if (id != DIAG_CANNOT_READ)
        json_window_locate(&json->window, offset, &line, &column);
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

/* Moves the window's start over white space. Returns the next byte, or -1 at the end. */
static int next_character(struct json *json)
{
    struct json_window *window = &json->window;

    do {
        while (is_space(window->bytes[window->next]))
            window->next++;
        json_window_advance(window);
    } while (window->next == window->end && json_window_more(window));
    return window->next < window->end ? window->bytes[window->next] : -1;
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

/* Whether the file does not begin as JSON does; then sets the problem. */
static bool is_not_json(struct json *json)
{
    struct json_window *window = &json->window;
    struct text *detail = &json->scan.detail;
    const unsigned char *bytes;
    const char *guess;
    enum diag_id id;
    size_t count;
    bool more = true;

    while (more && window->end - window->next < JSON_PROBLEM_LINE)
        more = json_window_more(window);
    bytes = window->bytes + window->next;
    count = window->end - window->next < JSON_PROBLEM_LINE ? window->end - window->next
                                                           : JSON_PROBLEM_LINE;
    id = json_problem_guess(bytes, count, &guess);
    if (begins_value(bytes, count) && (guess == NULL || bytes[1] != 0))
        return false;
    text_clear(detail);
    if (guess != NULL) {
        text_add(detail, guess);
    } else {
        text_add(detail, "it begins with ");
        json_problem_character(bytes, count, detail);
    }
    (void)fail(json, id, 0);
    return true;
}

/* The document that begins at the window's start. */
static enum json_event take_document(struct json *json, struct json_document *document)
{
    struct json_window *window = &json->window;

    if (!json_scan_value(&json->scan))
        return fail_as_scanned(json);
    *document = (struct json_document){
        .text = window->bytes + window->start,
        .length = window->next - window->start,
        .number = ++json->number,
        .line = window->line,
        .column = window->column,
    };
    if (json->state != TOP_LEVEL)
        json->state = AFTER_ELEMENT;
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
    if (json->state != TOP_LEVEL) {
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

/* Takes the closing bracket of a top-level array. */
static void leave_array(struct json *json)
{
    json->window.next++;
    json->state = TOP_LEVEL;
}

enum json_event json_next(struct json *json, struct json_document *document)
{
    struct json_window *window = &json->window;

    *document = (struct json_document){0};
    for (;;) {
        int c = next_character(json);

        if (c < 0)
            return take_end(json);
        if (!json->begun && is_not_json(json))
            return JSON_BREAK;
        json->begun = true;
        if (json->state == TOP_LEVEL && c == '[') {
            json->state = ARRAY_START;
            json->array.line = window->line;
            json->array.column = window->column;
            window->next++;
        } else if (json->state == ARRAY_START && c == ']') {
            leave_array(json);
            *document = json->array;
            return JSON_EMPTY;
        } else if (json->state != AFTER_ELEMENT) {
            return take_document(json, document);
        } else if (c == ']') {
            leave_array(json);
        } else if (c == ',') {
            json->state = AFTER_COMMA;
            window->next++;
        } else {
            json_scan_unexpected(&json->scan, "\",\" or \"]\"");
            return fail_as_scanned(json);
        }
    }
}

/* As cJSON_GetObjectItemCaseSensitive. Every reader asks for its members: with calls of that, and
 * of cJSON_IsString and the like, a run takes 3 % more instructions outside SHA-256 (callgrind). */
const cJSON *json_member(const cJSON *object, const char *name)
{
    const cJSON *member = object != NULL ? object->child : NULL;

    if (member == NULL || member->string == NULL) /* the elements of an array have no names */
        return NULL;
    while (member != NULL && (member->string[0] != name[0] || member->string[1] != name[1] ||
                              strcmp(member->string, name) != 0))
        member = member->next;
    return json_is_absent(member) ? NULL : member;
}

bool json_looks_like(const unsigned char *bytes, size_t count, bool more)
{
    size_t step = 1, first = 0, i = 0;

    if (count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        i = 3;
    } else if (count >= 2 &&
               (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        step = 2;
        first = bytes[0] == 0xFE ? 1 : 0; /* index of the low byte */
        i = 2;
    } else if (count >= 2 && (bytes[0] == 0) != (bytes[1] == 0)) {
        step = 2; /* UTF-16 without a mark: refused later, but not skipped */
        first = bytes[0] == 0 ? 1 : 0;
    }
    for (; i + step <= count; i += step) {
        unsigned char c = bytes[i + first];

        if ((step == 2 && bytes[i + 1 - first] != 0) || !is_space(c))
            return (step == 1 || bytes[i + 1 - first] == 0) && (c == '{' || c == '[');
    }
    return more;
}
