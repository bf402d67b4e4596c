/* intake.c: finds the files, reads them one after another, and says what became of each. */
#include "intake.h"
#include "file.h"
#include "json.h"
#include "memory.h"
#include "pool.h"
#include "publish.h"
#include "readers.h"
#include "text.h"
#include "walk.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct input {
    struct walk_entry entry;
    bool named, passing;
};

struct intake {
    struct evidence *evidence;
    struct input *inputs;
    size_t count, room;
    const char *const *targets;
    size_t target_count;
    struct text *error;
};

static bool ends_like(const char *path, const char *const *endings)
{
    size_t length = strlen(path);
    for (; *endings != NULL; endings++) {
        size_t ending = strlen(*endings);
        if (length >= ending && strcasecmp(path + length - ending, *endings) == 0)
            return true;
    }
    return false;
}

static bool is_named_like_json(const char *path)
{
    static const char *const endings[] = {".json", ".jsonl", ".ndjson", NULL};
    return ends_like(path, endings);
}

static bool is_named_like_archive(const char *path)
{
    static const char *const endings[] = {".zip", ".7z", ".gz",  ".tgz", ".tar",
                                          ".bz2", ".xz", ".msg", ".eml", NULL};
    return ends_like(path, endings);
}

static void add_input(struct intake *intake, const struct walk_entry *entry, bool named,
                      bool passing)
{
    intake->inputs =
        memory_grow(intake->inputs, &intake->room, intake->count + 1, sizeof(struct input));
    intake->inputs[intake->count++] = (struct input){*entry, named, passing};
}

static bool is_target(const struct intake *intake, const char *path)
{
    for (size_t i = 0; i < intake->target_count; i++)
        if (publish_same_place(path, intake->targets[i]))
            return true;
    return false;
}

/* Whether what is named by another name is the file at a target: a link, or standard input, would
 * then lead to the report. Another name of the file itself would not: its content stays. */
static bool leads_to_target(const struct intake *intake, const char *path,
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

static bool refuse(struct intake *intake, const char *path, const char *why)
{
    text_add_visible(intake->error, path);
    text_addf(intake->error, ": %s", why);
    return false;
}

static const char would_overwrite[] =
    "this input would be overwritten by a report: give the report another name";

static bool add_folder(struct intake *intake, const char *path)
{
    struct walk walk = {.pool = intake->evidence->pool};
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
static bool add_named(struct intake *intake, struct walk_entry *entry, const struct stat *status)
{
    bool passing = strcmp(entry->path, "-") == 0 || !S_ISREG(status->st_mode);
    entry->device = status->st_dev;
    entry->inode = status->st_ino;
    for (size_t i = 0; passing && i < intake->count; i++) {
        const struct input *other = &intake->inputs[i];
        if (other->passing && other->entry.device == status->st_dev &&
            other->entry.inode == status->st_ino)
            return refuse(intake, entry->path, "this can be read once, and is named twice");
    }
    /* One may have no end. */
    if (strcmp(entry->path, "-") != 0 && (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode)))
        return refuse(intake, entry->path, "this is a device: copy its content into a file");
    add_input(intake, entry, true, passing);
    return true;
}

static bool add_path(struct intake *intake, const char *path)
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
static void sort_inputs(struct intake *intake)
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

static void read_documents(struct evidence *evidence, struct evidence_file *entry,
                           struct file *file)
{
    struct json *json = json_open(file);
    struct json_document document;
    enum json_event event;
    while ((event = json_next(json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY) {
        struct reading reading = {evidence, entry, document.number, document.line, document.column};
        if (event == JSON_DOCUMENT)
            readers_read(&reading, document.root);
        else
            model_add_problem(evidence, entry, DIAG_EMPTY_ARRAY, document.line, document.column,
                              NULL);
    }
    if (event == JSON_BREAK) {
        const struct diag *problem = json_problem(json);
        model_add_problem(evidence, entry, problem->id, problem->line, problem->column,
                          problem->detail);
    }
    json_close(json);
}

/* Reads the file where it is one to read. False where a named one cannot be opened. */
static bool read_file(struct evidence *evidence, struct evidence_file *entry)
{
    struct file *file = file_open(entry->path, !entry->named);
    size_t count = 0;
    if (file == NULL && entry->named)
        return false;
    if (file == NULL) {
        model_add_problem(evidence, entry, DIAG_CANNOT_OPEN, 0, 0, strerror(errno));
        return true;
    }
    const unsigned char *bytes = file_peek(file, &count);
    bool json = bytes != NULL && count > 0 && json_looks_like(bytes, count, count == FILE_WINDOW);
    bool skipped = false;
    if (bytes == NULL)
        model_add_problem(evidence, entry, DIAG_CANNOT_READ, 0, 0, strerror(file_error(file)));
    else if (!json && is_named_like_archive(entry->path))
        model_add_problem(evidence, entry, DIAG_ARCHIVE, 1, 1, NULL);
    else if (json || entry->named || is_named_like_json(entry->path))
        read_documents(evidence, entry, file);
    else
        skipped = true;
    if (skipped)
        entry->state = EVIDENCE_SKIPPED;
    else
        entry->hashed = file_finish(file, &entry->bytes, entry->sha256);
    entry->changed = entry->hashed && file_changed(file);
    if (entry->changed)
        model_add_problem(evidence, entry, DIAG_CHANGED, 0, 0, NULL);
    file_close(file);
    return true;
}

static bool read_input(struct intake *intake, const struct input *input)
{
    struct evidence *evidence = intake->evidence;
    struct pool *pool = evidence->pool;
    struct text name = TEXT_EMPTY;
    struct evidence_file *entry = pool_alloc(pool, sizeof *entry);
    text_add_visible(&name, input->entry.path);
    entry->path = input->entry.path;
    entry->name = pool_text(pool, text_string(&name));
    entry->named = input->named;
    entry->passing = input->passing;
    text_free(&name);
    model_add_file(evidence, entry);
    switch (input->entry.kind) {
    case WALK_FILE:
        return read_file(evidence, entry) || refuse(intake, entry->path, strerror(errno));
    case WALK_UNREADABLE:
        model_add_problem(evidence, entry, DIAG_CANNOT_OPEN, 0, 0, strerror(input->entry.error));
        break;
    case WALK_LINK:
    case WALK_SPECIAL:
        if (is_named_like_json(entry->path))
            model_add_problem(evidence, entry,
                              input->entry.kind == WALK_LINK ? DIAG_LINK : DIAG_NOT_REGULAR, 0, 0,
                              NULL);
        else
            entry->state = EVIDENCE_SKIPPED;
        break;
    }
    return true;
}

static int by_digest(const void *left, const void *right)
{
    const struct evidence_file *a = *(const struct evidence_file *const *)left;
    const struct evidence_file *b = *(const struct evidence_file *const *)right;
    int order = strcmp(a->sha256, b->sha256);
    return order != 0 ? order : model_compare_files(a, b);
}

static int by_file(const void *left, const void *right)
{
    return model_compare_files(*(const struct evidence_file *const *)left,
                               *(const struct evidence_file *const *)right);
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
            (file->documents > 0 || file->unrelated == file->problem_count))
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
    for (size_t i = 0; i < evidence->observation_count; i++)
        if (evidence->observations[i]->file->original == NULL)
            evidence->observations[kept++] = evidence->observations[i];
    evidence->observation_count = kept;
    for (struct listing **link = &evidence->listings; *link != NULL;) {
        if ((*link)->file->original != NULL && (*link)->count > 0)
            *link = (*link)->next;
        else
            link = &(*link)->next;
    }
}

/* Another command's output is a fault only where the file was named. */
static void conclude(struct evidence_file *file)
{
    size_t faults = file->problem_count - (file->named ? 0 : file->unrelated);
    if (file->state == EVIDENCE_SKIPPED)
        return;
    if (file->original != NULL) {
        file->state = EVIDENCE_DUPLICATE;
        file->problem_count = 0;
        return;
    }
    file->fault = faults > 0;
    if (file->documents > 0)
        file->state = file->fault ? EVIDENCE_PARTIAL : EVIDENCE_USED;
    else
        file->state =
            file->problem_count == file->unrelated ? EVIDENCE_UNRELATED : EVIDENCE_UNUSABLE;
}

bool intake_run(struct evidence *evidence, const char *const *paths, size_t path_count,
                const char *const *targets, size_t target_count, struct text *error)
{
    struct intake intake = {evidence, NULL, 0, 0, targets, target_count, error};
    bool fine = true;
    for (size_t i = 0; fine && i < path_count; i++)
        fine = add_path(&intake, paths[i]);
    sort_inputs(&intake);
    for (size_t i = 0; fine && i < intake.count; i++)
        fine = read_input(&intake, &intake.inputs[i]);
    free(intake.inputs);
    if (!fine)
        return false;
    if (evidence->file_count > 0)
        qsort(evidence->files, evidence->file_count, sizeof *evidence->files, by_file);
    find_duplicates(evidence);
    drop_duplicates(evidence);
    for (size_t i = 0; i < evidence->file_count; i++)
        conclude(evidence->files[i]);
    return true;
}
