/* csv_decode.c: see csv_decode.h. */
#include "csv/csv_decode.h"
#include "base/text.h"
#include "base/utf16.h"
#include <stdbool.h>
#include <string.h>

#define BEGINS(bytes, size, with)                                                                  \
    ((size) >= sizeof(with) - 1 && memcmp(bytes, with, sizeof(with) - 1) == 0)

static const char *decode_utf16(const char *bytes, size_t *size, struct text *decoded,
                                const char **why)
{
    struct utf16 utf16 = UTF16_START(bytes[0] == '\xFE');
    size_t count = *size - 2;
    char *room = text_room(decoded, UTF16_ROOM(count));
    size_t length =
        utf16_decode(&utf16, (const unsigned char *)bytes + 2, count, (unsigned char *)room);
    utf16_end(&utf16);
    text_take(decoded, length);
    if (utf16.state != UTF16_GOOD) {
        *why = "the UTF-16 text is damaged or cut off; save the file as CSV in UTF-8";
        return NULL;
    }
    *size = length;
    return text_string(decoded);
}

const char *csv_decode(const char *bytes, size_t *size, struct text *decoded, const char **why)
{
    /* .xlsx and .ods are ZIP archives; .xls is an OLE file. */
    if (BEGINS(bytes, *size, "PK\x03\x04") || BEGINS(bytes, *size, "\xD0\xCF\x11\xE0")) {
        *why = "this is a workbook; open it and save the sheet as CSV";
        return NULL;
    }
    if (BEGINS(bytes, *size, "\xFF\xFE") || BEGINS(bytes, *size, "\xFE\xFF"))
        return decode_utf16(bytes, size, decoded, why);
    if (BEGINS(bytes, *size, "\xEF\xBB\xBF")) {
        bytes += 3;
        *size -= 3;
    }
    return bytes;
}

size_t csv_decode_line(const char *bytes, size_t size)
{
    size_t length = 0;
    while (length < size && bytes[length] != '\n' && bytes[length] != '\r')
        length++;
    if (length + 1 < size && bytes[length] == '\r' && bytes[length + 1] == '\n')
        length++;
    return length < size ? length + 1 : size;
}

size_t csv_decode_sep_line(const char *bytes, size_t size)
{
    size_t length = csv_decode_line(bytes, size), shown = length;
    while (shown > 0 && strchr("\r\n", bytes[shown - 1]) != NULL)
        shown--;
    bool quoted = shown > 2 && bytes[0] == '"' && bytes[shown - 1] == '"';
    const char *inner = bytes + quoted;
    return shown - 2U * quoted == 5 && (BEGINS(inner, 5U, "sep=") || BEGINS(inner, 5U, "SEP="))
               ? length
               : 0;
}

char csv_decode_delimiter(const char *bytes, size_t size)
{
    static const char delimiters[] = {',', ';', '\t'};
    enum { DELIMITERS = sizeof delimiters };
    size_t counts[DELIMITERS] = {0}, best = 0;
    bool quoted = false, named = false;
    /* The header is the first line with anything but delimiters, quotes and blanks. */
    for (size_t i = 0; i < size; i++) {
        if ((bytes[i] == '\n' || bytes[i] == '\r') && named && !quoted)
            break;
        named |= memchr(",;\t\" \r\n", bytes[i], 7) == NULL;
        quoted ^= bytes[i] == '"';
        for (size_t j = 0; j < DELIMITERS && !quoted; j++)
            counts[j] += bytes[i] == delimiters[j];
    }
    for (size_t j = 1; j < DELIMITERS; j++)
        if (counts[j] > counts[best])
            best = j;
    return delimiters[best];
}
