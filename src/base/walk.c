/* walk.c: a folder is read to its end before those in it, so that one descriptor is open at most.
 */
#define _DEFAULT_SOURCE /* for d_type, where there is one */
#include "base/walk.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct walk_entry *add(struct walk *walk, const char *path, enum walk_kind kind, int error)
{
    walk->entries =
        memory_grow(walk->entries, &walk->room, walk->count + 1, sizeof(struct walk_entry));
    struct walk_entry *entry = &walk->entries[walk->count++];
    *entry = (struct walk_entry){.path = path, .kind = kind, .error = error, .size = -1};
    return entry;
}

struct name {
    const char *path;
    bool is_file; /* a regular file, as the folder itself says; false: that is to be looked at */
};

struct names {
    struct name *items;
    size_t count, room;
};

/* Most file systems say in the folder what an entry is: to ask again for each of 20,000 files took
 * a seventh of a run over them. */
static bool is_file(const struct walk *walk, const struct dirent *entry)
{
#ifdef DT_REG
    return !walk->sizes && entry->d_type == DT_REG;
#else
    (void)entry;
    return walk == NULL;
#endif
}

/* The folder's entries that are not hidden, as paths. False with errno set. */
static bool list_folder(struct walk *walk, const char *path, struct names *names)
{
    DIR *folder = opendir(path);
    struct text child = TEXT_EMPTY;
    const struct dirent *entry;
    if (folder == NULL)
        return false;
    bool ends_in_slash = path[strlen(path) - 1] == '/';
    while (errno = 0, (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        text_clear(&child);
        text_add(&child, path);
        text_add(&child, ends_in_slash ? "" : "/");
        text_add(&child, entry->d_name);
        names->items =
            memory_grow(names->items, &names->room, names->count + 1, sizeof(struct name));
        names->items[names->count++] =
            (struct name){pool_text(walk->pool, text_string(&child)), is_file(walk, entry)};
    }
    int error = errno;
    text_free(&child);
    (void)closedir(folder); /* nothing was written, so nothing can be lost */
    errno = error;
    return error == 0;
}

static void add_link(struct walk *walk, const char *path)
{
    struct stat target;
    if (stat(path, &target) == 0 && S_ISDIR(target.st_mode))
        return;
    add(walk, path, WALK_LINK, 0);
}

static void look_at(struct walk *walk, const struct name *name)
{
    const char *path = name->path;
    struct stat status;
    if (name->is_file) {
        add(walk, path, WALK_FILE, 0);
    } else if (lstat(path, &status) != 0) {
        add(walk, path, WALK_UNREADABLE, errno);
    } else if (S_ISDIR(status.st_mode)) {
        if (!walk_folder(walk, path))
            add(walk, path, WALK_UNREADABLE, errno);
    } else if (S_ISLNK(status.st_mode)) {
        add_link(walk, path);
    } else if (S_ISREG(status.st_mode)) {
        add(walk, path, WALK_FILE, 0)->size = status.st_size;
    } else {
        add(walk, path, WALK_SPECIAL, 0);
    }
}

const char *walk_trimmed(struct pool *pool, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return pool_copy(pool, path, length);
}

bool walk_folder(struct walk *walk, const char *path)
{
    struct names names = {NULL, 0, 0};
    bool listed = list_folder(walk, path, &names);
    int error = errno;
    for (size_t i = 0; listed && i < names.count; i++)
        look_at(walk, &names.items[i]);
    free(names.items);
    errno = error;
    return listed;
}
