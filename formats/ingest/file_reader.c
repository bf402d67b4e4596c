/* file_reader.c: see file_reader.h. */
#include "ingest/file_reader.h"
#include "aws/readers.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/thread_pool.h"
#include "ingest/batch.h"
#include "ingest/own_files.h"
#include "ingest/text_scan.h"
#include "json/json_tree.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A slot of thread_pool_run: a batch, and what is needed to read it. All but reader is made when it
 * is first used. */
struct batch_slot {
    struct file_reader *reader;
    struct batch batch;
    struct partial *partial; /* what the batch gave */
    struct pool *results;
    struct pool *tree; /* of the document that is read */
};

struct file_reader {
    struct thread_pool *threads;
    struct file *file;
    struct json *json;
    struct text_scan *scan;   /* NULL until it is needed, */
    unsigned char *piece;     /* as what it is given */
    struct input *input;      /* that is read */
    enum json_event event;    /* the last one of its documents */
    struct batch_slot *slots; /* the first is in use until the reader is freed */
    size_t slot_count;
};

static void open_slot(struct batch_slot *slot)
{
    if (slot->results != NULL)
        return;
    slot->results = pool_new();
    slot->tree = pool_new();
}

static void close_slot(struct batch_slot *slot, struct pool *results)
{
    if (slot->results == NULL)
        return;
    pool_adopt(results, slot->results);
    pool_free(slot->tree);
    batch_free(&slot->batch);
    *slot = (struct batch_slot){.reader = slot->reader};
}

struct file_reader *file_reader_new(struct thread_pool *threads, struct progress *progress)
{
    struct file_reader *reader = memory_resize(NULL, 1, sizeof *reader);

    *reader = (struct file_reader){.threads = threads,
                                   .file = file_new(),
                                   .json = json_new(),
                                   .slot_count = thread_pool_slots(threads)};
    file_set_progress(reader->file, progress);
    reader->slots = memory_resize(NULL, reader->slot_count, sizeof *reader->slots);
    for (size_t i = 0; i < reader->slot_count; i++)
        reader->slots[i] = (struct batch_slot){.reader = reader};
    open_slot(reader->slots);
    return reader;
}

void file_reader_free(struct file_reader *reader, struct pool *pool)
{
    if (reader == NULL)
        return;
    close_slot(reader->slots, pool);
    free(reader->slots);
    json_free(reader->json);
    text_scan_free(reader->scan);
    free(reader->piece);
    file_free(reader->file);
    free(reader);
}

/* Makes the document's tree and has it read, or notes an empty top-level array. */
static void read_document(struct batch_slot *slot, const struct json_document *document)
{
    struct partial *partial = slot->partial;
    if (document->text == NULL) {
        partial_add_problem(partial, DIAG_EMPTY_ARRAY, document->line, document->column, NULL);
        return;
    }
    pool_reset(slot->tree);
    struct reading reading = {.part = partial,
                              .pool = slot->tree,
                              .document = document->number,
                              .line = document->line,
                              .column = document->column};
    readers_read(&reading, json_tree_read(document, slot->tree));
}

static void read_batch(void *item, size_t number)
{
    struct batch_slot *slot = item;
    (void)number;
    for (size_t i = 0; i < slot->batch.count; i++) {
        const struct json_document document = batch_document(&slot->batch, i);
        read_document(slot, &document);
    }
    batch_clear(&slot->batch);
}

static struct partial *new_partial(struct batch_slot *slot)
{
    struct partial *partial = pool_alloc(slot->results, sizeof *partial);
    partial->pool = slot->results;
    partial->file = slot->reader->input->file;
    return partial;
}

/* Checks documents until the batch is full. One that is longer than a batch is read here, without a
 * copy: copies of several would take too much memory. */
static bool fill_batch(void *item, size_t number)
{
    struct batch_slot *slot = item;
    struct file_reader *reader = slot->reader;
    if (reader->event == JSON_END || reader->event == JSON_BREAK)
        return false;
    open_slot(slot);
    slot->partial = new_partial(slot);
    while (!batch_is_full(&slot->batch)) {
        struct json_document document;
        reader->event = json_next(reader->json, &document);
        if (reader->event == JSON_END || reader->event == JSON_BREAK)
            return slot->batch.count > 0;
        if (document.length > BATCH_BYTES) {
            read_batch(slot, number);
            read_document(slot, &document);
            return true;
        }
        batch_add(&slot->batch, &document);
    }
    return true;
}

/* Gives the results to the input. */
static bool keep_results(void *item, size_t number)
{
    struct batch_slot *slot = item;
    struct input *input = slot->reader->input;
    (void)number;
    partial_join_file(slot->partial);
    if (input->last != NULL)
        input->last->next = slot->partial;
    else
        input->first = slot->partial;
    input->last = slot->partial;
    return true;
}

/* Notes a problem of the file that is read. */
static void note(struct file_reader *reader, enum diag_id id, size_t line, size_t column,
                 const char *detail)
{
    evidence_add_problem(reader->slots->results, reader->input->file, id, line, column, detail);
}

static void read_documents(struct file_reader *reader)
{
    const struct work work = {.slots = reader->slots,
                              .slot_size = sizeof *reader->slots,
                              .supply = fill_batch,
                              .produce = read_batch,
                              .consume = keep_results};
    json_start(reader->json, reader->file);
    reader->event = JSON_EMPTY;
    (void)thread_pool_run(reader->threads, &work); /* keep_results never fails */
    if (reader->event == JSON_BREAK) {
        const struct diag *problem = json_problem(reader->json);
        note(reader, problem->id, problem->line, problem->column, problem->detail);
    }
    for (size_t i = 1; i < reader->slot_count; i++)
        close_slot(&reader->slots[i], reader->slots->results);
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

bool file_reader_is_json_name(const char *path)
{
    static const char *const endings[] = {".json", ".jsonl", ".ndjson", NULL};
    return ends_like(path, endings);
}

static bool is_archive_name(const char *path)
{
    static const char *const endings[] = {".zip", ".7z", ".gz",  ".tgz", ".tar",
                                          ".bz2", ".xz", ".msg", ".eml", NULL};
    return ends_like(path, endings);
}

/* Notes the first trace of a certificate in text that is not JSON; false if there is none. A file
 * of certaudit's own has traces, too, but nothing else may be appended to its rows. */
static bool scan_text(struct file_reader *reader, bool own, struct own_rows *rows)
{
    enum diag_id id;
    const char *detail;
    size_t count;
    if (reader->scan == NULL) {
        reader->scan = text_scan_new();
        reader->piece = memory_resize(NULL, FILE_WINDOW, 1);
    }
    text_scan_start(reader->scan);
    while ((count = file_read(reader->file, reader->piece, FILE_WINDOW)) > 0) {
        text_scan_add(reader->scan, reader->piece, count);
        own_rows_add(rows, reader->piece, count);
    }
    own_rows_end(rows);
    size_t line = text_scan_end(reader->scan, &id, &detail);
    if (line == 0 || (own && !rows->broken))
        return false;
    note(reader, id, line, 0, detail);
    return true;
}

/* Reads text, of which these are the first bytes. */
static void read_text(struct file_reader *reader, const unsigned char *bytes, size_t count)
{
    struct evidence_file *entry = reader->input->file;
    struct own_rows rows;
    const char *kind = own_files_kind(bytes, count, &rows);
    if (scan_text(reader, kind != NULL, &rows))
        return;
    entry->state = EVIDENCE_SKIPPED;
    entry->reason =
        kind != NULL && !rows.broken ? kind : "not JSON, and without traces of certificates";
}

static void read_open(struct file_reader *reader)
{
    const struct evidence_file *entry = reader->input->file;
    size_t count = 0;
    const unsigned char *bytes = file_peek(reader->file, &count);
    bool json = bytes != NULL && count > 0 && json_looks_like(bytes, count, count == FILE_WINDOW);
    if (bytes == NULL)
        note(reader, DIAG_CANNOT_READ, 0, 0, strerror(file_error(reader->file)));
    else if (!json && is_archive_name(entry->path))
        note(reader, DIAG_ARCHIVE, 1, 1, NULL);
    else if (json || entry->named || file_reader_is_json_name(entry->path))
        read_documents(reader);
    else
        read_text(reader, bytes, count);
}

/* A bare value, which a problem quotes, may be the key or a line of it. */
static void warn_of_key(struct file_reader *reader)
{
    struct evidence_file *entry = reader->input->file;
    for (size_t i = 0; i < entry->problems.count && i < LIMIT_PROBLEMS; i++)
        if (entry->problems.kept[i].id == DIAG_BARE_VALUE)
            entry->problems.kept[i].detail = NULL;
    note(reader, DIAG_PRIVATE_KEY, entry->private_key_line, 0, NULL);
}

/* Reads the rest of the file: its digest and a warning of a private key are of all of it. Files
 * that are skipped are not evidence, and are not listed with a digest. */
static void finish(struct file_reader *reader)
{
    struct evidence_file *entry = reader->input->file;
    bool skipped = entry->state == EVIDENCE_SKIPPED;
    bool whole = file_finish(reader->file, &entry->bytes, entry->sha256);
    entry->hashed = whole && !skipped;
    entry->changed = entry->hashed && file_changed(reader->file);
    entry->private_key_line = file_private_key(reader->file);
    if (skipped && !whole) {
        entry->state = EVIDENCE_UNUSABLE;
        note(reader, DIAG_CANNOT_READ, 0, 0, strerror(file_error(reader->file)));
    }
    if (entry->changed)
        note(reader, DIAG_CHANGED, 0, 0, NULL);
    if (entry->private_key_line > 0)
        warn_of_key(reader);
}

/* A walked file that has become unreadable is a problem; a named one ends the run. */
static void note_unopened(struct file_reader *reader, int error)
{
    if (reader->input->file->named)
        reader->input->error = error;
    else
        note(reader, DIAG_CANNOT_OPEN, 0, 0, strerror(error));
}

void file_reader_read(struct file_reader *reader, struct input *input)
{
    struct evidence_file *entry = input->file;
    reader->input = input;
    if (!file_start(reader->file, entry->path, !entry->named)) {
        note_unopened(reader, errno);
        return;
    }
    read_open(reader);
    finish(reader);
    file_end(reader->file);
}
