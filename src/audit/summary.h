/*
 * summary.h: what a summary counts besides the results: how much was looked at, how old the
 * failures are, and which account has them. Failures that the scope excludes are not counted.
 * Counts alone; no rating.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "audit/assessment.h"

/* what: plain words with the unit, such as `accounts`. */
struct tally {
    const char *what;
    size_t count;
};

enum { SUMMARY_ACCOUNTS_MOST = 15, SUMMARY_POPULATION_MOST = 14 };

/* An account, or the rest of them in one row: account is then "", and others is their number. */
struct summary_account {
    const char *account; /* "" if the evidence does not state it */
    size_t others;
    const char *name, *owner;         /* from the scope, or "" */
    size_t certificates;              /* that the scope does not exclude; of these: */
    size_t fail, unknown, total;      /* with a FAIL, an UNKNOWN, any finding */
    const struct timestamp *next_due; /* the earliest of its failures, overdue ones too; or NULL */
};

struct summary {
    struct tally population[SUMMARY_POPULATION_MOST];
    size_t population_count;
    struct tally *ages; /* failures by age, of the rules that tell it */
    size_t age_count;
    struct summary_account *accounts; /* the most failures first; at most SUMMARY_ACCOUNTS_MOST and
                                         one row more: the others, or the one that is left */
    size_t account_count;
};

/* Counts; what it holds is freed by summary_free. Findings and coverage are there already. */
void summary_build(struct summary *summary, const struct assessment *assessment);
void summary_free(struct summary *summary);

#endif
