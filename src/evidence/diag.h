/*
 * diag.h: the catalogue of what can be wrong with the evidence, and the one shape in which it is
 * told: `certaudit: FILE:LINE:COLUMN: text`. Each entry is explained in certaudit(1).
 */
#ifndef DIAG_H
#define DIAG_H

#include <stdbool.h>
#include <stddef.h>

struct text;

enum diag_id {
    DIAG_EMPTY_FILE,
    DIAG_NOT_JSON,
    DIAG_JSON_ENDS_EARLY,
    DIAG_JSON_SYNTAX,
    DIAG_BAD_NUMBER,
    DIAG_BAD_ESCAPE,
    DIAG_CONTROL_CHARACTER,
    DIAG_BAD_UTF8,
    DIAG_NUL,
    DIAG_LONE_SURROGATE,
    DIAG_UTF16_ODD,
    DIAG_DUPLICATE_NAME,
    DIAG_TOO_DEEP,
    DIAG_TOO_LARGE,
    DIAG_BARE_VALUE,
    DIAG_NULL_DOCUMENT,
    DIAG_EMPTY_ARRAY,
    DIAG_NESTED_ARRAY,
    DIAG_TWO_KINDS,
    DIAG_EMPTY_CERTIFICATE,
    DIAG_NOT_A_LIST,
    DIAG_NOT_AN_OBJECT,
    DIAG_ELEMENT_NOT_OBJECT,
    DIAG_NO_CONTENT,
    DIAG_TRUNCATED_LIST,
    DIAG_UNRELATED,
    DIAG_ARCHIVE,
    DIAG_LINK,
    DIAG_NOT_REGULAR,
    DIAG_CANNOT_OPEN,
    DIAG_CANNOT_READ,
    DIAG_CHANGED,
    DIAG_COUNT
};

/* One problem. file as reports name it; line and column count from 1, 0 where there is none;
 * detail fills the catalogue's `%s`, and may be NULL where it has none. */
struct diag {
    enum diag_id id;
    const char *file;
    size_t line;
    size_t column;
    const char *detail;
};

/* The entry's name, such as `duplicate-name`. */
const char *diag_name(enum diag_id id);

/* Adds the catalogue's text with the detail in it: what is wrong, and what to do. */
void diag_add_message(const struct diag *diag, struct text *text);

/* Adds `certaudit: FILE:LINE:COLUMN: text` and a line feed. */
void diag_add_line(const struct diag *diag, struct text *text);

#endif
