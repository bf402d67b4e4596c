/* report_tables.c: the tables beside Findings, a line for each column. */
#include "audit/scope.h"
#include "evidence/observation.h"
#include "report/report.h"
#include "report/report_cells.h"

enum certificate_column {
    CERTIFICATE_ACCOUNT,
    CERTIFICATE_REGION,
    CERTIFICATE_SERVICE,
    CERTIFICATE_NAME,
    CERTIFICATE_ARN,
    CERTIFICATE_ID,
    CERTIFICATE_UPLOADED,
    CERTIFICATE_NOT_AFTER,
    CERTIFICATE_IN_USE,
    CERTIFICATE_SOURCES,
    CERTIFICATE_TYPE,
    CERTIFICATE_STATUS,
    CERTIFICATE_CREATED,
    CERTIFICATE_ISSUED,
    CERTIFICATE_IMPORTED,
    CERTIFICATE_NOT_BEFORE,
    CERTIFICATE_KEY_ALGORITHM,
    CERTIFICATE_ISSUER,
    CERTIFICATE_SERIAL,
    CERTIFICATE_IN_USE_BY
};

static void add_sources(const struct certificate *certificate, struct text *text)
{
    for (size_t i = 0; i < certificate->record_count; i++) {
        text_add(text, i > 0 ? "; " : "");
        observation_add_source(certificate->records[i], text);
    }
}

static void get_acm_fact(const struct acm_facts *acm, enum certificate_column column,
                         struct cell *cell)
{
    if (column == CERTIFICATE_TYPE)
        cell_say(cell, acm->type.text);
    else if (column == CERTIFICATE_STATUS)
        cell_say(cell, acm->status.text);
    else if (column == CERTIFICATE_CREATED)
        cell_say_moment(cell, &acm->created);
    else if (column == CERTIFICATE_ISSUED)
        cell_say_moment(cell, &acm->issued);
    else if (column == CERTIFICATE_IMPORTED)
        cell_say_moment(cell, &acm->imported);
    else if (column == CERTIFICATE_NOT_BEFORE)
        cell_say_moment(cell, &acm->not_before);
    else if (column == CERTIFICATE_KEY_ALGORITHM)
        cell_say(cell, acm->key_algorithm);
    else if (column == CERTIFICATE_ISSUER)
        cell_say(cell, acm->issuer);
    else if (column == CERTIFICATE_SERIAL)
        cell_say(cell, acm->serial);
    else
        cell_say(cell, acm->in_use_by);
}

static void open_certificate(struct report_row *row)
{
    const struct certificate *certificate = row->report->assessment->certificates[row->number];
    report_show(row, certificate, certificate->shown);
}

static void get_certificate(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct certificate *certificate = row->certificate;
    const struct observation *seen = row->seen;
    enum certificate_column column = (enum certificate_column)argument;
    if (column >= CERTIFICATE_TYPE) {
        if (seen->acm != NULL)
            get_acm_fact(seen->acm, column, cell);
    } else if (column == CERTIFICATE_ACCOUNT)
        cell_say(cell, certificate->location->account);
    else if (column == CERTIFICATE_REGION)
        cell_say(cell, certificate->location->region);
    else if (column == CERTIFICATE_SERVICE)
        cell_say(cell, evidence_service_name(certificate->service));
    else if (column == CERTIFICATE_NAME)
        cell_say(cell, seen->name);
    else if (column == CERTIFICATE_ARN)
        cell_say(cell, certificate->arn);
    else if (column == CERTIFICATE_ID)
        cell_say(cell, certificate->id);
    else if (column == CERTIFICATE_UPLOADED)
        cell_say_moment(cell, &seen->uploaded);
    else if (column == CERTIFICATE_NOT_AFTER)
        cell_say_moment(cell, &seen->not_after);
    else if (column == CERTIFICATE_IN_USE)
        cell_say_in_use(cell, seen->in_use);
    else {
        add_sources(certificate, &row->scratch);
        cell_say_scratch(cell, row);
    }
}

enum coverage_column {
    COVERAGE_ACCOUNT,
    COVERAGE_ACCOUNT_NAME,
    COVERAGE_REGION,
    COVERAGE_SERVICE,
    COVERAGE_IN_SCOPE,
    COVERAGE_NOTE,
    COVERAGE_LISTS, /* the rest are counts */
    COVERAGE_LISTED,
    COVERAGE_DESCRIBED,
    COVERAGE_NOT_DESCRIBED,
    COVERAGE_NOT_LISTED,
    COVERAGE_ASSESSED,
    COVERAGE_TRUNCATED
};

/* What the scope tells of the place; nothing without one. */
static void get_scope_fact(const struct report *report, const struct coverage_row *coverage,
                           enum coverage_column column, struct cell *cell)
{
    const struct scope *scope = report->assessment->scope;
    if (scope == NULL)
        return;
    if (column == COVERAGE_IN_SCOPE) {
        cell_say(cell, coverage->scope == NULL     ? "not listed"
                       : coverage->scope->in_scope ? "yes"
                                                   : "no");
        return;
    }
    const struct scope_line *line =
        coverage->scope != NULL
            ? coverage->scope
            : scope_find_account(scope, coverage->account, coverage->region, coverage->service);
    if (line != NULL)
        cell_say(cell, line->name);
}

static void get_coverage(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct coverage_row *coverage = &row->report->assessment->coverage.rows[row->number];
    const size_t counts[] = {
        [COVERAGE_LISTS] = coverage->lists,
        [COVERAGE_LISTED] = coverage->listed,
        [COVERAGE_DESCRIBED] = coverage->described,
        [COVERAGE_NOT_DESCRIBED] = coverage->not_described,
        [COVERAGE_NOT_LISTED] = coverage->not_listed,
        [COVERAGE_ASSESSED] = coverage->assessed,
        [COVERAGE_TRUNCATED] = coverage->truncated,
    };
    enum coverage_column column = (enum coverage_column)argument;
    if (column >= COVERAGE_LISTS)
        cell_say_count(cell, counts[column]);
    else if (column == COVERAGE_ACCOUNT)
        cell_say(cell, *coverage->account != '\0' ? coverage->account : "not stated");
    else if (column == COVERAGE_REGION)
        cell_say(cell, *coverage->region != '\0' ? coverage->region : "not stated");
    else if (column == COVERAGE_SERVICE)
        cell_say(cell, coverage->any_service ? "*" : evidence_service_name(coverage->service));
    else if (column == COVERAGE_NOTE) {
        coverage_add_note(coverage, &row->scratch);
        cell_say_scratch(cell, row);
    } else
        get_scope_fact(row->report, coverage, column, cell);
}

enum evidence_column {
    EVIDENCE_COLUMN_FILE,
    EVIDENCE_COLUMN_KIND,
    EVIDENCE_COLUMN_BYTES,
    EVIDENCE_COLUMN_SHA256,
    EVIDENCE_COLUMN_DOCUMENTS,
    EVIDENCE_COLUMN_CERTIFICATES,
    EVIDENCE_COLUMN_STATE,
    EVIDENCE_COLUMN_LINE,
    EVIDENCE_COLUMN_COLUMN,
    EVIDENCE_COLUMN_PROBLEM
};

static void add_problem(const struct evidence_file *file, struct text *text)
{
    if (file->original != NULL)
        text_addf(text, "the same bytes as %s, which is used", file->original->name);
    if (file->problems.count == 0)
        return;
    diag_add_message(&file->problems.kept[0], text);
    if (file->problems.count > 1)
        text_addf(text, " (and %zu more)", file->problems.count - 1);
}

static void get_evidence_place(struct report_row *row, const struct evidence_file *file,
                               enum evidence_column column, struct cell *cell)
{
    const struct diag *first = file->problems.count > 0 ? &file->problems.kept[0] : NULL;
    if (column == EVIDENCE_COLUMN_PROBLEM) {
        add_problem(file, &row->scratch);
        cell_say_scratch(cell, row);
    } else if (first != NULL && first->line > 0)
        cell_say_count(cell, column == EVIDENCE_COLUMN_LINE ? first->line : first->column);
}

static void get_evidence(struct report_row *row, size_t argument, struct cell *cell)
{
    static const char *const states[] = {"used",      "partial",   "unusable",
                                         "unrelated", "duplicate", "skipped"};
    const struct evidence_file *file = row->report->assessment->evidence->files[row->number];
    enum evidence_column column = (enum evidence_column)argument;
    if (column >= EVIDENCE_COLUMN_LINE)
        get_evidence_place(row, file, column, cell);
    else if (column == EVIDENCE_COLUMN_FILE)
        cell_say(cell, file->name);
    else if (column == EVIDENCE_COLUMN_KIND)
        cell_say(cell, file->kinds);
    else if (column == EVIDENCE_COLUMN_STATE)
        cell_say(cell, states[file->state]);
    else if (column == EVIDENCE_COLUMN_DOCUMENTS)
        cell_say_count(cell, file->documents);
    else if (column == EVIDENCE_COLUMN_CERTIFICATES)
        cell_say_count(cell, file->certificates);
    else if (column == EVIDENCE_COLUMN_BYTES && file->hashed)
        cell_say_count(cell, file->bytes);
    else if (column == EVIDENCE_COLUMN_SHA256 && file->hashed)
        cell_say(cell, file->sha256);
}

static const struct column certificates[] = {
    {"account", 14, false, CERTIFICATE_ACCOUNT, get_certificate},
    {"region", 15, false, CERTIFICATE_REGION, get_certificate},
    {"service", 8, false, CERTIFICATE_SERVICE, get_certificate},
    {"certificate", 30, false, CERTIFICATE_NAME, get_certificate},
    {"arn", 60, true, CERTIFICATE_ARN, get_certificate},
    {"certificate_id", 24, true, CERTIFICATE_ID, get_certificate},
    {"type", 16, false, CERTIFICATE_TYPE, get_certificate},
    {"status", 23, false, CERTIFICATE_STATUS, get_certificate},
    {"uploaded", 22, false, CERTIFICATE_UPLOADED, get_certificate},
    {"created", 22, true, CERTIFICATE_CREATED, get_certificate},
    {"issued", 22, true, CERTIFICATE_ISSUED, get_certificate},
    {"imported", 22, true, CERTIFICATE_IMPORTED, get_certificate},
    {"not_before", 22, true, CERTIFICATE_NOT_BEFORE, get_certificate},
    {"not_after", 22, false, CERTIFICATE_NOT_AFTER, get_certificate},
    {"key_algorithm", 15, false, CERTIFICATE_KEY_ALGORITHM, get_certificate},
    {"issuer", 20, true, CERTIFICATE_ISSUER, get_certificate},
    {"serial", 50, true, CERTIFICATE_SERIAL, get_certificate},
    {"in_use", 11, false, CERTIFICATE_IN_USE, get_certificate},
    {"in_use_by", 40, true, CERTIFICATE_IN_USE_BY, get_certificate},
    {"sources", 60, true, CERTIFICATE_SOURCES, get_certificate},
};

static const struct column coverage[] = {
    {"account", 14, false, COVERAGE_ACCOUNT, get_coverage},
    {"account_name", 16, false, COVERAGE_ACCOUNT_NAME, get_coverage},
    {"region", 15, false, COVERAGE_REGION, get_coverage},
    {"service", 8, false, COVERAGE_SERVICE, get_coverage},
    {"in_scope", 9, false, COVERAGE_IN_SCOPE, get_coverage},
    {"lists", 8, false, COVERAGE_LISTS, get_coverage},
    {"listed", 8, false, COVERAGE_LISTED, get_coverage},
    {"described", 10, false, COVERAGE_DESCRIBED, get_coverage},
    {"not_described", 14, false, COVERAGE_NOT_DESCRIBED, get_coverage},
    {"not_listed", 11, false, COVERAGE_NOT_LISTED, get_coverage},
    {"assessed", 10, false, COVERAGE_ASSESSED, get_coverage},
    {"truncated", 10, false, COVERAGE_TRUNCATED, get_coverage},
    {"note", 60, false, COVERAGE_NOTE, get_coverage},
};

static const struct column evidence[] = {
    {"file", 50, false, EVIDENCE_COLUMN_FILE, get_evidence},
    {"kind", 30, false, EVIDENCE_COLUMN_KIND, get_evidence},
    {"bytes", 10, false, EVIDENCE_COLUMN_BYTES, get_evidence},
    {"sha256", 66, false, EVIDENCE_COLUMN_SHA256, get_evidence},
    {"documents", 11, false, EVIDENCE_COLUMN_DOCUMENTS, get_evidence},
    {"certificates", 12, false, EVIDENCE_COLUMN_CERTIFICATES, get_evidence},
    {"state", 10, false, EVIDENCE_COLUMN_STATE, get_evidence},
    {"line", 7, false, EVIDENCE_COLUMN_LINE, get_evidence},
    {"column", 8, false, EVIDENCE_COLUMN_COLUMN, get_evidence},
    {"problem", 60, false, EVIDENCE_COLUMN_PROBLEM, get_evidence},
};

static void build(struct report *report, enum report_table which, const char *name,
                  const char *row_is, const struct column *columns, size_t column_count,
                  size_t row_count, void (*open)(struct report_row *row))
{
    report->tables[which] =
        (struct table){name, row_is, columns, column_count, row_count, columns == NULL, open};
}

void report_build_tables(struct report *report)
{
    const struct assessment *assessment = report->assessment;
    size_t count, rows;
    const struct column *columns = report_finding_columns(report, &count);
    build(report, REPORT_FINDINGS, "Findings", "a certificate under a rule", columns, count,
          assessment->finding_count, report_open_finding);
    build(report, REPORT_CERTIFICATES, "Certificates", "a certificate", certificates,
          COLUMNS(certificates), assessment->certificate_count, open_certificate);
    columns = report_control_columns(&count);
    build(report, REPORT_CONTROLS, "Controls", "a control under a rule", columns, count,
          report->controls->count, NULL);
    build(report, REPORT_COVERAGE, "Coverage", "an account, region and service", coverage,
          COLUMNS(coverage), assessment->coverage.count, NULL);
    build(report, REPORT_EVIDENCE, "Evidence", "an input file", evidence, COLUMNS(evidence),
          assessment->evidence->file_count, NULL);
    columns = report_waiver_columns(report, &count, &rows);
    build(report, REPORT_WAIVERS, "Waivers", "a line of the waiver register", columns, count, rows,
          NULL);
    columns = report_change_columns(report, &count, &rows);
    build(report, REPORT_CHANGES, "Changes",
          "a finding that differs from the baseline, or still fails", columns, count, rows,
          report_open_change);
}
