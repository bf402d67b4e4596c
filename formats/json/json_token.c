/* json_token.c: see json_token.h. */
#include "json/json_token.h"
#include "base/utf16.h"
#include <string.h>

int json_token_digit(unsigned char byte)
{
    unsigned char lower = byte | 0x20;

    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static unsigned int code_unit(const unsigned char *digits)
{
    unsigned int unit = 0;

    for (int i = 0; i < 4; i++)
        unit = unit << 4 | (unsigned int)json_token_digit(digits[i]);
    return unit;
}

size_t json_token_decode(const unsigned char *string, size_t length, char *to)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const unsigned char *next = string, *end = string + length;
    struct utf16 utf16 = UTF16_START(true);
    size_t made = 0;

    while (next < end) {
        if (*next != '\\') {
            to[made++] = (char)*next++;
        } else if (next[1] == 'u') {
            unsigned int unit = code_unit(next + 2);
            const unsigned char bytes[] = {(unsigned char)(unit >> 8), (unsigned char)unit};

            made += utf16_decode(&utf16, bytes, sizeof bytes, (unsigned char *)to + made);
            next += 6;
        } else {
            const char *letter = strchr(letters, next[1]);

            to[made++] = letter != NULL ? meanings[letter - letters] : (char)next[1];
            next += 2;
        }
    }
    return made;
}
