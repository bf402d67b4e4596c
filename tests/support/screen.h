/* screen.h: pseudo-terminals, and what a person would see on one. What is returned lives until the
 * test ends. */
#ifndef SCREEN_H
#define SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* A new terminal of so many columns, 0 where it does not know: the end of it that a person would
 * look at. name is that of the other end. */
int screen_open(unsigned short columns, const char **name);

/* Waits for what comes to the terminal, and adds it to seen. False where nobody has the other end
 * open any more, and all is taken. */
bool screen_take(int terminal, const char **seen);

/* What stands on it after these bytes, line by line; colours are left out. */
const char *screen_shown(const char *bytes, size_t length);

#endif
