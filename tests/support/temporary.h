/* temporary.h: one file in a folder of its own, for the tests of a test case (unchecked fixture).
 */
#ifndef TEMPORARY_H
#define TEMPORARY_H

#include <stddef.h>

void temporary_make(void);
void temporary_remove(void);

extern char temporary_folder[];
extern char temporary_path[];

/* Writes the file anew. */
void temporary_write(const void *bytes, size_t count);

#endif
