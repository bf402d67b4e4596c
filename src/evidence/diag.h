/*
 * diag.h: the catalogue of problems with evidence files, and their one form on standard error:
 * `certaudit: FILE:LINE:COLUMN: text`. certaudit(1), DIAGNOSTICS, explains each entry.
 */
#ifndef DIAG_H
#define DIAG_H

#include <stdbool.h>
#include <stddef.h>

struct text;

enum diag_id {
    DIAG_EMPTY_FILE,
    DIAG_NOT_JSON,
    DIAG_COMMAND_FAILED,
    DIAG_OTHER_TEXT,
    DIAG_JSON_ENDS_EARLY,
    DIAG_JSON_SYNTAX,
    DIAG_BAD_NUMBER,
    DIAG_BAD_ESCAPE,
    DIAG_CONTROL_CHARACTER,
    DIAG_BAD_UTF8,
    DIAG_NUL,
    DIAG_LONE_SURROGATE,
    DIAG_UTF16_ODD,
    DIAG_MIXED_ENCODINGS,
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
    DIAG_OTHER_SERVICE,
    DIAG_NO_CONTENT,
    DIAG_EMPTY_RESULTS,
    DIAG_TRUNCATED_LIST,
    DIAG_UNRELATED,
    DIAG_UNREAD,
    DIAG_ARCHIVE,
    DIAG_LINK,
    DIAG_NOT_REGULAR,
    DIAG_CANNOT_OPEN,
    DIAG_CANNOT_READ,
    DIAG_CHANGED,
    DIAG_PRIVATE_KEY,
    DIAG_COUNT
};

/* The most serious first. */
enum diag_weight {
    DIAG_STOPS,   /* nothing after it is read */
    DIAG_FAULT,   /* something is lost */
    DIAG_HARMLESS /* the evidence is complete in spite of it */
};

/* One problem. file: its name in reports. line and column count from 1; 0 if unknown. detail
 * replaces the `%s` of the catalogue's text; NULL or "" if there is none. Strings are borrowed. */
struct diag {
    enum diag_id id;
    const char *file;
    size_t line;
    size_t column;
    const char *detail;
};

/* The name in the manual, such as `duplicate-name`. */
const char *diag_name(enum diag_id id);

enum diag_weight diag_weight(enum diag_id id);

/* Adds what is wrong and what to do about it. */
void diag_add_message(const struct diag *diag, struct text *text);

/* Adds `certaudit: FILE:LINE:COLUMN: text` and a line feed, without the line or column if it is
 * unknown. Control characters are made visible. */
void diag_add_line(const struct diag *diag, struct text *text);

#endif
