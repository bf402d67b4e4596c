/* publish.c: see publish.h. */
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
    const char *target; /* of a member: its name, for messages */
    char *old;          /* of a file: the second name for the old file */
    bool kept;          /* the old file exists under its second name */
    DIR *entries;       /* of a scratch folder */
};

/* The list grows only by linking a complete node, so that a signal handler can read it at any time.
 * The newest is first: a folder's members come before the folder. */
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

static bool stat_folder(const char *path, struct stat *status)
{
    struct text folder = TEXT_EMPTY;
    publish_add_folder(&folder, path);
    bool fine = stat(text_string(&folder), status) == 0;
    text_free(&folder);
    return fine;
}

bool publish_same_target(const char *left, const char *right)
{
    const char *left_slash = strrchr(left, '/'), *right_slash = strrchr(right, '/');
    struct stat left_folder, right_folder;
    return strcmp(left_slash != NULL ? left_slash + 1 : left,
                  right_slash != NULL ? right_slash + 1 : right) == 0 &&
           stat_folder(left, &left_folder) && stat_folder(right, &right_folder) &&
           left_folder.st_dev == right_folder.st_dev && left_folder.st_ino == right_folder.st_ino;
}

bool publish_is_within(const char *path, const char *folder)
{
    struct stat outer, inner;
    if (stat(folder, &outer) != 0)
        return false;
    return (stat(path, &inner) == 0 && inner.st_dev == outer.st_dev &&
            inner.st_ino == outer.st_ino) ||
           (stat_folder(path, &inner) && inner.st_dev == outer.st_dev &&
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

static void add_error(struct text *error, const char *target, int number)
{
    text_add_visible(error, target);
    text_addf(error, ": cannot be written: %s", strerror(number));
}

/* Creates the file or folder. */
static bool create(const struct staged *staged)
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

/* Creates the file or folder and adds it to the list, without a signal in between. path now belongs
 * to publish. */
static struct staged *stage(struct publish *publish, enum staged_kind kind, char *path,
                            const char *target, struct text *error)
{
    struct node *node = memory_resize(NULL, 1, sizeof *node);
    *node = (struct node){{.kind = kind, .path = path, .target = target}, publish->first};
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    bool created = create(&node->staged);
    int number = errno;
    if (created)
        publish->first = node;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (created)
        return &node->staged;
    add_error(error, target, number);
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
    return path_of(stage(publish, STAGED_FILE, staging_path(target), target, error));
}

const char *publish_stage_folder(struct publish *publish, const char *target, struct text *error)
{
    return path_of(stage(publish, STAGED_FOLDER, staging_path(target), target, error));
}

const char *publish_stage_member(struct publish *publish, const char *folder, const char *name,
                                 struct text *error)
{
    struct text path = TEXT_EMPTY;
    text_addf(&path, "%s/%s", folder, name);
    return path_of(stage(publish, STAGED_MEMBER, path.bytes, name, error));
}

const char *publish_stage_scratch(struct publish *publish, const char *target, struct text *error)
{
    struct staged *staged = stage(publish, STAGED_SCRATCH, staging_path(target), target, error);
    if (staged == NULL)
        return NULL;
    staged->entries = opendir(staged->path);
    if (staged->entries == NULL)
        add_error(error, target, errno);
    return staged->entries != NULL ? staged->path : NULL;
}

bool publish_has_name(const char *target)
{
    const char *slash = strrchr(target, '/');
    const char *name = slash != NULL ? slash + 1 : target;
    return *name != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

bool publish_is_new_or_empty(const char *target)
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
    (void)closedir(folder); /* it was only read */
    return entries <= 2;    /* `.` and `..` */
}

/* Writes it to the disk, and sets the usual mode of a new file or folder, since mkstemp and mkdtemp
 * set a stricter one. */
static bool sync_and_set_mode(const char *path, bool folder)
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

/* Calls step for everything staged. Returns the first for which it fails, with errno set, or NULL.
 */
static const struct staged *for_each(struct publish *publish, bool (*step)(struct staged *))
{
    for (struct node *node = publish->first; node != NULL; node = node->next)
        if (node->staged.path != NULL && !step(&node->staged))
            return &node->staged;
    return NULL;
}

/* Does everything that can fail before anything is renamed, allocation included. */
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
    return sync_and_set_mode(staged->path, staged->kind == STAGED_FOLDER);
}

/* Gives the old file a second name. If that is not possible (a file system without hard links), or
 * the second name could not be removed later (another owner's file in a sticky folder), renames the
 * old file instead. */
static bool keep_old(struct staged *staged)
{
    struct stat status;
    if (staged->kind != STAGED_FILE)
        return true;
    if (lstat(staged->target, &status) != 0)
        return errno == ENOENT; /* there is no old file */
    bool ours = geteuid() == 0 || status.st_uid == geteuid();
    staged->kept = (ours && linkat(AT_FDCWD, staged->target, AT_FDCWD, staged->old, 0) == 0) ||
                   rename(staged->target, staged->old) == 0;
    return staged->kept;
}

static bool replace_target(struct staged *staged)
{
    if (!keep_old(staged) || rename(staged->path, staged->target) != 0)
        return false;
    free(staged->path);
    staged->path = NULL;
    return true;
}

static bool move_file(struct staged *staged)
{
    return staged->kind != STAGED_FILE || replace_target(staged);
}

/* Its members move with it. */
static bool move_folder(struct staged *staged)
{
    return staged->kind != STAGED_FOLDER || replace_target(staged);
}

/* Removes the second names of the old files or, if not committed, puts the old files back. One that
 * cannot be put back keeps its second name. */
static void drop_or_restore_old(struct publish *publish, bool committed)
{
    for (struct node *node = publish->first; node != NULL; node = node->next) {
        struct staged *staged = &node->staged;
        if (staged->kept && (committed || rename(staged->old, staged->target) == 0)) {
            (void)unlink(staged->old); /* rename does not remove a link to the same file */
            staged->kept = false;
        } else if (!staged->kept && staged->path == NULL && !committed &&
                   staged->kind == STAGED_FILE)
            (void)unlink(staged->target); /* there was no old file */
    }
}

/* Explains the failure, and where the old files are that could not be put back. */
static void give_up(struct publish *publish, const struct staged *failed, int number,
                    struct text *error)
{
    add_error(error, failed->target, number);
    for (const struct node *node = publish->first; node != NULL; node = node->next)
        if (node->staged.kept) {
            text_add(error, "; the old ");
            text_add_visible(error, node->staged.target);
            text_add(error, " is now ");
            text_add_visible(error, node->staged.old);
        }
    publish_abandon(publish);
}

bool publish_prepare(struct publish *publish, struct text *error)
{
    const struct staged *failed = for_each(publish, prepare);
    if (failed != NULL)
        give_up(publish, failed, errno, error);
    return failed == NULL;
}

bool publish_commit(struct publish *publish, struct text *error)
{
    sigset_t all, before;
    /* Signals wait until all are renamed, or none. */
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    /* The folder last, since renamed files can be undone. */
    const struct staged *failed = for_each(publish, move_file);
    if (failed == NULL)
        failed = for_each(publish, move_folder);
    int number = errno;
    drop_or_restore_old(publish, failed == NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (failed != NULL)
        give_up(publish, failed, number, error);
    return failed == NULL;
}

/* Removes everything in a scratch folder. Safe in a signal handler, because nothing else reads the
 * stream, and its buffer was allocated when it was opened. */
static void remove_entries(DIR *entries)
{
    const struct dirent *entry;
    rewinddir(entries);
    while ((entry = readdir(entries)) != NULL)
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            (void)unlinkat(dirfd(entries), entry->d_name, 0);
}

/* Removes a scratch folder. Another thread may still create files in it meanwhile. */
static void remove_scratch(const struct staged *staged)
{
    int tries = 1000;
    do {
        if (staged->entries != NULL)
            remove_entries(staged->entries);
    } while (rmdir(staged->path) != 0 && (errno == ENOTEMPTY || errno == EEXIST) && --tries > 0);
}

/* Ignores failures: nothing can be done about them. The members of a folder that has been renamed
 * are no longer at their paths, so they stay. */
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
