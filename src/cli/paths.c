/* paths.c: see paths.h. */
#include "cli/paths.h"
#include "base/pool.h"
#include "base/publish.h"
#include "base/text.h"
#include "base/walk.h"
#include "cli/options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ADDED = 4 /* files besides the PATHs that options may name */ };

static const char *folder_of(const char *target, struct pool *pool)
{
    struct text folder = TEXT_EMPTY;
    publish_add_folder(&folder, target);
    const char *kept = pool_text(pool, text_string(&folder));
    text_free(&folder);
    return kept;
}

static bool exists(const char *path, struct text *error)
{
    struct stat status;
    if (stat(path, &status) == 0 || errno != ENOENT)
        return true;
    text_add_visible(error, path);
    text_addf(error, ": %s; check the path: it is relative to the current directory",
              strerror(ENOENT));
    return false;
}

bool paths_exist(const struct options *options, struct text *error)
{
    const char *const files[ADDED] = {options->controls, options->scope, options->waivers,
                                      options->baseline};
    if (options->action != OPTIONS_REPORT)
        return true;
    for (size_t i = 0; i < options->path_count; i++)
        if (strcmp(options->paths[i], "-") != 0 && !exists(options->paths[i], error))
            return false;
    for (size_t i = 0; i < ADDED; i++)
        if (files[i] != NULL && !exists(files[i], error))
            return false;
    return true;
}

struct sandbox paths_confine(const struct options *options, const char *baseline, struct pool *pool)
{
    const char *const added[ADDED] = {options->controls, options->scope, options->waivers,
                                      baseline};
    const char **read = pool_alloc(pool, (options->path_count + ADDED) * sizeof *read);
    const char **write = pool_alloc(pool, (options->output_count + 1) * sizeof *write);
    struct sandbox_files files = {.read = read, .write = write};
    for (size_t i = 0; i < options->path_count; i++)
        if (strcmp(options->paths[i], "-") != 0) /* open already */
            read[files.read_count++] = options->paths[i];
    for (size_t i = 0; i < ADDED; i++)
        if (added[i] != NULL)
            read[files.read_count++] = added[i];
    for (size_t i = 0; i < options->output_count; i++)
        if (strcmp(options->outputs[i].target, "-") != 0)
            write[files.write_count++] = folder_of(options->outputs[i].target, pool);
    if (options->pack != NULL)
        write[files.write_count++] = folder_of(options->pack, pool);
    return sandbox_enter(&files);
}

static bool refuse_target(struct text *error, const char *target, const char *why)
{
    text_add(error, target);
    text_add(error, why);
    return false;
}

/* Whether the report would take the place of a file that is read, or of what a link to it names. */
static bool would_overwrite(const char *target, const char *file)
{
    struct stat at_target, at_file;
    return file != NULL &&
           (publish_same_place(target, file) ||
            (lstat(target, &at_target) == 0 && stat(file, &at_file) == 0 &&
             at_target.st_dev == at_file.st_dev && at_target.st_ino == at_file.st_ino));
}

bool paths_check(const struct options *options, const char *baseline, struct text *error)
{
    const char *const files[] = {options->controls, options->scope, options->waivers, baseline};
    for (size_t i = 0; i < options->output_count; i++) {
        const char *target = options->outputs[i].target;
        for (size_t j = 0; j < i; j++)
            if (publish_same_place(target, options->outputs[j].target))
                return refuse_target(error, target, ": two reports would go there");
        for (size_t j = 0; j < sizeof files / sizeof files[0]; j++)
            if (would_overwrite(target, files[j]))
                return refuse_target(error, target,
                                     ": this file is read, and a report would "
                                     "overwrite it: give the report another name");
    }
    for (size_t i = 0; options->pack != NULL && i < options->output_count; i++)
        if (publish_same_place(options->pack, options->outputs[i].target) ||
            publish_is_within(options->outputs[i].target, options->pack))
            return refuse_target(error, options->pack, ": a report and the pack would go there");
    for (size_t i = 0; options->pack != NULL && i < options->path_count; i++)
        if (publish_is_within(options->paths[i], options->pack))
            return refuse_target(error, options->pack,
                                 ": this folder is read, and the pack would "
                                 "take its place");
    if (options->pack != NULL && publish_is_no_name(options->pack))
        return refuse_target(error, options->pack, ": give the pack's folder by its name");
    if (options->pack != NULL && !publish_may_appear(options->pack))
        return refuse_target(error, options->pack,
                             ": something stands there: a pack needs a new or empty folder");
    return true;
}

const char **paths_printable(const struct options *options, struct pool *pool, size_t *count)
{
    const char **paths = pool_alloc(pool, options->path_count * sizeof *paths);
    struct text path = TEXT_EMPTY;
    for (size_t i = 0; i < options->path_count; i++) {
        text_clear(&path);
        text_add_visible(&path, walk_trimmed(pool, options->paths[i]));
        paths[i] = pool_text(pool, text_string(&path));
    }
    text_free(&path);
    qsort(paths, options->path_count, sizeof *paths, text_order);
    *count = 0;
    for (size_t i = 0; i < options->path_count; i++)
        if (i == 0 || strcmp(paths[*count - 1], paths[i]) != 0)
            paths[(*count)++] = paths[i];
    return paths;
}
