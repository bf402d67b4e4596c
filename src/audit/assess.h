/*
 * assess.h: judgement. Observations become certificates, certificates become findings: a pure
 * function of the evidence, the rules and the policy.
 */
#ifndef ASSESS_H
#define ASSESS_H

#include "audit/coverage.h"
#include "audit/merge.h"
#include "rules/rules.h"

struct baseline;
struct scope;
struct thread_pool;
struct waiver;
struct waivers;

/* What is listed of an assessment, and so is put in order. */
enum listed {
    LISTED_ALL,
    LISTED_FINDINGS, /* no certificates */
    LISTED_OPEN      /* nor findings that are PASS or NOT_APPLICABLE */
};

struct finding {
    const struct rule *rule;
    const struct certificate *certificate; /* which names the record that decided */
    const struct condition *condition;
    enum result result;
    bool conflict;               /* the exports differ on what the rule reads */
    const struct timestamp *due; /* NULL where there is none, as for most */
    /* For a WAIVED one, the waiver in force; for a FAIL, one that has expired or not begun. */
    const struct waiver *waiver;
    const struct timestamp *failing_since; /* of a FAIL: the as-of time of the first report that had
                                         it; NULL where none is known */
};

/* How many certificates came out how, of one rule. */
struct rule_counts {
    size_t by_result[RESULT_COUNT];
    size_t total;
};

struct assessment {
    struct evidence *evidence;
    struct policy policy;
    bool selected[RULE_COUNT]; /* the rules that were applied, */
    bool named;                /* because --rule named them */
    const struct scope *scope; /* these three: what the auditor added, or NULL */
    struct waivers *waivers;
    struct baseline *baseline;
    struct thread_pool *threads; /* to judge with; may be NULL */
    enum listed listed;
    struct locations locations;
    struct certificate **certificates; /* as the Certificates table has them */
    size_t certificate_count;
    struct finding *findings;
    size_t finding_count;
    struct rule_counts counts[RULE_COUNT];
    struct rule_counts all;
    size_t conflicts;                  /* findings on which the exports disagree */
    size_t fail_in_use, fail_due_soon; /* soon: within 7 days after the as-of time */
    size_t files_by_state[EVIDENCE_SKIPPED + 1];
    size_t faults; /* files that make the evidence incomplete */
    struct coverage coverage;
};

enum { ASSESS_DUE_SOON_DAYS = 7 };

/* Fills certificates, findings (in the order of certaudit(5)), counts, coverage, and what waivers
 * and baseline say. What stands before certificates is set by the caller. Arrays are freed by
 * assess_free. */
void assess_run(struct assessment *assessment);
void assess_free(struct assessment *assessment);

/* Whether the rule was applied. */
bool assess_applies(const struct assessment *assessment, const struct rule *rule);

/* The rest: what the run amounts to (verdict.c). The one sentence: */
void assess_add_verdict(const struct assessment *assessment, struct text *text);

/* Adds why nothing can be concluded from the silence; nothing where all was assessed. */
void assess_add_gaps(const struct assessment *assessment, struct text *text);

/* 0: all assessed, no FAIL; 1: a FAIL; 3: no FAIL, but something is missing or undecided. */
int assess_exit_status(const struct assessment *assessment);

/* Adds the finding's reason: the rule's, and what the exports disagree on. seen: the observation
 * that decided. */
void assess_add_reason(const struct assessment *assessment, const struct finding *finding,
                       const struct observation *seen, struct text *text);

/* Adds `F-` and 8 hexadecimal digits: the same for the same rule and certificate in every run.
 * digest is one to which nothing was added, and is so again afterwards. */
void assess_add_ref(const struct finding *finding, struct digest *digest, struct text *text);

#endif
