/*
 * baseline.h: the findings of an earlier report, and what has changed since. Knows no file;
 * formats/read_baseline.c reads it.
 */
#ifndef BASELINE_H
#define BASELINE_H

#include "base/digest.h"
#include "rules/rules.h"

struct finding;

/* What is compared with an earlier report: findings in their order, and the rules that were
 * applied. */
struct baseline_now {
    struct finding *findings;
    size_t finding_count;
    const struct rule *const *rules;
    size_t rule_count;
    const struct timestamp *as_of;
};

/* A row of the earlier report. */
struct baseline_row {
    const struct rule *rule;
    const char *ref, *arn, *certificate; /* "" where the report does not say */
    enum result result;
    bool has_failing_since;
    struct timestamp failing_since; /* or else the report's as-of time, for a FAIL */
    bool seen;                      /* the certificate is in the evidence now */
};

enum change_kind {
    CHANGE_NEW,
    CHANGE_REGRESSED,
    CHANGE_RESOLVED,
    CHANGE_VANISHED,
    CHANGE_STILL_FAILING,
    CHANGE_CHANGED
};

/* before or after is NULL where the certificate was, or is, absent. */
struct change {
    enum change_kind kind;
    const struct baseline_row *before;
    const struct finding *after;
};

struct baseline {
    const char *path; /* as it was given, */
    const char *file; /* and the findings table that it is, or that is in it */
    char sha256[DIGEST_HEX];
    struct baseline_row *rows;
    size_t count, room;
    struct change *changes; /* by kind */
    size_t change_count, change_room;
    size_t vanished_failures;
};

void baseline_add(struct baseline *baseline, const struct baseline_row *row);

/* Compares the findings with the rows: sets each finding's failing_since, and fills changes. */
void baseline_compare(struct baseline *baseline, const struct baseline_now *now);

/* `still failing` */
const char *baseline_change_name(enum change_kind kind);

void baseline_free(struct baseline *baseline);

#endif
