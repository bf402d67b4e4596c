/* terminal_summary.c: see terminal_summary.h. */
#include "terminal/terminal_summary.h"
#include "audit/verdict.h"
#include "base/memory.h"
#include "report/report.h"
#include "rules/remediation.h"
#include "terminal/terminal_text.h"
#include <stdlib.h>
#include <string.h>

enum { INDENT = 4, RESULT_WIDTH = 16, BAR_WIDTH = 8, WIDTH_FOR_BARS = 60 };

static void add_heading(struct text *text, const struct report *report,
                        const struct terminal *terminal)
{
    struct text line = TEXT_EMPTY;
    terminal_add_wrapped(text, terminal, "", report->title, 0);
    text_add(&line, "As of ");
    timestamp_add_exact(&report->assessment->policy.as_of, &line);
    text_add(&line, ", cut-off of IAM-033 ");
    timestamp_add_exact(&report->assessment->policy.cutoff, &line);
    text_addf(&line, ", certaudit %s.", report->version);
    terminal_add_wrapped(text, terminal, "", text_string(&line), 0);
    text_add(text, "\n");
    text_clear(&line);
    verdict_add(report->assessment, &line);
    terminal_add_wrapped(text, terminal, "", text_string(&line), 0);
    text_clear(&line);
    verdict_add_gaps(report->assessment, &line);
    if (line.length > 0 && report->assessment->finding_counts.by_result[RESULT_FAIL] > 0)
        terminal_add_wrapped(text, terminal, "Incomplete: ", text_string(&line), 0);
    text_free(&line);
}

/* The largest count of the rule whose counts begin there. */
static size_t largest(const struct report *report, size_t first)
{
    struct report_count count;
    const struct rule *rule = NULL;
    size_t most = 0;
    for (size_t i = first; report_count(report, i, &count); i++) {
        if (rule != NULL && count.rule != rule)
            break;
        rule = count.rule;
        most = count.certificates > most ? count.certificates : most;
    }
    return most;
}

/* In whole cells, rounded up, so that nothing that occurs is without one. */
static void add_bar(struct text *text, size_t count, size_t most)
{
    size_t cells = (count * BAR_WIDTH + most - 1) / most;
    for (size_t i = 0; i < BAR_WIDTH; i++)
        text_add(text, i < cells ? "#" : " ");
    text_add(text, "  ");
}

static void add_counts(struct text *text, const struct report *report,
                       const struct terminal *terminal)
{
    bool bars = terminal_width(terminal) >= WIDTH_FOR_BARS;
    struct report_count count;
    const struct rule *rule = NULL;
    struct text line = TEXT_EMPTY;
    size_t most = 0;
    for (size_t i = 0; report_count(report, i, &count); i++) {
        if (count.rule != rule) {
            rule = count.rule;
            most = largest(report, i);
            text_clear(&line);
            text_addf(&line, "%s %s (%s)", rule->id, rule->title,
                      rules_severity_name(rule->severity));
            terminal_add_wrapped(text, terminal, "\n", text_string(&line), INDENT);
        }
        size_t column = text->length;
        text_addf(text, "%7zu  ", count.certificates);
        if (bars)
            add_bar(text, count.certificates, most);
        column = text->length - column + RESULT_WIDTH;
        size_t wide = terminal_add_result(text, terminal, count.result);
        terminal_add_spaces(text, RESULT_WIDTH - wide);
        terminal_add_words(text, terminal, column, count.condition->name, INDENT, 1);
    }
    text_free(&line);
}

void terminal_add_summary(struct text *text, const struct report *report,
                          const struct terminal *terminal)
{
    const size_t *all = report->assessment->finding_counts.by_result;
    add_heading(text, report, terminal);
    add_counts(text, report, terminal);
    text_add(text, "\n");
    for (size_t i = 0; i < report->note_count; i++)
        terminal_add_wrapped(text, terminal, "", report->notes[i], INDENT);
    if (!terminal->verbose && all[RESULT_FAIL] + all[RESULT_UNKNOWN] + all[RESULT_WAIVED] > 0)
        terminal_add_wrapped(text, terminal, "",
                             "Findings below are shortened: -v prints them in full, with evidence, "
                             "controls and commands; -o FILE writes a report.",
                             INDENT);
}

bool terminal_is_listed_only(const struct finding *finding)
{
    return finding->condition == finding->rule->listed_only && !finding->conflict;
}

/* How many there are in a place. */
struct listed_only {
    size_t count, in_use;
};

/* Names are taken from an export only where they name no folder, nor an option. */
static void add_command(struct text *text, const struct location *place)
{
    const char *account = place->account, *region = place->region;
    terminal_add_spaces(text, INDENT);
    struct remediation command = remediation_begin(text, "describe");
    if (*region != '\0')
        remediation_word(&command, region);
    else
        text_add(text, " REGION");
    text_addf(text, " > %s-%s.json",
              coverage_is_account(account, strlen(account)) ? account : "ACCOUNT",
              coverage_is_region(region, strlen(region)) ? region : "REGION");
    remediation_end(&command);
}

static void add_place(struct text *text, const struct terminal *terminal,
                      const struct location *place, const struct listed_only *listed)
{
    struct text line = TEXT_EMPTY;
    text_addf(&line, "%zu certificate%s of %s %s %s listed but not described", listed->count,
              listed->count == 1 ? "" : "s",
              *place->account != '\0' ? place->account : "(no account)",
              *place->region != '\0' ? place->region : "(no region)",
              listed->count == 1 ? "was" : "were");
    if (listed->in_use > 0)
        text_addf(&line, ", %zu in use", listed->in_use);
    terminal_add_wrapped(text, terminal, "", text_string(&line), INDENT);
    add_command(text, place);
    text_free(&line);
}

static void add_rule(struct text *text, const struct report *report,
                     const struct terminal *terminal, const struct rule *rule,
                     const struct listed_only *listed)
{
    const struct locations *locations = &report->assessment->locations;
    struct text line = TEXT_EMPTY;
    text_add(text, "\n");
    size_t wide = terminal_add_result(text, terminal, rule->listed_only->result);
    text_addf(&line,
              "%s %s: %s. Not run: review this, define it in a shell of the account, then run "
              "the line's command:",
              rule->id, rule->listed_only->name, rule->listed_only->meaning);
    text_add(text, " ");
    terminal_add_words(text, terminal, wide + 1, text_string(&line), INDENT, 0);
    for (const char *at = rule->describe, *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        terminal_add_spaces(text, INDENT);
        text_add_bytes(text, at, (size_t)(end + 1 - at));
    }
    text_add(text, "\n");
    for (size_t i = 0; i < locations->count; i++)
        if (listed[i].count > 0)
            add_place(text, terminal, locations->sorted[i], &listed[i]);
    text_free(&line);
}

void terminal_add_listed_only(struct text *text, const struct report *report,
                              const struct terminal *terminal)
{
    const struct assessment *assessment = report->assessment;
    struct listed_only *listed =
        memory_resize(NULL, assessment->locations.count + 1, sizeof *listed);
    for (size_t i = 0; i < assessment->rule_count; i++) {
        size_t count = 0;
        for (size_t j = 0; j < assessment->locations.count; j++)
            listed[j] = (struct listed_only){0, 0};
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct finding *finding = &assessment->findings[j];
            if (finding->result > RESULT_UNKNOWN)
                break; /* they stand in the order of their results */
            if (finding->rule != assessment->rules[i] || !terminal_is_listed_only(finding))
                continue;
            struct listed_only *place = &listed[finding->certificate->location->rank];
            place->count++;
            place->in_use += finding->seen->in_use == IN_USE_YES;
            count++;
        }
        if (count > 0)
            add_rule(text, report, terminal, assessment->rules[i], listed);
    }
    free(listed);
}
