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

/* The same for a folder, which appears with all that is in it. */
const char *publish_stage_folder(struct publish *publish, const char *target, struct text *error);

/* Makes an empty file in a folder that publish_stage_folder gave. */
const char *publish_stage_member(struct publish *publish, const char *folder, const char *name,
                                 struct text *error);

/* Adds the folder that the path's last component is in, as `FOLDER/.` or `.`. */
void publish_add_folder(struct text *text, const char *path);

/* Makes a folder beside the target for what has to stand in files meanwhile. It never gets another
 * name, and goes with all that is in it. */
const char *publish_stage_scratch(struct publish *publish, const char *target, struct text *error);

/* Whether the path is the folder, or is in it; false where there is no such folder yet. */
bool publish_is_within(const char *path, const char *folder);

/* Whether the path ends in no name that could be renamed to: it is empty, or `.` or `..` is last.
 */
bool publish_is_no_name(const char *target);

/* Whether a folder may appear there: nothing stands there, or an empty folder. */
bool publish_may_appear(const char *target);

/* Whether both paths are one entry of one folder: the same place, written in two ways. */
bool publish_same_place(const char *left, const char *right);

/* Flushes what is staged to the disk, and gives it the mode that anything new has: 0666, for a
 * folder 0777, less the umask. False where that fails, or a folder stands where a file is to be:
 * error says which, and nothing is staged any more. */
bool publish_prepare(struct publish *publish, struct text *error);

/* Renames all that was prepared. False where one cannot be: error says which, what stood at the
 * targets is back, and nothing is staged any more. Where something cannot be put back, error says
 * where it is. */
bool publish_commit(struct publish *publish, struct text *error);

/* Removes what is still staged, scratch folders too. May be called from a signal handler, and
 * needs no memory. publish may be NULL. */
void publish_abandon(struct publish *publish);

/* Frees, and leaves alone what is on the disk. publish may be NULL. */
void publish_free(struct publish *publish);

#endif
