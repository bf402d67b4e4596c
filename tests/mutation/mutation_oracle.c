/* mutation_oracle.c: see mutation_oracle.h. */
#include "mutation/mutation_oracle.h"
#include "base/text.h"
#include "support/harness.h"
#include <iconv.h>
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const char MUTATION_TOO_DEEP[] = "too deep for jq";

/* Converts all bytes; false if they are not valid. */
static bool convert(const char *to, const char *from, const char *bytes, size_t count,
                    struct text *converted)
{
    enum { GROWTH = 4 }; /* the most bytes that one byte becomes */
    iconv_t conversion = iconv_open(to, from);
    HARNESS_REQUIRE(conversion != (iconv_t)-1, "no conversion from %s", from);
    size_t left = count, room = GROWTH * (count + 1);
    char *in = malloc(count + 1), *out = malloc(room), *next = in, *end = out;
    HARNESS_REQUIRE(in != NULL && out != NULL, "out of memory");
    memcpy(in, bytes, count);
    bool valid = iconv(conversion, &next, &left, &end, &room) == 0 && left == 0;
    iconv_close(conversion);
    text_clear(converted);
    if (valid)
        text_add_bytes(converted, out, (size_t)(end - out));
    free(in);
    free(out);
    return valid;
}

/* The bytes as UTF-8 without a byte order mark; false if they are not valid. */
static bool decode(const char *bytes, size_t count, struct text *utf8)
{
    struct text ignored = TEXT_EMPTY;
    if (count >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        return convert("UTF-8", "UTF-16LE", bytes + 2, count - 2, utf8);
    if (count >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        return convert("UTF-8", "UTF-16BE", bytes + 2, count - 2, utf8);
    bool valid = convert("UTF-32LE", "UTF-8", bytes, count, &ignored);
    size_t mark = count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    text_free(&ignored);
    text_add_bytes(utf8, bytes + mark, count - mark);
    return valid;
}

/* Whether RFC 8259 has such a word or number; jq accepts `01`, `1.` and `nan` too. */
static bool is_token(const char *bytes, size_t count)
{
    static const char pattern[] =
        "^(true|false|null|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?)$";
    static regex_t regex;
    static bool compiled;
    struct text token = TEXT_EMPTY;
    if (!compiled)
        HARNESS_REQUIRE(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) == 0, "%s", pattern);
    compiled = true;
    text_add_bytes(&token, bytes, count);
    bool is =
        memchr(bytes, 0, count) == NULL && regexec(&regex, text_string(&token), 0, NULL, 0) == 0;
    text_free(&token);
    return is;
}

/* The number of the `\uXXXX` at bytes, which end with a NUL; -1 if there is none. */
static long unit_at(const char *bytes)
{
    char digits[5] = "";
    if (bytes[0] != '\\' || bytes[1] != 'u' ||
        strspn(bytes + 2, "0123456789abcdefABCDEF") < sizeof digits - 1)
        return -1;
    memcpy(digits, bytes + 2, sizeof digits - 1);
    return strtol(digits, NULL, 16);
}

/* Skips the string that begins at *at. Returns what is wrong with it, or "". Escapes that jq
 * refuses are not checked. */
static const char *skip_string(const char **at, const char *end)
{
    for ((*at)++; *at < end && **at != '"'; (*at)++) {
        long unit = unit_at(*at);
        if ((unsigned char)**at < 0x20)
            return "a control character";
        if (unit == 0)
            return "a NUL";
        if (unit >= 0xDC00 && unit <= 0xDFFF)
            return "an unpaired low surrogate";
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            long low = unit_at(*at + 6);
            if (low < 0xDC00 || low > 0xDFFF)
                return "an unpaired high surrogate";
            *at += 6;
        }
        *at += unit >= 0 ? 5 : **at == '\\' && *at + 1 < end;
    }
    *at += *at < end;
    return "";
}

/* The documents of the file as a JSON list of strings, split where a value at depth 0 ends. */
struct documents {
    struct text texts;
    size_t depth, deepest, colons;
    const char *start; /* of the current document */
};

static void end_document(struct documents *documents, const char *end)
{
    if (documents->depth > 0 || documents->start == end)
        return;
    text_add(&documents->texts, documents->texts.length > 0 ? ",\"" : "\"");
    for (const char *at = documents->start; at < end; at++) {
        size_t plain = 0;
        while (at + plain < end && (unsigned char)at[plain] >= 0x20 && at[plain] != '"' &&
               at[plain] != '\\')
            plain++;
        text_add_bytes(&documents->texts, at, plain);
        at += plain;
        if (at < end)
            text_addf(&documents->texts, "\\u%04x", (unsigned)*at);
    }
    text_add(&documents->texts, "\"");
    documents->start = end;
}

/* Skips a bracket, a comma, a colon or white space. */
static void skip_punctuation(struct documents *documents, const char **at)
{
    bool white = strchr(" \t\r\n", **at) != NULL;
    bool opens = **at == '{' || **at == '[', closes = **at == '}' || **at == ']';
    if (white || opens)
        end_document(documents, *at);
    if (white && documents->depth == 0)
        documents->start = *at + 1;
    documents->colons += **at == ':';
    documents->depth += opens;
    documents->depth -= closes && documents->depth > 0;
    if (documents->depth > documents->deepest)
        documents->deepest = documents->depth;
    (*at)++;
    if (closes)
        end_document(documents, *at);
}

static const char *split_documents(struct documents *documents, const char *at, const char *end)
{
    const char *flaw = "";
    documents->start = at;
    while (at < end && *flaw == '\0') {
        size_t token = strcspn(at, " \t\r\n{}[],:\"");
        if (*at == '"') {
            end_document(documents, at);
            flaw = skip_string(&at, end);
            end_document(documents, at);
        } else if (token > 0 || *at == '\0') {
            flaw = is_token(at, token) ? "" : "an invalid word or number";
            at += token;
        } else {
            skip_punctuation(documents, &at);
        }
    }
    documents->depth = 0;
    end_document(documents, end);
    return flaw;
}

const char *mutation_oracle(const char *bytes, size_t count, struct text *lines)
{
    struct text utf8 = TEXT_EMPTY;
    struct documents documents = {.texts = TEXT_EMPTY};
    const char *flaw = "an invalid encoding";
    if (decode(bytes, count, &utf8))
        flaw = split_documents(&documents, text_string(&utf8), text_string(&utf8) + utf8.length);
    if (*flaw == '\0' && documents.deepest > MUTATION_DEPTH_MAX)
        flaw = MUTATION_TOO_DEEP;
    if (*flaw == '\0')
        text_addf(lines, "{\"colons\":%zu,\"texts\":[%s]}\n", documents.colons,
                  text_string(&documents.texts));
    text_free(&documents.texts);
    text_free(&utf8);
    return flaw;
}
