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

/* Bytes that a message inside of a document depends on. */
enum { JSON_PROBLEM_BYTES = 64 };

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

/* What the bytes look like, such as "it looks like --output yaml"; NULL if unknown. The first 512
 * bytes are enough. */
const char *json_problem_guess(const unsigned char *bytes, size_t count);

#endif
