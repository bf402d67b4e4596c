/*
 * write_pack.h: the evidence pack: a folder with every report, every table as CSV, the facts of
 * the run, the requests, and the digests of all of them and of all inputs.
 */
#ifndef WRITE_PACK_H
#define WRITE_PACK_H

#include "digest.h"
#include <stdbool.h>

struct publish;
struct report;
struct text;

/* Stages the folder for target and fills it; digest is that of its SHA256SUMS. False where a file
 * cannot be written: error says which. */
bool write_pack(const struct report *report, const char *target, struct publish *publish,
                char digest[DIGEST_HEX], struct text *error);

#endif
