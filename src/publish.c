/* publish.c: staged files and their renaming. */
#include "publish.h"
#include "memory.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct staged {
    char *path; /* NULL once renamed or removed */
    const char *target;
};

/* The list is only ever grown by linking in a finished node, so that a signal handler always sees
 * a whole one. */
struct node {
    struct staged staged;
    struct node *next;
};

struct publish {
    struct node *volatile first;
};

struct publish *publish_new(void)
{
    struct publish *publish = memory_resize(NULL, 1, sizeof *publish);
    publish->first = NULL;
    return publish;
}

/* The folder that the path's last component is in. */
static bool folder_of(const char *path, struct stat *status)
{
    const char *slash = strrchr(path, '/');
    struct text folder = TEXT_EMPTY;
    if (slash != NULL)
        text_add_bytes(&folder, path, (size_t)(slash - path) + 1);
    bool fine = stat(slash != NULL ? text_string(&folder) : ".", status) == 0;
    text_free(&folder);
    return fine;
}

bool publish_same_place(const char *left, const char *right)
{
    const char *left_slash = strrchr(left, '/'), *right_slash = strrchr(right, '/');
    struct stat left_folder, right_folder;
    return strcmp(left_slash != NULL ? left_slash + 1 : left,
                  right_slash != NULL ? right_slash + 1 : right) == 0 &&
           folder_of(left, &left_folder) && folder_of(right, &right_folder) &&
           left_folder.st_dev == right_folder.st_dev && left_folder.st_ino == right_folder.st_ino;
}

static char *staging_path(const char *target)
{
    static const char pattern[] = ".certaudit-XXXXXX";
    const char *slash = strrchr(target, '/');
    size_t folder = slash != NULL ? (size_t)(slash - target) + 1 : 0;
    char *path = memory_resize(NULL, folder + sizeof pattern, 1);
    memcpy(path, target, folder);
    memcpy(path + folder, pattern, sizeof pattern);
    return path;
}

static void say(struct text *error, const char *target, int number)
{
    text_add_visible(error, target);
    text_addf(error, ": cannot be written: %s", strerror(number));
}

const char *publish_stage(struct publish *publish, const char *target, struct text *error)
{
    struct node *node = memory_resize(NULL, 1, sizeof *node);
    *node = (struct node){{staging_path(target), target}, publish->first};
    /* No signal may come between the file's making and its being known. */
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    int descriptor = mkstemp(node->staged.path);
    int number = errno;
    if (descriptor >= 0)
        publish->first = node;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (descriptor < 0) {
        say(error, target, number);
        free(node->staged.path);
        free(node);
        return NULL;
    }
    if (close(descriptor) != 0) {
        say(error, target, errno);
        return NULL;
    }
    return node->staged.path;
}

/* To the disk, and readable as any new file is: mkstemp gives 0600. */
static bool finish(const char *path)
{
    mode_t mask = umask(0);
    umask(mask);
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool fine = fsync(descriptor) == 0 && fchmod(descriptor, 0666 & ~mask) == 0;
    int number = errno;
    fine = close(descriptor) == 0 && fine;
    errno = fine ? 0 : number;
    return fine;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool each(struct publish *publish, bool (*does)(struct staged *), struct text *error)
{
    for (struct node *node = publish->first; node != NULL; node = node->next) {
        if (node->staged.path == NULL || does(&node->staged))
            continue;
        say(error, node->staged.target, errno);
        return false;
    }
    return true;
}

static bool prepare(struct staged *staged)
{
    if (is_folder(staged->target)) {
        errno = EISDIR;
        return false;
    }
    return finish(staged->path);
}

static bool move(struct staged *staged)
{
    if (rename(staged->path, staged->target) != 0)
        return false;
    free(staged->path);
    staged->path = NULL;
    return true;
}

bool publish_commit(struct publish *publish, struct text *error)
{
    if (each(publish, prepare, error) && each(publish, move, error))
        return true;
    publish_abandon(publish);
    return false;
}

void publish_abandon(struct publish *publish)
{
    for (struct node *node = publish->first; node != NULL; node = node->next)
        if (node->staged.path != NULL)
            (void)unlink(node->staged.path); /* nothing more can be done where that fails */
}

void publish_free(struct publish *publish)
{
    if (publish == NULL)
        return;
    publish_abandon(publish);
    for (struct node *node = publish->first, *next; node != NULL; node = next) {
        next = node->next;
        free(node->staged.path);
        free(node);
    }
    free(publish);
}
