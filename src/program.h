/*
 * program.h: which program this is: so that what it wrote can be held against the released files.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

struct pool;

/* `0.1.0`. */
extern const char program_version[];

/* The commit that it was built from, forty hexadecimal digits; `not known` where the tree had
 * changes, or was under no version control. */
extern const char program_commit[];

/* The SHA-256 of the file that is running, in the pool; `not known` where it cannot be told, for
 * want of /proc. To be called before the sandbox takes that out of reach. */
const char *program_sha256(struct pool *pool);

#endif
