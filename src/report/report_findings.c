/* report_findings.c: the Findings table, a line for each column. */
#include "audit/scope.h"
#include "base/pool.h"
#include "report/report.h"
#include "report/report_cells.h"
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

/* What the controls table says of the finding's condition. */
static const char *const *control_ids(const struct report *report, const struct finding *finding)
{
    return &report->control_ids[finding->rule_number]
                               [(size_t)(finding->condition - finding->rule->conditions) *
                                report->controls->column_count];
}

void report_open_finding(struct report_row *row)
{
    const struct finding *finding = report_finding(row->report, row->number);
    const struct certificate *certificate = finding->certificate;
    row->finding = finding;
    row->scope = scope_find_account(row->report->assessment->scope, certificate->location->account,
                                    certificate->location->region, certificate->service);
    row->control_ids = control_ids(row->report, finding);
    report_show(row, certificate, finding->seen);
}

/* What is put together for the finding. */
static void get_words(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct finding *finding = row->finding;
    const struct assessment *assessment = row->report->assessment;
    switch ((int)argument) {
    case FINDING_REASON:
        assess_add_reason(assessment, finding, &row->scratch);
        break;
    case FINDING_OBSERVED:
        rules_add_observed(row->seen, finding->condition, &row->scratch);
        break;
    case FINDING_POINTER:
        rules_add_pointer(row->seen, finding->condition, &row->scratch);
        break;
    default:
        finding->rule->expected(finding->condition, &assessment->policy, &row->scratch);
        break;
    }
    cell_say_scratch(cell, row);
}

static void get_expected(struct report_row *row, size_t argument, struct cell *cell)
{
    if (row->finding->condition->expected != NULL)
        cell_say(cell, row->finding->condition->expected);
    else
        get_words(row, argument, cell);
}

static void get_remediation(struct report_row *row, size_t argument, struct cell *cell)
{
    struct text *lines = &row->scratch;
    (void)argument;
    row->finding->rule->remediation(row->seen, row->finding->condition, lines);
    if (lines->length > 0) /* no line feed behind the last line */
        lines->bytes[--lines->length] = '\0';
    cell_say_scratch(cell, row);
    cell->kind = CELL_LINES;
}

static void get_ref(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell_say_ref(cell, row);
}

/* What is the same for every finding. */
static void get_policy(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct policy *policy = &row->report->assessment->policy;
    if (argument == FINDING_VERSION)
        cell_say(cell, row->report->version);
    else
        cell_say_exact_time(cell, argument == FINDING_AS_OF ? &policy->as_of : &policy->cutoff,
                            row);
}

/* What the scope and the baseline tell. */
static void get_added(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct finding *finding = row->finding;
    if (argument == FINDING_FAILING_SINCE) {
        if (finding->failing_since != NULL)
            cell_say_time(cell, finding->failing_since);
    } else if (row->scope != NULL)
        cell_say(cell, argument == FINDING_OWNER ? row->scope->owner : row->scope->name);
}

static void get_judgement(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct finding *finding = row->finding;
    switch ((int)argument) {
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
    default: /* FINDING_DUE */
        if (finding->due != NULL)
            cell_say_time(cell, finding->due);
        break;
    }
}

static void get_fact(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct certificate *certificate = row->certificate;
    const struct observation *seen = row->seen;
    switch ((int)argument) {
    case FINDING_ACCOUNT:
        cell_say(cell, certificate->location->account);
        break;
    case FINDING_REGION:
        cell_say(cell, certificate->location->region);
        break;
    case FINDING_CERTIFICATE:
        cell_say(cell, seen->name);
        break;
    case FINDING_IN_USE:
        cell_say_in_use(cell, seen->in_use);
        break;
    case FINDING_ARN:
        cell_say(cell, certificate->arn);
        break;
    case FINDING_IN_USE_BY:
        cell_say(cell, seen->acm != NULL ? seen->acm->in_use_by : "");
        break;
    case FINDING_SERVICE:
        cell_say(cell, evidence_service_name(certificate->service));
        break;
    case FINDING_FILE:
        cell_say(cell, seen->file->name);
        break;
    case FINDING_SHA256:
        cell_say(cell, seen->file->sha256);
        break;
    default:
        cell_say_count(cell, argument == FINDING_DOCUMENT ? seen->document : seen->line);
        break;
    }
}

static void get_controls(struct report_row *row, size_t argument, struct cell *cell)
{
    cell_say(cell, row->control_ids[argument]);
}

static const struct column findings_before[] = {
    {"ref", 11, false, FINDING_REF, get_ref},
    {"result", 16, false, FINDING_RESULT, get_judgement},
    {"condition", 19, false, FINDING_CONDITION, get_judgement},
    {"severity", 9, false, FINDING_SEVERITY, get_judgement},
    {"rule", 9, false, FINDING_RULE, get_judgement},
    {"account", 14, false, FINDING_ACCOUNT, get_fact},
    {"region", 14, false, FINDING_REGION, get_fact},
    {"certificate", 24, false, FINDING_CERTIFICATE, get_fact},
    {"in_use", 11, false, FINDING_IN_USE, get_fact},
    {"due", 21, false, FINDING_DUE, get_judgement},
    {"reason", 60, false, FINDING_REASON, get_words},
    {"remediation", 46, true, FINDING_REMEDIATION, get_remediation},
    {"arn", 60, true, FINDING_ARN, get_fact},
    {"observed", 26, true, FINDING_OBSERVED, get_words},
    {"expected", 30, true, FINDING_EXPECTED, get_expected},
    {"in_use_by", 40, true, FINDING_IN_USE_BY, get_fact},
};

static const struct column findings_after[] = {
    {"rule_title", 34, true, FINDING_RULE_TITLE, get_judgement},
    {"service", 8, true, FINDING_SERVICE, get_fact},
    {"account_name", 16, true, FINDING_ACCOUNT_NAME, get_added},
    {"owner", 16, true, FINDING_OWNER, get_added},
    {"failing_since", 22, true, FINDING_FAILING_SINCE, get_added},
    {"evidence_file", 40, true, FINDING_FILE, get_fact},
    {"evidence_sha256", 66, true, FINDING_SHA256, get_fact},
    {"evidence_document", 18, true, FINDING_DOCUMENT, get_fact},
    {"evidence_line", 14, true, FINDING_LINE, get_fact},
    {"evidence_pointer", 40, true, FINDING_POINTER, get_words},
    {"as_of", 20, true, FINDING_AS_OF, get_policy},
    {"cutoff", 20, true, FINDING_CUTOFF, get_policy},
    {"version", 9, true, FINDING_VERSION, get_policy},
};

/* The columns of Findings: a column for each framework stands in their middle. */
const struct column *report_finding_columns(const struct report *report, size_t *count)
{
    size_t frameworks = report->controls->column_count;
    *count = COLUMNS(findings_before) + frameworks + COLUMNS(findings_after);
    struct column *columns = pool_alloc(report->pool, *count * sizeof *columns);
    memcpy(columns, findings_before, sizeof findings_before);
    for (size_t i = 0; i < frameworks; i++)
        columns[COLUMNS(findings_before) + i] =
            (struct column){report->controls->columns[i].title, 22, false, i, get_controls};
    memcpy(columns + COLUMNS(findings_before) + frameworks, findings_after, sizeof findings_after);
    return columns;
}
