/* check_progress.h: what the tests of progress share. */
#ifndef CHECK_PROGRESS_H
#define CHECK_PROGRESS_H

#include <check.h>
#include <stdint.h>

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

TCase *progress_line_case(void);

#endif
