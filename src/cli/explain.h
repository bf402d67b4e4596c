/* explain.h: what a rule is, for --list-rules and --explain. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "rules/controls.h"

struct text;

/* Adds a line for each rule. */
void explain_add_list(struct text *text);

/* Adds what the rule checks, why, how to do it by hand, its conditions and its controls. */
void explain_add_rule(const struct rule *rule, const struct controls *controls, struct text *text);

/* Adds that there is no such framework, those that there are, and which of them was meant. */
void explain_add_unknown_framework(const struct controls *controls, const char *name,
                                   struct text *text);

#endif
