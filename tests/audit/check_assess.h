/* check_assess.h: what the tests of the assessment share. */
#ifndef CHECK_ASSESS_H
#define CHECK_ASSESS_H

#include "base/pool.h"
#include "support/facts.h"
#include <check.h>

/* The one finding that there must be. */
const struct finding *assess_only(const struct assessment *assessment);

void assess_add_order(Suite *suite);
void assess_add_observation(Suite *suite);
void assess_add_rule_list(Suite *suite);
void verdict_add_cases(Suite *suite);
void assess_add_coverage(Suite *suite);

#endif
