/*
 * file_reader.h: reads one file after another: opens it, checks its documents, makes their trees,
 * and has a reader (aws/readers.h) turn each into observations. Idle threads read batches of a
 * large file at the same time.
 */
#ifndef FILE_READER_H
#define FILE_READER_H

#include "evidence/partial.h"
#include <sys/types.h>

struct progress;
struct thread_pool;
struct file_reader;

/* A file to read, and its results. */
struct input {
    struct evidence_file *file;
    off_t size;                   /* in bytes; below 0 if it is unknown */
    struct partial *first, *last; /* what its documents gave, in order */
    int error;                    /* errno if it was named and cannot be opened, else 0 */
};

/* progress may be NULL. */
struct file_reader *file_reader_new(struct thread_pool *threads, struct progress *progress);

/* What it left in inputs belongs to pool from now on. reader may be NULL. */
void file_reader_free(struct file_reader *reader, struct pool *pool);

/* Reads the file and says in it what became of it. */
void file_reader_read(struct file_reader *reader, struct input *input);

/* Whether a file of that name is expected to be JSON, whatever its content. */
bool file_reader_is_json_name(const char *path);

#endif
