/*
 * write_markdown.c: the report as GitHub-flavoured Markdown, to be read from top to bottom as a
 * workpaper: what was tested, on what, how, with which results, and room to sign. Every text of the
 * report, our own too, goes through markdown_text.h. Nothing links within the page: GitHub and
 * pandoc name their headings differently.
 */
#include "audit/verdict.h"
#include "markdown/markdown_findings.h"
#include "markdown/markdown_sections.h"
#include "markdown/markdown_table.h"
#include "markdown/markdown_text.h"
#include "writers.h"
#include <errno.h>
#include <string.h>

static void add_opening(struct markdown *markdown)
{
    const struct report *report = markdown->report;
    struct text verdict = TEXT_EMPTY, gaps = TEXT_EMPTY;

    markdown_add_line(markdown, "# ", report->title);
    verdict_add(report->assessment, &verdict);
    markdown_add_line(markdown, "**Verdict:** ", text_string(&verdict));
    verdict_add_gaps(report->assessment, &gaps);
    /* Without a failure the verdict itself says what is missing. */
    if (strstr(text_string(&verdict), text_string(&gaps)) == NULL) {
        text_add(&gaps, ".");
        markdown_add_line(markdown, "**The evidence is incomplete:** ", text_string(&gaps));
    }
    text_free(&verdict);
    text_free(&gaps);
}

static void add_purpose(struct markdown *markdown)
{
    markdown_add_line(markdown, "## ", "Purpose");
    for (size_t i = 0; i < markdown->report->assessment->rule_count; i++) {
        const struct rule *rule = markdown->report->assessment->rules[i];

        text_addf(&markdown->out, "- **%s %s:** ", rule->id, rule->title);
        markdown_add_text(&markdown->out, rule->purpose);
        text_add(&markdown->out, "\n");
    }
    text_add(&markdown->out, "\n");
}

static void add_row(struct markdown *markdown, const char *name, const char *value)
{
    text_add(&markdown->out, "| ");
    markdown_add_text(&markdown->out, name);
    text_add(&markdown->out, " | ");
    markdown_add_text(&markdown->out, value);
    text_add(&markdown->out, " |\n");
}

static void add_source(struct markdown *markdown)
{
    const struct report *report = markdown->report;

    markdown_add_line(markdown, "## ", "Source");
    markdown_add_line(markdown, "",
                      "The files were read as they were received; each is listed with its SHA-256 "
                      "under Evidence.");
    markdown_add_notes(markdown, 0, report->scope_note);
    text_add(&markdown->out, "| Fact | Value |\n| --- | --- |\n");
    for (size_t i = 0; i < report->fact_count; i++)
        add_row(markdown, report->facts[i].name, report->facts[i].value);
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

/* A workpaper is signed by people: the tool leaves room for what it cannot know. */
static void add_sign_off(struct markdown *markdown)
{
    static const char *const items[] = {
        "prepared by",
        "date",
        "reviewed by",
        "date",
        "workpaper reference",
        "period",
        "completeness tested how",
        "accuracy tested how",
        "conclusion",
    };

    markdown_add_line(markdown, "## ", "Sign-off");
    markdown_add_line(markdown, "", "The tool fills in no conclusion.");
    text_add(&markdown->out, "| Item | To be filled in |\n| --- | --- |\n");
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
        add_row(markdown, items[i], "");
}

static bool markdown_report(const struct report *report, FILE *stream)
{
    struct markdown markdown = {.report = report, .stream = stream, .row = REPORT_ROW_CLOSED};

    add_opening(&markdown);
    add_purpose(&markdown);
    add_source(&markdown);
    markdown_add_scope(&markdown);
    markdown_add_line(&markdown, "## ", "Procedure");
    markdown_add_sentences(&markdown, report_procedure);
    markdown_add_line(&markdown, "## ", "Results");
    markdown_add_line(&markdown, "",
                      "Each finding that is FAIL, UNKNOWN or WAIVED stands below, by rule. Those "
                      "that are PASS or NOT_APPLICABLE are counted; the CSV and XLSX reports list "
                      "them.");
    markdown_add_counts(&markdown);
    markdown_add_findings(&markdown);
    markdown_add_controls(&markdown);
    markdown_add_table(&markdown, REPORT_COVERAGE, 0, 0);
    markdown_add_table(&markdown, REPORT_CERTIFICATES, 0, 0);
    markdown_add_table(&markdown, REPORT_EVIDENCE, 0, 0);
    markdown_add_table(&markdown, REPORT_WAIVERS, report->waiver_note, report->change_note);
    markdown_add_table(&markdown, REPORT_CHANGES, report->change_note, report->note_count);
    markdown_add_line(&markdown, "## ", "Limits");
    markdown_add_sentences(&markdown, report->limits);
    add_sign_off(&markdown);
    markdown_flush(&markdown);
    markdown_free(&markdown);
    errno = markdown.error;
    return markdown.error == 0 && fflush(stream) == 0;
}

const struct writer write_markdown = {
    .format = "md",
    .ending = ".md",
    .to_stream = markdown_report,
};
