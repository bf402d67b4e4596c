/* explain.h: what a rule is, for --list-rules and --explain. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "controls.h"

struct text;

/* Adds a line for each rule. */
void explain_add_list(struct text *text);

/* Adds what the rule checks, why, how to do it by hand, its conditions and its controls. */
void explain_add_rule(const struct rule *rule, const struct controls *controls, struct text *text);

#endif
