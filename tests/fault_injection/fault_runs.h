/*
 * fault_runs.h: runs of the built program, each with one fault: a call that fails, or a signal. The
 * library faults.so, loaded into the program, makes the fault. The runs of a sweep have folders of
 * their own and go on side by side, as many as there are processors.
 */
#ifndef FAULT_RUNS_H
#define FAULT_RUNS_H

#include "base/text.h"
#include "fault_injection/faults.h"
#include "support/harness.h"

/* Sanitizers do not work with a preloaded library, and a fault would also hit gcov's files. */
#ifdef CERTAUDIT_WITHOUT_SANDBOX
#define FAULTS_LOADABLE 0
#else
#define FAULTS_LOADABLE 1
#endif

/* What one run of the program left. */
struct fault_result {
    int status;              /* the exit status, or HARNESS_SIGNALLED plus the signal */
    struct text output, err; /* standard output and standard error */
    struct text tree;        /* the reports' and the temporary folder: names and content */
    struct text names;       /* the names in them, for messages */
};

/* A command line, in which faults are made. */
struct fault_command {
    const char *name;
    const char *const *arguments;
    bool replaces; /* there are old reports in place of the new ones */
};

/* Makes the fault at one call after another of the given kind. */
struct fault_sweep {
    const struct fault_command *command;
    enum faults_call call;
    enum faults_action action;
    int number;
    unsigned stride; /* 1: at every call */
    /* Returns NULL if the run ended as it may, or what is wrong with it. undisturbed: the result
     * without a fault. before: the tree ahead of the run. */
    const char *(*judge)(const struct fault_sweep *sweep, const struct fault_result *result,
                         const struct fault_result *undisturbed, const struct text *before);
};

struct fault_counts {
    unsigned calls;   /* of the kinds that were swept */
    unsigned runs;    /* with a fault */
    unsigned planned; /* runs of the sweep in full */
};

/* Makes the small inputs of all later runs, in a new folder: `exports`, `scope.csv` and so on. Runs
 * name them as `../../inputs/exports`. */
void fault_runs_make_inputs(void);
/* Fails if the inputs have changed. */
void fault_runs_check_inputs(void);

bool fault_runs_same(const struct text *left, const struct text *right);

/* Makes the runs of the sweep, or a sample, adds to the counts, and fails if a run ended wrong. */
void fault_runs_sweep(const struct fault_sweep *sweep, struct fault_counts *counts);

/* Runs once. If at is not 0, the run stops at that call and goes on after change was called.
 * Returns how often the call was made. result starts as {0}; the caller frees it. */
unsigned fault_runs_pause(const struct fault_command *command, enum faults_call call, unsigned at,
                          void (*change)(void), struct fault_result *result);
void fault_result_free(struct fault_result *result);

/* check_faults_paths.c, check_faults_changes.c */
TCase *faults_paths_case(void);
TCase *faults_changes_case(void);

#endif
