/* fuzz_waivers.c: the bytes as a waiver register, up to the findings that it waives. */
#include "audit/waivers.h"
#include "base/memory.h"
#include "csv/read_waivers.h"
#include "fuzz/fuzz.h"
#include <stdlib.h>
#include <string.h>

enum { XLSX_SHARE = 256 };

/* What waivers_covers answers, by a table of which beginnings fit. */
static bool covers(const char *pattern, const char *arn)
{
    size_t length = strlen(arn);
    bool *fits = memory_resize(NULL, length + 1, sizeof *fits);
    memset(fits, 0, (length + 1) * sizeof *fits);
    fits[0] = true;
    for (; *pattern != '\0'; pattern++) {
        bool before = fits[0]; /* of the place to the left, without this byte of the pattern */
        fits[0] = before && *pattern == '*';
        for (size_t i = 1; i <= length; i++) {
            bool here = fits[i];
            fits[i] = *pattern == '*' ? here || fits[i - 1] : before && arn[i - 1] == *pattern;
            before = here;
        }
    }
    bool all = fits[length];
    free(fits);
    return all;
}

static void require_line(const struct waiver *waiver, size_t lines)
{
    const char *const required[] = {waiver->arn, waiver->owner, waiver->approver, waiver->reason};
    struct text date = TEXT_EMPTY;
    struct timestamp last = timestamp_plus(waiver->expires, -TIMESTAMP_DAY);
    FUZZ_REQUIRE(waiver->line >= 1 && waiver->line <= lines && waiver->rule != NULL);
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        FUZZ_REQUIRE(*required[i] != '\0');
    FUZZ_REQUIRE(timestamp_compare(&waiver->approved, &waiver->expires) < 0);
    timestamp_add_date(&waiver->approved, &date);
    FUZZ_REQUIRE(strcmp(date.bytes, waiver->approved_text) == 0);
    text_clear(&date);
    timestamp_add_date(&last, &date);
    FUZZ_REQUIRE(strcmp(date.bytes, waiver->expires_text) == 0);
    text_free(&date);
    FUZZ_REQUIRE(waivers_covers(waiver->arn, waiver->arn) && waivers_covers("*", waiver->arn));
}

static bool in_force(const struct waiver *waiver, const struct timestamp *as_of)
{
    return timestamp_compare(&waiver->approved, as_of) <= 0 &&
           timestamp_compare(as_of, &waiver->expires) < 0;
}

/* A failure is waived exactly where a line in force covers it, and by the first such line. */
static void require_finding(const struct assessment *assessment, const struct finding *finding)
{
    const struct waivers *waivers = assessment->waivers;
    const struct waiver *expected = NULL;
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->lines[i];
        bool fits = covers(waiver->arn, finding->certificate->arn);
        FUZZ_REQUIRE(fits == waivers_covers(waiver->arn, finding->certificate->arn));
        if (fits && expected == NULL && waiver->rule == finding->rule &&
            in_force(waiver, &assessment->policy.as_of))
            expected = waiver;
    }
    bool failed = finding->condition->result == RESULT_FAIL;
    bool waived = finding->result == RESULT_WAIVED;
    FUZZ_REQUIRE((waived ? finding->waiver : NULL) == (failed ? expected : NULL));
    FUZZ_REQUIRE(failed || (finding->waiver == NULL && !waived));
}

static void require_matches(const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        require_finding(assessment, &assessment->findings[i]);
    for (size_t i = 0; i < assessment->waivers->count; i++) {
        const struct waiver *waiver = &assessment->waivers->lines[i];
        size_t matched = 0;
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct finding *finding = &assessment->findings[j];
            matched += finding->rule == waiver->rule && finding->condition->result == RESULT_FAIL &&
                       covers(waiver->arn, finding->certificate->arn);
        }
        FUZZ_REQUIRE(waiver->matched == matched);
    }
}

void fuzz_waivers(const uint8_t *bytes, size_t size)
{
    struct fuzz_run run;
    struct waivers waivers = {0};
    struct text error = TEXT_EMPTY;
    const char *path = fuzz_path(FUZZ_ADDITION, bytes, size);
    fuzz_run_begin(&run);
    bool read = read_waivers(&waivers, path, run.pool, &error);
    fuzz_require_said(read, &error, path, fuzz_lines(bytes, size));
    if (read) {
        for (size_t i = 0; i < waivers.count; i++) {
            require_line(&waivers.lines[i], fuzz_lines(bytes, size));
            FUZZ_REQUIRE(i == 0 || waivers.lines[i - 1].line <= waivers.lines[i].line);
        }
        run.assessment.waivers = &waivers;
        fuzz_run_read_sample(&run);
        fuzz_run_report(&run, NULL, fuzz_hash(bytes, size) % XLSX_SHARE == 0);
        require_matches(&run.assessment);
    }
    text_free(&error);
    fuzz_run_free(&run);
    waivers_free(&waivers);
}
