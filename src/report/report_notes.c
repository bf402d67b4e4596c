/* report_notes.c: what stands in every summary beside the verdict and the counts. */
#include "audit/baseline.h"
#include "audit/scope.h"
#include "audit/waivers.h"
#include "base/memory.h"
#include "base/pool.h"
#include "report/report.h"
#include <stdlib.h>

static void note(struct report *report, struct text *sentence)
{
    report->notes = memory_grow(report->notes, &report->note_room, report->note_count + 1,
                                sizeof(const char *));
    report->notes[report->note_count++] = pool_text(report->pool, text_string(sentence));
    text_clear(sentence);
}

static void note_files(struct report *report, struct text *sentence)
{
    static const char *const states[] = {"used",      "used in part", "unusable",
                                         "unrelated", "duplicate",    "skipped"};
    const size_t *by_state = report->assessment->files_by_state;
    text_add(sentence, "Files: ");
    size_t mark = sentence->length;
    for (size_t i = 0; i <= EVIDENCE_SKIPPED; i++) {
        if (by_state[i] == 0)
            continue;
        text_add_separator(sentence, mark, ", ");
        text_addf(sentence, "%zu %s", by_state[i], states[i]);
    }
    text_add(sentence, sentence->length == mark ? "none." : ".");
    note(report, sentence);
}

static void note_conflicts(struct report *report, struct text *sentence)
{
    if (report->assessment->conflicting_certificates == 0)
        return;
    text_addf(sentence, "Certificates on which the exports conflict: %zu.",
              report->assessment->conflicting_certificates);
    note(report, sentence);
}

static void note_pairs(struct report *report, struct text *sentence)
{
    if (!report->assessment->coverage.pairs_left_out)
        return;
    text_addf(sentence,
              "Accounts times regions are more than %d: Coverage has rows only for those of which "
              "there is evidence, and for the lines of the scope.",
              LIMIT_PAIRS);
    note(report, sentence);
}

static void note_scope(struct report *report, struct text *sentence)
{
    const struct coverage *coverage = &report->assessment->coverage;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        if (!row->missing && !(row->outside_scope && row->evidence))
            continue;
        text_add(sentence, row->missing ? "In scope, but without evidence: account "
                                        : "Not in the scope file, but assessed: account ");
        text_addf(sentence, "%s, %s, %s.", *row->account != '\0' ? row->account : "not stated",
                  *row->region != '\0' ? row->region : "region not stated",
                  row->any_service ? "any service" : evidence_service_name(row->service));
        note(report, sentence);
    }
}

static void note_waivers(struct report *report, struct text *sentence)
{
    const struct assessment *assessment = report->assessment;
    const struct waivers *waivers = assessment->waivers;
    size_t by_state[WAIVER_NOT_ASSESSED + 1] = {0};
    if (waivers == NULL)
        return;
    for (size_t i = 0; i < waivers->count; i++)
        by_state[waivers_state(&waivers->lines[i], &assessment->policy.as_of,
                               assess_applies(assessment, waivers->lines[i].rule))]++;
    text_addf(sentence, "Waivers: %zu", waivers->count);
    for (size_t i = 0; i <= WAIVER_NOT_ASSESSED; i++)
        if (by_state[i] > 0)
            text_addf(sentence, ", %zu %s", by_state[i], waivers_state_name((enum waiver_state)i));
    text_add(sentence, ". A waiver is the entity's own record; its dates are checked here, not its "
                       "authority.");
    note(report, sentence);
    for (size_t i = 0; i < waivers->count; i++) {
        size_t mark;
        text_addf(sentence, "The waiver of line %zu: ", waivers->lines[i].line);
        mark = sentence->length;
        waivers_add_note(&waivers->lines[i], sentence);
        if (sentence->length == mark) {
            text_clear(sentence);
            continue;
        }
        text_add(sentence, ".");
        note(report, sentence);
    }
}

static void note_changes(struct report *report, struct text *sentence)
{
    const struct baseline *baseline = report->assessment->baseline;
    size_t by_kind[CHANGE_CHANGED + 1] = {0};
    if (baseline == NULL)
        return;
    for (size_t i = 0; i < baseline->change_count; i++)
        by_kind[baseline->changes[i].kind]++;
    text_add(sentence, "Since the baseline:");
    for (size_t i = 0; i <= CHANGE_CHANGED; i++)
        text_addf(sentence, "%s %zu %s", i > 0 ? "," : "", by_kind[i],
                  baseline_change_name((enum change_kind)i));
    text_add(sentence, ".");
    note(report, sentence);
}

void report_build_notes(struct report *report)
{
    struct text sentence = TEXT_EMPTY;
    note_files(report, &sentence);
    note_conflicts(report, &sentence);
    report->scope_note = report->note_count;
    note_pairs(report, &sentence);
    note_scope(report, &sentence);
    report->waiver_note = report->note_count;
    note_waivers(report, &sentence);
    report->change_note = report->note_count;
    note_changes(report, &sentence);
    text_free(&sentence);
}

void report_free(struct report *report)
{
    free(report->notes);
    summary_free(&report->summary);
}
