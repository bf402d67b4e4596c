/* workpaper_findings.c: the sections with open findings, and how one is told. */
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

/* What a finding in short is made of; in full the rest, too, and the columns of the frameworks. */
enum detail {
    DETAIL_RESULT,
    DETAIL_RULE,
    DETAIL_ACCOUNT,
    DETAIL_REGION,
    DETAIL_CERTIFICATE,
    DETAIL_CONDITION,
    DETAIL_IN_USE,
    DETAIL_DUE,
    DETAIL_REASON,
    DETAIL_REF,
    DETAIL_REMEDIATION,
    DETAIL_ARN,
    DETAIL_IN_USE_BY,
    DETAIL_OBSERVED,
    DETAIL_EXPECTED,
    DETAIL_FILE,
    DETAIL_DOCUMENT,
    DETAIL_LINE,
    DETAIL_POINTER,
    DETAIL_SHA256,
    DETAIL_COUNT
};

static const char *const detail_titles[DETAIL_COUNT] = {"result",
                                                        "rule",
                                                        "account",
                                                        "region",
                                                        "certificate",
                                                        "condition",
                                                        "in_use",
                                                        "due",
                                                        "reason",
                                                        "ref",
                                                        "remediation",
                                                        "arn",
                                                        "in_use_by",
                                                        "observed",
                                                        "expected",
                                                        "evidence_file",
                                                        "evidence_document",
                                                        "evidence_line",
                                                        "evidence_pointer",
                                                        "evidence_sha256"};

/* Adds before and the cell; if the cell is empty nothing, and false. */
static bool add_cell(struct text *text, const char *before, struct block_reader *reader,
                     size_t column)
{
    const struct cell *cell = blocks_cell(reader, column);
    if (cell->kind == CELL_EMPTY)
        return false;
    text_add(text, before);
    report_add_cell(cell, text);
    return true;
}

/* A part of the heading, or what is said if it is missing. */
static void add_part(struct text *text, struct block_reader *reader, size_t column,
                     const char *missing)
{
    if (!add_cell(text, " ", reader, column))
        text_addf(text, " %s", missing);
}

/* `F-1234abcd ACM-005 111122223333 us-east-1 shop.example.com`, in short without the ref; and what
 * is wrong: `renewal-pending, in use, due 2026-11-25T23:59:59Z: ...`. */
static void add_short(struct blocks *list, struct block_reader *reader, bool with_ref)
{
    struct text text = TEXT_EMPTY, label = TEXT_EMPTY;
    if (with_ref && add_cell(&text, "", reader, DETAIL_REF))
        text_add(&text, " ");
    (void)add_cell(&text, "", reader, DETAIL_RULE);
    add_part(&text, reader, DETAIL_ACCOUNT, "(no account)");
    add_part(&text, reader, DETAIL_REGION, "(no region)");
    add_part(&text, reader, DETAIL_CERTIFICATE, "(no name)");
    blocks_add_heading(list, 4, text_string(&text), NULL)->result =
        pool_text(list->pool, blocks_cell(reader, DETAIL_RESULT)->text);
    text_clear(&text);
    (void)add_cell(&label, "", reader, DETAIL_CONDITION);
    if (strcmp(blocks_cell(reader, DETAIL_IN_USE)->text, "yes") == 0)
        text_add(&label, ", in use");
    (void)add_cell(&label, ", due ", reader, DETAIL_DUE);
    (void)add_cell(&text, "", reader, DETAIL_REASON);
    blocks_add_paragraph(list, text_string(&label), text_string(&text));
    text_free(&text);
    text_free(&label);
}

static void add_in_short(struct blocks *list, struct block_reader *reader)
{
    add_short(list, reader, false);
}

/* Adds the text as a fact and clears it. */
static void add_fact(struct blocks *list, const char *name, struct text *value)
{
    if (value->length > 0)
        blocks_add_fact(list, name, text_string(value));
    text_clear(value);
}

/* Each framework on a line of its own. */
static void add_controls(struct text *text, struct block_reader *reader)
{
    for (size_t i = DETAIL_COUNT; i < reader->block->column_count; i++) {
        if (blocks_cell(reader, i)->kind == CELL_EMPTY)
            continue;
        text_add_separator(text, 0, "\n");
        controls_add_framework(&reader->report->controls->columns[i - DETAIL_COUNT], text);
        (void)add_cell(text, ": ", reader, i);
    }
}

static void add_in_full(struct blocks *list, struct block_reader *reader)
{
    static const struct {
        enum detail column;
        const char *name;
    } facts[] = {{DETAIL_ARN, "ARN"},
                 {DETAIL_IN_USE_BY, "In use by"},
                 {DETAIL_OBSERVED, "Observed"},
                 {DETAIL_EXPECTED, "Expected"}};
    struct text text = TEXT_EMPTY;
    add_short(list, reader, true);
    if (add_cell(&text, "", reader, DETAIL_REMEDIATION))
        blocks_add_code(list, "What to do (not run; review before use)", text_string(&text));
    text_clear(&text);
    blocks_add_facts(list);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        (void)add_cell(&text, "", reader, facts[i].column);
        add_fact(list, facts[i].name, &text);
    }
    (void)add_cell(&text, "", reader, DETAIL_FILE);
    (void)add_cell(&text, ", document ", reader, DETAIL_DOCUMENT);
    (void)add_cell(&text, ", line ", reader, DETAIL_LINE);
    (void)add_cell(&text, ", pointer ", reader, DETAIL_POINTER);
    (void)add_cell(&text, ", SHA-256 ", reader, DETAIL_SHA256);
    add_fact(list, "Evidence", &text);
    add_controls(&text, reader);
    if (text.length > 0) {
        blocks_add_text(list, "Relevant to");
        blocks_add_lines(list, text_string(&text));
    }
    text_free(&text);
}

/* Whether the finding says no more than that the certificate was listed but not described. */
static bool is_listed_only(const struct finding *finding)
{
    return finding->condition == finding->rule->listed_only && !finding->conflict;
}

/* The rows of the open findings, of a rule or of all (NULL), in the order of the table. */
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
        if ((rule == NULL || finding->rule == rule) && (listed_only || !is_listed_only(finding)))
            numbers[(*count)++] = i;
    }
    return numbers;
}

static void add_details(struct blocks *list, const struct report *report, const size_t *numbers,
                        size_t count, bool full)
{
    const struct controls *controls = report->controls;
    const char **titles =
        pool_alloc(list->pool, (DETAIL_COUNT + controls->column_count + 1) * sizeof *titles);
    memcpy(titles, detail_titles, sizeof detail_titles);
    for (size_t i = 0; i < controls->column_count; i++)
        titles[DETAIL_COUNT + i] = controls->columns[i].title;
    blocks_add_details(list, &report->tables[REPORT_FINDINGS], titles, numbers, count,
                       full ? add_in_full : add_in_short);
}

void workpaper_add_top_items(struct blocks *list, const struct report *report)
{
    const struct table *table = &report->tables[REPORT_FINDINGS];
    const size_t *by_result = report->assessment->finding_counts.by_result;
    size_t open = by_result[RESULT_FAIL] + by_result[RESULT_UNKNOWN];
    if (open == 0)
        return;
    blocks_add_heading(list, 2, "Top open items", table);
    blocks_add_view(list, report, table, overview, NULL, open < TOP_ITEMS ? open : TOP_ITEMS);
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
    add_details(list, report, numbers, count, true);
}

void workpaper_add_all_open_findings(struct blocks *list, const struct report *report, bool verbose)
{
    size_t count;
    size_t *numbers = open_rows(list, report, NULL, verbose, &count);
    add_details(list, report, numbers, count, verbose);
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
    struct remediation command = remediation_begin(&text, "describe");
    if (*region != '\0')
        remediation_word(&command, region);
    else
        text_add(&text, " REGION");
    text_addf(&text, " > %s-%s.json",
              coverage_is_account(account, strlen(account)) ? account : "ACCOUNT",
              coverage_is_region(region, strlen(region)) ? region : "REGION");
    remediation_end(&command);
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
        if (finding->rule != rule || !is_listed_only(finding))
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
