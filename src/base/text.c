/* text.c: see text.h. */
#include "base/text.h"
#include "base/memory.h"
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64, COUNT_DIGITS = 20 /* of 2^64 */ };

char *text_room(struct text *text, size_t bytes)
{
    if (bytes >= SIZE_MAX - text->length)
        memory_exhausted();
    size_t needed = text->length + bytes + 1; /* for the NUL */
    if (needed > text->room) {
        text->bytes =
            memory_grow(text->bytes, &text->room, needed < FIRST_ROOM ? FIRST_ROOM : needed, 1);
    }
    return text->bytes + text->length;
}

void text_take(struct text *text, size_t length)
{
    assert(text->length + length < text->room);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = TEXT_EMPTY;
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->bytes != NULL)
        text->bytes[0] = '\0';
}

const char *text_string(const struct text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    char *end = text_room(text, length);

    if (length > 0)
        memcpy(end, bytes, length);
    text_take(text, length);
}

/* About ten times as fast as vsnprintf; a report contains millions of numbers. */
void text_add_count(struct text *text, size_t count)
{
    char digits[COUNT_DIGITS];
    size_t first = sizeof digits;

    do {
        digits[--first] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    text_add_bytes(text, digits + first, sizeof digits - first);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    text_addv(text, format, arguments);
    va_end(arguments);
}

void text_addv(struct text *text, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    assert(length >= 0);
    (void)vsnprintf(text_room(text, (size_t)length), (size_t)length + 1, format, again);
    va_end(again);
    text_take(text, (size_t)length);
}

void text_add_separator(struct text *text, size_t mark, const char *separator)
{
    if (text->length > mark)
        text_add(text, separator);
}

void text_add_note(struct text *text, size_t mark, bool applies, const char *note)
{
    if (applies) {
        text_add_separator(text, mark, "; ");
        text_add(text, note);
    }
}

size_t text_plain(const char *string)
{
    size_t length = 0;

    while (string[length] >= 0x20 && string[length] <= 0x7E)
        length++;
    return length;
}

uint32_t text_code_point(const char *string, size_t length)
{
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t value = (unsigned char)string[0] & first_bits[length];

    for (size_t i = 1; i < length; i++)
        value = value << 6 | ((unsigned char)string[i] & 0x3Fu);
    return value;
}

/* Controls, line separators, Default_Ignorable_Code_Point of Unicode 15 (invisible), all spaces but
 * U+0020, bidirectional and annotation marks; at the end, noncharacters. */
bool text_is_invisible_or_bidi(const char *string, size_t length)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},       {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},
        {0x61C, 0x61C},     {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5},
        {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},
        {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFDD0, 0xFDEF},
        {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
        {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    uint32_t value = text_code_point(string, length);

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && value >= ranges[i][0]; i++)
        if (value <= ranges[i][1])
            return true;
    return (value & 0xFFFE) == 0xFFFE;
}

void text_add_visible(struct text *text, const char *string)
{
    for (;;) {
        size_t plain = text_plain(string), length;

        text_add_bytes(text, string, plain);
        string += plain;
        if (*string == '\0')
            return;
        length = text_character(string);
        uint32_t value = length == 0 ? 0 : text_code_point(string, length);
        size_t hidden = length == 0                                        ? 1
                        : value < 0x20 || (value >= 0x7F && value <= 0x9F) ? length
                                                                           : 0;

        for (size_t i = 0; i < hidden; i++)
            text_addf(text, "\\x%02X", (unsigned int)(unsigned char)string[i]);
        if (hidden == 0)
            text_add_bytes(text, string, length);
        string += length == 0 ? 1 : length;
    }
}

size_t text_character(const char *string)
{
    const unsigned char *byte = (const unsigned char *)string;
    unsigned char low = 0x80, high = 0xBF;
    size_t length;

    if (byte[0] < 0x80)
        return 1;
    if (byte[0] < 0xC2 || byte[0] > 0xF4)
        return 0;
    length = byte[0] < 0xE0 ? 2 : byte[0] < 0xF0 ? 3 : 4;
    /* After these first bytes the second is restricted: no overlong forms, no surrogates, nothing
     * above U+10FFFF. */
    if (byte[0] == 0xE0)
        low = 0xA0;
    else if (byte[0] == 0xED)
        high = 0x9F;
    else if (byte[0] == 0xF0)
        low = 0x90;
    else if (byte[0] == 0xF4)
        high = 0x8F;
    if (byte[1] < low || byte[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (byte[i] < 0x80 || byte[i] > 0xBF)
            return 0;
    return length;
}

void text_add_shell_word(struct text *text, const char *value)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "_@%+=:,./-";

    /* zsh expands a word that starts with `=` to the path of a command. */
    if (*value != '\0' && *value != '=' && value[strspn(value, plain)] == '\0') {
        text_add(text, value);
        return;
    }
    text_add(text, "'");
    for (; *value != '\0'; value++)
        if (*value == '\'')
            text_add(text, "'\\''");
        else
            text_add_bytes(text, value, 1);
    text_add(text, "'");
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

int text_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

bool text_same_folded(const char *left, const char *right)
{
    while (*left != '\0' && lower(*left) == lower(*right)) {
        left++;
        right++;
    }
    return lower(*left) == lower(*right);
}
