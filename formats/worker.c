/* worker.c: see worker.h. */
#include "worker.h"
#include "file.h"
#include "json_tree.h"
#include "memory.h"
#include "pool.h"
#include "queue.h"
#include "readers.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* So much of a file is read by the thread that opened it: small files are not worth a copy. */
enum { UNSHARED_BYTES = 64 * 1024 };

struct worker {
    struct queue *queue;
    struct pool *pool; /* what lasts */
    struct pool *tree; /* of the document that is read */
    struct json *json;
    struct file *file;
    struct text scratch, detail;
    struct stretch stretch; /* to be offered */
};

struct worker *worker_new(struct queue *queue)
{
    struct worker *worker = memory_resize(NULL, 1, sizeof *worker);

    *worker = (struct worker){.queue = queue,
                              .pool = pool_new(),
                              .tree = pool_new(),
                              .json = json_new(),
                              .file = file_new(),
                              .scratch = TEXT_EMPTY,
                              .detail = TEXT_EMPTY};
    return worker;
}

void worker_free(struct worker *worker, struct pool *pool)
{
    pool_adopt(pool, worker->pool);
    pool_free(worker->tree);
    json_free(worker->json);
    file_free(worker->file);
    text_free(&worker->scratch);
    text_free(&worker->detail);
    stretch_free(&worker->stretch);
    free(worker);
}

struct queue *worker_queue(const struct worker *worker)
{
    return worker->queue;
}

static struct portion *new_portion(struct worker *worker, const struct input *input)
{
    struct portion *portion = pool_alloc(worker->pool, sizeof *portion);
    portion->part.file = input->file;
    return portion;
}

/* The portion behind those that the input has. */
static struct portion *add_portion(struct worker *worker, struct input *input)
{
    struct portion *portion = new_portion(worker, input);
    if (input->newest != NULL)
        input->newest->next = portion;
    else
        input->first = portion;
    input->newest = portion;
    return portion;
}

/* The part of the portion, to be filled by this worker and no other one. */
static struct part *part_of(struct worker *worker, struct portion *portion)
{
    portion->part.pool = worker->pool;
    portion->part.scratch = &worker->scratch;
    return &portion->part;
}

/* Makes the document's tree and reads it, or notes an empty top-level array. False where nothing
 * behind it may be used. */
static bool take(struct worker *worker, struct portion *portion,
                 const struct json_document *document)
{
    struct part *part = part_of(worker, portion);
    struct diag problem;
    if (document->text == NULL) {
        part_add_problem(part, DIAG_EMPTY_ARRAY, document->line, document->column, NULL);
        return true;
    }
    pool_reset(worker->tree);
    const cJSON *root = json_tree_read(document, worker->tree, &problem, &worker->detail);
    portion->last = root == NULL;
    if (root == NULL) {
        part_add_problem(part, problem.id, problem.line, problem.column, problem.detail);
        return false;
    }
    struct reading reading = {part, worker->tree, document->number, document->line,
                              document->column};
    readers_read(&reading, root);
    return true;
}

void worker_read_stretch(struct worker *worker, struct stretch *stretch, struct portion *portion)
{
    for (size_t i = 0; i < stretch->count; i++) {
        const struct json_document document = stretch_document(stretch, i);
        if (!take(worker, portion, &document))
            break;
    }
    stretch_clear(stretch);
}

static void offer(struct worker *worker, struct input *input)
{
    if (worker->stretch.count > 0)
        queue_offer(worker->queue, worker, &worker->stretch, add_portion(worker, input));
}

/* Reads the documents of the open file: here, or by whoever has time. A document that is long by
 * itself is read here, where it lies: copies of such would multiply what memory holds. */
static void read_documents(struct worker *worker, struct input *input)
{
    struct json_document document;
    struct portion *own = NULL;
    size_t read = 0;
    enum json_event event;
    bool more = true;
    json_start(worker->json, worker->file);
    while (more &&
           ((event = json_next(worker->json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY)) {
        bool here = queue_is_for_one(worker->queue) || read < UNSHARED_BYTES ||
                    document.length > STRETCH_BYTES;
        read += document.length;
        if (here) {
            offer(worker, input);
            own = own != NULL ? own : add_portion(worker, input);
            more = take(worker, own, &document);
            continue;
        }
        own = NULL;
        stretch_add(&worker->stretch, &document);
        if (worker->stretch.text.length >= STRETCH_BYTES)
            offer(worker, input);
    }
    offer(worker, input);
    if (more && event == JSON_BREAK) {
        const struct diag *problem = json_problem(worker->json);
        part_add_problem(part_of(worker, add_portion(worker, input)), problem->id, problem->line,
                         problem->column, problem->detail);
    }
}

/* A problem of the file as a whole, at its beginning or at no place. */
static void note(struct worker *worker, struct input *input, enum diag_id id, size_t place,
                 const char *detail)
{
    if (input->whole == NULL)
        input->whole = new_portion(worker, input);
    part_add_problem(part_of(worker, input->whole), id, place, place, detail);
}

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

/* Reads the open file where it is one to read; false where it is skipped. */
static bool read_open(struct worker *worker, struct input *input)
{
    struct file *file = worker->file;
    const char *path = input->file->path;
    size_t count = 0;
    const unsigned char *bytes = file_peek(file, &count);
    bool json = bytes != NULL && count > 0 && json_looks_like(bytes, count, count == FILE_WINDOW);
    if (bytes == NULL)
        note(worker, input, DIAG_CANNOT_READ, 0, strerror(file_error(file)));
    else if (!json && is_named_like_archive(path))
        note(worker, input, DIAG_ARCHIVE, 1, NULL);
    else if (json || input->named || is_named_like_json(path))
        read_documents(worker, input);
    else
        return false;
    return true;
}

static bool read_file(struct worker *worker, struct input *input)
{
    struct evidence_file *entry = input->file;
    struct file *file = worker->file;
    if (!file_start(file, entry->path, !input->named)) {
        input->error = errno;
        if (!input->named)
            note(worker, input, DIAG_CANNOT_OPEN, 0, strerror(input->error));
        return !input->named;
    }
    if (read_open(worker, input))
        entry->hashed = file_finish(file, &entry->bytes, entry->sha256);
    else
        entry->state = EVIDENCE_SKIPPED;
    entry->changed = entry->hashed && file_changed(file);
    if (entry->changed)
        note(worker, input, DIAG_CHANGED, 0, NULL);
    file_end(file);
    return true;
}

static struct evidence_file *new_file(struct worker *worker, const struct input *input)
{
    struct evidence_file *file = pool_alloc(worker->pool, sizeof *file);
    text_clear(&worker->scratch);
    text_add_visible(&worker->scratch, input->entry.path);
    file->path = input->entry.path;
    file->name = pool_text(worker->pool, text_string(&worker->scratch));
    file->named = input->named;
    file->passing = input->passing;
    return file;
}

bool worker_read(struct worker *worker, struct input *input)
{
    input->file = new_file(worker, input);
    switch (input->entry.kind) {
    case WALK_FILE:
        return read_file(worker, input);
    case WALK_UNREADABLE:
        note(worker, input, DIAG_CANNOT_OPEN, 0, strerror(input->entry.error));
        break;
    case WALK_LINK:
    case WALK_SPECIAL:
        if (is_named_like_json(input->file->path))
            note(worker, input, input->entry.kind == WALK_LINK ? DIAG_LINK : DIAG_NOT_REGULAR, 0,
                 NULL);
        else
            input->file->state = EVIDENCE_SKIPPED;
        break;
    }
    return true;
}
