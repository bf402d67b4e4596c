/*
 * walk.h: lists everything below a folder, recursively, except hidden entries and symbolic links to
 * folders. Does not follow links or open files.
 */
#ifndef WALK_H
#define WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pool;

enum walk_kind {
    WALK_FILE,      /* a regular file */
    WALK_LINK,      /* a symbolic link, but not to a folder */
    WALK_SPECIAL,   /* a FIFO, socket or device */
    WALK_UNREADABLE /* cannot be listed or examined; error is set */
};

struct walk_entry {
    const char *path; /* starts with the folder's path as given */
    enum walk_kind kind;
    int error;  /* errno, for WALK_UNREADABLE */
    off_t size; /* of a regular file, in bytes; negative if unknown */
};

struct walk {
    struct walk_entry *entries;
    size_t count, room;
    struct pool *pool; /* owns the paths */
    bool sizes;        /* find the size of every file, which takes longer */
};

/* A copy of the path without trailing slashes, so that its last component is the entry's name. */
const char *walk_trimmed(struct pool *pool, const char *path);

/* Adds the entries below the folder, in no particular order. False with errno set if the folder
 * itself cannot be read. The caller frees walk->entries. */
bool walk_folder(struct walk *walk, const char *path);

#endif
