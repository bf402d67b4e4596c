/*
 * sandbox.h: the process gives up what it does not need, before it reads anything that another
 * wrote. What the two parts refuse is in certaudit(1), SECURITY CONSIDERATIONS. Knows nothing of
 * what the files are for.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>

struct text;

/* What stays within reach; all else of the file system is out of it. */
struct sandbox_files {
    const char *const *read; /* files, and folders with all below them */
    size_t read_count;
    const char *const *write; /* folders, with all below them: to read and to change */
    size_t write_count;
};

struct sandbox {
    const char *calls; /* NULL where seccomp is in force, or why it is not */
    const char *files; /* the same of Landlock; a constant text */
    int version;       /* of the kernel's Landlock ABI, where that is in force */
};

/* Confines this process and all its later threads, for good. What cannot be opened in files is
 * left out: whoever opens it later is told why. A kernel without a part of it is no error. */
struct sandbox sandbox_enter(const struct sandbox_files *files);

/* Adds a line for each part: whether it is in force, or why not. */
void sandbox_add(const struct sandbox *sandbox, struct text *text);

#endif
