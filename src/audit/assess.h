/*
 * assess.h: judgement. Observations become certificates, certificates become findings: a pure
 * function of the evidence, the rules and the policy.
 */
#ifndef ASSESS_H
#define ASSESS_H

#include "audit/coverage.h"
#include "audit/merge.h"
#include "audit/verdict.h"
#include "rules/finding.h"

struct baseline;
struct scope;
struct waivers;

/* What is listed of an assessment, and so must be in order. */
enum listed {
    LISTED_ALL,
    LISTED_FINDINGS, /* no certificates */
    LISTED_OPEN      /* nor findings that are PASS or NOT_APPLICABLE */
};

/* How many findings, or certificates, have each result. */
struct result_counts {
    size_t by_result[RESULT_COUNT];
    size_t total;
};

struct assessment {
    struct evidence *evidence;
    struct policy policy;
    const struct rule *const *rules; /* to apply: the most severe first, then by id */
    size_t rule_count;
    bool named;                /* --rule named them */
    const struct scope *scope; /* these three: what the auditor added, or NULL */
    struct waivers *waivers;
    struct baseline *baseline;
    size_t jobs; /* threads to judge with; 0 is 1 */
    enum listed listed;

    /* Everything below is set by assess_run. */
    struct locations locations;
    struct certificate **certificates; /* as the Certificates table has them */
    size_t certificate_count;
    struct finding *findings; /* in the order of certaudit(5) */
    size_t finding_count;
    struct result_counts *counts; /* of findings, by rule */
    struct result_counts finding_counts;
    struct result_counts certificate_counts; /* by worst result, of those with a finding */
    size_t undecided_certificates;           /* with an UNKNOWN finding */
    size_t conflicting_certificates;
    size_t failing_in_use, failing_due_soon; /* certificates that fail; soon: see below */
    size_t files_by_state[EVIDENCE_SKIPPED + 1];
    size_t faults; /* files that make the evidence incomplete */
    struct coverage coverage;
    struct gaps gaps;
};

/* Due at the as-of time or so many days after it. */
enum { ASSESS_DUE_SOON_DAYS = 7 };

/* Assesses. Arrays are freed by assess_free, strings belong to the evidence's pool. */
void assess_run(struct assessment *assessment);
void assess_free(struct assessment *assessment);

/* Whether the rule was applied. */
bool assess_applies(const struct assessment *assessment, const struct rule *rule);

/* Adds the finding's reason: the rule's, what the exports disagree on, and what a waiver does. */
void assess_add_reason(const struct assessment *assessment, const struct finding *finding,
                       struct text *text);

#endif
