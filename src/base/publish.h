/*
 * publish.h: writing files so that all of them appear, or none. Each file is written under a
 * temporary name in the folder of its target and renamed when all are complete; until then the old
 * files stay.
 */
#ifndef PUBLISH_H
#define PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

struct publish;
struct text;

struct publish *publish_new(void);

/* Creates an empty file in target's folder, to be written by the caller and renamed to target
 * later. Returns its path, which belongs to publish; NULL with the reason in error if it cannot be
 * created. */
const char *publish_stage(struct publish *publish, const char *target, struct text *error);

/* The same for a folder, which is renamed with everything in it. */
const char *publish_stage_folder(struct publish *publish, const char *target, struct text *error);

/* The same for a file in a folder from publish_stage_folder. */
const char *publish_stage_member(struct publish *publish, const char *folder, const char *name,
                                 struct text *error);

/* The same for a folder of temporary files, in target's folder. It is never renamed, and is removed
 * with everything in it. */
const char *publish_stage_scratch(struct publish *publish, const char *target, struct text *error);

/* Adds the folder that contains the path's last component, as `FOLDER/.` or `.`. */
void publish_add_folder(struct text *text, const char *path);

/* Whether the path is the folder or is directly in it; false if the folder does not exist. */
bool publish_is_within(const char *path, const char *folder);

/* Whether the path's last component is a name; not if it is empty, `.` or `..`. */
bool publish_has_name(const char *target);

/* Whether target does not exist or is an empty folder. */
bool publish_is_new_or_empty(const char *target);

/* Whether both paths are the same entry of the same folder. */
bool publish_same_target(const char *left, const char *right);

/* Writes everything staged to the disk, and sets the mode of a new file or folder: 0666 or 0777
 * minus the umask. False if that fails, or if the target of a file is a folder: error says which,
 * and everything staged is removed. */
bool publish_prepare(struct publish *publish, struct text *error);

/* Renames everything, after publish_prepare. False if that fails: error says which, the old files
 * are back, and everything staged is removed. If an old file cannot be put back, error says where
 * it is. */
bool publish_commit(struct publish *publish, struct text *error);

/* Removes everything that is still staged. Works in a signal handler and without memory. publish
 * may be NULL. */
void publish_abandon(struct publish *publish);

/* Frees publish and leaves all files alone. publish may be NULL. */
void publish_free(struct publish *publish);

#endif
