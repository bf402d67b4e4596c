/* write_terminal.c: the summary, and the findings as lines of text. */
#include "terminal/write_terminal.h"
#include "base/memory.h"
#include "base/safe_text.h"
#include "base/thread_pool.h"
#include "report/report.h"
#include "terminal/terminal_summary.h"
#include "terminal/terminal_text.h"
#include <stdlib.h>
#include <string.h>

enum { INDENT = 4, LABEL_WIDTH = 14, SHORT_LINES = 2 };

struct page {
    const struct report *report;
    const struct terminal *terminal;
    struct text text;
    struct report_row row; /* the finding's */
};

static void add_labelled(struct page *page, const char *label, const char *value)
{
    struct text first = TEXT_EMPTY;
    text_addf(&first, "    %-*s", LABEL_WIDTH, label);
    terminal_add_wrapped(&page->text, page->terminal, text_string(&first), value,
                         INDENT + LABEL_WIDTH);
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
        controls_add_framework(&controls->columns[i], &line);
        text_addf(&line, ": %s", ids);
        add_labelled(page, "relevant to", text_string(&line));
    }
    text_free(&line);
}

static void add_evidence(struct page *page)
{
    const struct observation *seen = page->row.seen;
    struct text place = TEXT_EMPTY;
    text_addf(&place, "%s:%zu ", seen->file->name, seen->line);
    rules_add_pointer(seen, page->row.finding->condition, &place);
    add_labelled(page, "evidence", text_string(&place));
    text_free(&place);
}

static void add_commands(struct page *page)
{
    const struct finding *finding = page->row.finding;
    struct text lines = TEXT_EMPTY;
    finding->rule->remediation(page->row.seen, finding->condition, &lines);
    if (lines.length > 0)
        text_add(&page->text, "    not run; review before use:\n");
    for (char *at = lines.bytes, *end; at != NULL && (end = strchr(at, '\n')) != NULL;
         at = end + 1) {
        *end = '\0';
        terminal_add_spaces(&page->text, (size_t)INDENT * 2);
        safe_text_add(&page->text, at, false);
        text_add(&page->text, "\n");
    }
    text_free(&lines);
}

/* Which certificate: `FAIL ACM-005 111122223333 us-east-1 shop.example.com`. */
static void add_head(struct page *page, size_t lines)
{
    const struct finding *finding = page->row.finding;
    const struct location *place = page->row.certificate->location;
    const char *name = page->row.seen->name;
    struct text line = TEXT_EMPTY;
    text_addf(&line, "%s %s %s %s", finding->rule->id,
              *place->account != '\0' ? place->account : "(no account)",
              *place->region != '\0' ? place->region : "(no region)",
              *name != '\0' ? name : "(no name)");
    size_t wide = terminal_add_result(&page->text, page->terminal, finding->result);
    text_add(&page->text, " ");
    terminal_add_words(&page->text, page->terminal, wide + 1, text_string(&line), INDENT, lines);
    text_free(&line);
}

/* What it is, and how urgent: `renewal-pending, in use, due 2026-11-25T23:59:59Z: ...`. */
static void add_reason(struct page *page, size_t lines)
{
    const struct finding *finding = page->row.finding;
    struct text line = TEXT_EMPTY;
    text_add(&line, finding->condition->name);
    if (page->row.seen->in_use == IN_USE_YES)
        text_add(&line, ", in use");
    if (finding->due != NULL) {
        text_add(&line, ", due ");
        timestamp_add_exact(finding->due, &line);
    }
    text_add(&line, ": ");
    assess_add_reason(page->report->assessment, finding, &line);
    terminal_add_spaces(&page->text, INDENT);
    terminal_add_words(&page->text, page->terminal, INDENT, text_string(&line), INDENT, lines);
    text_free(&line);
}

static void add_finding(struct page *page, size_t row)
{
    bool verbose = page->terminal->verbose;
    if (!verbose && terminal_is_listed_only(report_finding(page->report, row)))
        return; /* it is counted with its account and region */
    report_open_row(&page->row, page->report, &page->report->tables[REPORT_FINDINGS], row);
    text_add(&page->text, "\n");
    add_head(page, verbose ? 0 : SHORT_LINES);
    add_reason(page, verbose ? 0 : SHORT_LINES);
    if (!verbose)
        return;
    add_detail(page, "ref", "ref");
    add_detail(page, "arn", "ARN");
    add_detail(page, "in_use_by", "in use by");
    add_detail(page, "observed", "observed");
    add_detail(page, "expected", "expected");
    add_controls(page);
    add_evidence(page);
    add_commands(page);
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
    size_t places = thread_pool_slots(report->workers), count = listed(report);
    struct part *parts = memory_resize(NULL, places, sizeof *parts);
    const struct work work = {.count = (count + PART - 1) / PART,
                              .slots = parts,
                              .slot_size = sizeof *parts,
                              .produce = make_part,
                              .consume = take_part};
    for (size_t i = 0; i < places; i++)
        parts[i] = (struct part){{report, terminal, TEXT_EMPTY, REPORT_ROW_CLOSED}, count, stream};
    bool fine = thread_pool_run(report->workers, &work);
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
    terminal_add_summary(&page.text, report, terminal);
    bool fine = flush(&page, stream) && write_findings(report, terminal, stream);
    if (fine) {
        terminal_add_listed_only(&page.text, report, terminal);
        fine = flush(&page, stream) && fflush(stream) == 0;
    }
    text_free(&page.text);
    return fine;
}
