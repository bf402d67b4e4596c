/*
 * file.h: bytes in. A file is read once, from front to back, in windows; what is handed out is
 * what was hashed. Knows nothing of what the bytes mean.
 */
#ifndef FILE_H
#define FILE_H

#include "base/digest.h"
#include <stdbool.h>
#include <stddef.h>

struct file;
struct progress;

enum { FILE_WINDOW = 65536 };

/* Opens path for reading, `-` being standard input. NULL with errno set where that fails. Never
 * blocks on a FIFO without a writer when walked (walked: only a regular file is opened, without
 * following a link; anything else fails with errno ELOOP or EINVAL). The caller closes. */
struct file *file_open(const char *path, bool walked);
void file_close(struct file *file);

/* The same for one file after another, of which there may be tens of thousands: a file to start is
 * made once and freed at last. False with errno set where it cannot be opened: then there is
 * nothing to end. */
struct file *file_new(void);
bool file_start(struct file *file, const char *path, bool walked);
void file_end(struct file *file);
void file_free(struct file *file);

/* Adds the bytes that are taken from now on, of each file that is started, to progress, which may
 * be NULL and outlives the file. */
void file_tell(struct file *file, struct progress *progress);

/* The first bytes, at most FILE_WINDOW, without taking them: *count is less than FILE_WINDOW only
 * where the file ends there. NULL where reading fails (file_error tells). */
const unsigned char *file_peek(struct file *file, size_t *count);

/* Takes up to room bytes; 0 at the end of the file or where reading fails (file_error tells). */
size_t file_read(struct file *file, unsigned char *to, size_t room);

/* 0, or the errno of the read that failed. */
int file_error(const struct file *file);

/* Reads what is left, so that the digest is of the whole file; gives its size in bytes and its
 * SHA-256. False where reading fails. */
bool file_finish(struct file *file, size_t *size, char hex[DIGEST_HEX]);

/* Whether a regular file was written to since it was opened, or given another length or name. What
 * cannot be told counts as so. */
bool file_changed(const struct file *file);

#endif
