/*
 * json_problem.h: what is wrong with bytes that are not JSON, in plain words for the one who
 * exported them: what was seen, what was expected, and the likely cause.
 */
#ifndef JSON_PROBLEM_H
#define JSON_PROBLEM_H

#include "evidence/diag.h"
#include <stdbool.h>
#include <stddef.h>

struct json_window;
struct text;

/* Why a window has no more bytes; adds to detail where there is something to add. */
enum diag_id json_problem_end(const struct json_window *window, struct text *detail);

/* The problem of the character at bytes, which count bytes follow, where expected (such as "a
 * value") should be; inside: of a document, where no other program's text begins. */
enum diag_id json_problem_here(const unsigned char *bytes, size_t count, const char *expected,
                               bool inside, struct text *detail);

/* Whether the file's last count bytes are the beginning of a UTF-8 character. */
bool json_problem_is_cut(const unsigned char *bytes, size_t count);

/* Adds the character at bytes: `"é"`, `U+000C`. */
void json_problem_character(const unsigned char *bytes, size_t count, struct text *detail);

/* Adds the backslash at bytes and what follows it. */
void json_problem_escape(const unsigned char *bytes, size_t count, struct text *detail);

/* Adds the word or number at bytes, the rest of a long one left out: so many bytes tell. */
enum { JSON_PROBLEM_WORD = 41 };
void json_problem_word(const unsigned char *bytes, size_t count, struct text *detail);

/* What the bytes look like instead of JSON, such as "it looks like --output yaml"; NULL where
 * nothing suggests itself. A first line of 512 bytes is enough. */
const char *json_problem_guess(const unsigned char *bytes, size_t count);

#endif
