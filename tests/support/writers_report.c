/* writers_report.c: see writers_report.h. */
#include "support/writers_report.h"
#include "base/pool.h"
#include "support/attack_strings.h"
#include "support/harness.h"

enum { CONDITIONS = 64 }; /* more than any rule has */

static void get_nasty(struct report_row *row, size_t argument, struct cell *cell)
{
    (void)argument;
    text_add(&row->scratch, nasty_at(row->number).raw);
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
    {"ref", 12, false, 0, get_nasty},
    {"result", 14, false, 0, get_nasty},
    {"condition", 24, false, 0, get_nasty},
    {"account", 14, false, 0, get_nasty},
    {"region", 14, false, 0, get_nasty},
    {"certificate", 30, false, 0, get_nasty},
    {"in_use", 10, false, 0, get_nasty},
    {"due", 20, false, 1, get_number},
    {"reason", 60, false, 0, get_nasty},
    {"remediation", 60, false, 0, get_nasty},
    {"arn", 60, false, 0, get_nasty},
    {"observed", 24, false, 0, get_nasty},
    {"expected", 24, false, 0, get_nasty},
    {"in_use_by", 40, false, 0, get_nasty},
    {"=A|B `v1` <b>", 20, false, 0, get_nasty},
    {"evidence_file", 40, true, 0, get_nasty},
    {"evidence_sha256", 66, true, 0, get_nasty},
    {"evidence_document", 10, true, 0, get_number},
    {"evidence_line", 10, true, 0, get_number},
    {"evidence_pointer", 30, true, 0, get_nasty},
};

static const struct column others[] = {
    {"framework", 30, false, 0, get_nasty}, {"version", 30, false, 0, get_nasty},
    {"count", 10, false, 0, get_number},    {"time", 20, false, 1, get_number},
    {"nothing", 10, false, 0, get_nothing}, {"value", 30, false, 0, get_nasty},
};

static const struct column control_columns[] = {
    {"framework", 30, false, 0, get_nasty},  {"version", 30, false, 0, get_nasty},
    {"control", 10, false, 0, get_nasty},    {"title", 30, false, 0, get_nasty},
    {"rule", 10, false, 0, get_nasty},       {"relation", 10, false, 0, get_nasty},
    {"conditions", 30, false, 0, get_nasty}, {"tested", 10, false, 0, get_number},
    {"rationale", 30, false, 0, get_nasty},  {"origin", 30, false, 0, get_nasty},
};

/* More than a page is wide; the first is wide too. */
static const struct column wide[] = {
    {"a", 60, false, 0, get_nasty}, {"b", 39, false, 0, get_nasty},
    {"c", 10, false, 0, get_nasty}, {"long", 40, false, 0, get_nasty},
    {"d", 10, false, 0, get_nasty}, {"none", 60, false, 0, get_nothing},
    {"e", 10, false, 0, get_nasty}, {"f", 10, false, 0, get_nasty},
    {"g", 10, false, 0, get_nasty}, {"h", 10, false, 0, get_nasty},
    {"i", 10, false, 0, get_nasty}, {"longer", 60, false, 0, get_nasty},
    {"j", 10, false, 0, get_nasty},
};

static const struct column same[] = {{"value", 30, false, 0, get_same}};

static const char *const names[REPORT_TABLE_COUNT] = {
    "Findings", "Certificates", "Controls", "Coverage", "Evidence", "Waivers", "Changes"};

/* What every report has: no evidence, the findings all FAIL under the first rule. */
static struct report *new_report(size_t finding_count, size_t framework_count)
{
    struct pool *pool = pool_new();
    struct report *report = pool_alloc(pool, sizeof *report);
    struct assessment *assessment = pool_alloc(pool, sizeof *assessment);
    struct controls *controls = pool_alloc(pool, sizeof *controls);

    harness_keep(pool);
    assessment->evidence = pool_alloc(pool, sizeof *assessment->evidence);
    assessment->policy.as_of = (struct timestamp){INT64_C(1795132800), "", true};
    assessment->rules = rules;
    assessment->rule_count = finding_count > 0;
    assessment->counts = pool_alloc(pool, sizeof *assessment->counts);
    assessment->findings = pool_alloc(pool, (finding_count + 1) * sizeof *assessment->findings);
    assessment->finding_count = finding_count;
    for (size_t i = 0; i < finding_count; i++) {
        assessment->findings[i] = (struct finding){
            .rule = rules[0], .condition = &rules[0]->conditions[0], .result = RESULT_FAIL};
    }
    assessment->counts[0].by_result[RESULT_FAIL] = finding_count;
    controls->column_count = framework_count;
    controls->columns = pool_alloc(pool, sizeof *controls->columns);
    controls->columns[0] =
        (struct framework){nasty_at(0).raw, nasty_at(0).raw, "=A|B `v1` <b>", "withdrawn"};
    report->pool = pool;
    report->assessment = assessment;
    report->controls = controls;
    report->limits = pool_alloc(pool, sizeof *report->limits);
    report->counts = pool_alloc(pool, sizeof *report->counts);
    report->counts[0] = pool_alloc(pool, CONDITIONS * sizeof *report->counts[0]);
    report->counts[0][0].by_result[RESULT_FAIL] = finding_count;
    return report;
}

struct report *writers_report(void)
{
    struct report *report = new_report(nasty_count, 1);

    report->title = "Title <b>|`x` & a@b.example";
    report->facts = pool_alloc(report->pool, nasty_count * sizeof *report->facts);
    for (size_t i = 0; i < nasty_count; i++)
        report->facts[report->fact_count++] = (struct fact){"fact", nasty_at(i).raw};
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++) {
        report->tables[i] = (struct table){names[i],    "a nasty string",
                                           others,      sizeof others / sizeof others[0],
                                           nasty_count, false,
                                           NULL};
    }
    report->tables[REPORT_FINDINGS].columns = findings;
    report->tables[REPORT_FINDINGS].column_count = sizeof findings / sizeof findings[0];
    return report;
}

/* Accounts and notes that are nasty strings. */
static void add_summary(struct report *report)
{
    struct summary *summary = &report->summary;

    summary->accounts = pool_alloc(report->pool, nasty_count * sizeof *summary->accounts);
    summary->account_count = nasty_count;
    report->notes = pool_alloc(report->pool, nasty_count * sizeof *report->notes);
    report->note_count = report->waiver_note = report->change_note = nasty_count;
    for (size_t i = 0; i < nasty_count; i++) {
        const char *text = nasty_at(i).raw;

        report->notes[i] = pool_text(report->pool, harness_format("Note: %s", text));
        summary->accounts[i] = (struct summary_account){
            .account = text, .name = text, .owner = text, .fail = 2, .unknown = 1, .total = 3};
    }
}

struct report *writers_page_report(void)
{
    struct report *report = writers_report();
    struct table *controls = &report->tables[REPORT_CONTROLS];
    struct table *coverage = &report->tables[REPORT_COVERAGE];

    controls->columns = control_columns;
    controls->column_count = sizeof control_columns / sizeof control_columns[0];
    coverage->columns = wide;
    coverage->column_count = sizeof wide / sizeof wide[0];
    add_summary(report);
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
        report->tables[i] = (struct table){names[i], "the same", same, 1, 0, false, NULL};
    report->tables[REPORT_CERTIFICATES].row_count = count;
    return report;
}
