/* inputs.c: finds the files, has them read, and concludes what became of each. */
#include "ingest/inputs.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/progress.h"
#include "base/publish.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "base/walk.h"
#include "ingest/file_reader.h"
#include "json/json.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct found {
    struct input input;
    bool readable; /* else it is known already what became of it */
    dev_t device;  /* of what can be read only once */
    ino_t inode;
};

struct inputs {
    struct evidence *evidence;
    struct found *found; /* sorted by name before any is read */
    size_t count, room;
    const char *const *targets;
    size_t target_count;
    struct file_streams streams; /* what is written to them must not go to evidence */
    struct thread_pool *threads;
    struct progress *progress;
    struct text *error;
    atomic_size_t unopened; /* the lowest index of a named one that cannot be opened; or SIZE_MAX */
};

static bool refuse(const struct inputs *inputs, const char *path, const char *why)
{
    text_add_visible(inputs->error, path);
    text_addf(inputs->error, ": %s", why);
    return false;
}

static struct found *add(struct inputs *inputs, const char *path, bool named)
{
    struct pool *pool = inputs->evidence->pool;
    struct evidence_file *file = pool_alloc(pool, sizeof *file);
    struct text name = TEXT_EMPTY;
    text_add_visible(&name, path);
    file->path = path;
    file->name = strcmp(text_string(&name), path) == 0 ? path : pool_text(pool, text_string(&name));
    file->named = named;
    text_free(&name);
    inputs->found =
        memory_grow(inputs->found, &inputs->room, inputs->count + 1, sizeof *inputs->found);
    struct found *found = &inputs->found[inputs->count++];
    *found = (struct found){.input.file = file, .readable = true};
    return found;
}

static void add_walked(struct inputs *inputs, const struct walk_entry *entry)
{
    struct pool *pool = inputs->evidence->pool;
    struct found *found = add(inputs, entry->path, false);
    struct evidence_file *file = found->input.file;
    found->readable = entry->kind == WALK_FILE;
    found->input.size = entry->size;
    if (entry->kind == WALK_UNREADABLE)
        evidence_add_problem(pool, file, DIAG_CANNOT_OPEN, 0, 0, strerror(entry->error));
    else if (entry->kind != WALK_FILE && !file_reader_is_json_name(entry->path)) {
        file->state = EVIDENCE_SKIPPED;
        file->reason = entry->kind == WALK_LINK ? "a symbolic link" : "not a regular file";
    } else if (entry->kind != WALK_FILE)
        evidence_add_problem(pool, file, entry->kind == WALK_LINK ? DIAG_LINK : DIAG_NOT_REGULAR, 0,
                             0, NULL);
}

static bool is_target(const struct inputs *inputs, const char *path)
{
    for (size_t i = 0; i < inputs->target_count; i++)
        if (publish_same_target(path, inputs->targets[i]))
            return true;
    return false;
}

/* Whether a link, or standard input, leads to the file at a target. A hard link does not: it keeps
 * the content when a report replaces the target. */
static bool leads_to_target(const struct inputs *inputs, const char *path,
                            const struct stat *status)
{
    struct stat entry, target;
    if (strcmp(path, "-") != 0 && (lstat(path, &entry) != 0 || !S_ISLNK(entry.st_mode)))
        return false;
    for (size_t i = 0; i < inputs->target_count; i++)
        if (lstat(inputs->targets[i], &target) == 0 && target.st_dev == status->st_dev &&
            target.st_ino == status->st_ino)
            return true;
    return false;
}

/* Whether a file may be evidence: its content looks like JSON, or cannot be read. */
static bool may_be_json(const char *path)
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

static const char would_overwrite[] = "this is an input file; choose another name for the report";
static const char is_written[] =
    "standard output or standard error is written to this input file; redirect it elsewhere";

static bool is_stream(const struct inputs *inputs, const char *path)
{
    struct stat status;
    return inputs->streams.count > 0 && stat(path, &status) == 0 &&
           file_is_stream(&inputs->streams, &status);
}

static bool add_folder(struct inputs *inputs, const char *path)
{
    struct walk walk = {.pool = inputs->evidence->pool, .sizes = inputs->progress != NULL};
    bool fine = walk_folder(&walk, path);
    if (!fine)
        refuse(inputs, path, strerror(errno));
    for (size_t i = 0; fine && i < walk.count; i++) {
        const struct walk_entry *entry = &walk.entries[i];
        bool stream = entry->kind == WALK_FILE && is_stream(inputs, entry->path);
        if (!stream && !is_target(inputs, entry->path))
            add_walked(inputs, entry);
        else if (entry->kind == WALK_FILE && may_be_json(entry->path))
            fine = refuse(inputs, entry->path, stream ? is_written : would_overwrite);
    }
    free(walk.entries);
    return fine;
}

static bool is_given_already(const struct inputs *inputs, const struct stat *status)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const struct found *other = &inputs->found[i];
        if (other->input.file->passing && other->device == status->st_dev &&
            other->inode == status->st_ino)
            return true;
    }
    return false;
}

static bool add_named(struct inputs *inputs, const char *path, const struct stat *status)
{
    bool standard_input = strcmp(path, "-") == 0, regular = S_ISREG(status->st_mode);
    bool passing = standard_input || !regular;
    if (passing && is_given_already(inputs, status))
        return refuse(inputs, path, "given twice, but it can be read only once");
    /* A device may have no end. */
    if (!standard_input && (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode)))
        return refuse(inputs, path, "is a device, not a file; copy its content into a file");
    struct found *found = add(inputs, path, true);
    found->input.file->passing = passing;
    found->input.size = regular ? status->st_size : -1;
    found->device = status->st_dev;
    found->inode = status->st_ino;
    return true;
}

static bool add_path(struct inputs *inputs, const char *path)
{
    struct stat status;
    bool standard_input = strcmp(path, "-") == 0;
    if ((standard_input ? fstat(STDIN_FILENO, &status) : stat(path, &status)) != 0)
        return refuse(inputs, *path != '\0' ? path : "\"\"", strerror(errno));
    const char *trimmed = walk_trimmed(inputs->evidence->pool, path);
    if (!standard_input && S_ISDIR(status.st_mode))
        return add_folder(inputs, trimmed);
    if ((!standard_input && is_target(inputs, path)) || leads_to_target(inputs, path, &status))
        return refuse(inputs, path, would_overwrite);
    if (file_is_stream(&inputs->streams, &status))
        return refuse(inputs, path, is_written);
    return add_named(inputs, trimmed, &status);
}

static int by_file(const void *left, const void *right)
{
    const struct evidence_file *a = ((const struct found *)left)->input.file;
    const struct evidence_file *b = ((const struct found *)right)->input.file;
    int order = evidence_compare_files(a, b);
    return order != 0 ? order : (int)b->named - (int)a->named;
}

/* The same path twice is read once, as the one that was named. */
static void sort_found(struct inputs *inputs)
{
    struct found *found = inputs->found;
    size_t kept = 0;
    if (inputs->count == 0)
        return;
    qsort(found, inputs->count, sizeof *found, by_file);
    for (size_t i = 1; i < inputs->count; i++)
        if (strcmp(found[kept].input.file->path, found[i].input.file->path) != 0)
            found[++kept] = found[i];
    inputs->count = kept + 1;
}

/* Files that are read in one piece: so few are not worth a second thread, unless they are large. */
enum { PIECE = 16 };

struct reader_slot {
    struct inputs *inputs;
    struct file_reader *reader; /* NULL until it is needed */
};

static void read_one(struct reader_slot *slot, size_t index)
{
    struct inputs *inputs = slot->inputs;
    struct input *input = &inputs->found[index].input;
    if (slot->reader == NULL)
        slot->reader = file_reader_new(inputs->threads, inputs->progress);
    file_reader_read(slot->reader, input);
    size_t lowest = atomic_load(&inputs->unopened);
    while (input->error != 0 && index < lowest &&
           !atomic_compare_exchange_weak(&inputs->unopened, &lowest, index)) {
        /* lowest was updated */
    }
}

static void read_piece(void *item, size_t number)
{
    struct reader_slot *slot = item;
    struct inputs *inputs = slot->inputs;
    size_t end = number * PIECE + PIECE < inputs->count ? number * PIECE + PIECE : inputs->count;
    for (size_t i = number * PIECE; i < end && i < atomic_load(&inputs->unopened); i++)
        if (inputs->found[i].readable && !inputs->found[i].input.file->passing)
            read_one(slot, i);
}

/* Standard input and FIFOs come last, one at a time: opening one may block, and what was read is
 * gone, so all other files could be opened by then. */
static bool read_found(struct inputs *inputs)
{
    size_t slot_count = thread_pool_slots(inputs->threads);
    struct reader_slot *slots = memory_resize(NULL, slot_count, sizeof *slots);
    const struct work work = {.count = (inputs->count + PIECE - 1) / PIECE,
                              .slots = slots,
                              .slot_size = sizeof *slots,
                              .produce = read_piece};
    for (size_t i = 0; i < slot_count; i++)
        slots[i] = (struct reader_slot){inputs, NULL};
    (void)thread_pool_run(inputs->threads, &work); /* cannot fail: nothing is consumed */
    for (size_t i = 0; i < inputs->count && atomic_load(&inputs->unopened) == SIZE_MAX; i++)
        if (inputs->found[i].input.file->passing)
            read_one(slots, i);
    for (size_t i = 0; i < slot_count; i++)
        file_reader_free(slots[i].reader, inputs->evidence->pool);
    free(slots);
    size_t unopened = atomic_load(&inputs->unopened);
    if (unopened == SIZE_MAX)
        return true;
    const struct input *input = &inputs->found[unopened].input;
    return refuse(inputs, input->file->path, strerror(input->error));
}

/* Adds the files and what they gave to the evidence, or drops it. */
static void join(struct inputs *inputs, bool dropped)
{
    for (size_t i = 0; i < inputs->count; i++) {
        struct input *input = &inputs->found[i].input;
        if (!dropped)
            evidence_add_file(inputs->evidence, input->file);
        for (struct partial *partial = input->first; partial != NULL; partial = partial->next)
            if (dropped)
                partial_drop(partial);
            else
                partial_join(partial, inputs->evidence);
    }
}

static int by_digest(const void *left, const void *right)
{
    const struct evidence_file *a = *(const struct evidence_file *const *)left;
    const struct evidence_file *b = *(const struct evidence_file *const *)right;
    int order = strcmp(a->sha256, b->sha256);
    return order != 0 ? order : evidence_compare_files(a, b);
}

/* Whether a file with the same bytes says nothing more. Files that could not be used do: two empty
 * exports are two exports that failed. */
static bool may_have_duplicates(const struct evidence_file *file)
{
    return file->hashed && !file->changed &&
           (file->documents > 0 ||
            file->problems.harmless + file->problems.unread == file->problems.count);
}

/* Marks each file that has the same bytes as an earlier one. */
static void find_duplicates(struct evidence *evidence)
{
    struct evidence_file **sorted = memory_resize(NULL, evidence->file_count + 1, sizeof *sorted);
    size_t count = 0;
    for (size_t i = 0; i < evidence->file_count; i++)
        if (may_have_duplicates(evidence->files[i]))
            sorted[count++] = evidence->files[i];
    qsort(sorted, count, sizeof *sorted, by_digest);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[first]->sha256, sorted[i]->sha256) != 0) {
            first = i;
            continue;
        }
        sorted[i]->original = sorted[first];
        sorted[first]->named |= sorted[i]->named; /* then its problems are faults */
    }
    free(sorted);
}

/* A duplicate is used once. But the empty lists of two regions are alike, too: each shows for its
 * own region, known from its path, that there are no certificates. */
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
    for (struct mention **link = &evidence->mentions; *link != NULL;)
        if ((*link)->file->original != NULL)
            *link = (*link)->next;
        else
            link = &(*link)->next;
}

/* A duplicate has no problems of its own, but it is one more copy of a private key. */
static void conclude_duplicate(struct pool *pool, struct evidence_file *file)
{
    file->state = EVIDENCE_DUPLICATE;
    file->problems = (struct problems){.kept = NULL};
    if (file->private_key_line > 0)
        evidence_add_problem(pool, file, DIAG_PRIVATE_KEY, file->private_key_line, 0, NULL);
}

/* A file that was named is a fault unless something in it was used. */
static void conclude(struct pool *pool, struct evidence_file *file)
{
    const struct problems *problems = &file->problems;
    size_t faults = problems->count - problems->harmless;
    if (file->state == EVIDENCE_SKIPPED)
        return;
    if (file->original != NULL) {
        conclude_duplicate(pool, file);
        return;
    }
    file->fault = faults > 0 || (file->named && file->documents == 0);
    if (file->documents > 0)
        file->state = file->fault ? EVIDENCE_PARTIAL : EVIDENCE_USED;
    else if (faults == 0)
        file->state = EVIDENCE_UNRELATED;
    else
        file->state = faults == problems->unread ? EVIDENCE_UNREAD : EVIDENCE_UNUSABLE;
}

static void expect_bytes(const struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        off_t size = inputs->found[i].input.size;
        if (inputs->found[i].readable)
            progress_expect(inputs->progress, size < 0 ? PROGRESS_UNKNOWN : (uint64_t)size);
    }
}

bool inputs_read(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, struct thread_pool *threads,
                 struct progress *progress, struct text *error)
{
    struct inputs inputs = {.evidence = evidence,
                            .targets = targets,
                            .target_count = target_count,
                            .streams = file_streams(),
                            .threads = threads,
                            .progress = progress,
                            .error = error};
    atomic_init(&inputs.unopened, SIZE_MAX);
    bool fine = true;
    for (size_t i = 0; fine && i < path_count; i++)
        fine = add_path(&inputs, paths[i]);
    if (fine) {
        sort_found(&inputs);
        expect_bytes(&inputs);
        fine = read_found(&inputs);
    }
    join(&inputs, !fine);
    free(inputs.found);
    if (!fine)
        return false;
    find_duplicates(evidence);
    drop_duplicates(evidence);
    for (size_t i = 0; i < evidence->file_count; i++)
        conclude(evidence->pool, evidence->files[i]);
    return true;
}
