/* paths.c: see paths.h. */
#include "cli/paths.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/publish.h"
#include "base/text.h"
#include "base/walk.h"
#include "cli/options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { OPTION_FILES = 4 /* input files that options name */ };

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
    text_add_visible(error, *path != '\0' ? path : "\"\"");
    text_addf(error, ": %s%s", strerror(ENOENT),
              *path == '/' ? "" : "; the path is relative to the current directory");
    return false;
}

bool paths_exist(const struct options *options, struct text *error)
{
    const char *const files[OPTION_FILES] = {options->controls, options->scope, options->waivers,
                                             options->baseline};
    if (options->action != OPTIONS_REPORT)
        return true;
    for (size_t i = 0; i < options->path_count; i++)
        if (strcmp(options->paths[i], "-") != 0 && !exists(options->paths[i], error))
            return false;
    for (size_t i = 0; i < OPTION_FILES; i++)
        if (files[i] != NULL && !exists(files[i], error))
            return false;
    return true;
}

bool paths_confine(const struct options *options, struct pool *pool, struct sandbox *sandbox,
                   struct text *error)
{
    const char *const inputs[OPTION_FILES] = {options->controls, options->scope, options->waivers,
                                              options->baseline};
    const char **read = pool_alloc(pool, (options->path_count + OPTION_FILES) * sizeof *read);
    const char **write = pool_alloc(pool, (options->output_count + 1) * sizeof *write);
    struct sandbox_files files = {.read = read, .write = write};
    for (size_t i = 0; i < options->path_count; i++)
        if (strcmp(options->paths[i], "-") != 0) /* is already open */
            read[files.read_count++] = options->paths[i];
    for (size_t i = 0; i < OPTION_FILES; i++)
        if (inputs[i] != NULL)
            read[files.read_count++] = inputs[i];
    for (size_t i = 0; i < options->output_count; i++)
        if (strcmp(options->outputs[i].target, "-") != 0)
            write[files.write_count++] = folder_of(options->outputs[i].target, pool);
    if (options->pack != NULL)
        write[files.write_count++] = folder_of(options->pack, pool);
    return sandbox_enter(&files, sandbox, error);
}

static bool refuse(struct text *error, const char *path, const char *why)
{
    text_add_visible(error, *path != '\0' ? path : "\"\"");
    text_add(error, why);
    return false;
}

/* Whether target is the same path as file, or the file that the path `file` links to. */
static bool would_overwrite(const char *target, const char *file)
{
    struct stat at_target, at_file;
    return file != NULL &&
           (publish_same_target(target, file) ||
            (lstat(target, &at_target) == 0 && stat(file, &at_file) == 0 &&
             at_target.st_dev == at_file.st_dev && at_target.st_ino == at_file.st_ino));
}

/* Whether the folder would be in a folder that is a pack. */
static bool is_in_pack(const char *pack)
{
    struct text sums = TEXT_EMPTY;
    struct stat status;
    publish_add_folder(&sums, pack);
    text_add(&sums, "/SHA256SUMS");
    bool found = lstat(text_string(&sums), &status) == 0;
    text_free(&sums);
    return found;
}

static bool check_pack(const struct options *options, struct text *error)
{
    const char *pack = options->pack;
    if (pack == NULL)
        return true;
    for (size_t i = 0; i < options->output_count; i++) {
        const char *target = options->outputs[i].target;
        if (publish_same_target(pack, target) || publish_is_within(target, pack))
            return refuse(error, pack, ": a report and the pack cannot share this path");
    }
    for (size_t i = 0; i < options->path_count; i++)
        if (publish_is_within(options->paths[i], pack))
            return refuse(error, pack,
                          ": this folder is an input; choose another folder for the pack");
    if (!publish_has_name(pack))
        return refuse(error, pack, ": not a usable folder name for the pack");
    if (is_in_pack(pack))
        return refuse(error, pack, ": inside another pack; choose another folder");
    return publish_is_new_or_empty(pack) ||
           refuse(error, pack, ": already exists; a pack needs a new or empty folder");
}

bool paths_check(const struct options *options, const char *baseline, struct text *error)
{
    const char *const files[OPTION_FILES] = {options->controls, options->scope, options->waivers,
                                             baseline};
    const struct file_streams streams = file_streams();
    struct stat status;
    for (size_t i = 0; i < OPTION_FILES; i++)
        if (files[i] != NULL && stat(files[i], &status) == 0 && file_is_stream(&streams, &status))
            return refuse(error, files[i],
                          ": standard output or standard error is written to this input file; "
                          "redirect it elsewhere");
    for (size_t i = 0; i < options->output_count; i++) {
        const char *target = options->outputs[i].target;
        for (size_t j = 0; j < i; j++)
            if (publish_same_target(target, options->outputs[j].target))
                return refuse(error, target, " is named twice");
        for (size_t j = 0; j < OPTION_FILES; j++)
            if (would_overwrite(target, files[j]))
                return refuse(error, target,
                              ": this is an input file; choose another name for the report");
    }
    return check_pack(options, error);
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
