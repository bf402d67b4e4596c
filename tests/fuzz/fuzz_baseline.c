/* fuzz_baseline.c: the bytes as an earlier findings.csv, up to what has changed since. */
#include "audit/baseline.h"
#include "csv/read_baseline.h"
#include "fuzz/fuzz.h"
#include <string.h>

enum { XLSX_SHARE = 256 };

/* The kind of a change by the words of certaudit(5); RESULT_COUNT means absent. */
static enum change_kind kind_of(enum result before, enum result after)
{
    bool failed = before == RESULT_FAIL, undecided = before == RESULT_UNKNOWN;
    bool waived = before == RESULT_WAIVED;
    if (before == RESULT_COUNT && (after == RESULT_FAIL || after == RESULT_UNKNOWN))
        return CHANGE_NEW;
    if (before == RESULT_PASS && after == RESULT_FAIL)
        return CHANGE_REGRESSED;
    if ((failed || waived) && after == RESULT_PASS)
        return CHANGE_RESOLVED;
    if ((failed || waived || undecided) && after == RESULT_COUNT)
        return CHANGE_VANISHED;
    return failed && after == RESULT_FAIL ? CHANGE_STILL_FAILING : CHANGE_CHANGED;
}

static void require_change(const struct change *change)
{
    enum result before = change->before != NULL ? change->before->result : RESULT_COUNT;
    enum result after = change->after != NULL ? change->after->result : RESULT_COUNT;
    FUZZ_REQUIRE(before != after || before == RESULT_FAIL);
    FUZZ_REQUIRE((before != RESULT_COUNT && before != RESULT_PASS) ||
                 (after != RESULT_COUNT && (before == RESULT_PASS || after != RESULT_PASS)));
    FUZZ_REQUIRE(change->kind == kind_of(before, after));
    if (change->before != NULL && change->after != NULL) {
        FUZZ_REQUIRE(change->before->rule == change->after->rule && change->before->seen);
        FUZZ_REQUIRE(strcmp(change->before->arn, change->after->certificate->arn) == 0);
    }
}

/* A failure fails since the first report that had it, without a break. */
static void require_since(const struct assessment *assessment, const struct finding *finding)
{
    const struct baseline *baseline = assessment->baseline;
    const struct change *own = NULL;
    for (size_t i = 0; i < baseline->change_count; i++)
        if (baseline->changes[i].after == finding)
            own = &baseline->changes[i];
    if (finding->result != RESULT_FAIL)
        return;
    FUZZ_REQUIRE(own != NULL); /* a failure is new, has regressed, lasts or has changed */
    const struct baseline_row *before = own->before;
    bool failed = before != NULL && before->result == RESULT_FAIL;
    FUZZ_REQUIRE((finding->failing_since != NULL) == (!failed || before->has_failing_since));
    if (finding->failing_since != NULL)
        FUZZ_REQUIRE(
            timestamp_compare(finding->failing_since,
                              failed ? &before->failing_since : &assessment->policy.as_of) == 0);
}

static void require_changes(const struct assessment *assessment)
{
    const struct baseline *baseline = assessment->baseline;
    size_t vanished = 0;
    for (size_t i = 0; i < baseline->change_count; i++) {
        const struct change *change = &baseline->changes[i];
        require_change(change);
        vanished += change->after == NULL && change->before->result == RESULT_FAIL;
        FUZZ_REQUIRE(i == 0 || change[-1].kind <= change->kind);
    }
    FUZZ_REQUIRE(assessment->scope != NULL || assessment->gaps.vanished_failures == vanished);
    for (size_t i = 0; i < assessment->finding_count; i++)
        require_since(assessment, &assessment->findings[i]);
}

static void require_row(const struct baseline_row *row)
{
    FUZZ_REQUIRE(row->rule != NULL && row->ref != NULL && row->certificate != NULL);
    FUZZ_REQUIRE(row->arn != NULL && row->result < RESULT_COUNT);
    FUZZ_REQUIRE(row->result == RESULT_FAIL || !row->has_failing_since);
    FUZZ_REQUIRE(!row->has_failing_since || row->failing_since.fraction != NULL);
}

void fuzz_baseline(const uint8_t *bytes, size_t size)
{
    struct fuzz_run run;
    struct baseline baseline = {0};
    struct text error = TEXT_EMPTY;
    const char *path = fuzz_path(FUZZ_ADDITION, bytes, size);
    fuzz_run_begin(&run);
    bool read = read_baseline(&baseline, path, &run.assessment.policy.as_of, run.pool, &error);
    fuzz_require_said(read, &error, path, fuzz_lines(bytes, size));
    if (read) {
        for (size_t i = 0; i < baseline.count; i++)
            require_row(&baseline.rows[i]);
        run.assessment.baseline = &baseline;
        fuzz_run_read_sample(&run);
        fuzz_run_report(&run, NULL, fuzz_hash(bytes, size) % XLSX_SHARE == 0);
        require_changes(&run.assessment);
    }
    text_free(&error);
    fuzz_run_free(&run);
    baseline_free(&baseline);
}
