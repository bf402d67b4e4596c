/* check_mutation.h: what the files of the suite broken share. */
#ifndef CHECK_BROKEN_H
#define CHECK_BROKEN_H

#include <check.h>

/* A sanitized run takes ten times as long: fewer are made then. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { BROKEN_SANITIZED = 1 };
#else
enum { BROKEN_SANITIZED = 0 };
#endif

enum { BROKEN_SECONDS = 300 };

/* check_broken_flips.c */
TCase *broken_flips(void);

#endif
