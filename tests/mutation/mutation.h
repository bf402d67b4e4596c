/*
 * mutation.h: what the tests of cut and flipped fixtures share: the fixtures' bytes; runs of the
 * product, in process, so that a million of them can be made; and a reading of brackets and places
 * that owes nothing to the product's.
 */
#ifndef BROKEN_H
#define BROKEN_H

#include "audit/assess.h"
#include "support/sheet.h"
#include <stdbool.h>
#include <stddef.h>

/* A fixture, or what a test made of it. */
struct broken_file {
    const char *name;
    const char *bytes;
    size_t count;
};

/* The evidence below fixtures/, by name; the bytes live until the test ends. */
size_t broken_fixture_count(void);
struct broken_file broken_fixture(size_t number);

/* Runs of the product, one after another, as if temporary_path had been named. */
struct broken_run {
    struct policy policy;
    struct evidence evidence;
    struct assessment assessment;
    const struct diag *broken; /* what ended the reading; NULL where nothing did */
    int status;
};
void broken_begin(struct broken_run *run);
/* Fills what is behind policy; it is good until the next. */
void broken_read(struct broken_run *run);
void broken_end(struct broken_run *run);

/* A place in a text: where its next character stands. What is there of a character that is not
 * whole is not counted. Of JSON it knows brackets and strings, no more. */
struct broken_place {
    size_t line, column;
    unsigned int missing; /* bytes, or in UTF-16 code units, that the character lacks */
    size_t depth;
    bool string, escaped;
};
#define BROKEN_START ((struct broken_place){.line = 1, .column = 1})
/* Takes the next byte of UTF-8, or code unit of UTF-16. */
void broken_pass(struct broken_place *place, unsigned int unit, bool wide);

#endif
