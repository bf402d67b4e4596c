/* terminal_text.c: see terminal_text.h. */
#include "terminal/terminal_text.h"
#include "base/safe_text.h"
#include <string.h>

enum { WIDTH_LEAST = 40, WORD_LONG = 16 /* bytes */ };

static const char ellipsis[] = "\xE2\x80\xA6";

size_t terminal_width(const struct terminal *terminal)
{
    return terminal->width > WIDTH_LEAST ? terminal->width : WIDTH_LEAST;
}

size_t terminal_add_result(struct text *text, const struct terminal *terminal, const char *result)
{
    static const struct {
        const char *result, *colour;
    } colours[] = {{"FAIL", "\033[1;31m"},
                   {"UNKNOWN", "\033[1;33m"},
                   {"WAIVED", "\033[36m"},
                   {"PASS", "\033[32m"},
                   {"NOT_APPLICABLE", "\033[2m"}};
    const char *colour = NULL;
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
        if (terminal->colour && strcmp(colours[i].result, result) == 0)
            colour = colours[i].colour;
    text_add(text, colour != NULL ? colour : "");
    safe_text_add(text, result, false);
    text_add(text, colour != NULL ? "\033[0m" : "");
    return strlen(result);
}

void terminal_add_spaces(struct text *text, size_t count)
{
    while (count-- > 0)
        text_add(text, " ");
}

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static size_t characters(const char *string, size_t bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += begins_character(string[i]);
    return count;
}

/* Adds what fits into this many columns, the last of which is `…`: whole words, unless the last one
 * is long. */
static void add_cut(struct text *text, const char *string, size_t columns)
{
    size_t bytes = 0, words = 0;
    for (size_t width = 0; string[bytes] != '\0'; bytes++) {
        width += begins_character(string[bytes]);
        if (width == columns)
            break;
        if (string[bytes] == ' ')
            words = bytes;
    }
    if (bytes - words < WORD_LONG && string[bytes] != ' ')
        bytes = words > 0 ? words : bytes;
    while (bytes > 0 && string[bytes - 1] == ' ')
        bytes--;
    text_add_bytes(text, string, bytes);
    text_add(text, ellipsis);
}

void terminal_add_field(struct text *text, const char *string, size_t columns, bool right)
{
    struct text safe = TEXT_EMPTY;
    safe_text_add(&safe, string, false);
    size_t width = characters(text_string(&safe), safe.length);
    size_t spaces = width < columns ? columns - width : 0;
    if (width > columns && !right)
        add_cut(text, safe.bytes, columns);
    else if (right)
        text_addf(text, "%*s%s", (int)spaces, "", text_string(&safe));
    else
        text_addf(text, "%s%*s", text_string(&safe), (int)spaces, "");
    text_free(&safe);
}

void terminal_add_words(struct text *text, const struct terminal *terminal, size_t column,
                        const char *words, size_t indent, size_t lines)
{
    struct text safe = TEXT_EMPTY;
    size_t width = terminal_width(terminal);
    bool line_begins = true;
    safe_text_add(&safe, words, false);
    for (const char *at = text_string(&safe); *at != '\0';) {
        size_t length = strcspn(at, " ");
        size_t wide = characters(at, length);
        if (!line_begins && column + 1 + wide > width) {
            text_add(text, "\n");
            terminal_add_spaces(text, indent);
            column = indent;
            line_begins = true;
            lines -= lines > 0;
        }
        if (line_begins && lines == 1 && column + characters(at, strlen(at)) > width) {
            add_cut(text, at, column < width ? width - column : 1);
            break;
        }
        if (!line_begins) {
            text_add(text, " ");
            column++;
        }
        text_add_bytes(text, at, length);
        column += wide;
        line_begins = false;
        at += length + strspn(at + length, " ");
    }
    text_add(text, "\n");
    text_free(&safe);
}
