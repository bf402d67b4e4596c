/* outputs.c: see outputs.h. */
#include "outputs.h"
#include "base/digest.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/publish.h"
#include "base/text.h"
#include "pack/write_pack.h"
#include "report/report.h"
#include "writers.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_stdout(const struct output *output)
{
    return strcmp(output->target, "-") == 0;
}

static bool check_stdout(bool fine, struct text *error)
{
    if (fine && fflush(stdout) == 0)
        return true;
    text_addf(error, "standard output: cannot be written: %s", strerror(errno));
    return false;
}

/* Adds the outputs that are files; false if one cannot be staged. */
static bool stage(const struct output *outputs, size_t count, struct publish *publish,
                  struct writers_file *files, size_t *staged, struct text *error)
{
    *staged = 0;
    for (size_t i = 0; i < count; i++) {
        const char *target = outputs[i].target;
        if (is_stdout(&outputs[i]))
            continue;
        struct writers_file *file = &files[(*staged)++];
        *file = (struct writers_file){.name = target, .writer = outputs[i].writer};
        file->path = publish_stage(publish, target, error);
        if (file->path != NULL && file->writer->begin != NULL)
            file->scratch = publish_stage_scratch(publish, target, error);
        if (file->path == NULL || (file->writer->begin != NULL && file->scratch == NULL))
            return false;
    }
    return true;
}

/* Writes everything that goes to files. */
static bool write_files(const struct report *report, const struct output *outputs, size_t count,
                        const char *pack, struct publish *publish, char digest[DIGEST_HEX],
                        struct text *error)
{
    struct writers_file *files = memory_resize(NULL, count + PACK_FILES_MOST, sizeof *files);
    struct pack staged = {.count = 0};
    size_t file_count;
    bool fine = stage(outputs, count, publish, files, &file_count, error);
    staged.files = files + file_count;
    fine = fine && (pack == NULL || pack_stage(&staged, report, pack, publish, error)) &&
           writers_write(report, files, file_count + staged.count, error) &&
           (pack == NULL || pack_finish(&staged, publish, digest, error));
    free(files);
    return fine;
}

bool outputs_write(const struct report *report, const struct output *outputs, size_t count,
                   const char *pack, struct publish *publish, struct text *error)
{
    char digest[DIGEST_HEX];
    if (!write_files(report, outputs, count, pack, publish, digest, error) ||
        !publish_prepare(publish, error))
        return false;
    progress_stop(report->progress); /* standard output may be the same terminal */
    /* Late: what has gone to standard output cannot be taken back. */
    for (size_t i = 0; i < count; i++)
        if (is_stdout(&outputs[i]) &&
            !check_stdout(outputs[i].writer->to_stream(report, stdout), error))
            return false;
    if (!publish_commit(publish, error))
        return false;
    if (pack == NULL || check_stdout(printf("%s\n", digest) > 0, error))
        return true;
    text_addf(error, "; the pack is complete: its digest is the SHA-256 of its SHA256SUMS, %s",
              digest);
    return false;
}
