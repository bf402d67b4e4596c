/* check_baseline.h: the test cases of the baseline that have a file of their own. */
#ifndef CHECK_BASELINE_H
#define CHECK_BASELINE_H

#include <check.h>

TCase *baseline_order_case(void);

#endif
