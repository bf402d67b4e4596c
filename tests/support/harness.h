/*
 * harness.h: what the tests of the built program share: temporary folders, child processes with a
 * time limit, whole files. A step that cannot be done fails the test. Every text that is returned
 * lives until the test ends. Knows nothing of reports.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

/* The as-of time of tests that do not ask for another; the demo's too. */
#define HARNESS_AS_OF "2026-11-20T00:00:00Z"

enum { HARNESS_SECONDS = 60, HARNESS_SIGNALLED = 256 };

/* Fails the running test; outside of tests, where Check has none to fail, ends the runner. The
 * message may be of any length: Check ends a test whose message is longer than its buffer. */
#define HARNESS_REQUIRE(condition, ...)                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            HARNESS_FAIL(__VA_ARGS__);                                                             \
    } while (0)
#define HARNESS_FAIL(...) ck_abort_msg("%s", harness_failure(harness_format(__VA_ARGS__)))
const char *harness_failure(const char *message);

/* Before any suite is made: notes the program under test ($CERTAUDIT, or build/certaudit) and the
 * checkout, which is the working folder, and makes the folder for all temporary ones. */
void harness_begin(void);
/* Before and after the tests are run. */
void harness_testing(bool begin);
/* Removes that folder. */
void harness_end(void);

const char *harness_program(void);
/* A path in the checkout, made absolute. */
const char *harness_source(const char *path);
/* What was built beside the runner, by its path from there, made absolute. */
const char *harness_built(const char *path);
/* A new empty folder, absolute. */
const char *harness_folder(void);

/* Notes a block from malloc, so that the leak checker can reach it; returns it. */
void *harness_keep(void *block);
__attribute__((format(printf, 1, 2))) const char *harness_format(const char *format, ...);

struct harness_run {
    const char *program;            /* NULL: the program under test */
    const char *const *arguments;   /* without the program's name; ends with NULL */
    const char *folder;             /* to run in; NULL: the checkout */
    const char *const *environment; /* NAME=VALUE, added; ends with NULL. May be NULL */
    const char *input;              /* a file; NULL: /dev/null */
    const char *output;             /* a file to write to; NULL: into the result */
    size_t file_limit;              /* no file may grow past these bytes; 0: any may */
    unsigned seconds;               /* the time limit; 0: HARNESS_SECONDS */
    bool unprivileged;              /* root becomes nobody, so that permissions count */
};

struct harness_result {
    int status; /* of exit, or HARNESS_SIGNALLED plus the signal */
    const char *output, *error;
};

struct harness_result harness_run(const struct harness_run *run);

/* Runs a tool, found by PATH or by its path from the checkout, that must end with status 0.
 * Returns its standard output. */
const char *harness_tool(const char *program, const char *const *arguments);

/* A whole file, with a NUL behind it. length may be NULL. */
const char *harness_read(const char *path, size_t *length);
void harness_write(const char *path, const char *text);
bool harness_exists(const char *path);
bool harness_same_bytes(const char *left, const char *right);
/* The names in a folder, without `.` and `..`, sorted; ends with NULL. */
const char *const *harness_list(const char *folder);
/* The same on one line, for messages and for comparing. */
const char *harness_names(const char *folder);

#endif
