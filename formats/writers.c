/* writers.c: see writers.h. */
#include "writers.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/thread_pool.h"
#include "csv/csv_table.h"
#include "report/report.h"
#include <errno.h>
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
    /* Not "wb": if the file is gone, another thread is ending the process, and must not be given a
     * new file. */
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
    if (fine && file->summed && !file_sha256(file->path, file->sha256)) {
        int number = errno;
        text_add_visible(&file->error, file->name);
        text_addf(&file->error, ": cannot be read back: %s", strerror(number));
    }
}

/* Work for the thread pool. The first piece is all files that were begun: finishing one takes
 * longer than anything else, and libxlsxwriter must not run on two threads (it calls gmtime). Each
 * other file is a piece of its own. */
struct writing {
    const struct report *report;
    struct writers_file **files; /* those that were begun come first */
    size_t first_piece;          /* files in it */
};

static void write_piece(void *item, size_t number)
{
    const struct writing *writing = item;
    size_t first = number == 0 ? 0 : writing->first_piece - 1 + number;
    size_t end = number == 0 ? writing->first_piece : first + 1;
    for (size_t i = first; i < end; i++)
        write_file(writing->report, writing->files[i]);
}

static void write_all(const struct report *report, struct writers_file *files, size_t count)
{
    struct writers_file **sorted = memory_resize(NULL, count, sizeof(struct writers_file *));
    size_t begun = 0, others;
    for (size_t i = 0; i < count; i++)
        if (files[i].begun != NULL)
            sorted[begun++] = &files[i];
    others = begun;
    for (size_t i = 0; i < count; i++)
        if (files[i].begun == NULL)
            sorted[others++] = &files[i];
    struct writing writing = {report, sorted, begun > 0 ? begun : 1};
    const struct work work = {
        .count = count - writing.first_piece + 1, .slots = &writing, .produce = write_piece};
    (void)thread_pool_run(report->workers, &work); /* a failure is noted in its file */
    free(sorted);
}

bool writers_write(const struct report *report, struct writers_file *files, size_t count,
                   struct text *error)
{
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
    if (count > 0)
        write_all(report, files, count);
    for (size_t i = 0; i < count; i++) {
        if (fine && files[i].error.length > 0) {
            text_add(error, text_string(&files[i].error));
            fine = false;
        }
        text_free(&files[i].error);
    }
    return fine;
}
