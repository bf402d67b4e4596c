/*
 * requests.h: what to ask the audited entity for, so that nothing is missing: lists, descriptions,
 * files to export again, each with the reason and the exact command.
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include "audit/assessment.h"

/* In the order in which they are asked. */
enum request_kind { REQUEST_LIST, REQUEST_DESCRIPTION, REQUEST_FILE };

/* Requests of one account, kind and reason are asked together. */
struct request {
    const char *account; /* "" where the evidence does not state it */
    enum request_kind kind;
    const char *why;
    const char *what; /* a command; for a file, its name, place and problem */
};

struct requests {
    struct request *items; /* by account (not stated: last), kind, reason, command; freed by free */
    size_t count, room;
};

/* Strings are the pool's. */
void requests_build(struct requests *requests, const struct assessment *assessment,
                    struct pool *pool);

#endif
