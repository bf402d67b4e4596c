/* report_added.c: the tables of what the auditor adds, a line for each column. */
#include "audit/baseline.h"
#include "audit/waivers.h"
#include "report/report.h"
#include "report/report_cells.h"

enum waiver_column {
    WAIVER_RULE,
    WAIVER_ARN,
    WAIVER_OWNER,
    WAIVER_APPROVER,
    WAIVER_APPROVED,
    WAIVER_REASON,
    WAIVER_TICKET,
    WAIVER_EXPIRES,
    WAIVER_STATE,
    WAIVER_MATCHED,
    WAIVER_NOTE
};

static void get_waiver(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct assessment *assessment = row->report->assessment;
    const struct waiver *waiver = &assessment->waivers->lines[row->number];
    const char *const texts[] = {
        [WAIVER_RULE] = waiver->rule->id,
        [WAIVER_ARN] = waiver->arn,
        [WAIVER_OWNER] = waiver->owner,
        [WAIVER_APPROVER] = waiver->approver,
        [WAIVER_APPROVED] = waiver->approved_text,
        [WAIVER_REASON] = waiver->reason,
        [WAIVER_TICKET] = waiver->ticket,
        [WAIVER_EXPIRES] = waiver->expires_text,
    };
    if (argument <= WAIVER_EXPIRES)
        cell_say(cell, texts[argument]);
    else if (argument == WAIVER_STATE)
        cell_say(cell, waivers_state_name(waivers_state(waiver, &assessment->policy.as_of,
                                                        assess_applies(assessment, waiver->rule))));
    else if (argument == WAIVER_MATCHED)
        cell_say_count(cell, waiver->matched);
    else {
        waivers_add_note(waiver, &row->scratch);
        cell_say_scratch(cell, row);
    }
}

static const struct column waiver_columns[] = {
    {"rule", 9, false, WAIVER_RULE, get_waiver},
    {"arn", 60, false, WAIVER_ARN, get_waiver},
    {"owner", 20, false, WAIVER_OWNER, get_waiver},
    {"approver", 20, false, WAIVER_APPROVER, get_waiver},
    {"approved", 12, false, WAIVER_APPROVED, get_waiver},
    {"reason", 50, false, WAIVER_REASON, get_waiver},
    {"ticket", 14, false, WAIVER_TICKET, get_waiver},
    {"expires", 12, false, WAIVER_EXPIRES, get_waiver},
    {"state", 13, false, WAIVER_STATE, get_waiver},
    {"matched", 9, false, WAIVER_MATCHED, get_waiver},
    {"note", 40, false, WAIVER_NOTE, get_waiver},
};

const struct column *report_waiver_columns(const struct report *report, size_t *count, size_t *rows)
{
    const struct waivers *waivers = report->assessment->waivers;
    *count = COLUMNS(waiver_columns);
    *rows = waivers != NULL ? waivers->count : 0;
    return waivers != NULL ? waiver_columns : NULL;
}

enum change_column {
    CHANGE_COLUMN_KIND,
    CHANGE_COLUMN_REF,
    CHANGE_COLUMN_RULE,
    CHANGE_COLUMN_ARN,
    CHANGE_COLUMN_CERTIFICATE,
    CHANGE_COLUMN_BEFORE,
    CHANGE_COLUMN_AFTER,
    CHANGE_COLUMN_FAILING_SINCE
};

static const struct change *change_of(const struct report_row *row)
{
    return &row->report->assessment->baseline->changes[row->number];
}

void report_open_change(struct report_row *row)
{
    row->finding = change_of(row)->after;
    if (row->finding != NULL)
        report_show(row, row->finding->certificate, row->finding->seen);
}

/* What identifies the certificate: from the finding, or from the baseline where it is gone. */
static void get_identity(struct report_row *row, const struct change *change, size_t argument,
                         struct cell *cell)
{
    const struct finding *after = row->finding;
    if (argument == CHANGE_COLUMN_RULE)
        cell_say(cell, after != NULL ? after->rule->id : change->before->rule->id);
    else if (argument == CHANGE_COLUMN_ARN)
        cell_say(cell, after != NULL ? row->certificate->arn : change->before->arn);
    else if (argument == CHANGE_COLUMN_CERTIFICATE)
        cell_say(cell, after != NULL ? row->seen->name : change->before->certificate);
    else if (after == NULL)
        cell_say(cell, change->before->ref);
    else
        cell_say_ref(cell, row);
}

static void get_failing_since(const struct change *change, struct cell *cell)
{
    const struct finding *after = change->after;
    if (after != NULL && after->failing_since != NULL)
        cell_say_time(cell, after->failing_since);
    if (after == NULL && change->before->has_failing_since)
        cell_say_time(cell, &change->before->failing_since);
}

static void get_change(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct change *change = change_of(row);
    const struct finding *after = row->finding;
    if (argument == CHANGE_COLUMN_KIND)
        cell_say(cell, baseline_change_name(change->kind));
    else if (argument == CHANGE_COLUMN_BEFORE)
        cell_say(cell,
                 change->before != NULL ? rules_result_name(change->before->result) : "absent");
    else if (argument == CHANGE_COLUMN_AFTER)
        cell_say(cell, after != NULL ? rules_result_name(after->result) : "absent");
    else if (argument == CHANGE_COLUMN_FAILING_SINCE)
        get_failing_since(change, cell);
    else
        get_identity(row, change, argument, cell);
}

static const struct column change_columns[] = {
    {"change", 14, false, CHANGE_COLUMN_KIND, get_change},
    {"ref", 11, false, CHANGE_COLUMN_REF, get_change},
    {"rule", 9, false, CHANGE_COLUMN_RULE, get_change},
    {"arn", 60, false, CHANGE_COLUMN_ARN, get_change},
    {"certificate", 30, false, CHANGE_COLUMN_CERTIFICATE, get_change},
    {"before", 16, false, CHANGE_COLUMN_BEFORE, get_change},
    {"after", 16, false, CHANGE_COLUMN_AFTER, get_change},
    {"failing_since", 22, false, CHANGE_COLUMN_FAILING_SINCE, get_change},
};

const struct column *report_change_columns(const struct report *report, size_t *count, size_t *rows)
{
    const struct baseline *baseline = report->assessment->baseline;
    *count = COLUMNS(change_columns);
    *rows = baseline != NULL ? baseline->change_count : 0;
    return baseline != NULL ? change_columns : NULL;
}
