/* controls_table.c: the controls, and the findings that are relevant to each. What was tested is
 * passing, failing, unknown or waived, or fails by a condition that the row does not name. */
#include "report/columns.h"

static const struct control *control_of(const struct report_row *row)
{
    return &row->report->controls->rows[row->number];
}

struct control_counts controls_table_counts(const struct report *report,
                                            const struct control *control)
{
    const struct assessment *assessment = report->assessment;
    const struct rule *rule = control->rule;
    struct control_counts counts = {.other_failures = 0};
    size_t number = rules_number(assessment->rules, assessment->rule_count, rule);
    if (number == assessment->rule_count)
        return counts;
    for (size_t i = 0; rule->conditions[i].name != NULL; i++) {
        const struct result_counts *findings = &report->counts[number][i];
        counts.total += findings->total;
        if (!controls_concern(control, rule, &rule->conditions[i])) {
            counts.other_failures += findings->total; /* whether waived or not */
            continue;
        }
        for (size_t result = 0; result < RESULT_COUNT; result++)
            counts.by_result[result] += findings->by_result[result];
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
    struct control_counts counts = controls_table_counts(row->report, control_of(row));
    (void)argument;
    if (counts.total == 0)
        cell_set_text(cell, "not tested");
    else
        cell_set_count(cell, counts.total - counts.by_result[RESULT_NOT_APPLICABLE]);
}

static void get_other_failures(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_count(cell, controls_table_counts(row->report, control_of(row)).other_failures);
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
    {"other_failures", 16, false, 0, get_other_failures},
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
