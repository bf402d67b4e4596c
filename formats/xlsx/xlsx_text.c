/* xlsx_text.c: see xlsx_text.h. */
#include "xlsx/xlsx_text.h"
#include "base/text.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { ESCAPE_LENGTH = 7 }; /* _xHHHH_ */

/* XML 1.0 allows only tab, line feed and CR, and reads a CR as a line feed. */
static bool is_escaped_control(char byte)
{
    return (unsigned char)byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\0';
}

/* Whether a reader takes this underscore for the start of `_xHHHH_`. Its last underscore may also
 * be the first of an escape that we write. */
static bool begins_escape(const char *string)
{
    return string[0] == '_' && string[1] == 'x' &&
           strspn(string + 2, "0123456789ABCDEFabcdef") >= 4 &&
           (string[6] == '_' || is_escaped_control(string[6]));
}

/* Adds one character; returns its UTF-16 units. */
static size_t add_character(struct text *out, const char *string, size_t length)
{
    if (is_escaped_control(string[0])) {
        text_addf(out, "_x%04X_", (unsigned int)(unsigned char)string[0]);
        return ESCAPE_LENGTH;
    }
    if (begins_escape(string)) {
        text_add(out, "_x005F_");
        return ESCAPE_LENGTH;
    }
    if (length == 3 &&
        (memcmp(string, "\xEF\xBF\xBE", 3) == 0 || memcmp(string, "\xEF\xBF\xBF", 3) == 0)) {
        text_add(out, "\xEF\xBF\xBD");
        return 1;
    }
    text_add_bytes(out, string, length);
    return length == 4 ? 2 : 1;
}

static size_t character_length(const char *string)
{
    size_t length = text_character(string);

    return length == 0 ? 1 : length;
}

static size_t count_characters(const char *string)
{
    size_t count = 0;

    for (; *string != '\0'; string += character_length(string))
        count++;
    return count;
}

/* For a text too short to be cut: runs without special characters are copied. */
static void add_short(struct text *out, const char *string)
{
    while (*string != '\0') {
        size_t plain = text_plain(string);
        const char *score = memchr(string, '_', plain);
        size_t copied = score != NULL ? (size_t)(score - string) : plain;

        text_add_bytes(out, string, copied);
        string += copied;
        if (*string != '\0') {
            size_t length = character_length(string);

            (void)add_character(out, string, length);
            string += length;
        }
    }
}

void xlsx_add_text(struct text *out, const char *string)
{
    if (strlen(string) <= XLSX_CELL_MAX / ESCAPE_LENGTH) {
        add_short(out, string);
        return;
    }
    size_t start = out->length, total = count_characters(string);
    int note = snprintf(NULL, 0, " [cut: %zu of %zu characters]", total, total);
    size_t room = XLSX_CELL_MAX - (size_t)note;
    /* Where to cut if necessary: the last character that leaves room for the note. */
    size_t units = 0, taken = 0, cut_length = start, cut_taken = 0;

    for (; *string != '\0' && units <= XLSX_CELL_MAX; taken++) {
        size_t length = character_length(string);

        if (units <= room) {
            cut_length = out->length;
            cut_taken = taken;
        }
        units += add_character(out, string, length);
        string += length;
    }
    if (units > XLSX_CELL_MAX) {
        out->length = cut_length;
        out->bytes[cut_length] = '\0';
        text_addf(out, " [cut: %zu of %zu characters]", cut_taken, total);
    }
}
