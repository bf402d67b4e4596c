/* aws.c: see aws.h. */
#include "aws/aws.h"
#include "aws/unread.h"
#include "base/pool.h"
#include "base/text.h"
#include "evidence/observation.h"
#include "json/json.h"
#include "json/json_tree.h"
#include <string.h>

void aws_add_problem(struct reading *reading, enum diag_id id, const char *detail)
{
    partial_add_problem(reading->part, id, reading->line, reading->column, detail);
}

void aws_add_repeated(struct reading *reading, enum diag_id id, const char *detail,
                      const char *rest)
{
    const struct diag problem = {id, NULL, reading->line, reading->column, detail};
    partial_add_repeated(reading->part, reading->document, &problem, rest);
}

/* The tree's text, or NULL if the member is absent or not a text. */
static const char *text_at(const cJSON *object, const char *name)
{
    const cJSON *member = json_member(object, name);
    return json_is_text(member) ? member->valuestring : NULL;
}

static struct member member_of(struct pool *pool, const cJSON *json)
{
    if (json == NULL)
        return (struct member){MEMBER_ABSENT, NULL};
    if (json_is_text(json))
        return (struct member){MEMBER_TEXT, json->valuestring};
    if (cJSON_IsNumber(json))
        return (struct member){MEMBER_OTHER, json->valuestring};
    struct text printed = TEXT_EMPTY;
    json_tree_print(json, &printed);
    struct member other = {MEMBER_OTHER, pool_text(pool, text_string(&printed))};
    text_free(&printed);
    return other;
}

static struct member member_at(struct pool *pool, const cJSON *object, const char *name)
{
    return member_of(pool, json_member(object, name));
}

/* As member_at, but "" is not absent: only a missing member and null are. */
static struct member present_at(struct pool *pool, const cJSON *object, const char *name)
{
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(object, name);
    return member_of(pool, cJSON_IsNull(json) ? NULL : json);
}

static struct moment moment_at(struct pool *pool, const cJSON *object, const char *name)
{
    const cJSON *json = json_member(object, name);
    struct member member = member_of(pool, json);
    struct moment moment = {MOMENT_ABSENT, member.text, {0, "", true}};
    if (member.state == MEMBER_ABSENT)
        return moment;
    bool readable = json_is_text(json) ? timestamp_parse(member.text, pool, &moment.at)
                    : cJSON_IsNumber(json)
                        ? timestamp_from_epoch(json->valuedouble, pool, &moment.at)
                        : false;
    moment.state = readable ? MOMENT_READABLE : MOMENT_UNREADABLE;
    return moment;
}

/* The texts of a list, joined; NULL if there are none. */
static const char *joined(struct pool *pool, const cJSON *list, const char *separator)
{
    struct text joined = TEXT_EMPTY;
    const cJSON *item;
    if (!cJSON_IsArray(list))
        return NULL;
    cJSON_ArrayForEach(item, list)
    {
        if (!json_is_text(item) || *item->valuestring == '\0')
            continue;
        text_add_separator(&joined, 0, separator);
        text_add(&joined, item->valuestring);
    }
    const char *kept = joined.length > 0 ? pool_text(pool, joined.bytes) : NULL;
    text_free(&joined);
    return kept;
}

/* An observation with the record's position, and the members of these names as ARN and name. */
static struct observation begin(const struct reading *reading, const cJSON *record,
                                const char *pointer, size_t index, const char *arn,
                                const char *name)
{
    const char *text = text_at(record, name);
    return (struct observation){
        .file = reading->part->file,
        .document = reading->document,
        .line = reading->line,
        .pointer = pointer,
        .index = index,
        .arn = member_at(reading->pool, record, arn),
        .name = text != NULL ? text : "",
        .path = "",
    };
}

void aws_add_iam_record(struct reading *reading, const cJSON *record, const char *pointer,
                        size_t index)
{
    struct pool *pool = reading->pool;
    const char *path = text_at(record, "Path");
    struct observation seen =
        begin(reading, record, pointer, index, "Arn", "ServerCertificateName");
    seen.kind = OBSERVED_IAM_RECORD;
    seen.from_list = index != OBSERVATION_ALONE || *pointer == '\0';
    seen.id = member_at(pool, record, "ServerCertificateId");
    if (path != NULL)
        seen.path = path;
    seen.uploaded = moment_at(pool, record, "UploadDate");
    seen.not_after = moment_at(pool, record, "Expiration");
    partial_add_observation(reading->part, &seen);
}

static struct domain read_domain(struct pool *pool, const cJSON *option)
{
    const cJSON *record = json_member(option, "ResourceRecord");
    const cJSON *redirect = json_member(option, "HttpRedirect");
    return (struct domain){
        .name = text_at(option, "DomainName"),
        .validation_domain = text_at(option, "ValidationDomain"),
        .method = text_at(option, "ValidationMethod"),
        .status = text_at(option, "ValidationStatus"),
        .record_name = text_at(record, "Name"),
        .record_type = text_at(record, "Type"),
        .record_value = text_at(record, "Value"),
        .redirect_from = text_at(redirect, "RedirectFrom"),
        .redirect_to = text_at(redirect, "RedirectTo"),
        .emails = joined(pool, json_member(option, "ValidationEmails"), ", "),
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
        acm->renewal_summary = present_at(pool, record, "RenewalSummary");
        return;
    }
    acm->renewal_summary = (struct member){MEMBER_OTHER, "{...}"};
    acm->renewal_is_object = true;
    acm->renewal_status = member_at(pool, renewal, "RenewalStatus");
    acm->renewal_status_reason = member_at(pool, renewal, "RenewalStatusReason");
    acm->renewal_updated = moment_at(pool, renewal, "UpdatedAt");
    acm->renewal_domains = read_domains(pool, json_member(renewal, "DomainValidationOptions"));
}

static const struct acm_update *read_update(struct pool *pool, const cJSON *record)
{
    const cJSON *json = json_member(record, "UpdateSummary");
    if (!cJSON_IsObject(json))
        return NULL;
    struct acm_update *update = pool_alloc(pool, sizeof *update);
    update->status = member_at(pool, json, "Status");
    update->requested = moment_at(pool, json, "RequestedAt");
    update->updated = moment_at(pool, json, "UpdatedAt");
    return update;
}

static bool is_exported(const cJSON *record)
{
    const char *option = text_at(json_member(record, "Options"), "Export");
    return cJSON_IsTrue(json_member(record, "Exported")) ||
           (option != NULL && strcmp(option, "ENABLED") == 0);
}

/* The members that a summary and a description have in common. */
static void read_acm(struct reading *reading, const cJSON *record, struct acm_facts *acm)
{
    struct pool *pool = reading->pool;
    acm->status = member_at(pool, record, "Status");
    acm->type = member_at(pool, record, "Type");
    acm->renewal_eligibility = member_at(pool, record, "RenewalEligibility");
    acm->key_algorithm = text_at(record, "KeyAlgorithm");
    acm->created = moment_at(pool, record, "CreatedAt");
    acm->issued = moment_at(pool, record, "IssuedAt");
    acm->imported = moment_at(pool, record, "ImportedAt");
    acm->revoked = moment_at(pool, record, "RevokedAt");
    acm->not_before = moment_at(pool, record, "NotBefore");
    acm->exported = is_exported(record);
    acm->key_pair_origin = text_at(record, "CertificateKeyPairOrigin");
    /* Summaries from AWS have no renewal, but one that is there counts. */
    acm->renewal_beside = present_at(pool, record, "RenewalStatus");
    read_renewal(pool, record, acm);
    acm->update = read_update(pool, record);
}

static struct observation begin_acm(const struct reading *reading, const cJSON *record,
                                    const char *pointer, size_t index, struct acm_facts *acm)
{
    struct observation seen =
        begin(reading, record, pointer, index, "CertificateArn", "DomainName");
    seen.not_after = moment_at(reading->pool, record, "NotAfter");
    seen.acm = acm;
    return seen;
}

void aws_add_acm_summary(struct reading *reading, const cJSON *record, const char *pointer,
                         size_t index)
{
    const cJSON *in_use = json_member(record, "InUse");
    struct acm_facts acm = {.issuer = NULL};
    struct observation seen = begin_acm(reading, record, pointer, index, &acm);
    read_acm(reading, record, &acm);
    seen.kind = OBSERVED_ACM_SUMMARY;
    seen.from_list = true;
    seen.in_use = cJSON_IsTrue(in_use)    ? IN_USE_YES
                  : cJSON_IsFalse(in_use) ? IN_USE_NO
                                          : IN_USE_NOT_STATED;
    partial_add_observation(reading->part, &seen);
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
        if (json_is_text(name) && *name->valuestring != '\0')
            acm->alternative_names[acm->alternative_name_count++] = name->valuestring;
    }
}

void aws_add_acm_description(struct reading *reading, const cJSON *record, const char *pointer)
{
    struct pool *pool = reading->pool;
    struct acm_facts acm = {.issuer = text_at(record, "Issuer")};
    struct observation seen = begin_acm(reading, record, pointer, OBSERVATION_ALONE, &acm);
    const cJSON *in_use_by = json_member(record, "InUseBy");
    read_acm(reading, record, &acm);
    seen.kind = OBSERVED_ACM_DESCRIPTION;
    acm.serial = text_at(record, "Serial");
    acm.failure_reason = member_at(pool, record, "FailureReason");
    acm.authority_arn = text_at(record, "CertificateAuthorityArn");
    acm.domains = read_domains(pool, json_member(record, "DomainValidationOptions"));
    acm.in_use_by = joined(pool, in_use_by, "; ");
    if (cJSON_IsArray(in_use_by))
        seen.in_use = in_use_by->child != NULL ? IN_USE_YES : IN_USE_NO;
    /* A projection may put a number or a boolean in their place. */
    acm.whole = (cJSON_IsArray(in_use_by) || cJSON_IsString(in_use_by)) &&
                cJSON_IsObject(json_member(record, "Options")) &&
                acm.renewal_eligibility.state == MEMBER_TEXT;
    read_alternative_names(pool, json_member(record, "SubjectAlternativeNames"), &acm);
    partial_add_observation(reading->part, &seen);
}

/* The member that says that more pages follow, or NULL. */
static const char *find_truncation(const cJSON *root)
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
    const char *name = text_at(record, "KeyAlgorithm");
    if (name == NULL)
        return;
    /* RSA_2048 in the API's model, RSA-2048 in outputs */
    bool usual = strncmp(name, "RSA", 3) == 0 && (name[3] == '_' || name[3] == '-') &&
                 (strcmp(name + 4, "1024") == 0 || strcmp(name + 4, "2048") == 0);
    list->shows_other_keys |= !usual;
}

static void note_origin(struct listing *list, const cJSON *record)
{
    const char *origin = text_at(record, "CertificateKeyPairOrigin");
    list->shows_acme |= origin != NULL && strcmp(origin, "ACME") == 0;
}

/* The list's account and region are those of the first ARN that has them. */
static void note_account(struct pool *pool, struct listing *list, const char *arn)
{
    size_t account_length = 0, region_length = 0;
    const char *account = evidence_arn_field(arn, 5, &account_length);
    const char *region = evidence_arn_field(arn, 4, &region_length);
    if (account == NULL || *list->account != '\0')
        return;
    list->account = pool_copy(pool, account, account_length);
    list->region = pool_copy(pool, region, region_length);
}

/* The service of the member if it is an ARN, else NULL. */
static const char *service_of(const cJSON *member, size_t *length)
{
    if (!json_is_text(member) || strncmp(member->valuestring, "arn:", strlen("arn:")) != 0)
        return NULL;
    return evidence_arn_field(member->valuestring, 3, length);
}

bool aws_is_arn_of(const cJSON *member, enum service service)
{
    const char *name = evidence_service_name(service);
    size_t length = 0;
    const char *found = service_of(member, &length);
    return found != NULL && length == strlen(name) && memcmp(found, name, length) == 0;
}

bool aws_is_of_other_service(const cJSON *record, enum service service)
{
    bool acm = service == SERVICE_ACM;
    const cJSON *arn = json_member(record, acm ? "CertificateArn" : "Arn");
    size_t length;
    if (arn == NULL)
        arn = json_member(record, acm ? "Arn" : "CertificateArn");
    return service_of(arn, &length) != NULL && !aws_is_arn_of(arn, service);
}

static void add_element_problem(struct reading *reading, enum diag_id id, const char *pointer,
                                size_t index)
{
    struct text detail = TEXT_EMPTY;
    text_addf(&detail, "%s/%zu", pointer, index);
    aws_add_problem(reading, id, text_string(&detail));
    text_free(&detail);
}

/* Whether the element is not a record but has one in a member. */
static bool wraps_record(const cJSON *element)
{
    static const char *const members[] = {"Certificate", "ServerCertificate",
                                          "ServerCertificateMetadata"};
    bool wraps = false;
    if (json_member(element, "Arn") != NULL || json_member(element, "CertificateArn") != NULL)
        return false;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        wraps |= cJSON_IsObject(json_member(element, members[i]));
    return wraps;
}

static void read_element(struct reading *reading, struct listing *list, const cJSON *element,
                         const char *pointer, size_t index)
{
    struct partial *part = reading->part;
    if (!cJSON_IsObject(element)) {
        add_element_problem(reading, DIAG_ELEMENT_NOT_OBJECT, pointer, index);
        return;
    }
    if (aws_is_of_other_service(element, list->service)) {
        add_element_problem(reading, DIAG_OTHER_SERVICE, pointer, index);
        return;
    }
    if (wraps_record(element)) {
        unread_add_element(reading, pointer, index);
        return;
    }
    if (list->service == SERVICE_IAM)
        aws_add_iam_record(reading, element, pointer, index);
    else
        aws_add_acm_summary(reading, element, pointer, index);
    note_key_algorithm(list, element);
    note_origin(list, element);
    note_account(part->pool, list, observation_arn(part->records[part->record_count - 1]));
}

bool aws_read_list(struct reading *reading, const cJSON *root, const char *name,
                   const char *pointer, enum service service)
{
    struct partial *part = reading->part;
    const cJSON *array = json_member(root, name), *element;
    const char *truncation = find_truncation(root);
    size_t index = 0;
    if (!cJSON_IsArray(array)) {
        aws_add_problem(reading, DIAG_NOT_A_LIST, name);
        return false;
    }
    struct listing *list = pool_alloc(part->pool, sizeof *list);
    *list = (struct listing){.next = part->listings,
                             .file = part->file,
                             .service = service,
                             .truncated = truncation != NULL,
                             .account = "",
                             .region = ""};
    part->listings = list;
    cJSON_ArrayForEach(element, array) read_element(reading, list, element, pointer, index++);
    list->count = index;
    if (truncation != NULL)
        aws_add_problem(reading, DIAG_TRUNCATED_LIST, truncation);
    unread_look_beside(reading, root, "", name);
    return true;
}

bool aws_is_empty(struct reading *reading, const cJSON *record, const char *name)
{
    if (record->child != NULL)
        return false;
    aws_add_problem(reading, DIAG_EMPTY_CERTIFICATE, name);
    return true;
}
