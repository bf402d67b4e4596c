/* explain.h: the texts of --list-rules and --explain, made from the rules' records. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "rules/controls.h"

struct text;

/* Adds a line for each rule. */
void explain_add_list(struct text *text);

/* Adds the rule's explanation, its conditions and its controls. */
void explain_add_rule(const struct rule *rule, const struct controls *controls, struct text *text);

/* Adds an error message that names the frameworks of the control table and suggests one. */
void explain_add_unknown_framework(const struct controls *controls, const char *name,
                                   struct text *text);

#endif
