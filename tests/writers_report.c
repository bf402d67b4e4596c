/* writers_report.c: see writers_report.h. */
#include "writers_report.h"
#include "harness.h"
#include "pool.h"
#include <string.h>

enum { CONDITIONS = 64 }; /* more than any rule has */

#define BACKTICKS_40 "````````````````````````````````````````"

const struct nasty writers_nasty[] = {
    /* what a spreadsheet runs, and what guards against it */
    {"=1+1", NULL},
    {"+1", NULL},
    {"-1+1", NULL},
    {"@SUM(A1)", NULL},
    {"=HYPERLINK(\"http://e.example\",\"x\")", NULL},
    {"=cmd|' /c calc'!A1", NULL},
    {"\t=1", "\\u{9}=1"},
    {"\r=1", "\\u{D}=1"},
    {"'=1", NULL},
    {"''", NULL},
    {"001122334455", NULL},
    {"1e5", NULL},
    {"TRUE", NULL},
    {"#REF!", NULL},
    {"2014-03-31", NULL},
    {"2014-03-31T23:59:59Z", NULL},
    /* separators and quotes */
    {"a,b;c", NULL},
    {"\"quoted\" and a\"b", NULL},
    {"line\nbreak", "line\\u{A}break"},
    {"a\r\nb", "a\\u{D}\\u{A}b"},
    {"  two  spaces  ", NULL},
    {"|", NULL},
    {"a|b||c", NULL},
    {"\\|", NULL},
    {"a\\|b`c|`", NULL},
    {"x | y", NULL},
    {"| a | b |\n|---|---|\n| c | d |", "| a | b |\\u{A}|---|---|\\u{A}| c | d |"},
    /* code */
    {"`", NULL},
    {"```", NULL},
    {"``a`b", NULL},
    {"a` `b", NULL},
    {"`a`", NULL},
    {"\\`a\\`", NULL},
    {BACKTICKS_40, NULL},
    {"```\nrm -rf ~\n```", "```\\u{A}rm -rf ~\\u{A}```"},
    {"\\", NULL},
    {"\\\\", NULL},
    {"x\\", NULL},
    {"\\*x\\*", NULL},
    /* HTML */
    {"<script>alert(1)</script>", NULL},
    {"<img src=x onerror=alert(1)>", NULL},
    {"<!-- comment -->", NULL},
    {"a <b> c </b>", NULL},
    {"<http://e.example>", NULL},
    {"<a@b.example>", NULL},
    {"&amp; &lt;b&gt; &#64; &copy; &#124;", NULL},
    {"]]> &", NULL},
    /* links and images */
    {"![x](http://e.example/x.png)", NULL},
    {"[x](javascript:alert(1))", NULL},
    {"[x]: http://e.example", NULL},
    {"[x][y]", NULL},
    {"[^1] [^1]: note", NULL},
    {"http://e.example/x", NULL},
    {"see (https://e.example/?a=1&b=2).", NULL},
    {"ftp://e.example", NULL},
    {"www.e.example", NULL},
    {"(WWW.e.example)", NULL},
    {"xwww.e.example", NULL},
    {"a@b.example", NULL},
    {"a\\@b.example, c@d.example:", NULL},
    {"mailto:a@b.example", NULL},
    {"xmpp:a@b.example/x", NULL},
    {"\"a@b.example\"", NULL},
    /* blocks and emphasis */
    {"# heading", NULL},
    {"heading #", NULL},
    {"* item", NULL},
    {"- item", NULL},
    {"- [ ] task", NULL},
    {"[x] done", NULL},
    {"1. item", NULL},
    {"1) item", NULL},
    {"> quote", NULL},
    {"---", NULL},
    {"===", NULL},
    {"*em* **strong** _em_ __strong__", NULL},
    {"a_b PENDING_VALIDATION _a__b_", NULL},
    {"*.example.com", NULL},
    {"~~gone~~ ~x~", NULL},
    {":smile: :100: :+1:", NULL},
    {"$x$ $$y$$ ^a^", NULL},
    {"{.class} {{x}}", NULL},
    {"\n\n# heading", "\\u{A}\\u{A}# heading"},
    {"a\n\n    code", "a\\u{A}\\u{A} code"},
    /* what a workbook has escapes for */
    {"_x0041_", NULL},
    {"_x0041_x0042_", NULL},
    {"__x00e9__ _X0041_ _x41_", NULL},
    {"_x0041\x01", "_x0041\\u{1}"},
    {"_x0041", NULL},
    /* characters that do not show, or that rearrange the others */
    {"\x01\x02\x08\x0B\x0C\x1F", "\\u{1}\\u{2}\\u{8}\\u{B}\\u{C}\\u{1F}"},
    {"\x1B[31mred\x1B[0m", "\\u{1B}[31mred\\u{1B}[0m"},
    {"\x7F\xC2\x85", "\\u{7F}\\u{85}"},
    {"a\xE2\x80\xAE"
     "cod\xE2\x80\xAC",
     "a\\u{202E}cod\\u{202C}"},
    {"\xE2\x81\xA6"
     "a\xE2\x81\xA9 \xD8\x9C\xE2\x80\x8F",
     "\\u{2066}a\\u{2069} \\u{61C}\\u{200F}"},
    {"\xEF\xBB\xBF\xE2\x80\xA8\xE2\x80\x8B", "\\u{FEFF}\\u{2028}\\u{200B}"},
    {"a\xEF\xBF\xBE\xEF\xBF\xBF", "a\\u{FFFE}\\u{FFFF}"},
    /* what nobody should notice */
    {"\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x8E\x89", NULL},
    {"arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234", NULL},
    {"C:\\exports\\a.json", NULL},
    {"$(reboot)`reboot`;reboot&&reboot", NULL},
};

const size_t writers_nasty_count = sizeof writers_nasty / sizeof writers_nasty[0];

static void get_nasty(const struct report *report, size_t row, size_t argument,
                      struct text *scratch, struct cell *cell)
{
    (void)report;
    (void)argument;
    text_add(scratch, writers_nasty[row].raw);
    cell->kind = CELL_TEXT;
    cell->text = text_string(scratch);
}

/* The row's number, or the time of that many seconds around an odd epoch. */
static void get_number(const struct report *report, size_t row, size_t argument,
                       struct text *scratch, struct cell *cell)
{
    (void)report;
    (void)scratch;
    if (argument == 0) {
        *cell = (struct cell){.kind = CELL_COUNT, .count = row};
    } else if (row != 1) {
        *cell = (struct cell){.kind = CELL_TIME, .time = {INT64_C(1396310399), "", true}};
    }
}

static void get_nothing(const struct report *report, size_t row, size_t argument,
                        struct text *scratch, struct cell *cell)
{
    (void)report;
    (void)row;
    (void)argument;
    (void)scratch;
    (void)cell;
}

static void get_same(const struct report *report, size_t row, size_t argument, struct text *scratch,
                     struct cell *cell)
{
    (void)row;
    (void)argument;
    (void)scratch;
    cell->kind = CELL_TEXT;
    cell->text = report->paths[0];
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
    assessment->policy.as_of = (struct when){INT64_C(1795132800), "", true};
    assessment->selected[0] = finding_count > 0;
    assessment->findings = pool_alloc(pool, (finding_count + 1) * sizeof *assessment->findings);
    assessment->finding_count = finding_count;
    for (size_t i = 0; i < finding_count; i++) {
        assessment->findings[i] = (struct finding){
            .rule = rules[0], .condition = &rules[0]->conditions[0], .result = RESULT_FAIL};
    }
    assessment->counts[0].by_result[RESULT_FAIL] = finding_count;
    controls->column_count = framework_count;
    controls->columns = pool_alloc(pool, sizeof *controls->columns);
    controls->columns[0] = (struct framework){writers_nasty[0].raw, writers_nasty[0].raw,
                                              "=A|B `v1` <b>", "withdrawn"};
    report->pool = pool;
    report->assessment = assessment;
    report->controls = controls;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        report->counts[i] = pool_alloc(pool, CONDITIONS * sizeof *report->counts[i]);
    }
    report->counts[0][0].by_result[RESULT_FAIL] = finding_count;
    return report;
}

struct report *writers_report(void)
{
    struct report *report = new_report(writers_nasty_count, 1);

    report->title = "Title <b>|`x` & a@b.example";
    report->facts = pool_alloc(report->pool, writers_nasty_count * sizeof *report->facts);
    for (size_t i = 0; i < writers_nasty_count; i++) {
        report->facts[report->fact_count++] = (struct fact){"fact", writers_nasty[i].raw};
    }
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++) {
        report->tables[i] = (struct table){names[i],
                                           "a nasty string",
                                           others,
                                           sizeof others / sizeof others[0],
                                           writers_nasty_count,
                                           false};
    }
    report->tables[REPORT_FINDINGS].columns = findings;
    report->tables[REPORT_FINDINGS].column_count = sizeof findings / sizeof findings[0];
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
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++) {
        report->tables[i] = (struct table){names[i], "the same", same, 1, 0, false};
    }
    report->tables[REPORT_CERTIFICATES].row_count = count;
    return report;
}

const char *writers_squeezed(const char *text)
{
    char *out = harness_keep(strdup(text));
    size_t length = 0;

    for (; *text != '\0'; text++) {
        bool space = strchr(" \t\r\n", *text) != NULL;

        if (!space) {
            out[length++] = *text;
        } else if (length > 0 && out[length - 1] != ' ') {
            out[length++] = ' ';
        }
    }
    length -= length > 0 && out[length - 1] == ' ';
    out[length] = '\0';
    return out;
}
