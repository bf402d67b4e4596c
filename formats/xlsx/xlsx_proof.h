/*
 * xlsx_proof.h: whether a workbook came out whole. libxlsxwriter does not notice when its
 * temporary files cannot be written (a full disk): rows are then missing without a word. So what
 * is meant to be written is summed up on the way, and the finished file is read back.
 */
#ifndef XLSX_PROOF_H
#define XLSX_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;
struct thread_pool;

/* What is in a sheet. hash: of the hashes of the texts of its cells, in order. Starts as
 * XLSX_PROOF_START. */
struct xlsx_proof {
    size_t rows, cells;
    uint64_t hash;
};

#define XLSX_PROOF_START ((struct xlsx_proof){0, 0, 0})

/* Of a cell's text, as it is handed to libxlsxwriter; scratch is used where it needs escapes. */
uint64_t xlsx_proof_hash(const char *string, struct text *scratch);

/* Takes note of a cell's text, by its hash. */
void xlsx_proof_add_hash(struct xlsx_proof *proof, uint64_t hash);

/* Reads the workbook at path: every part can be read, has the right CRC and is complete XML, and
 * its sheets are exactly these, in this order. False with what is wrong and what to do in error. */
bool xlsx_proof_check(const char *path, const struct xlsx_proof *sheets, size_t count,
                      struct thread_pool *workers, struct text *error);

#endif
