/* safe_text.c: see safe_text.h. */
#include "base/safe_text.h"
#include "base/text.h"

void safe_text_add(struct text *text, const char *string, bool keep_line_feeds)
{
    while (*string != '\0') {
        size_t length = text_character(string);
        if (length == 0) { /* reports contain only UTF-8, but this is the last check */
            text_addf(text, "\\x%02X", (unsigned int)(unsigned char)*string);
            string++;
            continue;
        }
        if (text_is_invisible_or_bidi(string, length) && !(keep_line_feeds && *string == '\n'))
            text_addf(text, "\\u{%X}", (unsigned int)text_code_point(string, length));
        else
            text_add_bytes(text, string, length);
        string += length;
    }
}
