/* json_problem.c: see json_problem.h. */
#include "json/json_problem.h"
#include "base/file.h"
#include "base/text.h"
#include "json/json_token.h"
#include "json/json_window.h"
#include <stdint.h>
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

#define ERROR_MESSAGE "it looks like an AWS CLI error message"
#define COMMENT "JSON has no comments"
#define PROMPT "it looks like a shell prompt"
#define LOG "it looks like a line of a log"

struct cause {
    const char *beginning;
    size_t length;
    enum diag_id id;
    const char *guess;
};

#define BEGINS(text, id, guess)                                                                    \
    {                                                                                              \
        text, sizeof text - 1, id, guess                                                           \
    }
#define FAILED(text) BEGINS(text, DIAG_COMMAND_FAILED, ERROR_MESSAGE)
#define TABLE(text) BEGINS(text, DIAG_NOT_JSON, "it looks like --output table")
#define YAML(text) BEGINS(text, DIAG_NOT_JSON, "it looks like --output yaml")
#define OTHER(text, guess) BEGINS(text, DIAG_OTHER_TEXT, guess)
#define ARCHIVE(text) BEGINS(text, DIAG_ARCHIVE, "it looks like an archive")

static const struct cause causes[] = {
    FAILED("An error occurred ("),
    FAILED("aws: "),
    FAILED("aws.exe: "),
    FAILED("usage: aws"),
    FAILED("Unable to "),
    FAILED("Could not "),
    FAILED("Error "),
    FAILED("Error: "),
    FAILED("The config profile ("),
    FAILED("You must specify a region"),
    FAILED("Invalid endpoint"),
    FAILED("Partial credentials"),
    FAILED("Parameter validation failed"),
    FAILED("SSL validation failed"),
    FAILED("The SSO session"),
    FAILED("Token has expired"),
    FAILED("Your session has expired"),
    BEGINS("-----BEGIN ", DIAG_NOT_JSON,
           "it looks like a PEM certificate or key, not the output of a command"),
    TABLE("-----"),
    TABLE("+--"),
    TABLE("|"),
    YAML("---\n"),
    YAML("---\r"),
    YAML("- "),
    BEGINS("<", DIAG_NOT_JSON, "it looks like a web page or XML"),
    BEGINS("'", DIAG_NOT_JSON, "single quotes, as Python prints them; JSON uses double quotes"),
    BEGINS("\xE2\x80\x9C", DIAG_NOT_JSON, "curly quotes, as word processors insert them"),
    BEGINS("\xEF\xBB\xBF", DIAG_NOT_JSON, "in the middle of the file; files were probably joined"),
    BEGINS("//", DIAG_NOT_JSON, COMMENT),
    BEGINS("/*", DIAG_NOT_JSON, COMMENT),
    OTHER("#!", "it looks like a script"),
    OTHER("# ", "it looks like a comment or a heading"),
    BEGINS("#", DIAG_NOT_JSON, COMMENT),
    OTHER("==", "it looks like a heading"),
    OTHER("```", "a code fence, as in a chat or a wiki"),
    OTHER("~~~", "a code fence, as in a chat or a wiki"),
    OTHER("\x1B[", "colour codes of a terminal; --color off or jq -M omits them"),
    OTHER("$ ", PROMPT),
    OTHER("% ", PROMPT),
    OTHER("> ", PROMPT),
    OTHER("PS ", PROMPT),
    OTHER("+ ", "a command as set -x prints it"),
    OTHER("aws ", "it looks like the command itself"),
    OTHER("HTTP/", "it looks like the headers of an HTTP response"),
    ARCHIVE("PK\x03\x04"),
    ARCHIVE("\x1F\x8B"),
    ARCHIVE("BZh"),
    ARCHIVE("\xFD"
            "7zXZ"),
    ARCHIVE("7z\xBC\xAF"),
    BEGINS("%PDF-", DIAG_NOT_JSON, "it looks like a PDF"),
    BEGINS("\xD0\xCF\x11\xE0", DIAG_NOT_JSON, "it looks like an Office document or an e-mail"),
};

static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

static bool begins(const unsigned char *bytes, size_t count, const char *text)
{
    size_t length = strlen(text);
    return count >= length && memcmp(bytes, text, length) == 0;
}

/* Where the text begins in the first line, or NULL. */
static const unsigned char *in_line(const unsigned char *bytes, size_t count, const char *text)
{
    for (; count > 0 && *bytes != '\n'; bytes++, count--)
        if (begins(bytes, count, text))
            return bytes;
    return NULL;
}

/* `bash: aws: command not found`, and what other shells say of it. */
static bool is_shell_error(const unsigned char *bytes, size_t count)
{
    static const char *const errors[] = {"command not found",    ": not found",
                                         "is not recognized as", "No such file or directory",
                                         ": Permission denied",  NULL};
    if (count > 0 && bytes[0] == '\'' && !begins(bytes, count, "'aws"))
        return false; /* rather Python's quotes */
    for (const char *const *error = errors; *error != NULL; error++)
        if (in_line(bytes, count, *error) != NULL)
            return true;
    return false;
}

/* A date and time, with more on the line than an offset; or a level. */
static bool is_log_line(const unsigned char *bytes, size_t count)
{
    static const char *const levels[] = {"DEBUG", "INFO",  "WARNING", "WARN",
                                         "ERROR", "TRACE", NULL};
    static const char date[] = "0000-00-00";
    for (const char *const *level = levels; *level != NULL; level++) {
        size_t length = strlen(*level);
        if (begins(bytes, count, *level) && length < count &&
            strchr(" :]", bytes[length]) != NULL && bytes[length] != 0)
            return true;
    }
    if (count < sizeof date + 1 || strchr("T ", bytes[sizeof date - 1]) == NULL)
        return false;
    for (size_t i = 0; i < sizeof date - 1; i++)
        if (date[i] == '0' ? !is_digit(bytes[i]) : bytes[i] != '-')
            return false;
    return in_line(bytes + sizeof date, count - sizeof date, " ") != NULL;
}

/* `user@host:~$ aws`, `[user@host ~]$ aws`, from the user on; `C:\>`. */
static bool is_prompt(const unsigned char *bytes, size_t count)
{
    size_t word = 0;
    if (count > 2 && is_letter(bytes[0]) && bytes[1] == ':' && bytes[2] == '\\')
        return in_line(bytes, count, ">") != NULL;
    while (word < count && json_token_in_word(bytes[word]))
        word++;
    if (word == 0 || word == count || bytes[word] != '@')
        return false;
    return in_line(bytes, count, "$") != NULL || in_line(bytes, count, "#") != NULL ||
           in_line(bytes, count, "%") != NULL;
}

/* `Certificate:` before a space or a line's end is YAML, `Certificate  : ` Format-List. A word
 * before a tab, a word in capitals such as ISSUED, or an ARN is from --output text. */
static const char *guess_by_word(const unsigned char *bytes, size_t count)
{
    size_t word = 0, capitals = 0, after;

    while (word < count && (is_letter(bytes[word]) || is_capital(bytes[word]))) {
        capitals += is_capital(bytes[word]);
        word++;
    }
    if (word == 0 || !is_letter(bytes[0]))
        return NULL;
    for (after = word; after < count && bytes[after] == ' ';)
        after++;
    if (after + 1 < count && bytes[after] == ':' && strchr(" \r\n", bytes[after + 1]) != NULL)
        return after == word
                   ? "it looks like --output yaml"
                   : "it looks like Format-List of PowerShell; ConvertTo-Json prints JSON";
    if ((word < count && bytes[word] == '\t') || (word > 1 && capitals == word) ||
        begins(bytes, count, "arn:") || (word == 4 && begins(bytes, count, "None")))
        return "it looks like --output text";
    return NULL;
}

enum diag_id json_problem_guess(const unsigned char *bytes, size_t count, const char **guess)
{
    *guess = NULL;
    if (count >= 4 && ((bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0) ||
                       (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0))) {
        *guess = "it looks like UTF-16 without a byte order mark";
        return DIAG_BAD_UTF8;
    }
    if (is_shell_error(bytes, count)) {
        *guess = "it looks like the error message of a shell";
        return DIAG_COMMAND_FAILED;
    }
    if (is_log_line(bytes, count) || is_prompt(bytes, count)) {
        *guess = is_prompt(bytes, count) ? PROMPT : LOG;
        return DIAG_OTHER_TEXT;
    }
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (count >= causes[i].length &&
            memcmp(bytes, causes[i].beginning, causes[i].length) == 0) {
            *guess = causes[i].guess;
            return causes[i].id;
        }
    *guess = guess_by_word(bytes, count);
    return DIAG_NOT_JSON;
}

static void add_bad_utf8(const unsigned char *bytes, size_t count, struct text *detail)
{
    text_addf(detail, "byte 0x%02X", (unsigned int)bytes[0]);
    if (bytes[0] == 0xED && count > 1 && bytes[1] >= 0xA0 && bytes[1] <= 0xBF)
        text_add(detail, " begins an encoded surrogate, which UTF-8 does not allow");
    else
        text_add(detail, "; probably a Windows code page");
}

static bool is_ascii_text(unsigned int c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7F);
}

/* Whether the character's code unit in UTF-16 is two characters of ASCII. */
static bool is_two_ascii(const unsigned char *bytes, size_t count)
{
    size_t length = character(bytes, count);
    uint32_t point = length == 3 ? text_code_point((const char *)bytes, length) : 0;
    return is_ascii_text(point >> 8) && is_ascii_text(point & 0xFF);
}

/* One such character may be a real one, unless it begins as a document does. */
bool json_problem_is_ascii_as_utf16(const unsigned char *bytes, size_t count)
{
    enum { LENGTH = 3 }; /* of each such character in UTF-8 */
    if (!is_two_ascii(bytes, count))
        return false;
    uint32_t point = text_code_point((const char *)bytes, LENGTH);
    return strchr("{[\r\n", (int)(point >> 8)) != NULL ||
           strchr("{[\r\n", (int)(point & 0xFF)) != NULL ||
           (count > LENGTH && is_two_ascii(bytes + LENGTH, count - LENGTH));
}

/* Whether UTF-16 begins here: its byte order mark, or a character of ASCII between NULs. */
static bool begins_utf16(const unsigned char *bytes, size_t count)
{
    return begins(bytes, count, "\xFF\xFE") || begins(bytes, count, "\xFE\xFF") ||
           (count >= 3 && bytes[0] == 0 && bytes[1] != 0 && is_ascii_text(bytes[1]) &&
            bytes[2] == 0);
}

/* What Python prints for values that JSON spells in another way. */
static bool is_python(const unsigned char *bytes, size_t count)
{
    return begins(bytes, count, "None") || begins(bytes, count, "True") ||
           begins(bytes, count, "False") || begins(bytes, count, "datetime.datetime");
}

#define UTF16_APPENDED "UTF-16 was appended, as >> of Windows PowerShell does"

enum diag_id json_problem_here(const unsigned char *bytes, size_t count, const char *expected,
                               bool inside, struct text *detail)
{
    enum diag_id id = DIAG_JSON_SYNTAX;
    const char *guess = NULL;

    if (begins_utf16(bytes, count)) {
        text_add(detail, UTF16_APPENDED);
        return DIAG_MIXED_ENCODINGS;
    }
    if (bytes[0] == 0) {
        text_add(detail, "UTF-16 without a byte order mark, or a damaged file");
        return DIAG_NUL;
    }
    if (character(bytes, count) == 0) {
        add_bad_utf8(bytes, count, detail);
        return DIAG_BAD_UTF8;
    }
    if (!inside || !json_token_in_word(bytes[0]))
        id = json_problem_guess(bytes, count, &guess);
    else if (is_python(bytes, count))
        guess = "as Python prints it";
    if (guess != NULL && !inside && id != DIAG_NOT_JSON) {
        text_add(detail, id == DIAG_BAD_UTF8 ? UTF16_APPENDED : guess);
        return id == DIAG_BAD_UTF8 ? DIAG_MIXED_ENCODINGS : id;
    }
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
