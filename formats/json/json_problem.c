/* json_problem.c: see json_problem.h. */
#include "json/json_problem.h"
#include "base/file.h"
#include "base/text.h"
#include "json/json_window.h"
#include <string.h>

enum { WORD_MAX = JSON_PROBLEM_WORD - 1 };

enum diag_id json_problem_end(const struct json_window *window, struct text *detail)
{
    char message[128];

    switch (window->state) {
    case WINDOW_LONE_SURROGATE:
        text_clear(detail);
        text_add(detail, "in the UTF-16 text");
        return DIAG_LONE_SURROGATE;
    case WINDOW_ODD:
        text_clear(detail);
        return DIAG_UTF16_ODD;
    case WINDOW_UNREADABLE:
        text_clear(detail);
        if (strerror_r(file_error(window->file), message, sizeof message) == 0)
            text_add(detail, message);
        return DIAG_CANNOT_READ;
    case WINDOW_OPEN:
    case WINDOW_ENDED:
        break;
    }
    return DIAG_JSON_ENDS_EARLY;
}

/* How many bytes a UTF-8 character has that begins so; 0 where none does. */
static size_t length_of(unsigned char first)
{
    return first < 0x80                   ? 1
           : first < 0xC2 || first > 0xF4 ? 0
           : first < 0xE0                 ? 2
           : first < 0xF0                 ? 3
                                          : 4;
}

bool json_problem_is_cut(const unsigned char *bytes, size_t count)
{
    size_t length = length_of(bytes[0]);
    char whole[5] = {0};

    if (count >= length)
        return false;
    memcpy(whole, bytes, count);
    /* Every beginning that is good at all can go on with 0x80 or 0xBF in all places. */
    memset(whole + count, 0x80, length - count);
    if (text_character(whole) == length)
        return true;
    memset(whole + count, 0xBF, length - count);
    return text_character(whole) == length;
}

/* The length of the character at bytes, 0 where it is not valid UTF-8 or cut off. */
static size_t character(const unsigned char *bytes, size_t count)
{
    char copy[5] = {0};

    memcpy(copy, bytes, count < 4 ? count : 4);
    return count == 0 ? 0 : text_character(copy);
}

void json_problem_character(const unsigned char *bytes, size_t count, struct text *detail)
{
    size_t length = character(bytes, count);

    if (length == 0) {
        text_addf(detail, "byte 0x%02X", (unsigned int)bytes[0]);
    } else if (bytes[0] < 0x20 || bytes[0] == 0x7F) {
        text_addf(detail, "U+%04X", (unsigned int)bytes[0]);
    } else if (bytes[0] == '"') {
        text_add(detail, "a double quote");
    } else if (length == 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        text_add(detail, "a byte order mark");
    } else if (length == 2 && memcmp(bytes, "\xC2\xA0", 2) == 0) {
        text_add(detail, "a no-break space");
    } else {
        text_add(detail, "\"");
        text_add_bytes(detail, (const char *)bytes, length);
        text_add(detail, "\"");
    }
}

void json_problem_escape(const unsigned char *bytes, size_t count, struct text *detail)
{
    size_t length = 1;

    text_add(detail, "\\");
    if (count > 1 && bytes[1] == 'u') {
        length = 2;
        text_add(detail, "u");
    } else if (count > 1) {
        if (bytes[1] > 0x20 && bytes[1] < 0x7F) {
            text_add_bytes(detail, (const char *)bytes + 1, 1);
        } else {
            text_add(detail, " and ");
            json_problem_character(bytes + 1, count - 1, detail);
        }
        return;
    }
    for (; length < count && length < 6 && bytes[length] > 0x20 && bytes[length] < 0x7F &&
           bytes[length] != '"';
         length++)
        text_add_bytes(detail, (const char *)bytes + length, 1);
}

static bool in_word(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || (byte != 0 && strchr("+-._", byte) != NULL);
}

void json_problem_word(const unsigned char *bytes, size_t count, struct text *detail)
{
    size_t length = 0;

    while (length < count && in_word(bytes[length]))
        length++;
    text_add_bytes(detail, (const char *)bytes, length < WORD_MAX ? length : WORD_MAX);
    if (length > WORD_MAX)
        text_add(detail, "...");
}

static void add_bad_utf8(const unsigned char *bytes, size_t count, struct text *detail)
{
    text_addf(detail, "byte 0x%02X", (unsigned int)bytes[0]);
    if (bytes[0] == 0xED && count > 1 && bytes[1] >= 0xA0 && bytes[1] <= 0xBF)
        text_add(detail, " begins half of a surrogate pair, which UTF-8 does not have");
    else
        text_add(detail, "; likely a Windows code page");
}

enum diag_id json_problem_here(const unsigned char *bytes, size_t count, const char *expected,
                               bool inside, struct text *detail)
{
    const char *guess = NULL;

    if (bytes[0] == 0) {
        text_add(detail, "UTF-16 without a byte order mark, or a damaged file");
        return DIAG_NUL;
    }
    if (character(bytes, count) == 0) {
        add_bad_utf8(bytes, count, detail);
        return DIAG_BAD_UTF8;
    }
    if (!inside || !in_word(bytes[0]))
        guess = json_problem_guess(bytes, count);
    if (in_word(bytes[0])) {
        text_add(detail, "\"");
        json_problem_word(bytes, count, detail);
        text_add(detail, "\"");
    } else {
        json_problem_character(bytes, count, detail);
    }
    text_addf(detail, " where %s should be", expected);
    if (guess != NULL)
        text_addf(detail, "; %s", guess);
    return DIAG_JSON_SYNTAX;
}
