/*
 * coverage.h: how much of each account and region the evidence shows. Each account has a row for
 * IAM, and a row for each region that any account of the evidence has or that the scope asks of it.
 * Counts and gaps; no judgement of certificates.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "evidence/evidence.h"

struct certificate;
struct locations;
struct scope;
struct scope_line;

struct coverage_row {
    const char *account, *region; /* "" if the evidence does not state it; `*`: see too_many */
    enum service service;
    const struct scope_line *scope; /* the most exact line that covers it, or NULL */
    bool from_path;                 /* an empty list, attributed by the path of its file */
    size_t lists, listed, described, not_described, not_listed, mentioned, assessed, truncated;
    size_t unplaced; /* empty lists of which neither the path nor anything else states the place */
    bool key_types_shown; /* a list shows keys beyond RSA_2048 */
    bool acme_shown;      /* a list shows an ACME certificate */
    bool without_us_east_1;
    bool evidence;      /* a list or a certificate */
    bool outside_scope; /* there is a scope, and no line covers this row */
    bool too_many;      /* in place of a row for each region that a `*` of the scope asks for */
};

struct coverage {
    struct coverage_row *rows; /* by account, region and service */
    size_t count, room;
    bool pairs_left_out; /* over LIMIT_PAIRS: pairs without evidence have no rows */
};

/* What is counted. scope: NULL if none was given. */
struct coverage_sources {
    struct certificate *const *certificates;
    size_t certificate_count;
    const struct locations *locations;
    const struct listing *listings;
    const struct mention *const *mentions; /* of certificates without a record */
    size_t mention_count;
    const struct scope *scope;
};

/* Builds the rows, which coverage_free frees. Strings belong to the pool. */
void coverage_build(struct coverage *coverage, const struct coverage_sources *sources,
                    struct pool *pool);
void coverage_free(struct coverage *coverage);

/* What a row lacks; nothing if the scope excludes it. The notes of Coverage, the requests, the
 * verdict and the exit status all come from it. */
struct coverage_gaps {
    bool evidence;        /* nothing is known of this account, region and service */
    bool list;            /* certificates, but no list to show how many there are */
    bool rest_of_list;    /* a list is truncated */
    bool place;           /* the account or region of an empty list is unknown */
    bool records;         /* of certificates that are mentioned */
    bool other_key_types; /* an ACM list with nothing but RSA_1024 and RSA_2048 keys */
    bool acme;            /* an ACM list without an ACME certificate */
    bool us_east_1;       /* the account's ACM in us-east-1, which CloudFront uses */
};
struct coverage_gaps coverage_gaps(const struct coverage_row *row);

/* Those that make the evidence incomplete. Some do so only if a line of the scope asks for the
 * row. */
struct coverage_gaps coverage_open_gaps(const struct coverage_row *row);

/* Whether the scope excludes the row. */
bool coverage_is_excluded(const struct coverage_row *row);

/* Whether there is a list of the row's place, which the scope does not exclude. */
bool coverage_has_list(const struct coverage_row *row);

/* Adds the row's notes, separated by "; ". */
void coverage_add_note(const struct coverage_row *row, struct text *text);

/* The account that a path names: its only component of twelve digits; "" if there is none, or more
 * than one. The string belongs to the pool. */
const char *coverage_account_of_path(const char *path, struct pool *pool);

/* Whether a component of a path is twelve digits. */
bool coverage_is_account(const char *component, size_t length);

#endif
