/* evidence_table.c: the input files, and what became of each. */
#include "report/columns.h"

static const struct evidence_file *file_of(const struct report_row *row)
{
    return row->report->assessment->evidence->files[row->number];
}

static void get_text(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, file_of(row), offset);
}

static void get_count(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_count_at(cell, file_of(row), offset);
}

static void get_bytes(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    if (file_of(row)->hashed)
        cell_set_count(cell, file_of(row)->bytes);
}

static void get_sha256(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    if (file_of(row)->hashed)
        cell_set_text(cell, file_of(row)->sha256);
}

static void get_state(struct report_row *row, size_t argument, struct cell *cell)
{
    static const char *const states[] = {"used",      "partial",   "unusable", "unread",
                                         "unrelated", "duplicate", "skipped"};
    (void)argument;
    cell_set_text(cell, states[file_of(row)->state]);
}

/* Of the first problem: its line or column, which count from 1. */
static void get_position(struct report_row *row, size_t offset, struct cell *cell)
{
    const struct problems *problems = &file_of(row)->problems;
    if (problems->count > 0 && problems->kept[0].line > 0)
        cell_set_count_at(cell, &problems->kept[0], offset);
}

static void get_problem(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct evidence_file *file = file_of(row);
    (void)argument;
    if (file->original != NULL)
        text_addf(&row->scratch, "the same bytes as %s, which is used", file->original->name);
    if (file->problems.count > 0)
        diag_add_message(&file->problems.kept[0], &row->scratch);
    if (file->problems.count > 1)
        text_addf(&row->scratch, " (and %zu more)", file->problems.count - 1);
    cell_set_scratch(cell, row);
}

static const struct column columns[] = {
    {"file", 50, false, offsetof(struct evidence_file, name), get_text},
    {"kind", 30, false, offsetof(struct evidence_file, kinds), get_text},
    {"bytes", 10, false, 0, get_bytes},
    {"sha256", 66, false, 0, get_sha256},
    {"documents", 11, false, offsetof(struct evidence_file, documents), get_count},
    {"certificates", 12, false, offsetof(struct evidence_file, certificates), get_count},
    {"state", 10, false, 0, get_state},
    {"line", 7, false, offsetof(struct diag, line), get_position},
    {"column", 8, false, offsetof(struct diag, column), get_position},
    {"problem", 60, false, 0, get_problem},
};

struct table evidence_table(const struct report *report)
{
    return (struct table){.name = "Evidence",
                          .row_is = "an input file",
                          .columns = columns,
                          .column_count = COLUMN_COUNT(columns),
                          .row_count = report->assessment->evidence->file_count};
}
