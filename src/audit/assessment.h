/*
 * assessment.h: what a run concluded: certificates, findings, counts, coverage and gaps. Data only;
 * assess.h fills it.
 */
#ifndef ASSESSMENT_H
#define ASSESSMENT_H

#include "audit/coverage.h"
#include "audit/merge.h"
#include "rules/finding.h"

struct baseline;
struct scope;
struct thread_pool;
struct waivers;

/* Why no conclusion can be drawn about a part: how many of each kind. */
struct gaps {
    size_t unusable_files, partial_files, unread_files, unrelated_files; /* that are faults */
    size_t truncated_lists;
    size_t unplaced_lists; /* empty, of an unknown account or region */
    size_t places_without_evidence, places_without_list; /* in scope */
    size_t mentioned_certificates;                       /* without a record */
    size_t undecided_certificates;                       /* with an UNKNOWN finding */
    size_t vanished_failures;                            /* of the baseline */
    size_t empty_rules; /* that --rule named: neither a certificate nor a list */
    bool nothing;       /* neither a certificate nor a list */
};

/* What a parameter other than the default changes. */
struct moved {
    size_t passing; /* that fail by default */
    size_t failing; /* that do not */
};

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
    struct thread_pool *threads; /* to judge with; may be NULL */
    enum listed listed;

    /* Everything below is set by assess_run. */
    const struct mention **mentions; /* of certificates without a record */
    size_t mention_count;
    struct locations locations;
    struct certificate **certificates; /* as the Certificates table has them */
    size_t certificate_count;
    struct finding *findings; /* in the order of certaudit(5) */
    size_t finding_count;
    size_t ref_digits; /* of each finding's ref */
    /* Certificates that the scope excludes are only in out_of_scope. */
    struct result_counts *counts; /* of findings, by rule */
    struct result_counts finding_counts;
    struct result_counts certificate_counts; /* by worst result, of those with a finding */
    struct result_counts out_of_scope;       /* likewise */
    size_t not_listed;             /* likewise, counted: no line of the scope covers them */
    size_t excluded_certificates;  /* whether they have a finding or not */
    size_t undecided_certificates; /* with an UNKNOWN finding */
    size_t conflicting_certificates;
    /* Certificates that fail; soon: see below. */
    size_t failing_in_use, failing_use_unknown, failing_overdue, failing_due_soon;
    struct moved moved;    /* findings */
    size_t places_covered; /* with a list for a rule that was applied, and not excluded */
    const struct evidence_file *newest; /* the file with the latest time of AWS; or NULL */
    size_t files_by_state[EVIDENCE_SKIPPED + 1];
    size_t faults; /* files that make the evidence incomplete */
    struct coverage coverage;
    struct gaps gaps;
};

/* Due at the as-of time or so many days after it. */
enum { ASSESS_DUE_SOON_DAYS = 7 };

#endif
