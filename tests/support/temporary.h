/* temporary.h: a file in a folder of its own, for a test case (as unchecked fixture). */
#ifndef TEMPORARY_H
#define TEMPORARY_H

#include <stddef.h>

void temporary_make(void);
void temporary_remove(void);

extern char temporary_folder[];
extern char temporary_path[];

/* Replaces the content of the file. */
void temporary_write(const void *bytes, size_t count);

#endif
