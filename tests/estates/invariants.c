/*
 * invariants.c: see answer.h. Columns are found by name; one that the program does not have yet is
 * empty in every row.
 */
#include "estates/answer.h"
#include "support/harness.h"
#include <ctype.h>
#include <stdlib.h>
#include <time.h>

enum result { FAIL, UNKNOWN, WAIVED, PASS, NOT_APPLICABLE, RESULTS };
static const char *const results[] = {"FAIL", "UNKNOWN", "WAIVED", "PASS", "NOT_APPLICABLE"};

struct counts {
    size_t total, by_result[RESULTS];
    size_t in_use, use_unknown, overdue, due_soon;
};

static bool is(const struct sheet *sheet, size_t row, const char *title, const char *value)
{
    return strcmp(answer_cell(sheet, row, title), value) == 0;
}

static size_t number(const struct sheet *sheet, size_t row, const char *title)
{
    return strtoul(answer_cell(sheet, row, title), NULL, 10); /* `not tested` is 0 */
}

/* Times in reports compare as texts: they are in UTC and of one form. */
static const char *days_later(int days)
{
    time_t at = (time_t)(ESTATE_AS_OF + days * INT64_C(86400));
    char text[32];
    struct tm tm;
    gmtime_r(&at, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return harness_format("%s", text);
}

static struct counts count(const struct sheet *findings)
{
    struct counts counts = {0};
    for (size_t i = 1; i < findings->count; i++) {
        if (is(findings, i, "in_scope", "no"))
            continue;
        counts.total++;
        for (size_t j = 0; j < RESULTS; j++)
            counts.by_result[j] += is(findings, i, "result", results[j]);
        if (!is(findings, i, "result", "FAIL"))
            continue;
        const char *due = answer_cell(findings, i, "due");
        bool past = *due != '\0' && strcmp(due, days_later(0)) < 0;
        counts.in_use += is(findings, i, "in_use", "yes");
        counts.use_unknown += is(findings, i, "in_use", "not stated");
        counts.overdue += past;
        counts.due_soon += *due != '\0' && !past && strcmp(due, days_later(7)) <= 0;
    }
    return counts;
}

const char *answer_verdict(const char *error)
{
    /* It is the first line that is not about a file. */
    for (size_t length; *error != '\0'; error += length + (error[length] == '\n')) {
        length = strcspn(error, "\n");
        const char *line = harness_format("%.*s", (int)length, error);
        if (strstr(line, "exports/") == NULL && length > 0)
            return line + (strncmp(line, "certaudit: ", 11) == 0 ? 11 : 0);
    }
    return NULL;
}

/* The number ahead of the words, or 0. */
static size_t said(const char *sentence, const char *words)
{
    const char *at = strstr(sentence, words);
    while (at != NULL && at > sentence && at[-1] == ' ')
        at--;
    while (at != NULL && at > sentence && isdigit((unsigned char)at[-1]))
        at--;
    return at == NULL ? 0 : strtoul(at, NULL, 10);
}

static void expect(FILE *report, const char *sentence, const char *words, size_t counted)
{
    if (said(sentence, words) != counted)
        answer_wrong(report, "verdict-numbers", "`%s`: counted %zu in Findings: %s", words, counted,
                     sentence);
}

static void check_failing(const struct counts *counts, const char *sentence, FILE *report)
{
    if (strncmp(sentence, "The only certificate", 20) == 0) {
        if (counts->total != 1 || counts->by_result[FAIL] != 1)
            answer_wrong(report, "verdict-numbers", "not the only one: %s", sentence);
    } else {
        const char *of = strstr(sentence, " of ");
        if (strtoul(sentence, NULL, 10) != counts->by_result[FAIL] || of == NULL ||
            strtoul(of + 4, NULL, 10) != counts->total)
            answer_wrong(report, "verdict-numbers", "counted %zu of %zu: %s",
                         counts->by_result[FAIL], counts->total, sentence);
        expect(report, sentence, " in use", counts->in_use);
        expect(report, sentence, " of unknown use", counts->use_unknown);
        expect(report, sentence, " overdue", counts->overdue);
        expect(report, sentence, " due within 7 days", counts->due_soon);
    }
    expect(report, sentence, " could not be decided", counts->by_result[UNKNOWN]);
}

static void check_clean(const struct counts *counts, const char *sentence, FILE *report)
{
    if (counts->by_result[FAIL] + counts->by_result[UNKNOWN] > 0)
        answer_wrong(report, "verdict-clean", "%zu FAIL, %zu UNKNOWN: %s", counts->by_result[FAIL],
                     counts->by_result[UNKNOWN], sentence);
    if (counts->by_result[PASS] + counts->by_result[WAIVED] == 0 &&
        counts->by_result[NOT_APPLICABLE] > 0 && strstr(sentence, "not applicable") == NULL &&
        strstr(sentence, "could fail") == NULL && strstr(sentence, "could not fail") == NULL)
        answer_wrong(report, "verdict-clean", "nothing could fail: %s", sentence);
    if (strncmp(sentence, "All ", 4) != 0)
        return;
    if (strtoul(sentence + 4, NULL, 10) != counts->total)
        answer_wrong(report, "verdict-numbers", "counted %zu: %s", counts->total, sentence);
    expect(report, sentence, " passed", counts->by_result[PASS]);
    expect(report, sentence, " not applicable", counts->by_result[NOT_APPLICABLE]);
}

void invariants_of_run(const struct answer *answer, FILE *report)
{
    if (answer->findings == NULL) {
        answer_wrong(report, "no-report", "status %d: %s", answer->status, answer->error);
        return;
    }
    struct counts counts = count(answer->findings);
    const char *sentence = answer_verdict(answer->error);
    if ((answer->status == 1) != (counts.by_result[FAIL] > 0))
        answer_wrong(report, "exit-1", "status %d, %zu FAIL in scope", answer->status,
                     counts.by_result[FAIL]);
    if (answer->status == 0 && counts.by_result[UNKNOWN] > 0)
        answer_wrong(report, "exit-0", "%zu UNKNOWN in scope", counts.by_result[UNKNOWN]);
    if (sentence == NULL) {
        answer_wrong(report, "verdict", "no verdict on standard error: %s", answer->error);
        return;
    }
    bool fails =
        (isdigit((unsigned char)*sentence) && strstr(sentence, " fail") != NULL) ||
        (strncmp(sentence, "The only certificate", 20) == 0 && strstr(sentence, " fails") != NULL);
    bool open =
        strncmp(sentence, "No failure found", 16) == 0 ||
        (strncmp(sentence, "No certificate", 14) == 0 && strstr(sentence, " was read") != NULL) ||
        strstr(sentence, " could not be decided") != NULL;
    if (fails != (answer->status == 1) || (!fails && open != (answer->status == 3)))
        answer_wrong(report, "verdict-exit", "status %d: %s", answer->status, sentence);
    if (fails)
        check_failing(&counts, sentence, report);
    else if (!open)
        check_clean(&counts, sentence, report);
}

static struct sheet *table(const struct answer *answer, const char *name)
{
    return sheet_read_csv(harness_format("%s/%s.csv", answer->pack, name));
}

static bool same_place(const struct sheet *left, size_t row, const struct sheet *right, size_t at)
{
    return strcmp(answer_cell(left, row, "arn"), answer_cell(right, at, "arn")) == 0 &&
           strcmp(answer_cell(left, row, "certificate"), answer_cell(right, at, "certificate")) ==
               0;
}

/* FAIL, UNKNOWN and so on; of the failures, what is urgent first. The less, the sooner. */
static int urgency(const struct sheet *findings, size_t row, const struct sheet *certificates)
{
    const char *due = answer_cell(findings, row, "due"), *end = "";
    for (size_t i = 1; i < certificates->count; i++)
        if (same_place(findings, row, certificates, i))
            end = answer_cell(certificates, i, "not_after");
    if (is(findings, row, "in_use", "yes") && *end != '\0' && strcmp(end, days_later(0)) < 0)
        return 0;
    return *due == '\0' ? 3 : strcmp(due, days_later(0)) < 0 ? 1 : 2;
}

static size_t result_rank(const struct sheet *findings, size_t row)
{
    size_t rank = 0;
    while (rank < RESULTS && !is(findings, row, "result", results[rank]))
        rank++;
    return rank;
}

static void check_order(const struct sheet *findings, const struct sheet *certificates,
                        FILE *report)
{
    for (size_t i = 2; i < findings->count; i++) {
        size_t before = result_rank(findings, i - 1), rank = result_rank(findings, i);
        if (before > rank)
            answer_wrong(report, "order-results", "%s after %s", results[rank], results[before]);
        if (rank != FAIL || before != FAIL ||
            !is(findings, i, "in_scope", answer_cell(findings, i - 1, "in_scope")))
            continue;
        int sooner = urgency(findings, i - 1, certificates),
            now = urgency(findings, i, certificates);
        if (sooner > now ||
            (sooner == now && now == 2 &&
             strcmp(answer_cell(findings, i - 1, "due"), answer_cell(findings, i, "due")) > 0))
            answer_wrong(report, "order-urgency", "%s (due %s) comes after %s (due %s)",
                         answer_cell(findings, i, "arn"), answer_cell(findings, i, "due"),
                         answer_cell(findings, i - 1, "arn"), answer_cell(findings, i - 1, "due"));
    }
}

static void check_rows(const struct answer *answer, FILE *report)
{
    const struct sheet *findings = answer->findings, *certificates = table(answer, "certificates");
    check_order(findings, certificates, report);
    for (size_t i = 1; i < findings->count; i++)
        if (strlen(answer_cell(findings, i, "ref")) < strlen("F-") + 12)
            answer_wrong(report, "rows-ref-short", "%s", answer_cell(findings, i, "ref"));
    for (size_t i = 1; i < findings->count; i++)
        for (size_t j = i + 1; j < findings->count; j++)
            if (strcmp(answer_cell(findings, i, "ref"), answer_cell(findings, j, "ref")) == 0 &&
                *answer_cell(findings, i, "arn") != '\0' &&
                !is(findings, i, "condition", "identity-redacted"))
                answer_wrong(report, "rows-ref", "%s twice", answer_cell(findings, i, "ref"));
    if (findings->count != certificates->count)
        answer_wrong(report, "rows-certificates", "%zu findings, %zu certificates",
                     findings->count - 1, certificates->count - 1);
    for (size_t i = 1; i < certificates->count; i++) {
        size_t found = 0, like = 0;
        for (size_t j = 1; j < findings->count; j++) {
            bool same = same_place(certificates, i, findings, j);
            found += same;
            if (same && !is(findings, j, "in_scope", answer_cell(certificates, i, "in_scope")))
                answer_wrong(report, "rows-in-scope", "%s differs",
                             answer_cell(certificates, i, "arn"));
        }
        for (size_t j = 1; j < certificates->count; j++)
            like += same_place(certificates, i, certificates, j);
        if (found != like)
            answer_wrong(report, "rows-certificates", "%s %s: %zu rows, %zu findings",
                         answer_cell(certificates, i, "certificate"),
                         answer_cell(certificates, i, "arn"), like, found);
    }
}

/* Whether a list of conditions, separated by `;`, has this one; an empty list has all. */
static bool has_condition(const char *list, const char *condition)
{
    size_t length = strlen(condition);
    if (*list == '\0')
        return true;
    for (const char *at = list; (at = strstr(at, condition)) != NULL; at += length)
        if ((at == list || strchr("; ", at[-1]) != NULL) &&
            (at[length] == '\0' || strchr("; ", at[length]) != NULL))
            return true;
    return false;
}

static void check_control(const struct sheet *findings, const struct sheet *controls, size_t row,
                          FILE *report)
{
    size_t by_result[RESULTS] = {0}, failing = 0;
    const char *rule = answer_cell(controls, row, "rule");
    const char *conditions = answer_cell(controls, row, "conditions");
    for (size_t i = 1; i < findings->count; i++) {
        if (!is(findings, i, "rule", rule) || is(findings, i, "in_scope", "no"))
            continue;
        for (size_t j = 0; j < RESULTS; j++)
            by_result[j] += is(findings, i, "result", results[j]);
        failing += is(findings, i, "result", "FAIL") &&
                   has_condition(conditions, answer_cell(findings, i, "condition"));
    }
    size_t tested = by_result[FAIL] + by_result[UNKNOWN] + by_result[WAIVED] + by_result[PASS];
    size_t rest = number(controls, row, "waived") + number(controls, row, "other_failures");
    if (number(controls, row, "tested") != tested ||
        number(controls, row, "passing") != by_result[PASS] ||
        number(controls, row, "failing") != failing ||
        number(controls, row, "unknown") != by_result[UNKNOWN] ||
        number(controls, row, "not_applicable") != by_result[NOT_APPLICABLE] ||
        rest != by_result[WAIVED] + by_result[FAIL] - failing)
        answer_wrong(
            report, *conditions == '\0' ? "controls" : "controls-conditions",
            "%s %s %s: tested %s, passing %s, failing %s, other_failures %s, unknown %s, "
            "waived %s, not_applicable %s; in Findings %zu FAIL (%zu count), %zu UNKNOWN, "
            "%zu WAIVED, %zu PASS, %zu NOT_APPLICABLE",
            rule, answer_cell(controls, row, "framework"), answer_cell(controls, row, "control"),
            answer_cell(controls, row, "tested"), answer_cell(controls, row, "passing"),
            answer_cell(controls, row, "failing"), answer_cell(controls, row, "other_failures"),
            answer_cell(controls, row, "unknown"), answer_cell(controls, row, "waived"),
            answer_cell(controls, row, "not_applicable"), by_result[FAIL], failing,
            by_result[UNKNOWN], by_result[WAIVED], by_result[PASS], by_result[NOT_APPLICABLE]);
}

/* The part of requests.md for an account; "" if there is none. */
static const char *section(const char *requests, const char *account)
{
    const char *from = strstr(requests, harness_format("\n## Account %s", account));
    if (from == NULL)
        return "";
    const char *end = strstr(from + 4, "\n## ");
    return end == NULL ? from : harness_format("%.*s", (int)(end - from), from);
}

static bool asks(const char *requests, const struct sheet *coverage, size_t row)
{
    const char *text = section(requests, answer_cell(coverage, row, "account"));
    const char *region = answer_cell(coverage, row, "region");
    bool any = strcmp(region, "*") == 0, iam = is(coverage, row, "service", "iam");
    if (iam)
        return strstr(text, "aws iam list-server-certificates") != NULL;
    return any ? strstr(text, "aws acm list-certificates") != NULL
               : strstr(text, harness_format("aws acm list-certificates --region %s ", region)) !=
                     NULL;
}

static void check_place(const struct answer *answer, const struct sheet *coverage, size_t row,
                        const char *requests, FILE *report)
{
    const struct sheet *findings = answer->findings;
    const char *place =
        harness_format("%s %s %s (in scope: %s)", answer_cell(coverage, row, "account"),
                       answer_cell(coverage, row, "region"), answer_cell(coverage, row, "service"),
                       answer_cell(coverage, row, "in_scope"));
    size_t assessed = 0;
    for (size_t i = 1; i < findings->count; i++) {
        const char *account = answer_cell(findings, i, "account");
        const char *region = answer_cell(findings, i, "region");
        assessed += is(coverage, row, "account", *account == '\0' ? "not stated" : account) &&
                    is(coverage, row, "region", *region == '\0' ? "not stated" : region) &&
                    is(coverage, row, "service", answer_cell(findings, i, "service")) &&
                    !is(findings, i, "result", "UNKNOWN");
    }
    if (number(coverage, row, "assessed") != assessed)
        answer_wrong(report, "coverage-assessed", "%s: %zu, in Findings %zu", place,
                     number(coverage, row, "assessed"), assessed);
    bool truncated = number(coverage, row, "truncated") > 0;
    bool missing = number(coverage, row, "lists") == 0;
    if (number(coverage, row, "mentioned") > 0 && !is(coverage, row, "in_scope", "no") &&
        answer->status == 0)
        answer_wrong(report, "coverage-mentioned", "%s, status 0", place);
    if (!is(coverage, row, "in_scope", "yes") || (!truncated && !missing))
        return;
    if (answer->status == 0)
        answer_wrong(report, "coverage-exit", "%s: %s, but status 0", place,
                     missing ? "no list" : "a list is truncated");
    if (!asks(requests, coverage, row))
        answer_wrong(report, "coverage-requests", "%s: %s, but requests.md does not ask for it",
                     place, missing ? "no list" : "a list is truncated");
}

/* requests.md asks for a list only where Coverage shows why. */
static void check_requests(const struct sheet *coverage, const char *requests, FILE *report)
{
    for (size_t i = 1; i < coverage->count; i++)
        if (asks(requests, coverage, i) && number(coverage, i, "lists") > 0 &&
            number(coverage, i, "truncated") == 0 && is(coverage, i, "note", "") &&
            is(coverage, i, "service", "acm"))
            answer_wrong(report, "requests-cause", "%s %s: asked for without a cause in Coverage",
                         answer_cell(coverage, i, "account"), answer_cell(coverage, i, "region"));
}

/* Markdown without the marks around words. */
static const char *plain(const char *markdown)
{
    char *text = harness_keep(strdup(markdown)), *to = text;
    for (const char *at = text; *at != '\0'; at++)
        if (strchr("\\`*", *at) == NULL)
            *to++ = *at;
    *to = '\0';
    return text;
}

static void check_report(const struct answer *answer, FILE *report)
{
    const char *text = plain(harness_read(harness_format("%s/report.md", answer->pack), NULL));
    const char *sentence = answer_verdict(answer->error);
    if (sentence != NULL && strstr(text, plain(sentence)) == NULL)
        answer_wrong(report, "report-verdict", "report.md lacks: %s", sentence);
    for (size_t i = 1; i < answer->findings->count; i++)
        if (is(answer->findings, i, "result", "FAIL") &&
            !is(answer->findings, i, "in_scope", "no") &&
            strstr(text, answer_cell(answer->findings, i, "ref")) == NULL)
            answer_wrong(report, "report-ref", "report.md lacks %s",
                         answer_cell(answer->findings, i, "ref"));
    for (size_t i = 1; i < answer->findings->count; i++)
        if (is(answer->findings, i, "in_scope", "no") && strstr(text, "ut of scope") == NULL)
            answer_wrong(report, "report-out-of-scope", "report.md says nothing of it");
}

static void check_sums(const char *folder, const char *list, FILE *report)
{
    const char *const arguments[] = {"--quiet", "-c", list, NULL};
    struct harness_result result = harness_run(
        &(struct harness_run){.program = "sha256sum", .arguments = arguments, .folder = folder});
    /* A list of no files is an error of sha256sum's own. */
    if (result.status != 0 && strstr(result.error, "no properly formatted") == NULL)
        answer_wrong(report, "sums", "%s: %s", list, result.error);
}

void invariants_of_pack(const struct answer *answer, const char *folder, FILE *report)
{
    if (answer->findings == NULL)
        return;
    const struct sheet *coverage = table(answer, "coverage"), *controls = table(answer, "controls");
    const char *requests = harness_read(harness_format("%s/requests.md", answer->pack), NULL);
    size_t assessed = 0, undecided = 0;
    check_rows(answer, report);
    for (size_t i = 1; i < controls->count; i++)
        check_control(answer->findings, controls, i, report);
    for (size_t i = 1; i < coverage->count; i++) {
        check_place(answer, coverage, i, requests, report);
        assessed += number(coverage, i, "assessed");
    }
    for (size_t i = 1; i < answer->findings->count; i++)
        undecided += is(answer->findings, i, "result", "UNKNOWN");
    if (assessed + undecided != answer->findings->count - 1)
        answer_wrong(report, "coverage-sum", "assessed %zu, undecided %zu, findings %zu", assessed,
                     undecided, answer->findings->count - 1);
    check_requests(coverage, requests, report);
    if (answer->status == 3 && strstr(requests, "no evidence is missing") != NULL)
        answer_wrong(report, "requests-none", "status 3: %s", answer_verdict(answer->error));
    check_report(answer, report);
    check_sums(answer->pack, "SHA256SUMS", report);
    check_sums(folder, harness_format("%s/INPUTS.SHA256SUMS", answer->pack), report);
}

static void check_result(const struct estate *estate, const struct answer *answer, size_t index,
                         FILE *report)
{
    const struct estate_certificate *at = &estate->certificates[index];
    const char *expected = estate_result_name(estate_expected(at)), *found = "no row";
    size_t row = 0, rows = 0;
    if (estate_expected(at) == ESTATE_FAIL && estate_is_waived(estate, at))
        expected = "WAIVED";
    for (; answer_next(answer, at, &row); rows++)
        found = answer_cell(answer->findings, row, "result");
    if (rows != 1 || strcmp(found, expected) != 0)
        answer_wrong(report, "result", "%s: expected %s, found %s (%zu rows)", at->arn, expected,
                     found, rows);
    row = 0;
    if (rows != 1 || !answer_next(answer, at, &row))
        return;
    if (!is(answer->findings, row, "condition", estate_condition(at)))
        answer_wrong(report, harness_format("condition-%s", estate_condition(at)), "%s: found %s",
                     at->arn, answer_cell(answer->findings, row, "condition"));
    if (estate->scoped && estate_counts(estate, at) == is(answer->findings, row, "in_scope", "no"))
        answer_wrong(report, "in-scope", "%s: in_scope `%s`", at->arn,
                     answer_cell(answer->findings, row, "in_scope"));
}

static void check_evidence(const struct estate *estate, const struct answer *answer, FILE *report)
{
    const struct sheet *evidence = table(answer, "evidence");
    for (size_t i = 0; i < estate->file_count; i++) {
        const char *path = harness_format("exports/%s", estate->files[i].path), *state = NULL;
        for (size_t j = 1; j < evidence->count; j++)
            if (is(evidence, j, "file", path))
                state = answer_cell(evidence, j, "state");
        if (state == NULL || *state == '\0')
            answer_wrong(report, "evidence-row", "%s has no row", path);
        else if (estate->files[i].evidence && strcmp(state, "used") != 0 &&
                 strcmp(state, "partial") != 0 && strcmp(state, "duplicate") != 0)
            answer_wrong(report, "evidence-state", "%s is %s", path, state);
    }
    size_t files = 0;
    for (size_t i = 0; i < estate->file_count; i++)
        files += !estate->files[i].removed;
    if (files != evidence->count - 1)
        answer_wrong(report, "evidence-row", "%zu files, %zu rows", files, evidence->count - 1);
}

static void check_counts(const struct estate *estate, const struct answer *answer, FILE *report)
{
    const struct sheet *coverage = table(answer, "coverage");
    for (size_t i = 1; i < coverage->count; i++) {
        size_t listed = 0, described = 0;
        for (size_t j = 0; j < estate->count; j++) {
            const struct estate_certificate *at = &estate->certificates[j];
            if (!is(coverage, i, "account", estate->accounts[at->account]) ||
                !is(coverage, i, "region", at->iam ? "global" : estate->regions[at->region]) ||
                !is(coverage, i, "service", at->iam ? "iam" : "acm"))
                continue;
            listed += at->listed;
            described += at->described;
        }
        if (number(coverage, i, "listed") != listed ||
            number(coverage, i, "described") != described)
            answer_wrong(report, "coverage-counts",
                         "%s %s %s: listed %s, described %s; model %zu, "
                         "%zu",
                         answer_cell(coverage, i, "account"), answer_cell(coverage, i, "region"),
                         answer_cell(coverage, i, "service"), answer_cell(coverage, i, "listed"),
                         answer_cell(coverage, i, "described"), listed, described);
    }
}

void invariants_of_model(const struct estate *estate, const struct answer *answer, FILE *report)
{
    bool either;
    size_t rows = 0;
    int expected = estate_exit_status(estate, &either);
    const char *gap = estate_gap(estate);
    if (answer->findings == NULL)
        return;
    for (size_t i = 0; i < estate->count; i++) {
        rows += estate_has_record(estate, i);
        check_result(estate, answer, i, report);
    }
    if (rows != answer->findings->count - 1)
        answer_wrong(report, "result", "%zu certificates, %zu findings", rows,
                     answer->findings->count - 1);
    if (answer->status != expected && !(either && answer->status == 3 && expected == 0))
        answer_wrong(report, expected == 0 ? "exit-without-cause" : "exit-model",
                     "status %d, expected %d (gap: %s)", answer->status, expected,
                     gap == NULL ? "none" : gap);
    check_evidence(estate, answer, report);
    check_counts(estate, answer, report);
}

/* A certificate of which a record was handed over, in an answer of exit status 0. */
static void check_closed(const struct estate *estate, const struct answer *answer, size_t index,
                         FILE *report)
{
    const struct estate_certificate *at = &estate->certificates[index];
    const char *truth = estate_result_name(estate_truth(at)), *found = "no row";
    size_t row = 0, rows = 0, alike = 0;
    bool waived = estate_truth(at) == ESTATE_FAIL && estate_is_waived(estate, at);
    bool sound = false;
    for (; answer_next(answer, at, &row); rows++) {
        found = answer_cell(answer->findings, row, "result");
        sound |= strcmp(found, waived ? "WAIVED" : truth) == 0;
    }
    for (size_t i = 0; i < estate->count; i++) /* under one masked ARN */
        alike += strcmp(estate->certificates[i].arn, at->arn) == 0 && estate_has_record(estate, i);
    if (rows < alike)
        answer_wrong(report, "false-clean", "status 0, but %s is %zu certificates and %zu rows",
                     at->arn, alike, rows);
    if (!sound || (estate_truth(at) == ESTATE_FAIL && !waived) ||
        estate_truth(at) == ESTATE_UNKNOWN)
        answer_wrong(report, "false-clean", "status 0, but %s is %s in truth and %s in Findings",
                     at->arn, truth, found);
}

void invariants_of_truth(const struct estate *estate, const struct answer *answer, FILE *report)
{
    if (answer->findings == NULL)
        return;
    for (size_t i = 0; i < estate->count; i++) {
        const struct estate_certificate *at = &estate->certificates[i];
        enum estate_result truth = estate_truth(at);
        for (size_t row = 0; answer_next(answer, at, &row);)
            if ((is(answer->findings, row, "result", "PASS") ||
                 is(answer->findings, row, "result", "NOT_APPLICABLE")) &&
                (truth == ESTATE_FAIL || truth == ESTATE_UNKNOWN))
                answer_wrong(report, "false-pass", "%s is %s in truth and %s in Findings", at->arn,
                             estate_result_name(truth),
                             answer_cell(answer->findings, row, "result"));
        if (answer->status == 0 && estate_counts(estate, at) && estate_has_record(estate, i))
            check_closed(estate, answer, i, report);
    }
    const char *gap = estate_gap(estate);
    if (answer->status == 0 && gap != NULL)
        answer_wrong(report, "false-clean", "status 0, but %s", gap);
}
