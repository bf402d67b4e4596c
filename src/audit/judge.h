/*
 * judge.h: one certificate under one rule: which of its records decides, and whether the exports
 * conflict. A description completes a summary that does not contradict it, and one that was not cut
 * down completes one that was; otherwise the worst result counts.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "rules/finding.h"

struct pool;
struct text;

/* Returns the finding of the certificate under the rule, without waiver, failing_since and
 * rule_number. What it points to belongs to the evidence and the pool. */
struct finding judge_certificate(const struct policy *policy, const struct rule *rule,
                                 const struct certificate *certificate, struct pool *pool);

/* The record that a certificate's row shows if no rule was applied: its first description, or else
 * its first record. */
const struct observation *judge_shown_without_rule(const struct certificate *certificate);

/* Adds on what the records of the certificate contradict each other, if they do. */
void judge_add_differences(const struct policy *policy, const struct finding *finding,
                           struct text *text);

#endif
