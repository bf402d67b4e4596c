/* certificates_table.c: the certificates, as their records describe them. */
#include "evidence/observation.h"
#include "report/columns.h"

static void open_certificate(struct report_row *row)
{
    row->certificate = row->report->assessment->certificates[row->number];
    row->seen = row->certificate->shown;
}

static void get_moment(struct report_row *row, size_t offset, struct cell *cell)
{
    cell_set_moment(cell, (const void *)((const char *)row->seen + offset));
}

static void get_acm_moment(struct report_row *row, size_t offset, struct cell *cell)
{
    if (row->seen->acm != NULL)
        cell_set_moment(cell, (const void *)((const char *)row->seen->acm + offset));
}

static void get_sources(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct certificate *certificate = row->certificate;
    (void)argument;
    for (size_t i = 0; i < certificate->record_count; i++) {
        text_add(&row->scratch, i > 0 ? "; " : "");
        observation_add_source(certificate->records[i], &row->scratch);
    }
    cell_set_scratch(cell, row);
}

static const struct column columns[] = {
    {"account", 14, false, offsetof(struct location, account), column_get_location},
    {"region", 15, false, offsetof(struct location, region), column_get_location},
    {"service", 8, false, 0, column_get_service},
    {"certificate", 30, false, offsetof(struct observation, name), column_get_record},
    {"arn", 60, true, offsetof(struct certificate, arn), column_get_certificate},
    {"certificate_id", 24, true, offsetof(struct certificate, id), column_get_certificate},
    {"type", 16, false, offsetof(struct acm_facts, type.text), column_get_acm},
    {"status", 23, false, offsetof(struct acm_facts, status.text), column_get_acm},
    {"uploaded", 22, false, offsetof(struct observation, uploaded), get_moment},
    {"created", 22, true, offsetof(struct acm_facts, created), get_acm_moment},
    {"issued", 22, true, offsetof(struct acm_facts, issued), get_acm_moment},
    {"imported", 22, true, offsetof(struct acm_facts, imported), get_acm_moment},
    {"not_before", 22, true, offsetof(struct acm_facts, not_before), get_acm_moment},
    {"not_after", 22, false, offsetof(struct observation, not_after), get_moment},
    {"key_algorithm", 15, false, offsetof(struct acm_facts, key_algorithm), column_get_acm},
    {"issuer", 20, true, offsetof(struct acm_facts, issuer), column_get_acm},
    {"serial", 50, true, offsetof(struct acm_facts, serial), column_get_acm},
    {"in_use", 11, false, 0, column_get_in_use},
    {"in_use_by", 40, true, offsetof(struct acm_facts, in_use_by), column_get_acm},
    {"in_scope", 10, false, 0, column_get_in_scope},
    {"sources", 60, true, 0, get_sources},
};

struct table certificates_table(const struct report *report)
{
    return (struct table){.name = "Certificates",
                          .row_is = "a certificate",
                          .columns = columns,
                          .column_count = COLUMN_COUNT(columns),
                          .row_count = report->assessment->certificate_count,
                          .open = open_certificate};
}
