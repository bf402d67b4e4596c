/* workpaper.c: see workpaper.h. The three selections, and the sections of prose. */
#include "report/workpaper.h"
#include "audit/verdict.h"
#include "report/report.h"
#include "report/workpaper_sections.h"
#include "rules/controls.h"
#include <string.h>

static const char *const procedure[] = {
    "Each file was read whole, as received, and its SHA-256 was recorded. Its content, not its "
    "name, decides what it is.",
    "Records of the same certificate were merged, by ARN, and for IAM by ServerCertificateId too.",
    "Each rule was applied to every certificate of its service. Ages and deadlines are calculated "
    "at the as-of time.",
    "What is missing or unreadable gives UNKNOWN, never PASS.",
    "If a scope was given, verdict, results and controls count the certificates in scope and those "
    "that no line of it covers. Those that a line excludes are assessed, but not counted.",
    "If exports of one certificate conflict, the worst result counts (FAIL, UNKNOWN, PASS, "
    "NOT_APPLICABLE), and the reason names the exports.",
    "A FAIL that a waiver in force covers becomes WAIVED.",
    "To repeat a finding: it names the file, the document in it, the line, and the JSON Pointer of "
    "the value that decided.",
    "To repeat a count: certaudit --explain RULE prints how to audit by hand, with the AWS CLI "
    "commands and a jq command for the saved files.",
    NULL,
};

/* Of the method; each rule adds its own. */
static const char *const limits[] = {
    "The files are as received: a hash shows that a file has not changed since, not that it is "
    "genuine.",
    "An AWS output contains neither its capture time nor the identity of its author, so ages and "
    "deadlines are calculated at the as-of time.",
    "The report shows one point in time, not a period.",
    "A severity is the rule's rating in the knowledge base of Trend Vision One Cloud Risk "
    "Management (formerly Cloud One Conformity), not a risk rating for the audited entity.",
    NULL,
};

static const char *const control_notes[] = {
    "A finding is relevant to the controls that it names; whether a control is met is for the "
    "auditor to conclude.",
    "A pass does not show that a control is met; counts are numbers of certificates, not ratings "
    "of the control.",
    "PCI DSS rows apply only if the certificate protects PAN over open, public networks.",
    "APRA CPG 234 and the MAS TRM Guidelines are guidance; APRA CPS 234 is binding.",
    "NIST SP 800-53 Rev. 4 is withdrawn; it is named because the rules' knowledge base names it.",
    "Considered, not mapped: PCI DSS 3.6 and 3.7 (keys that protect stored account data); PCI DSS "
    "6.3.3 and NIST SI-2 (patching: an exposed key is not a missing patch); NIST SC-7(12), "
    "SC-7(16) and SC-28 (host firewalls, hidden components, data at rest); NIST SC-12(1) (keys "
    "that users lose); NIST IA-5(2) (path validation by the relying party); APRA CPS 234 paragraph "
    "36 (notifying APRA of a material control weakness within 10 business days depends on "
    "materiality, which a tool cannot know); APRA CPS 230 (critical operations: a tool cannot know "
    "whether a certificate serves one).",
    NULL,
};

enum { HAND_LINES = 2, CONCLUSION_LINES = 4 };

/* Sentences end with NULL; or there are none. */
static void add_sentences(struct blocks *list, const char *const *sentences)
{
    for (; sentences != NULL && *sentences != NULL; sentences++)
        blocks_add_text(list, *sentences);
}

/* `As of 2026-11-20T00:00:00Z, cut-off of IAM-033 2014-04-01T00:00:00Z, certaudit 0.1.0.` */
static void add_times(struct blocks *list, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct text text = TEXT_EMPTY;
    text_add(&text, "As of ");
    timestamp_add_exact(&assessment->policy.as_of, &text);
    for (size_t i = 0; i < assessment->rule_count; i++) {
        const struct rule *rule = assessment->rules[i];
        if (rule->parameter == NULL)
            continue;
        text_addf(&text, ", %s of %s ", rule->parameter, rule->id);
        timestamp_add_exact(rule->parameter_value(&assessment->policy), &text);
    }
    text_addf(&text, ", certaudit %s.", report->version);
    blocks_add_paragraph(list, NULL, text_string(&text));
    text_free(&text);
}

/* The verdict and the notes on it. */
static void add_verdict(struct blocks *list, const struct assessment *assessment)
{
    struct text text = TEXT_EMPTY;
    verdict_add_sentence(assessment, &text);
    blocks_add_paragraph(list, "Verdict", text_string(&text));
    text_clear(&text);
    verdict_add_other_gaps(assessment, &text);
    if (text.length > 0) {
        text_add(&text, ".");
        blocks_add_paragraph(list, "The evidence is incomplete", text_string(&text));
    }
    bool begun = false;
    for (size_t i = 0; i < VERDICT_NOTES; i++) {
        text_clear(&text);
        verdict_add_note(assessment, i, &text);
        if (text.length == 0)
            continue;
        if (!begun)
            blocks_add_list(list);
        begun = true;
        blocks_add_text(list, text_string(&text));
    }
    text_free(&text);
}

static void add_opening(struct blocks *list, const struct report *report)
{
    blocks_add_heading(list, 1, report->title, NULL);
    add_times(list, report);
    add_verdict(list, report->assessment);
}

/* PCI DSS does not know waivers: added wherever WAIVED findings are shown with its rows. */
static void add_pci_note(struct blocks *list, const struct report *report)
{
    const struct controls *controls = report->controls;
    bool pci = false;
    for (size_t i = 0; i < controls->column_count; i++)
        pci |= strcmp(controls->columns[i].framework, "PCI DSS") == 0;
    if (pci && report->assessment->finding_counts.by_result[RESULT_WAIVED] > 0)
        blocks_add_text(list, "A waiver is not a compensating control: under PCI DSS the finding "
                              "stands.");
}

static void add_sign_off(struct blocks *list)
{
    blocks_add_heading(list, 2, "Sign-off", NULL);
    blocks_add_blank(list, "Prepared by", "Date", HAND_LINES);
    blocks_add_blank(list, "Reviewed by", "Date", HAND_LINES);
    blocks_add_blank(list, "Workpaper reference", NULL, 1);
    blocks_add_blank(list, "Period", NULL, 1);
    blocks_add_blank(list, "How completeness was tested", NULL, 1);
    blocks_add_blank(list, "How accuracy was tested", NULL, 1);
    blocks_add_blank(list, "Conclusion", NULL, CONCLUSION_LINES);
    blocks_add_paragraph(list, NULL, "The conclusion is left to the auditor.");
}

static void add_purpose(struct blocks *list, const struct report *report)
{
    struct text name = TEXT_EMPTY;
    blocks_add_heading(list, 2, "Purpose", NULL);
    blocks_add_facts(list);
    for (size_t i = 0; i < report->assessment->rule_count; i++) {
        const struct rule *rule = report->assessment->rules[i];
        text_clear(&name);
        text_addf(&name, "%s %s", rule->id, rule->title);
        blocks_add_fact(list, text_string(&name), rule->purpose);
    }
    text_free(&name);
}

static void add_facts(struct blocks *list, const struct report *report)
{
    blocks_add_facts(list);
    for (size_t i = 0; i < report->fact_count; i++)
        blocks_add_fact(list, report->facts[i].name, report->facts[i].value);
}

static void add_limits(struct blocks *list, const struct report *report)
{
    blocks_add_heading(list, 2, "Limits", NULL);
    blocks_add_list(list);
    for (size_t i = 0; i < report->assessment->rule_count; i++)
        add_sentences(list, report->assessment->rules[i]->limits);
    add_sentences(list, limits);
}

/* A section for each rule: its results, and its open findings if they are wanted. */
static void add_rules(struct blocks *list, const struct report *report, int level, bool findings)
{
    for (size_t i = 0; i < report->assessment->rule_count; i++) {
        workpaper_add_conditions(list, report, i, level);
        if (findings && report->assessment->counts[i].total > 0)
            workpaper_add_open_findings(list, report, i);
    }
}

static void add_control_notes(struct blocks *list, const struct report *report)
{
    add_sentences(list, control_notes);
    add_pci_note(list, report);
}

static void note_waivers(struct blocks *list, const struct report *report)
{
    workpaper_note_waivers(list, report);
    add_pci_note(list, report);
}

/* What waivers and the baseline change, if there are any. */
static void add_changes(struct blocks *list, const struct report *report)
{
    const struct table *waivers = &report->tables[REPORT_WAIVERS];
    const struct table *changes = &report->tables[REPORT_CHANGES];
    if (!waivers->absent) {
        blocks_add_heading(list, 2, "Waivers", waivers);
        blocks_add_list(list);
        note_waivers(list, report);
    }
    if (!changes->absent) {
        blocks_add_heading(list, 2, "Changes since the baseline", changes);
        blocks_add_list(list);
        workpaper_note_changes(list, report);
    }
}

struct blocks workpaper_summary(const struct report *report, struct pool *pool)
{
    struct blocks list = {.pool = pool};
    add_opening(&list, report);
    add_sign_off(&list);
    blocks_add_heading(&list, 2, "Population", &report->tables[REPORT_COVERAGE]);
    workpaper_add_population(&list, report);
    blocks_add_list(&list);
    workpaper_note_files(&list, report);
    workpaper_note_scope(&list, report);
    blocks_add_page_break(&list);
    blocks_add_heading(&list, 2, "Results", &report->tables[REPORT_FINDINGS]);
    workpaper_add_results(&list, report);
    workpaper_add_ages(&list, report);
    blocks_add_page_break(&list);
    add_rules(&list, report, 3, false);
    blocks_add_page_break(&list);
    workpaper_add_accounts(&list, report, 2);
    blocks_add_page_break(&list);
    workpaper_add_top_items(&list, report);
    blocks_add_heading(&list, 2, "Controls with open findings", &report->tables[REPORT_CONTROLS]);
    workpaper_add_open_controls(&list, report);
    blocks_add_list(&list);
    add_control_notes(&list, report);
    blocks_add_page_break(&list);
    add_changes(&list, report);
    add_limits(&list, report);
    blocks_add_heading(&list, 2, "Facts of the run", &report->tables[REPORT_EVIDENCE]);
    add_facts(&list, report);
    return list;
}

/* A whole table of the report, below what is said of it. */
static void add_table(struct blocks *list, const struct report *report, enum report_table which,
                      void (*note)(struct blocks *list, const struct report *report))
{
    const struct table *table = &report->tables[which];
    struct text text = TEXT_EMPTY;
    if (table->absent)
        return;
    blocks_add_heading(list, 2, table->name, NULL);
    if (note != NULL) {
        blocks_add_list(list);
        note(list, report);
    }
    text_addf(&text, "A row is %s.", table->row_is);
    blocks_add_paragraph(list, NULL, text_string(&text));
    blocks_add_view(list, report, table, NULL, NULL, table->row_count);
    text_free(&text);
}

/* Why, from what, of what, how: what an auditor asks of a workpaper before its results. */
static void add_approach(struct blocks *list, const struct report *report)
{
    add_purpose(list, report);
    blocks_add_heading(list, 2, "Source", NULL);
    blocks_add_paragraph(list, NULL,
                         "The files were read as received; each is listed with its SHA-256 under "
                         "Evidence.");
    blocks_add_list(list);
    workpaper_note_files(list, report);
    blocks_add_heading(list, 3, "Facts of the run", NULL);
    add_facts(list, report);
    blocks_add_heading(list, 2, "Scope", NULL);
    workpaper_add_population(list, report);
    blocks_add_list(list);
    workpaper_note_scope(list, report);
    workpaper_add_accounts(list, report, 3);
    blocks_add_heading(list, 2, "Procedure", NULL);
    blocks_add_list(list);
    add_sentences(list, procedure);
}

struct blocks workpaper_full(const struct report *report, struct pool *pool)
{
    struct blocks list = {.pool = pool};
    add_opening(&list, report);
    add_approach(&list, report);
    blocks_add_heading(&list, 2, "Results", NULL);
    blocks_add_paragraph(&list, NULL,
                         "Findings that are FAIL, UNKNOWN or WAIVED are listed below, by rule. "
                         "Those that are PASS or NOT_APPLICABLE are counted; the CSV and XLSX "
                         "reports list them.");
    workpaper_add_results(&list, report);
    workpaper_add_ages(&list, report);
    add_rules(&list, report, 3, true);
    blocks_add_heading(&list, 2, report->tables[REPORT_CONTROLS].name, NULL);
    blocks_add_list(&list);
    add_control_notes(&list, report);
    workpaper_add_frameworks(&list, report, 3);
    add_table(&list, report, REPORT_COVERAGE, NULL);
    add_table(&list, report, REPORT_CERTIFICATES, NULL);
    add_table(&list, report, REPORT_EVIDENCE, NULL);
    add_table(&list, report, REPORT_WAIVERS, note_waivers);
    add_table(&list, report, REPORT_CHANGES, workpaper_note_changes);
    add_limits(&list, report);
    add_sign_off(&list);
    return list;
}

struct blocks workpaper_terminal(const struct report *report, bool verbose, struct pool *pool)
{
    const size_t *by_result = report->assessment->finding_counts.by_result;
    struct blocks list = {.pool = pool};
    add_opening(&list, report);
    add_rules(&list, report, 2, false);
    blocks_add_list(&list);
    workpaper_note_files(&list, report);
    workpaper_note_scope(&list, report);
    note_waivers(&list, report);
    workpaper_note_changes(&list, report);
    if (!verbose &&
        by_result[RESULT_FAIL] + by_result[RESULT_UNKNOWN] + by_result[RESULT_WAIVED] > 0)
        blocks_add_paragraph(&list, NULL,
                             "Findings are abridged; use -v for full text, with evidence, controls "
                             "and commands, or -o FILE for a report.");
    workpaper_add_all_open_findings(&list, report, verbose);
    workpaper_add_listed_only(&list, report);
    return list;
}
