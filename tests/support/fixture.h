/*
 * fixture.h: runs of the program on every fixture, every sample and the example, each alone, with
 * all three reports. The runs come first; the tests then look at the results.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "support/sheet.h"
#include <stdbool.h>

#define FIXTURE_SAMPLES "../shared/samples" /* from the checkout; may be missing */
#define FIXTURE_EXAMPLE "fixtures/example"

struct fixture {
    const char *path;  /* from the checkout, as on the command line */
    const char *as_of; /* from its row of the table */
    const char *folder;
    int status;
    const char *output, *error;
    struct sheet *findings; /* findings.csv; NULL if there is none */
};

/* The expected results, which are also the list of what to run. */
struct fixture_tables {
    struct sheet *findings, *evidence, *samples, *example;
    bool samples_there;
};
const struct fixture_tables *fixture_tables(void);

size_t fixture_count(void);
const struct fixture *fixture_at(size_t number);
/* The fixture of that path and as-of time; fails if there is none. */
const struct fixture *fixture_find(const char *path, const char *as_of);

/* Runs all fixtures, and the programs that read the reports back. For an unchecked setup. */
void fixture_run_all(void);

/* A sheet of the workbook, as xlsx2csv reads it, from its header on. */
struct sheet *fixture_sheet(const struct fixture *fixture, const char *name, const char *title);

#endif
