/*
 * text.h: strings that grow, and functions on UTF-8. A struct text belongs to the code that
 * declares it: it starts as TEXT_EMPTY and ends with text_free. Once something has been added,
 * bytes is NUL-terminated; text_string works always.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes;
    size_t length;
    size_t room;
};

#define TEXT_EMPTY ((struct text){NULL, 0, 0})

void text_free(struct text *text);

/* Empties the text but keeps its memory. */
void text_clear(struct text *text);

/* The text as a C string, "" if nothing was added. Valid until the text changes. */
const char *text_string(const struct text *text);

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add_count(struct text *text, size_t count); /* in decimal */
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_addv(struct text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Makes room for that many bytes at the end and returns where to write them. text_take then adds
 * the first length bytes to the text. */
char *text_room(struct text *text, size_t bytes);
void text_take(struct text *text, size_t length);

/* Adds separator if something was added since the text had the length mark. */
void text_add_separator(struct text *text, size_t mark, const char *separator);

/* If it applies, adds note, after `; ` if something was added since mark. */
void text_add_note(struct text *text, size_t mark, bool applies, const char *note);

/* Adds string, for example a file name, on one line: bytes of control characters (C0, DEL, C1) and
 * bytes that are not valid UTF-8 become \xNN. */
void text_add_visible(struct text *text, const char *string);

/* The number of bytes at the start of string that are printable ASCII, U+0020 to U+007E. A fast
 * path: most strings contain nothing else. */
size_t text_plain(const char *string);

/* The length in bytes (1 to 4) of the UTF-8 character at string, or 0 if it is not valid UTF-8
 * (Unicode 15, table 3-7). string is NUL-terminated and not empty. */
size_t text_character(const char *string);

/* Whether the character of length bytes at string is invisible, breaks the line or reorders its
 * neighbours on a screen: controls, spaces other than U+0020, bidirectional marks, noncharacters.
 */
bool text_is_invisible_or_bidi(const char *string, size_t length);

/* The code point of the character of length bytes at string. */
uint32_t text_code_point(const char *string, size_t length);

/* Adds value as one word of a POSIX shell command, in single quotes if it needs them. */
void text_add_shell_word(struct text *text, const char *value);

/* Compares strings by their bytes, for qsort(3) on an array of const char *. */
int text_order(const void *left, const void *right);

/* Whether two strings are equal but for ASCII case. */
bool text_same_folded(const char *left, const char *right);

#endif
