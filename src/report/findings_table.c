/* findings_table.c: a finding is a certificate under a rule. */
#include "audit/scope.h"
#include "base/pool.h"
#include "report/columns.h"
#include <string.h>

static void open_finding(struct report_row *row)
{
    const struct report *report = row->report;
    const struct finding *finding = &report->assessment->findings[row->number];
    const struct certificate *certificate = finding->certificate;
    row->finding = finding;
    row->certificate = certificate;
    row->seen = finding->seen;
    row->scope = scope_find_account(report->assessment->scope, certificate->location->account,
                                    certificate->location->region, certificate->service);
    row->control_ids =
        &report->control_ids[finding->rule_number]
                            [(size_t)(finding->condition - finding->rule->conditions) *
                             report->controls->column_count];
}

static void get_ref(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_ref(cell, row);
}

static void get_result(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_result(cell, row->finding->result);
}

static void get_condition(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, row->finding->condition->name);
}

static void get_severity(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, rules_severity_name(row->finding->rule->severity));
}

static void get_rule(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, row->finding->rule, offset);
}

static void get_due(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_time(cell, row->finding->due);
}

static void get_reason(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    assess_add_reason(row->report->assessment, row->finding, &row->scratch);
    cell_set_scratch(cell, row);
}

static void get_remediation(struct report_row *row, size_t argument, struct cell *cell)
{
    struct text *lines = &row->scratch;
    (void)argument;
    row->finding->rule->remediation(row->seen, row->finding->condition,
                                    &row->report->assessment->policy, lines);
    if (lines->length > 0) /* without the last line feed */
        lines->bytes[--lines->length] = '\0';
    cell_set_scratch(cell, row);
    cell->kind = CELL_LINES;
}

static void get_observed(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    rules_add_observed(row->seen, row->finding->condition, &row->scratch);
    cell_set_scratch(cell, row);
}

static void get_expected(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct condition *condition = row->finding->condition;
    (void)argument;
    if (condition->expected != NULL) {
        cell_set_text(cell, condition->expected);
        return;
    }
    row->finding->rule->expected(condition, &row->report->assessment->policy, &row->scratch);
    cell_set_scratch(cell, row);
}

static void get_controls(struct report_row *row, size_t framework, struct cell *cell)
{
    if (!row->certificate->excluded) /* no control counts it */
        cell_set_text(cell, row->control_ids[framework]);
}

static void get_scope(struct report_row *row, size_t offset, struct cell *cell)
{
    if (row->scope != NULL)
        cell_set_text_at(cell, row->scope, offset);
}

static void get_failing_since(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_time(cell, row->finding->failing_since);
}

static void get_file(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, row->seen->file->name);
}

static void get_sha256(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, row->seen->file->sha256);
}

static void get_place(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_count_at(cell, row->seen, offset);
}

static void get_pointer(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    rules_add_pointer(row->seen, row->finding->condition, &row->scratch);
    cell_set_scratch(cell, row);
}

/* A time that a person gave: as text if it has a fraction of a second, which a sheet cannot show.
 */
static void get_policy(struct report_row *row, size_t offset, struct cell *cell)
{
    const struct timestamp *time =
        (const void *)((const char *)&row->report->assessment->policy + offset);
    if (*time->fraction == '\0') {
        cell_set_time(cell, time);
        return;
    }
    timestamp_add_exact(time, &row->scratch);
    cell_set_scratch(cell, row);
}

static void get_version(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, row->report->version);
}

static const struct column before_frameworks[] = {
    {"ref", 11, false, 0, get_ref},
    {"result", 16, false, 0, get_result},
    {"condition", 19, false, 0, get_condition},
    {"severity", 9, false, 0, get_severity},
    {"rule", 9, false, offsetof(struct rule, id), get_rule},
    {"account", 14, false, offsetof(struct location, account), column_get_location},
    {"region", 14, false, offsetof(struct location, region), column_get_location},
    {"certificate", 24, false, offsetof(struct observation, name), column_get_record},
    {"in_use", 11, false, 0, column_get_in_use},
    {"due", 21, false, 0, get_due},
    {"reason", 60, false, 0, get_reason},
    {"remediation", 46, true, 0, get_remediation},
    {"arn", 60, true, offsetof(struct certificate, arn), column_get_certificate},
    {"observed", 26, true, 0, get_observed},
    {"expected", 30, true, 0, get_expected},
    {"in_use_by", 40, true, offsetof(struct acm_facts, in_use_by), column_get_acm},
    {"in_scope", 10, true, 0, column_get_in_scope},
};

static const struct column after_frameworks[] = {
    {"rule_title", 34, true, offsetof(struct rule, title), get_rule},
    {"service", 8, true, 0, column_get_service},
    {"account_name", 16, true, offsetof(struct scope_line, name), get_scope},
    {"owner", 16, true, offsetof(struct scope_line, owner), get_scope},
    {"failing_since", 22, true, 0, get_failing_since},
    {"evidence_file", 40, true, 0, get_file},
    {"evidence_sha256", 66, true, 0, get_sha256},
    {"evidence_document", 18, true, offsetof(struct observation, document), get_place},
    {"evidence_line", 14, true, offsetof(struct observation, line), get_place},
    {"evidence_pointer", 40, true, 0, get_pointer},
    {"as_of", 20, true, offsetof(struct policy, as_of), get_policy},
    {"cutoff", 20, true, offsetof(struct policy, cutoff), get_policy},
    {"version", 9, true, 0, get_version},
};

enum { BEFORE = COLUMN_COUNT(before_frameworks), AFTER = COLUMN_COUNT(after_frameworks) };

struct table findings_table(const struct report *report)
{
    size_t frameworks = report->controls->column_count, count = BEFORE + frameworks + AFTER;
    struct column *columns = pool_alloc(report->pool, count * sizeof *columns);
    memcpy(columns, before_frameworks, sizeof before_frameworks);
    for (size_t i = 0; i < frameworks; i++)
        columns[BEFORE + i] =
            (struct column){report->controls->columns[i].title, 22, false, i, get_controls};
    memcpy(columns + BEFORE + frameworks, after_frameworks, sizeof after_frameworks);
    return (struct table){.name = "Findings",
                          .row_is = "a certificate under a rule",
                          .columns = columns,
                          .column_count = count,
                          .row_count = report->assessment->finding_count,
                          .open = open_finding};
}
