/* check_controls.h: shared by the tests of the control table. */
#ifndef CHECK_CONTROLS_H
#define CHECK_CONTROLS_H

#include "base/pool.h"
#include "support/facts.h"
#include <check.h>

/* check_csv_rows.c */
void controls_add_rows(Suite *suite);

#endif
