/* write_terminal.c: the summary as lines of text. */
#include "write_terminal.h"
#include "memory.h"
#include "report.h"
#include "safe_text.h"
#include "workers.h"
#include <stdlib.h>
#include <string.h>

enum { WIDTH_LEAST = 40, INDENT = 4, RESULT_WIDTH = 16, LABEL_WIDTH = 14 };

struct page {
    const struct report *report;
    const struct terminal *terminal;
    struct text text;
    struct report_row row; /* the finding's */
};

static void add_coloured(struct page *page, enum result result, const char *words)
{
    static const char *const colours[RESULT_COUNT] = {[RESULT_FAIL] = "\033[1;31m",
                                                      [RESULT_UNKNOWN] = "\033[1;33m",
                                                      [RESULT_WAIVED] = "\033[36m",
                                                      [RESULT_PASS] = "\033[32m",
                                                      [RESULT_NOT_APPLICABLE] = "\033[2m"};
    if (page->terminal->colour)
        text_add(&page->text, colours[result]);
    text_add(&page->text, words);
    if (page->terminal->colour)
        text_add(&page->text, "\033[0m");
}

static void add_spaces(struct text *text, size_t count)
{
    while (count-- > 0)
        text_add(text, " ");
}

/* How many columns the text takes; a character is taken for one column wide. */
static size_t width_of(const char *string, size_t bytes)
{
    size_t width = 0;
    for (size_t i = 0; i < bytes; i++)
        width += ((unsigned char)string[i] & 0xC0) != 0x80;
    return width;
}

/* Adds words, wrapped to the terminal's width, behind what takes that many columns of the first
 * line already; the lines that follow are indented. */
static void add_words(struct page *page, size_t column, const char *string, size_t indent)
{
    struct text words = TEXT_EMPTY;
    size_t width = page->terminal->width > WIDTH_LEAST ? page->terminal->width : WIDTH_LEAST;
    safe_text_add(&words, string, false);
    bool line_begins = true;
    for (const char *at = text_string(&words); *at != '\0';) {
        size_t length = strcspn(at, " ");
        size_t wide = width_of(at, length);
        if (!line_begins && column + 1 + wide > width) {
            text_add(&page->text, "\n");
            add_spaces(&page->text, indent);
            column = indent;
            line_begins = true;
        }
        if (!line_begins) {
            text_add(&page->text, " ");
            column++;
        }
        text_add_bytes(&page->text, at, length);
        column += wide;
        line_begins = false;
        at += length + strspn(at + length, " ");
    }
    text_add(&page->text, "\n");
    text_free(&words);
}

static void add_wrapped(struct page *page, const char *first, const char *string, size_t indent)
{
    text_add(&page->text, first);
    add_words(page, width_of(first, strlen(first)), string, indent);
}

static void add_heading(struct page *page)
{
    const struct report *report = page->report;
    struct text line = TEXT_EMPTY;
    add_wrapped(page, "", report->title, 0);
    text_add(&line, "As of ");
    when_add_exact(&report->assessment->policy.as_of, &line);
    text_add(&line, ", cut-off of IAM-033 ");
    when_add_exact(&report->assessment->policy.cutoff, &line);
    text_addf(&line, ", certaudit %s.", report->version);
    add_wrapped(page, "", text_string(&line), 0);
    text_add(&page->text, "\n");
    text_clear(&line);
    assess_add_verdict(report->assessment, &line);
    add_wrapped(page, "", text_string(&line), 0);
    text_clear(&line);
    assess_add_gaps(report->assessment, &line);
    if (line.length > 0 && report->assessment->all.by_result[RESULT_FAIL] > 0)
        add_wrapped(page, "Incomplete: ", text_string(&line), 0);
    text_free(&line);
}

static void add_counts(struct page *page)
{
    struct report_count count;
    const struct rule *rule = NULL;
    for (size_t i = 0; report_count(page->report, i, &count); i++) {
        if (count.rule != rule) {
            rule = count.rule;
            text_addf(&page->text, "\n%s %s (%s)\n", rule->id, rule->title,
                      rules_severity_name(rule->severity));
        }
        const char *name = rules_result_name(count.result);
        text_addf(&page->text, "%7zu  ", count.certificates);
        add_coloured(page, count.result, name);
        add_spaces(&page->text, RESULT_WIDTH - strlen(name));
        text_addf(&page->text, "%s\n", count.condition->name);
    }
}

static void add_notes(struct page *page)
{
    text_add(&page->text, "\n");
    for (size_t i = 0; i < page->report->note_count; i++)
        add_wrapped(page, "", page->report->notes[i], INDENT);
}

static void add_labelled(struct page *page, const char *label, const char *value)
{
    struct text first = TEXT_EMPTY;
    text_addf(&first, "    %-*s", LABEL_WIDTH, label);
    add_wrapped(page, text_string(&first), value, INDENT + LABEL_WIDTH);
    text_free(&first);
}

/* A labelled line of the finding's row, where the cell is not empty. */
static void add_detail(struct page *page, const char *title, const char *label)
{
    struct text value = TEXT_EMPTY;
    struct cell cell;
    report_cell(&page->row, report_column(page->row.table, title), &cell);
    report_add_cell(&cell, &value);
    if (value.length > 0)
        add_labelled(page, label, text_string(&value));
    text_free(&value);
}

static void add_controls(struct page *page)
{
    const struct controls *controls = page->report->controls;
    struct text line = TEXT_EMPTY;
    for (size_t i = 0; i < controls->column_count; i++) {
        const char *ids = page->row.control_ids[i];
        text_clear(&line);
        if (*ids == '\0')
            continue;
        const char *status = controls->columns[i].status;
        text_addf(&line, "%s%s%s%s: %s", controls->columns[i].title, *status != '\0' ? " (" : "",
                  status, *status != '\0' ? ")" : "", ids);
        add_labelled(page, "relevant to", text_string(&line));
    }
    text_free(&line);
}

static void add_evidence(struct page *page, const struct finding *finding)
{
    const struct observation *seen = page->row.seen;
    struct text place = TEXT_EMPTY;
    text_addf(&place, "%s:%zu ", seen->file->name, seen->line);
    rules_add_pointer(seen, finding->condition, &place);
    add_labelled(page, "evidence", text_string(&place));
    text_free(&place);
}

static void add_commands(struct page *page, const struct finding *finding)
{
    struct text lines = TEXT_EMPTY;
    finding->rule->remediation(page->row.seen, finding->condition, &lines);
    if (lines.length > 0)
        text_add(&page->text, "    not run; review before use:\n");
    for (char *at = lines.bytes, *end; at != NULL && (end = strchr(at, '\n')) != NULL;
         at = end + 1) {
        *end = '\0';
        add_spaces(&page->text, (size_t)INDENT * 2);
        safe_text_add(&page->text, at, false);
        text_add(&page->text, "\n");
    }
    text_free(&lines);
}

static void add_finding(struct page *page, size_t row)
{
    report_open_row(&page->row, page->report, &page->report->tables[REPORT_FINDINGS], row);
    const struct finding *finding = page->row.finding;
    const struct certificate *certificate = page->row.certificate;
    const struct observation *seen = page->row.seen;
    struct text line = TEXT_EMPTY;
    const char *result = rules_result_name(finding->result);
    text_add(&page->text, "\n");
    add_coloured(page, finding->result, result);
    text_add(&page->text, " ");
    text_addf(&line, "%s %s: %s %s %s%s", finding->rule->id, finding->condition->name,
              *certificate->place->account != '\0' ? certificate->place->account : "(no account)",
              *certificate->place->region != '\0' ? certificate->place->region : "(no region)",
              *seen->name != '\0' ? seen->name : "(no name)",
              seen->in_use == IN_USE_YES ? ", in use" : "");
    add_words(page, strlen(result) + 1, text_string(&line), INDENT);
    text_clear(&line);
    assess_add_reason(page->report->assessment, finding, seen, &line);
    add_wrapped(page, "    ", text_string(&line), INDENT);
    if (finding->due != NULL)
        add_detail(page, "due", "due");
    if (page->terminal->verbose) {
        add_detail(page, "ref", "ref");
        add_detail(page, "arn", "ARN");
        add_detail(page, "in_use_by", "in use by");
        add_detail(page, "observed", "observed");
        add_detail(page, "expected", "expected");
        add_controls(page);
        add_evidence(page, finding);
        add_commands(page, finding);
    }
    text_free(&line);
}

static bool flush(struct page *page, FILE *stream)
{
    bool fine = fwrite(text_string(&page->text), 1, page->text.length, stream) == page->text.length;
    text_clear(&page->text);
    return fine;
}

/* How many findings are listed: the rest is PASS and NOT_APPLICABLE. */
static size_t listed(const struct report *report)
{
    size_t count = 0;
    while (count < report->tables[REPORT_FINDINGS].row_count &&
           report_finding(report, count)->result <= RESULT_WAIVED)
        count++;
    return count;
}

/* Findings that are put into words at a time; threads do it side by side. */
enum { PART = 64 };

struct part {
    struct page page;
    size_t listed;
    FILE *stream;
};

static void make_part(void *place, size_t number)
{
    struct part *part = place;
    for (size_t row = number * PART; row < (number + 1) * PART && row < part->listed; row++)
        add_finding(&part->page, row);
}

static bool take_part(void *place, size_t number)
{
    struct part *part = place;
    (void)number;
    return flush(&part->page, part->stream);
}

static bool write_findings(const struct report *report, const struct terminal *terminal,
                           FILE *stream)
{
    size_t places = workers_places(report->workers), count = listed(report);
    struct part *parts = memory_resize(NULL, places, sizeof *parts);
    const struct work work = {(count + PART - 1) / PART, parts, sizeof *parts, make_part,
                              take_part};
    for (size_t i = 0; i < places; i++)
        parts[i] = (struct part){{report, terminal, TEXT_EMPTY, REPORT_ROW_CLOSED}, count, stream};
    bool fine = workers_run(report->workers, &work);
    for (size_t i = 0; i < places; i++) {
        text_free(&parts[i].page.text);
        report_close_row(&parts[i].page.row);
    }
    free(parts);
    return fine;
}

bool write_terminal(const struct report *report, const struct terminal *terminal, FILE *stream)
{
    struct page page = {report, terminal, TEXT_EMPTY, REPORT_ROW_CLOSED};
    add_heading(&page);
    add_counts(&page);
    add_notes(&page);
    bool fine = flush(&page, stream) && write_findings(report, terminal, stream);
    text_free(&page.text);
    return fine && fflush(stream) == 0;
}
