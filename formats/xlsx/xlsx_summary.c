/* xlsx_summary.c: see xlsx_summary.h. The sections in the order in which an auditor reads them. */
#include "xlsx/xlsx_summary.h"
#include "audit/verdict.h"

/* Together as wide as a landscape A4 page at SCALE percent. */
static const int widths[AT_COUNT] = {52, 13, 16, 34, 24, 21, 16};
enum { SCALE = 78, CONCLUSION_LINES = 4, HAND_LINES = 2 };

void xlsx_summary_add_heading(struct xlsx_sheet *sheet, const char *heading, const char *more)
{
    xlsx_end_row(sheet);
    xlsx_add_merged(sheet, AT_LABEL, AT_TIME, heading, XLSX_SECTION);
    if (*more != '\0')
        xlsx_add_link(sheet, AT_LAST, more, more, 0);
    xlsx_end_row(sheet);
}

void xlsx_summary_add_titles(struct xlsx_sheet *sheet,
                             const struct xlsx_summary_title titles[AT_COUNT])
{
    for (lxw_col_t i = 0, last; i < AT_COUNT; i = (lxw_col_t)(last + 1)) {
        enum xlsx_style style = titles[i].numbers ? XLSX_HEADER_COUNT : XLSX_HEADER;

        for (last = i; last < AT_LAST && titles[last + 1].title == NULL;)
            last++;
        if (last > i)
            xlsx_add_merged(sheet, i, last, titles[i].title, style);
        else
            xlsx_add_string(sheet, i, titles[i].title, style);
    }
    xlsx_end_row(sheet);
}

void xlsx_summary_add_sentence(struct xlsx_sheet *sheet, const char *sentence)
{
    xlsx_add_merged(sheet, AT_LABEL, AT_LAST, sentence, XLSX_WRAPPED);
    xlsx_end_row(sheet);
}

static void add_line(struct xlsx_sheet *sheet, const char *label, const char *text)
{
    xlsx_add_string(sheet, AT_LABEL, label, XLSX_LABEL);
    xlsx_add_merged(sheet, AT_FIRST, AT_LAST, text, XLSX_WRAPPED);
    xlsx_end_row(sheet);
}

static void add_opening(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct text text = TEXT_EMPTY;

    xlsx_add_string(sheet, AT_LABEL, report->title, XLSX_TITLE);
    xlsx_end_row(sheet);
    xlsx_end_row(sheet);
    timestamp_add_exact(&assessment->policy.as_of, &text);
    add_line(sheet, "As of", text_string(&text));
    text_clear(&text);
    verdict_add(assessment, &text);
    add_line(sheet, "Verdict", text_string(&text));
    text_clear(&text);
    verdict_add_gaps(assessment, &text);
    if (text.length > 0 && assessment->finding_counts.by_result[RESULT_FAIL] > 0)
        add_line(sheet, "The evidence is incomplete", text_string(&text));
    text_free(&text);
}

/* Empty cells with a line below them, to be written in. */
static void add_blank(struct xlsx_sheet *sheet, const char *label, const char *date)
{
    xlsx_add_string(sheet, AT_LABEL, label, XLSX_LABEL);
    if (date == NULL) {
        xlsx_add_merged(sheet, AT_FIRST, AT_LAST, "", XLSX_BLANK);
    } else {
        xlsx_add_merged(sheet, AT_FIRST, AT_TEXT, "", XLSX_BLANK);
        xlsx_add_string(sheet, AT_MORE, date, XLSX_LABEL);
        xlsx_add_merged(sheet, AT_TIME, AT_LAST, "", XLSX_BLANK);
    }
    xlsx_end_row(sheet);
}

static void add_sign_off(struct xlsx_sheet *sheet)
{
    xlsx_summary_add_heading(sheet, "Sign-off", "");
    xlsx_make_high(sheet, HAND_LINES);
    add_blank(sheet, "Prepared by", "Date");
    xlsx_make_high(sheet, HAND_LINES);
    add_blank(sheet, "Reviewed by", "Date");
    add_blank(sheet, "Workpaper reference", NULL);
    add_blank(sheet, "Period", NULL);
    add_blank(sheet, "Completeness tested how", NULL);
    add_blank(sheet, "Accuracy tested how", NULL);
    xlsx_make_high(sheet, CONCLUSION_LINES);
    add_blank(sheet, "Conclusion", NULL);
    xlsx_summary_add_sentence(sheet, "The tool fills in no conclusion.");
}

static void add_notes(struct xlsx_sheet *sheet, const struct report *report, size_t from,
                      size_t end)
{
    for (size_t i = from; i < end; i++)
        xlsx_summary_add_sentence(sheet, report->notes[i]);
}

static void add_population(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct summary *summary = &report->summary;

    xlsx_summary_add_heading(sheet, "Population", "Coverage");
    for (size_t i = 0; i < summary->population_count; i++) {
        xlsx_add_string(sheet, AT_LABEL, summary->population[i].what, XLSX_WRAPPED);
        xlsx_add_count(sheet, AT_FIRST, summary->population[i].count);
        xlsx_end_row(sheet);
    }
    add_notes(sheet, report, 0, report->waiver_note);
}

static void add_additions(struct xlsx_sheet *sheet, const struct report *report)
{
    if (report->assessment->waivers != NULL) {
        xlsx_summary_add_heading(sheet, "Waivers", "Waivers");
        add_notes(sheet, report, report->waiver_note, report->change_note);
    }
    if (report->assessment->baseline != NULL) {
        xlsx_summary_add_heading(sheet, "Changes since the baseline", "Changes");
        add_notes(sheet, report, report->change_note, report->note_count);
    }
}

static void add_sentences(struct xlsx_sheet *sheet, const char *const *sentences)
{
    for (; *sentences != NULL; sentences++)
        xlsx_summary_add_sentence(sheet, *sentences);
}

static void add_facts(struct xlsx_sheet *sheet, const struct report *report)
{
    xlsx_summary_add_heading(sheet, "Facts of the run", "Evidence");
    for (size_t i = 0; i < report->fact_count; i++)
        add_line(sheet, report->facts[i].name, report->facts[i].value);
}

void xlsx_summary_add(struct xlsx_book *book, const struct report *report)
{
    struct xlsx_sheet sheet = xlsx_add_sheet(book, "Summary");

    for (lxw_col_t i = 0; i < AT_COUNT; i++)
        xlsx_set_width(&sheet, i, widths[i]);
    add_opening(&sheet, report);
    add_sign_off(&sheet);
    add_population(&sheet, report);
    xlsx_break_page(&sheet);
    xlsx_summary_add_results(&sheet, report);
    xlsx_break_page(&sheet);
    xlsx_summary_add_ages(&sheet, report);
    xlsx_summary_add_accounts(&sheet, report);
    xlsx_break_page(&sheet);
    xlsx_summary_add_open(&sheet, report);
    xlsx_summary_add_controls(&sheet, report);
    xlsx_break_page(&sheet);
    add_additions(&sheet, report);
    xlsx_summary_add_heading(&sheet, "Limits", "");
    add_sentences(&sheet, report->limits);
    add_facts(&sheet, report);
    xlsx_set_pages(&sheet, SCALE);
}
