/* verdict.c: what the whole run amounts to: the sentence, what is missing, the exit status. */
#include "audit/assess.h"
#include "audit/baseline.h"
#include "base/text.h"

static void add_gap(struct text *text, size_t count, const char *one, const char *many)
{
    if (count == 0)
        return;
    text_add_separator(text, 0, "; ");
    text_addf(text, "%zu %s", count, count == 1 ? one : many);
}

/* Whether a rule that --rule named, or else every rule, has no certificate. */
static bool nothing_assessed(const struct assessment *assessment, size_t rule)
{
    return assessment->selected[rule] && assessment->counts[rule].total == 0 &&
           (assessment->named || assessment->all.total == 0);
}

static size_t truncated_lists(const struct evidence *evidence)
{
    size_t count = 0;
    for (const struct listing *list = evidence->listings; list != NULL; list = list->next)
        count += list->truncated;
    return count;
}

void assess_add_gaps(const struct assessment *assessment, struct text *text)
{
    size_t unusable = 0, partial = 0, unrelated = 0;
    for (size_t i = 0; i < assessment->evidence->file_count; i++) {
        const struct evidence_file *file = assessment->evidence->files[i];
        unusable += file->fault && file->state == EVIDENCE_UNUSABLE;
        partial += file->fault && file->state == EVIDENCE_PARTIAL;
        unrelated += file->fault && file->state == EVIDENCE_UNRELATED;
    }
    struct text gaps = TEXT_EMPTY;
    add_gap(&gaps, unusable, "file could not be used", "files could not be used");
    add_gap(&gaps, partial, "file could be used only in part", "files could be used only in part");
    add_gap(&gaps, unrelated, "file is the output of another command",
            "files are the outputs of other commands");
    add_gap(&gaps, truncated_lists(assessment->evidence), "list says that more certificates follow",
            "lists say that more certificates follow");
    add_gap(&gaps, assessment->all.by_result[RESULT_UNKNOWN], "certificate could not be decided",
            "certificates could not be decided");
    add_gap(&gaps, assessment->coverage.lines_without_evidence, "line of the scope has no evidence",
            "lines of the scope have no evidence");
    if (assessment->baseline != NULL)
        add_gap(&gaps, assessment->baseline->vanished_failures,
                "failure of the baseline has vanished from the evidence",
                "failures of the baseline have vanished from the evidence");
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (!nothing_assessed(assessment, i))
            continue;
        text_add_separator(&gaps, 0, "; ");
        text_addf(&gaps, "no certificate under %s", rules[i]->id);
    }
    text_add(text, text_string(&gaps));
    text_free(&gaps);
}

void assess_add_verdict(const struct assessment *assessment, struct text *text)
{
    const struct rule_counts *all = &assessment->all;
    if (all->by_result[RESULT_FAIL] > 0) {
        text_addf(text,
                  "%zu of %zu certificates fail (%zu in use, %zu due within %d days); %zu could "
                  "not be decided.",
                  all->by_result[RESULT_FAIL], all->total, assessment->fail_in_use,
                  assessment->fail_due_soon, ASSESS_DUE_SOON_DAYS, all->by_result[RESULT_UNKNOWN]);
        return;
    }
    struct text gaps = TEXT_EMPTY;
    assess_add_gaps(assessment, &gaps);
    if (gaps.length > 0)
        text_addf(text,
                  "No failure found, but the evidence is incomplete (%s): nothing can be concluded "
                  "for what is missing.",
                  text_string(&gaps));
    else
        text_addf(text,
                  "All %zu certificates in the evidence were assessed and none failed. This covers "
                  "only the accounts and regions under Coverage.",
                  all->total);
    text_free(&gaps);
}

int assess_exit_status(const struct assessment *assessment)
{
    if (assessment->all.by_result[RESULT_FAIL] > 0)
        return 1;
    struct text gaps = TEXT_EMPTY;
    assess_add_gaps(assessment, &gaps);
    bool incomplete = gaps.length > 0;
    text_free(&gaps);
    return incomplete ? 3 : 0;
}
