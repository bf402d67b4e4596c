/* check_controls.h: what the tests of the control table share. */
#ifndef CHECK_CONTROLS_H
#define CHECK_CONTROLS_H

#include "base/pool.h"
#include "support/facts.h"
#include <check.h>

/* check_csv_rows.c */
void controls_add_rows(Suite *suite);

#endif
