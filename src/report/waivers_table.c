/* waivers_table.c: the lines of the waiver register, and what each did. */
#include "audit/waivers.h"
#include "report/columns.h"

static const struct waiver *waiver_of(const struct report_row *row)
{
    return &row->report->assessment->waivers->lines[row->number];
}

static void get_text(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, waiver_of(row), offset);
}

static void get_rule(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, waiver_of(row)->rule->id);
}

static void get_state(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct assessment *assessment = row->report->assessment;
    const struct waiver *waiver = waiver_of(row);
    (void)argument;
    cell_set_text(cell,
                  waivers_state_name(waivers_state(waiver, &assessment->policy.as_of,
                                                   assess_applies(assessment, waiver->rule))));
}

static void get_matched(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_count(cell, waiver_of(row)->matched);
}

static void get_note(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    waivers_add_note(waiver_of(row), &row->scratch);
    cell_set_scratch(cell, row);
}

static const struct column columns[] = {
    {"rule", 9, false, 0, get_rule},
    {"arn", 60, false, offsetof(struct waiver, arn), get_text},
    {"owner", 20, false, offsetof(struct waiver, owner), get_text},
    {"approver", 20, false, offsetof(struct waiver, approver), get_text},
    {"approved", 12, false, offsetof(struct waiver, approved_text), get_text},
    {"reason", 50, false, offsetof(struct waiver, reason), get_text},
    {"ticket", 14, false, offsetof(struct waiver, ticket), get_text},
    {"expires", 12, false, offsetof(struct waiver, expires_text), get_text},
    {"state", 13, false, 0, get_state},
    {"matched", 9, false, 0, get_matched},
    {"note", 40, false, 0, get_note},
};

struct table waivers_table(const struct report *report)
{
    const struct waivers *waivers = report->assessment->waivers;
    return (struct table){.name = "Waivers",
                          .row_is = "a line of the waiver register",
                          .columns = columns,
                          .column_count = COLUMN_COUNT(columns),
                          .row_count = waivers != NULL ? waivers->count : 0,
                          .absent = waivers == NULL};
}
