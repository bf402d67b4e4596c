/* publish.c: staged files and their renaming. */
#include "base/publish.h"
#include "base/memory.h"
#include "base/text.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum staged_kind { STAGED_FILE, STAGED_FOLDER, STAGED_MEMBER, STAGED_SCRATCH };

struct staged {
    enum staged_kind kind;
    char *path;         /* NULL once renamed */
    const char *target; /* of a member: its own name, for messages */
    char *old;          /* of a file: a second name for what the target was */
    bool kept;          /* that name is in use, since what the target was may have to come back */
    DIR *entries;       /* of a scratch folder */
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

/* A new file or folder, as the kind asks; a file is closed again. */
static bool make_entry(const struct staged *staged)
{
    if (staged->kind == STAGED_FOLDER || staged->kind == STAGED_SCRATCH)
        return mkdtemp(staged->path) != NULL;
    int descriptor = staged->kind == STAGED_FILE
                         ? mkstemp(staged->path)
                         : open(staged->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    if (close(descriptor) == 0)
        return true;
    int number = errno;
    (void)unlink(staged->path);
    errno = number;
    return false;
}

/* Makes what is to be staged, and lets it be known. No signal may come in between. */
static struct staged *make(struct publish *publish, enum staged_kind kind, char *path,
                           const char *target, struct text *error)
{
    struct node *node = memory_resize(NULL, 1, sizeof *node);
    *node = (struct node){{.kind = kind, .path = path, .target = target}, publish->first};
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    bool made = make_entry(&node->staged);
    int number = errno;
    if (made)
        publish->first = node;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (made)
        return &node->staged;
    say(error, target, number);
    free(path);
    free(node);
    return NULL;
}

static const char *path_of(const struct staged *staged)
{
    return staged != NULL ? staged->path : NULL;
}

const char *publish_stage(struct publish *publish, const char *target, struct text *error)
{
    return path_of(make(publish, STAGED_FILE, staging_path(target), target, error));
}

const char *publish_stage_folder(struct publish *publish, const char *target, struct text *error)
{
    return path_of(make(publish, STAGED_FOLDER, staging_path(target), target, error));
}

const char *publish_stage_member(struct publish *publish, const char *folder, const char *name,
                                 struct text *error)
{
    struct text path = TEXT_EMPTY;
    text_addf(&path, "%s/%s", folder, name);
    return path_of(make(publish, STAGED_MEMBER, path.bytes, name, error));
}

const char *publish_stage_scratch(struct publish *publish, const char *target, struct text *error)
{
    struct staged *staged = make(publish, STAGED_SCRATCH, staging_path(target), target, error);
    if (staged == NULL)
        return NULL;
    staged->entries = opendir(staged->path);
    if (staged->entries == NULL)
        say(error, target, errno);
    return staged->entries != NULL ? staged->path : NULL;
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
    if (close(descriptor) != 0 && fine) {
        fine = false;
        number = errno;
    }
    errno = number;
    return fine;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The first one of which it is not done, errno then saying why; NULL where it is done of all. */
static const struct staged *each(struct publish *publish, bool (*does)(struct staged *))
{
    for (struct node *node = publish->first; node != NULL; node = node->next)
        if (node->staged.path != NULL && !does(&node->staged))
            return &node->staged;
    return NULL;
}

/* Whether what is staged may get its name. From here on no memory is needed any more. */
static bool prepare(struct staged *staged)
{
    if (staged->kind == STAGED_SCRATCH)
        return true;
    if (staged->kind == STAGED_FILE) {
        struct text old = TEXT_EMPTY;
        if (is_folder(staged->target)) {
            errno = EISDIR;
            return false;
        }
        text_addf(&old, "%s.old", staged->path);
        staged->old = old.bytes;
    }
    return finish(staged->path, staged->kind == STAGED_FOLDER);
}

/* Keeps the file that stands at the target under a second name; where there can be none (a file
 * system without links) or it could not be taken away again (another owner's, in a sticky folder),
 * the file is moved aside. False where neither can be done. */
static bool keep_old(struct staged *staged)
{
    struct stat status;
    if (staged->kind != STAGED_FILE)
        return true;
    if (lstat(staged->target, &status) != 0)
        return errno == ENOENT; /* nothing stands there */
    bool ours = geteuid() == 0 || status.st_uid == geteuid();
    staged->kept = (ours && linkat(AT_FDCWD, staged->target, AT_FDCWD, staged->old, 0) == 0) ||
                   rename(staged->target, staged->old) == 0;
    return staged->kept;
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

/* Puts back what stood at the targets, or drops the second names of it. Where it cannot be put
 * back it keeps its second name. */
static void settle(struct publish *publish, bool committed)
{
    for (struct node *node = publish->first; node != NULL; node = node->next) {
        struct staged *staged = &node->staged;
        if (staged->kept && (committed || rename(staged->old, staged->target) == 0)) {
            (void)unlink(staged->old); /* rename leaves it where both are one file */
            staged->kept = false;
        } else if (!staged->kept && staged->path == NULL && !committed &&
                   staged->kind == STAGED_FILE)
            (void)unlink(staged->target); /* where nothing stood */
    }
}

/* Why it is not done, and where the old reports are that could not be put back. */
static void refuse(struct publish *publish, const struct staged *failed, int number,
                   struct text *error)
{
    say(error, failed->target, number);
    for (const struct node *node = publish->first; node != NULL; node = node->next)
        if (node->staged.kept) {
            text_add(error, "; what stood at ");
            text_add_visible(error, node->staged.target);
            text_add(error, " is now ");
            text_add_visible(error, node->staged.old);
        }
    publish_abandon(publish);
}

bool publish_prepare(struct publish *publish, struct text *error)
{
    const struct staged *failed = each(publish, prepare);
    if (failed != NULL)
        refuse(publish, failed, errno, error);
    return failed == NULL;
}

bool publish_commit(struct publish *publish, struct text *error)
{
    sigset_t all, before;
    /* A signal waits until all are renamed, or none. */
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    /* The folder last: of files, what stood there can be put back. */
    const struct staged *failed = each(publish, move_file);
    if (failed == NULL)
        failed = each(publish, move_folder);
    int number = errno;
    settle(publish, failed == NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (failed != NULL)
        refuse(publish, failed, number, error);
    return failed == NULL;
}

/* Removes what a scratch folder holds. Nobody but this reads the stream, and its buffer is there
 * since it was opened, so that a signal handler may. */
static void empty(DIR *entries)
{
    const struct dirent *entry;
    rewinddir(entries);
    while ((entry = readdir(entries)) != NULL)
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            (void)unlinkat(dirfd(entries), entry->d_name, 0);
}

/* Takes a scratch folder away. A thread that was about to make a file in it when the rest was
 * abandoned may still do so. */
static void remove_scratch(const struct staged *staged)
{
    int tries = 1000;
    do {
        if (staged->entries != NULL)
            empty(staged->entries);
    } while (rmdir(staged->path) != 0 && (errno == ENOTEMPTY || errno == EEXIST) && --tries > 0);
}

/* What was staged later stands first: a folder's members go before it. Of a folder that has its
 * name already, the members are no more where they were staged, so that they stay. Nothing more
 * can be done where removing fails. */
void publish_abandon(struct publish *publish)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    for (struct node *node = publish != NULL ? publish->first : NULL; node != NULL;
         node = node->next) {
        const struct staged *staged = &node->staged;
        if (staged->path == NULL)
            continue;
        if (staged->kind == STAGED_SCRATCH)
            remove_scratch(staged);
        else if (staged->kind == STAGED_FOLDER)
            (void)rmdir(staged->path);
        else
            (void)unlink(staged->path);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void publish_free(struct publish *publish)
{
    if (publish == NULL)
        return;
    for (struct node *node = publish->first, *next; node != NULL; node = next) {
        next = node->next;
        if (node->staged.entries != NULL)
            (void)closedir(node->staged.entries);
        free(node->staged.path);
        free(node->staged.old);
        free(node);
    }
    free(publish);
}
