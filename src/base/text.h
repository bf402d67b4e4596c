/*
 * text.h: a text that grows. Owned by whoever declared it; starts as TEXT_EMPTY, ends with
 * text_free. bytes is always NUL-terminated once something was added; use text_string to read it.
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

/* Empties the text and keeps its room. */
void text_clear(struct text *text);

/* The text as a C string, "" while nothing was added. Valid until the text changes. */
const char *text_string(const struct text *text);

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add_count(struct text *text, size_t count); /* in digits */
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_addv(struct text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Room for so many bytes behind the end, to be written there; text_take makes the first length of
 * them the text's. Valid until the text changes. */
char *text_room(struct text *text, size_t bytes);
void text_take(struct text *text, size_t length);

/* separator first, unless the text is still empty as of mark (a length noted by the caller). */
void text_add_separator(struct text *text, size_t mark, const char *separator);

/* Where it applies: note, after `; ` if there is something since mark. */
void text_add_note(struct text *text, size_t mark, bool applies, const char *note);

/* string with every byte of a control character (C0, DEL, C1), and every byte that is not part of
 * valid UTF-8, written \xNN: file names and values on one line. */
void text_add_visible(struct text *text, const char *string);

/* How many bytes at string are ASCII that a screen shows, U+0020 to U+007E, in a row: most texts
 * are nothing else, and what looks at each character need not look at these. */
size_t text_plain(const char *string);

/* The length in bytes of the UTF-8 character at string (1 to 4), 0 where its bytes are not valid
 * UTF-8 (Unicode 15, table 3-7). string is NUL-terminated and not at its end. */
size_t text_character(const char *string);

/* Whether the character of that many bytes at string would be lost on a screen, break the line,
 * reorder its neighbours or hide: controls, bidirectional marks, what shows nothing, noncharacters.
 */
bool text_is_treacherous(const char *string, size_t length);

/* The character of that many bytes at string as a code point. */
uint32_t text_code_point(const char *string, size_t length);

/* value as one word of a POSIX shell command, in single quotes where it needs them. */
void text_add_shell_word(struct text *text, const char *value);

/* For qsort(3) of texts, const char *: by bytes. */
int text_order(const void *left, const void *right);

/* Whether two texts differ in nothing but ASCII case. */
bool text_same_folded(const char *left, const char *right);

#endif
