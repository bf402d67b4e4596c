/*
 * write_markdown.c: the report as GitHub-flavoured Markdown, to be read from top to bottom: the
 * verdict, the counts, what is open under each rule, then the tables. Every text of the report,
 * our own too, goes through markdown_text.h.
 */
#include "markdown_table.h"
#include "markdown_text.h"
#include "memory.h"
#include "writers.h"
#include <stdlib.h>
#include <string.h>

/* What a finding's block says beside its evidence, controls and commands. */
static const struct {
    const char *label, *column;
} finding_fields[] = {
    {"Reason", "reason"},       {"ARN", "arn"}, {"Observed", "observed"}, {"Expected", "expected"},
    {"In use by", "in_use_by"},
};

/* Of an open finding; all else is in its block, and in the other reports. */
static const char *const overview[] = {
    "ref", "result", "condition", "account", "region", "certificate", "in_use", "due",
};

enum {
    FINDING_FIELDS = sizeof finding_fields / sizeof finding_fields[0],
    OVERVIEW = sizeof overview / sizeof overview[0]
};

static const struct table *findings_of(const struct markdown *markdown)
{
    return &markdown->report->tables[REPORT_FINDINGS];
}

/* mark is `# ` or what stands before a sentence, so that string starts no list or heading. */
static void add_line(struct markdown *markdown, const char *mark, const char *string)
{
    text_add(&markdown->out, mark);
    markdown_add_text(&markdown->out, string);
    text_add(&markdown->out, "\n\n");
    markdown_flush(markdown);
}

static void add_sentences(struct markdown *markdown, const char *const *sentences)
{
    for (; *sentences != NULL; sentences++) {
        text_add(&markdown->out, "- ");
        markdown_add_text(&markdown->out, *sentences);
        text_add(&markdown->out, "\n");
    }
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

static void add_opening(struct markdown *markdown)
{
    const struct report *report = markdown->report;
    struct text verdict = TEXT_EMPTY, gaps = TEXT_EMPTY;

    add_line(markdown, "# ", report->title);
    assess_add_verdict(report->assessment, &verdict);
    add_line(markdown, "**Verdict:** ", text_string(&verdict));
    assess_add_gaps(report->assessment, &gaps);
    /* Without a failure the verdict itself says what is missing. */
    if (strstr(text_string(&verdict), text_string(&gaps)) == NULL) {
        text_add(&gaps, ".");
        add_line(markdown, "**The evidence is incomplete:** ", text_string(&gaps));
    }
    text_free(&verdict);
    text_free(&gaps);
}

static void add_facts(struct markdown *markdown)
{
    const struct report *report = markdown->report;

    add_line(markdown, "## ", "Facts of the run");
    text_add(&markdown->out, "| Fact | Value |\n| --- | --- |\n");
    for (size_t i = 0; i < report->fact_count; i++) {
        text_add(&markdown->out, "| ");
        markdown_add_text(&markdown->out, report->facts[i].name);
        text_add(&markdown->out, " | ");
        markdown_add_text(&markdown->out, report->facts[i].value);
        text_add(&markdown->out, " |\n");
    }
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

static void add_counts(struct markdown *markdown)
{
    struct text *out = &markdown->out;
    struct report_count count;

    add_line(markdown, "## ", "Results by rule and condition");
    text_add(out, "| Rule | Result | Condition | Certificates | Meaning |\n"
                  "| --- | --- | --- | ---: | --- |\n");
    for (size_t i = 0; report_count(markdown->report, i, &count); i++) {
        text_addf(out, "| %s | %s | %s | %zu | ", count.rule->id, rules_result_name(count.result),
                  count.condition->name, count.certificates);
        markdown_add_text(out, count.condition->meaning);
        text_add(out, " |\n");
    }
    text_add(out, "\n");
    markdown_flush(markdown);
}

/* Adds before and a cell of the open finding; nothing, and false, where the cell is empty. */
static bool add_cell(struct markdown *markdown, const char *before, const char *column)
{
    const char *value = markdown_cell(markdown, report_column(findings_of(markdown), column));

    if (value[0] == '\0') {
        return false;
    }
    text_add(&markdown->out, before);
    text_add(&markdown->out, value);
    return true;
}

static void add_evidence(struct markdown *markdown)
{
    add_cell(markdown, "- **Evidence:** ", "evidence_file");
    add_cell(markdown, ", document ", "evidence_document");
    add_cell(markdown, ", line ", "evidence_line");
    add_cell(markdown, ", pointer ", "evidence_pointer");
    add_cell(markdown, ", SHA-256 ", "evidence_sha256");
    text_add(&markdown->out, "\n");
}

/* `NIST SP 800-53 Rev. 4 (withdrawn)` */
static void add_framework(struct text *out, const struct framework *framework)
{
    markdown_add_text(out, framework->title);
    if (framework->status[0] != '\0') {
        text_add(out, " (");
        markdown_add_text(out, framework->status);
        text_add(out, ")");
    }
}

static void add_controls_of(struct markdown *markdown)
{
    const struct controls *controls = markdown->report->controls;
    struct text label = TEXT_EMPTY;
    bool any = false;

    for (size_t i = 0; i < controls->column_count; i++) {
        text_clear(&label);
        text_add(&label, any ? "    - " : "- **Relevant to:**\n    - ");
        add_framework(&label, &controls->columns[i]);
        text_add(&label, ": ");
        if (add_cell(markdown, text_string(&label), controls->columns[i].title)) {
            text_add(&markdown->out, "\n");
            any = true;
        }
    }
    text_free(&label);
}

static void add_remediation(struct markdown *markdown)
{
    struct cell cell = {.kind = CELL_EMPTY};

    report_cell(&markdown->row, report_column(findings_of(markdown), "remediation"), &cell);
    if (cell.kind == CELL_TEXT || cell.kind == CELL_LINES) {
        text_add(&markdown->out, "Remediation (not run; review before use):\n\n");
        markdown_add_code(&markdown->out, cell.text);
        text_add(&markdown->out, "\n");
    }
}

static void add_finding(struct markdown *markdown, size_t row)
{
    char label[64];

    markdown_open_row(markdown, findings_of(markdown), row);
    add_cell(markdown, "#### ", "ref");
    add_cell(markdown, " ", "result");
    add_cell(markdown, ": ", "certificate");
    text_add(&markdown->out, "\n\n");
    for (size_t i = 0; i < FINDING_FIELDS; i++) {
        (void)snprintf(label, sizeof label, "- **%s:** ", finding_fields[i].label);
        if (add_cell(markdown, label, finding_fields[i].column)) {
            text_add(&markdown->out, "\n");
        }
    }
    add_evidence(markdown);
    add_controls_of(markdown);
    text_add(&markdown->out, "\n");
    add_remediation(markdown);
    markdown_flush(markdown);
}

/* The findings of a rule that are not PASS or NOT_APPLICABLE, with the overview's columns. */
static struct markdown_view open_findings(const struct markdown *markdown, const struct rule *rule)
{
    struct markdown_view view = markdown_view_whole(findings_of(markdown));

    view.row_count = 0;
    for (size_t i = 0; i < view.table->row_count; i++) {
        const struct finding *finding = report_finding(markdown->report, i);

        if (finding->rule == rule && finding->result != RESULT_PASS &&
            finding->result != RESULT_NOT_APPLICABLE) {
            view.rows[view.row_count++] = i;
        }
    }
    view.column_count = 0;
    for (size_t i = 0; i < OVERVIEW; i++) {
        view.columns[view.column_count++] = report_column(view.table, overview[i]);
    }
    return view;
}

static void add_rule(struct markdown *markdown, size_t number)
{
    const struct rule *rule = rules[number];
    const struct rule_counts *counts = &markdown->report->assessment->counts[number];
    struct markdown_view view = open_findings(markdown, rule);

    text_addf(&markdown->out, "### %s: ", rule->id);
    markdown_add_text(&markdown->out, rule->title);
    text_addf(&markdown->out,
              "\n\nSeverity: %s (see Limits). Certificates: ", rules_severity_name(rule->severity));
    for (enum result result = RESULT_FAIL; result < RESULT_COUNT; result++) {
        text_addf(&markdown->out, "%s%zu %s", result == RESULT_FAIL ? "" : ", ",
                  counts->by_result[result], rules_result_name(result));
    }
    text_add(&markdown->out, ".\n\nOpen (FAIL, UNKNOWN, WAIVED):\n\n");
    markdown_add_view(markdown, &view);
    for (size_t i = 0; i < view.row_count; i++) {
        add_finding(markdown, view.rows[i]);
    }
    markdown_view_free(&view);
}

static void add_findings(struct markdown *markdown)
{
    add_line(markdown, "## ", "Findings");
    add_line(markdown, "",
             "Findings that are PASS or NOT_APPLICABLE are counted here; the CSV and XLSX reports "
             "list them.");
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (markdown->report->assessment->selected[i]) {
            add_rule(markdown, i);
        }
    }
}

static bool has_text(struct report_row *row, const char *column, const char *text)
{
    struct cell cell = {.kind = CELL_EMPTY};

    report_cell(row, report_column(row->table, column), &cell);
    return strcmp(cell.kind == CELL_TEXT ? cell.text : "", text) == 0;
}

static void add_controls(struct markdown *markdown)
{
    const struct controls *controls = markdown->report->controls;
    const struct table *table = &markdown->report->tables[REPORT_CONTROLS];

    add_line(markdown, "## ", table->name);
    add_sentences(markdown, report_control_notes);
    for (size_t i = 0; i < controls->column_count; i++) {
        const struct framework *framework = &controls->columns[i];
        struct markdown_view view = markdown_view_whole(table);

        view.row_count = 0;
        for (size_t row = 0; row < table->row_count; row++) {
            markdown_open_row(markdown, table, row);
            if (has_text(&markdown->row, "framework", framework->framework) &&
                has_text(&markdown->row, "version", framework->version)) {
                view.rows[view.row_count++] = row;
            }
        }
        markdown_view_drop(&view, "framework");
        markdown_view_drop(&view, "version");
        text_add(&markdown->out, "### ");
        add_framework(&markdown->out, framework);
        text_add(&markdown->out, "\n\n");
        markdown_add_view(markdown, &view);
        markdown_view_free(&view);
    }
}

static void add_notes(struct markdown *markdown)
{
    const struct report *report = markdown->report;

    add_line(markdown, "## ", "Notes");
    for (size_t i = 0; i < report->note_count; i++) {
        text_add(&markdown->out, "- ");
        markdown_add_text(&markdown->out, report->notes[i]);
        text_add(&markdown->out, "\n");
    }
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

/* Nothing where there is no such table. */
static void add_whole_table(struct markdown *markdown, enum report_table which)
{
    const struct table *table = &markdown->report->tables[which];
    struct markdown_view view;

    if (table->absent) {
        return;
    }
    view = markdown_view_whole(table);
    add_line(markdown, "## ", table->name);
    text_addf(&markdown->out, "A row is %s.\n\n", table->row_is);
    markdown_add_view(markdown, &view);
    markdown_view_free(&view);
}

static bool markdown_report(const struct report *report, FILE *stream)
{
    struct markdown markdown = {.report = report, .stream = stream, .row = REPORT_ROW_CLOSED};

    add_opening(&markdown);
    add_facts(&markdown);
    add_counts(&markdown);
    add_notes(&markdown);
    add_findings(&markdown);
    add_controls(&markdown);
    add_whole_table(&markdown, REPORT_COVERAGE);
    add_whole_table(&markdown, REPORT_CERTIFICATES);
    add_whole_table(&markdown, REPORT_EVIDENCE);
    add_whole_table(&markdown, REPORT_WAIVERS);
    add_whole_table(&markdown, REPORT_CHANGES);
    add_line(&markdown, "## ", "Limits");
    add_sentences(&markdown, report_limits);
    markdown_free(&markdown);
    return !markdown.failed && fflush(stream) == 0;
}

const struct writer write_markdown = {
    .format = "md",
    .ending = ".md",
    .to_stream = markdown_report,
};
