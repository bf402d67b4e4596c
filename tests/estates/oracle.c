/* oracle.c: see estate.h. Written from the contract's tables, without the product's code. */
#include "estates/estate.h"
#include "support/harness.h"
#include <string.h>

static bool is_one_of(const char *value, const char *const *values)
{
    for (; value != NULL && *values != NULL; values++)
        if (strcmp(value, *values) == 0)
            return true;
    return false;
}
#define IS(value, ...) is_one_of(value, (const char *const[]){__VA_ARGS__, NULL})

/* A result and its condition: the first line of the contract's table that matches. */
struct decision {
    enum estate_result result;
    const char *condition;
};

static struct decision decide_iam(const struct estate_certificate *at)
{
    const int64_t week = ESTATE_CUTOFF + 7 * INT64_C(86400);
    if (at->uploaded.kind != ESTATE_TIME_GOOD)
        return (struct decision){ESTATE_UNKNOWN, "upload-date-unknown"};
    if (at->uploaded.at < ESTATE_CUTOFF)
        return (struct decision){ESTATE_FAIL, "uploaded-before-cutoff"};
    return (struct decision){ESTATE_PASS, at->uploaded.at < week ? "uploaded-near-disclosure"
                                                                 : "uploaded-after-cutoff"};
}

static struct decision decide_request(const struct estate_certificate *at)
{
    bool past = ESTATE_AS_OF - at->created.at > 72 * INT64_C(3600);
    if (IS(at->status, "PENDING_VALIDATION"))
        return (struct decision){ESTATE_FAIL,
                                 past ? "request-pending-past-72h" : "request-pending"};
    if (IS(at->status, "VALIDATION_TIMED_OUT"))
        return (struct decision){ESTATE_FAIL, "request-timed-out"};
    if (IS(at->status, "FAILED"))
        return (struct decision){ESTATE_FAIL, "request-failed"};
    return (struct decision){ESTATE_UNKNOWN, "status-unknown"};
}

static struct decision decide_issued(const struct estate_certificate *at, bool shown)
{
    if (at->not_after.kind == ESTATE_TIME_GOOD && at->not_after.at < ESTATE_AS_OF)
        return (struct decision){ESTATE_UNKNOWN, "past-not-after"};
    if (!IS(at->type, "AMAZON_ISSUED"))
        return (struct decision){ESTATE_UNKNOWN, "type-unknown"};
    if (at->not_after.kind != ESTATE_TIME_GOOD)
        return (struct decision){ESTATE_UNKNOWN, "not-after-unknown"};
    if (!shown)
        return (struct decision){ESTATE_UNKNOWN, "renewal-not-shown"};
    if (IS(at->renewal, "PENDING_AUTO_RENEWAL"))
        return (struct decision){ESTATE_PASS, "renewal-under-way"};
    if (IS(at->update, "PENDING_DOMAIN_VALIDATION"))
        return (struct decision){ESTATE_PASS, "method-change-pending"};
    if (IS(at->update, "FAILED"))
        return (struct decision){ESTATE_PASS, "method-change-failed"};
    return (struct decision){ESTATE_PASS, "nothing-pending"};
}

/* shown: the evidence shows whether a renewal waits. listed_only: nothing but a list. */
static struct decision decide_acm(const struct estate_certificate *at, bool shown, bool listed_only)
{
    const char *renewal = listed_only || !shown ? NULL : at->renewal;
    bool outside = IS(at->type, "IMPORTED", "PRIVATE");
    if (!IS(at->status, "ISSUED", "EXPIRED", "INACTIVE", "REVOKED"))
        return decide_request(at);
    if (IS(renewal, "PENDING_VALIDATION"))
        return (struct decision){ESTATE_FAIL, "renewal-pending"};
    if (IS(renewal, "FAILED"))
        return (struct decision){ESTATE_FAIL, "renewal-failed"};
    if (renewal != NULL && !IS(renewal, "PENDING_AUTO_RENEWAL", "SUCCESS"))
        return (struct decision){ESTATE_UNKNOWN, "renewal-unknown"};
    if (listed_only && !outside)
        return (struct decision){ESTATE_UNKNOWN, "listed-only"};
    if (!listed_only && !IS(at->status, "ISSUED"))
        return (struct decision){ESTATE_NOT_APPLICABLE, "ended"};
    if (outside)
        return (struct decision){ESTATE_NOT_APPLICABLE, "not-validated-by-acm"};
    return decide_issued(at, shown);
}

enum estate_result estate_truth(const struct estate_certificate *at)
{
    return (at->iam ? decide_iam(at) : decide_acm(at, true, false)).result;
}

static struct decision expected(const struct estate_certificate *at)
{
    return at->iam ? decide_iam(at) : decide_acm(at, at->whole, !at->described);
}

enum estate_result estate_expected(const struct estate_certificate *at)
{
    return expected(at).result;
}

const char *estate_condition(const struct estate_certificate *at)
{
    return expected(at).condition;
}

static bool matches(const char *pattern, const char *value)
{
    return pattern == NULL || strcmp(pattern, value) == 0;
}

int estate_in_scope(const struct estate *estate, size_t account, const char *region, bool iam)
{
    int best = -1, answer = -1;
    for (size_t i = 0; i < estate->scope_count; i++) {
        const struct estate_scope_line *line = &estate->scope[i];
        int exact = (line->region != NULL ? 2 : 0) + (line->service != NULL ? 1 : 0);
        if (strcmp(line->account, estate->accounts[account]) != 0 || exact <= best ||
            !matches(line->region, iam ? "global" : region) ||
            !matches(line->service, iam ? "iam" : "acm"))
            continue;
        best = exact;
        answer = line->in_scope;
    }
    return answer;
}

bool estate_counts(const struct estate *estate, const struct estate_certificate *at)
{
    return estate_in_scope(estate, at->account, estate->regions[at->region], at->iam) != 0;
}

bool estate_is_waived(const struct estate *estate, const struct estate_certificate *at)
{
    for (size_t i = 0; i < estate->waiver_count; i++) {
        const struct estate_waiver *waiver = &estate->waivers[i];
        if (waiver->in_force && waiver->iam == at->iam &&
            (strcmp(waiver->arn, "*") == 0 || strcmp(waiver->arn, at->arn) == 0))
            return true;
    }
    return false;
}

static bool is_there(const struct estate *estate, size_t document)
{
    if (estate->documents[document].lost)
        return false;
    for (size_t i = 0; i < estate->file_count; i++)
        for (size_t j = 0; j < estate->files[i].count; j++)
            if (estate->files[i].documents[j] == document && !estate->files[i].removed)
                return true;
    return false;
}

bool estate_has_record(const struct estate *estate, size_t certificate)
{
    for (size_t i = 0; i < estate->document_count; i++)
        for (size_t j = 0; j < estate->documents[i].count; j++)
            if (estate->documents[i].certificates[j] == certificate && is_there(estate, i))
                return true;
    return false;
}

static bool has_list(const struct estate *estate, size_t account, size_t region, bool iam)
{
    for (size_t i = 0; i < estate->document_count; i++) {
        const struct estate_document *at = &estate->documents[i];
        if (at->kind == (iam ? ESTATE_IAM_LIST : ESTATE_LIST) && at->account == account &&
            (iam || at->region == region) && (at->count > 0 || estate->folders) &&
            is_there(estate, i))
            return true;
    }
    return false;
}

/* Whether any account uses the region; loosely: whether it has so much as an empty list there. */
static bool is_used(const struct estate *estate, size_t region, bool loosely)
{
    for (size_t i = 0; i < estate->count; i++)
        if (!estate->certificates[i].iam && estate->certificates[i].region == region &&
            estate_has_record(estate, i))
            return true;
    for (size_t i = 0; loosely && i < estate->document_count; i++)
        if (estate->documents[i].kind == ESTATE_LIST && estate->documents[i].region == region)
            return true;
    return false;
}

static bool is_named(const struct estate *estate, size_t account, size_t region)
{
    for (size_t i = 0; i < estate->scope_count; i++)
        if (estate->scope[i].region != NULL &&
            strcmp(estate->scope[i].account, estate->accounts[account]) == 0 &&
            strcmp(estate->scope[i].region, estate->regions[region]) == 0)
            return true;
    return false;
}

static const char *scope_gap(const struct estate *estate, bool loosely)
{
    for (size_t i = 0; i < estate->account_count; i++) {
        if (estate_in_scope(estate, i, "global", true) == 1 && !has_list(estate, i, 0, true))
            return harness_format("no IAM list of account %s", estate->accounts[i]);
        for (size_t j = 0; j < estate->region_count; j++)
            if (estate_in_scope(estate, i, estate->regions[j], false) == 1 &&
                (strcmp(estate->regions[j], "us-east-1") == 0 || is_used(estate, j, loosely) ||
                 is_named(estate, i, j)) &&
                !has_list(estate, i, j, false))
                return harness_format("no ACM list of account %s, %s", estate->accounts[i],
                                      estate->regions[j]);
    }
    return NULL;
}

/* loosely: also a list of a place that is not in scope. */
static const char *truncated_list(const struct estate *estate, bool loosely)
{
    for (size_t i = 0; i < estate->document_count; i++) {
        const struct estate_document *at = &estate->documents[i];
        if (at->truncated && is_there(estate, i) &&
            (loosely || estate_in_scope(estate, at->account, estate->regions[at->region],
                                        at->kind == ESTATE_IAM_LIST) != 0))
            return harness_format("a list of account %s is truncated",
                                  estate->accounts[at->account]);
    }
    return NULL;
}

const char *estate_gap(const struct estate *estate)
{
    const char *gap = truncated_list(estate, false);
    return gap != NULL ? gap : scope_gap(estate, false);
}

int estate_exit_status(const struct estate *estate, bool *either)
{
    bool fails = false, undecided = false, any = false, list = false;
    for (size_t i = 0; i < estate->count; i++) {
        const struct estate_certificate *at = &estate->certificates[i];
        if (!estate_has_record(estate, i) || !estate_counts(estate, at))
            continue;
        any = true;
        enum estate_result result = estate_expected(at);
        fails |= result == ESTATE_FAIL && !estate_is_waived(estate, at);
        undecided |= result == ESTATE_UNKNOWN;
    }
    for (size_t i = 0; i < estate->account_count; i++) {
        list |= has_list(estate, i, 0, true);
        for (size_t j = 0; j < estate->region_count; j++)
            list |= has_list(estate, i, j, false);
    }
    bool dirty = undecided || estate_gap(estate) != NULL || estate->faulty || estate->mentioned ||
                 estate->vanished || (!any && !list);
    *either = !dirty &&
              (estate->may_be_gap || scope_gap(estate, true) != NULL || (!any && estate->scoped));
    return fails ? 1 : dirty ? 3 : 0;
}

const char *estate_result_name(enum estate_result result)
{
    static const char *const names[] = {"FAIL", "UNKNOWN", "PASS", "NOT_APPLICABLE"};
    return names[result];
}
