/*
 * baseline.h: the findings of an earlier report, and what has changed since then.
 * formats/csv/read_baseline.c reads the earlier report.
 */
#ifndef BASELINE_H
#define BASELINE_H

#include "base/digest.h"
#include "rules/rules.h"

struct finding;

/* The present findings, in report order, and the rules that were applied. */
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
    const char *ref, *arn, *certificate; /* "" if the report does not contain it */
    enum result result;
    bool has_failing_since;
    struct timestamp failing_since; /* for a FAIL; by default the report's as-of time */
    bool seen;                      /* the certificate is in the present evidence */
};

enum change_kind {
    CHANGE_NEW,
    CHANGE_REGRESSED,
    CHANGE_RESOLVED,
    CHANGE_VANISHED,
    CHANGE_STILL_FAILING,
    CHANGE_CHANGED
};

/* before is NULL for a new certificate, after is NULL for one that is gone. */
struct change {
    enum change_kind kind;
    const struct baseline_row *before;
    const struct finding *after;
};

struct baseline {
    const char *path; /* as given on the command line: a file or a pack */
    const char *file; /* the findings table: path, or the one in the pack */
    char sha256[DIGEST_HEX];
    struct baseline_row *rows;
    size_t count, room;
    struct change *changes; /* sorted by kind */
    size_t change_count, change_room;
    bool has_as_of;
    struct timestamp as_of; /* of the earlier report */
};

/* Reports contain refs of different lengths: refs are the same if one begins with the other. */
void baseline_add(struct baseline *baseline, const struct baseline_row *row);

/* Compares the findings with the earlier rows: sets failing_since of each finding, and changes. */
void baseline_compare(struct baseline *baseline, const struct baseline_now *now);

/* `still failing` */
const char *baseline_change_name(enum change_kind kind);

void baseline_free(struct baseline *baseline);

#endif
