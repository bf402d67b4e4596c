/*
 * fuzz.h: what the harnesses share. A harness takes any bytes, has certaudit read them, and
 * requires what must hold of every input. The same harnesses run under libFuzzer (`make fuzz`)
 * and, over their corpora, in `make check`. What one does hangs on its bytes alone.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "audit/assess.h"
#include "report/report.h"
#include "rules/controls.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void fuzz_documents(const uint8_t *bytes, size_t size);
void fuzz_times(const uint8_t *bytes, size_t size);
void fuzz_controls(const uint8_t *bytes, size_t size);
void fuzz_scope(const uint8_t *bytes, size_t size);
void fuzz_waivers(const uint8_t *bytes, size_t size);
void fuzz_baseline(const uint8_t *bytes, size_t size);

/* Defined by the program, not by the harnesses: prints what does not hold, and ends the test. */
_Noreturn void fuzz_fail(const char *file, int line, const char *what);

#define FUZZ_REQUIRE(condition) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))

enum fuzz_file { FUZZ_EVIDENCE, FUZZ_ADDITION, FUZZ_FILES };

/* The path of a file that holds the bytes until the next call for the same one. It has no name in
 * any folder, so that nothing is left over. */
const char *fuzz_path(enum fuzz_file which, const void *bytes, size_t size);

/* FNV-1a of the bytes: for what is done with a share of the inputs only. */
uint64_t fuzz_hash(const uint8_t *bytes, size_t size);

/* Whether the bytes are UTF-8 without control characters or what hides or reorders text; line
 * feeds are let pass. */
bool fuzz_is_printable(const char *bytes, size_t size);

/* That the reader of an added file said where and why it refuses: `PATH:LINE: why`, or else that
 * it said nothing. */
void fuzz_require_said(bool read, const struct text *error, const char *path, size_t lines);

/* The lines of the bytes, the last one without a line feed too. */
size_t fuzz_lines(const uint8_t *bytes, size_t size);

/* A run of certaudit: what main.c does between the options and the outputs. */
struct fuzz_run {
    struct pool *pool;
    struct evidence evidence;
    struct controls controls;     /* where no other table is given */
    struct assessment assessment; /* scope, waivers and baseline are the caller's */
    struct report report;
    struct thread_pool *threads;
    const char *paths[1];
};

void fuzz_run_begin(struct fuzz_run *run);
void fuzz_run_free(struct fuzz_run *run);

/* Reads the evidence of the path, or a small one of our own, with each result in it. */
void fuzz_run_read(struct fuzz_run *run, const char *path);
void fuzz_run_read_sample(struct fuzz_run *run);

/* Assesses, and requires what must hold of every assessment. */
void fuzz_run_assess(struct fuzz_run *run);

/* The same, then prepares the report, and requires what must hold of each format. controls may be
 * NULL for a short table of our own; xlsx: the workbook too, which takes long. */
void fuzz_run_report(struct fuzz_run *run, const struct controls *controls, bool xlsx);

/* What fuzz_run_report requires of the outputs (fuzz_output.c). */
void fuzz_require_outputs(const struct report *report, bool xlsx);

/* A table as CSV, to be freed. */
char *fuzz_csv(const struct report *report, enum report_table table, size_t *length);

#endif
