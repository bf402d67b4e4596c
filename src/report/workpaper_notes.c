/* workpaper_notes.c: notes on files, waivers and changes, a sentence each. */
#include "audit/assess.h"
#include "audit/baseline.h"
#include "audit/waivers.h"
#include "report/report.h"
#include "report/workpaper_sections.h"

void workpaper_note(struct blocks *list, struct text *sentence)
{
    blocks_add_text(list, text_string(sentence));
    text_clear(sentence);
}

/* `Private keys: 1 file contains one; protect the evidence: keys/a.pem, line 1.` */
static void note_private_keys(struct blocks *list, const struct evidence *evidence,
                              struct text *sentence)
{
    enum { NAMED = 10 };
    struct text names = TEXT_EMPTY;
    size_t count = 0;
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = evidence->files[i];
        if (file->private_key_line == 0 || ++count > NAMED)
            continue;
        text_add_separator(&names, 0, "; ");
        text_addf(&names, "%s, line %zu", file->name, file->private_key_line);
    }
    if (count > NAMED)
        text_addf(&names, "; and %zu more", count - NAMED);
    if (count > 0) {
        text_addf(sentence, "Private keys: %zu %s; protect the evidence: %s.", count,
                  count == 1 ? "file contains one" : "files contain one", text_string(&names));
        workpaper_note(list, sentence);
    }
    text_free(&names);
}

void workpaper_note_files(struct blocks *list, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct text sentence = TEXT_EMPTY;
    text_add(&sentence, "Files: ");
    size_t mark = sentence.length;
    for (size_t i = 0; i <= EVIDENCE_SKIPPED; i++) {
        if (assessment->files_by_state[i] == 0)
            continue;
        text_add_separator(&sentence, mark, ", ");
        text_addf(&sentence, "%zu %s", assessment->files_by_state[i],
                  evidence_state_name((enum evidence_state)i));
    }
    text_add(&sentence, sentence.length == mark ? "none." : ".");
    workpaper_note(list, &sentence);
    note_private_keys(list, assessment->evidence, &sentence);
    if (assessment->conflicting_certificates > 0) {
        text_addf(&sentence, "Certificates with conflicting exports: %zu.",
                  assessment->conflicting_certificates);
        workpaper_note(list, &sentence);
    }
    text_free(&sentence);
}

/* `Waivers: 3, 2 in force, 1 expired. ...` */
static void note_waiver_states(struct blocks *list, const struct assessment *assessment,
                               struct text *sentence)
{
    const struct waivers *waivers = assessment->waivers;
    size_t by_state[WAIVER_NOT_ASSESSED + 1] = {0};
    for (size_t i = 0; i < waivers->count; i++)
        by_state[waivers_state(&waivers->lines[i], &assessment->policy.as_of,
                               assess_applies(assessment, waivers->lines[i].rule))]++;
    text_addf(sentence, "Waivers: %zu", waivers->count);
    for (size_t i = 0; i <= WAIVER_NOT_ASSESSED; i++)
        if (by_state[i] > 0)
            text_addf(sentence, ", %zu %s", by_state[i], waivers_state_name((enum waiver_state)i));
    text_add(sentence, ". A waiver is the entity's own record; its dates are checked here, not its "
                       "authority.");
    workpaper_note(list, sentence);
}

void workpaper_note_waivers(struct blocks *list, const struct report *report)
{
    const struct waivers *waivers = report->assessment->waivers;
    struct text sentence = TEXT_EMPTY;
    if (waivers == NULL)
        return;
    note_waiver_states(list, report->assessment, &sentence);
    for (size_t i = 0; i < waivers->count; i++) {
        text_addf(&sentence, "Waiver on line %zu: ", waivers->lines[i].line);
        size_t mark = sentence.length;
        waivers_add_note(&waivers->lines[i], &sentence);
        if (sentence.length > mark) {
            text_add(&sentence, ".");
            workpaper_note(list, &sentence);
        }
        text_clear(&sentence);
    }
    text_free(&sentence);
}

void workpaper_note_changes(struct blocks *list, const struct report *report)
{
    const struct baseline *baseline = report->assessment->baseline;
    size_t by_kind[CHANGE_CHANGED + 1] = {0};
    struct text sentence = TEXT_EMPTY;
    if (baseline == NULL)
        return;
    for (size_t i = 0; i < baseline->change_count; i++)
        by_kind[baseline->changes[i].kind]++;
    text_add(&sentence, "Since the baseline");
    if (baseline->has_as_of) {
        text_add(&sentence, " of ");
        timestamp_add_exact(&baseline->as_of, &sentence);
    }
    text_add(&sentence, ":");
    for (size_t i = 0; i <= CHANGE_CHANGED; i++)
        text_addf(&sentence, "%s %zu %s", i > 0 ? "," : "", by_kind[i],
                  baseline_change_name((enum change_kind)i));
    text_add(&sentence, ".");
    workpaper_note(list, &sentence);
    text_free(&sentence);
}
