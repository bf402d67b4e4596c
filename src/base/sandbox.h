/*
 * sandbox.h: gives up what the process does not need, before it reads anything written by others.
 * certaudit(1), Sandbox, lists what is refused.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

struct text;

/* What stays accessible; the rest of the file system does not. */
struct sandbox_files {
    const char *const *read; /* files, and folders with everything below them */
    size_t read_count;
    const char *const *write; /* folders, with everything below them: for reading and writing */
    size_t write_count;
};

struct sandbox {
    const char *calls; /* NULL if seccomp is active, or why not; a constant string */
    const char *files; /* the same for Landlock */
    int version;       /* the Landlock ABI, if it is active */
};

/* Confines this process and its future threads, permanently. A kernel that lacks seccomp or
 * Landlock is not an error; a file that cannot be opened is not one here. False if the system has
 * too few resources (open files, memory) to make a file accessible: error names it. */
bool sandbox_enter(const struct sandbox_files *files, struct sandbox *sandbox, struct text *error);

/* Adds two lines: whether seccomp and Landlock are active, or why not. */
void sandbox_add(const struct sandbox *sandbox, struct text *text);

#endif
