/*
 * hostile.h: an audit in which everything that an attacker can choose is nasty: members of exports,
 * accounts, file names, and what the auditor copies into scope, waivers and baseline.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "support/sheet.h"

/* In ARNs of what is made of string number: its kind, the number and the string. */
enum hostile_kind { HOSTILE_FAILED, HOSTILE_WAITS, HOSTILE_STATUS, HOSTILE_WAIVED, HOSTILE_GONE };
const char *hostile_arn(enum hostile_kind kind, size_t number);
const char *hostile_iam_arn(size_t number);

struct hostile {
    const char *folder; /* of the inputs, in which the program ran */
    const char *pack;
    const char *output, *error;      /* of the run that wrote the pack */
    const char *shown, *shown_error; /* of the run for the terminal, with -v */
    size_t files;                    /* with nasty names */
};

/* The strings but the last, of which there is a failed certificate alone. */
size_t hostile_count(void);

/* What the strings are too, in ARNs. */
enum hostile_place { HOSTILE_ACCOUNTS, HOSTILE_REGIONS };

/* Makes the inputs and runs the program. */
struct hostile hostile_run(enum hostile_place where);

/* The file's name as reports have it. */
const char *hostile_file_name(size_t number);

#endif
