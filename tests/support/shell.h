/*
 * shell.h: runs lines that a person would paste, with a stub for the AWS CLI that records its
 * arguments, byte for byte. Returned values live until the test ends.
 */
#ifndef SHELL_H
#define SHELL_H

#include <stdbool.h>
#include <stddef.h>

/* The arguments of one call of the stub; ends with NULL. */
struct shell_call {
    const char *const *arguments;
};

struct shell_calls {
    struct shell_call *items;
    size_t count, room;
};

/* Runs the lines. Fails if the shell reports an error, or if anything but the stub is run: nothing
 * may be printed, and no file may be made. */
struct shell_calls shell_run(const char *lines);

/* Runs lines that may be a syntax error. Fails if anything is printed, a file is made, or the stub
 * is called. */
void shell_run_none(const char *lines);

/* Whether the option has the value, after `=` or as the next argument; a next argument that begins
 * with a dash does not count, because the AWS CLI takes it for an option. */
bool shell_got(const struct shell_call *call, const char *option, const char *value);

/* Whether the arguments are these; ends with NULL. */
bool shell_is(const struct shell_call *call, const char *const *arguments);

/* The line that begins a section, and the number of calls in that section; *first is the first. */
const char *shell_mark(size_t number);
size_t shell_section(const struct shell_calls *calls, size_t number, size_t *first);

#endif
