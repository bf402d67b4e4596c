/*
 * json_token.h: white space and strings of JSON text, for the scan that checks a document and for
 * the tree that is made of it. The loops take eight bytes at a time: a byte at a time costs 50 %
 * more instructions for a run on descriptions outside SHA-256; 16 at a time, with SSE2, would save
 * 8 %. They read up to seven bytes past the one that they find, and end at a NUL.
 */
#ifndef JSON_TOKEN_H
#define JSON_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Eight bytes, the first in the lowest bits; compilers make one load of this. */
static inline uint64_t json_token_word(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* The first byte from next on that is not white space: blank, tab, line feed, carriage return. */
static inline const unsigned char *json_token_after_space(const unsigned char *next)
{
    const uint64_t blanks = 0x2020202020202020U;

    for (;;) {
        uint64_t others = json_token_word(next) ^ blanks;

        if (others == 0) {
            next += 8;
            continue;
        }
        next += __builtin_ctzll(others) / 8;
        if (*next != '\n' && *next != '\r' && *next != '\t')
            return next;
        next++;
    }
}

/* The first byte from next on that is a quote, a backslash, a control character (NUL is one) or
 * not ASCII. */
static inline const unsigned char *json_token_special(const unsigned char *next)
{
    const uint64_t ones = 0x0101010101010101U;

    for (;; next += 8) {
        uint64_t word = json_token_word(next);
        uint64_t quote = (word ^ ones * '"') - ones;
        uint64_t backslash = (word ^ ones * '\\') - ones;
        uint64_t control = word - ones * 0x20;
        /* The top bit of each byte. A difference borrows only from higher bytes, so the lowest bit
         * is always right. */
        uint64_t found = (quote | backslash | control | word) & ones * 0x80;

        if (found != 0)
            return next + __builtin_ctzll(found) / 8;
    }
}

/* The closing quote of the valid string whose first character is next. */
static inline const unsigned char *json_token_string_end(const unsigned char *next, bool *escaped)
{
    *escaped = false;
    while (*(next = json_token_special(next)) != '"') {
        *escaped |= *next == '\\';
        next += *next == '\\' ? 2 : 1;
    }
    return next;
}

/* Whether the byte may be in a number or a bare word. */
static inline bool json_token_in_word(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') ||
           byte == '+' || byte == '-' || byte == '.' || byte == '_';
}

/* The value of a hexadecimal digit; -1 if it is not one. */
int json_token_digit(unsigned char byte);

/* Writes what the characters of a valid string mean, without its quotes: escapes become UTF-8.
 * Returns the number of bytes, which is at most length; no NUL is added. */
size_t json_token_decode(const unsigned char *string, size_t length, char *to);

#endif
