/* check_mutation.h: what the test cases of the suite mutation share. */
#ifndef CHECK_MUTATION_H
#define CHECK_MUTATION_H

#include <check.h>

/* The time limit of a test; a sweep in full, under a sanitizer, takes the most. */
enum { MUTATION_SECONDS = 1200 };

/* check_mutation_flips.c */
TCase *mutation_flips_case(void);

#endif
