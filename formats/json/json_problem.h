/*
 * json_problem.h: describes what is wrong with bytes that are not JSON: what was found, what was
 * expected, and the likely cause, in words for the person who exported them.
 */
#ifndef JSON_PROBLEM_H
#define JSON_PROBLEM_H

#include "evidence/diag.h"
#include <stdbool.h>
#include <stddef.h>

struct json_window;
struct text;

/* Bytes that a message depends on: inside of a document, and elsewhere. */
enum { JSON_PROBLEM_BYTES = 64, JSON_PROBLEM_LINE = 512 };

/* Why a window has no more bytes; may add a detail. */
enum diag_id json_problem_end(const struct json_window *window, struct text *detail);

/* The problem if the first of count bytes begins something other than expected, such as "a value".
 * Inside a document, words are not taken for the output of another program. */
enum diag_id json_problem_here(const unsigned char *bytes, size_t count, const char *expected,
                               bool inside, struct text *detail);

/* Whether the last count bytes of a file are the beginning of a UTF-8 character. */
bool json_problem_is_cut(const unsigned char *bytes, size_t count);

/* Adds the character at bytes: `"é"`, `U+000C`. */
void json_problem_character(const unsigned char *bytes, size_t count, struct text *detail);

/* Adds the backslash at bytes and what follows it. */
void json_problem_escape(const unsigned char *bytes, size_t count, struct text *detail);

/* Adds the word or number at bytes; a long one is shortened. */
void json_problem_word(const unsigned char *bytes, size_t count, struct text *detail);

/* What the bytes, which begin a line, look like, such as "it looks like --output yaml", and the
 * problem that it is. *guess is NULL if that is unknown. JSON_PROBLEM_LINE bytes are enough. */
enum diag_id json_problem_guess(const unsigned char *bytes, size_t count, const char **guess);

/* Whether bytes that were read as UTF-16 are text in ASCII: it was appended. */
bool json_problem_is_ascii_as_utf16(const unsigned char *bytes, size_t count);

#endif
