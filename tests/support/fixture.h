/*
 * fixture.h: every fixture, every sample and the example, run once each, alone, with all three
 * reports, before the tests that look at what came out.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "support/sheet.h"
#include <stdbool.h>

#define FIXTURE_SAMPLES "../shared/samples" /* from the checkout; may not be there */
#define FIXTURE_EXAMPLE "fixtures/example"

struct fixture {
    const char *path;  /* from the checkout, as the command line names it */
    const char *as_of; /* as its row of the table says */
    const char *folder;
    int status;
    const char *output, *error;
    struct sheet *findings; /* findings.csv; NULL where there is none */
};

/* The expected tables, and from them the list of what is to be run. */
struct fixture_tables {
    struct sheet *findings, *evidence, *samples, *example;
    bool samples_there;
};
const struct fixture_tables *fixture_tables(void);

size_t fixture_count(void);
const struct fixture *fixture_at(size_t number);
/* That of path and as-of time, which must be listed. */
const struct fixture *fixture_find(const char *path, const char *as_of);

/* Runs all of them, and the programs that read the reports back: for an unchecked setup. */
void fixture_run_all(void);

/* A cell of findings.csv without the apostrophe that guards against formulas. */
const char *fixture_unguarded(const char *cell);
/* A sheet of the workbook, as xlsx2csv reads it, from its header on. */
struct sheet *fixture_sheet(const struct fixture *fixture, const char *name, const char *title);

#endif
