/* prepare.c: see prepare.h. The facts of the run, and what the tables need counted. */
#include "report/prepare.h"
#include "audit/baseline.h"
#include "audit/scope.h"
#include "audit/summary.h"
#include "audit/waivers.h"
#include "base/memory.h"
#include "base/pool.h"
#include "report/columns.h"
#include "rules/controls.h"
#include <stdlib.h>

static size_t count_conditions(const struct rule *rule)
{
    size_t count = 0;
    while (rule->conditions[count].name != NULL)
        count++;
    return count;
}

static void count_findings(struct report *report)
{
    const struct assessment *assessment = report->assessment;
    report->counts = pool_alloc(report->pool, assessment->rule_count * sizeof *report->counts);
    for (size_t i = 0; i < assessment->rule_count; i++)
        report->counts[i] = pool_alloc(report->pool, count_conditions(assessment->rules[i]) *
                                                         sizeof(struct result_counts));
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (finding->certificate->excluded)
            continue;
        struct result_counts *counts =
            &report->counts[finding->rule_number][finding->condition - finding->rule->conditions];
        counts->by_result[finding->result]++;
        counts->total++;
    }
}

/* Once for each condition, not for each of its findings. */
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

/* Clears the value. */
static void add_fact(struct report *report, const char *name, struct text *value)
{
    report->facts = memory_grow(report->facts, &report->fact_room, report->fact_count + 1,
                                sizeof *report->facts);
    report->facts[report->fact_count++] =
        (struct fact){name, pool_text(report->pool, text_string(value))};
    text_clear(value);
}

static void add_rules(struct report *report, struct text *value)
{
    for (size_t i = 0; i < report->assessment->rule_count; i++) {
        const struct rule *rule = report->assessment->rules[i];
        text_add_separator(value, 0, "; ");
        text_addf(value, "%s %s (%s)", rule->id, rule->title, rules_severity_name(rule->severity));
    }
    add_fact(report, "rules", value);
}

static void add_frameworks(struct report *report, struct text *value)
{
    for (size_t i = 0; i < report->controls->column_count; i++) {
        text_add_separator(value, 0, "; ");
        controls_add_framework(&report->controls->columns[i], value);
    }
    add_fact(report, "frameworks", value);
}

/* The times that one rule reads. */
static void add_parameters(struct report *report, struct text *value)
{
    struct text name = TEXT_EMPTY;
    for (size_t i = 0; i < report->assessment->rule_count; i++) {
        const struct rule *rule = report->assessment->rules[i];
        if (rule->parameter == NULL)
            continue;
        text_clear(&name);
        text_addf(&name, "%s of %s", rule->parameter, rule->id);
        timestamp_add_exact(rule->parameter_value(&report->assessment->policy), value);
        add_fact(report, pool_text(report->pool, text_string(&name)), value);
    }
    text_free(&name);
}

/* A file that changes findings, with its digest; without a path what is used instead. */
static void add_file(struct report *report, const char *name, const char *path, const char *sha256,
                     const char *otherwise)
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

/* The baseline has a date of its own. */
static void add_baseline(struct report *report)
{
    const struct baseline *baseline = report->assessment->baseline;
    struct text value = TEXT_EMPTY;
    if (baseline == NULL) {
        add_file(report, "baseline", NULL, NULL, "none given");
        return;
    }
    text_add_visible(&value, baseline->path);
    if (baseline->has_as_of) {
        text_add(&value, ", as of ");
        timestamp_add_exact(&baseline->as_of, &value);
    }
    text_addf(&value, ", SHA-256 %s", baseline->sha256);
    add_fact(report, "baseline", &value);
    text_free(&value);
}

static void add_files(struct report *report)
{
    const struct assessment *assessment = report->assessment;
    const struct scope *scope = assessment->scope;
    const struct waivers *waivers = assessment->waivers;
    add_file(report, "control table", report->controls_path, report->controls->sha256, "built in");
    add_file(report, "scope", scope != NULL ? scope->path : NULL,
             scope != NULL ? scope->sha256 : NULL, "none given");
    add_file(report, "waivers", waivers != NULL ? waivers->path : NULL,
             waivers != NULL ? waivers->sha256 : NULL, "none given");
    add_baseline(report);
}

/* Everything that a second person needs to repeat the run. */
static void list_facts(struct report *report)
{
    struct text value = TEXT_EMPTY;
    text_add(&value, report->title);
    add_fact(report, "title", &value);
    timestamp_add_exact(&report->as_of, &value);
    add_fact(report, "as of", &value);
    text_addf(&value, "certaudit %s", report->version);
    add_fact(report, "version", &value);
    add_parameters(report, &value);
    add_rules(report, &value);
    add_frameworks(report, &value);
    add_files(report);
    for (size_t i = 0; i < report->path_count; i++) {
        text_add(&value, report->paths[i]);
        add_fact(report, "path", &value);
    }
    text_free(&value);
}

void report_prepare(struct report *report)
{
    report->as_of = report->assessment->policy.as_of;
    report->summary = pool_alloc(report->pool, sizeof *report->summary);
    if (report->assessment->listed == LISTED_ALL)
        summary_build(report->summary, report->assessment);
    count_findings(report);
    list_controls(report);
    list_facts(report);
    report->tables[REPORT_FINDINGS] = findings_table(report);
    report->tables[REPORT_CERTIFICATES] = certificates_table(report);
    report->tables[REPORT_CONTROLS] = controls_table(report);
    report->tables[REPORT_COVERAGE] = coverage_table(report);
    report->tables[REPORT_EVIDENCE] = evidence_table(report);
    report->tables[REPORT_WAIVERS] = waivers_table(report);
    report->tables[REPORT_CHANGES] = changes_table(report);
}

void report_free(struct report *report)
{
    if (report->summary != NULL)
        summary_free(report->summary);
    free(report->facts);
}
