/*
 * walk.h: the entries below a folder, recursively; hidden entries and links to folders left out.
 * Follows no link. Knows nothing of what files hold.
 */
#ifndef WALK_H
#define WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pool;

enum walk_kind {
    WALK_FILE,      /* a regular file */
    WALK_LINK,      /* a symbolic link, to anything but a folder */
    WALK_SPECIAL,   /* a FIFO, socket or device */
    WALK_UNREADABLE /* a folder, or an entry, that cannot be looked at: error tells */
};

struct walk_entry {
    const char *path; /* the folder's as given, `/` and the rest */
    enum walk_kind kind;
    int error;
    off_t size; /* of a regular file, in bytes; below 0 where it is not known */
};

struct walk {
    struct walk_entry *entries;
    size_t count, room;
    struct pool *pool; /* owns the paths */
    bool sizes;        /* they are wanted, although that takes longer */
};

/* A copy of the path without slashes at its end: then its last component is its name, and the same
 * path is written in one way. */
const char *walk_trimmed(struct pool *pool, const char *path);

/* Adds the entries below the folder, in no order. False, with errno set, where the folder itself
 * cannot be opened. The caller frees walk->entries. */
bool walk_folder(struct walk *walk, const char *path);

#endif
