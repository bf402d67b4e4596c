/*
 * answer.h: runs of the built program over an estate, and what it answered. Memory lives until the
 * process ends.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "estates/estate.h"
#include "support/sheet.h"
#include <stdio.h>

struct answer {
    int status;
    const char *output, *error;
    const char *pack;       /* its folder; NULL: none was asked for */
    struct sheet *findings; /* NULL: there is no report */
};

/* The folder in which the estate is written and the program runs; made by the caller. */
void answer_write(const struct estate *estate, const char *folder);
#define ANSWER_TERMINAL ""
/* Runs over the estate that was written there. With a pack, the findings are those of the pack;
 * without (NULL) they come from standard output; ANSWER_TERMINAL: as on a terminal. */
struct answer answer_run(const struct estate *estate, const char *folder, const char *pack,
                         const char *const *arguments);
/* Deletes a folder with all that is in it, if there is one. */
void answer_delete(const char *folder);

/* The finding of a certificate: by ARN, or without one by name. *row begins at 0; false: no more.
 */
bool answer_next(const struct answer *answer, const struct estate_certificate *certificate,
                 size_t *row);
/* The cell, or "" if the table has no such column. */
const char *answer_cell(const struct sheet *sheet, size_t row, const char *title);

/* The line of standard error that is the verdict, without the program's name; NULL if none is. */
const char *answer_verdict(const char *error);

/* One thing that does not hold. The first word of a message is the invariant's name. */
void answer_wrong(FILE *report, const char *invariant, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* invariants.c: what must hold of a run, whatever the estate. */
void invariants_of_run(const struct answer *answer, FILE *report);
/* The tables of the pack, its requests, its report and its digests agree. */
void invariants_of_pack(const struct answer *answer, const char *folder, FILE *report);
/* All that the model says, of an estate without operators. */
void invariants_of_model(const struct estate *estate, const struct answer *answer, FILE *report);
/* No false clean: of any estate. */
void invariants_of_truth(const struct estate *estate, const struct answer *answer, FILE *report);

#endif
