/* xlsx_summary_counts.c: the sections of the Summary that count: results, ages, accounts, open
 * items, controls. Every chart has its numbers in the cells above it. */
#include "xlsx/xlsx_summary.h"

/* Accounts that fit on a page below the ages, with their chart. */
enum { OPEN_ITEMS = 10, CHARTED_ACCOUNTS = 10, SHORT_ACCOUNTS = 5 };

/* The columns of the results by rule: what a chart's series are. */
static const enum result shown_results[] = {RESULT_FAIL, RESULT_UNKNOWN, RESULT_WAIVED, RESULT_PASS,
                                            RESULT_NOT_APPLICABLE};
enum { SHOWN_RESULTS = sizeof shown_results / sizeof shown_results[0] };

static void add_results_by_rule(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct xlsx_chart chart = {.title = "Certificates by rule and result",
                               .alternative = "Bars: how many certificates came out how under each "
                                              "rule. The numbers stand in the table above.",
                               .labels = AT_LABEL,
                               .header = sheet->row,
                               .series = AT_FIRST,
                               .series_count = SHOWN_RESULTS,
                               .first = sheet->row + 1};
    size_t all = 0;

    xlsx_summary_add_titles(sheet,
                            (const struct xlsx_summary_title[AT_COUNT]){{"rule", false},
                                                                        {"FAIL", true},
                                                                        {"UNKNOWN", true},
                                                                        {"WAIVED", true},
                                                                        {"PASS", true},
                                                                        {"NOT_APPLICABLE", true},
                                                                        {"total", true}});
    for (size_t i = 0; i < assessment->rule_count; i++) {
        const struct result_counts *counts = &assessment->counts[i];

        struct text label = TEXT_EMPTY;
        text_addf(&label, "%s %s (%s)", assessment->rules[i]->id, assessment->rules[i]->title,
                  rules_severity_name(assessment->rules[i]->severity));
        xlsx_add_string(sheet, AT_LABEL, text_string(&label), XLSX_WRAPPED);
        text_free(&label);
        for (size_t j = 0; j < SHOWN_RESULTS; j++)
            xlsx_add_count(sheet, (lxw_col_t)(AT_FIRST + j), counts->by_result[shown_results[j]]);
        xlsx_add_count(sheet, AT_LAST, counts->total);
        xlsx_end_row(sheet);
        all += counts->total;
    }
    chart.last = sheet->row - 1;
    if (all > 0)
        xlsx_add_chart(sheet, &chart);
}

/* A row of results by condition, or of a result as a whole. */
static void add_count(struct xlsx_sheet *sheet, const struct report_count *count, const char *label,
                      size_t certificates, bool whole)
{
    xlsx_add_string(sheet, AT_LABEL, label, whole ? XLSX_LABEL : XLSX_WRAPPED);
    xlsx_add_count(sheet, AT_FIRST, certificates);
    if (whole)
        xlsx_add_string(sheet, AT_SECOND, rules_result_name(count->result), XLSX_LABEL);
    if (certificates == count->certificates)
        xlsx_add_merged(sheet, AT_TEXT, AT_LAST, count->condition->meaning, XLSX_WRAPPED);
    xlsx_end_row(sheet);
}

/* A row for each condition; where a result has several, its total stands above them. */
static void add_conditions(struct xlsx_sheet *sheet, const struct report *report)
{
    struct report_count count, before = {.rule = NULL};
    struct text label = TEXT_EMPTY;

    for (size_t i = 0; report_count(report, i, &count); i++) {
        size_t total = report->assessment
                           ->counts[rules_number(report->assessment->rules,
                                                 report->assessment->rule_count, count.rule)]
                           .by_result[count.result];
        bool alone = total == count.certificates;

        if (!alone && (before.rule != count.rule || before.result != count.result))
            add_count(sheet, &count, count.rule->id, total, true);
        text_clear(&label);
        text_addf(&label, "%s %s", alone ? count.rule->id : "    of which", count.condition->name);
        add_count(sheet, &count, text_string(&label), count.certificates, alone);
        before = count;
    }
    text_free(&label);
}

static void add_results_by_condition(struct xlsx_sheet *sheet, const struct report *report)
{
    lxw_row_t first;

    xlsx_end_row(sheet);
    xlsx_summary_add_titles(
        sheet, (const struct xlsx_summary_title[AT_COUNT]){{"rule and condition", false},
                                                           {"certificates", true},
                                                           {"result", false},
                                                           {"meaning", false},
                                                           {NULL, false},
                                                           {NULL, false},
                                                           {NULL, false}});
    first = sheet->row;
    add_conditions(sheet, report);
    if (sheet->row > first)
        xlsx_mark_results(sheet, first, sheet->row - 1, AT_SECOND);
}

void xlsx_summary_add_results(struct xlsx_sheet *sheet, const struct report *report)
{
    xlsx_summary_add_heading(sheet, "Results by rule and condition", "Findings");
    add_results_by_rule(sheet, report);
    add_results_by_condition(sheet, report);
}

void xlsx_summary_add_ages(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct summary *summary = &report->summary;

    if (summary->age_count == 0)
        return;
    xlsx_summary_add_heading(sheet, "Failures by age", "Findings");
    xlsx_summary_add_titles(
        sheet, (const struct xlsx_summary_title[AT_COUNT]){{"at the as-of time", false},
                                                           {"certificates", true},
                                                           {"", false},
                                                           {"", false},
                                                           {"", false},
                                                           {"", false},
                                                           {"", false}});
    for (size_t i = 0; i < summary->age_count; i++) {
        xlsx_add_string(sheet, AT_LABEL, summary->ages[i].what, XLSX_WRAPPED);
        xlsx_add_count(sheet, AT_FIRST, summary->ages[i].count);
        xlsx_end_row(sheet);
    }
}

static void add_account(struct xlsx_sheet *sheet, const struct summary_account *account)
{
    struct text label = TEXT_EMPTY;

    if (account->others > 0)
        text_addf(&label, "%zu other accounts", account->others);
    else
        text_add(&label, *account->account != '\0' ? account->account : "not stated");
    xlsx_add_string(sheet, AT_LABEL, text_string(&label), XLSX_WRAPPED);
    text_free(&label);
    xlsx_add_count(sheet, AT_FIRST, account->fail);
    xlsx_add_count(sheet, AT_SECOND, account->unknown);
    xlsx_add_string(sheet, AT_TEXT, account->name, XLSX_WRAPPED);
    xlsx_add_string(sheet, AT_MORE, account->owner, XLSX_WRAPPED);
    if (account->next_due != NULL)
        xlsx_add_time(sheet, AT_TIME, account->next_due);
    xlsx_add_count(sheet, AT_LAST, account->total);
    xlsx_end_row(sheet);
}

void xlsx_summary_add_accounts(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct summary *summary = &report->summary;
    struct xlsx_chart chart = {.title = "Failures by account",
                               .alternative = "Bars: how many certificates fail in each account, "
                                              "the most first. The numbers stand in the table "
                                              "above.",
                               .labels = AT_LABEL,
                               .series = AT_FIRST,
                               .series_count = 1};
    size_t failures = report->assessment->finding_counts.by_result[RESULT_FAIL], charted;

    if (summary->account_count == 0)
        return;
    if (summary->account_count > SHORT_ACCOUNTS)
        xlsx_break_page(sheet);
    xlsx_summary_add_heading(sheet, "Accounts", "Coverage");
    chart.header = sheet->row;
    chart.first = sheet->row + 1;
    xlsx_summary_add_titles(sheet,
                            (const struct xlsx_summary_title[AT_COUNT]){{"account", false},
                                                                        {"FAIL", true},
                                                                        {"UNKNOWN", true},
                                                                        {"name", false},
                                                                        {"owner", false},
                                                                        {"next due (UTC)", true},
                                                                        {"certificates", true}});
    for (size_t i = 0; i < summary->account_count; i++)
        add_account(sheet, &summary->accounts[i]);
    charted = summary->account_count < CHARTED_ACCOUNTS ? summary->account_count : CHARTED_ACCOUNTS;
    chart.last = chart.first + (lxw_row_t)charted - 1;
    if (failures > 0)
        xlsx_add_chart(sheet, &chart);
}

/* A cell of Findings in a column of the Summary. */
static void add_cell(struct xlsx_sheet *sheet, lxw_col_t at, struct report_row *row,
                     const char *title)
{
    struct cell cell = {.kind = CELL_EMPTY};

    report_cell(row, report_column(row->table, title), &cell);
    if (cell.kind == CELL_TIME)
        xlsx_add_time(sheet, at, &cell.time);
    else if (cell.kind == CELL_TEXT)
        xlsx_add_string(sheet, at, cell.text, XLSX_WRAPPED);
}

static void add_item(struct xlsx_sheet *sheet, struct report_row *row)
{
    struct cell cell = {.kind = CELL_EMPTY};

    add_cell(sheet, AT_LABEL, row, "certificate");
    report_cell(row, report_column(row->table, "ref"), &cell);
    xlsx_add_link(sheet, AT_FIRST, cell.kind == CELL_TEXT ? cell.text : "", row->table->name,
                  row->number + 1);
    add_cell(sheet, AT_SECOND, row, "result");
    add_cell(sheet, AT_TEXT, row, "condition");
    add_cell(sheet, AT_MORE, row, "account");
    add_cell(sheet, AT_TIME, row, "due");
    add_cell(sheet, AT_LAST, row, "in_use");
    xlsx_end_row(sheet);
}

void xlsx_summary_add_open(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct table *table = &report->tables[REPORT_FINDINGS];
    struct report_row row = REPORT_ROW_CLOSED;
    size_t count = 0, open = report->assessment->finding_counts.by_result[RESULT_FAIL] +
                             report->assessment->finding_counts.by_result[RESULT_UNKNOWN];
    lxw_row_t first;

    if (open == 0)
        return;
    xlsx_summary_add_heading(sheet, "Open items that come first", table->name);
    xlsx_summary_add_titles(sheet,
                            (const struct xlsx_summary_title[AT_COUNT]){{"certificate", false},
                                                                        {"ref", false},
                                                                        {"result", false},
                                                                        {"condition", false},
                                                                        {"account", false},
                                                                        {"due (UTC)", true},
                                                                        {"in use", false}});
    first = sheet->row;
    for (; count < OPEN_ITEMS && count < open && count < table->row_count; count++) {
        report_open_row(&row, report, table, count);
        add_item(sheet, &row);
    }
    report_close_row(&row);
    if (count > 0)
        xlsx_mark_results(sheet, first, sheet->row - 1, AT_SECOND);
    if (open > count) {
        struct text more = TEXT_EMPTY;
        text_addf(&more, "%zu more are open: see %s.", open - count, table->name);
        xlsx_summary_add_sentence(sheet, text_string(&more));
        text_free(&more);
    }
}

static void add_control(struct xlsx_sheet *sheet, const struct control *control,
                        const struct framework *framework, size_t fail, size_t unknown)
{
    struct text label = TEXT_EMPTY;

    controls_add_framework(framework, &label);
    xlsx_add_string(sheet, AT_LABEL, text_string(&label), XLSX_WRAPPED);
    text_free(&label);
    xlsx_add_string(sheet, AT_FIRST, control->control, XLSX_WRAPPED);
    xlsx_add_string(sheet, AT_SECOND, control->rule->id, XLSX_WRAPPED);
    xlsx_add_merged(sheet, AT_TEXT, AT_MORE, control->title, XLSX_WRAPPED);
    xlsx_add_count(sheet, AT_TIME, fail);
    xlsx_add_count(sheet, AT_LAST, unknown);
    xlsx_end_row(sheet);
}

void xlsx_summary_add_controls(struct xlsx_sheet *sheet, const struct report *report)
{
    const struct controls *controls = report->controls;
    size_t fail, unknown;

    xlsx_summary_add_heading(sheet, "Controls with open findings", "Controls");
    xlsx_summary_add_titles(sheet, (const struct xlsx_summary_title[AT_COUNT]){{"framework", false},
                                                                               {"control", false},
                                                                               {"rule", false},
                                                                               {"title", false},
                                                                               {NULL, false},
                                                                               {"FAIL", true},
                                                                               {"UNKNOWN", true}});
    for (size_t i = 0; i < controls->count; i++) {
        if (report_open_of_control(report, i, &fail, &unknown)) {
            add_control(sheet, &controls->rows[i], &controls->columns[controls->rows[i].column],
                        fail, unknown);
        }
    }
    for (const char *const *note = report_control_notes; *note != NULL; note++)
        xlsx_summary_add_sentence(sheet, *note);
}
