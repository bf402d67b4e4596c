/* inputs.c: finds the files, has them read, and says what became of each. */
#include "ingest/inputs.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/progress.h"
#include "base/publish.h"
#include "base/text.h"
#include "base/walk.h"
#include "ingest/work_queue.h"
#include "json/json.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct inputs {
    struct evidence *evidence;
    struct input *inputs;
    size_t count, room;
    const char *const *targets;
    size_t target_count;
    struct progress *progress;
    struct text *error;
};

static struct input *add_input(struct inputs *intake, const struct walk_entry *entry, bool named,
                               bool passing)
{
    intake->inputs =
        memory_grow(intake->inputs, &intake->room, intake->count + 1, sizeof(struct input));
    struct input *input = &intake->inputs[intake->count++];
    *input = (struct input){.entry = *entry, .named = named, .passing = passing};
    return input;
}

static bool is_target(const struct inputs *intake, const char *path)
{
    for (size_t i = 0; i < intake->target_count; i++)
        if (publish_same_target(path, intake->targets[i]))
            return true;
    return false;
}

/* Whether what is named by another name is the file at a target: a link, or standard input, would
 * then lead to the report. Another name of the file itself would not: its content stays. */
static bool leads_to_target(const struct inputs *intake, const char *path,
                            const struct stat *status)
{
    struct stat entry, target;
    if (strcmp(path, "-") != 0 && (lstat(path, &entry) != 0 || !S_ISLNK(entry.st_mode)))
        return false;
    for (size_t i = 0; i < intake->target_count; i++)
        if (lstat(intake->targets[i], &target) == 0 && target.st_dev == status->st_dev &&
            target.st_ino == status->st_ino)
            return true;
    return false;
}

/* Whether a file may hold JSON, whatever its name: then it is evidence. What cannot be read may. */
static bool may_hold_json(const char *path)
{
    struct file *file = file_open(path, true);
    if (file == NULL)
        return true;
    size_t count = 0;
    const unsigned char *bytes = file_peek(file, &count);
    bool json = bytes == NULL || (count > 0 && json_looks_like(bytes, count, count == FILE_WINDOW));
    file_close(file);
    return json;
}

static bool refuse(struct inputs *intake, const char *path, const char *why)
{
    text_add_visible(intake->error, path);
    text_addf(intake->error, ": %s", why);
    return false;
}

static const char would_overwrite[] =
    "this input would be overwritten by a report: give the report another name";

static bool add_folder(struct inputs *intake, const char *path)
{
    struct walk walk = {.pool = intake->evidence->pool, .sizes = intake->progress != NULL};
    bool fine = walk_folder(&walk, path);
    if (!fine)
        refuse(intake, path, strerror(errno));
    for (size_t i = 0; fine && i < walk.count; i++) {
        const struct walk_entry *entry = &walk.entries[i];
        if (!is_target(intake, entry->path))
            add_input(intake, entry, false, false);
        else if (entry->kind == WALK_FILE && may_hold_json(entry->path))
            fine = refuse(intake, entry->path, would_overwrite);
    }
    free(walk.entries);
    return fine;
}

/* Standard input and FIFOs are gone once they are read: each may be named once. */
static bool add_named(struct inputs *intake, struct walk_entry *entry, const struct stat *status)
{
    bool passing = strcmp(entry->path, "-") == 0 || !S_ISREG(status->st_mode);
    entry->size = S_ISREG(status->st_mode) ? status->st_size : -1;
    for (size_t i = 0; passing && i < intake->count; i++) {
        const struct input *other = &intake->inputs[i];
        if (other->passing && other->device == status->st_dev && other->inode == status->st_ino)
            return refuse(intake, entry->path, "this can be read once, and is named twice");
    }
    /* One may have no end. */
    if (strcmp(entry->path, "-") != 0 && (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode)))
        return refuse(intake, entry->path, "this is a device: copy its content into a file");
    struct input *input = add_input(intake, entry, true, passing);
    input->device = status->st_dev;
    input->inode = status->st_ino;
    return true;
}

static bool add_path(struct inputs *intake, const char *path)
{
    struct stat status;
    struct walk_entry entry = {.path = walk_trimmed(intake->evidence->pool, path),
                               .kind = WALK_FILE};
    bool standard_input = strcmp(path, "-") == 0;
    if ((standard_input ? fstat(STDIN_FILENO, &status) : stat(path, &status)) != 0)
        return refuse(intake, *path != '\0' ? path : "\"\"", strerror(errno));
    if (standard_input)
        return leads_to_target(intake, path, &status) ? refuse(intake, path, would_overwrite)
                                                      : add_named(intake, &entry, &status);
    if (S_ISDIR(status.st_mode))
        return add_folder(intake, entry.path);
    if (is_target(intake, path) || leads_to_target(intake, path, &status))
        return refuse(intake, path, would_overwrite);
    return add_named(intake, &entry, &status);
}

static int by_path(const void *left, const void *right)
{
    const struct input *a = left, *b = right;
    int order = strcmp(a->entry.path, b->entry.path);
    return order != 0 ? order : (int)b->named - (int)a->named;
}

/* The same path twice is read once, as the one that was named. */
static void sort_inputs(struct inputs *intake)
{
    size_t kept = 0;
    if (intake->count == 0)
        return;
    qsort(intake->inputs, intake->count, sizeof(struct input), by_path);
    for (size_t i = 1; i < intake->count; i++)
        if (strcmp(intake->inputs[kept].entry.path, intake->inputs[i].entry.path) != 0)
            intake->inputs[++kept] = intake->inputs[i];
    intake->count = kept + 1;
}

static int by_digest(const void *left, const void *right)
{
    const struct evidence_file *a = *(const struct evidence_file *const *)left;
    const struct evidence_file *b = *(const struct evidence_file *const *)right;
    int order = strcmp(a->sha256, b->sha256);
    return order != 0 ? order : evidence_compare_files(a, b);
}

/* Marks each file that holds the same bytes as another one before it. Files of which nothing was
 * used are left as they are: two empty exports are two exports that failed. */
static void find_duplicates(struct evidence *evidence)
{
    struct evidence_file **sorted = memory_resize(NULL, evidence->file_count + 1, sizeof *sorted);
    size_t count = 0;
    for (size_t i = 0; i < evidence->file_count; i++) {
        struct evidence_file *file = evidence->files[i];
        if (file->hashed && !file->changed &&
            (file->documents > 0 || file->problems.unrelated == file->problems.count))
            sorted[count++] = file;
    }
    qsort(sorted, count, sizeof *sorted, by_digest);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[first]->sha256, sorted[i]->sha256) != 0) {
            first = i;
            continue;
        }
        sorted[i]->original = sorted[first];
        sorted[first]->named |= sorted[i]->named; /* then what it lacks is a fault */
    }
    free(sorted);
}

/* A duplicate is used once: what it says is what its original says. But the empty lists of two
 * regions are alike too: each still says of its own region, by its path, that there is none. */
static void drop_duplicates(struct evidence *evidence)
{
    size_t kept = 0;
    for (size_t i = 0; i < evidence->record_count; i++)
        if (evidence->records[i]->file->original == NULL)
            evidence->records[kept++] = evidence->records[i];
    evidence->record_count = kept;
    for (struct listing **link = &evidence->listings; *link != NULL;)
        if ((*link)->file->original != NULL && (*link)->count > 0)
            *link = (*link)->next;
        else
            link = &(*link)->next;
}

/* Another command's output is a fault only where the file was named. */
static void conclude(struct evidence_file *file)
{
    size_t faults = file->problems.count - (file->named ? 0 : file->problems.unrelated);
    if (file->state == EVIDENCE_SKIPPED)
        return;
    if (file->original != NULL) {
        file->state = EVIDENCE_DUPLICATE;
        file->problems.count = 0;
        return;
    }
    file->fault = faults > 0;
    if (file->documents > 0)
        file->state = file->fault ? EVIDENCE_PARTIAL : EVIDENCE_USED;
    else
        file->state = file->problems.count == file->problems.unrelated ? EVIDENCE_UNRELATED
                                                                       : EVIDENCE_UNUSABLE;
}

/* So many bytes are to be read; of standard input and FIFOs nobody knows. */
static void expect_bytes(const struct inputs *intake)
{
    for (size_t i = 0; i < intake->count; i++) {
        const struct walk_entry *entry = &intake->inputs[i].entry;
        if (entry->kind == WALK_FILE)
            progress_expect(intake->progress,
                            entry->size < 0 ? PROGRESS_UNKNOWN : (uint64_t)entry->size);
    }
}

bool inputs_read(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, size_t jobs,
                 struct progress *progress, struct text *error)
{
    struct inputs intake = {evidence, NULL, 0, 0, targets, target_count, progress, error};
    bool fine = true;
    for (size_t i = 0; fine && i < path_count; i++)
        fine = add_path(&intake, paths[i]);
    sort_inputs(&intake);
    if (fine) {
        expect_bytes(&intake);
        const struct input *unopened =
            work_queue_read(intake.inputs, intake.count, jobs, progress, evidence);
        fine = unopened == NULL || refuse(&intake, unopened->entry.path, strerror(unopened->error));
    }
    free(intake.inputs);
    if (!fine)
        return false;
    find_duplicates(evidence);
    drop_duplicates(evidence);
    for (size_t i = 0; i < evidence->file_count; i++)
        conclude(evidence->files[i]);
    return true;
}
