/*
 * assess.h: judgement. Observations become certificates, certificates become findings: a pure
 * function of the evidence, the rules and the policy.
 */
#ifndef ASSESS_H
#define ASSESS_H

#include "audit/assessment.h"

struct text;

/* Assesses. Arrays are freed by assess_free, strings belong to the evidence's pool. */
void assess_run(struct assessment *assessment);
void assess_free(struct assessment *assessment);

/* Whether the rule was applied. */
bool assess_applies(const struct assessment *assessment, const struct rule *rule);

/* Adds the finding's reason: the rule's, what the exports disagree on, and what a waiver does. */
void assess_add_reason(const struct assessment *assessment, const struct finding *finding,
                       struct text *text);

#endif
