/* report_controls.c: the Controls table, a line for each column, and what is counted for it. */
#include "report/report.h"
#include "report/report_cells.h"

enum control_column {
    CONTROL_FRAMEWORK,
    CONTROL_VERSION,
    CONTROL_ID,
    CONTROL_TITLE,
    CONTROL_RULE,
    CONTROL_RELATION,
    CONTROL_CONDITIONS,
    CONTROL_RATIONALE,
    CONTROL_ORIGIN,
    CONTROL_TESTED, /* the rest are counts */
    CONTROL_PASSING,
    CONTROL_FAILING,
    CONTROL_UNKNOWN,
    CONTROL_WAIVED,
    CONTROL_NOT_APPLICABLE
};

static struct result_counts concerned(const struct report *report, const struct control *row)
{
    const struct assessment *assessment = report->assessment;
    struct result_counts counts = {{0}, 0};
    size_t rule = rules_number(assessment->rules, assessment->rule_count, row->rule);
    for (size_t i = 0; rule < assessment->rule_count && row->rule->conditions[i].name != NULL;
         i++) {
        if (!controls_concern(row, row->rule, &row->rule->conditions[i]))
            continue;
        for (size_t result = 0; result < RESULT_COUNT; result++)
            counts.by_result[result] += report->counts[rule][i].by_result[result];
        counts.total += report->counts[rule][i].total;
    }
    return counts;
}

bool report_open_of_control(const struct report *report, size_t row, size_t *fail, size_t *unknown)
{
    struct result_counts counts = concerned(report, &report->controls->rows[row]);
    *fail = counts.by_result[RESULT_FAIL];
    *unknown = counts.by_result[RESULT_UNKNOWN];
    return *fail + *unknown > 0;
}

static void get_control_count(const struct report *report, const struct control *row,
                              enum control_column column, struct cell *cell)
{
    static const enum result results[] = {[CONTROL_PASSING] = RESULT_PASS,
                                          [CONTROL_FAILING] = RESULT_FAIL,
                                          [CONTROL_UNKNOWN] = RESULT_UNKNOWN,
                                          [CONTROL_WAIVED] = RESULT_WAIVED,
                                          [CONTROL_NOT_APPLICABLE] = RESULT_NOT_APPLICABLE};
    struct result_counts counts = concerned(report, row);
    size_t tested = counts.total - counts.by_result[RESULT_NOT_APPLICABLE];
    if (column != CONTROL_TESTED)
        cell_say_count(cell, counts.by_result[results[column]]);
    else if (tested == 0)
        cell_say(cell, "not tested");
    else
        cell_say_count(cell, tested);
}

static void get_control(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct control *control = &row->report->controls->rows[row->number];
    enum control_column column = (enum control_column)argument;
    if (column >= CONTROL_TESTED) {
        get_control_count(row->report, control, column, cell);
        return;
    }
    const char *const texts[] = {
        [CONTROL_FRAMEWORK] = control->framework,
        [CONTROL_VERSION] = control->version,
        [CONTROL_ID] = control->control,
        [CONTROL_TITLE] = control->title,
        [CONTROL_RULE] = control->rule->id,
        [CONTROL_RELATION] = control->relation,
        [CONTROL_CONDITIONS] = control->conditions,
        [CONTROL_RATIONALE] = control->rationale,
        [CONTROL_ORIGIN] = control->origin,
    };
    cell_say(cell, texts[column]);
}

static const struct column controls[] = {
    {"framework", 20, false, CONTROL_FRAMEWORK, get_control},
    {"version", 15, false, CONTROL_VERSION, get_control},
    {"control", 13, false, CONTROL_ID, get_control},
    {"title", 40, false, CONTROL_TITLE, get_control},
    {"rule", 9, false, CONTROL_RULE, get_control},
    {"relation", 11, false, CONTROL_RELATION, get_control},
    {"conditions", 30, false, CONTROL_CONDITIONS, get_control},
    {"tested", 11, false, CONTROL_TESTED, get_control},
    {"passing", 9, false, CONTROL_PASSING, get_control},
    {"failing", 9, false, CONTROL_FAILING, get_control},
    {"unknown", 9, false, CONTROL_UNKNOWN, get_control},
    {"waived", 9, false, CONTROL_WAIVED, get_control},
    {"not_applicable", 16, false, CONTROL_NOT_APPLICABLE, get_control},
    {"rationale", 60, true, CONTROL_RATIONALE, get_control},
    {"origin", 40, true, CONTROL_ORIGIN, get_control},
};

const struct column *report_control_columns(size_t *count)
{
    *count = COLUMNS(controls);
    return controls;
}
