/*
 * xlsx_proof.h: checks that a workbook is complete. libxlsxwriter does not notice if its temporary
 * files cannot be written (a full disk): rows are then missing without an error. So everything that
 * is written is counted and hashed, and the finished file is read back and compared.
 */
#ifndef XLSX_PROOF_H
#define XLSX_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;
struct thread_pool;

/* The content of a sheet. hash: of the hashes of its texts, in order. Starts as
 * XLSX_PROOF_START. */
struct xlsx_proof {
    size_t rows, cells;
    uint64_t hash;
};

#define XLSX_PROOF_START ((struct xlsx_proof){0, 0, 0})

/* The hash of a cell's text, as given to libxlsxwriter. scratch is for texts that need escapes. */
uint64_t xlsx_proof_hash(const char *string, struct text *scratch);

/* Adds the hash of a cell's text. */
void xlsx_proof_add_hash(struct xlsx_proof *proof, uint64_t hash);

/* Reads the workbook at path. Every part must be readable and complete XML with the right CRC, and
 * the sheets must be exactly these, in this order. False with the reason and advice in error. */
bool xlsx_proof_check(const char *path, const struct xlsx_proof *sheets, size_t count,
                      struct thread_pool *workers, struct text *error);

#endif
