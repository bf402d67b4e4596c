/* changes_table.c: what differs from the baseline. */
#include "audit/baseline.h"
#include "report/columns.h"

static const struct change *change_of(const struct report_row *row)
{
    return &row->report->assessment->baseline->changes[row->number];
}

/* A finding that is gone has no certificate: its cells come from the baseline. */
static void open_change(struct report_row *row)
{
    row->finding = change_of(row)->after;
    if (row->finding != NULL) {
        row->certificate = row->finding->certificate;
        row->seen = row->finding->seen;
    }
}

static void get_kind(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, baseline_change_name(change_of(row)->kind));
}

static void get_ref(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    if (row->finding != NULL)
        cell_set_ref(cell, row);
    else
        cell_set_text(cell, change_of(row)->before->ref);
}

static void get_rule(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell,
                  row->finding != NULL ? row->finding->rule->id : change_of(row)->before->rule->id);
}

static void get_arn(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, row->finding != NULL ? row->certificate->arn : change_of(row)->before->arn);
}

static void get_certificate(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell,
                  row->finding != NULL ? row->seen->name : change_of(row)->before->certificate);
}

static void get_before(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct change *change = change_of(row);
    (void)argument;
    if (change->before != NULL)
        cell_set_result(cell, change->before->result);
    else
        cell_set_text(cell, "absent");
}

static void get_after(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    if (row->finding != NULL)
        cell_set_result(cell, row->finding->result);
    else
        cell_set_text(cell, "absent");
}

static void get_failing_since(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct change *change = change_of(row);
    (void)argument;
    if (row->finding != NULL)
        cell_set_time(cell, row->finding->failing_since);
    else if (change->before->has_failing_since)
        cell_set_time(cell, &change->before->failing_since);
}

static const struct column columns[] = {
    {"change", 14, false, 0, get_kind},
    {"ref", 11, false, 0, get_ref},
    {"rule", 9, false, 0, get_rule},
    {"arn", 60, false, 0, get_arn},
    {"certificate", 30, false, 0, get_certificate},
    {"before", 16, false, 0, get_before},
    {"after", 16, false, 0, get_after},
    {"failing_since", 22, false, 0, get_failing_since},
};

struct table changes_table(const struct report *report)
{
    const struct baseline *baseline = report->assessment->baseline;
    return (struct table){.name = "Changes",
                          .row_is = "a finding that differs from the baseline, or still fails",
                          .columns = columns,
                          .column_count = COLUMN_COUNT(columns),
                          .row_count = baseline != NULL ? baseline->change_count : 0,
                          .absent = baseline == NULL,
                          .open = open_change};
}
