/* writers.c: see writers.h. */
#include "writers.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/thread_pool.h"
#include "csv/csv_table.h"
#include "pack/sums.h"
#include "report/report.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

const struct writer *const writers[] = {&write_csv, &write_markdown, &write_xlsx, NULL};

static bool refuse(struct writers_file *file, const char *why)
{
    text_add_visible(&file->error, file->name);
    text_addf(&file->error, ": cannot be written: %s", why);
    return false;
}

static bool write_stream(const struct report *report, struct writers_file *file)
{
    /* Not "wb": where the file is gone, another thread is ending the process. */
    FILE *stream = fopen(file->path, "r+b");
    if (stream == NULL)
        return refuse(file, strerror(errno));
    bool fine = file->writer != NULL ? file->writer->to_stream(report, stream)
                                     : csv_table(report, file->table, stream);
    int number = errno;
    if (fclose(stream) != 0 && fine) {
        fine = false;
        number = errno;
    }
    return fine || refuse(file, strerror(number));
}

static bool finish(struct writers_file *file)
{
    struct text why = TEXT_EMPTY;
    bool fine = file->writer->finish(file->begun, &why);
    if (!fine)
        refuse(file, text_string(&why));
    text_free(&why);
    return fine;
}

static size_t rows_of_tables(const struct report *report)
{
    size_t rows = 0;
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++)
        rows += report->tables[i].absent ? 0 : report->tables[i].row_count;
    return rows;
}

/* The rows that are added to progress for a file. Those of a workbook count twice, since it takes
 * as long to finish it as to write its rows. */
static size_t progress_of(const struct report *report, const struct writers_file *file)
{
    if (file->table != NULL)
        return file->table->row_count;
    if (file->writer->findings_alone)
        return report->tables[REPORT_FINDINGS].row_count;
    return file->writer->begin != NULL ? 2 * rows_of_tables(report) : 0;
}

static void write_file(const struct report *report, struct writers_file *file)
{
    bool fine = file->begun != NULL ? finish(file) : write_stream(report, file);
    if (file->begun != NULL)
        progress_add(report->progress, file->name, rows_of_tables(report));
    if (fine && file->summed && !sums_of_file(file->path, file->sha256)) {
        int number = errno;
        text_add_visible(&file->error, file->name);
        text_addf(&file->error, ": cannot be read back: %s", strerror(number));
    }
}

/* Files that are being written, by several threads. */
struct lanes {
    const struct report *report;
    struct writers_file *files;
    size_t count;
    atomic_size_t next; /* of those that were not begun */
};

struct lane {
    struct lanes *lanes;
};

/* Until none is left. What was begun is finished in the first lane: it takes one thread longer than
 * anything else, and libxlsxwriter is not for two (gmtime). */
static void run_lane(void *place, size_t number)
{
    struct lanes *lanes = ((struct lane *)place)->lanes;
    struct writers_file *files = lanes->files;
    size_t next;
    for (size_t i = 0; number == 0 && i < lanes->count; i++)
        if (files[i].begun != NULL)
            write_file(lanes->report, &files[i]);
    while ((next = atomic_fetch_add(&lanes->next, 1)) < lanes->count)
        if (files[next].begun == NULL)
            write_file(lanes->report, &files[next]);
}

static bool end_lane(void *place, size_t number)
{
    (void)place;
    (void)number;
    return true;
}

/* A lane for each thread. */
static void run_lanes(struct lanes *lanes)
{
    size_t places = thread_pool_slots(lanes->report->workers);
    struct lane *lane = memory_resize(NULL, places, sizeof *lane);
    const struct work work = {.count = places < lanes->count ? places : lanes->count,
                              .slots = lane,
                              .slot_size = sizeof *lane,
                              .produce = run_lane,
                              .consume = end_lane};
    for (size_t i = 0; i < places; i++)
        lane[i].lanes = lanes;
    (void)thread_pool_run(lanes->report->workers, &work); /* no lane fails: its files may */
    free(lane);
}

bool writers_write(const struct report *report, struct writers_file *files, size_t count,
                   struct text *error)
{
    struct lanes lanes = {.report = report, .files = files, .count = count};
    bool fine = true;
    for (size_t i = 0; i < count; i++)
        progress_expect(report->progress, progress_of(report, &files[i]));
    for (size_t i = 0; i < count; i++) {
        const struct writer *writer = files[i].writer;
        files[i].error = TEXT_EMPTY;
        files[i].begun = writer != NULL && writer->begin != NULL
                             ? writer->begin(report, files[i].path, files[i].scratch)
                             : NULL;
    }
    run_lanes(&lanes);
    for (size_t i = 0; i < count; i++) {
        if (fine && files[i].error.length > 0) {
            text_add(error, text_string(&files[i].error));
            fine = false;
        }
        text_free(&files[i].error);
    }
    return fine;
}
