/*
 * attack_strings.h: the table of strings that an attacker would choose. The tests of every writer
 * use it: CSV, workbook, Markdown, terminal, requests, digests, diagnostics and commands. Returned
 * texts live until the test ends.
 */
#ifndef ATTACK_STRINGS_H
#define ATTACK_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

struct attack_string {
    const char *raw;   /* UTF-8, as in an export */
    const char *shown; /* as reports show it: invisible characters are escaped */
    bool legible;      /* raw and shown are the same: it may be part of a command */
    bool names_a_file; /* the AWS CLI would read a file or URL, because of its scheme */
};

/* The strings are numbered from 0. The last one is very long. */
extern const size_t attack_string_count;
struct attack_string attack_string_at(size_t number);

/* Names for files: the strings, and some that are not UTF-8. NULL if no file can have the name. */
extern const size_t attack_name_count;
const char *attack_name(size_t number);

/* The text as a JSON string, with quotes. */
const char *attack_json(const char *text);

/* Fails if the texts, of any length, are different. */
void attack_check_same(const char *found, const char *expected);

/* Whether the character is invisible, or moves or reorders its neighbours. Of Unicode 15.0: general
 * category Cc, Zl, Zp, or Zs except U+0020; Default_Ignorable_Code_Point; bidirectional and
 * annotation controls; noncharacters. */
bool attack_is_hidden(unsigned long character);

/* Fails if a text for people contains one of these characters, except line feeds, or is not UTF-8.
 */
void attack_check_visible(const char *text);

#endif
