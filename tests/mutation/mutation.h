/*
 * mutation.h: what the tests of cut and flipped fixtures share: the bytes of the fixtures; runs of
 * the product, in this process, so that there can be a million runs; and a reading of brackets and
 * positions that shares no code with the product.
 */
#ifndef MUTATION_H
#define MUTATION_H

#include "audit/assess.h"
#include "support/sheet.h"
#include <stdbool.h>
#include <stddef.h>

/* A fixture, or what a test made of it. */
struct mutation_file {
    const char *name;
    const char *bytes;
    size_t count;
};

/* The evidence in fixtures/, sorted by name; the bytes live until the test ends. */
size_t mutation_fixture_count(void);
struct mutation_file mutation_fixture(size_t number);

/* Runs of the product, one after another, with temporary_path as the only input. */
struct mutation_run {
    struct policy policy;
    struct evidence evidence;
    struct assessment assessment;
    const struct diag *problem; /* what ended the reading early; NULL if nothing did */
    int status;
};
void mutation_begin(struct mutation_run *run);
/* Fills all members after policy; they are valid until the next call. */
void mutation_read(struct mutation_run *run);
void mutation_end(struct mutation_run *run);

/* The position of the next character of a text, not counting an incomplete character before it.
 * Of JSON, only brackets and strings are recognised. */
struct mutation_position {
    size_t line, column;
    unsigned int missing; /* bytes (UTF-16: code units) that complete the character */
    size_t depth;
    bool string, escaped;
};
#define MUTATION_START ((struct mutation_position){.line = 1, .column = 1})
/* Advances by a byte of UTF-8, or by a code unit of UTF-16. */
void mutation_advance(struct mutation_position *position, unsigned int unit, bool utf16);

#endif
