/* json_scan.c: see json_scan.h. Containers, numbers and words; strings are json_scan_text.c's. */
#include "json/json_scan.h"
#include "base/memory.h"
#include "json/json_problem.h"
#include "json/json_scan_inner.h"
#include "json/json_token.h"
#include <stdlib.h>

#define P JSON_PLAIN
#define S JSON_SPACE
#define D (JSON_PLAIN | JSON_DIGIT | JSON_WORD)
#define W (JSON_PLAIN | JSON_WORD)

/* clang-format off */
const unsigned char json_scan_kind[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, S, S, 0, 0, S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    S|P,P,0, P, P, P, P, P, P, P, P, W, P, W, W, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
    P, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, P, 0, P, P, W,
    P, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, P, P, P, P, P,
};
/* clang-format on */

#undef P
#undef S
#undef D
#undef W

void json_scan_init(struct json_scan *scan, struct json_window *window)
{
    memset(scan, 0, sizeof *scan);
    scan->window = window;
    scan->limit = LIMIT_DOCUMENT;
    scan->detail = TEXT_EMPTY;
}

void json_scan_free(struct json_scan *scan)
{
    free(scan->numbers);
    free(scan->names);
    free(scan->hashes);
    text_free(&scan->detail);
}

static void enter(struct json_scan *scan)
{
    scan->next = scan->window->bytes + scan->window->at;
    scan->end = scan->window->bytes + scan->window->end;
}

static void leave(struct json_scan *scan)
{
    scan->window->at = (size_t)(scan->next - scan->window->bytes);
}

bool json_scan_refill(struct json_scan *scan)
{
    bool more = false;

    leave(scan);
    if (json_scan_offset(scan, scan->end) <= scan->limit)
        more = json_window_more(scan->window);
    enter(scan);
    return more;
}

bool json_scan_have(struct json_scan *scan, size_t count)
{
    while ((size_t)(scan->end - scan->next) < count)
        if (!json_scan_refill(scan))
            return false;
    return true;
}

bool json_scan_fail(struct json_scan *scan, enum diag_id id, const unsigned char *place)
{
    scan->id = id;
    scan->at = json_scan_offset(scan, place);
    return false;
}

bool json_scan_fail_at_end(struct json_scan *scan)
{
    text_clear(&scan->detail);
    if (json_scan_offset(scan, scan->end) > scan->limit)
        return json_scan_fail(scan, DIAG_TOO_LARGE, scan->window->bytes + scan->window->keep);
    if (scan->depth > 0) {
        text_add(&scan->detail,
                 scan->closing[scan->depth - 1] == '}' ? "inside an object" : "inside an array");
    }
    return json_scan_fail(scan, json_problem_end(scan->window, &scan->detail), scan->end);
}

bool json_scan_fail_here(struct json_scan *scan, const char *expected)
{
    enum { ENOUGH_TO_GUESS = 64 };
    size_t count;

    if (json_scan_look(scan) == JSON_SCAN_END)
        return json_scan_fail_at_end(scan);
    (void)json_scan_have(scan, ENOUGH_TO_GUESS);
    count = (size_t)(scan->end - scan->next);
    /* No more than that: what is told must not hang on where the window ends. */
    count = count < ENOUGH_TO_GUESS ? count : ENOUGH_TO_GUESS;
    text_clear(&scan->detail);
    return json_scan_fail(
        scan, json_problem_here(scan->next, count, expected, scan->depth > 0, &scan->detail),
        scan->next);
}

void json_scan_unexpected(struct json_scan *scan, const char *expected)
{
    scan->depth = 0;
    enter(scan);
    (void)json_scan_fail_here(scan, expected);
}

static void skip_space(struct json_scan *scan)
{
    if (*scan->next > ' ')
        return;
    do {
        scan->next = json_token_after_space(scan->next);
    } while (*scan->next == 0 && scan->next == scan->end && json_scan_refill(scan));
}

/* A whole number or word for a message, from offset on; the rest of a long one is left out. */
static bool fail_word(struct json_scan *scan, enum diag_id id, size_t offset)
{
    const unsigned char *place;

    (void)json_scan_have(scan, JSON_PROBLEM_WORD);
    place = scan->window->bytes + scan->window->keep + offset;
    text_clear(&scan->detail);
    json_problem_word(place, (size_t)(scan->end - place), &scan->detail);
    return json_scan_fail(scan, id, place);
}

/* Takes digits, at least one. */
static bool take_digits(struct json_scan *scan)
{
    int c = json_scan_look(scan);

    if (c == JSON_SCAN_END || (json_scan_kind[c] & JSON_DIGIT) == 0)
        return false;
    do {
        scan->next++;
        c = json_scan_look(scan);
    } while (c != JSON_SCAN_END && (json_scan_kind[c] & JSON_DIGIT) != 0);
    return true;
}

/* RFC 8259 section 6; what may not stand in a number may not stand right behind it either. */
static bool take_number(struct json_scan *scan)
{
    int c;

    if (*scan->next == '-')
        scan->next++;
    if (json_scan_look(scan) == '0')
        scan->next++;
    else if (!take_digits(scan))
        return false;
    if (json_scan_look(scan) == '.') {
        scan->next++;
        if (!take_digits(scan))
            return false;
    }
    c = json_scan_look(scan);
    if (c == 'e' || c == 'E') {
        scan->next++;
        c = json_scan_look(scan);
        scan->next += c == '+' || c == '-';
        if (!take_digits(scan))
            return false;
    }
    c = json_scan_look(scan);
    return c == JSON_SCAN_END || (json_scan_kind[c] & JSON_WORD) == 0;
}

static bool scan_number(struct json_scan *scan)
{
    size_t offset = json_scan_offset(scan, scan->next);
    size_t length;

    if (scan->number_count == scan->number_room) {
        scan->numbers = memory_grow(scan->numbers, &scan->number_room, scan->number_count + 1024,
                                    sizeof *scan->numbers);
    }
    scan->numbers[scan->number_count++] = (uint32_t)offset;
    if (!take_number(scan)) {
        return json_scan_look(scan) == JSON_SCAN_END ? json_scan_fail_at_end(scan)
                                                     : fail_word(scan, DIAG_BAD_NUMBER, offset);
    }
    length = json_scan_offset(scan, scan->next) - offset;
    if (length > scan->number_longest)
        scan->number_longest = length;
    return true;
}

static bool scan_word(struct json_scan *scan)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t count;

    (void)json_scan_have(scan, 8);
    count = (size_t)(scan->end - scan->next);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);

        if (count < length && memcmp(scan->next, words[i], count) == 0)
            return json_scan_fail_at_end(scan);
        if (count >= length && memcmp(scan->next, words[i], length) == 0 &&
            (json_scan_kind[scan->next[length]] & JSON_WORD) == 0) {
            scan->next += length;
            return true;
        }
    }
    return json_scan_fail_here(scan, "a value");
}

/* A name and its colon, behind `{` or a comma. */
static bool scan_name(struct json_scan *scan, const char *expected)
{
    size_t start;

    skip_space(scan);
    if (json_scan_look(scan) != '"')
        return json_scan_fail_here(scan, expected);
    start = json_scan_offset(scan, scan->next) + 1;
    if (!json_scan_text(scan))
        return false;
    json_scan_note_name(scan, start);
    skip_space(scan);
    if (json_scan_look(scan) != ':')
        return json_scan_fail_here(scan, "\":\" after the member's name");
    scan->next++;
    return true;
}

/* A value without what it contains: a container is opened, and an empty one closed again. */
static bool scan_start(struct json_scan *scan, bool *opened)
{
    int c;

    skip_space(scan);
    *opened = false;
    c = json_scan_look(scan);
    if (c == '"')
        return json_scan_text(scan);
    if (c == '-' || (c >= '0' && c <= '9'))
        return scan_number(scan);
    if (c != '{' && c != '[') {
        return c == 't' || c == 'f' || c == 'n' ? scan_word(scan)
                                                : json_scan_fail_here(scan, "a value");
    }
    if (scan->depth == LIMIT_DEPTH) {
        text_clear(&scan->detail);
        return json_scan_fail(scan, DIAG_TOO_DEEP, scan->next);
    }
    scan->first_name[scan->depth] = scan->name_count;
    scan->hashes_met[scan->depth] = 0;
    scan->closing[scan->depth++] = c == '{' ? '}' : ']';
    scan->next++;
    skip_space(scan);
    if (json_scan_look(scan) == scan->closing[scan->depth - 1]) {
        scan->next++;
        scan->depth--;
        return true;
    }
    *opened = true;
    return c == '[' || scan_name(scan, "a member's name in double quotes or \"}\"");
}

/* What follows a value: closes containers, or takes a comma before the next value. */
static bool scan_behind(struct json_scan *scan)
{
    while (scan->depth > 0) {
        char closing = scan->closing[scan->depth - 1];
        int c;

        skip_space(scan);
        c = json_scan_look(scan);
        if (c == ',') {
            scan->next++;
            return closing == ']' || scan_name(scan, "a member's name in double quotes");
        }
        if (c != closing)
            return json_scan_fail_here(scan, closing == '}' ? "\",\" or \"}\"" : "\",\" or \"]\"");
        scan->next++;
        scan->depth--;
        scan->name_count = scan->first_name[scan->depth];
    }
    return true;
}

bool json_scan_value(struct json_scan *scan)
{
    bool opened;

    scan->depth = 0;
    scan->number_count = 0;
    scan->number_longest = 0;
    scan->name_count = 0;
    scan->names_differ = true;
    enter(scan);
    do {
        if (!scan_start(scan, &opened) || (!opened && !scan_behind(scan)))
            return false;
    } while (scan->depth > 0);
    leave(scan);
    if (json_scan_offset(scan, scan->next) > scan->limit) {
        text_clear(&scan->detail);
        return json_scan_fail(scan, DIAG_TOO_LARGE, scan->window->bytes + scan->window->keep);
    }
    return true;
}
