/* write_terminal.c: see write_terminal.h. */
#include "terminal/write_terminal.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/thread_pool.h"
#include "report/report.h"
#include "report/workpaper.h"
#include "terminal/terminal_blocks.h"
#include <stdlib.h>

/* Rows of DETAILS that are put into words at a time, by several threads. */
enum { CHUNK_ROWS = 64 };

struct detail_chunk {
    struct terminal_page page;
    struct block_reader reader;
    struct pool *pool; /* of a row's blocks */
    FILE *stream;
};

static void make_chunk(void *slot, size_t number)
{
    struct detail_chunk *chunk = slot;
    chunk->reader.next = number * CHUNK_ROWS;
    for (size_t i = 0; i < CHUNK_ROWS && blocks_next(&chunk->reader); i++) {
        struct blocks blocks = {.pool = chunk->pool};
        chunk->reader.block->detail(&blocks, &chunk->reader.open);
        terminal_add_detail(&chunk->page, &blocks);
        pool_reset(chunk->pool);
    }
}

static bool flush(struct terminal_page *page, FILE *stream)
{
    bool fine = fwrite(text_string(&page->text), 1, page->text.length, stream) == page->text.length;
    text_clear(&page->text);
    return fine;
}

static bool write_chunk(void *slot, size_t number)
{
    struct detail_chunk *chunk = slot;
    (void)number;
    return flush(&chunk->page, chunk->stream);
}

static bool write_details(const struct report *report, const struct terminal *terminal,
                          const struct block *block, FILE *stream)
{
    size_t slots = thread_pool_slots(report->workers);
    struct detail_chunk *chunks = memory_resize(NULL, slots, sizeof *chunks);
    const struct work work = {.count = (block->row_count + CHUNK_ROWS - 1) / CHUNK_ROWS,
                              .slots = chunks,
                              .slot_size = sizeof *chunks,
                              .produce = make_chunk,
                              .consume = write_chunk};
    for (size_t i = 0; i < slots; i++)
        chunks[i] = (struct detail_chunk){
            {report, terminal, TEXT_EMPTY}, blocks_read(report, block), pool_new(), stream};
    bool fine = thread_pool_run(report->workers, &work);
    for (size_t i = 0; i < slots; i++) {
        text_free(&chunks[i].page.text);
        blocks_end(&chunks[i].reader);
        pool_free(chunks[i].pool);
    }
    free(chunks);
    return fine;
}

bool write_terminal(const struct report *report, const struct terminal *terminal, FILE *stream)
{
    struct pool *pool = pool_new();
    struct terminal_page page = {report, terminal, TEXT_EMPTY};
    struct blocks blocks = workpaper_terminal(report, terminal->verbose, pool);
    const struct block *before = NULL;
    bool fine = true;
    for (const struct block *block = blocks.first; fine && block != NULL; block = block->next) {
        if (block->kind == BLOCK_DETAILS)
            fine = flush(&page, stream) && write_details(report, terminal, block, stream);
        else
            terminal_add_block(&page, block, before);
        before = block;
    }
    fine = fine && flush(&page, stream) && fflush(stream) == 0;
    text_free(&page.text);
    pool_free(pool);
    return fine;
}
