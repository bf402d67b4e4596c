/* check_text.h: the cases of check_text.c, for the suite of the inputs. */
#ifndef CHECK_TEXT_H
#define CHECK_TEXT_H

#include <check.h>

TCase *text_cases(void);

#endif
