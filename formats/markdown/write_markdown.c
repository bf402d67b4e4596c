/* write_markdown.c: the report as a page of GitHub-flavoured Markdown: a workpaper. */
#include "base/pool.h"
#include "markdown/markdown_blocks.h"
#include "report/workpaper.h"
#include "writer.h"
#include <errno.h>

static bool markdown_report(const struct report *report, FILE *stream)
{
    struct pool *pool = pool_new();
    struct blocks workpaper = workpaper_full(report, pool);
    bool fine = markdown_write_blocks(report, &workpaper, stream);
    int number = errno;
    pool_free(pool);
    errno = number;
    return fine;
}

const struct writer write_markdown = {
    .format = "md",
    .ending = ".md",
    .to_stream = markdown_report,
};
