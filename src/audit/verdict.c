/* verdict.c: see verdict.h. */
#include "audit/verdict.h"
#include "audit/baseline.h"
#include "audit/scope.h"
#include "base/text.h"
#include <stddef.h>

/* An as-of time so many days after the newest time in the evidence is noted. */
enum { STALE_DAYS = 30 };

bool verdict_concerns(const struct assessment *assessment, enum service service)
{
    for (size_t i = 0; i < assessment->rule_count; i++)
        if (assessment->rules[i]->applies == service)
            return true;
    return false;
}

/* Whether a list of the service is in the evidence, of a place that the scope does not exclude. */
static bool has_list(const struct assessment *assessment, enum service service)
{
    for (size_t i = 0; i < assessment->coverage.count; i++)
        if (assessment->coverage.rows[i].service == service &&
            coverage_has_list(&assessment->coverage.rows[i]))
            return true;
    return false;
}

bool verdict_is_empty(const struct assessment *assessment, size_t rule)
{
    return assessment->named && assessment->counts[rule].total == 0 &&
           !has_list(assessment, assessment->rules[rule]->applies);
}

bool verdict_is_only_truncated(const struct evidence_file *file)
{
    size_t faults = file->problems.count - file->problems.harmless;
    /* Faults are kept first. If there are more than are kept, another one may be among them. */
    if (faults == 0 || faults > LIMIT_PROBLEMS)
        return false;
    for (size_t i = 0; i < faults; i++)
        if (file->problems.kept[i].id != DIAG_TRUNCATED_LIST)
            return false;
    return true;
}

static void count_files(struct gaps *gaps, const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = evidence->files[i];
        if (!file->fault || verdict_is_only_truncated(file))
            continue;
        gaps->unusable_files += file->state == EVIDENCE_UNUSABLE;
        gaps->partial_files += file->state == EVIDENCE_PARTIAL;
        gaps->unread_files += file->state == EVIDENCE_UNREAD;
        gaps->unrelated_files += file->state == EVIDENCE_UNRELATED;
    }
}

static void count_rows(struct gaps *gaps, const struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        const struct coverage_gaps open = coverage_open_gaps(row);
        gaps->truncated_lists += open.rest_of_list ? row->truncated : 0;
        gaps->unplaced_lists += open.place ? row->unplaced : 0;
        gaps->mentioned_certificates += open.records ? row->mentioned : 0;
        gaps->places_without_evidence += open.evidence;
        gaps->places_without_list += open.list;
    }
}

/* Failures of the baseline that are gone, but for those that the scope excludes. */
static size_t count_vanished(const struct assessment *assessment)
{
    const struct baseline *baseline = assessment->baseline;
    size_t count = 0;
    for (size_t i = 0; baseline != NULL && i < baseline->change_count; i++) {
        const struct baseline_row *before = baseline->changes[i].before;
        count += baseline->changes[i].kind == CHANGE_VANISHED && before->result == RESULT_FAIL &&
                 !scope_excludes(assessment->scope, before->arn, before->rule->applies);
    }
    return count;
}

struct gaps verdict_gaps(const struct assessment *assessment)
{
    struct gaps gaps = {
        .undecided_certificates = assessment->undecided_certificates,
        .nothing = assessment->certificate_count == assessment->excluded_certificates &&
                   assessment->places_covered == 0,
    };
    count_files(&gaps, assessment->evidence);
    count_rows(&gaps, &assessment->coverage);
    gaps.vanished_failures = count_vanished(assessment);
    for (size_t i = 0; i < assessment->rule_count; i++)
        gaps.empty_rules += verdict_is_empty(assessment, i);
    return gaps;
}

/* What is counted of the gaps, and how it is said of one and of many. `nothing` and empty rules are
 * said in other ways. */
static const struct {
    size_t offset;
    const char *one, *many;
} kinds[] = {
#define GAP(member) offsetof(struct gaps, member)
    {GAP(unusable_files), "file could not be used", "files could not be used"},
    {GAP(partial_files), "file was only partly usable", "files were only partly usable"},
    {GAP(unread_files), "file contains certificate records that could not be read",
     "files contain certificate records that could not be read"},
    {GAP(unrelated_files), "file is the output of another command",
     "files are the outputs of other commands"},
    {GAP(truncated_lists), "list is incomplete (more pages follow)",
     "lists are incomplete (more pages follow)"},
    {GAP(unplaced_lists), "empty list is of an unknown account or region",
     "empty lists are of an unknown account or region"},
    {GAP(places_without_evidence), "place in scope has no evidence",
     "places in scope have no evidence"},
    {GAP(places_without_list), "place in scope has no list", "places in scope have no list"},
    {GAP(mentioned_certificates), "certificate is mentioned and has no record",
     "certificates are mentioned and have no record"},
    {GAP(undecided_certificates), "certificate could not be decided",
     "certificates could not be decided"},
    {GAP(vanished_failures), "failure of the baseline has vanished from the evidence",
     "failures of the baseline have vanished from the evidence"},
#undef GAP
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static size_t count_of(const struct gaps *gaps, size_t kind)
{
    return *(const size_t *)((const char *)gaps + kinds[kind].offset);
}

bool verdict_has_gaps(const struct gaps *gaps)
{
    bool found = gaps->nothing || gaps->empty_rules > 0;
    for (size_t i = 0; i < KINDS; i++)
        found |= count_of(gaps, i) > 0;
    return found;
}

static void add_gaps(const struct assessment *assessment, const struct gaps *gaps,
                     struct text *text)
{
    size_t mark = text->length;
    for (size_t i = 0; i < KINDS; i++) {
        size_t count = count_of(gaps, i);
        if (count == 0)
            continue;
        text_add_separator(text, mark, "; ");
        text_addf(text, "%zu %s", count, count == 1 ? kinds[i].one : kinds[i].many);
    }
    for (size_t i = 0; i < assessment->rule_count; i++) {
        if (!verdict_is_empty(assessment, i))
            continue;
        text_add_separator(text, mark, "; ");
        text_addf(text, "no certificates for %s", assessment->rules[i]->id);
    }
}

void verdict_add_gaps(const struct assessment *assessment, struct text *text)
{
    add_gaps(assessment, &assessment->gaps, text);
}

/* Which certificates are counted; without a scope what is said instead. */
static const char *where(const struct assessment *assessment, const char *otherwise)
{
    if (assessment->scope == NULL)
        return otherwise;
    return assessment->not_listed > 0 ? " in scope or not listed" : " in scope";
}

/* `3 in use`, after a separator: the first one if nothing was added since the mark. */
static void add_part(struct text *text, size_t mark, const char *first, const char *next,
                     size_t count, const char *what)
{
    if (count == 0)
        return;
    text_add(text, text->length == mark ? first : next);
    text_addf(text, "%zu %s", count, what);
}

/* `2 of 46 certificates fail: 1 in use; 1 overdue. 3 could not be decided.` */
static void add_failing(const struct assessment *assessment, struct text *text)
{
    const struct result_counts *certificates = &assessment->certificate_counts;
    size_t failing = certificates->by_result[RESULT_FAIL];
    if (certificates->total == 1)
        text_addf(text, "The only certificate%s fails", where(assessment, ""));
    else
        text_addf(text, "%zu of %zu certificates%s fail%s", failing, certificates->total,
                  where(assessment, ""), failing == 1 ? "s" : "");
    size_t mark = text->length;
    add_part(text, mark, ": ", ", ", assessment->failing_in_use, "in use");
    add_part(text, mark, ": ", ", ", assessment->failing_use_unknown, "of unknown use");
    const char *between = text->length == mark ? ": " : "; ";
    mark = text->length;
    add_part(text, mark, between, ", ", assessment->failing_overdue, "overdue");
    add_part(text, mark, between, ", ", assessment->failing_due_soon, "due within 7 days");
    text_add(text, ".");
    add_part(text, text->length, " ", " ", assessment->undecided_certificates,
             "could not be decided.");
}

/* `(38 passed, 2 not applicable)` */
static void add_results(const struct result_counts *certificates, struct text *text)
{
    size_t mark = text->length;
    add_part(text, mark, " (", ", ", certificates->by_result[RESULT_PASS], "passed");
    add_part(text, mark, " (", ", ", certificates->by_result[RESULT_NOT_APPLICABLE],
             "not applicable");
    add_part(text, mark, " (", ", ", certificates->by_result[RESULT_WAIVED], "waived");
    text_add(text, ")");
}

/* Every certificate is NOT_APPLICABLE. */
static void add_not_applicable(size_t count, const char *where, struct text *text)
{
    if (count == 1)
        text_addf(text, "The rules do not apply to the only certificate%s, so it could not fail.",
                  where);
    else
        text_addf(text, "The rules apply to none of the %zu certificates%s, so none could fail.",
                  count, where);
}

/* Nothing fails, and nothing is missing. */
static void add_clean(const struct assessment *assessment, struct text *text)
{
    const struct result_counts *certificates = &assessment->certificate_counts;
    const char *of = where(assessment, " in the evidence");
    const char *but = certificates->by_result[RESULT_WAIVED] > 0 ? " except under a waiver" : "";
    if (certificates->total == 0) {
        text_addf(text, "No certificates exist in the %zu place%s covered.",
                  assessment->places_covered, assessment->places_covered == 1 ? "" : "s");
        return;
    }
    if (certificates->by_result[RESULT_NOT_APPLICABLE] == certificates->total)
        add_not_applicable(certificates->total, of, text);
    else if (certificates->total == 1)
        text_addf(text, "The only certificate%s was assessed and did not fail%s.", of, but);
    else {
        text_addf(text, "All %zu certificates%s were assessed and none failed%s",
                  certificates->total, of, but);
        add_results(certificates, text);
        text_add(text, ".");
    }
    text_add(text, " This covers only the accounts and regions under Coverage.");
}

static bool has_failure(const struct assessment *assessment)
{
    return assessment->finding_counts.by_result[RESULT_FAIL] > 0;
}

void verdict_add_sentence(const struct assessment *assessment, struct text *text)
{
    if (has_failure(assessment)) {
        add_failing(assessment, text);
    } else if (assessment->gaps.nothing) {
        text_addf(text, "No certificate%s was read.",
                  assessment->excluded_certificates > 0 ? " in scope" : "");
    } else if (verdict_has_gaps(&assessment->gaps)) {
        text_add(text, "No failure found, but the evidence is incomplete (");
        verdict_add_gaps(assessment, text);
        text_add(text, "): no conclusion can be drawn about the missing parts.");
    } else {
        add_clean(assessment, text);
    }
}

void verdict_add_other_gaps(const struct assessment *assessment, struct text *text)
{
    struct gaps gaps = assessment->gaps;
    if (has_failure(assessment))
        gaps.undecided_certificates = 0; /* the sentence has them */
    if (has_failure(assessment) || gaps.nothing)
        add_gaps(assessment, &gaps, text);
}

static void note_out_of_scope(const struct assessment *assessment, struct text *text)
{
    const struct result_counts *counts = &assessment->out_of_scope;
    if (counts->total == 0)
        return;
    text_addf(text, "Out of scope: %zu certificate%s", counts->total,
              counts->total == 1 ? "" : "s");
    size_t mark = text->length;
    add_part(text, mark, " (", ", ", counts->by_result[RESULT_FAIL], "FAIL");
    add_part(text, mark, " (", ", ", counts->by_result[RESULT_UNKNOWN], "UNKNOWN");
    text_addf(text, "%s, not counted; see the column in_scope.", text->length > mark ? ")" : "");
}

static void note_not_listed(const struct assessment *assessment, struct text *text)
{
    size_t count = assessment->not_listed;
    if (count > 0)
        text_addf(text,
                  "%zu certificate%s not covered by any line of the scope, and counted; see "
                  "the column in_scope.",
                  count, count == 1 ? " is" : "s are");
}

static void note_waived(const struct assessment *assessment, struct text *text)
{
    size_t count = assessment->finding_counts.by_result[RESULT_WAIVED];
    if (count > 0)
        text_addf(text, "%zu failure%s waived, not counted as failing.", count,
                  count == 1 ? " is" : "s are");
}

static void note_lists(const struct assessment *assessment, struct text *text)
{
    size_t key_types = 0, acme = 0;
    for (size_t i = 0; i < assessment->coverage.count; i++) {
        const struct coverage_gaps gaps = coverage_gaps(&assessment->coverage.rows[i]);
        key_types += gaps.other_key_types;
        acme += gaps.acme;
    }
    if (key_types + acme == 0 || !verdict_concerns(assessment, SERVICE_ACM))
        return;
    text_add(text, "Lists may leave certificates out: ");
    size_t mark = text->length;
    if (key_types > 0)
        text_addf(text, "in %zu place%s they show no keys other than RSA_1024 and RSA_2048",
                  key_types, key_types == 1 ? "" : "s");
    if (acme > 0) {
        text_add_separator(text, mark, ", ");
        text_addf(text, "in %zu place%s they show no ACME certificate", acme, acme == 1 ? "" : "s");
    }
    text_add(text, "; see Coverage.");
}

static void note_moved(const struct assessment *assessment, struct text *text)
{
    const struct moved *moved = &assessment->moved;
    if (timestamp_compare(&assessment->policy.cutoff, &rules_default_cutoff) == 0)
        return;
    text_add(text, "The cut-off was moved from ");
    timestamp_add_exact(&rules_default_cutoff, text);
    text_add(text, " to ");
    timestamp_add_exact(&assessment->policy.cutoff, text);
    if (moved->passing + moved->failing == 0) {
        text_add(text, "; no result differs.");
        return;
    }
    size_t mark = text->length;
    add_part(text, mark, ": ", ", ", moved->passing,
             moved->passing == 1 ? "certificate passes that fails by default"
                                 : "certificates pass that fail by default");
    add_part(text, mark, ": ", ", ", moved->failing,
             moved->failing == 1 ? "certificate fails that does not fail by default"
                                 : "certificates fail that do not fail by default");
    text_add(text, ".");
}

static void note_as_of(const struct assessment *assessment, struct text *text)
{
    const struct timestamp *as_of = &assessment->policy.as_of;
    if (assessment->newest == NULL)
        return;
    const struct timestamp *newest = &assessment->newest->newest;
    struct timestamp stale = timestamp_plus(*newest, STALE_DAYS * TIMESTAMP_DAY);
    bool before = timestamp_compare(as_of, newest) < 0;
    if (!before && timestamp_compare(as_of, &stale) <= 0)
        return;
    text_addf(text, "The as-of time is %s the newest time in the evidence, ",
              before ? "before" : "more than 30 days after");
    timestamp_add(newest, text);
    text_addf(text, " in %s.", assessment->newest->name);
}

void verdict_add_note(const struct assessment *assessment, size_t number, struct text *text)
{
    static void (*const notes[VERDICT_NOTES])(const struct assessment *, struct text *) = {
        note_out_of_scope, note_not_listed, note_waived, note_lists, note_moved, note_as_of};
    notes[number](assessment, text);
}

void verdict_add(const struct assessment *assessment, struct text *text)
{
    struct text more = TEXT_EMPTY;
    verdict_add_sentence(assessment, text);
    verdict_add_other_gaps(assessment, &more);
    if (more.length > 0)
        text_addf(text, "\nThe evidence is incomplete: %s.", text_string(&more));
    for (size_t i = 0; i < VERDICT_NOTES; i++) {
        text_clear(&more);
        verdict_add_note(assessment, i, &more);
        if (more.length > 0)
            text_addf(text, "\n%s", text_string(&more));
    }
    text_free(&more);
}

int verdict_exit_status(const struct assessment *assessment)
{
    if (has_failure(assessment))
        return 1;
    return verdict_has_gaps(&assessment->gaps) ? 3 : 0;
}
