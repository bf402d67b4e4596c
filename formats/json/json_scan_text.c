/* json_scan_text.c: the strings of json_scan.h: escapes, UTF-8, and what neither may hold. */
#include "json/json_problem.h"
#include "json/json_scan_inner.h"
#include "json/json_token.h"

/* Reads four hexadecimal digits; -1 where they are not. */
static int hexadecimal(const unsigned char *digits)
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        int c = digits[i];

        if (c >= '0' && c <= '9')
            c -= '0';
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            c = (c | 0x20) - 'a' + 10;
        else
            return -1;
        value = value * 16 + c;
    }
    return value;
}

/* Whether the bytes end inside of what could still become `\uXXXX\uXXXX`. */
static bool cut_off(const struct json_scan *scan)
{
    size_t count = (size_t)(scan->end - scan->next);

    for (size_t i = 0; i < count; i++) {
        unsigned char c = scan->next[i];

        if (i % 6 == 0   ? c != '\\'
            : i % 6 == 1 ? c != 'u'
                         : c == 0 || strchr("0123456789abcdefABCDEF", c) == NULL)
            return false;
    }
    return count < 12;
}

static bool bad_escape(struct json_scan *scan, enum diag_id id)
{
    text_clear(&scan->detail);
    json_problem_escape(scan->next, (size_t)(scan->end - scan->next), &scan->detail);
    return json_scan_fail(scan, id, scan->next);
}

/* The escape `\u` at next. Where the window ends early, NULs stand for what is missing. */
static bool take_unit(struct json_scan *scan)
{
    const unsigned char *place = scan->next;
    int unit = hexadecimal(place + 2);
    int second = place[6] == '\\' && place[7] == 'u' ? hexadecimal(place + 8) : -1;
    bool high = unit >= 0xD800 && unit <= 0xDBFF;

    if (high && second >= 0xDC00 && second <= 0xDFFF) {
        scan->next += 12;
        return true;
    }
    if ((unit < 0 || high) && cut_off(scan))
        return json_scan_fail_at_end(scan);
    if (unit < 0)
        return bad_escape(scan, DIAG_BAD_ESCAPE);
    if (unit == 0)
        return bad_escape(scan, DIAG_NUL);
    if (unit >= 0xD800 && unit <= 0xDFFF)
        return bad_escape(scan, DIAG_LONE_SURROGATE);
    scan->next += 6;
    return true;
}

static bool take_escape(struct json_scan *scan)
{
    unsigned char c;

    (void)json_scan_have(scan, 12);
    c = scan->next[1];
    if (c == 'u')
        return take_unit(scan);
    if (c != 0 && strchr("\"\\/bfnrt", c) != NULL) {
        scan->next += 2;
        return true;
    }
    if (scan->next + 1 == scan->end)
        return json_scan_fail_at_end(scan);
    return bad_escape(scan, DIAG_BAD_ESCAPE);
}

/* A character that is not ASCII. */
static bool take_character(struct json_scan *scan)
{
    size_t length;

    (void)json_scan_have(scan, 4);
    length = text_character((const char *)scan->next);
    if (length > 0) {
        scan->next += length;
        return true;
    }
    if (json_problem_is_cut(scan->next, (size_t)(scan->end - scan->next))) {
        /* The character is cut off too, where it was the file that ended. */
        (void)json_scan_fail_at_end(scan);
        return scan->id == DIAG_JSON_ENDS_EARLY && json_scan_fail(scan, scan->id, scan->next);
    }
    return json_scan_fail_here(scan, "a character");
}

/* What ends a run of plain bytes, but no closing quote. */
static bool take_special(struct json_scan *scan)
{
    int c = json_scan_look(scan);

    if (c == JSON_SCAN_END)
        return json_scan_fail_at_end(scan);
    if (c == '\\')
        return take_escape(scan);
    if (c < 0x20 && c != 0) {
        text_clear(&scan->detail);
        json_problem_character(scan->next, 1, &scan->detail);
        return json_scan_fail(scan, DIAG_CONTROL_CHARACTER, scan->next);
    }
    if (c >= 0x80)
        return take_character(scan);
    /* Either a NUL, or new bytes after a refill: plain ones, or a quote. */
    return c != 0 || json_scan_fail_here(scan, "a character");
}

bool json_scan_text(struct json_scan *scan)
{
    const unsigned char *next = scan->next + 1;

    scan->plain = true;
    for (;;) {
        next = json_token_special(next);
        scan->next = next;
        if (*next == '"') {
            scan->next++;
            return true;
        }
        scan->plain = false;
        if (!take_special(scan))
            return false;
        next = scan->next;
    }
}
