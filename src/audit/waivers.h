/*
 * waivers.h: failures that the audited entity has accepted, who approved that, and until when. Only
 * dates are checked here; the approver's authority is for the auditor. formats/csv/read_waivers.c
 * reads the register.
 */
#ifndef WAIVERS_H
#define WAIVERS_H

#include "base/digest.h"
#include "rules/rules.h"

enum waiver_state {
    WAIVER_IN_FORCE,
    WAIVER_NOT_YET,
    WAIVER_EXPIRED,
    WAIVER_UNUSED,      /* matches no failure */
    WAIVER_NOT_ASSESSED /* its rule was not applied */
};

struct waiver {
    size_t line; /* in the file */
    const struct rule *rule;
    const char *arn; /* a pattern: `*` matches any bytes */
    const char *owner, *approver, *reason;
    const char *ticket, *compensating_control; /* "" if there is none */
    const char *approved_text, *expires_text;  /* dates, `2026-01-31` */
    struct timestamp approved;                 /* start of the day, UTC */
    struct timestamp expires;                  /* end of the day: start of the next one, UTC */
    size_t matched;                            /* number of failures */
};

struct waivers {
    const char *path; /* as given on the command line */
    char sha256[DIGEST_HEX];
    struct waiver *lines; /* in file order; freed by waivers_free */
    size_t count, room;
};

void waivers_add(struct waivers *waivers, const struct waiver *waiver);

/* Counts the failure in every waiver that matches it. Returns the first that is in force, or NULL.
 * *lapsed is set to the first that has expired or not started, or NULL. */
const struct waiver *waivers_match(struct waivers *waivers, const struct rule *rule,
                                   const char *arn, const struct timestamp *as_of,
                                   const struct waiver **lapsed);

enum waiver_state waivers_state(const struct waiver *waiver, const struct timestamp *as_of,
                                bool assessed);
const char *waivers_state_name(enum waiver_state state);

/* Adds what an auditor should look at: the approver is the owner, the pattern is `*`, the waiver is
 * valid for more than 12 months, it has no ticket. Adds nothing if none of this is so. */
void waivers_add_note(const struct waiver *waiver, struct text *text);

/* Adds the effect on a failure, for the reason of the finding. */
void waivers_add_effect(const struct waiver *waiver, const struct timestamp *as_of,
                        struct text *text);

/* Whether the pattern matches the ARN. */
bool waivers_covers(const char *pattern, const char *arn);

void waivers_free(struct waivers *waivers);

#endif
