/* file.c: see file.h. */
#include "base/file.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/private_key.h"
#include "base/progress.h"
#include "base/text.h"
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
    const char *path;
    int error;
    bool ended;
    struct stat opened; /* the file's status when it was opened */
    struct digest *digest;
    bool finished; /* the digest was taken */
    struct private_key key;
    struct progress *progress;
    uintmax_t got;         /* bytes read from the system */
    size_t size;           /* bytes handed out */
    unsigned char *peeked; /* read but not handed out: count bytes from start */
    size_t start, count;
};

static int open_descriptor(const char *path, bool walked)
{
    if (!walked && strcmp(path, "-") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (!walked)
        return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    /* The entry may have been replaced since the walk found it. */
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
}

/* 0, or the errno that says why the descriptor is not read. */
static int check_type(int descriptor, bool walked, struct stat *status)
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
    if (descriptor < 0)
        return false;
    int error = check_type(descriptor, walked, &status);
    if (error != 0) {
        (void)close(descriptor);
        errno = error;
        return false;
    }
    *file = (struct file){.descriptor = descriptor,
                          .path = path,
                          .opened = status,
                          .digest = file->digest != NULL ? file->digest : digest_new(),
                          .progress = file->progress,
                          .peeked = file->peeked};
    return true;
}

void file_set_progress(struct file *file, struct progress *progress)
{
    file->progress = progress;
}

/* A regular file that was not read to its end counts as done all the same: it was expected. */
static void add_rest(const struct file *file)
{
    uintmax_t size = S_ISREG(file->opened.st_mode) ? (uintmax_t)file->opened.st_size : 0;
    if (size > file->got)
        progress_add(file->progress, file->path, size - file->got);
}

void file_end(struct file *file)
{
    (void)close(file->descriptor);
    add_rest(file);
    if (!file->finished) { /* the next file would continue this digest */
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
    if (file_start(file, path, walked))
        return file;
    int error = errno;
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

/* Whether all bytes of a regular file have been read. This saves one read(2) for each file; bytes
 * that are added in the meantime are found by file_changed. */
static bool is_complete(const struct file *file)
{
    return S_ISREG(file->opened.st_mode) && file->opened.st_size > 0 &&
           file->got == (uintmax_t)file->opened.st_size;
}

/* Reads up to room bytes; fewer only at the end of the file or after an error. */
static size_t fill(struct file *file, unsigned char *to, size_t room)
{
    size_t count = 0;
    while (count < room && !file->ended && file->error == 0) {
        ssize_t got = read(file->descriptor, to + count, room - count);
        if (got > 0) {
            count += (size_t)got;
            file->got += (size_t)got;
            file->ended = is_complete(file);
            progress_add(file->progress, file->path, (size_t)got);
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
    private_key_look(&file->key, to, count);
    file->size += count;
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
            /* file_read adds to the digest */
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

size_t file_private_key(const struct file *file)
{
    return file->key.line;
}

static bool is_same_time(const struct timespec *left, const struct timespec *right)
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
           !is_same_time(&now.st_mtim, &before->st_mtim) ||
           !is_same_time(&now.st_ctim, &before->st_ctim);
}

bool file_sha256(const char *path, char sha256[DIGEST_HEX])
{
    struct file *file = file_open(path, true);
    size_t size;
    if (file == NULL)
        return false;
    bool fine = file_finish(file, &size, sha256);
    int number = file_error(file);
    file_close(file);
    errno = number;
    return fine;
}

char *file_whole(const char *path, size_t *size, char sha256[DIGEST_HEX], struct text *error)
{
    struct file *file = file_open(strcmp(path, "-") == 0 ? "./-" : path, false);
    size_t room = 0, total;
    char *bytes = NULL;
    const char *problem = file == NULL ? strerror(errno) : NULL;
    *size = 0;
    for (size_t got = 1; file != NULL && got > 0 && *size <= LIMIT_TABLE; *size += got) {
        bytes = memory_grow(bytes, &room, *size + FILE_WINDOW, 1);
        got = file_read(file, (unsigned char *)bytes + *size, FILE_WINDOW);
    }
    if (*size > LIMIT_TABLE)
        problem = "larger than the limit of 256 MiB";
    else if (file != NULL && !file_finish(file, &total, sha256))
        problem = strerror(file_error(file));
    else if (file != NULL && file_changed(file))
        problem = "changed while being read; run again when nothing writes to it";
    file_close(file);
    if (problem == NULL) {
        bytes[*size] = '\0'; /* there is room: the last read got nothing */
        return bytes;
    }
    free(bytes);
    text_add_visible(error, path);
    text_addf(error, ": %s", problem);
    return NULL;
}

struct file_streams file_streams(void)
{
    static const int descriptors[] = {STDOUT_FILENO, STDERR_FILENO};
    struct file_streams streams = {.count = 0};
    struct stat status;
    for (size_t i = 0; i < sizeof descriptors / sizeof descriptors[0]; i++)
        if (fstat(descriptors[i], &status) == 0 && S_ISREG(status.st_mode)) {
            streams.devices[streams.count] = status.st_dev;
            streams.inodes[streams.count++] = status.st_ino;
        }
    return streams;
}

bool file_is_stream(const struct file_streams *streams, const struct stat *status)
{
    bool found = false;
    for (size_t i = 0; i < streams->count; i++)
        found |= streams->devices[i] == status->st_dev && streams->inodes[i] == status->st_ino;
    return found;
}
