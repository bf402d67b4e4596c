/* outputs.c: one way for every report to reach its file. */
#include "outputs.h"
#include "digest.h"
#include "progress.h"
#include "publish.h"
#include "text.h"
#include "write_pack.h"
#include "writers.h"
#include <errno.h>
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

static bool write_file(const struct report *report, const struct output *output,
                       struct publish *publish, struct text *error)
{
    const char *target = output->target, *scratch = NULL;
    const char *path = publish_stage(publish, target, error);
    if (path != NULL && output->writer->to_path != NULL) {
        scratch = publish_stage_scratch(publish, target, error);
        if (scratch == NULL)
            return false;
    }
    return path != NULL && writers_write(output->writer, report, path, scratch, target, error);
}

bool outputs_write(const struct report *report, const struct output *outputs, size_t count,
                   const char *pack, struct publish *publish, struct progress *progress,
                   struct text *error)
{
    char digest[DIGEST_HEX];
    for (size_t i = 0; i < count; i++)
        if (!is_stdout(&outputs[i]) && !write_file(report, &outputs[i], publish, error))
            return false;
    if (pack != NULL && !write_pack(report, pack, publish, digest, error))
        return false;
    if (!publish_prepare(publish, error))
        return false;
    progress_stop(progress); /* standard output may be the same terminal */
    /* Late: what has gone to standard output cannot be taken back. */
    for (size_t i = 0; i < count; i++)
        if (is_stdout(&outputs[i]) &&
            !check_stdout(outputs[i].writer->to_stream(report, stdout), error))
            return false;
    if (pack != NULL && !check_stdout(printf("%s\n", digest) > 0, error))
        return false;
    return publish_commit(publish, error);
}
