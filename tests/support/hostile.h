/*
 * hostile.h: an audit in which everything that an attacker can choose is an attack string: members
 * of exports, accounts, file names, and what the auditor copies to scope, waivers and baseline.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "support/sheet.h"

/* Part of the ARNs made of a string: the kind, the number and the string. */
enum hostile_kind { HOSTILE_FAILED, HOSTILE_WAITS, HOSTILE_STATUS, HOSTILE_WAIVED, HOSTILE_GONE };
const char *hostile_arn(enum hostile_kind kind, size_t number);
const char *hostile_iam_arn(size_t number);

struct hostile {
    const char *folder; /* of the inputs; the program ran in it */
    const char *pack;
    const char *output, *error;      /* of the run that wrote the pack */
    const char *shown, *shown_error; /* of the run for the terminal, with -v */
    size_t files;                    /* with an attack string as name */
};

/* All strings except the last, which is only in one failed certificate. */
size_t hostile_count(void);

/* The other kinds of ARNs made of a string. */
enum hostile_place { HOSTILE_ACCOUNTS, HOSTILE_REGIONS };

/* Makes the inputs and runs the program. */
struct hostile hostile_run(enum hostile_place where);

/* The account of the line of the scope that has the string as name, owner, environment and note. */
const char *hostile_scope_account(size_t number);

/* The name of the file in reports. */
const char *hostile_file_name(size_t number);

#endif
