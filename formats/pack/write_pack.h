/*
 * write_pack.h: the evidence pack: a folder with every report, every table as CSV, the facts of
 * the run, the requests, and the digests of all of them and of all inputs.
 */
#ifndef WRITE_PACK_H
#define WRITE_PACK_H

#include "base/digest.h"
#include <stdbool.h>
#include <stddef.h>

struct publish;
struct report;
struct text;
struct writers_file;

enum { PACK_FILES_MOST = 12 }; /* beside SHA256SUMS */

struct pack {
    const char *folder, *scratch; /* while it is staged */
    struct writers_file *files;   /* the caller's, PACK_FILES_MOST of them */
    size_t count;
};

/* Stages the folder for target, and its files, which are then to be written. False where that
 * cannot be: error says which. */
bool pack_stage(struct pack *pack, const struct report *report, const char *target,
                struct publish *publish, struct text *error);

/* Adds SHA256SUMS when the files are written; digest is its digest. */
bool pack_finish(struct pack *pack, struct publish *publish, char digest[DIGEST_HEX],
                 struct text *error);

#endif
