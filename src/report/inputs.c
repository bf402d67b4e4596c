/* inputs.c: see inputs.h. */
#include "report/inputs.h"
#include "audit/assessment.h"
#include "report/report.h"

bool report_input(const struct report *report, size_t number, struct report_input *input)
{
    const struct evidence *evidence = report->assessment->evidence;
    if (number >= evidence->file_count)
        return false;
    const struct evidence_file *file = evidence->files[number];
    *input = (struct report_input){.path = file->path,
                                   .name = file->name,
                                   .sha256 = file->hashed ? file->sha256 : NULL,
                                   .bytes = file->bytes,
                                   .passing = file->passing};
    return true;
}
