/* json_problem.c: see json_problem.h. */
#include "json/json_problem.h"
#include "base/file.h"
#include "base/text.h"
#include "json/json_token.h"
#include "json/json_window.h"
#include <string.h>

/* Characters of a word that a message shows. */
enum { WORD_SHOWN = 40 };

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

/* The length of a UTF-8 character with this first byte; 0 if there is none. */
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
    /* Every valid beginning can be completed by bytes of 0x80, or by bytes of 0xBF. */
    memset(whole + count, 0x80, length - count);
    if (text_character(whole) == length)
        return true;
    memset(whole + count, 0xBF, length - count);
    return text_character(whole) == length;
}

/* The length of the character at bytes; 0 if it is not valid UTF-8, or cut off. */
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

void json_problem_word(const unsigned char *bytes, size_t count, struct text *detail)
{
    size_t length = 0;

    while (length < count && json_token_in_word(bytes[length]))
        length++;
    text_add_bytes(detail, (const char *)bytes, length < WORD_SHOWN ? length : WORD_SHOWN);
    if (length > WORD_SHOWN)
        text_add(detail, "...");
}

#define ERROR_MESSAGE "it looks like an AWS CLI error message; the command failed"
#define ARCHIVE "it looks like an archive; unpack it"

struct cause {
    const char *beginning;
    size_t length;
    const char *guess;
};

#define BEGINS(text, guess)                                                                        \
    {                                                                                              \
        text, sizeof text - 1, guess                                                               \
    }

static const struct cause causes[] = {
    BEGINS("An error occurred (", ERROR_MESSAGE),
    BEGINS("aws: ", ERROR_MESSAGE),
    BEGINS("aws.exe: ", ERROR_MESSAGE),
    BEGINS("usage: aws", ERROR_MESSAGE),
    BEGINS("Unable to ", ERROR_MESSAGE),
    BEGINS("Could not ", ERROR_MESSAGE),
    BEGINS("Error ", ERROR_MESSAGE),
    BEGINS("Error: ", ERROR_MESSAGE),
    BEGINS("The config profile (", ERROR_MESSAGE),
    BEGINS("You must specify a region", ERROR_MESSAGE),
    BEGINS("Invalid endpoint", ERROR_MESSAGE),
    BEGINS("Partial credentials", ERROR_MESSAGE),
    BEGINS("Parameter validation failed", ERROR_MESSAGE),
    BEGINS("SSL validation failed", ERROR_MESSAGE),
    BEGINS("-----BEGIN ", "it looks like a PEM certificate or key, not the output of a command"),
    BEGINS("-----", "it looks like --output table"),
    BEGINS("+--", "it looks like --output table"),
    BEGINS("|", "it looks like --output table"),
    BEGINS("---\n", "it looks like --output yaml"),
    BEGINS("---\r", "it looks like --output yaml"),
    BEGINS("- ", "it looks like --output yaml"),
    BEGINS("<", "it looks like a web page or XML"),
    BEGINS("'", "single quotes, as Python prints them; JSON uses double quotes"),
    BEGINS("\xE2\x80\x9C", "curly quotes, as word processors insert them"),
    BEGINS("\xEF\xBB\xBF", "in the middle of the file; files were probably joined"),
    BEGINS("//", "JSON has no comments"),
    BEGINS("/*", "JSON has no comments"),
    BEGINS("#", "JSON has no comments"),
    BEGINS("PK\x03\x04", ARCHIVE),
    BEGINS("\x1F\x8B", ARCHIVE),
    BEGINS("BZh", ARCHIVE),
    BEGINS("\xFD"
           "7zXZ",
           ARCHIVE),
    BEGINS("7z\xBC\xAF", ARCHIVE),
    BEGINS("%PDF-", "it looks like a PDF"),
    BEGINS("\xD0\xCF\x11\xE0", "it looks like an Office document or an e-mail"),
};

static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_capital(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

/* `Certificate:` before a space or a line's end is YAML. A word before a tab, a word in capitals
 * such as ISSUED, or an ARN is from --output text. */
static const char *guess_by_word(const unsigned char *bytes, size_t count)
{
    size_t word = 0, capitals = 0;

    while (word < count && (is_letter(bytes[word]) || is_capital(bytes[word]))) {
        capitals += is_capital(bytes[word]);
        word++;
    }
    if (word == 0 || !is_letter(bytes[0]))
        return NULL;
    if (word + 1 < count && bytes[word] == ':' && strchr(" \r\n", bytes[word + 1]) != NULL)
        return "it looks like --output yaml";
    if ((word < count && bytes[word] == '\t') || (word > 1 && capitals == word) ||
        (count > 4 && memcmp(bytes, "arn:", 4) == 0))
        return "it looks like --output text";
    return NULL;
}

const char *json_problem_guess(const unsigned char *bytes, size_t count)
{
    if (count >= 4 && ((bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0) ||
                       (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0)))
        return "it looks like UTF-16 without a byte order mark; save it as UTF-8";
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (count >= causes[i].length && memcmp(bytes, causes[i].beginning, causes[i].length) == 0)
            return causes[i].guess;
    return guess_by_word(bytes, count);
}

static void add_bad_utf8(const unsigned char *bytes, size_t count, struct text *detail)
{
    text_addf(detail, "byte 0x%02X", (unsigned int)bytes[0]);
    if (bytes[0] == 0xED && count > 1 && bytes[1] >= 0xA0 && bytes[1] <= 0xBF)
        text_add(detail, " begins an encoded surrogate, which UTF-8 does not allow");
    else
        text_add(detail, "; probably a Windows code page");
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
    if (!inside || !json_token_in_word(bytes[0]))
        guess = json_problem_guess(bytes, count);
    text_addf(detail, "expected %s, found ", expected);
    if (json_token_in_word(bytes[0])) {
        text_add(detail, "\"");
        json_problem_word(bytes, count, detail);
        text_add(detail, "\"");
    } else {
        json_problem_character(bytes, count, detail);
    }
    if (guess != NULL)
        text_addf(detail, "; %s", guess);
    return DIAG_JSON_SYNTAX;
}
