/*
 * harness.h: what the tests share: failing with a message, temporary folders, child processes with
 * a time limit, whole files. A step that cannot be done fails the test. Every text that is returned
 * lives until the test ends. Contains nothing about reports.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The as-of time of most tests, and of the demo. */
#define HARNESS_AS_OF "2026-11-20T00:00:00Z"

enum { HARNESS_SECONDS = 60, HARNESS_SIGNALLED = 256 };

/* Fails the running test; outside of a test, ends the runner. */
#define HARNESS_REQUIRE(condition, ...)                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            HARNESS_FAIL(__VA_ARGS__);                                                             \
    } while (0)
#define HARNESS_FAIL(...) ck_abort_msg("%s", harness_format(__VA_ARGS__))

/* Fail unless text contains part, or does not. The message shows both. */
#define HARNESS_CONTAINS(text, part)                                                               \
    HARNESS_REQUIRE(strstr(text, part) != NULL, "expected \"%s\" in:\n%s", part, text)
#define HARNESS_LACKS(text, part)                                                                  \
    HARNESS_REQUIRE(strstr(text, part) == NULL, "expected no \"%s\" in:\n%s", part, text)

/* In a table test, ahead of its checks: names the row. Until the block ends, the message of every
 * failure begins with that name. unused: to clang, the cleanup is not a use. */
#define HARNESS_ROW(...)                                                                           \
    __attribute__((cleanup(harness_row_end), unused)) const char *harness_row_name =               \
        harness_row(harness_format(__VA_ARGS__))
const char *harness_row(const char *name);
void harness_row_end(const char *const *name);

/* Whether the long sweeps run in full (make check-all), or a sample of each does (make check). */
bool harness_full(void);

/* Notes that the runner repeats at its end: how much of a sweep has run, and what could not be
 * tested here. */
void harness_note_sample(const char *sweep, size_t run, size_t total);
void harness_note_skip(const char *what);
/* What the lines of these notes begin with, on standard output. */
#define HARNESS_SAMPLE "sample: "
#define HARNESS_SKIP "skipped: "

/* Before any suite is made: finds the program under test ($CERTAUDIT, or build/certaudit) and the
 * checkout, which is the working folder, and makes the folder for all temporary folders. */
void harness_begin(void);
/* In a process that runs tests: before and after it runs them. */
void harness_testing(bool begin);
/* Removes the folder for temporary folders. */
void harness_end(void);

const char *harness_program(void);
/* A path in the checkout, made absolute. */
const char *harness_source(const char *path);
/* A path in the folder of the runner, made absolute. */
const char *harness_built(const char *path);
/* A new empty folder, absolute. */
const char *harness_folder(void);

/* Keeps a block from malloc reachable, so that the leak checker does not report it; returns it. */
void *harness_keep(void *block);
__attribute__((format(printf, 1, 2))) const char *harness_format(const char *format, ...);

struct harness_run {
    const char *program;            /* NULL: the program under test */
    const char *const *arguments;   /* without the program's name; ends with NULL */
    const char *folder;             /* to run in; NULL: the checkout */
    const char *const *environment; /* NAME=VALUE, added; ends with NULL. May be NULL */
    const char *input;              /* a file; NULL: /dev/null */
    const char *output;             /* a file to write to; NULL: into the result */
    size_t file_limit;              /* the largest size of a file, in bytes; 0: no limit */
    unsigned seconds;               /* the time limit; 0: HARNESS_SECONDS */
    bool unprivileged;              /* root becomes nobody, so that permissions apply */
};

struct harness_result {
    int status; /* the exit status, or HARNESS_SIGNALLED plus the signal */
    const char *output, *error;
};

struct harness_result harness_run(const struct harness_run *run);

/* Runs a tool, found by PATH or by its path from the checkout, that must end with status 0.
 * Returns its standard output. */
const char *harness_tool(const char *program, const char *const *arguments);

/* The whole file, followed by a NUL. length may be NULL. */
const char *harness_read(const char *path, size_t *length);
void harness_write(const char *path, const char *text);
bool harness_exists(const char *path);
bool harness_same_bytes(const char *left, const char *right);
/* The names in a folder, without `.` and `..`, sorted; ends with NULL. */
const char *const *harness_list(const char *folder);
/* The same names on one line, to print and to compare. */
const char *harness_names(const char *folder);

#endif
