/* check_timestamp.h: what the tests of instants share. */
#ifndef CHECK_WHEN_H
#define CHECK_WHEN_H

#include "base/timestamp.h"
#include <check.h>

/* Minutes; seconds of 2014-04-01T00:00:00Z; the years 0001 to 9999. */
enum { OFFSET_MOST = 23 * 60 + 59, CUTOFF = 1396310400 };
#define FIRST_SECOND INT64_C(-62135596800)
#define LAST_SECOND INT64_C(253402300799)

void timestamp_add_reckoning(Suite *suite);

#endif
