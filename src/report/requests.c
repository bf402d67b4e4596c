/* requests.c: see requests.h. */
#include "report/requests.h"
#include "audit/assessment.h"
#include "audit/baseline.h"
#include "audit/scope.h"
#include "audit/verdict.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "rules/acm_005.h"
#include "rules/remediation.h"
#include <stdlib.h>
#include <string.h>

static void add(struct requests *requests, struct pool *pool, const char *account,
                enum request_kind kind, const char *why, struct text *what)
{
    while (what->length > 0 && what->bytes[what->length - 1] == '\n')
        what->bytes[--what->length] = '\0';
    requests->items =
        memory_grow(requests->items, &requests->room, requests->count + 1, sizeof(struct request));
    requests->items[requests->count++] = (struct request){
        .account = account, .kind = kind, .why = why, .what = pool_text(pool, text_string(what))};
    text_clear(what);
}

/* `aws acm list-certificates --region eu-west-1 --output json`, and the options. */
static void add_acm_list(struct text *text, const char *region, const char *options)
{
    struct remediation list = remediation_begin(text, "aws acm list-certificates");
    remediation_option(&list, "--region",
                       evidence_is_region(region, strlen(region)) ? region : NULL, "REGION");
    text_addf(text, " --output json %s", options);
    remediation_end(&list);
}

static void add_list_command(struct text *text, enum service service, const char *region)
{
    if (service == SERVICE_ACM) {
        add_acm_list(text, region, "--includes keyTypes=" ACM_RSA_TYPES "," ACM_EC_TYPES);
        return;
    }
    struct remediation list =
        remediation_begin(text, "aws iam list-server-certificates --output json");
    remediation_end(&list);
}

/* Why a region without evidence is asked for. */
static const char *why_region(const struct coverage_row *row)
{
    if (row->mentioned > 0)
        return "certificates in this region are mentioned, but there is no list of it. Then "
               "describe each listed certificate";
    return row->scope != NULL
               ? "no evidence for this region, which is in scope. Then describe each listed "
                 "certificate"
               : "no evidence for this region, although there is some in other accounts. "
                 "Then describe each listed certificate";
}

/* Why a list is needed; NULL if it is not. One reason is enough. */
static const char *list_wanted(const struct coverage_row *row)
{
    const struct coverage_gaps gaps = coverage_gaps(row);
    if (gaps.evidence && row->outside_scope && row->mentioned == 0)
        return NULL; /* nobody expects it */
    if (gaps.evidence)
        return row->service == SERVICE_ACM ? why_region(row)
                                           : "no evidence for IAM in this account";
    if (gaps.place)
        return "the list is empty, and neither its account nor its region is known. Save it in a "
               "folder of the region in a folder of the account, such as 111122223333/us-east-1/";
    if (gaps.rest_of_list)
        return "a list is incomplete (more pages follow). Run the command again without "
               "--max-items and --no-paginate";
    if (gaps.list)
        return row->described > 0
                   ? "certificates were described, but no list shows how many there are"
                   : "only parts of a list are in the evidence, so the number of certificates is "
                     "unknown";
    if (gaps.other_key_types)
        return "the list may be incomplete: without --includes, list-certificates returns only "
               "RSA_1024 and RSA_2048 keys";
    return NULL;
}

/* Whether the list of us-east-1 in the same account is requested anyway. */
static bool us_east_1_wanted(const struct coverage *coverage, size_t row)
{
    const char *account = coverage->rows[row].account;
    while (row > 0 && strcmp(coverage->rows[row - 1].account, account) == 0)
        row--;
    for (; row < coverage->count && strcmp(coverage->rows[row].account, account) == 0; row++)
        if (strcmp(coverage->rows[row].region, "us-east-1") == 0)
            return list_wanted(&coverage->rows[row]) != NULL;
    return false;
}

static void request_lists(struct requests *requests, const struct coverage *coverage,
                          struct pool *pool)
{
    struct text what = TEXT_EMPTY;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        const char *why = list_wanted(row);
        if (why != NULL) {
            add_list_command(&what, row->service, row->region);
            add(requests, pool, row->account, REQUEST_LIST, why, &what);
        }
        if (coverage_gaps(row).acme) {
            add_acm_list(&what, row->region, "--certificate-key-pair-origins ACME");
            add(requests, pool, row->account, REQUEST_LIST,
                "the list shows no ACME certificate: list-certificates returns them only if asked "
                "(an older AWS CLI refuses the option)",
                &what);
        }
        if (!coverage_gaps(row).us_east_1 || us_east_1_wanted(coverage, i))
            continue;
        add_list_command(&what, SERVICE_ACM, "us-east-1");
        add(requests, pool, row->account, REQUEST_LIST,
            "no evidence for us-east-1; CloudFront uses only ACM certificates from us-east-1",
            &what);
    }
    text_free(&what);
}

/* Why the certificate of a finding is to be exported again; NULL if it is not. */
static const char *export_wanted(const struct finding *finding)
{
    const struct certificate *certificate = finding->certificate;
    bool fails = finding->result == RESULT_FAIL || finding->result == RESULT_WAIVED;
    if (certificate->excluded)
        return NULL;
    if (finding->conflict)
        return "the exports conflict: export it again, and state which of them is out of date";
    if (finding->result == RESULT_UNKNOWN)
        return finding->condition->meaning;
    if (fails && certificate->service == SERVICE_ACM && !certificate->described)
        return "it fails, and a list does not show the details";
    if (finding->condition == &acm_005_conditions[ACM_005_REQUEST_PENDING_PAST_72H])
        return "the 72 hours of the request had passed, so that its status has probably changed";
    return NULL;
}

static void request_descriptions(struct requests *requests, const struct assessment *assessment,
                                 struct pool *pool)
{
    struct text what = TEXT_EMPTY;
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        const char *why = export_wanted(finding);
        if (why == NULL)
            continue;
        finding->rule->export_again(finding->seen, &what);
        add(requests, pool, finding->certificate->location->account, REQUEST_DESCRIPTION, why,
            &what);
    }
    text_free(&what);
}

/* `arn:aws:iam::111122223333:server-certificate/path/web` is the certificate `web`. */
static void add_get_certificate(const struct observation *seen, struct text *what)
{
    const char *slash = strrchr(seen->arn.text, '/');
    struct remediation get =
        remediation_begin(what, "aws iam get-server-certificate --output json");
    get.seen = seen;
    remediation_option(&get, "--server-certificate-name", slash != NULL ? slash + 1 : NULL, "NAME");
    remediation_end(&get);
}

static void request_mentioned(struct requests *requests, const struct assessment *assessment,
                              struct pool *pool)
{
    struct text what = TEXT_EMPTY;
    for (size_t i = 0; i < assessment->mention_count; i++) {
        const struct mention *mention = assessment->mentions[i];
        size_t length = 0;
        const char *account = evidence_arn_field(mention->arn, 5, &length);
        if (scope_excludes(assessment->scope, mention->arn, mention->service))
            continue;
        const struct observation seen = {
            .arn = {MEMBER_TEXT, mention->arn}, .file = mention->file, .line = mention->line};
        if (mention->service == SERVICE_ACM)
            acm_005_describe(&seen, &what);
        else
            add_get_certificate(&seen, &what);
        add(requests, pool, account != NULL ? pool_copy(pool, account, length) : "",
            REQUEST_DESCRIPTION,
            "mentioned in the evidence, which has no record of it; a \"not found\" error is also "
            "an answer",
            &what);
    }
    text_free(&what);
}

/* A certificate that is no longer in the evidence may be deleted, or merely missing. */
static void request_vanished(struct requests *requests, const struct assessment *assessment,
                             struct pool *pool)
{
    const struct baseline *baseline = assessment->baseline;
    struct text what = TEXT_EMPTY;
    for (size_t i = 0; baseline != NULL && i < baseline->change_count; i++) {
        const struct change *change = &baseline->changes[i];
        if (change->kind != CHANGE_VANISHED ||
            scope_excludes(assessment->scope, change->before->arn, change->before->rule->applies))
            continue;
        size_t length = 0;
        const char *account = evidence_arn_field(change->before->arn, 5, &length);
        bool named = *change->before->arn != '\0';
        const struct observation gone = {
            .arn = {named ? MEMBER_TEXT : MEMBER_ABSENT, named ? change->before->arn : NULL},
            .name = change->before->certificate};
        change->before->rule->export_again(&gone, &what);
        add(requests, pool, account != NULL ? pool_copy(pool, account, length) : "",
            REQUEST_DESCRIPTION,
            "in the earlier report but not in this evidence; a \"not found\" error is also an "
            "answer",
            &what);
    }
    text_free(&what);
}

/* Whether a list of the service is requested of some account. */
static bool is_requested(const struct coverage *coverage, enum service service)
{
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        if ((row->service == service && list_wanted(row) != NULL) ||
            (service == SERVICE_ACM && coverage_gaps(row).us_east_1))
            return true;
    }
    return false;
}

/* If a rule has neither a certificate nor a list, and no account is known to ask for one. */
static void request_services(struct requests *requests, const struct assessment *assessment,
                             struct pool *pool)
{
    struct text what = TEXT_EMPTY;
    for (size_t i = 0; i < assessment->rule_count; i++) {
        enum service service = assessment->rules[i]->applies;
        if ((!assessment->gaps.nothing && !verdict_is_empty(assessment, i)) ||
            is_requested(&assessment->coverage, service))
            continue;
        add_list_command(&what, service, "");
        add(requests, pool, "", REQUEST_LIST,
            service == SERVICE_ACM
                ? "no certificate and no list of ACM was read. Run the command in each account "
                  "and region, then describe each listed certificate"
                : "no certificate and no list of IAM was read. Run the command in each account",
            &what);
    }
    text_free(&what);
}

static void request_files(struct requests *requests, const struct evidence *evidence,
                          struct pool *pool)
{
    struct text what = TEXT_EMPTY;
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = evidence->files[i];
        if (!file->fault || file->problems.count == 0 || verdict_is_only_truncated(file))
            continue; /* incomplete lists are already requested as lists */
        text_add(&what, file->name);
        if (file->problems.kept[0].line > 0)
            text_addf(&what, ", line %zu", file->problems.kept[0].line);
        if (file->problems.kept[0].column > 0)
            text_addf(&what, ", column %zu", file->problems.kept[0].column);
        text_add(&what, ": ");
        diag_add_message(&file->problems.kept[0], &what);
        add(requests, pool,
            file->account != NULL ? file->account : coverage_account_of_path(file->path, pool),
            REQUEST_FILE, "these files could not be used, or only in part", &what);
    }
    text_free(&what);
}

static int by_account(const void *left, const void *right)
{
    const struct request *a = left, *b = right;
    if ((*a->account == '\0') != (*b->account == '\0'))
        return *a->account == '\0' ? 1 : -1;
    int order = strcmp(a->account, b->account);
    if (order == 0)
        order = (int)a->kind - (int)b->kind;
    if (order == 0)
        order = strcmp(a->why, b->why);
    return order != 0 ? order : strcmp(a->what, b->what);
}

static void name_account(struct request *request, const struct scope *scope)
{
    const struct scope_line *line = scope_find_account(scope, request->account, "", SERVICE_ACM);
    request->account_name = line != NULL ? line->name : "";
    request->owner = line != NULL ? line->owner : "";
}

void requests_build(struct requests *requests, const struct assessment *assessment,
                    struct pool *pool)
{
    size_t kept = 0;
    request_lists(requests, &assessment->coverage, pool);
    request_descriptions(requests, assessment, pool);
    request_mentioned(requests, assessment, pool);
    request_vanished(requests, assessment, pool);
    request_services(requests, assessment, pool);
    request_files(requests, assessment->evidence, pool);
    if (requests->count == 0)
        return;
    qsort(requests->items, requests->count, sizeof(struct request), by_account);
    for (size_t i = 1; i < requests->count; i++)
        if (by_account(&requests->items[kept], &requests->items[i]) != 0)
            requests->items[++kept] = requests->items[i];
    requests->count = kept + 1;
    for (size_t i = 0; i < requests->count; i++)
        name_account(&requests->items[i], assessment->scope);
}
