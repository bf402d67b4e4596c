/*
 * coverage.h: how much of each account and region the evidence shows: a row for each account and
 * each region that is seen anywhere or stands in the scope, and one for IAM in each account. Counts
 * and notes; no judgement of certificates.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "evidence/evidence.h"

struct certificate;
struct locations;
struct scope;
struct scope_line;

struct coverage_row {
    const char *account, *region; /* "" where the evidence does not state it */
    enum service service;
    bool any_service;               /* the scope's `*`, of which nothing was found */
    const struct scope_line *scope; /* the line that covers it, NULL for none */
    bool from_path;                 /* an empty list, attributed by the path of its file */
    size_t lists, listed, described, not_described, not_listed, assessed, truncated;
    bool key_types_shown; /* a list shows keys beyond RSA_2048 */
    bool without_us_east_1;
    bool evidence;
    bool missing;       /* a line of the scope expects evidence, and there is none */
    bool outside_scope; /* there is a scope, and no line of it covers this */
};

struct coverage {
    struct coverage_row *rows; /* by account, region and service */
    size_t count, room;
    size_t lines_without_evidence; /* of the scope, in scope */
    bool pairs_left_out;           /* past LIMIT_PAIRS: pairs that are not seen have no rows */
};

/* What is counted. scope: NULL if none was given. */
struct coverage_sources {
    struct certificate *const *certificates;
    size_t certificate_count;
    const struct locations *locations;
    const struct listing *listings;
    const struct scope *scope;
};

/* Builds the rows, which coverage_free frees. Strings belong to the pool. */
void coverage_build(struct coverage *coverage, const struct coverage_sources *sources,
                    struct pool *pool);
void coverage_free(struct coverage *coverage);

/* Adds the row's notes, joined by `; `. */
void coverage_add_note(const struct coverage_row *row, struct text *text);

/* The account that a path names: the one component that is twelve digits; "" where there is none,
 * or more than one. */
const char *coverage_account_of_path(const char *path, struct pool *pool);

/* Whether a component of a path is twelve digits, or a region's name (`eu-west-1`). */
bool coverage_is_account(const char *component, size_t length);
bool coverage_is_region(const char *component, size_t length);

#endif
