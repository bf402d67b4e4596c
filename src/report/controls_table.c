/* controls_table.c: the controls, and the findings that are relevant to each. */
#include "report/columns.h"

static const struct control *control_of(const struct report_row *row)
{
    return &row->report->controls->rows[row->number];
}

struct result_counts controls_table_counts(const struct report *report,
                                           const struct control *control)
{
    const struct assessment *assessment = report->assessment;
    const struct rule *rule = control->rule;
    struct result_counts counts = {{0}, 0};
    size_t number = rules_number(assessment->rules, assessment->rule_count, rule);
    if (number == assessment->rule_count)
        return counts;
    for (size_t i = 0; rule->conditions[i].name != NULL; i++) {
        if (!controls_concern(control, rule, &rule->conditions[i]))
            continue;
        for (size_t result = 0; result < RESULT_COUNT; result++)
            counts.by_result[result] += report->counts[number][i].by_result[result];
        counts.total += report->counts[number][i].total;
    }
    return counts;
}

static void get_text(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, control_of(row), offset);
}

static void get_rule(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, control_of(row)->rule->id);
}

static void get_tested(struct report_row *row, size_t argument, struct cell *cell)
{
    struct result_counts counts = controls_table_counts(row->report, control_of(row));
    size_t tested = counts.total - counts.by_result[RESULT_NOT_APPLICABLE];
    (void)argument;
    if (tested == 0)
        cell_set_text(cell, "not tested");
    else
        cell_set_count(cell, tested);
}

static void get_count(struct report_row *row, size_t result, struct cell *cell)
{
    cell_set_count(cell, controls_table_counts(row->report, control_of(row)).by_result[result]);
}

static const struct column columns[] = {
    {"framework", 20, false, offsetof(struct control, framework), get_text},
    {"version", 15, false, offsetof(struct control, version), get_text},
    {"control", 13, false, offsetof(struct control, control), get_text},
    {"title", 40, false, offsetof(struct control, title), get_text},
    {"rule", 9, false, 0, get_rule},
    {"relation", 11, false, offsetof(struct control, relation), get_text},
    {"conditions", 30, false, offsetof(struct control, conditions), get_text},
    {"tested", 11, false, 0, get_tested},
    {"passing", 9, false, RESULT_PASS, get_count},
    {"failing", 9, false, RESULT_FAIL, get_count},
    {"unknown", 9, false, RESULT_UNKNOWN, get_count},
    {"waived", 9, false, RESULT_WAIVED, get_count},
    {"not_applicable", 16, false, RESULT_NOT_APPLICABLE, get_count},
    {"rationale", 60, true, offsetof(struct control, rationale), get_text},
    {"origin", 40, true, offsetof(struct control, origin), get_text},
};

struct table controls_table(const struct report *report)
{
    return (struct table){.name = "Controls",
                          .row_is = "a control under a rule",
                          .columns = columns,
                          .column_count = COLUMN_COUNT(columns),
                          .row_count = report->controls->count};
}
