/* report_findings.c: the Findings table, a line for each column. */
#include "pool.h"
#include "report.h"
#include "report_cells.h"
#include "scope.h"
#include <string.h>

enum finding_column {
    FINDING_REF,
    FINDING_RESULT,
    FINDING_CONDITION,
    FINDING_SEVERITY,
    FINDING_RULE,
    FINDING_ACCOUNT,
    FINDING_REGION,
    FINDING_CERTIFICATE,
    FINDING_IN_USE,
    FINDING_DUE,
    FINDING_REASON,
    FINDING_REMEDIATION,
    FINDING_ARN,
    FINDING_OBSERVED,
    FINDING_EXPECTED,
    FINDING_IN_USE_BY,
    FINDING_RULE_TITLE,
    FINDING_SERVICE,
    FINDING_ACCOUNT_NAME,
    FINDING_OWNER,
    FINDING_FAILING_SINCE,
    FINDING_FILE,
    FINDING_SHA256,
    FINDING_DOCUMENT,
    FINDING_LINE,
    FINDING_POINTER,
    FINDING_AS_OF,
    FINDING_CUTOFF,
    FINDING_VERSION
};

void report_open_finding(struct report_row *row)
{
    row->finding = report_finding(row->report, row->number);
    report_show(row, row->finding->certificate);
}

static void get_judgement(struct report_row *row, enum finding_column column, struct cell *cell)
{
    const struct finding *finding = row->finding;
    const struct observation *seen = row->seen;
    const struct assessment *assessment = row->report->assessment;
    struct text *scratch = &row->scratch;
    cell->kind = CELL_TEXT;
    if (column == FINDING_REF)
        assess_add_ref(finding, scratch);
    else if (column == FINDING_REASON)
        assess_add_reason(assessment, finding, seen, scratch);
    else if (column == FINDING_REMEDIATION) {
        cell->kind = CELL_LINES;
        finding->rule->remediation(seen, finding->condition, scratch);
        if (scratch->length > 0) /* no line feed behind the last line */
            scratch->bytes[--scratch->length] = '\0';
    } else if (column == FINDING_OBSERVED)
        rules_add_observed(seen, finding->condition, scratch);
    else if (column == FINDING_POINTER)
        rules_add_pointer(seen, finding->condition, scratch);
    else if (finding->condition->expected != NULL)
        text_add(scratch, finding->condition->expected);
    else
        finding->rule->expected(finding->condition, &assessment->policy, scratch);
    cell->text = text_string(scratch);
}

/* What the scope and the baseline tell. */
static void get_scope_fact(const struct report_row *row, enum finding_column column,
                           struct cell *cell)
{
    const struct finding *finding = row->finding;
    const struct certificate *certificate = row->certificate;
    if (column == FINDING_FAILING_SINCE) {
        if (finding->failing_since != NULL)
            cell_say_time(cell, finding->failing_since);
        return;
    }
    const struct scope_line *line =
        scope_find_account(row->report->assessment->scope, certificate->place->account,
                           certificate->place->region, certificate->service);
    if (line != NULL)
        cell_say(cell, column == FINDING_OWNER ? line->owner : line->name);
}

static void get_finding_fact(const struct report_row *row, enum finding_column column,
                             struct cell *cell)
{
    const struct finding *finding = row->finding;
    const struct certificate *certificate = row->certificate;
    const struct observation *seen = row->seen;
    switch ((int)column) {
    case FINDING_RESULT:
        cell_say(cell, rules_result_name(finding->result));
        break;
    case FINDING_CONDITION:
        cell_say(cell, finding->condition->name);
        break;
    case FINDING_SEVERITY:
        cell_say(cell, rules_severity_name(finding->rule->severity));
        break;
    case FINDING_RULE:
        cell_say(cell, finding->rule->id);
        break;
    case FINDING_RULE_TITLE:
        cell_say(cell, finding->rule->title);
        break;
    case FINDING_ACCOUNT:
        cell_say(cell, certificate->place->account);
        break;
    case FINDING_REGION:
        cell_say(cell, certificate->place->region);
        break;
    case FINDING_CERTIFICATE:
        cell_say(cell, seen->name);
        break;
    case FINDING_IN_USE:
        cell_say_in_use(cell, seen->in_use);
        break;
    case FINDING_DUE:
        if (finding->has_due)
            cell_say_time(cell, &finding->due);
        break;
    case FINDING_ARN:
        cell_say(cell, certificate->arn);
        break;
    case FINDING_IN_USE_BY:
        cell_say(cell, seen->acm != NULL ? seen->acm->in_use_by : "");
        break;
    case FINDING_SERVICE:
        cell_say(cell, model_service_name(certificate->service));
        break;
    case FINDING_FILE:
        cell_say(cell, seen->file->name);
        break;
    case FINDING_SHA256:
        cell_say(cell, seen->file->sha256);
        break;
    case FINDING_DOCUMENT:
        cell_say_count(cell, seen->document);
        break;
    case FINDING_LINE:
        cell_say_count(cell, seen->line);
        break;
    case FINDING_VERSION:
        cell_say(cell, row->report->version);
        break;
    default:
        get_scope_fact(row, column, cell);
        break;
    }
}

static void get_finding(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct policy *policy = &row->report->assessment->policy;
    enum finding_column column = (enum finding_column)argument;
    if (column == FINDING_REF || column == FINDING_REASON || column == FINDING_REMEDIATION ||
        column == FINDING_OBSERVED || column == FINDING_EXPECTED || column == FINDING_POINTER)
        get_judgement(row, column, cell);
    else if (column == FINDING_AS_OF)
        cell_say_exact_time(cell, &policy->as_of, row);
    else if (column == FINDING_CUTOFF)
        cell_say_exact_time(cell, &policy->cutoff, row);
    else
        get_finding_fact(row, column, cell);
}

static void get_controls_of_finding(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct finding *finding = row->finding;
    controls_add_ids(row->report->controls, argument, finding->rule, finding->condition,
                     finding->result, &row->scratch);
    cell_say_scratch(cell, row);
}

static const struct column findings_before[] = {
    {"ref", 11, false, FINDING_REF, get_finding},
    {"result", 15, false, FINDING_RESULT, get_finding},
    {"condition", 24, false, FINDING_CONDITION, get_finding},
    {"severity", 9, false, FINDING_SEVERITY, get_finding},
    {"rule", 9, false, FINDING_RULE, get_finding},
    {"account", 14, false, FINDING_ACCOUNT, get_finding},
    {"region", 15, false, FINDING_REGION, get_finding},
    {"certificate", 26, false, FINDING_CERTIFICATE, get_finding},
    {"in_use", 11, false, FINDING_IN_USE, get_finding},
    {"due", 19, false, FINDING_DUE, get_finding},
    {"reason", 54, false, FINDING_REASON, get_finding},
    {"remediation", 46, true, FINDING_REMEDIATION, get_finding},
    {"arn", 60, true, FINDING_ARN, get_finding},
    {"observed", 26, true, FINDING_OBSERVED, get_finding},
    {"expected", 30, true, FINDING_EXPECTED, get_finding},
    {"in_use_by", 40, true, FINDING_IN_USE_BY, get_finding},
};

static const struct column findings_after[] = {
    {"rule_title", 34, true, FINDING_RULE_TITLE, get_finding},
    {"service", 8, true, FINDING_SERVICE, get_finding},
    {"account_name", 16, true, FINDING_ACCOUNT_NAME, get_finding},
    {"owner", 16, true, FINDING_OWNER, get_finding},
    {"failing_since", 20, true, FINDING_FAILING_SINCE, get_finding},
    {"evidence_file", 40, true, FINDING_FILE, get_finding},
    {"evidence_sha256", 66, true, FINDING_SHA256, get_finding},
    {"evidence_document", 18, true, FINDING_DOCUMENT, get_finding},
    {"evidence_line", 14, true, FINDING_LINE, get_finding},
    {"evidence_pointer", 40, true, FINDING_POINTER, get_finding},
    {"as_of", 20, true, FINDING_AS_OF, get_finding},
    {"cutoff", 20, true, FINDING_CUTOFF, get_finding},
    {"version", 9, true, FINDING_VERSION, get_finding},
};

/* The columns of Findings: a column for each framework stands in their middle. */
const struct column *report_finding_columns(const struct report *report, size_t *count)
{
    size_t frameworks = report->controls->column_count;
    *count = COLUMNS(findings_before) + frameworks + COLUMNS(findings_after);
    struct column *columns = pool_alloc(report->pool, *count * sizeof *columns);
    memcpy(columns, findings_before, sizeof findings_before);
    for (size_t i = 0; i < frameworks; i++)
        columns[COLUMNS(findings_before) + i] = (struct column){
            report->controls->columns[i].title, 22, true, i, get_controls_of_finding};
    memcpy(columns + COLUMNS(findings_before) + frameworks, findings_after, sizeof findings_after);
    return columns;
}
