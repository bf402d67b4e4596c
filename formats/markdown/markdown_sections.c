/* markdown_sections.c: see markdown_sections.h. */
#include "markdown/markdown_sections.h"
#include "markdown/markdown_table.h"
#include "markdown/markdown_text.h"
#include <string.h>

void markdown_add_notes(struct markdown *markdown, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        markdown_add_item(markdown, markdown->report->notes[i]);
    if (first < end)
        text_add(&markdown->out, "\n");
}

static void add_tallies(struct markdown *markdown, const char *what, const struct tally *tallies,
                        size_t count)
{
    text_addf(&markdown->out, "| %s | Count |\n| --- | ---: |\n", what);
    for (size_t i = 0; i < count; i++)
        text_addf(&markdown->out, "| %s | %zu |\n", tallies[i].what, tallies[i].count);
    text_add(&markdown->out, "\n");
    markdown_flush(markdown);
}

/* Which columns of the accounts are not empty in every row. */
struct account_columns {
    bool name, owner, due;
};

static struct account_columns columns_of(const struct summary *summary)
{
    struct account_columns columns = {false, false, false};

    for (size_t i = 0; i < summary->account_count; i++) {
        columns.name = columns.name || summary->accounts[i].name[0] != '\0';
        columns.owner = columns.owner || summary->accounts[i].owner[0] != '\0';
        columns.due = columns.due || summary->accounts[i].next_due != NULL;
    }
    return columns;
}

/* Adds a cell where its column is there. */
static void add_cell(struct text *out, bool there, const char *text)
{
    if (there) {
        text_add(out, " | ");
        markdown_add_text(out, text);
    }
}

static void add_account(struct markdown *markdown, const struct summary_account *account,
                        struct account_columns columns)
{
    struct text *out = &markdown->out;

    text_add(out, "| ");
    if (account->others > 0)
        text_addf(out, "%zu others", account->others);
    else
        markdown_add_text(out, account->account[0] != '\0' ? account->account : "not stated");
    add_cell(out, columns.name, account->name);
    add_cell(out, columns.owner, account->owner);
    text_addf(out, " | %zu | %zu | %zu", account->total, account->fail, account->unknown);
    if (columns.due) {
        text_add(out, " | ");
        if (account->next_due != NULL)
            timestamp_add(account->next_due, out);
    }
    text_add(out, " |\n");
}

static void add_accounts(struct markdown *markdown)
{
    const struct summary *summary = &markdown->report->summary;
    struct account_columns columns = columns_of(summary);
    struct text *out = &markdown->out;

    if (summary->account_count == 0)
        return;
    markdown_add_line(markdown, "", "Accounts, those with the most failures first:");
    text_addf(out, "| Account%s%s | Certificates | FAIL | UNKNOWN%s |\n",
              columns.name ? " | Name" : "", columns.owner ? " | Owner" : "",
              columns.due ? " | Next due" : "");
    text_addf(out, "| ---%s%s | ---: | ---: | ---:%s |\n", columns.name ? " | ---" : "",
              columns.owner ? " | ---" : "", columns.due ? " | ---" : "");
    for (size_t i = 0; i < summary->account_count; i++)
        add_account(markdown, &summary->accounts[i], columns);
    text_add(out, "\n");
    markdown_flush(markdown);
}

void markdown_add_scope(struct markdown *markdown)
{
    const struct report *report = markdown->report;

    markdown_add_line(markdown, "## ", "Scope");
    add_tallies(markdown, "Population", report->summary.population,
                report->summary.population_count);
    add_accounts(markdown);
    markdown_add_notes(markdown, report->scope_note, report->waiver_note);
}

static void add_result_row(struct markdown *markdown, const char *name,
                           const struct result_counts *counts)
{
    text_addf(&markdown->out, "| %s", name);
    for (enum result result = RESULT_FAIL; result < RESULT_COUNT; result++)
        text_addf(&markdown->out, " | %zu", counts->by_result[result]);
    text_addf(&markdown->out, " | %zu |\n", counts->total);
}

static void add_results(struct markdown *markdown)
{
    const struct assessment *assessment = markdown->report->assessment;
    struct text *out = &markdown->out;

    text_add(out, "| Rule");
    for (enum result result = RESULT_FAIL; result < RESULT_COUNT; result++)
        text_addf(out, " | %s", rules_result_name(result));
    text_add(out, " | Certificates |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < assessment->rule_count; i++)
        add_result_row(markdown, assessment->rules[i]->id, &assessment->counts[i]);
    add_result_row(markdown, "In all", &assessment->finding_counts);
    text_add(out, "\n");
    markdown_flush(markdown);
}

static void add_conditions(struct markdown *markdown)
{
    struct text *out = &markdown->out;
    struct report_count count;

    text_add(out, "| Rule | Result | Condition | Count | Meaning |\n"
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

void markdown_add_counts(struct markdown *markdown)
{
    const struct summary *summary = &markdown->report->summary;
    size_t aged = 0;

    add_results(markdown);
    markdown_add_line(markdown, "### ", "Results by rule and condition");
    add_conditions(markdown);
    for (size_t i = 0; i < summary->age_count; i++)
        aged += summary->ages[i].count;
    if (aged > 0) {
        markdown_add_line(markdown, "### ", "Failures by age");
        add_tallies(markdown, "At the as-of time", summary->ages, summary->age_count);
    }
}

static bool has_text(struct report_row *row, const char *column, const char *text)
{
    struct cell cell = {.kind = CELL_EMPTY};

    report_cell(row, report_column(row->table, column), &cell);
    return strcmp(cell.kind == CELL_TEXT ? cell.text : "", text) == 0;
}

/* The rows of the Controls table that are the framework's. */
static struct markdown_view rows_of(struct markdown *markdown, const struct table *table,
                                    const struct framework *framework)
{
    struct markdown_view view = markdown_view_whole(table);

    view.row_count = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        markdown_open_row(markdown, table, row);
        if (has_text(&markdown->row, "framework", framework->framework) &&
            has_text(&markdown->row, "version", framework->version))
            view.rows[view.row_count++] = row;
    }
    return view;
}

static void add_control_cell(struct markdown *markdown, const char *before, const char *column)
{
    text_add(&markdown->out, before);
    text_add(&markdown->out, markdown_cell(markdown, report_column(markdown->row.table, column)));
}

/* `- **4.2.1, IAM-033: its title.** Why. Origin: whence.`: too long for a table's cell. */
static void add_rationales(struct markdown *markdown, const struct markdown_view *view)
{
    for (size_t i = 0; i < view->row_count; i++) {
        markdown_open_row(markdown, view->table, view->rows[i]);
        add_control_cell(markdown, "- **", "control");
        add_control_cell(markdown, ", ", "rule");
        add_control_cell(markdown, ": ", "title");
        add_control_cell(markdown, ".** ", "rationale");
        if (!has_text(&markdown->row, "conditions", "")) {
            add_control_cell(markdown, " Counts only ", "conditions");
            text_add(&markdown->out, ".");
        }
        add_control_cell(markdown, " Origin: ", "origin");
        text_add(&markdown->out, ".\n");
    }
    text_add(&markdown->out, view->row_count > 0 ? "\n" : "");
    markdown_flush(markdown);
}

void markdown_add_controls(struct markdown *markdown)
{
    static const char *const elsewhere[] = {"framework",  "version",   "title",
                                            "conditions", "rationale", "origin"};
    const struct controls *controls = markdown->report->controls;
    const struct table *table = &markdown->report->tables[REPORT_CONTROLS];

    markdown_add_line(markdown, "## ", table->name);
    markdown_add_sentences(markdown, report_control_notes);
    for (size_t i = 0; i < controls->column_count; i++) {
        struct markdown_view view = rows_of(markdown, table, &controls->columns[i]);

        text_add(&markdown->out, "### ");
        markdown_add_framework(&markdown->out, &controls->columns[i]);
        text_add(&markdown->out, "\n\n");
        for (size_t j = 0; j < sizeof elsewhere / sizeof elsewhere[0]; j++)
            markdown_view_drop(&view, elsewhere[j]);
        markdown_add_view(markdown, &view);
        add_rationales(markdown, &view);
        markdown_view_free(&view);
    }
}

void markdown_add_table(struct markdown *markdown, enum report_table which, size_t first_note,
                        size_t end_note)
{
    const struct table *table = &markdown->report->tables[which];

    if (table->absent)
        return;
    markdown_add_line(markdown, "## ", table->name);
    markdown_add_notes(markdown, first_note, end_note);
    text_addf(&markdown->out, "A row is %s.\n\n", table->row_is);
    markdown_add_whole(markdown, table);
}
