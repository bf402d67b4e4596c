/* sums.c: see sums.h. */
#include "pack/sums.h"
#include "base/text.h"
#include "report/inputs.h"
#include <string.h>

void sums_add(struct text *text, const char *sha256, const char *name)
{
    if (strpbrk(name, "\\\n\r") != NULL)
        text_add(text, "\\");
    text_addf(text, "%s  ", sha256);
    for (; *name != '\0'; name++) {
        const char *escaped = *name == '\\'   ? "\\\\"
                              : *name == '\n' ? "\\n"
                              : *name == '\r' ? "\\r"
                                              : NULL;
        if (escaped != NULL)
            text_add(text, escaped);
        else
            text_add_bytes(text, name, 1);
    }
    text_add(text, "\n");
}

void sums_add_inputs(struct text *text, const struct report *report)
{
    struct report_input input;
    for (size_t i = 0; report_input(report, i, &input); i++) {
        if (input.sha256 == NULL)
            continue;
        if (input.passing)
            text_addf(text, "# %s  %s (%zu bytes, not a regular file, so it cannot be checked)\n",
                      input.sha256, input.name, input.bytes);
        else
            sums_add(text, input.sha256, input.path);
    }
}
