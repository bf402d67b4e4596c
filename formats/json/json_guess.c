/* json_guess.c: the likely causes of json_problem.h: what writes files that are not JSON. */
#include "json/json_problem.h"
#include <string.h>

#define ERROR_MESSAGE "it looks like an error message of the AWS CLI: the command failed"
#define ARCHIVE "it looks like an archive: unpack it"

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
    BEGINS("-----BEGIN ", "it looks like a certificate or key in PEM form, not what a command says "
                          "about one"),
    BEGINS("-----", "it looks like --output table"),
    BEGINS("+--", "it looks like --output table"),
    BEGINS("|", "it looks like --output table"),
    BEGINS("---\n", "it looks like --output yaml"),
    BEGINS("---\r", "it looks like --output yaml"),
    BEGINS("- ", "it looks like --output yaml"),
    BEGINS("<", "it looks like a web page or XML"),
    BEGINS("'", "single quotes, as Python prints: JSON has double quotes"),
    BEGINS("\xE2\x80\x9C", "curly quotes, as a word processor makes them"),
    BEGINS("\xEF\xBB\xBF", "in the middle of the file: files were joined"),
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
    BEGINS("\xD0\xCF\x11\xE0", "it looks like an Office document or a mail"),
};

static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_capital(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

/* `Certificate:` and a line's end or a blank is YAML; a tab behind a word, or capitals alone such
 * as ISSUED, is what --output text writes; an ARN too. */
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
        return "it looks like UTF-16 without a byte order mark: save it as UTF-8";
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (count >= causes[i].length && memcmp(bytes, causes[i].beginning, causes[i].length) == 0)
            return causes[i].guess;
    return guess_by_word(bytes, count);
}
