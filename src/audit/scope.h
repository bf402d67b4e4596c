/*
 * scope.h: which accounts, regions and services the auditor expects, which of them are in scope,
 * and who owns them. formats/csv/read_scope.c reads the file.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include "base/digest.h"
#include "evidence/evidence.h"

/* region and service may be `*`, which matches all. name, owner, environment and note may be "". */
struct scope_line {
    size_t line; /* in the file */
    const char *account, *region, *service, *name, *owner, *environment, *note;
    bool in_scope;
};

struct scope {
    const char *path; /* as given on the command line */
    char sha256[DIGEST_HEX];
    struct scope_line *lines; /* sorted by account, region and service; freed by scope_free */
    size_t count, room;
};

/* Copies the line. The region of a line for iam becomes `global`, its only region. */
void scope_add(struct scope *scope, const struct scope_line *line);

/* Sorts the lines. If two have the same account, region and service, returns the later one; the
 * earlier one is then the element before it. NULL if there are none. */
const struct scope_line *scope_finish(struct scope *scope);

/* The most exact line that matches: the one that names region and service, or else the region, or
 * else the service, or else neither. NULL if none matches or scope is NULL. */
const struct scope_line *scope_find(const struct scope *scope, const char *account,
                                    const char *region, enum service service);

/* Whether that line excludes the place of a certificate, by its ARN. */
bool scope_excludes(const struct scope *scope, const char *arn, enum service service);

/* Same as scope_find, but falls back to any line of the account, for its name and owner. */
const struct scope_line *scope_find_account(const struct scope *scope, const char *account,
                                            const char *region, enum service service);

void scope_free(struct scope *scope);

#endif
