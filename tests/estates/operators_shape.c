/* operators_shape.c: outputs inside other documents, cut down, spelt otherwise: still JSON. */
#include "estates/operators.h"
#include "support/harness.h"
#include <ctype.h>
#include <string.h>

static cJSON **tree_of(struct estate *estate, const struct estate_file *file, size_t document)
{
    return &estate->documents[file->documents[document]].tree;
}

static bool for_each(struct estate *estate, struct estate_file *file, uint64_t *random,
                     bool (*change)(cJSON **tree, uint64_t *random))
{
    bool changed = false;
    for (size_t i = 0; i < file->count; i++)
        changed |= change(tree_of(estate, file, i), random);
    return changed;
}

static cJSON *member(const char *name, cJSON *value)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, name, value);
    return object;
}

static cJSON *element(cJSON *value)
{
    cJSON *array = cJSON_CreateArray();
    cJSON_AddItemToArray(array, value);
    return array;
}

static bool in_region(cJSON **tree, uint64_t *random)
{
    *tree = member(estate_chance(random, 50) ? "us-east-1" : "111122223333", *tree);
    return true;
}

static bool in_response(cJSON **tree, uint64_t *random)
{
    *tree = member(estate_chance(random, 50) ? "response" : "output", *tree);
    return true;
}

static bool in_data(cJSON **tree, uint64_t *random)
{
    (void)random;
    *tree = member("data", element(*tree));
    return true;
}

static cJSON *as_text(const cJSON *tree)
{
    return cJSON_CreateString(harness_keep(cJSON_PrintUnformatted(tree)));
}

static bool in_body(cJSON **tree, uint64_t *random)
{
    (void)random;
    *tree = member("body", as_text(*tree));
    return true;
}

static bool in_text(cJSON **tree, uint64_t *random)
{
    (void)random;
    *tree = as_text(*tree);
    return true;
}

static bool in_arrays(cJSON **tree, uint64_t *random)
{
    (void)random;
    *tree = element(element(*tree));
    return true;
}

/* Deeper than the eight levels that are read. */
static bool in_depth(cJSON **tree, uint64_t *random)
{
    bool records = operators_has_records(*tree);
    for (size_t i = 9 + estate_below(random, 8); i > 0; i--)
        *tree = estate_chance(random, 50) ? member("next", *tree) : element(*tree);
    return records;
}

static bool beside_list(cJSON **tree, uint64_t *random)
{
    cJSON *list = member(estate_chance(random, 50) ? "CertificateSummaryList"
                                                   : "ServerCertificateMetadataList",
                         cJSON_CreateArray());
    cJSON_AddItemToObject(list, "Details", *tree);
    *tree = list;
    return true;
}

#define WRAPPER(name)                                                                              \
    static bool name##_all(struct estate *estate, struct estate_file *file, uint64_t *random)      \
    {                                                                                              \
        return for_each(estate, file, random, name);                                               \
    }
WRAPPER(in_region)
WRAPPER(in_response)
WRAPPER(in_data)
WRAPPER(in_body)
WRAPPER(in_text)
WRAPPER(in_arrays)
WRAPPER(in_depth)
WRAPPER(beside_list)

/* The object that describes a certificate in a document, or one of those in a list. */
static cJSON *some_record(cJSON *tree, uint64_t *random)
{
    static const char *const names[] = {"Certificate", "ServerCertificate",
                                        "ServerCertificateMetadata", "CertificateSummaryList",
                                        "ServerCertificateMetadataList"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cJSON *inner = cJSON_GetObjectItemCaseSensitive(tree, names[i]);
        if (cJSON_IsObject(inner))
            return some_record(inner, random);
        int count = cJSON_GetArraySize(inner);
        if (cJSON_IsArray(inner))
            return count == 0 ? NULL
                              : cJSON_GetArrayItem(inner, (int)estate_below(random, (size_t)count));
    }
    return tree;
}

static void drop(cJSON *object, const char *name)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
}

/* Without a mark of a whole description, a missing RenewalSummary must not go unseen. */
static void drop_renewal(cJSON *record, uint64_t *random)
{
    static const char *const marks[] = {"InUseBy", "Options", "RenewalEligibility"};
    drop(record, "RenewalSummary");
    drop(record, marks[estate_below(random, 3)]);
}

/* Drops random members, as jq or --query would, but leaves what makes it a record. */
static bool project(cJSON **tree, uint64_t *random)
{
    cJSON *trial = cJSON_Duplicate(*tree, true), *record = some_record(trial, random);
    if (record == NULL)
        return false;
    size_t share = estate_chance(random, 50) ? 10 : 10 + estate_below(random, 80);
    if (estate_chance(random, 50))
        drop_renewal(record, random);
    for (cJSON *at = record->child, *next; at != NULL; at = next) {
        next = at->next;
        if (!estate_chance(random, share) || strcmp(at->string, "NextToken") == 0 ||
            strcmp(at->string, "IsTruncated") == 0)
            continue;
        if (strcmp(at->string, "RenewalSummary") == 0) {
            drop_renewal(record, random);
            next = record->child; /* it may have dropped the next one */
            share /= 2;
        } else
            drop(record, at->string);
    }
    if (!operators_has_records(trial))
        return false;
    *tree = trial;
    return true;
}

static bool project_renewal(cJSON **tree, uint64_t *random)
{
    cJSON *record = some_record(*tree, random);
    if (cJSON_GetObjectItemCaseSensitive(record, "DomainValidationOptions") == NULL)
        return false;
    drop_renewal(record, random);
    return true;
}

/* {arn, status, renewal: RenewalSummary.RenewalStatus}, as a projection to a table would. */
static bool move_renewal(cJSON **tree, uint64_t *random)
{
    static const char *const dropped[] = {"InUseBy", "Options", "RenewalEligibility",
                                          "UpdateSummary", "KeyAlgorithm"};
    cJSON *record = some_record(*tree, random);
    cJSON *renewal = cJSON_GetObjectItemCaseSensitive(record, "RenewalSummary");
    const char *status =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(renewal, "RenewalStatus"));
    if (status == NULL)
        return false;
    cJSON_AddStringToObject(record, "RenewalStatus", status);
    drop(record, "RenewalSummary");
    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
        if (i < 3 ? estate_chance(random, 80) : estate_chance(random, 50))
            drop(record, dropped[i]);
    return true;
}

static bool drop_arn(cJSON **tree, uint64_t *random)
{
    cJSON *record = some_record(*tree, random);
    if (record == NULL)
        return false;
    drop(record, "CertificateArn");
    drop(record, "Arn");
    return operators_has_records(*tree);
}

static bool unwrap(cJSON **tree, uint64_t *random)
{
    cJSON *inner = cJSON_GetObjectItemCaseSensitive(*tree, "Certificate");
    if (inner == NULL)
        inner = cJSON_GetObjectItemCaseSensitive(
            cJSON_GetObjectItemCaseSensitive(*tree, "ServerCertificate"),
            "ServerCertificateMetadata");
    (void)random;
    if (inner == NULL)
        return false;
    *tree = cJSON_Duplicate(inner, true);
    return true;
}

/* A list of nothing but descriptions' state: no ARN anywhere. */
static bool fragment(cJSON **tree, uint64_t *random)
{
    static const char *const kept[] = {"Status", "RenewalSummary", "DomainValidationOptions"};
    cJSON *record = some_record(*tree, random), *object = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        cJSON *value = cJSON_GetObjectItemCaseSensitive(record, kept[i]);
        if (value != NULL)
            cJSON_AddItemToObject(object, kept[i], cJSON_Duplicate(value, true));
    }
    if (!operators_has_records(object))
        return false;
    *tree = object;
    return true;
}

static bool list_alone(cJSON **tree, uint64_t *random)
{
    cJSON *list = cJSON_GetObjectItemCaseSensitive(*tree, "CertificateSummaryList");
    if (list == NULL)
        list = cJSON_GetObjectItemCaseSensitive(*tree, "ServerCertificateMetadataList");
    (void)random;
    /* A truncated list loses the mark that says so. */
    if (cJSON_GetArraySize(list) == 0 || cJSON_GetArraySize(*tree) != 1)
        return false;
    *tree = cJSON_Duplicate(list, true);
    return true;
}

static bool list_as_object(cJSON **tree, uint64_t *random)
{
    cJSON *list = (*tree)->child;
    (void)random;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) != 1)
        return false;
    cJSON_ReplaceItemInObjectCaseSensitive(*tree, list->string, cJSON_Duplicate(list->child, true));
    return true;
}

static bool list_of_wrapped(cJSON **tree, uint64_t *random)
{
    cJSON *list = (*tree)->child, *wrapped = cJSON_CreateArray(), *at;
    (void)random;
    if (!cJSON_IsArray(list) || list->child == NULL)
        return false;
    cJSON_ArrayForEach(at, list)
        cJSON_AddItemToArray(wrapped, member(strcmp(list->string, "CertificateSummaryList") == 0
                                                 ? "Certificate"
                                                 : "ServerCertificateMetadata",
                                             cJSON_Duplicate(at, true)));
    cJSON_ReplaceItemInObjectCaseSensitive(*tree, list->string, wrapped);
    return true;
}

enum spelling { CAMEL, SNAKE, LOWER, SPACED };

static const char *spell(const char *name, enum spelling spelling)
{
    const char *text = "";
    for (const char *at = name; *at != '\0'; at++) {
        bool upper = isupper((unsigned char)*at) != 0;
        bool low = spelling != SPACED && (spelling != CAMEL || at == name);
        const char *gap = upper && at > name ? spelling == SNAKE    ? "_"
                                               : spelling == SPACED ? " "
                                                                    : ""
                                             : "";
        text = harness_format("%s%s%c", text, gap, low ? tolower((unsigned char)*at) : *at);
    }
    return text;
}

static cJSON *respell(const cJSON *tree, enum spelling spelling)
{
    if (!cJSON_IsObject(tree) && !cJSON_IsArray(tree))
        return cJSON_Duplicate(tree, true);
    cJSON *copy = cJSON_IsObject(tree) ? cJSON_CreateObject() : cJSON_CreateArray(), *at;
    cJSON_ArrayForEach(at, tree)
    {
        if (cJSON_IsArray(copy))
            cJSON_AddItemToArray(copy, respell(at, spelling));
        else
            cJSON_AddItemToObject(copy, spell(at->string, spelling), respell(at, spelling));
    }
    return copy;
}

#define SPELLING(name, spelling)                                                                   \
    static bool name(cJSON **tree, uint64_t *random)                                               \
    {                                                                                              \
        (void)random;                                                                              \
        *tree = respell(*tree, spelling);                                                          \
        return operators_has_records(*tree);                                                       \
    }                                                                                              \
    WRAPPER(name)
SPELLING(camel_case, CAMEL)
SPELLING(snake_case, SNAKE)
SPELLING(lower_case, LOWER)
SPELLING(spaced, SPACED)

/* Enumerations as Windows PowerShell writes them. */
static bool powershell(cJSON **tree, uint64_t *random)
{
    static const char *const names[] = {"Status", "Type", "RenewalStatus", "KeyAlgorithm"};
    bool changed = false;
    cJSON *at;
    if (cJSON_IsObject(*tree))
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            cJSON *value = cJSON_GetObjectItemCaseSensitive(*tree, names[i]);
            changed |= cJSON_IsString(value);
            if (cJSON_IsString(value))
                cJSON_ReplaceItemInObjectCaseSensitive(
                    *tree, names[i], member("Value", cJSON_Duplicate(value, true)));
        }
    cJSON_ArrayForEach(at, *tree) if (cJSON_IsObject(at) || cJSON_IsArray(at))
    {
        cJSON *inner = at;
        changed |= powershell(&inner, random);
    }
    return changed;
}

WRAPPER(project)
WRAPPER(project_renewal)
WRAPPER(move_renewal)
WRAPPER(drop_arn)
WRAPPER(unwrap)
WRAPPER(fragment)
WRAPPER(list_alone)
WRAPPER(list_as_object)
WRAPPER(list_of_wrapped)
WRAPPER(powershell)

/* Only in a certificate that has a list's summary and a description can a contradiction be seen. */
static cJSON *contradicted(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    struct estate_document *at =
        &estate->documents[file->documents[estate_below(random, file->count)]];
    if (at->kind != ESTATE_DESCRIPTION || !estate->certificates[at->certificates[0]].listed)
        return NULL;
    estate->touched = at->certificates[0];
    return some_record(at->tree, random);
}

static bool replace(cJSON *record, const char *name, const char *value)
{
    const char *old = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, name));
    if (record == NULL || old == NULL || strcmp(old, value) == 0)
        return false;
    return cJSON_ReplaceItemInObjectCaseSensitive(record, name, cJSON_CreateString(value));
}

static bool contradict_type(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return replace(contradicted(estate, file, random), "Type", "IMPORTED");
}

static bool contradict_status(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return replace(contradicted(estate, file, random), "Status",
                   estate_chance(random, 50) ? "EXPIRED" : "ISSUED");
}

static bool contradict_not_after(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    cJSON *record = contradicted(estate, file, random);
    if (record == NULL)
        return false;
    struct estate_time time = estate->certificates[estate->touched].not_after;
    if (time.kind != ESTATE_TIME_GOOD)
        return false;
    return cJSON_ReplaceItemInObjectCaseSensitive(record, "NotAfter",
                                                  cJSON_CreateString(time.at < ESTATE_AS_OF
                                                                         ? "2027-05-05T00:00:00Z"
                                                                         : "2026-05-05T00:00:00Z"));
}

const struct estate_operator operators_shape[] = {
    {"in-region", OPERATOR_NAMED, in_region_all},
    {"in-response", OPERATOR_NAMED, in_response_all},
    {"in-data", OPERATOR_NAMED, in_data_all},
    {"in-body-text", OPERATOR_NAMED, in_body_all},
    {"as-text", OPERATOR_NAMED, in_text_all},
    {"in-arrays", OPERATOR_NAMED, in_arrays_all},
    {"in-depth", OPERATOR_NAMED | OPERATOR_FAULT, in_depth_all},
    {"beside-list", OPERATOR_NAMED, beside_list_all},
    {"project", 0, project_all},
    {"project-renewal", OPERATOR_OPEN, project_renewal_all},
    {"move-renewal", 0, move_renewal_all},
    {"drop-arn", 0, drop_arn_all},
    {"unwrap", OPERATOR_SAME, unwrap_all},
    {"fragment", OPERATOR_NAMED, fragment_all},
    {"list-alone", 0, list_alone_all},
    {"list-as-object", OPERATOR_NAMED | OPERATOR_FAULT, list_as_object_all},
    {"list-of-wrapped", OPERATOR_NAMED, list_of_wrapped_all},
    {"camel-case", OPERATOR_NAMED, camel_case_all},
    {"snake-case", OPERATOR_NAMED, snake_case_all},
    {"lower-case", OPERATOR_NAMED, lower_case_all},
    {"spaced-names", OPERATOR_NAMED, spaced_all},
    {"powershell", 0, powershell_all},
    {"contradict-type", OPERATOR_CONFLICT, contradict_type},
    {"contradict-status", OPERATOR_CONFLICT, contradict_status},
    {"contradict-not-after", OPERATOR_CONFLICT, contradict_not_after},
};
const size_t operators_shape_count = sizeof operators_shape / sizeof operators_shape[0];
