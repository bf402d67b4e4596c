/*
 * json_scan.c: see json_scan.h. The NULs after the window's bytes let loops run without counting:
 * only a NUL needs a look at whether it is the end. A pointer into the window is valid until look,
 * have or refill is called.
 */
#include "json/json_scan.h"
#include "base/limit.h"
#include "json/json_problem.h"
#include "json/json_token.h"
#include "json/json_window.h"
#include <string.h>

enum { END = -1 };

/* Bytes of a name that a message shows. */
enum { NAME_SHOWN = 100 };

void json_scan_init(struct json_scan *scan, struct json_window *window)
{
    memset(scan, 0, sizeof *scan);
    scan->window = window;
    scan->limit = LIMIT_DOCUMENT;
    scan->detail = TEXT_EMPTY;
}

void json_scan_free(struct json_scan *scan)
{
    json_names_free(&scan->names);
    text_free(&scan->detail);
}

static void enter(struct json_scan *scan)
{
    scan->next = scan->window->bytes + scan->window->next;
    scan->end = scan->window->bytes + scan->window->end;
}

static void leave(struct json_scan *scan)
{
    scan->window->next = (size_t)(scan->next - scan->window->bytes);
}

/* The first byte of the value. */
static const unsigned char *value_of(const struct json_scan *scan)
{
    return scan->window->bytes + scan->window->start;
}

static size_t offset_of(const struct json_scan *scan, const unsigned char *byte)
{
    return (size_t)(byte - value_of(scan));
}

/* Adds bytes at the end; false if there are none, or the value is too large already. */
static bool refill(struct json_scan *scan)
{
    bool more = false;

    leave(scan);
    if (offset_of(scan, scan->end) <= scan->limit)
        more = json_window_more(scan->window);
    enter(scan);
    return more;
}

/* The next byte, or END. */
static int look(struct json_scan *scan)
{
    return *scan->next != 0 || scan->next < scan->end || refill(scan) ? *scan->next : END;
}

/* Whether count bytes are there; reads until they are. */
static bool have(struct json_scan *scan, size_t count)
{
    while ((size_t)(scan->end - scan->next) < count)
        if (!refill(scan))
            return false;
    return true;
}

/* Sets the problem at a byte; the caller has set its detail. Returns false. */
static bool fail(struct json_scan *scan, enum diag_id id, const unsigned char *byte)
{
    scan->id = id;
    scan->offset = offset_of(scan, byte);
    return false;
}

static bool fail_bare(struct json_scan *scan, enum diag_id id, const unsigned char *byte)
{
    text_clear(&scan->detail);
    return fail(scan, id, byte);
}

/* The bytes end before the value does. */
static bool fail_at_end(struct json_scan *scan)
{
    if (offset_of(scan, scan->end) > scan->limit)
        return fail_bare(scan, DIAG_TOO_LARGE, value_of(scan));
    text_clear(&scan->detail);
    if (scan->depth > 0)
        text_add(&scan->detail, scan->closing == '}' ? "inside an object" : "inside an array");
    return fail(scan, json_problem_end(scan->window, &scan->detail), scan->end);
}

/* The next byte is not what is expected. */
static bool fail_here(struct json_scan *scan, const char *expected)
{
    size_t count, most;

    if (look(scan) == END)
        return fail_at_end(scan);
    most = scan->depth > 0 ? JSON_PROBLEM_BYTES : JSON_PROBLEM_LINE;
    (void)have(scan, most);
    count = (size_t)(scan->end - scan->next);
    /* Never more: the message must not depend on where the window ends. */
    count = count < most ? count : most;
    text_clear(&scan->detail);
    if (scan->depth == 0 && scan->window->wide &&
        json_problem_is_ascii_as_utf16(scan->next, count)) {
        text_add(&scan->detail, "text in UTF-8 was appended to UTF-16");
        return fail(scan, DIAG_MIXED_ENCODINGS, scan->next);
    }
    return fail(scan,
                json_problem_here(scan->next, count, expected, scan->depth > 0, &scan->detail),
                scan->next);
}

void json_scan_unexpected(struct json_scan *scan, const char *expected)
{
    scan->depth = 0;
    enter(scan);
    (void)fail_here(scan, expected);
}

static void skip_space(struct json_scan *scan)
{
    if (*scan->next > ' ')
        return;
    do
        scan->next = json_token_after_space(scan->next);
    while (*scan->next == 0 && scan->next == scan->end && refill(scan));
}

/* Strings. */

/* The value of four hexadecimal digits; -1 if they are not. */
static int hexadecimal(const unsigned char *digits)
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        int digit = json_token_digit(digits[i]);

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Whether the bytes end within what could become `\uXXXX\uXXXX`. */
static bool ends_in_escape(const struct json_scan *scan)
{
    size_t count = (size_t)(scan->end - scan->next);

    for (size_t i = 0; i < count; i++) {
        unsigned char c = scan->next[i];

        if (i % 6 == 0 ? c != '\\' : i % 6 == 1 ? c != 'u' : json_token_digit(c) < 0)
            return false;
    }
    return count < 12;
}

static bool fail_escape(struct json_scan *scan, enum diag_id id)
{
    text_clear(&scan->detail);
    json_problem_escape(scan->next, (size_t)(scan->end - scan->next), &scan->detail);
    return fail(scan, id, scan->next);
}

/* The escape `\u` at next. If the bytes end too early, NULs follow. */
static bool take_unit(struct json_scan *scan)
{
    const unsigned char *escape = scan->next;
    int unit = hexadecimal(escape + 2);
    int second = escape[6] == '\\' && escape[7] == 'u' ? hexadecimal(escape + 8) : -1;
    bool high = unit >= 0xD800 && unit <= 0xDBFF;

    if (high && second >= 0xDC00 && second <= 0xDFFF) {
        scan->next += 12;
        return true;
    }
    if ((unit < 0 || high) && ends_in_escape(scan))
        return fail_at_end(scan);
    if (unit < 0)
        return fail_escape(scan, DIAG_BAD_ESCAPE);
    if (unit == 0)
        return fail_escape(scan, DIAG_NUL);
    if (unit >= 0xD800 && unit <= 0xDFFF)
        return fail_escape(scan, DIAG_LONE_SURROGATE);
    scan->next += 6;
    return true;
}

static bool take_escape(struct json_scan *scan)
{
    unsigned char c;

    (void)have(scan, 12);
    scan->escaped = true;
    c = scan->next[1];
    if (c == 'u')
        return take_unit(scan);
    if (c != 0 && strchr("\"\\/bfnrt", c) != NULL) {
        scan->next += 2;
        return true;
    }
    if (scan->next + 1 == scan->end)
        return fail_at_end(scan);
    return fail_escape(scan, DIAG_BAD_ESCAPE);
}

/* A character that is not ASCII. */
static bool take_character(struct json_scan *scan)
{
    size_t length;

    (void)have(scan, 4);
    length = text_character((const char *)scan->next);
    if (length > 0) {
        scan->next += length;
        return true;
    }
    if (json_problem_is_cut(scan->next, (size_t)(scan->end - scan->next))) {
        /* The file ends within the character: the problem is where the character begins. */
        (void)fail_at_end(scan);
        return scan->id == DIAG_JSON_ENDS_EARLY && fail(scan, scan->id, scan->next);
    }
    return fail_here(scan, "a character");
}

/* The next byte of a string, which is neither plain nor a quote. */
static bool take_special(struct json_scan *scan)
{
    int c = look(scan);

    if (c == END)
        return fail_at_end(scan);
    if (c == '\\')
        return take_escape(scan);
    if (c < 0x20 && c != 0) {
        text_clear(&scan->detail);
        json_problem_character(scan->next, 1, &scan->detail);
        return fail(scan, DIAG_CONTROL_CHARACTER, scan->next);
    }
    if (c >= 0x80)
        return take_character(scan);
    /* A NUL, or the first of new bytes: a plain one or a quote. */
    return c != 0 || fail_here(scan, "a character");
}

/* The string whose opening quote is next. */
static bool scan_string(struct json_scan *scan)
{
    scan->next++;
    scan->escaped = false;
    for (;;) {
        scan->next = json_token_special(scan->next);
        if (*scan->next == '"') {
            scan->next++;
            return true;
        }
        if (!take_special(scan))
            return false;
    }
}

/* Numbers and words. */

/* The whole number at an offset in the message; a long one is shortened. Between documents it may
 * begin another text. */
static bool fail_number(struct json_scan *scan, size_t offset)
{
    const unsigned char *word;
    const char *guess = NULL;
    enum diag_id id = DIAG_BAD_NUMBER;
    size_t count;

    (void)have(scan, scan->depth > 0 ? JSON_PROBLEM_BYTES : JSON_PROBLEM_LINE);
    word = value_of(scan) + offset;
    count = (size_t)(scan->end - word);
    text_clear(&scan->detail);
    if (scan->depth == 0)
        id =
            json_problem_guess(word, count < JSON_PROBLEM_LINE ? count : JSON_PROBLEM_LINE, &guess);
    if (id == DIAG_OTHER_TEXT) {
        text_add(&scan->detail, guess);
        return fail(scan, id, word);
    }
    json_problem_word(word, count, &scan->detail);
    return fail(scan, DIAG_BAD_NUMBER, word);
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* Takes one digit or more. */
static bool take_digits(struct json_scan *scan)
{
    if (!is_digit(look(scan)))
        return false;
    do
        scan->next++;
    while (is_digit(look(scan)));
    return true;
}

/* RFC 8259, section 6. What may be in a number or a word must not follow one. */
static bool take_number(struct json_scan *scan)
{
    int c;

    if (*scan->next == '-')
        scan->next++;
    if (look(scan) == '0')
        scan->next++;
    else if (!take_digits(scan))
        return false;
    if (look(scan) == '.') {
        scan->next++;
        if (!take_digits(scan))
            return false;
    }
    c = look(scan);
    if (c == 'e' || c == 'E') {
        scan->next++;
        c = look(scan);
        scan->next += c == '+' || c == '-';
        if (!take_digits(scan))
            return false;
    }
    c = look(scan);
    return c == END || !json_token_in_word((unsigned char)c);
}

static bool scan_number(struct json_scan *scan)
{
    size_t offset = offset_of(scan, scan->next);

    if (take_number(scan))
        return true;
    return look(scan) == END ? fail_at_end(scan) : fail_number(scan, offset);
}

static bool scan_word(struct json_scan *scan)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t count;

    (void)have(scan, 8);
    count = (size_t)(scan->end - scan->next);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);

        if (count < length && memcmp(scan->next, words[i], count) == 0)
            return fail_at_end(scan);
        if (count >= length && memcmp(scan->next, words[i], length) == 0 &&
            !json_token_in_word(scan->next[length])) {
            scan->next += length;
            return true;
        }
    }
    return fail_here(scan, "a value");
}

/* Objects and arrays. */

static bool scan_value(struct json_scan *scan);

/* A name and its colon. */
static bool scan_name(struct json_scan *scan, struct json_names_object *object,
                      const char *expected)
{
    size_t quote;

    skip_space(scan);
    if (look(scan) != '"')
        return fail_here(scan, expected);
    quote = offset_of(scan, scan->next);
    if (!scan_string(scan))
        return false;
    json_names_add(&scan->names, object, value_of(scan), quote, offset_of(scan, scan->next - 1),
                   scan->escaped);
    skip_space(scan);
    if (look(scan) != ':')
        return fail_here(scan, "\":\" after the member's name");
    scan->next++;
    return true;
}

/* What follows a member or an element: takes a comma, or the closing bracket and sets closed. */
static bool take_separator(struct json_scan *scan, bool *closed)
{
    int c;

    skip_space(scan);
    c = look(scan);
    *closed = c == scan->closing;
    if (!*closed && c != ',')
        return fail_here(scan, scan->closing == '}' ? "\",\" or \"}\"" : "\",\" or \"]\"");
    scan->next++;
    return true;
}

/* From the opening bracket at next to the closing one. */
static bool scan_container(struct json_scan *scan)
{
    bool is_object = *scan->next == '{', closed;
    char outer = scan->closing;
    const char *expected = "a member's name in double quotes or \"}\"";
    struct json_names_object object = json_names_open(&scan->names);

    if (scan->depth == LIMIT_DEPTH)
        return fail_bare(scan, DIAG_TOO_DEEP, scan->next);
    scan->depth++;
    scan->closing = is_object ? '}' : ']';
    scan->next++;
    skip_space(scan);
    closed = look(scan) == scan->closing;
    scan->next += closed;
    while (!closed) {
        if ((is_object && !scan_name(scan, &object, expected)) || !scan_value(scan) ||
            !take_separator(scan, &closed))
            return false;
        expected = "a member's name in double quotes";
    }
    json_names_close(&scan->names, &object, value_of(scan));
    scan->closing = outer;
    scan->depth--;
    return true;
}

/* Recurses to LIMIT_DEPTH at most. */
static bool scan_value(struct json_scan *scan)
{
    int c;

    skip_space(scan);
    c = look(scan);
    if (c == '"')
        return scan_string(scan);
    if (c == '{' || c == '[')
        return scan_container(scan);
    if (c == '-' || is_digit(c))
        return scan_number(scan);
    if (c == 't' || c == 'f' || c == 'n')
        return scan_word(scan);
    return fail_here(scan, "a value");
}

/* The name at an offset occurs twice; a long one is shortened in the message. */
static bool fail_duplicate(struct json_scan *scan, size_t offset)
{
    const unsigned char *name = value_of(scan) + offset + 1;
    bool escaped;
    size_t length = (size_t)(json_token_string_end(name, &escaped) - name), shown = 0;
    struct text decoded = TEXT_EMPTY;

    text_take(&decoded, json_token_decode(name, length, text_room(&decoded, length)));
    while (shown < NAME_SHOWN && shown < decoded.length)
        shown += text_character(decoded.bytes + shown);
    text_clear(&scan->detail);
    text_add(&scan->detail, "\"");
    text_add_bytes(&scan->detail, decoded.bytes, shown);
    text_add(&scan->detail, shown == decoded.length ? "\"" : "...\"");
    text_free(&decoded);
    return fail(scan, DIAG_DUPLICATE_NAME, name - 1);
}

bool json_scan_value(struct json_scan *scan)
{
    scan->depth = 0;
    scan->closing = 0;
    json_names_start(&scan->names);
    enter(scan);
    if (!scan_value(scan))
        return false;
    leave(scan);
    if (offset_of(scan, scan->next) > scan->limit)
        return fail_bare(scan, DIAG_TOO_LARGE, value_of(scan));
    /* Last: errors of syntax come first, wherever they are. */
    return scan->names.duplicate == JSON_NAMES_UNIQUE ||
           fail_duplicate(scan, scan->names.duplicate);
}
