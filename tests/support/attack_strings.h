/*
 * attack_strings.h: the one table of strings that an attacker would choose. It drives every writer:
 * each table of CSV, the workbook, Markdown, the terminal, requests, digests, diagnostics and
 * commands. What is made of it lives until the test ends.
 */
#ifndef NASTY_H
#define NASTY_H

#include <stdbool.h>
#include <stddef.h>

struct nasty {
    const char *raw;   /* UTF-8, as it may stand in an export */
    const char *shown; /* where a person reads it: what hides or moves is spelt out */
    bool legible;      /* the two are the same: it may stand in a command */
    bool names_a_file; /* to the AWS CLI, by its scheme */
};

/* The strings are numbered from 0. The last one is very long. */
extern const size_t nasty_count;
struct nasty nasty_at(size_t number);

/* Names for files: bytes that are no UTF-8 besides. NULL where no file can have that name. */
extern const size_t nasty_name_count;
const char *nasty_name(size_t number);

/* The text as a JSON string, with its quotes. */
const char *nasty_json(const char *text);

/* Fails where the two texts, of any length, are not the same. */
void nasty_check_same(const char *found, const char *expected);

/* Whether the character hides, moves or reorders what is beside it: Unicode 15.0, general category
 * Cc, Zl, Zp, or Zs but U+0020, Default_Ignorable_Code_Point, bidirectional or annotation control,
 * noncharacter. */
bool nasty_is_hidden(unsigned long character);

/* Fails where text that goes to a person's eyes holds such a character but a line feed, or is no
 * UTF-8. */
void nasty_check_visible(const char *text);

#endif
