/* workpaper_findings.c: the sections with open findings, and the blocks of one finding. */
#include "audit/assessment.h"
#include "base/memory.h"
#include "base/pool.h"
#include "report/report.h"
#include "report/workpaper_sections.h"
#include "rules/controls.h"
#include "rules/remediation.h"
#include <stdlib.h>
#include <string.h>

enum { TOP_ITEMS = 10 };

static const char *const overview[] = {"certificate", "ref", "result", "condition",
                                       "account",     "due", "in_use", NULL};

/* Adds before and the cell; if the cell is empty nothing, and false. */
static bool add_cell(struct text *text, const char *before, struct report_row *row,
                     const char *title)
{
    struct cell cell;
    report_cell(row, report_column(row->table, title), &cell);
    if (cell.kind == CELL_EMPTY)
        return false;
    text_add(text, before);
    report_add_cell(&cell, text);
    return true;
}

/* A part of the heading, or what is said if it is missing. */
static void add_part(struct text *text, struct report_row *row, const char *title,
                     const char *missing)
{
    if (!add_cell(text, " ", row, title))
        text_addf(text, " %s", missing);
}

/* `FAIL F-1234abcd ACM-005 111122223333 us-east-1 shop.example.com`, in short without the ref. */
static void add_heading(struct blocks *list, struct report_row *row, bool with_ref)
{
    struct text text = TEXT_EMPTY, result = TEXT_EMPTY;
    (void)add_cell(&result, "", row, "result");
    if (with_ref && add_cell(&text, "", row, "ref"))
        text_add(&text, " ");
    (void)add_cell(&text, "", row, "rule");
    add_part(&text, row, "account", "(no account)");
    add_part(&text, row, "region", "(no region)");
    add_part(&text, row, "certificate", "(no name)");
    blocks_add_heading(list, 4, text_string(&text), NULL)->result =
        pool_text(list->pool, text_string(&result));
    text_free(&text);
    text_free(&result);
}

/* `renewal-pending, in use, due 2026-11-25T23:59:59Z: ...` */
static void add_reason(struct blocks *list, struct report_row *row)
{
    struct text label = TEXT_EMPTY, in_use = TEXT_EMPTY, reason = TEXT_EMPTY;
    (void)add_cell(&label, "", row, "condition");
    (void)add_cell(&in_use, "", row, "in_use");
    if (strcmp(text_string(&in_use), "yes") == 0)
        text_add(&label, ", in use");
    (void)add_cell(&label, ", due ", row, "due");
    (void)add_cell(&reason, "", row, "reason");
    blocks_add_paragraph(list, text_string(&label), text_string(&reason));
    text_free(&label);
    text_free(&in_use);
    text_free(&reason);
}

static void add_in_short(struct blocks *list, struct report_row *row)
{
    add_heading(list, row, false);
    add_reason(list, row);
}

static void add_fact(struct blocks *list, struct report_row *row, const char *name,
                     const char *title)
{
    struct text value = TEXT_EMPTY;
    if (add_cell(&value, "", row, title))
        blocks_add_fact(list, name, text_string(&value));
    text_free(&value);
}

static void add_evidence(struct blocks *list, struct report_row *row)
{
    struct text value = TEXT_EMPTY;
    (void)add_cell(&value, "", row, "evidence_file");
    (void)add_cell(&value, ", document ", row, "evidence_document");
    (void)add_cell(&value, ", line ", row, "evidence_line");
    (void)add_cell(&value, ", pointer ", row, "evidence_pointer");
    (void)add_cell(&value, ", SHA-256 ", row, "evidence_sha256");
    blocks_add_fact(list, "Evidence", text_string(&value));
    text_free(&value);
}

/* Each framework on a line of its own. */
static void add_controls(struct blocks *list, struct report_row *row)
{
    const struct controls *controls = row->report->controls;
    struct text value = TEXT_EMPTY, ids = TEXT_EMPTY;
    for (size_t i = 0; i < controls->column_count; i++) {
        text_clear(&ids);
        if (!add_cell(&ids, ": ", row, controls->columns[i].title))
            continue;
        text_add_separator(&value, 0, "\n");
        controls_add_framework(&controls->columns[i], &value);
        text_add(&value, text_string(&ids));
    }
    if (value.length > 0) {
        blocks_add_text(list, "Relevant to");
        blocks_add_lines(list, text_string(&value));
    }
    text_free(&value);
    text_free(&ids);
}

static void add_in_full(struct blocks *list, struct report_row *row)
{
    struct text commands = TEXT_EMPTY;
    add_heading(list, row, true);
    add_reason(list, row);
    if (add_cell(&commands, "", row, "remediation"))
        blocks_add_code(list, "What to do (not run; review before use)", text_string(&commands));
    text_free(&commands);
    blocks_add_facts(list);
    add_fact(list, row, "ARN", "arn");
    add_fact(list, row, "In use by", "in_use_by");
    add_fact(list, row, "Observed", "observed");
    add_fact(list, row, "Expected", "expected");
    add_evidence(list, row);
    add_controls(list, row);
}

/* Whether the finding says no more than that the certificate was listed but not described. */
static bool is_listed_only(const struct finding *finding)
{
    return finding->condition == finding->rule->listed_only && !finding->conflict;
}

/* The rows of the open findings, of a rule or of all (NULL), in the order of the table. Those that
 * the scope excludes are not among them. */
static size_t *open_rows(const struct blocks *list, const struct report *report,
                         const struct rule *rule, bool listed_only, size_t *count)
{
    const struct assessment *assessment = report->assessment;
    size_t *numbers = pool_alloc(list->pool, assessment->finding_count * sizeof *numbers);
    *count = 0;
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (finding->result > RESULT_WAIVED)
            break; /* they are sorted by result */
        if (finding->certificate->excluded)
            continue;
        if ((rule == NULL || finding->rule == rule) && (listed_only || !is_listed_only(finding)))
            numbers[(*count)++] = i;
    }
    return numbers;
}

void workpaper_add_top_items(struct blocks *list, const struct report *report)
{
    const struct table *table = &report->tables[REPORT_FINDINGS];
    const size_t *by_result = report->assessment->finding_counts.by_result;
    size_t open = by_result[RESULT_FAIL] + by_result[RESULT_UNKNOWN], count;
    if (open == 0)
        return;
    size_t *numbers = open_rows(list, report, NULL, true, &count);
    blocks_add_heading(list, 2, "Top open items", table);
    blocks_add_view(list, report, table, overview, numbers, open < TOP_ITEMS ? open : TOP_ITEMS);
    if (open > TOP_ITEMS) {
        struct text more = TEXT_EMPTY;
        text_addf(&more, "%zu more are open: see %s.", open - TOP_ITEMS, table->name);
        blocks_add_paragraph(list, NULL, text_string(&more));
        text_free(&more);
    }
}

void workpaper_add_open_findings(struct blocks *list, const struct report *report, size_t number)
{
    size_t count;
    size_t *numbers = open_rows(list, report, report->assessment->rules[number], true, &count);
    blocks_add_paragraph(list, NULL, "Open findings (FAIL, UNKNOWN, WAIVED):");
    blocks_add_view(list, report, &report->tables[REPORT_FINDINGS], overview, numbers, count);
    blocks_add_details(list, &report->tables[REPORT_FINDINGS], numbers, count, add_in_full);
}

void workpaper_add_all_open_findings(struct blocks *list, const struct report *report, bool verbose)
{
    size_t count;
    size_t *numbers = open_rows(list, report, NULL, verbose, &count);
    blocks_add_details(list, &report->tables[REPORT_FINDINGS], numbers, count,
                       verbose ? add_in_full : add_in_short);
}

/* How many certificates of a location are known from a list alone. */
struct listed_only {
    size_t count, in_use;
};

/* Names are taken from an export only if they cannot name a folder or an option. */
static void add_command(struct blocks *list, const struct location *location)
{
    const char *account = location->account, *region = location->region;
    struct text text = TEXT_EMPTY;
    if (!coverage_is_account(account, strlen(account)))
        account = "ACCOUNT";
    if (!evidence_is_region(region, strlen(region)))
        region = "REGION";
    text_addf(&text, "describe %s > %s-%s.json\n", region, account, region);
    blocks_add_code(list, NULL, text_string(&text));
    text_free(&text);
}

static void add_location(struct blocks *list, const struct location *location,
                         const struct listed_only *listed)
{
    struct text text = TEXT_EMPTY;
    text_addf(&text, "%zu certificate%s in %s %s %s listed but not described", listed->count,
              listed->count == 1 ? "" : "s",
              *location->account != '\0' ? location->account : "(no account)",
              *location->region != '\0' ? location->region : "(no region)",
              listed->count == 1 ? "was" : "were");
    if (listed->in_use > 0)
        text_addf(&text, ", %zu in use", listed->in_use);
    blocks_add_paragraph(list, NULL, text_string(&text));
    add_command(list, location);
    text_free(&text);
}

/* Counts those of the rule by location; returns how many there are. */
static size_t count_listed_only(const struct assessment *assessment, const struct rule *rule,
                                struct listed_only *listed)
{
    size_t count = 0;
    for (size_t i = 0; i < assessment->locations.count; i++)
        listed[i] = (struct listed_only){0, 0};
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (finding->result > RESULT_UNKNOWN)
            break; /* they are sorted by result */
        if (finding->rule != rule || finding->certificate->excluded || !is_listed_only(finding))
            continue;
        struct listed_only *location = &listed[finding->certificate->location->rank];
        location->count++;
        location->in_use += finding->seen->in_use == IN_USE_YES;
        count++;
    }
    return count;
}

static void add_listed_only_of(struct blocks *list, const struct assessment *assessment,
                               const struct rule *rule, const struct listed_only *listed)
{
    const struct condition *condition = rule->listed_only;
    struct text text = TEXT_EMPTY;
    text_addf(&text, "%s %s: %s", rule->id, condition->name, condition->meaning);
    blocks_add_heading(list, 4, text_string(&text), NULL)->result =
        rules_result_name(condition->result);
    blocks_add_paragraph(list, NULL,
                         "Review this function, define it in a shell with the account's "
                         "credentials, then run the commands below:");
    blocks_add_code(list, NULL, rule->describe);
    for (size_t i = 0; i < assessment->locations.count; i++)
        if (listed[i].count > 0)
            add_location(list, assessment->locations.sorted[i], &listed[i]);
    text_free(&text);
}

void workpaper_add_listed_only(struct blocks *list, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct listed_only *listed =
        memory_resize(NULL, assessment->locations.count + 1, sizeof *listed);
    for (size_t i = 0; i < assessment->rule_count; i++)
        if (count_listed_only(assessment, assessment->rules[i], listed) > 0)
            add_listed_only_of(list, assessment, assessment->rules[i], listed);
    free(listed);
}
