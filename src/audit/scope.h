/*
 * scope.h: the population that the auditor expects: which accounts, regions and services are in
 * scope, and who owns them. Knows no file; formats/read_scope.c reads it.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include "base/digest.h"
#include "evidence/evidence.h"

/* region and service may be `*`, any. name, owner, environment and note may be "". */
struct scope_line {
    size_t line; /* of the file */
    const char *account, *region, *service, *name, *owner, *environment, *note;
    bool in_scope;
};

struct scope {
    const char *path; /* as it was given */
    char sha256[DIGEST_HEX];
    struct scope_line *lines; /* by account; freed by scope_free */
    size_t count, room;
};

void scope_add(struct scope *scope, const struct scope_line *line);

/* Sorts the lines. If two have the same account, region and service, returns the later one; the
 * earlier one is then the element before it. NULL if there are none. */
const struct scope_line *scope_finish(struct scope *scope);

/* Whether the line covers the place. */
bool scope_line_covers(const struct scope_line *line, const char *account, const char *region,
                       enum service service);

/* The line that says most exactly of the place: with its region, then with its service. NULL
 * where none covers it, or scope is NULL. */
const struct scope_line *scope_find(const struct scope *scope, const char *account,
                                    const char *region, enum service service);

/* As scope_find, or else any line of the account: for its name and owner. */
const struct scope_line *scope_find_account(const struct scope *scope, const char *account,
                                            const char *region, enum service service);

void scope_free(struct scope *scope);

#endif
