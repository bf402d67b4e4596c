/*
 * file.h: reading files. A file is read once, from start to end, and hashed as it is read, so that
 * the digest is of the bytes that were used.
 */
#ifndef FILE_H
#define FILE_H

#include "base/digest.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct file;
struct progress;
struct text;

enum { FILE_WINDOW = 65536 /* bytes */ };

/* Opens path for reading; `-` is standard input. NULL with errno set on failure. A walked path was
 * found in a folder: it must be a regular file, not a link (ELOOP) or anything else (EINVAL), and
 * opening a FIFO does not wait for a writer. path must outlive the file. The caller closes. */
struct file *file_open(const char *path, bool walked);
void file_close(struct file *file);

/* The same for many files, one after another, without an allocation for each. False with errno set
 * if the file cannot be opened; then there is nothing to end. */
struct file *file_new(void);
bool file_start(struct file *file, const char *path, bool walked);
void file_end(struct file *file);
void file_free(struct file *file);

/* Adds the bytes of each file that is started from now on to progress, which may be NULL and must
 * outlive the file. */
void file_set_progress(struct file *file, struct progress *progress);

/* The next bytes, at most FILE_WINDOW, without taking them. *count is less than FILE_WINDOW only
 * at the end of the file. NULL on a read error (see file_error). */
const unsigned char *file_peek(struct file *file, size_t *count);

/* Takes up to room bytes; 0 at the end of the file or on a read error (see file_error). */
size_t file_read(struct file *file, unsigned char *to, size_t room);

/* 0, or the errno of the read that failed. */
int file_error(const struct file *file);

/* Reads the rest of the file, then sets its size in bytes and its SHA-256. False on a read error.
 */
bool file_finish(struct file *file, size_t *size, char hex[DIGEST_HEX]);

/* The line of the first private key in the bytes that were taken, from 1; 0 if there is none. */
size_t file_private_key(const struct file *file);

/* Whether a regular file has been written to, truncated or renamed since it was opened. True also
 * if its status is unknown. */
bool file_changed(const struct file *file);

/* Computes the SHA-256 of the file at path. False with errno set if it cannot be read. */
bool file_sha256(const char *path, char sha256[DIGEST_HEX]);

/* Reads the whole file, of at most LIMIT_TABLE bytes; `-` is a file name. Sets its size and
 * SHA-256. A NUL follows the bytes. The caller frees the result; NULL with `PATH: why` in error if
 * it cannot be read. */
char *file_whole(const char *path, size_t *size, char sha256[DIGEST_HEX], struct text *error);

/* The regular files that standard output and standard error are written to. */
struct file_streams {
    dev_t devices[2];
    ino_t inodes[2];
    size_t count;
};
struct file_streams file_streams(void);

/* Whether the file with that status is one of them. */
bool file_is_stream(const struct file_streams *streams, const struct stat *status);

#endif
