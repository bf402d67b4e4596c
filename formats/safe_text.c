/* safe_text.c: see safe_text.h. */
#include "safe_text.h"
#include "text.h"
#include <stdint.h>

/* The character at string, whose length is known, as a code point. */
static uint32_t code_point(const char *string, size_t length)
{
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t value = (unsigned char)string[0] & first_bits[length];

    for (size_t i = 1; i < length; i++)
        value = value << 6 | ((unsigned char)string[i] & 0x3Fu);
    return value;
}

/* Whether the character would be lost, break the line, reorder its neighbours or hide. */
static bool is_treacherous(uint32_t value)
{
    return value < 0x20 || (value >= 0x7F && value <= 0x9F) || value == 0xAD || value == 0x61C ||
           (value >= 0x200B && value <= 0x200F) || (value >= 0x2028 && value <= 0x202E) ||
           (value >= 0x2060 && value <= 0x206F) || value == 0xFEFF ||
           (value >= 0xFFF9 && value <= 0xFFFB) || value == 0xFFFE || value == 0xFFFF ||
           (value >= 0xE0000 && value <= 0xE007F);
}

void safe_text_add(struct text *text, const char *string, bool keep_line_feeds)
{
    while (*string != '\0') {
        size_t length = text_character(string);
        if (length == 0) { /* no report holds such a byte; none shall get through either */
            text_addf(text, "\\x%02X", (unsigned int)(unsigned char)*string);
            string++;
            continue;
        }
        uint32_t value = code_point(string, length);
        if (is_treacherous(value) && !(keep_line_feeds && value == '\n'))
            text_addf(text, "\\u{%X}", (unsigned int)value);
        else
            text_add_bytes(text, string, length);
        string += length;
    }
}
