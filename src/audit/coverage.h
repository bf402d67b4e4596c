/*
 * coverage.h: how much of each account and region the evidence shows. Each account has a row for
 * IAM, and a row for each region that any account has or that the scope names. Counts and notes; no
 * judgement of certificates.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "evidence/evidence.h"

struct certificate;
struct locations;
struct scope;
struct scope_line;

struct coverage_row {
    const char *account, *region; /* "" if the evidence does not state it */
    enum service service;
    bool any_service;               /* a scope line with service `*` and no evidence */
    const struct scope_line *scope; /* the line that covers it, or NULL */
    bool from_path;                 /* an empty list, attributed by the path of its file */
    size_t lists, listed, described, not_described, not_listed, assessed, truncated;
    bool key_types_shown; /* a list shows keys beyond RSA_2048 */
    bool without_us_east_1;
    bool evidence;
    bool missing;       /* a scope line expects evidence, and there is none */
    bool outside_scope; /* there is a scope, and no line covers this row */
};

struct coverage {
    struct coverage_row *rows; /* by account, region and service */
    size_t count, room;
    size_t lines_without_evidence; /* scope lines with in_scope=yes */
    bool pairs_left_out;           /* over LIMIT_PAIRS: pairs without evidence have no rows */
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

/* What a row lacks. The notes of Coverage and the requests both come from it. */
struct coverage_gaps {
    bool evidence;        /* nothing is known of this account, region and service */
    bool list;            /* certificates, but no list to show how many there are */
    bool rest_of_list;    /* a list is truncated */
    bool other_key_types; /* an ACM list with nothing but RSA_1024 and RSA_2048 keys */
    bool us_east_1;       /* the account's ACM in us-east-1, which CloudFront uses */
};
struct coverage_gaps coverage_gaps(const struct coverage_row *row);

/* Whether the scope excludes the row. */
bool coverage_is_excluded(const struct coverage_row *row);

/* Adds the row's notes, separated by "; ". */
void coverage_add_note(const struct coverage_row *row, struct text *text);

/* The account that a path names: its only component of twelve digits; "" if there is none, or more
 * than one. The string belongs to the pool. */
const char *coverage_account_of_path(const char *path, struct pool *pool);

/* Whether a component of a path is twelve digits, or has the form of a region (`eu-west-1`). */
bool coverage_is_account(const char *component, size_t length);
bool coverage_is_region(const char *component, size_t length);

#endif
