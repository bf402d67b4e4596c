/* writers_report.c: see writers_report.h. */
#include "support/writers_report.h"
#include "audit/assess.h"
#include "audit/summary.h"
#include "base/pool.h"
#include "rules/controls.h"
#include "support/attack_strings.h"
#include "support/harness.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { CONDITIONS = 64 }; /* more than any rule has */

static void get_attack(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    text_add(&row->scratch, attack_string_at(row->number).raw);
    cell->kind = CELL_TEXT;
    cell->text = text_string(&row->scratch);
}

/* The row's number, or the time of that many seconds around an odd epoch. */
static void get_number(struct report_row *row, size_t argument, struct cell *cell)
{
    if (argument == 0)
        *cell = (struct cell){.kind = CELL_COUNT, .count = row->number};
    else if (row->number != 1)
        *cell = (struct cell){.kind = CELL_TIME, .time = {INT64_C(1396310399), "", true}};
}

static void get_nothing(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)row;
    (void)argument;
    (void)cell;
}

static void get_same(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    cell->kind = CELL_TEXT;
    cell->text = row->report->paths[0];
}

static const struct column findings[] = {
    {"ref", 12, false, 0, get_attack},
    {"result", 14, false, 0, get_attack},
    {"condition", 24, false, 0, get_attack},
    {"rule", 10, false, 0, get_attack},
    {"account", 14, false, 0, get_attack},
    {"region", 14, false, 0, get_attack},
    {"certificate", 30, false, 0, get_attack},
    {"in_use", 10, false, 0, get_attack},
    {"due", 20, false, 1, get_number},
    {"reason", 60, false, 0, get_attack},
    {"remediation", 60, false, 0, get_attack},
    {"arn", 60, false, 0, get_attack},
    {"observed", 24, false, 0, get_attack},
    {"expected", 24, false, 0, get_attack},
    {"in_use_by", 40, false, 0, get_attack},
    {"=A|B `v1` <b>", 20, false, 0, get_attack},
    {"evidence_file", 40, true, 0, get_attack},
    {"evidence_sha256", 66, true, 0, get_attack},
    {"evidence_document", 10, true, 0, get_number},
    {"evidence_line", 10, true, 0, get_number},
    {"evidence_pointer", 30, true, 0, get_attack},
};

static const struct column others[] = {
    {"framework", 30, false, 0, get_attack}, {"version", 30, false, 0, get_attack},
    {"count", 10, false, 0, get_number},     {"time", 20, false, 1, get_number},
    {"nothing", 10, false, 0, get_nothing},  {"value", 30, false, 0, get_attack},
};

static const struct column control_columns[] = {
    {"control", 10, false, 0, get_attack},        {"rule", 10, false, 0, get_attack},
    {"relation", 10, false, 0, get_attack},       {"tested", 10, false, 0, get_number},
    {"passing", 10, false, 0, get_number},        {"failing", 10, false, 0, get_number},
    {"other_failures", 10, false, 0, get_number}, {"unknown", 10, false, 0, get_number},
    {"waived", 10, false, 0, get_number},         {"not_applicable", 10, false, 0, get_number},
};

/* More than a page is wide; the first is wide too. */
static const struct column wide[] = {
    {"a", 60, false, 0, get_attack}, {"b", 39, false, 0, get_attack},
    {"c", 10, false, 0, get_attack}, {"long", 40, false, 0, get_attack},
    {"d", 10, false, 0, get_attack}, {"none", 60, false, 0, get_nothing},
    {"e", 10, false, 0, get_attack}, {"f", 10, false, 0, get_attack},
    {"g", 10, false, 0, get_attack}, {"h", 10, false, 0, get_attack},
    {"i", 10, false, 0, get_attack}, {"longer", 60, false, 0, get_attack},
    {"j", 10, false, 0, get_attack},
};

static const struct column same[] = {{"value", 30, false, 0, get_same}};

static const char *const names[REPORT_TABLE_COUNT] = {
    "Findings", "Certificates", "Controls", "Coverage", "Evidence", "Waivers", "Changes"};

/* All findings FAIL under the first rule. */
static void add_findings(struct assessment *assessment, struct pool *pool, size_t count)
{
    static const struct certificate certificate;
    assessment->rules = rules;
    assessment->rule_count = count > 0;
    assessment->counts = pool_alloc(pool, sizeof *assessment->counts);
    assessment->findings = pool_alloc(pool, (count + 1) * sizeof *assessment->findings);
    assessment->finding_count = count;
    for (size_t i = 0; i < count; i++)
        assessment->findings[i] = (struct finding){.rule = rules[0],
                                                   .certificate = &certificate,
                                                   .condition = &rules[0]->conditions[0],
                                                   .result = RESULT_FAIL};
    assessment->counts[0].by_result[RESULT_FAIL] = assessment->counts[0].total = count;
}

/* Without evidence. */
static struct report *new_report(size_t finding_count, size_t framework_count)
{
    const struct timestamp time = {INT64_C(1795132800), "", true};
    struct pool *pool = pool_new();
    struct report *report = pool_alloc(pool, sizeof *report);
    struct assessment *assessment = pool_alloc(pool, sizeof *assessment);
    struct controls *controls = pool_alloc(pool, sizeof *controls);
    harness_keep(pool);
    assessment->evidence = pool_alloc(pool, sizeof *assessment->evidence);
    assessment->policy.as_of = assessment->policy.cutoff = time;
    add_findings(assessment, pool, finding_count);
    controls->column_count = framework_count;
    controls->columns = pool_alloc(pool, sizeof *controls->columns);
    controls->columns[0] = (struct framework){attack_string_at(0).raw, attack_string_at(0).raw,
                                              "=A|B `v1` <b>", "withdrawn"};
    *report = (struct report){.assessment = assessment,
                              .controls = controls,
                              .pool = pool,
                              .version = "9.9",
                              .as_of = time,
                              .summary = pool_alloc(pool, sizeof *report->summary)};
    report->counts = pool_alloc(pool, sizeof *report->counts);
    report->counts[0] = pool_alloc(pool, CONDITIONS * sizeof *report->counts[0]);
    report->counts[0][0].by_result[RESULT_FAIL] = finding_count;
    return report;
}

static void add_tables(struct report *report)
{
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++)
        report->tables[i] = (struct table){.name = names[i],
                                           .row_is = "an attack string",
                                           .columns = others,
                                           .column_count = COUNT(others),
                                           .row_count = attack_string_count};
    report->tables[REPORT_FINDINGS].columns = findings;
    report->tables[REPORT_FINDINGS].column_count = COUNT(findings);
}

static struct report *attack_report(size_t framework_count)
{
    struct report *report = new_report(attack_string_count, framework_count);
    report->title = "Title <b>|`x` & a@b.example";
    report->facts = pool_alloc(report->pool, attack_string_count * sizeof *report->facts);
    for (size_t i = 0; i < attack_string_count; i++)
        report->facts[report->fact_count++] = (struct fact){"fact", attack_string_at(i).raw};
    add_tables(report);
    return report;
}

struct report *writers_report(void)
{
    return attack_report(0);
}

static void add_accounts(struct report *report)
{
    struct summary *summary = report->summary;
    summary->accounts = pool_alloc(report->pool, attack_string_count * sizeof *summary->accounts);
    summary->account_count = attack_string_count;
    for (size_t i = 0; i < attack_string_count; i++)
        summary->accounts[i] = (struct summary_account){.account = attack_string_at(i).raw,
                                                        .name = attack_string_at(i).raw,
                                                        .owner = attack_string_at(i).raw,
                                                        .fail = 2,
                                                        .unknown = 1,
                                                        .total = 3};
}

struct report *writers_page_report(void)
{
    struct report *report = attack_report(1);
    struct table *controls = &report->tables[REPORT_CONTROLS];
    struct table *coverage = &report->tables[REPORT_COVERAGE];
    controls->columns = control_columns;
    controls->column_count = COUNT(control_columns);
    coverage->columns = wide;
    coverage->column_count = COUNT(wide);
    add_accounts(report);
    return report;
}

struct report *writers_plain_report(size_t count, const char *text)
{
    struct report *report = new_report(0, 0);
    const char **paths = pool_alloc(report->pool, sizeof *paths);
    paths[0] = text;
    report->paths = paths;
    report->path_count = 1;
    report->title = "A report";
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++)
        report->tables[i] = (struct table){
            .name = names[i], .row_is = "the same", .columns = same, .column_count = COUNT(same)};
    report->tables[REPORT_CERTIFICATES].row_count = count;
    return report;
}

/* A row of the small table: a text, a count, a time, a result, a link. */
static void add_row(struct blocks *list, size_t number)
{
    const struct timestamp time = {INT64_C(1396310399), "", true};
    blocks_add_text(list, attack_string_at(number).raw);
    blocks_add_count(list, number);
    blocks_add_time(list, number == 1 ? NULL : &time);
    blocks_add_result(list, attack_string_at(number).raw);
    blocks_add_text(list, "");
    blocks_add_lines(list, attack_string_at(number).raw);
}

struct blocks writers_blocks(const struct report *report)
{
    static const struct block_title titles[] = {{"=A|B `v1` <b>", 40}, {"count", 5}, {"time", 20},
                                                {"result", 10},        {"none", 5},  {"lines", 20}};
    static const char *const shown[] = {"value", "nothing", "framework", NULL};
    static const size_t backwards[] = {2, 1, 0};
    struct blocks list = {.pool = report->pool};
    blocks_add_heading(&list, 2, "Paragraphs", NULL);
    for (size_t i = 0; i < attack_string_count; i++)
        blocks_add_paragraph(&list, attack_string_at(i).raw, attack_string_at(i).raw);
    blocks_add_heading(&list, 2, "Items", NULL);
    blocks_add_list(&list);
    for (size_t i = 0; i < attack_string_count; i++)
        blocks_add_text(&list, harness_format("Note: %s", attack_string_at(i).raw));
    blocks_add_heading(&list, 2, "Facts", NULL);
    blocks_add_facts(&list);
    for (size_t i = 0; i < attack_string_count; i++)
        blocks_add_fact(&list, attack_string_at(i).raw, attack_string_at(i).raw);
    blocks_add_page_break(&list);
    blocks_add_heading(&list, 2, "Table", &report->tables[REPORT_COVERAGE]);
    blocks_add_table(&list, titles, COUNT(titles));
    for (size_t i = 0; i < attack_string_count; i++)
        add_row(&list, i);
    blocks_trim(&list);
    blocks_add_heading(&list, 2, "View", NULL);
    blocks_add_view(&list, report, &report->tables[REPORT_EVIDENCE], shown, backwards, 3);
    blocks_add_heading(&list, 2, "Blanks", NULL);
    blocks_add_blank(&list, attack_string_at(0).raw, attack_string_at(1).raw, 2);
    blocks_add_blank(&list, attack_string_at(2).raw, NULL, 1);
    return list;
}
