/* workpaper_counts.c: the sections that count: population, accounts, results, ages, controls. */
#include "audit/summary.h"
#include "base/pool.h"
#include "report/columns.h"
#include "report/workpaper_sections.h"

/* The columns of the results by rule, and the parts of its chart's bars. */
static const enum result shown_results[] = {RESULT_FAIL, RESULT_UNKNOWN, RESULT_WAIVED, RESULT_PASS,
                                            RESULT_NOT_APPLICABLE};

enum {
    SHOWN_RESULTS = sizeof shown_results / sizeof shown_results[0],
    CHARTED_ACCOUNTS = 10,
    LABEL_WIDTH = 52,
    COUNT_WIDTH = 13
};

#define ADD_TABLE(list, columns)                                                                   \
    blocks_add_table((list), (columns), sizeof(columns) / sizeof *(columns))

static const struct block_chart *new_chart(const struct blocks *list, struct block_chart chart)
{
    struct block_chart *kept = pool_alloc(list->pool, sizeof *kept);
    *kept = chart;
    return kept;
}

void workpaper_add_population(struct blocks *list, const struct report *report)
{
    static const struct block_title columns[] = {{"In the evidence", LABEL_WIDTH},
                                                 {"Count", COUNT_WIDTH}};
    ADD_TABLE(list, columns);
    for (size_t i = 0; i < report->summary->population_count; i++) {
        blocks_add_text(list, report->summary->population[i].what);
        blocks_add_count(list, report->summary->population[i].count);
    }
}

static void add_account(struct blocks *list, const struct summary_account *account)
{
    struct text label = TEXT_EMPTY;
    if (account->others > 0)
        text_addf(&label, "%zu other accounts", account->others);
    else
        text_add(&label, *account->account != '\0' ? account->account : "not stated");
    blocks_add_text(list, text_string(&label));
    blocks_add_count(list, account->fail);
    blocks_add_count(list, account->unknown);
    blocks_add_text(list, account->name);
    blocks_add_text(list, account->owner);
    blocks_add_time(list, account->next_due);
    blocks_add_count(list, account->total);
    text_free(&label);
}

void workpaper_add_accounts(struct blocks *list, const struct report *report, int level)
{
    static const struct block_title columns[] = {{"Account", LABEL_WIDTH},
                                                 {"FAIL", COUNT_WIDTH},
                                                 {"UNKNOWN", COUNT_WIDTH},
                                                 {"Name", 34},
                                                 {"Owner", 24},
                                                 {"Next due", 21},
                                                 {"Certificates", 16}};
    const struct summary *summary = report->summary;
    size_t rows = summary->account_count;
    if (rows == 0)
        return;
    blocks_add_heading(list, level, "Accounts, most failures first",
                       &report->tables[REPORT_COVERAGE]);
    struct block *table = ADD_TABLE(list, columns);
    for (size_t i = 0; i < rows; i++)
        add_account(list, &summary->accounts[i]);
    blocks_trim(list);
    if (report->assessment->finding_counts.by_result[RESULT_FAIL] > 0)
        table->chart = new_chart(
            list, (struct block_chart){"Failures by account",
                                       "Bar chart of the failures in each account. The table above "
                                       "has the numbers.",
                                       1, 1, rows < CHARTED_ACCOUNTS ? rows : CHARTED_ACCOUNTS});
}

/* `IAM-033 Pre-Heartbleed Server Certificates (High)` */
static void add_rule_title(const struct rule *rule, struct text *text)
{
    text_addf(text, "%s %s (%s)", rule->id, rule->title, rules_severity_name(rule->severity));
}

static void add_result_row(struct blocks *list, const char *label,
                           const struct result_counts *counts)
{
    blocks_add_text(list, label);
    for (size_t i = 0; i < SHOWN_RESULTS; i++)
        blocks_add_count(list, counts->by_result[shown_results[i]]);
    blocks_add_count(list, counts->total);
}

/* Findings, if there is more than one rule; and certificates, if one has several findings. */
static void add_totals(struct blocks *list, struct block *table,
                       const struct assessment *assessment)
{
    size_t by_rule = table->row_count;
    if (by_rule > 1)
        add_result_row(list, "Total", &assessment->finding_counts);
    if (assessment->finding_counts.total != assessment->certificate_counts.total)
        add_result_row(list, "Certificates, by their worst result",
                       &assessment->certificate_counts);
    table->totals = table->row_count - by_rule;
}

void workpaper_add_results(struct blocks *list, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct block_title columns[SHOWN_RESULTS + 2] = {{"Rule", LABEL_WIDTH},
                                                     [SHOWN_RESULTS + 1] = {"Total", COUNT_WIDTH}};
    struct text label = TEXT_EMPTY;
    for (size_t i = 0; i < SHOWN_RESULTS; i++)
        columns[1 + i] = (struct block_title){rules_result_name(shown_results[i]), COUNT_WIDTH};
    struct block *table = ADD_TABLE(list, columns);
    for (size_t i = 0; i < assessment->rule_count; i++) {
        text_clear(&label);
        add_rule_title(assessment->rules[i], &label);
        add_result_row(list, text_string(&label), &assessment->counts[i]);
    }
    if (assessment->finding_counts.total > 0)
        table->chart =
            new_chart(list, (struct block_chart){"Results by rule",
                                                 "Bar chart of the results of each rule. The table "
                                                 "above has the numbers.",
                                                 1, SHOWN_RESULTS, table->row_count});
    add_totals(list, table, assessment);
    text_free(&label);
}

void workpaper_add_conditions(struct blocks *list, const struct report *report, size_t number,
                              int level)
{
    static const struct block_title columns[] = {
        {"Condition", 24}, {"Certificates", 5}, {"Result", 14}, {"Meaning", 60}};
    const struct rule *rule = report->assessment->rules[number];
    struct text title = TEXT_EMPTY;
    add_rule_title(rule, &title);
    blocks_add_heading(list, level, text_string(&title), NULL);
    text_free(&title);
    if (report->assessment->counts[number].total == 0) {
        blocks_add_paragraph(list, NULL,
                             report->assessment->excluded_certificates > 0
                                 ? "No certificates in scope."
                                 : "No certificates.");
        return;
    }
    ADD_TABLE(list, columns)->bars = 1;
    for (size_t result = 0; result < RESULT_COUNT; result++) {
        for (size_t i = 0; rule->conditions[i].name != NULL; i++) {
            size_t count = report->counts[number][i].by_result[result];
            if (count == 0)
                continue;
            blocks_add_text(list, rule->conditions[i].name);
            blocks_add_count(list, count);
            blocks_add_result(list, rules_result_name((enum result)result));
            blocks_add_text(list, rule->conditions[i].meaning);
        }
    }
}

void workpaper_add_ages(struct blocks *list, const struct report *report)
{
    static const struct block_title columns[] = {{"At the as-of time", LABEL_WIDTH},
                                                 {"Failures", COUNT_WIDTH}};
    const struct summary *summary = report->summary;
    size_t failures = 0;
    for (size_t i = 0; i < summary->age_count; i++)
        failures += summary->ages[i].count;
    if (failures == 0)
        return;
    blocks_add_heading(list, 3, "Failures by age", NULL);
    ADD_TABLE(list, columns);
    for (size_t i = 0; i < summary->age_count; i++) {
        blocks_add_text(list, summary->ages[i].what);
        blocks_add_count(list, summary->ages[i].count);
    }
}

void workpaper_add_open_controls(struct blocks *list, const struct report *report)
{
    static const struct block_title columns[] = {
        {"Framework", LABEL_WIDTH}, {"Control", COUNT_WIDTH}, {"Rule", COUNT_WIDTH}, {"Title", 60},
        {"FAIL", COUNT_WIDTH},      {"UNKNOWN", COUNT_WIDTH}};
    const struct controls *controls = report->controls;
    struct text framework = TEXT_EMPTY;
    ADD_TABLE(list, columns);
    for (size_t i = 0; i < controls->count; i++) {
        const struct control *control = &controls->rows[i];
        struct control_counts counts = controls_table_counts(report, control);
        size_t fail = counts.by_result[RESULT_FAIL], unknown = counts.by_result[RESULT_UNKNOWN];
        if (fail + unknown == 0)
            continue;
        text_clear(&framework);
        controls_add_framework(&controls->columns[control->column], &framework);
        blocks_add_text(list, text_string(&framework));
        blocks_add_text(list, control->control);
        blocks_add_text(list, control->rule->id);
        blocks_add_text(list, control->title);
        blocks_add_count(list, fail);
        blocks_add_count(list, unknown);
    }
    text_free(&framework);
}

/* Why a control is relevant is too long for a cell: `4.2.1, IAM-033: its title`, and the reason. */
static void add_rationale(struct blocks *list, const struct control *control)
{
    struct text name = TEXT_EMPTY, value = TEXT_EMPTY;
    text_addf(&name, "%s, %s: %s", control->control, control->rule->id, control->title);
    text_add(&value, control->rationale);
    if (*control->conditions != '\0')
        text_addf(&value, " Of failures it counts only %s; see other_failures.",
                  control->conditions);
    text_addf(&value, " Origin: %s.", control->origin);
    blocks_add_fact(list, text_string(&name), text_string(&value));
    text_free(&name);
    text_free(&value);
}

void workpaper_add_frameworks(struct blocks *list, const struct report *report, int level)
{
    static const char *const titles[] = {
        "control",        "rule",    "relation", "tested",         "passing", "failing",
        "other_failures", "unknown", "waived",   "not_applicable", NULL};
    const struct controls *controls = report->controls;
    struct text title = TEXT_EMPTY;
    for (size_t i = 0; i < controls->column_count; i++) {
        size_t *numbers = pool_alloc(list->pool, controls->count * sizeof *numbers), count = 0;
        for (size_t j = 0; j < controls->count; j++)
            if (controls->rows[j].column == i)
                numbers[count++] = j;
        text_clear(&title);
        controls_add_framework(&controls->columns[i], &title);
        blocks_add_heading(list, level, text_string(&title), NULL);
        blocks_add_view(list, report, &report->tables[REPORT_CONTROLS], titles, numbers, count);
        blocks_add_facts(list);
        for (size_t j = 0; j < count; j++)
            add_rationale(list, &controls->rows[numbers[j]]);
    }
    text_free(&title);
}
