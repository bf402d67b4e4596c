/*
 * print.h: prints JSON to a stream, indented like AWS CLI 2 (four spaces), or on one line like
 * `jq -c`. Escapes nothing; the callers' texts need no escapes.
 */
#ifndef PRINT_H
#define PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { PRINT_ROOM = 1 << 20 };

struct print {
    FILE *file;
    bool lines; /* a document is one line */
    bool first; /* the innermost object or list is still empty */
    int depth;
    size_t used;
    char bytes[PRINT_ROOM];
};

/* Prints the reason to standard error and ends the process with status 2. */
_Noreturn void print_die(const char *what, const char *which);

/* Writes the buffer to the file. */
void print_flush(struct print *print);

void print_bytes(struct print *print, const char *bytes, size_t size);
void print_text(struct print *print, const char *text);

/* Before an element of a list. */
void print_item(struct print *print);

/* Before the value of a member. */
void print_name(struct print *print, const char *name);

void print_quoted(struct print *print, const char *text);
void print_member(struct print *print, const char *name, const char *value);

/* Before and after the members of an object, and the elements of a list. */
void print_enter(struct print *print, const char *bracket);
void print_leave(struct print *print, const char *bracket);

/* A time as the CLI prints it; zone in hours east of UTC, with a fraction unless it is 0. */
void print_time(struct print *print, const char *name, int64_t seconds, int milliseconds, int zone);

#endif
