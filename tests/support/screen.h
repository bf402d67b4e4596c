/* screen.h: pseudo-terminals, and what a person would see on one. Returned texts live until the
 * test ends. */
#ifndef SCREEN_H
#define SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* A new terminal of that width; 0: unknown. Returns the descriptor of the person's end; *name is
 * the path of the program's end. */
int screen_open(unsigned short columns, const char **name);

/* Waits for output and adds it to seen. False if no process has the other end open any more, and
 * everything was read. */
bool screen_take(int terminal, const char **seen);

/* The lines on the screen after these bytes, without colours. */
const char *screen_shown(const char *bytes, size_t length);

#endif
