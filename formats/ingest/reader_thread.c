/* reader_thread.c: see reader_thread.h. */
#include "ingest/reader_thread.h"
#include "aws/readers.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/pool.h"
#include "ingest/work_queue.h"
#include "json/json_tree.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* So much of a file is read by the thread that opened it: small files are not worth a copy. */
enum { UNSHARED_BYTES = 64 * 1024 };

struct reader_thread {
    struct work_queue *queue;
    struct pool *pool; /* what lasts */
    struct pool *tree; /* of the document that is read */
    struct json *json;
    struct file *file;
    struct text scratch;
    struct batch stretch; /* to be offered */
};

struct reader_thread *reader_thread_new(struct work_queue *queue, struct progress *progress)
{
    struct reader_thread *lane = memory_resize(NULL, 1, sizeof *lane);

    *lane = (struct reader_thread){.queue = queue,
                                   .pool = pool_new(),
                                   .tree = pool_new(),
                                   .json = json_new(),
                                   .file = file_new(),
                                   .scratch = TEXT_EMPTY};
    file_set_progress(lane->file, progress);
    return lane;
}

void reader_thread_free(struct reader_thread *lane, struct pool *pool)
{
    pool_adopt(pool, lane->pool);
    pool_free(lane->tree);
    json_free(lane->json);
    file_free(lane->file);
    text_free(&lane->scratch);
    batch_free(&lane->stretch);
    free(lane);
}

struct work_queue *reader_thread_queue(const struct reader_thread *lane)
{
    return lane->queue;
}

static struct document_result *new_portion(struct reader_thread *lane, const struct input *input)
{
    struct document_result *portion = pool_alloc(lane->pool, sizeof *portion);
    portion->part.file = input->file;
    return portion;
}

/* The portion behind those that the input has. */
static struct document_result *add_portion(struct reader_thread *lane, struct input *input)
{
    struct document_result *portion = new_portion(lane, input);
    if (input->newest != NULL)
        input->newest->next = portion;
    else
        input->first = portion;
    input->newest = portion;
    return portion;
}

/* The part of the portion, to be filled by this lane and no other one. */
static struct partial *part_of(struct reader_thread *lane, struct document_result *portion)
{
    portion->part.pool = lane->pool;
    return &portion->part;
}

/* Makes the document's tree and reads it, or notes an empty top-level array. */
static void take(struct reader_thread *lane, struct document_result *portion,
                 const struct json_document *document)
{
    struct partial *part = part_of(lane, portion);
    if (document->text == NULL) {
        partial_add_problem(part, DIAG_EMPTY_ARRAY, document->line, document->column, NULL);
        return;
    }
    pool_reset(lane->tree);
    struct reading reading = {part, lane->tree, document->number, document->line, document->column};
    readers_read(&reading, json_tree_read(document, lane->tree));
}

void reader_thread_read_batch(struct reader_thread *lane, struct batch *stretch,
                              struct document_result *portion)
{
    for (size_t i = 0; i < stretch->count; i++) {
        const struct json_document document = batch_document(stretch, i);
        take(lane, portion, &document);
    }
    batch_clear(stretch);
}

static void offer(struct reader_thread *lane, struct input *input)
{
    if (lane->stretch.count > 0)
        work_queue_offer(lane->queue, lane, &lane->stretch, add_portion(lane, input));
}

/* Reads the documents of the open file: those of a large one are offered to other threads, but for
 * a document that is long by itself: copies of such documents would take too much memory. */
static void read_documents(struct reader_thread *lane, struct input *input)
{
    struct json_document document;
    struct document_result *own = NULL;
    size_t read = 0;
    enum json_event event;
    json_start(lane->json, lane->file);
    while ((event = json_next(lane->json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY) {
        bool here = work_queue_is_for_one(lane->queue) || read < UNSHARED_BYTES ||
                    document.length > BATCH_BYTES;
        read += document.length;
        if (here) {
            offer(lane, input);
            own = own != NULL ? own : add_portion(lane, input);
            take(lane, own, &document);
            continue;
        }
        own = NULL;
        batch_add(&lane->stretch, &document);
        if (lane->stretch.text.length >= BATCH_BYTES)
            offer(lane, input);
    }
    offer(lane, input);
    if (event == JSON_BREAK) {
        const struct diag *problem = json_problem(lane->json);
        partial_add_problem(part_of(lane, add_portion(lane, input)), problem->id, problem->line,
                            problem->column, problem->detail);
    }
}

/* A problem of the file as a whole, at its beginning or at no place. */
static void note(struct reader_thread *lane, struct input *input, enum diag_id id, size_t place,
                 const char *detail)
{
    if (input->whole == NULL)
        input->whole = new_portion(lane, input);
    partial_add_problem(part_of(lane, input->whole), id, place, place, detail);
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
static bool read_open(struct reader_thread *lane, struct input *input)
{
    struct file *file = lane->file;
    const char *path = input->file->path;
    size_t count = 0;
    const unsigned char *bytes = file_peek(file, &count);
    bool json = bytes != NULL && count > 0 && json_looks_like(bytes, count, count == FILE_WINDOW);
    if (bytes == NULL)
        note(lane, input, DIAG_CANNOT_READ, 0, strerror(file_error(file)));
    else if (!json && is_named_like_archive(path))
        note(lane, input, DIAG_ARCHIVE, 1, NULL);
    else if (json || input->named || is_named_like_json(path))
        read_documents(lane, input);
    else
        return false;
    return true;
}

static bool read_file(struct reader_thread *lane, struct input *input)
{
    struct evidence_file *entry = input->file;
    struct file *file = lane->file;
    if (!file_start(file, entry->path, !input->named)) {
        input->error = errno;
        if (!input->named)
            note(lane, input, DIAG_CANNOT_OPEN, 0, strerror(input->error));
        return !input->named;
    }
    if (read_open(lane, input))
        entry->hashed = file_finish(file, &entry->bytes, entry->sha256);
    else
        entry->state = EVIDENCE_SKIPPED;
    entry->changed = entry->hashed && file_changed(file);
    if (entry->changed)
        note(lane, input, DIAG_CHANGED, 0, NULL);
    file_end(file);
    return true;
}

static struct evidence_file *new_file(struct reader_thread *lane, const struct input *input)
{
    struct evidence_file *file = pool_alloc(lane->pool, sizeof *file);
    text_clear(&lane->scratch);
    text_add_visible(&lane->scratch, input->entry.path);
    file->path = input->entry.path;
    file->name = pool_text(lane->pool, text_string(&lane->scratch));
    file->named = input->named;
    file->passing = input->passing;
    return file;
}

bool reader_thread_read(struct reader_thread *lane, struct input *input)
{
    input->file = new_file(lane, input);
    switch (input->entry.kind) {
    case WALK_FILE:
        return read_file(lane, input);
    case WALK_UNREADABLE:
        note(lane, input, DIAG_CANNOT_OPEN, 0, strerror(input->entry.error));
        break;
    case WALK_LINK:
    case WALK_SPECIAL:
        if (is_named_like_json(input->file->path))
            note(lane, input, input->entry.kind == WALK_LINK ? DIAG_LINK : DIAG_NOT_REGULAR, 0,
                 NULL);
        else
            input->file->state = EVIDENCE_SKIPPED;
        break;
    }
    return true;
}
