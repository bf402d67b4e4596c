/*
 * judge.h: one certificate under one rule: which of its records decides, and whether the exports
 * conflict. A description completes a summary that does not contradict it; else the worst counts.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "evidence/evidence.h"
#include "rules/rules.h"

struct finding;
struct judge;
struct pool;
struct text;

/* What a judge works with; each thread has one of its own. The policy must outlive it. */
struct judge *judge_new(const struct policy *policy);

/* What findings hold of it, their due times, is the pool's from now on; NULL: nobody holds any. */
void judge_free(struct judge *judge, struct pool *pool);

/* Fills the finding's condition, result, conflict and due, and what the certificate says of it. */
void judge_certificate(struct judge *judge, const struct rule *rule,
                       struct certificate *certificate, struct finding *finding);

/* Where no rule was applied to it, a certificate's row shows its description, or what comes first.
 */
const struct record *judge_shown_without_rule(const struct certificate *certificate);

/* Adds what the exports disagree on: the finding is of a conflict. */
void judge_add_conflict(const struct policy *policy, const struct finding *finding,
                        struct text *text);

#endif
