/* check_rules.h: shared by the tests of the rules. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "support/facts.h"
#include <check.h>

enum { REASON_PARTS = 6 };

/* An observation and the expected finding. */
struct rules_case {
    const char *changes; /* to a certificate that passes; see facts_set */
    const char *condition;
    const char *due;                                       /* "" if there is none */
    const char *holds[REASON_PARTS], *lacks[REASON_PARTS]; /* texts in the reason, and not in it */
};

/* Checks the condition, due time and reason. */
void rules_look(const struct rule *rule, const struct observation *seen,
                const struct rules_case *which);

/* The remediation for the result of evaluate. Freed at the end of the test. */
const char *rules_remediation(const struct rule *rule, const struct observation *seen,
                              const char *as_of);

/* Checks the result of the rule's differ, in both orders: `DECIDING, DECIDING / OTHER, OTHER`. */
void rules_differ(const struct rule *rule, const struct observation *left,
                  const struct observation *right, const char *expected);

void rules_add_iam(Suite *suite);
void rules_add_acm(Suite *suite);
void rules_add_remedies(Suite *suite);
void rules_add_shell(Suite *suite);

#endif
