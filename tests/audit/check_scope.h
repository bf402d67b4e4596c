/*
 * check_scope.h: the parts of the suite of scopes.
 */
#ifndef CHECK_SCOPE_H
#define CHECK_SCOPE_H

#include <check.h>

void scope_add_gaps(Suite *suite);

#endif
