/*
 * waivers.h: the entity's own record of failures that it accepted, by whom, and until when. Dates
 * are tested here, authority is not. Knows no file; formats/read_waivers.c reads it.
 */
#ifndef WAIVERS_H
#define WAIVERS_H

#include "base/digest.h"
#include "rules/rules.h"

enum waiver_state {
    WAIVER_IN_FORCE,
    WAIVER_NOT_YET,
    WAIVER_EXPIRED,
    WAIVER_UNUSED,      /* it matches no failure */
    WAIVER_NOT_ASSESSED /* its rule was left out */
};

struct waiver {
    size_t line; /* of the file */
    const struct rule *rule;
    const char *arn; /* `*` stands for any run of bytes */
    const char *owner, *approver, *reason, *ticket;
    const char *approved_text, *expires_text; /* dates, `2026-01-31` */
    struct timestamp approved;                /* the first second of the day, UTC */
    struct timestamp expires; /* the first second that is no longer covered: the day after's, UTC */
    size_t matched;           /* failures */
};

struct waivers {
    const char *path; /* as it was given */
    char sha256[DIGEST_HEX];
    struct waiver *lines; /* as in the file; freed by waivers_free */
    size_t count, room;
};

void waivers_add(struct waivers *waivers, const struct waiver *waiver);

/* Counts the failure for every line that matches it. Returns the first of them that is in force,
 * or NULL; *lapsed is then the first that has expired or not begun, or NULL. */
const struct waiver *waivers_match(struct waivers *waivers, const struct rule *rule,
                                   const char *arn, const struct timestamp *as_of,
                                   const struct waiver **lapsed);

enum waiver_state waivers_state(const struct waiver *waiver, const struct timestamp *as_of,
                                bool assessed);
const char *waivers_state_name(enum waiver_state state);

/* Adds what an auditor should look at: the approver is the owner, the ARN is `*` alone, it runs
 * for longer than 12 months. Nothing where there is nothing. */
void waivers_add_note(const struct waiver *waiver, struct text *text);

/* Adds what the waiver does to a failure, for the finding's reason. */
void waivers_add_effect(const struct waiver *waiver, const struct timestamp *as_of,
                        struct text *text);

/* Whether the ARN is one that the pattern stands for. */
bool waivers_covers(const char *pattern, const char *arn);

void waivers_free(struct waivers *waivers);

#endif
