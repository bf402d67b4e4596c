/*
 * publish.h: files out. Each report is written to a file beside its target and renamed when all
 * are complete; until then what stood there stays. Knows nothing of what is in them.
 */
#ifndef PUBLISH_H
#define PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

struct publish;
struct text;

struct publish *publish_new(void);

/* Makes an empty file in target's folder, to be written and later renamed to target. Its path
 * belongs to publish; NULL where it cannot be made: error says why. */
const char *publish_stage(struct publish *publish, const char *target, struct text *error);

/* Whether both paths are one entry of one folder: the same place, written in two ways. */
bool publish_same_place(const char *left, const char *right);

/* Flushes every staged file to the disk, gives it the mode 0666 less the umask, and renames it.
 * False where one cannot be: error says which, and the staged files that are left are removed. */
bool publish_commit(struct publish *publish, struct text *error);

/* Removes the staged files. May be called from a signal handler: it calls unlink alone. */
void publish_abandon(struct publish *publish);

/* Abandons what was not committed, and frees. */
void publish_free(struct publish *publish);

#endif
