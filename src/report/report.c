/* report.c: the report's facts and counts, and how a cell is filled. Columns: report_tables.c. */
#include "report/report.h"
#include "audit/baseline.h"
#include "audit/scope.h"
#include "audit/waivers.h"
#include "base/pool.h"
#include "report/report_cells.h"
#include <assert.h>
#include <string.h>

const char *const report_procedure[] = {
    "Each file was read whole, as it was received, and its SHA-256 was taken. Its content decides "
    "what it is, not its name.",
    "What the files hold of one certificate was put together, by its ARN, and for IAM by its "
    "ServerCertificateId too.",
    "Each rule was applied to every certificate of its service. Ages and deadlines are told at the "
    "as-of time.",
    "What is missing or cannot be read gives UNKNOWN, never PASS.",
    "Where exports of one certificate conflict, the worst result counts (FAIL, UNKNOWN, PASS, "
    "NOT_APPLICABLE), and the reason names the exports.",
    "A FAIL that a waiver in force covers becomes WAIVED.",
    "To repeat a finding: it names the file, the document in it, the line, and the JSON Pointer of "
    "the value that decided.",
    "To repeat a count: certaudit --explain RULE prints how to audit by hand, with the AWS CLI "
    "commands and a jq command for the saved files.",
    NULL,
};

/* Of the method; each rule adds its own. */
static const char *const limits_of_method[] = {
    "The files are as received: a hash shows that a file has not changed since, not that it is "
    "genuine.",
    "An AWS output holds no capture time and no identity of who wrote it, so ages and deadlines "
    "are at the as-of time.",
    "The report shows one point in time, not a period.",
    "A severity is the rating of the rule in the Trend Cloud One Conformity knowledge base, not a "
    "risk rating for the audited entity.",
    NULL,
};

const char *const report_control_notes[] = {
    "A finding is relevant to the controls that it names; whether a control is met is for the "
    "auditor to conclude.",
    "A pass does not show a control to be met, and a count is of certificates, no rating of the "
    "control.",
    "PCI DSS rows apply only where the certificate protects PAN over open, public networks.",
    "APRA CPG 234 and the MAS TRM Guidelines are guidance; APRA CPS 234 is binding.",
    "CPS 234 paragraph 36 (notify APRA of a material control weakness within 10 business days) "
    "follows from materiality, which no tool knows; it is not mapped.",
    "NIST SP 800-53 Rev. 4 is withdrawn; it is named because the rules' knowledge base names it.",
    NULL,
};

void cell_say(struct cell *cell, const char *text)
{
    cell->kind = CELL_TEXT;
    cell->text = text != NULL ? text : "";
}

void cell_say_count(struct cell *cell, size_t count)
{
    cell->kind = CELL_COUNT;
    cell->count = count;
}

void cell_say_time(struct cell *cell, const struct timestamp *time)
{
    cell->kind = CELL_TIME;
    cell->time = *time;
}

void cell_say_exact_time(struct cell *cell, const struct timestamp *time, struct report_row *row)
{
    if (*time->fraction == '\0') {
        cell_say_time(cell, time);
        return;
    }
    timestamp_add_exact(time, &row->scratch);
    cell_say_scratch(cell, row);
}

void cell_say_scratch(struct cell *cell, const struct report_row *row)
{
    cell_say(cell, text_string(&row->scratch));
}

void cell_say_moment(struct cell *cell, const struct moment *moment)
{
    if (moment->state == MOMENT_READABLE)
        cell_say_time(cell, &moment->at);
    else
        cell_say(cell, moment->text);
}

void cell_say_in_use(struct cell *cell, enum in_use in_use)
{
    static const char *const words[] = {
        [IN_USE_NOT_STATED] = "not stated", [IN_USE_YES] = "yes", [IN_USE_NO] = "no"};
    cell_say(cell, words[in_use]);
}

void cell_say_ref(struct cell *cell, struct report_row *row)
{
    if (row->digest == NULL)
        row->digest = digest_new();
    finding_add_ref(row->finding, row->digest, &row->scratch);
    cell_say_scratch(cell, row);
}

const struct finding *report_finding(const struct report *report, size_t row)
{
    assert(row < report->assessment->finding_count);
    return &report->assessment->findings[row];
}

size_t report_column(const struct table *table, const char *title)
{
    size_t column = 0;
    while (column < table->column_count && strcmp(table->columns[column].title, title) != 0)
        column++;
    assert(column < table->column_count);
    return column;
}

bool report_count(const struct report *report, size_t number, struct report_count *count)
{
    const struct assessment *assessment = report->assessment;
    for (size_t i = 0; i < assessment->rule_count; i++) {
        const struct rule *rule = assessment->rules[i];
        for (size_t result = 0; result < RESULT_COUNT; result++) {
            for (size_t j = 0; rule->conditions[j].name != NULL; j++) {
                size_t certificates = report->counts[i][j].by_result[result];
                if (certificates == 0 || number-- > 0)
                    continue;
                *count = (struct report_count){rule, &rule->conditions[j], (enum result)result,
                                               certificates};
                return true;
            }
        }
    }
    return false;
}

static size_t count_conditions(const struct rule *rule)
{
    size_t count = 0;
    while (rule->conditions[count].name != NULL)
        count++;
    return count;
}

/* Counts the findings by rule, condition and result: what the Controls table is made of. */
static void count_findings(struct report *report)
{
    const struct assessment *assessment = report->assessment;
    report->counts = pool_alloc(report->pool, assessment->rule_count * sizeof *report->counts);
    for (size_t i = 0; i < assessment->rule_count; i++)
        report->counts[i] = pool_alloc(report->pool, count_conditions(assessment->rules[i]) *
                                                         sizeof(struct result_counts));
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        struct result_counts *counts =
            &report->counts[finding->rule_number][finding->condition - finding->rule->conditions];
        counts->by_result[finding->result]++;
        counts->total++;
    }
}

/* Once for each condition, and not for each of its findings. */
static void list_controls(struct report *report)
{
    const struct controls *controls = report->controls;
    const struct assessment *assessment = report->assessment;
    struct text ids = TEXT_EMPTY;
    report->control_ids =
        pool_alloc(report->pool, assessment->rule_count * sizeof *report->control_ids);
    for (size_t i = 0; i < assessment->rule_count; i++) {
        const struct rule *rule = assessment->rules[i];
        size_t count = count_conditions(rule) * controls->column_count;
        report->control_ids[i] = pool_alloc(report->pool, count * sizeof(const char *));
        for (size_t j = 0; j < count; j++) {
            const struct condition *condition = &rule->conditions[j / controls->column_count];
            if (report->counts[i][j / controls->column_count].total == 0)
                continue;
            text_clear(&ids);
            controls_add_ids(controls, j % controls->column_count, rule, condition,
                             condition->result, &ids);
            report->control_ids[i][j] = pool_text(report->pool, text_string(&ids));
        }
    }
    text_free(&ids);
}

static void list_limits(struct report *report)
{
    const struct assessment *assessment = report->assessment;
    size_t room = sizeof limits_of_method / sizeof limits_of_method[0], count = 0;
    for (size_t i = 0; i < assessment->rule_count; i++)
        for (const char *const *limit = assessment->rules[i]->limits; limit && *limit; limit++)
            room++;
    report->limits = pool_alloc(report->pool, room * sizeof *report->limits);
    for (size_t i = 0; i < assessment->rule_count; i++)
        for (const char *const *limit = assessment->rules[i]->limits; limit && *limit; limit++)
            report->limits[count++] = *limit;
    memcpy(report->limits + count, limits_of_method, sizeof limits_of_method);
}

static void add_fact(struct report *report, const char *name, struct text *value)
{
    report->facts[report->fact_count++] =
        (struct fact){name, pool_text(report->pool, text_string(value))};
    text_clear(value);
}

static void add_rules(const struct report *report, struct text *text)
{
    size_t mark = text->length;
    for (size_t i = 0; i < report->assessment->rule_count; i++) {
        const struct rule *rule = report->assessment->rules[i];
        text_add_separator(text, mark, "; ");
        text_addf(text, "%s %s (%s)", rule->id, rule->title, rules_severity_name(rule->severity));
    }
}

static void add_frameworks(const struct report *report, struct text *text)
{
    size_t mark = text->length;
    for (size_t i = 0; i < report->controls->column_count; i++) {
        text_add_separator(text, mark, "; ");
        controls_add_framework(&report->controls->columns[i], text);
    }
}

/* A file that changes findings: its name and digest, or what stands in its place. */
static void state_file(struct report *report, const char *name, const char *path,
                       const char *sha256, const char *otherwise)
{
    struct text value = TEXT_EMPTY;
    if (path != NULL)
        text_add_visible(&value, path);
    else
        text_add(&value, otherwise);
    if (sha256 != NULL)
        text_addf(&value, ", SHA-256 %s", sha256);
    add_fact(report, name, &value);
    text_free(&value);
}

static void state_files(struct report *report)
{
    const struct assessment *assessment = report->assessment;
    const struct scope *scope = assessment->scope;
    const struct waivers *waivers = assessment->waivers;
    const struct baseline *baseline = assessment->baseline;
    state_file(report, "control table", report->controls_path, report->controls->sha256,
               "built in");
    state_file(report, "scope", scope != NULL ? scope->path : NULL,
               scope != NULL ? scope->sha256 : NULL, "none given");
    state_file(report, "waivers", waivers != NULL ? waivers->path : NULL,
               waivers != NULL ? waivers->sha256 : NULL, "none given");
    state_file(report, "baseline", baseline != NULL ? baseline->path : NULL,
               baseline != NULL ? baseline->sha256 : NULL, "none given");
}

/* The times that a single rule reads. */
static void state_parameters(struct report *report)
{
    struct text name = TEXT_EMPTY, value = TEXT_EMPTY;
    for (size_t i = 0; i < report->assessment->rule_count; i++) {
        const struct rule *rule = report->assessment->rules[i];
        if (rule->parameter == NULL)
            continue;
        text_clear(&name);
        text_addf(&name, "%s of %s", rule->parameter, rule->id);
        timestamp_add_exact(rule->parameter_value(&report->assessment->policy), &value);
        add_fact(report, pool_text(report->pool, text_string(&name)), &value);
    }
    text_free(&name);
    text_free(&value);
}

/* Everything that a second person needs to repeat the run. */
static void state_facts(struct report *report)
{
    enum { FIXED_FACTS = 9 };
    struct text value = TEXT_EMPTY;
    report->facts = pool_alloc(report->pool,
                               (FIXED_FACTS + report->assessment->rule_count + report->path_count) *
                                   sizeof(struct fact));
    text_add(&value, report->title);
    add_fact(report, "title", &value);
    timestamp_add_exact(&report->assessment->policy.as_of, &value);
    add_fact(report, "as of", &value);
    text_addf(&value, "certaudit %s", report->version);
    add_fact(report, "version", &value);
    state_parameters(report);
    add_rules(report, &value);
    add_fact(report, "rules", &value);
    add_frameworks(report, &value);
    add_fact(report, "frameworks", &value);
    state_files(report);
    for (size_t i = 0; i < report->path_count; i++) {
        text_add(&value, report->paths[i]);
        add_fact(report, "path", &value);
    }
    text_free(&value);
}

void report_prepare(struct report *report)
{
    count_findings(report);
    list_controls(report);
    list_limits(report);
    state_facts(report);
    if (report->assessment->listed == LISTED_ALL)
        summary_build(&report->summary, report->assessment);
    report_build_notes(report);
    report_build_tables(report);
}
