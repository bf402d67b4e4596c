/*
 * check_faults.h: what the tests of faults share: a bed, which is folders and a plan of
 * tests/fault_injection, in which the built program runs with a fault. A bed's runs do not wait for
 * each other: as many as there are processors go on at once.
 */
#ifndef CHECK_FAULTS_H
#define CHECK_FAULTS_H

#include "base/text.h"
#include "fault_injection/faults.h"
#include "support/harness.h"

/* Nothing can be loaded ahead of a sanitizer, and gcov's own files fail with the rest. */
#ifdef CERTAUDIT_WITHOUT_SANDBOX
#define FAULTS_LOADABLE 0
#else
#define FAULTS_LOADABLE 1
#endif

/* What one run of the program left. */
struct faults_end {
    int status;           /* of exit, or HARNESS_SIGNALLED plus the signal */
    struct text out, err; /* standard output and error */
    struct text tree;     /* the folders for reports and temporary files: names and content */
    struct text names;    /* of them, for messages */
};

/* A run that shall be disturbed. */
struct faults_run {
    const char *name;
    const char *const *arguments;
    bool old; /* old reports stand where the new ones go */
};

struct faults_sweep {
    const struct faults_run *run;
    enum faults_call call;
    enum faults_action action;
    int number;
    unsigned stride;
    /* NULL where this is how it may end; else what is wrong. */
    const char *(*judge)(const struct faults_sweep *sweep, const struct faults_end *end,
                         const struct faults_end *undisturbed, const struct text *before);
};

/* The small inputs, in a new folder that is noted for all beds to come: `exports`, `scope.csv` and
 * so on, which arguments name as `../../inputs/exports`. */
void faults_make_inputs(void);
/* Fails where the inputs are no longer what they were. */
void faults_check_inputs(void);

bool faults_same(const struct text *left, const struct text *right);
/* What the sweep does, for messages. */
const char *faults_name(const struct faults_sweep *sweep);

/* Lets each call of the sweep's kind fail in turn, and fails where an end is wrong. How many runs
 * that were. */
unsigned faults_sweep(const struct faults_sweep *sweep, unsigned *calls);

/* Runs once. Where at is not 0, the run stops at that call and goes on when change is done. How
 * often the call was made. end starts as {0}, and is freed by the caller. */
unsigned faults_pause(const struct faults_run *run, enum faults_call call, unsigned at,
                      void (*change)(void), struct faults_end *end);
void faults_end_free(struct faults_end *end);

TCase *faults_places_case(void);
TCase *faults_changes_case(void);

#endif
