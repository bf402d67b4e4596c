/* aws.c: members, records and lists of AWS outputs. */
#include "aws/aws.h"
#include "aws/aws_fields.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "evidence/observation.h"
#include "json/json.h"
#include <string.h>

/* NULL where it is absent or no text. The text is the tree's. */
static const char *text_of(const cJSON *member)
{
    return json_is_text(member) ? member->valuestring : NULL;
}

static const char *text_at(const cJSON *object, const char *name)
{
    return text_of(json_member(object, name));
}

static struct member member_of(struct pool *pool, const cJSON *member)
{
    if (member == NULL)
        return (struct member){MEMBER_ABSENT, NULL};
    if (json_is_text(member))
        return (struct member){MEMBER_TEXT, member->valuestring};
    if (cJSON_IsNumber(member))
        return (struct member){MEMBER_OTHER, member->valuestring};
    char *written = cJSON_PrintUnformatted(member);
    if (written == NULL)
        memory_exhausted();
    struct member other = {MEMBER_OTHER, pool_text(pool, written)};
    cJSON_free(written);
    return other;
}

static struct moment moment_of(struct pool *pool, const cJSON *json)
{
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

/* The texts of a list, joined; NULL where there are none. */
static const char *joined(struct pool *pool, const cJSON *list, const char *separator)
{
    struct text joined = TEXT_EMPTY;
    const cJSON *item;
    if (!cJSON_IsArray(list) || list->child == NULL)
        return NULL;
    if (list->child->next == NULL) /* most often there is one */
        return json_is_text(list->child) && *list->child->valuestring != '\0'
                   ? list->child->valuestring
                   : NULL;
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

/* The record's place, its ARN and its name. */
static struct observation begin(const struct reading *reading, const char *pointer, size_t index,
                                const cJSON *arn, const cJSON *name)
{
    const char *text = text_of(name);
    return (struct observation){
        .file = reading->part->file,
        .document = reading->document,
        .line = reading->line,
        .pointer = pointer,
        .index = index,
        .arn = member_of(reading->pool, arn),
        .name = text != NULL ? text : "",
        .path = "",
    };
}

void aws_add_iam_record(struct reading *reading, const cJSON *record, const char *pointer,
                        size_t index)
{
    const struct fields fields = fields_find(record);
    const char *path = text_of(fields_get(&fields, FIELD_PATH));
    struct observation seen = begin(reading, pointer, index, fields_get(&fields, FIELD_ARN),
                                    fields_get(&fields, FIELD_SERVER_CERTIFICATE_NAME));
    seen.kind = OBSERVED_IAM_RECORD;
    seen.from_list = index != OBSERVATION_ALONE || *pointer == '\0';
    seen.id = member_of(reading->pool, fields_get(&fields, FIELD_SERVER_CERTIFICATE_ID));
    if (path != NULL)
        seen.path = path;
    seen.uploaded = moment_of(reading->pool, fields_get(&fields, FIELD_UPLOAD_DATE));
    seen.not_after = moment_of(reading->pool, fields_get(&fields, FIELD_EXPIRATION));
    partial_add_observation(reading->part, &seen);
}

static struct domain read_domain(struct pool *pool, const cJSON *option)
{
    const struct fields fields = fields_find(option);
    const cJSON *record = fields_get(&fields, FIELD_RESOURCE_RECORD);
    const cJSON *redirect = fields_get(&fields, FIELD_HTTP_REDIRECT);
    return (struct domain){
        .name = text_of(fields_get(&fields, FIELD_DOMAIN_NAME)),
        .validation_domain = text_of(fields_get(&fields, FIELD_VALIDATION_DOMAIN)),
        .method = text_of(fields_get(&fields, FIELD_VALIDATION_METHOD)),
        .status = text_of(fields_get(&fields, FIELD_VALIDATION_STATUS)),
        .record_name = text_at(record, "Name"),
        .record_type = text_at(record, "Type"),
        .record_value = text_at(record, "Value"),
        .redirect_from = text_at(redirect, "RedirectFrom"),
        .redirect_to = text_at(redirect, "RedirectTo"),
        .emails = joined(pool, fields_get(&fields, FIELD_VALIDATION_EMAILS), ", "),
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

static void read_renewal(struct pool *pool, const cJSON *renewal, struct acm_facts *acm)
{
    if (!cJSON_IsObject(renewal)) {
        /* An empty text too: only a missing one or null is absent here. */
        acm->renewal_summary = member_of(pool, cJSON_IsNull(renewal) ? NULL : renewal);
        return;
    }
    acm->renewal_summary = (struct member){MEMBER_OTHER, "{...}"};
    acm->renewal_is_object = true;
    acm->renewal_status = member_of(pool, json_member(renewal, "RenewalStatus"));
    acm->renewal_status_reason = member_of(pool, json_member(renewal, "RenewalStatusReason"));
    acm->renewal_domains = read_domains(pool, json_member(renewal, "DomainValidationOptions"));
}

/* What a summary and a description have in common. */
static void read_acm(struct reading *reading, const struct fields *fields, struct acm_facts *acm)
{
    struct pool *pool = reading->pool;
    acm->status = member_of(pool, fields_get(fields, FIELD_STATUS));
    acm->type = member_of(pool, fields_get(fields, FIELD_TYPE));
    acm->renewal_eligibility = member_of(pool, fields_get(fields, FIELD_RENEWAL_ELIGIBILITY));
    acm->key_algorithm = text_of(fields_get(fields, FIELD_KEY_ALGORITHM));
    acm->created = moment_of(pool, fields_get(fields, FIELD_CREATED_AT));
    acm->issued = moment_of(pool, fields_get(fields, FIELD_ISSUED_AT));
    acm->imported = moment_of(pool, fields_get(fields, FIELD_IMPORTED_AT));
    acm->revoked = moment_of(pool, fields_get(fields, FIELD_REVOKED_AT));
    acm->not_before = moment_of(pool, fields_get(fields, FIELD_NOT_BEFORE));
    /* No list of AWS holds a renewal; what one says all the same is not passed over. */
    read_renewal(pool, fields->of[FIELD_RENEWAL_SUMMARY], acm);
}

static struct observation begin_acm(const struct reading *reading, const struct fields *fields,
                                    const char *pointer, size_t index, struct acm_facts *acm)
{
    struct observation seen =
        begin(reading, pointer, index, fields_get(fields, FIELD_CERTIFICATE_ARN),
              fields_get(fields, FIELD_DOMAIN_NAME));
    seen.not_after = moment_of(reading->pool, fields_get(fields, FIELD_NOT_AFTER));
    seen.acm = acm;
    return seen;
}

void aws_add_acm_summary(struct reading *reading, const cJSON *record, const char *pointer,
                         size_t index)
{
    const struct fields fields = fields_find(record);
    const cJSON *in_use = fields_get(&fields, FIELD_IN_USE);
    struct acm_facts acm = {.issuer = NULL};
    struct observation seen = begin_acm(reading, &fields, pointer, index, &acm);
    read_acm(reading, &fields, &acm);
    seen.kind = OBSERVED_ACM_SUMMARY;
    seen.from_list = true;
    seen.in_use = cJSON_IsTrue(in_use)    ? IN_USE_YES
                  : cJSON_IsFalse(in_use) ? IN_USE_NO
                                          : IN_USE_NOT_STATED;
    partial_add_observation(reading->part, &seen);
}

static void read_alternative_names(struct pool *pool, const cJSON *names_list,
                                   struct acm_facts *acm)
{
    const cJSON *name;
    if (!cJSON_IsArray(names_list) || names_list->child == NULL)
        return;
    acm->alternative_names =
        pool_alloc(pool, (size_t)cJSON_GetArraySize(names_list) * sizeof(const char *));
    cJSON_ArrayForEach(name, names_list)
    {
        if (json_is_text(name) && *name->valuestring != '\0')
            acm->alternative_names[acm->alternative_name_count++] = name->valuestring;
    }
}

void aws_add_acm_description(struct reading *reading, const cJSON *record, const char *pointer)
{
    const struct fields fields = fields_find(record);
    struct pool *pool = reading->pool;
    struct acm_facts acm = {.issuer = text_of(fields_get(&fields, FIELD_ISSUER))};
    struct observation seen = begin_acm(reading, &fields, pointer, OBSERVATION_ALONE, &acm);
    const cJSON *in_use_by = fields_get(&fields, FIELD_IN_USE_BY);
    read_acm(reading, &fields, &acm);
    seen.kind = OBSERVED_ACM_DESCRIPTION;
    acm.serial = text_of(fields_get(&fields, FIELD_SERIAL));
    acm.failure_reason = member_of(pool, fields_get(&fields, FIELD_FAILURE_REASON));
    acm.authority_arn = text_of(fields_get(&fields, FIELD_CERTIFICATE_AUTHORITY_ARN));
    acm.domains = read_domains(pool, fields_get(&fields, FIELD_DOMAIN_VALIDATION_OPTIONS));
    acm.in_use_by = joined(pool, in_use_by, "; ");
    if (cJSON_IsArray(in_use_by))
        seen.in_use = in_use_by->child != NULL ? IN_USE_YES : IN_USE_NO;
    read_alternative_names(pool, fields_get(&fields, FIELD_SUBJECT_ALTERNATIVE_NAMES), &acm);
    partial_add_observation(reading->part, &seen);
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
    if (!json_is_text(algorithm))
        return;
    const char *name = algorithm->valuestring; /* RSA_2048 in the model, RSA-2048 in outputs */
    bool usual = strncmp(name, "RSA", 3) == 0 && (name[3] == '_' || name[3] == '-') &&
                 (strcmp(name + 4, "1024") == 0 || strcmp(name + 4, "2048") == 0);
    list->shows_other_keys |= !usual;
}

static void note_place(struct pool *pool, struct listing *list, const char *arn)
{
    size_t account_length = 0, region_length = 0;
    const char *account = evidence_arn_field(arn, 5, &account_length);
    const char *region = evidence_arn_field(arn, 4, &region_length);
    if (account == NULL || *list->account != '\0')
        return;
    list->account = pool_copy(pool, account, account_length);
    list->region = pool_copy(pool, region, region_length);
}

static void read_element(struct reading *reading, struct listing *list, const cJSON *element,
                         const char *pointer, size_t index)
{
    struct partial *part = reading->part;
    if (!cJSON_IsObject(element)) {
        struct text detail = TEXT_EMPTY;
        text_addf(&detail, "%s/%zu", pointer, index);
        partial_add_problem(part, DIAG_ELEMENT_NOT_OBJECT, reading->line, reading->column,
                            text_string(&detail));
        text_free(&detail);
        return;
    }
    if (list->service == SERVICE_IAM)
        aws_add_iam_record(reading, element, pointer, index);
    else
        aws_add_acm_summary(reading, element, pointer, index);
    note_key_algorithm(list, element);
    note_place(part->pool, list, observation_arn(part->records[part->record_count - 1]));
}

bool aws_read_list(struct reading *reading, const cJSON *root, const char *name,
                   const char *pointer, enum service service)
{
    struct partial *part = reading->part;
    const cJSON *array = json_member(root, name), *element;
    const char *sign = goes_on(root);
    size_t index = 0;
    if (!cJSON_IsArray(array)) {
        partial_add_problem(part, DIAG_NOT_A_LIST, reading->line, reading->column, name);
        return false;
    }
    struct listing *list = pool_alloc(part->pool, sizeof *list);
    *list = (struct listing){part->listings, part->file, service, 0, sign != NULL, false, "", ""};
    part->listings = list;
    cJSON_ArrayForEach(element, array) read_element(reading, list, element, pointer, index++);
    list->count = index;
    if (sign != NULL)
        partial_add_problem(part, DIAG_TRUNCATED_LIST, reading->line, reading->column, sign);
    return true;
}

bool aws_is_empty(struct reading *reading, const cJSON *record, const char *name)
{
    if (record->child != NULL)
        return false;
    partial_add_problem(reading->part, DIAG_EMPTY_CERTIFICATE, reading->line, reading->column,
                        name);
    return true;
}
