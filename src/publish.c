/* publish.c: staged files and their renaming. */
#include "publish.h"
#include "memory.h"
#include "text.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum staged_kind { STAGED_FILE, STAGED_FOLDER, STAGED_MEMBER };

struct staged {
    enum staged_kind kind;
    char *path;         /* NULL once renamed */
    const char *target; /* of a member: its own name, for messages */
    char *old;          /* a second name of what the target was, while it may have to come back */
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

void publish_add_folder(struct text *text, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash != NULL)
        text_add_bytes(text, path, (size_t)(slash - path) + 1);
    text_add(text, ".");
}

static bool folder_of(const char *path, struct stat *status)
{
    struct text folder = TEXT_EMPTY;
    publish_add_folder(&folder, path);
    bool fine = stat(text_string(&folder), status) == 0;
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

bool publish_is_within(const char *path, const char *folder)
{
    struct stat outer, inner;
    if (stat(folder, &outer) != 0)
        return false;
    return (stat(path, &inner) == 0 && inner.st_dev == outer.st_dev &&
            inner.st_ino == outer.st_ino) ||
           (folder_of(path, &inner) && inner.st_dev == outer.st_dev &&
            inner.st_ino == outer.st_ino);
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

/* Makes what the node stands for, and lets it be known. No signal may come in between. */
static const char *make(struct publish *publish, struct staged staged, struct text *error)
{
    struct node *node = memory_resize(NULL, 1, sizeof *node);
    *node = (struct node){staged, publish->first};
    sigset_t all, before;
    int descriptor = -1, number = 0;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    bool made = staged.kind == STAGED_FOLDER
                    ? mkdtemp(staged.path) != NULL
                    : (descriptor = staged.kind == STAGED_FILE
                                        ? mkstemp(staged.path)
                                        : open(staged.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                               0600)) >= 0;
    if (made)
        publish->first = node;
    else
        number = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (!made) {
        say(error, staged.target, number);
        free(node->staged.path);
        free(node);
        return NULL;
    }
    if (descriptor >= 0 && close(descriptor) != 0) {
        say(error, staged.target, errno);
        return NULL;
    }
    return staged.path;
}

const char *publish_stage(struct publish *publish, const char *target, struct text *error)
{
    return make(publish, (struct staged){STAGED_FILE, staging_path(target), target, NULL}, error);
}

const char *publish_stage_folder(struct publish *publish, const char *target, struct text *error)
{
    return make(publish, (struct staged){STAGED_FOLDER, staging_path(target), target, NULL}, error);
}

const char *publish_stage_member(struct publish *publish, const char *folder, const char *name,
                                 struct text *error)
{
    struct text path = TEXT_EMPTY;
    text_addf(&path, "%s/%s", folder, name);
    return make(publish, (struct staged){STAGED_MEMBER, path.bytes, name, NULL}, error);
}

bool publish_is_no_name(const char *target)
{
    const char *slash = strrchr(target, '/');
    const char *name = slash != NULL ? slash + 1 : target;
    return *name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

bool publish_may_appear(const char *target)
{
    struct stat status;
    if (lstat(target, &status) != 0)
        return errno == ENOENT;
    DIR *folder = S_ISDIR(status.st_mode) ? opendir(target) : NULL;
    if (folder == NULL)
        return false;
    size_t entries = 0;
    while (readdir(folder) != NULL)
        entries++;
    (void)closedir(folder); /* nothing was written, so nothing can be lost */
    return entries <= 2;    /* itself and its parent */
}

/* To the disk, and with the mode that anything new has: mkstemp and mkdtemp give less. */
static bool finish(const char *path, bool folder)
{
    mode_t mask = umask(0);
    umask(mask);
    int descriptor = open(path, (folder ? O_RDONLY | O_DIRECTORY : O_WRONLY) | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool fine = fsync(descriptor) == 0 && fchmod(descriptor, (folder ? 0777 : 0666) & ~mask) == 0;
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
    if (staged->kind == STAGED_FILE && is_folder(staged->target)) {
        errno = EISDIR;
        return false;
    }
    return finish(staged->path, staged->kind == STAGED_FOLDER);
}

/* Keeps the file that stands at the target under a second name; where there can be none (a file
 * system without links) or it could not be taken away again (another owner's, in a sticky folder),
 * the file is moved aside. False where neither can be done. */
static bool keep_old(struct staged *staged)
{
    struct text old = TEXT_EMPTY;
    struct stat status;
    if (staged->kind != STAGED_FILE || lstat(staged->target, &status) != 0)
        return true; /* nothing stands there */
    text_addf(&old, "%s.old", staged->path);
    bool ours = geteuid() == 0 || status.st_uid == geteuid();
    bool kept = (ours && linkat(AT_FDCWD, staged->target, AT_FDCWD, old.bytes, 0) == 0) ||
                rename(staged->target, old.bytes) == 0;
    if (kept) {
        staged->old = old.bytes;
        return true;
    }
    int number = errno;
    text_free(&old);
    errno = number;
    return false;
}

static bool move(struct staged *staged)
{
    if (!keep_old(staged) || rename(staged->path, staged->target) != 0)
        return false;
    free(staged->path);
    staged->path = NULL;
    return true;
}

static bool move_file(struct staged *staged)
{
    return staged->kind != STAGED_FILE || move(staged);
}

/* Members move with it. */
static bool move_folder(struct staged *staged)
{
    return staged->kind != STAGED_FOLDER || move(staged);
}

/* Puts back what stood at the targets, or drops the second names of it. Nothing more can be done
 * where that fails. */
static void settle(struct publish *publish, bool committed)
{
    for (struct node *node = publish->first; node != NULL; node = node->next) {
        struct staged *staged = &node->staged;
        if (staged->old != NULL) {
            if (!committed)
                (void)rename(staged->old, staged->target);
            (void)unlink(staged->old); /* rename leaves it where both are one file */
        } else if (staged->path == NULL && !committed && staged->kind == STAGED_FILE)
            (void)unlink(staged->target); /* where nothing stood */
        free(staged->old);
        staged->old = NULL;
    }
}

bool publish_prepare(struct publish *publish, struct text *error)
{
    bool fine = each(publish, prepare, error);
    if (!fine)
        publish_abandon(publish);
    return fine;
}

bool publish_commit(struct publish *publish, struct text *error)
{
    sigset_t all, before;
    /* A signal waits until all are renamed, or none. */
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    /* The folder last: of files, what stood there can be put back. */
    bool fine = each(publish, move_file, error) && each(publish, move_folder, error);
    settle(publish, fine);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (!fine)
        publish_abandon(publish);
    return fine;
}

/* What was staged later stands first: a folder's members go before it. Of a folder that has its
 * name already, the members are no more where they were staged, so that they stay. Nothing more
 * can be done where removing fails. */
void publish_abandon(struct publish *publish)
{
    for (struct node *node = publish->first; node != NULL; node = node->next) {
        if (node->staged.path == NULL)
            continue;
        if (node->staged.kind == STAGED_FOLDER)
            (void)rmdir(node->staged.path);
        else
            (void)unlink(node->staged.path);
    }
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
