/* workpaper_scope.c: notes on the scope: what it lacks, what it excludes, what it does not list. */
#include "audit/assessment.h"
#include "audit/scope.h"
#include "report/report.h"
#include "report/workpaper_sections.h"
#include <string.h>

/* What a sentence says of a row. */
enum topic { TOPIC_EVIDENCE, TOPIC_LIST, TOPIC_NOT_LISTED, TOPICS };

static bool concerns(const struct coverage_row *row, enum topic topic)
{
    const struct coverage_gaps open = coverage_open_gaps(row);
    switch (topic) {
    case TOPIC_EVIDENCE:
        return open.evidence;
    case TOPIC_LIST:
        return open.list;
    case TOPIC_NOT_LISTED:
        return row->outside_scope && row->evidence;
    case TOPICS:
        break;
    }
    return false;
}

static void add_place(const struct coverage_row *row, size_t mark, struct text *sentence)
{
    text_add_separator(sentence, mark, ", ");
    text_add(sentence, evidence_service_name(row->service));
    if (row->service == SERVICE_ACM)
        text_addf(sentence, " in %s", *row->region != '\0' ? row->region : "an unknown region");
}

/* A sentence for the rows of one account. */
static void note_account(struct blocks *list, const struct coverage_row *rows, size_t count,
                         enum topic topic)
{
    static const char *const begins[TOPICS] = {
        [TOPIC_EVIDENCE] = "In scope, but without evidence",
        [TOPIC_LIST] = "In scope, but without a list",
        [TOPIC_NOT_LISTED] = "Not covered by any line of the scope",
    };
    struct text sentence = TEXT_EMPTY;
    text_addf(&sentence, "%s: account %s: ", begins[topic],
              *rows->account != '\0' ? rows->account : "not stated");
    size_t mark = sentence.length;
    for (size_t i = 0; i < count; i++)
        if (concerns(&rows[i], topic))
            add_place(&rows[i], mark, &sentence);
    if (sentence.length > mark) {
        text_add(&sentence, ".");
        workpaper_note(list, &sentence);
    }
    text_free(&sentence);
}

static void note_rows(struct blocks *list, const struct coverage *coverage)
{
    for (size_t start = 0, end; start < coverage->count; start = end) {
        const struct coverage_row *rows = &coverage->rows[start];
        for (end = start; end < coverage->count; end++)
            if (strcmp(coverage->rows[end].account, rows->account) != 0)
                break;
        for (size_t i = 0; i < TOPICS; i++)
            note_account(list, rows, end - start, (enum topic)i);
    }
}

/* `Out of scope: account 444455556666 (Staging), region us-east-1, service acm: rebuilt daily` */
static void note_excluded(struct blocks *list, const struct scope *scope)
{
    struct text sentence = TEXT_EMPTY;
    for (size_t i = 0; i < scope->count; i++) {
        const struct scope_line *line = &scope->lines[i];
        if (line->in_scope)
            continue;
        text_addf(&sentence, "Out of scope: account %s", line->account);
        if (*line->name != '\0')
            text_addf(&sentence, " (%s)", line->name);
        text_addf(&sentence, ", region %s, service %s: %s", line->region, line->service,
                  line->note);
        workpaper_note(list, &sentence);
    }
    text_free(&sentence);
}

void workpaper_note_scope(struct blocks *list, const struct report *report)
{
    const struct assessment *assessment = report->assessment;
    struct text sentence = TEXT_EMPTY;
    if (assessment->coverage.pairs_left_out) {
        text_addf(&sentence,
                  "There are more than %d pairs of account and region: Coverage lists only those "
                  "with evidence and those that the scope file names.",
                  LIMIT_PAIRS);
        workpaper_note(list, &sentence);
    }
    text_free(&sentence);
    if (assessment->scope == NULL)
        return;
    note_rows(list, &assessment->coverage);
    note_excluded(list, assessment->scope);
}
