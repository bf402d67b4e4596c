/*
 * report.h: the report as tables of typed cells and the facts of the run. What it says around its
 * tables is workpaper.h's. Writers see src/report/ and src/base/ only, so that no two reports can
 * disagree. Knows no outside format.
 */
#ifndef REPORT_H
#define REPORT_H

#include "report/table.h"

struct assessment;
struct controls;
struct pool;
struct progress;
struct result_counts;
struct summary;
struct thread_pool;

enum report_table {
    REPORT_FINDINGS,
    REPORT_CERTIFICATES,
    REPORT_CONTROLS,
    REPORT_COVERAGE,
    REPORT_EVIDENCE,
    REPORT_WAIVERS,
    REPORT_CHANGES,
    REPORT_TABLE_COUNT
};

/* A fact of the run: what is needed to repeat it. */
struct fact {
    const char *name, *value;
};

struct report {
    /* Set by the caller. */
    const struct assessment *assessment;
    const struct controls *controls;
    struct pool *pool;
    const char *title, *version;
    const char *program;       /* the SHA-256 of the program; NULL if no report needs it */
    const char *controls_path; /* NULL for the built-in table */
    const char *const *paths;  /* printable, sorted */
    size_t path_count;
    struct thread_pool *workers; /* to write with; may be NULL */
    struct progress *progress;   /* written rows are added to it; may be NULL */

    /* Set by report_prepare. */
    struct timestamp as_of;
    struct table tables[REPORT_TABLE_COUNT];
    struct fact *facts;
    size_t fact_count, fact_room;
    struct summary *summary;       /* empty unless everything is listed */
    struct result_counts **counts; /* of findings, by rule and condition, as these are listed, but
                                      for those that the scope excludes */
    /* The controls that findings are relevant to: by rule, then by condition times framework, as
     * the rule and the controls list these; NULL for a condition without findings. */
    const char ***control_ids;
};

#endif
