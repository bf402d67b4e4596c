/* check_timestamp.h: shared by the tests of timestamps. */
#ifndef CHECK_TIMESTAMP_H
#define CHECK_TIMESTAMP_H

#include "base/timestamp.h"
#include <check.h>

/* The largest offset in minutes; 2014-04-01T00:00:00Z; the first and last second of the years 0001
 * to 9999. */
enum { OFFSET_MOST = 23 * 60 + 59, CUTOFF = 1396310400 };
#define FIRST_SECOND INT64_C(-62135596800)
#define LAST_SECOND INT64_C(253402300799)

TCase *timestamp_arithmetic_case(void);

#endif
