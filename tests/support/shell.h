/*
 * shell.h: lines that a person would paste, run by sh with a stub for the AWS CLI that writes down
 * its arguments, byte for byte. What is returned lives until the test ends.
 */
#ifndef SHELL_H
#define SHELL_H

#include <stdbool.h>
#include <stddef.h>

/* What one call of the stub was given; ends with NULL. */
struct shell_call {
    const char *const *arguments;
};

struct shell_calls {
    struct shell_call *items;
    size_t count, room;
};

/* Runs the lines. Fails where the shell finds a fault in them, and where anything is printed or
 * made: nothing but the stub may be run. */
struct shell_calls shell_run(const char *lines);

/* Runs lines that the shell may take for faulty. Fails where anything is printed or made, and where
 * the stub is called. */
void shell_run_none(const char *lines);

/* Whether the value is there after the option, behind `=` or as an argument of its own; not where
 * that begins with a dash, for the AWS CLI takes it for an option. */
bool shell_got(const struct shell_call *call, const char *option, const char *value);

/* Whether these, ending with NULL, are the arguments. */
bool shell_is(const struct shell_call *call, const char *const *arguments);

/* The line that begins section number of many lines, and how many calls of the section there are,
 * *first being the first of them. */
const char *shell_mark(size_t number);
size_t shell_section(const struct shell_calls *calls, size_t number, size_t *first);

#endif
