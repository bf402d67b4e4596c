/* columns.c: see columns.h. */
#include "report/columns.h"
#include "audit/assess.h"
#include "base/digest.h"
#include "report/report.h"

void cell_set_text(struct cell *cell, const char *text)
{
    cell->kind = CELL_TEXT;
    cell->text = text != NULL ? text : "";
}

void cell_set_result(struct cell *cell, enum result result)
{
    cell->kind = CELL_RESULT;
    cell->text = rules_result_name(result);
}

void cell_set_scratch(struct cell *cell, const struct report_row *row)
{
    cell_set_text(cell, text_string(&row->scratch));
}

void cell_set_count(struct cell *cell, size_t count)
{
    cell->kind = CELL_COUNT;
    cell->count = count;
}

void cell_set_time(struct cell *cell, const struct timestamp *time)
{
    if (time == NULL)
        return;
    cell->kind = CELL_TIME;
    cell->time = *time;
}

void cell_set_moment(struct cell *cell, const struct moment *moment)
{
    if (moment->state == MOMENT_READABLE)
        cell_set_time(cell, &moment->at);
    else
        cell_set_text(cell, moment->text);
}

void cell_set_ref(struct cell *cell, struct report_row *row)
{
    if (row->digest == NULL)
        row->digest = digest_new();
    finding_add_ref(row->finding, row->digest, row->report->assessment->ref_digits, &row->scratch);
    cell->kind = CELL_LINK;
    cell->text = text_string(&row->scratch);
    cell->table = &row->report->tables[REPORT_FINDINGS];
    cell->count = (size_t)(row->finding - row->report->assessment->findings);
}

void cell_set_text_at(struct cell *cell, const void *record, size_t offset)
{
    cell_set_text(cell, *(const char *const *)((const char *)record + offset));
}

void cell_set_count_at(struct cell *cell, const void *record, size_t offset)
{
    cell_set_count(cell, *(const size_t *)((const char *)record + offset));
}

void column_get_location(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, row->certificate->location, offset);
}

void column_get_service(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_set_text(cell, evidence_service_name(row->certificate->service));
}

void column_get_certificate(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, row->certificate, offset);
}

void column_get_record(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_text_at(cell, row->seen, offset);
}

void column_get_acm(struct report_row *row, size_t offset, struct cell *cell)
{
    if (row->seen->acm != NULL)
        cell_set_text_at(cell, row->seen->acm, offset);
}

void column_get_in_scope(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct certificate *certificate = row->certificate;
    (void)argument;
    if (row->report->assessment->scope != NULL)
        cell_set_text(cell, certificate->excluded   ? "no"
                            : certificate->unlisted ? "not listed"
                                                    : "yes");
}

void column_get_in_use(struct report_row *row, size_t argument, struct cell *cell)
{
    static const char *const words[] = {
        [IN_USE_NOT_STATED] = "not stated", [IN_USE_YES] = "yes", [IN_USE_NO] = "no"};
    (void)argument;
    cell_set_text(cell, words[row->seen->in_use]);
}
