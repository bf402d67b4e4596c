/* file.c: see file.h. */
#include "base/file.h"
#include "base/memory.h"
#include "base/progress.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
    int descriptor;
    int error;
    bool ended;
    struct stat opened; /* as it was when it was opened */
    struct digest *digest;
    bool finished; /* its digest was taken */
    struct progress *progress;
    size_t got, size;      /* bytes that were read, and that were handed out */
    unsigned char *peeked; /* read but not handed out: count bytes from start */
    size_t start, count;
};

static int open_descriptor(const char *path, bool walked)
{
    if (!walked && strcmp(path, "-") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (walked) {
        /* The entry may have changed since the walk saw it. */
        return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
    }
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

/* 0, or the errno that says why this is nothing to read. */
static int refusal(int descriptor, bool walked, struct stat *status)
{
    if (fstat(descriptor, status) != 0)
        return errno;
    if (walked && !S_ISREG(status->st_mode))
        return EINVAL;
    return S_ISDIR(status->st_mode) ? EISDIR : 0;
}

struct file *file_new(void)
{
    struct file *file = memory_resize(NULL, 1, sizeof *file);

    *file = (struct file){.descriptor = -1};
    return file;
}

bool file_start(struct file *file, const char *path, bool walked)
{
    int descriptor = open_descriptor(path, walked);
    struct stat status;
    int error;

    if (descriptor < 0)
        return false;
    error = refusal(descriptor, walked, &status);
    if (error != 0) {
        (void)close(descriptor);
        errno = error;
        return false;
    }
    *file = (struct file){.descriptor = descriptor,
                          .opened = status,
                          .digest = file->digest != NULL ? file->digest : digest_new(),
                          .progress = file->progress,
                          .peeked = file->peeked};
    return true;
}

void file_tell(struct file *file, struct progress *progress)
{
    file->progress = progress;
}

void file_end(struct file *file)
{
    (void)close(file->descriptor);
    if (!file->finished) { /* it would go on with these bytes */
        digest_free(file->digest);
        file->digest = NULL;
    }
}

void file_free(struct file *file)
{
    if (file == NULL)
        return;
    digest_free(file->digest);
    free(file->peeked);
    free(file);
}

struct file *file_open(const char *path, bool walked)
{
    struct file *file = file_new();
    int error;

    if (file_start(file, path, walked))
        return file;
    error = errno;
    file_free(file);
    errno = error;
    return NULL;
}

void file_close(struct file *file)
{
    if (file != NULL) {
        file_end(file);
        file_free(file);
    }
}

/* Whether what was read is all that a regular file holds: to ask once more is a call that a run
 * over many small files can do without. What is added meanwhile, file_changed tells. */
static bool is_all(const struct file *file)
{
    return S_ISREG(file->opened.st_mode) && file->opened.st_size > 0 &&
           file->got == (uintmax_t)file->opened.st_size;
}

/* Bytes as the system gives them: fewer than room only at the end or where reading fails. */
static size_t fill(struct file *file, unsigned char *to, size_t room)
{
    size_t count = 0;

    while (count < room && !file->ended && file->error == 0) {
        ssize_t got = read(file->descriptor, to + count, room - count);

        if (got > 0) {
            count += (size_t)got;
            file->got += (size_t)got;
            file->ended = is_all(file);
        } else if (got == 0) {
            file->ended = true;
        } else if (errno != EINTR) {
            file->error = errno;
        }
    }
    return count;
}

const unsigned char *file_peek(struct file *file, size_t *count)
{
    if (file->peeked == NULL)
        file->peeked = memory_resize(NULL, FILE_WINDOW, 1);
    if (file->start > 0) {
        memmove(file->peeked, file->peeked + file->start, file->count);
        file->start = 0;
    }
    file->count += fill(file, file->peeked + file->count, FILE_WINDOW - file->count);
    *count = file->count;
    return file->error == 0 ? file->peeked : NULL;
}

size_t file_read(struct file *file, unsigned char *to, size_t room)
{
    size_t count = file->count < room ? file->count : room;

    if (count > 0) {
        memcpy(to, file->peeked + file->start, count);
        file->start += count;
        file->count -= count;
    }
    count += fill(file, to + count, room - count);
    digest_add(file->digest, to, count);
    file->size += count;
    progress_add(file->progress, count);
    return count;
}

int file_error(const struct file *file)
{
    return file->error;
}

bool file_finish(struct file *file, size_t *size, char hex[DIGEST_HEX])
{
    assert(!file->finished);
    if (!file->ended || file->count > 0) {
        unsigned char *window = memory_resize(NULL, FILE_WINDOW, 1);

        while (file_read(file, window, FILE_WINDOW) > 0) {
            /* it is hashed as it is read */
        }
        free(window);
    }
    if (file->error != 0)
        return false;
    *size = file->size;
    digest_take(file->digest, hex);
    file->finished = true;
    return true;
}

static bool same_time(const struct timespec *left, const struct timespec *right)
{
    return left->tv_sec == right->tv_sec && left->tv_nsec == right->tv_nsec;
}

bool file_changed(const struct file *file)
{
    const struct stat *before = &file->opened;
    struct stat now;

    if (!S_ISREG(before->st_mode))
        return false;
    return fstat(file->descriptor, &now) != 0 || now.st_size != before->st_size ||
           !same_time(&now.st_mtim, &before->st_mtim) || !same_time(&now.st_ctim, &before->st_ctim);
}
