/*
 * write_pack.h: writes the evidence pack: a folder with all reports, all tables as CSV, the facts
 * of the run, the requests, and digests of these files and of the inputs.
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

enum { PACK_FILES_MOST = 12 }; /* without SHA256SUMS */

struct pack {
    const char *folder, *scratch; /* temporary folders, until the pack is published */
    struct writers_file *files;   /* PACK_FILES_MOST elements, owned by the caller */
    size_t count;
};

/* Creates the temporary folder for target and lists the files to write in pack->files. False if
 * that fails: error is then `PATH: why`. */
bool pack_stage(struct pack *pack, const struct report *report, const char *target,
                struct publish *publish, struct text *error);

/* Adds SHA256SUMS once the files are written, and returns its digest in digest. */
bool pack_finish(struct pack *pack, struct publish *publish, char digest[DIGEST_HEX],
                 struct text *error);

#endif
