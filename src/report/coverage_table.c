/* coverage_table.c: how much of each account and region the evidence shows. */
#include "audit/scope.h"
#include "report/columns.h"

static const struct coverage_row *coverage_of(const struct report_row *row)
{
    return &row->report->assessment->coverage.rows[row->number];
}

static void get_place(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, coverage_of(row), offset);
    if (*cell->text == '\0')
        cell_set_text(cell, "not stated");
}

static void get_account_name(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct coverage_row *coverage = coverage_of(row);
    const struct scope_line *line = coverage->scope;
    (void)argument;
    if (line == NULL)
        line = scope_find_account(row->report->assessment->scope, coverage->account,
                                  coverage->region, coverage->service);
    if (line != NULL)
        cell_set_text(cell, line->name);
}

static void get_service(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct coverage_row *coverage = coverage_of(row);
    (void)argument;
    cell_set_text(cell, evidence_service_name(coverage->service));
}

static void get_in_scope(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct scope_line *line = coverage_of(row)->scope;
    (void)argument;
    if (row->report->assessment->scope != NULL)
        cell_set_text(cell, line == NULL ? "not listed" : line->in_scope ? "yes" : "no");
}

static void get_count(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_count_at(cell, coverage_of(row), offset);
}

static void get_note(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    coverage_add_note(coverage_of(row), &row->scratch);
    cell_set_scratch(cell, row);
}

static const struct column columns[] = {
    {"account", 14, false, offsetof(struct coverage_row, account), get_place},
    {"account_name", 16, false, 0, get_account_name},
    {"region", 15, false, offsetof(struct coverage_row, region), get_place},
    {"service", 8, false, 0, get_service},
    {"in_scope", 9, false, 0, get_in_scope},
    {"lists", 8, false, offsetof(struct coverage_row, lists), get_count},
    {"listed", 8, false, offsetof(struct coverage_row, listed), get_count},
    {"described", 10, false, offsetof(struct coverage_row, described), get_count},
    {"not_described", 14, false, offsetof(struct coverage_row, not_described), get_count},
    {"not_listed", 11, false, offsetof(struct coverage_row, not_listed), get_count},
    {"mentioned", 11, false, offsetof(struct coverage_row, mentioned), get_count},
    {"assessed", 10, false, offsetof(struct coverage_row, assessed), get_count},
    {"truncated", 10, false, offsetof(struct coverage_row, truncated), get_count},
    {"note", 60, false, 0, get_note},
};

struct table coverage_table(const struct report *report)
{
    return (struct table){.name = "Coverage",
                          .row_is = "an account, region and service",
                          .columns = columns,
                          .column_count = COLUMN_COUNT(columns),
                          .row_count = report->assessment->coverage.count};
}
