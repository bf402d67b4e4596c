/* aws.c: members, records and lists of AWS outputs. */
#include "aws.h"
#include "json.h"
#include "memory.h"
#include "pool.h"
#include "text.h"
#include <string.h>

const char *aws_text(struct pool *pool, const cJSON *object, const char *name)
{
    const cJSON *member = json_member(object, name);
    return cJSON_IsString(member) ? pool_text(pool, member->valuestring) : NULL;
}

struct member aws_member(struct pool *pool, const cJSON *object, const char *name)
{
    const cJSON *member = json_member(object, name);
    if (member == NULL)
        return (struct member){MEMBER_ABSENT, NULL};
    if (cJSON_IsString(member))
        return (struct member){MEMBER_TEXT, pool_text(pool, member->valuestring)};
    if (cJSON_IsNumber(member))
        return (struct member){MEMBER_OTHER, pool_text(pool, member->valuestring)};
    char *written = cJSON_PrintUnformatted(member);
    if (written == NULL)
        memory_exhausted();
    struct member other = {MEMBER_OTHER, pool_text(pool, written)};
    cJSON_free(written);
    return other;
}

struct moment aws_moment(struct pool *pool, const cJSON *object, const char *name)
{
    const cJSON *json = json_member(object, name);
    struct member member = aws_member(pool, object, name);
    struct moment moment = {MOMENT_ABSENT, member.text, {0, "", true}};
    if (member.state == MEMBER_ABSENT)
        return moment;
    bool readable = cJSON_IsString(json)   ? when_parse(member.text, pool, &moment.at)
                    : cJSON_IsNumber(json) ? when_from_epoch(json->valuedouble, pool, &moment.at)
                                           : false;
    moment.state = readable ? MOMENT_READABLE : MOMENT_UNREADABLE;
    return moment;
}

const char *aws_joined(struct pool *pool, const cJSON *list, const char *separator)
{
    struct text joined = TEXT_EMPTY;
    const cJSON *item;
    if (!cJSON_IsArray(list))
        return NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (!cJSON_IsString(item) || *item->valuestring == '\0')
            continue;
        text_add_separator(&joined, 0, separator);
        text_add(&joined, item->valuestring);
    }
    const char *kept = joined.length > 0 ? pool_text(pool, joined.bytes) : NULL;
    text_free(&joined);
    return kept;
}

/* The record's place, its ARN and its name. */
static struct observation *observe(struct reading *reading, const cJSON *record,
                                   const char *arn_name, const char *name_name)
{
    struct pool *pool = reading->evidence->pool;
    struct observation *seen = pool_alloc(pool, sizeof *seen);
    seen->file = reading->file;
    seen->document = reading->document;
    seen->line = reading->line;
    seen->arn = aws_member(pool, record, arn_name);
    seen->name = aws_text(pool, record, name_name);
    if (seen->name == NULL)
        seen->name = "";
    reading->file->certificates++;
    model_add_observation(reading->evidence, seen);
    return seen;
}

void aws_add_iam_record(struct reading *reading, const cJSON *record, const char *pointer,
                        size_t index)
{
    struct pool *pool = reading->evidence->pool;
    struct observation *seen = observe(reading, record, "Arn", "ServerCertificateName");
    seen->kind = OBSERVED_IAM_RECORD;
    seen->pointer = pointer;
    seen->index = index;
    seen->from_list = index != OBSERVATION_ALONE || *pointer == '\0';
    seen->id = aws_member(pool, record, "ServerCertificateId");
    seen->path = aws_text(pool, record, "Path");
    if (seen->path == NULL)
        seen->path = "";
    seen->uploaded = aws_moment(pool, record, "UploadDate");
    seen->not_after = aws_moment(pool, record, "Expiration");
}

static struct domain read_domain(struct pool *pool, const cJSON *option)
{
    const cJSON *record = json_member(option, "ResourceRecord");
    const cJSON *redirect = json_member(option, "HttpRedirect");
    return (struct domain){
        .name = aws_text(pool, option, "DomainName"),
        .validation_domain = aws_text(pool, option, "ValidationDomain"),
        .method = aws_text(pool, option, "ValidationMethod"),
        .status = aws_text(pool, option, "ValidationStatus"),
        .record_name = aws_text(pool, record, "Name"),
        .record_type = aws_text(pool, record, "Type"),
        .record_value = aws_text(pool, record, "Value"),
        .redirect_from = aws_text(pool, redirect, "RedirectFrom"),
        .redirect_to = aws_text(pool, redirect, "RedirectTo"),
        .emails = aws_joined(pool, json_member(option, "ValidationEmails"), ", "),
    };
}

static struct domains read_domains(struct pool *pool, const cJSON *options)
{
    struct domains domains = {NULL, 0, 0};
    const cJSON *option;
    domains.unreadable = options != NULL && !cJSON_IsArray(options);
    if (!cJSON_IsArray(options) || options->child == NULL)
        return domains;
    domains.items = pool_alloc(pool, (size_t)cJSON_GetArraySize(options) * sizeof(struct domain));
    cJSON_ArrayForEach(option, options)
    {
        if (cJSON_IsObject(option))
            domains.items[domains.count++] = read_domain(pool, option);
        else
            domains.unreadable++;
    }
    return domains;
}

static void read_renewal(struct pool *pool, const cJSON *record, struct acm_facts *acm)
{
    const cJSON *renewal = json_member(record, "RenewalSummary");
    if (!cJSON_IsObject(renewal)) {
        const cJSON *raw = cJSON_GetObjectItemCaseSensitive(record, "RenewalSummary");
        acm->renewal_summary = aws_member(pool, record, "RenewalSummary");
        if (cJSON_IsString(raw)) /* an empty text too: only a missing one or null is absent here */
            acm->renewal_summary = (struct member){MEMBER_TEXT, pool_text(pool, raw->valuestring)};
        return;
    }
    acm->renewal_summary = (struct member){MEMBER_OTHER, "{...}"};
    acm->renewal_is_object = true;
    acm->renewal_status = aws_member(pool, renewal, "RenewalStatus");
    acm->renewal_status_reason = aws_member(pool, renewal, "RenewalStatusReason");
    acm->renewal_domains = read_domains(pool, json_member(renewal, "DomainValidationOptions"));
}

/* What a summary and a description have in common. */
static struct observation *observe_acm(struct reading *reading, const cJSON *record,
                                       const char *pointer, size_t index)
{
    struct pool *pool = reading->evidence->pool;
    struct observation *seen = observe(reading, record, "CertificateArn", "DomainName");
    struct acm_facts *acm = pool_alloc(pool, sizeof *acm);
    seen->pointer = pointer;
    seen->index = index;
    seen->path = "";
    seen->acm = acm;
    acm->status = aws_member(pool, record, "Status");
    acm->type = aws_member(pool, record, "Type");
    acm->renewal_eligibility = aws_member(pool, record, "RenewalEligibility");
    acm->key_algorithm = aws_text(pool, record, "KeyAlgorithm");
    acm->created = aws_moment(pool, record, "CreatedAt");
    acm->issued = aws_moment(pool, record, "IssuedAt");
    acm->imported = aws_moment(pool, record, "ImportedAt");
    acm->revoked = aws_moment(pool, record, "RevokedAt");
    acm->not_before = aws_moment(pool, record, "NotBefore");
    seen->not_after = aws_moment(pool, record, "NotAfter");
    /* No list of AWS holds a renewal; what one says all the same is not passed over. */
    read_renewal(pool, record, acm);
    return seen;
}

void aws_add_acm_summary(struct reading *reading, const cJSON *record, const char *pointer,
                         size_t index)
{
    struct observation *seen = observe_acm(reading, record, pointer, index);
    const cJSON *in_use = json_member(record, "InUse");
    seen->kind = OBSERVED_ACM_SUMMARY;
    seen->from_list = true;
    seen->in_use = cJSON_IsTrue(in_use)    ? IN_USE_YES
                   : cJSON_IsFalse(in_use) ? IN_USE_NO
                                           : IN_USE_NOT_STATED;
}

static void read_alternative_names(struct pool *pool, const cJSON *names, struct acm_facts *acm)
{
    const cJSON *name;
    if (!cJSON_IsArray(names) || names->child == NULL)
        return;
    acm->alternative_names =
        pool_alloc(pool, (size_t)cJSON_GetArraySize(names) * sizeof(const char *));
    cJSON_ArrayForEach(name, names)
    {
        if (cJSON_IsString(name) && *name->valuestring != '\0')
            acm->alternative_names[acm->alternative_name_count++] =
                pool_text(pool, name->valuestring);
    }
}

void aws_add_acm_description(struct reading *reading, const cJSON *record, const char *pointer)
{
    struct pool *pool = reading->evidence->pool;
    struct observation *seen = observe_acm(reading, record, pointer, OBSERVATION_ALONE);
    struct acm_facts *acm = seen->acm;
    const cJSON *in_use_by = json_member(record, "InUseBy");
    seen->kind = OBSERVED_ACM_DESCRIPTION;
    acm->issuer = aws_text(pool, record, "Issuer");
    acm->serial = aws_text(pool, record, "Serial");
    acm->failure_reason = aws_member(pool, record, "FailureReason");
    acm->authority_arn = aws_text(pool, record, "CertificateAuthorityArn");
    acm->domains = read_domains(pool, json_member(record, "DomainValidationOptions"));
    acm->in_use_by = aws_joined(pool, in_use_by, "; ");
    if (cJSON_IsArray(in_use_by))
        seen->in_use = in_use_by->child != NULL ? IN_USE_YES : IN_USE_NO;
    read_alternative_names(pool, json_member(record, "SubjectAlternativeNames"), acm);
}

/* The member by which a page says that more follows; NULL where none does. */
static const char *goes_on(const cJSON *root)
{
    const cJSON *truncated = json_member(root, "IsTruncated");
    if (truncated != NULL && !cJSON_IsFalse(truncated))
        return "IsTruncated";
    if (json_member(root, "Marker") != NULL)
        return "Marker";
    return json_member(root, "NextToken") != NULL ? "NextToken" : NULL;
}

static void note_key_algorithm(struct listing *list, const cJSON *record)
{
    const cJSON *algorithm = json_member(record, "KeyAlgorithm");
    if (!cJSON_IsString(algorithm))
        return;
    const char *name = algorithm->valuestring; /* RSA_2048 in the model, RSA-2048 in outputs */
    bool usual = strncmp(name, "RSA", 3) == 0 && (name[3] == '_' || name[3] == '-') &&
                 (strcmp(name + 4, "1024") == 0 || strcmp(name + 4, "2048") == 0);
    list->shows_other_keys |= !usual;
}

static void note_place(struct pool *pool, struct listing *list, const char *arn)
{
    size_t account_length = 0, region_length = 0;
    const char *account = model_arn_field(arn, 5, &account_length);
    const char *region = model_arn_field(arn, 4, &region_length);
    if (account == NULL || *list->account != '\0')
        return;
    list->account = pool_copy(pool, account, account_length);
    list->region = pool_copy(pool, region, region_length);
}

static void read_element(struct reading *reading, struct listing *list, const cJSON *element,
                         const char *pointer, size_t index)
{
    struct evidence *evidence = reading->evidence;
    if (!cJSON_IsObject(element)) {
        struct text detail = TEXT_EMPTY;
        text_addf(&detail, "%s/%zu", pointer, index);
        model_add_problem(evidence, reading->file, DIAG_ELEMENT_NOT_OBJECT, reading->line,
                          reading->column, text_string(&detail));
        text_free(&detail);
        return;
    }
    if (list->service == SERVICE_IAM)
        aws_add_iam_record(reading, element, pointer, index);
    else
        aws_add_acm_summary(reading, element, pointer, index);
    const struct observation *seen = evidence->observations[evidence->observation_count - 1];
    note_key_algorithm(list, element);
    if (seen->arn.state == MEMBER_TEXT)
        note_place(evidence->pool, list, seen->arn.text);
}

bool aws_read_list(struct reading *reading, const cJSON *root, const char *name,
                   const char *pointer, enum service service)
{
    struct evidence *evidence = reading->evidence;
    const cJSON *array = json_member(root, name), *element;
    const char *sign = goes_on(root);
    size_t index = 0;
    if (!cJSON_IsArray(array)) {
        model_add_problem(evidence, reading->file, DIAG_NOT_A_LIST, reading->line, reading->column,
                          name);
        return false;
    }
    struct listing *list = pool_alloc(evidence->pool, sizeof *list);
    *list = (struct listing){evidence->listings, reading->file, service, 0,
                             sign != NULL,       false,         "",      ""};
    evidence->listings = list;
    cJSON_ArrayForEach(element, array) read_element(reading, list, element, pointer, index++);
    list->count = index;
    if (sign != NULL)
        model_add_problem(evidence, reading->file, DIAG_TRUNCATED_LIST, reading->line,
                          reading->column, sign);
    return true;
}

bool aws_is_empty(struct reading *reading, const cJSON *record, const char *name)
{
    if (record->child != NULL)
        return false;
    model_add_problem(reading->evidence, reading->file, DIAG_EMPTY_CERTIFICATE, reading->line,
                      reading->column, name);
    return true;
}
