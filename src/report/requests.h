/*
 * requests.h: what evidence to ask the audited entity for: missing lists, missing descriptions and
 * files to export again, each with the reason and the exact command.
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stddef.h>

struct assessment;
struct pool;

/* In report order. */
enum request_kind { REQUEST_LIST, REQUEST_DESCRIPTION, REQUEST_FILE };

/* Requests with the same account, kind and reason are printed together. */
struct request {
    const char *account; /* "" if unknown */
    enum request_kind kind;
    const char *why;
    const char *account_name, *owner; /* from the scope, or "" */
    const char *what; /* a command; for a file: its name, the line and column, and the problem */
};

struct requests {
    struct request *items; /* sorted by account (unknown ones last), kind, why and what */
    size_t count, room;
};

/* The pool owns the strings; the caller frees items. */
void requests_build(struct requests *requests, const struct assessment *assessment,
                    struct pool *pool);

#endif
