/* markdown_findings.c: see markdown_findings.h. */
#include "markdown/markdown_findings.h"
#include "markdown/markdown_table.h"
#include "markdown/markdown_text.h"

/* What a block says below its commands, beside its evidence and controls. */
static const struct {
    const char *label, *column;
} fields[] = {
    {"ARN", "arn"},
    {"Observed", "observed"},
    {"Expected", "expected"},
    {"In use by", "in_use_by"},
};

/* Of an open finding, as many as a page is wide; all else is in its block, and in the other
 * reports. */
static const char *const overview[] = {
    "ref", "result", "condition", "account", "certificate", "in_use", "due",
};

enum { FIELDS = sizeof fields / sizeof fields[0], OVERVIEW = sizeof overview / sizeof overview[0] };

static const struct table *findings_of(const struct markdown *markdown)
{
    return &markdown->report->tables[REPORT_FINDINGS];
}

/* Adds before and a cell of the open finding; nothing, and false, where the cell is empty. */
static bool add_cell(struct markdown *markdown, const char *before, const char *column)
{
    const char *value = markdown_cell(markdown, report_column(findings_of(markdown), column));

    if (value[0] == '\0')
        return false;
    text_add(&markdown->out, before);
    text_add(&markdown->out, value);
    return true;
}

static void add_commands(struct markdown *markdown)
{
    struct cell cell = {.kind = CELL_EMPTY};

    report_cell(&markdown->row, report_column(findings_of(markdown), "remediation"), &cell);
    if (cell.kind == CELL_TEXT || cell.kind == CELL_LINES) {
        text_add(&markdown->out, "**What to do** (not run; review before use):\n\n");
        markdown_add_code(&markdown->out, cell.text);
        text_add(&markdown->out, "\n");
    }
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

/* On one line: a list of them in each block is longer than all else that it says. */
static void add_controls(struct markdown *markdown)
{
    const struct controls *controls = markdown->report->controls;
    struct text label = TEXT_EMPTY;
    bool any = false;

    for (size_t i = 0; i < controls->column_count; i++) {
        text_clear(&label);
        text_add(&label, any ? ". **" : "- **Relevant to:** **");
        markdown_add_framework(&label, &controls->columns[i]);
        text_add(&label, ":** ");
        any = add_cell(markdown, text_string(&label), controls->columns[i].title) || any;
    }
    if (any)
        text_add(&markdown->out, "\n");
    text_free(&label);
}

static void add_block(struct markdown *markdown, size_t row)
{
    char label[64];

    markdown_open_row(markdown, findings_of(markdown), row);
    add_cell(markdown, "#### ", "ref");
    add_cell(markdown, " ", "result");
    add_cell(markdown, ": ", "certificate");
    text_add(&markdown->out, "\n\n");
    if (add_cell(markdown, "**Reason:** ", "reason"))
        text_add(&markdown->out, "\n\n");
    add_commands(markdown);
    for (size_t i = 0; i < FIELDS; i++) {
        (void)snprintf(label, sizeof label, "- **%s:** ", fields[i].label);
        if (add_cell(markdown, label, fields[i].column))
            text_add(&markdown->out, "\n");
    }
    add_evidence(markdown);
    add_controls(markdown);
    text_add(&markdown->out, "\n");
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
            finding->result != RESULT_NOT_APPLICABLE)
            view.rows[view.row_count++] = i;
    }
    view.column_count = 0;
    for (size_t i = 0; i < OVERVIEW; i++)
        view.columns[view.column_count++] = report_column(view.table, overview[i]);
    return view;
}

/* `- 3 FAIL, of which 1 request-pending, 2 renewal-failed`, `- 3 FAIL: request-pending` */
static void add_result(struct markdown *markdown, size_t number, enum result result)
{
    const struct report *report = markdown->report;
    const struct condition *conditions = report->assessment->rules[number]->conditions;
    size_t total = report->assessment->counts[number].by_result[result];
    const char *before = ", of which";

    text_addf(&markdown->out, "- %zu %s", total, rules_result_name(result));
    for (size_t i = 0; conditions[i].name != NULL; i++) {
        size_t count = report->counts[number][i].by_result[result];

        if (count == total) {
            text_addf(&markdown->out, ": %s", conditions[i].name);
        } else if (count > 0) {
            text_addf(&markdown->out, "%s %zu %s", before, count, conditions[i].name);
            before = ",";
        }
    }
    text_add(&markdown->out, "\n");
}

static void add_rule(struct markdown *markdown, size_t number)
{
    const struct rule *rule = markdown->report->assessment->rules[number];
    const struct result_counts *counts = &markdown->report->assessment->counts[number];
    struct markdown_view view = open_findings(markdown, rule);

    text_addf(&markdown->out, "### %s: ", rule->id);
    markdown_add_text(&markdown->out, rule->title);
    text_addf(&markdown->out, "\n\nSeverity: %s (see Limits). Certificates: %zu.\n\n",
              rules_severity_name(rule->severity), counts->total);
    for (enum result result = RESULT_FAIL; result < RESULT_COUNT; result++)
        if (counts->by_result[result] > 0)
            add_result(markdown, number, result);
    text_add(&markdown->out, counts->total > 0 ? "\n" : "");
    text_add(&markdown->out, "Open (FAIL, UNKNOWN, WAIVED):\n\n");
    markdown_add_view(markdown, &view);
    for (size_t i = 0; i < view.row_count; i++)
        add_block(markdown, view.rows[i]);
    markdown_view_free(&view);
}

void markdown_add_findings(struct markdown *markdown)
{
    for (size_t i = 0; i < markdown->report->assessment->rule_count; i++)
        add_rule(markdown, i);
}
