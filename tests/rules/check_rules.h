/* check_rules.h: what the tests of the two rules share. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "support/facts.h"
#include <check.h>

enum { REASON_PARTS = 6 };

/* An observation, and what its rule makes of it at the as-of time. */
struct rules_case {
    const char *changes;   /* of the facts of a certificate that passes */
    const char *condition; /* its name */
    const char *due;       /* "" for none */
    const char *holds[REASON_PARTS], *lacks[REASON_PARTS]; /* parts of the reason */
};

/* Looks at the case: condition, result, due and reason. */
void rules_look(const struct rule *rule, const struct observation *seen,
                const struct rules_case *which);

/* What to paste, kept; `result` of evaluate decides. */
const char *rules_remediation(const struct rule *rule, const struct observation *seen,
                              const char *as_of);

/* Fails where the rule's agree is not this, both ways. */
void rules_agree(const struct rule *rule, const struct observation *left,
                 const struct observation *right, bool agree);

void rules_add_iam(Suite *suite);
void rules_add_acm(Suite *suite);
void rules_add_remedies(Suite *suite);
void rules_add_shell(Suite *suite);

#endif
