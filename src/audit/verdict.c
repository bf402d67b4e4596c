/* verdict.c: see verdict.h. */
#include "audit/verdict.h"
#include "audit/baseline.h"
#include "base/text.h"

/* Whether a rule that --rule named, or else every rule, has no certificate. */
static bool is_empty(const struct assessment *assessment, size_t rule)
{
    return assessment->counts[rule].total == 0 &&
           (assessment->named || assessment->finding_counts.total == 0);
}

struct gaps verdict_gaps(const struct assessment *assessment)
{
    const struct evidence *evidence = assessment->evidence;
    struct gaps gaps = {.undecided_certificates = assessment->undecided_certificates,
                        .scope_lines = assessment->coverage.lines_without_evidence};
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = evidence->files[i];
        gaps.unusable_files += file->fault && file->state == EVIDENCE_UNUSABLE;
        gaps.partial_files += file->fault && file->state == EVIDENCE_PARTIAL;
        gaps.unrelated_files += file->fault && file->state == EVIDENCE_UNRELATED;
    }
    for (const struct listing *list = evidence->listings; list != NULL; list = list->next)
        gaps.truncated_lists += list->truncated;
    if (assessment->baseline != NULL)
        gaps.vanished_failures = assessment->baseline->vanished_failures;
    for (size_t i = 0; i < assessment->rule_count; i++)
        gaps.empty_rules += is_empty(assessment, i);
    return gaps;
}

bool verdict_has_gaps(const struct gaps *gaps)
{
    return gaps->unusable_files + gaps->partial_files + gaps->unrelated_files +
               gaps->truncated_lists + gaps->undecided_certificates + gaps->scope_lines +
               gaps->vanished_failures + gaps->empty_rules >
           0;
}

static void add_gap(struct text *text, size_t mark, size_t count, const char *one, const char *many)
{
    if (count == 0)
        return;
    text_add_separator(text, mark, "; ");
    text_addf(text, "%zu %s", count, count == 1 ? one : many);
}

void verdict_add_gaps(const struct assessment *assessment, struct text *text)
{
    const struct gaps *gaps = &assessment->gaps;
    size_t mark = text->length;
    add_gap(text, mark, gaps->unusable_files, "file could not be used", "files could not be used");
    add_gap(text, mark, gaps->partial_files, "file was only partly usable",
            "files were only partly usable");
    add_gap(text, mark, gaps->unrelated_files, "file is the output of another command",
            "files are the outputs of other commands");
    add_gap(text, mark, gaps->truncated_lists, "list is incomplete (more pages follow)",
            "lists are incomplete (more pages follow)");
    add_gap(text, mark, gaps->undecided_certificates, "certificate could not be decided",
            "certificates could not be decided");
    add_gap(text, mark, gaps->scope_lines, "line of the scope has no evidence",
            "lines of the scope have no evidence");
    add_gap(text, mark, gaps->vanished_failures,
            "failure of the baseline has vanished from the evidence",
            "failures of the baseline have vanished from the evidence");
    for (size_t i = 0; i < assessment->rule_count; i++) {
        if (!is_empty(assessment, i))
            continue;
        text_add_separator(text, mark, "; ");
        text_addf(text, "no certificates for %s", assessment->rules[i]->id);
    }
}

void verdict_add(const struct assessment *assessment, struct text *text)
{
    const struct result_counts *certificates = &assessment->certificate_counts;
    size_t failing = certificates->by_result[RESULT_FAIL];
    if (failing > 0) {
        text_addf(text,
                  "%zu of %zu certificates fail (%zu in use, %zu due within %d days); %zu could "
                  "not be decided.",
                  failing, certificates->total, assessment->failing_in_use,
                  assessment->failing_due_soon, ASSESS_DUE_SOON_DAYS,
                  assessment->undecided_certificates);
    } else if (verdict_has_gaps(&assessment->gaps)) {
        text_add(text, "No failure found, but the evidence is incomplete (");
        verdict_add_gaps(assessment, text);
        text_add(text, "): no conclusion can be drawn about the missing parts.");
    } else {
        if (certificates->total == 1)
            text_add(text, "The only certificate in the evidence was assessed and did not fail.");
        else
            text_addf(text, "All %zu certificates in the evidence were assessed and none failed.",
                      certificates->total);
        text_add(text, " This covers only the accounts and regions under Coverage.");
    }
}

int verdict_exit_status(const struct assessment *assessment)
{
    if (assessment->finding_counts.by_result[RESULT_FAIL] > 0)
        return 1;
    return verdict_has_gaps(&assessment->gaps) ? 3 : 0;
}
