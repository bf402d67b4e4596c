/*
 * verdict.h: what the whole run amounts to: what is missing, the one sentence, the exit status. All
 * three come from the same counts, so that they never disagree.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "audit/assessment.h"

struct text;

/* Counts the gaps of an assessment that is complete but for them. */
struct gaps verdict_gaps(const struct assessment *assessment);
bool verdict_has_gaps(const struct gaps *gaps);

/* Adds the gaps of the assessment, joined by "; "; nothing if there are none. */
void verdict_add_gaps(const struct assessment *assessment, struct text *text);

/* Adds the verdict, in one or two sentences. */
void verdict_add(const struct assessment *assessment, struct text *text);

/* 0: all assessed, no FAIL; 1: a FAIL; 3: no FAIL, but something is missing or undecided. */
int verdict_exit_status(const struct assessment *assessment);

#endif
