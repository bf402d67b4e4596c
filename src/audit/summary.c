/* summary.c: see summary.h. */
#include "audit/summary.h"
#include "audit/scope.h"
#include "base/memory.h"
#include "base/text.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many different texts there are, not counting "" and `*`. Sorts the texts. */
static size_t count_different(const char **texts, size_t count)
{
    size_t different = 0;
    qsort(texts, count, sizeof *texts, text_order);
    for (size_t i = 0; i < count; i++)
        different += *texts[i] != '\0' && strcmp(texts[i], "*") != 0 &&
                     (i == 0 || strcmp(texts[i - 1], texts[i]) != 0);
    return different;
}

static void add_tally(struct summary *summary, const char *what, size_t count)
{
    assert(summary->population_count < SUMMARY_POPULATION_MOST);
    summary->population[summary->population_count++] = (struct tally){what, count};
}

static void count_places(struct summary *summary, const struct coverage *coverage)
{
    const char **texts = memory_resize(NULL, coverage->count + 1, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < coverage->count; i++)
        if (coverage->rows[i].evidence)
            texts[count++] = coverage->rows[i].account;
    add_tally(summary, "accounts", count_different(texts, count));
    count = 0;
    for (size_t i = 0; i < coverage->count; i++)
        if (coverage->rows[i].evidence && coverage->rows[i].service == SERVICE_ACM)
            texts[count++] = coverage->rows[i].region;
    add_tally(summary, "regions", count_different(texts, count));
    free(texts);
}

/* What was assessed, then what is missing or not stated. */
static void count_population(struct summary *summary, const struct assessment *assessment)
{
    const struct coverage *coverage = &assessment->coverage;
    size_t acm = 0, not_described = 0, truncated = 0, not_stated = 0, mentioned = 0;
    for (size_t i = 0; i < assessment->certificate_count; i++) {
        const struct certificate *certificate = assessment->certificates[i];
        acm += certificate->service == SERVICE_ACM;
        not_stated += *certificate->location->account == '\0';
    }
    for (size_t i = 0; i < coverage->count; i++) {
        not_described += coverage->rows[i].not_described;
        truncated += coverage->rows[i].truncated;
        mentioned += coverage->rows[i].mentioned;
    }
    count_places(summary, coverage);
    add_tally(summary, "certificates", assessment->certificate_count);
    add_tally(summary, "… of which IAM server certificates", assessment->certificate_count - acm);
    add_tally(summary, "… of which ACM certificates", acm);
    add_tally(summary, "ACM certificates listed but not described", not_described);
    add_tally(summary, "certificates without a stated account", not_stated);
    add_tally(summary, "certificates mentioned, without a record", mentioned);
    add_tally(summary, "incomplete lists (more pages follow)", truncated);
    add_tally(summary, "files that make the evidence incomplete", assessment->faults);
    if (assessment->scope == NULL)
        return;
    add_tally(summary, "certificates out of scope, not counted below",
              assessment->out_of_scope.total);
    add_tally(summary, "certificates not covered by any line of the scope", assessment->not_listed);
    add_tally(summary, "places in scope without evidence",
              assessment->gaps.places_without_evidence);
    add_tally(summary, "places in scope without a list", assessment->gaps.places_without_list);
}

static void count_ages(struct summary *summary, const struct assessment *assessment)
{
    size_t *first = memory_resize(NULL, assessment->rule_count, sizeof *first), room = 0;
    for (size_t i = 0; i < assessment->rule_count; i++) {
        first[i] = summary->age_count;
        for (const char *const *age = assessment->rules[i]->ages; age != NULL && *age != NULL;
             age++) {
            summary->ages =
                memory_grow(summary->ages, &room, summary->age_count + 1, sizeof *summary->ages);
            summary->ages[summary->age_count++] = (struct tally){*age, 0};
        }
    }
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (finding->result != RESULT_FAIL || finding->certificate->excluded ||
            finding->rule->ages == NULL)
            continue;
        size_t age = finding->rule->age(finding->seen, finding->condition, &assessment->policy);
        summary->ages[first[finding->rule_number] + age].count++;
    }
    free(first);
}

static int by_failures(const void *left, const void *right)
{
    const struct summary_account *a = left, *b = right;
    if (a->fail != b->fail)
        return a->fail > b->fail ? -1 : 1;
    if (a->unknown != b->unknown)
        return a->unknown > b->unknown ? -1 : 1;
    return strcmp(a->account, b->account);
}

static void note_due(struct summary_account *account, const struct timestamp *due)
{
    if (due != NULL && (account->next_due == NULL || timestamp_compare(due, account->next_due) < 0))
        account->next_due = due;
}

static void add_certificate(struct summary_account *account, const struct certificate *certificate)
{
    if (certificate->excluded)
        return;
    account->certificates++;
    account->total += certificate->finding_count > 0;
    account->fail += certificate->fails;
    account->unknown += certificate->undecided;
}

/* Drops the accounts whose certificates are all excluded, and sorts the others. */
static void sort_accounts(struct summary *summary)
{
    size_t kept = 0;
    for (size_t i = 0; i < summary->account_count; i++)
        if (summary->accounts[i].certificates > 0)
            summary->accounts[kept++] = summary->accounts[i];
    summary->account_count = kept;
    if (kept > 0)
        qsort(summary->accounts, kept, sizeof *summary->accounts, by_failures);
}

/* Merges the accounts past the last row into one. */
static void join_others(struct summary *summary)
{
    struct summary_account *others = &summary->accounts[SUMMARY_ACCOUNTS_MOST];
    if (summary->account_count <= SUMMARY_ACCOUNTS_MOST + 1)
        return;
    others->others = 1;
    for (size_t i = SUMMARY_ACCOUNTS_MOST + 1; i < summary->account_count; i++) {
        const struct summary_account *account = &summary->accounts[i];
        others->others++;
        others->fail += account->fail;
        others->unknown += account->unknown;
        others->total += account->total;
        note_due(others, account->next_due);
    }
    others->account = others->name = others->owner = "";
    summary->account_count = SUMMARY_ACCOUNTS_MOST + 1;
}

/* Locations are sorted by account, and a rank is an index of them. */
static void count_accounts(struct summary *summary, const struct assessment *assessment)
{
    const struct locations *locations = &assessment->locations;
    size_t *account_of = memory_resize(NULL, locations->count + 1, sizeof *account_of);
    summary->accounts = memory_resize(NULL, locations->count + 1, sizeof *summary->accounts);
    for (size_t i = 0; i < locations->count; i++) {
        const char *account = locations->sorted[i]->account;
        if (i == 0 || strcmp(locations->sorted[i - 1]->account, account) != 0) {
            const struct scope_line *line =
                scope_find_account(assessment->scope, account, "", SERVICE_ACM);
            summary->accounts[summary->account_count++] =
                (struct summary_account){.account = account,
                                         .name = line != NULL ? line->name : "",
                                         .owner = line != NULL ? line->owner : ""};
        }
        account_of[i] = summary->account_count - 1;
    }
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (finding->result == RESULT_FAIL && !finding->certificate->excluded)
            note_due(&summary->accounts[account_of[finding->certificate->location->rank]],
                     finding->due);
    }
    for (size_t i = 0; i < assessment->certificate_count; i++) {
        const struct certificate *certificate = assessment->certificates[i];
        add_certificate(&summary->accounts[account_of[certificate->location->rank]], certificate);
    }
    sort_accounts(summary);
    join_others(summary);
    free(account_of);
}

void summary_build(struct summary *summary, const struct assessment *assessment)
{
    *summary = (struct summary){.ages = NULL};
    count_population(summary, assessment);
    count_ages(summary, assessment);
    count_accounts(summary, assessment);
}

void summary_free(struct summary *summary)
{
    free(summary->ages);
    free(summary->accounts);
}
