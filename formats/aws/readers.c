/* readers.c: see readers.h. */
#include "aws/readers.h"
#include "aws/aws.h"
#include "aws/unread.h"
#include "base/text.h"
#include "json/json.h"
#include <string.h>

const struct reader *const readers[] = {
    &read_acm_describe, &read_acm_list,   &read_acm_description,
    &read_acm_summary,  &read_iam_get,    &read_iam_list,
    &read_iam_metadata, &read_iam_upload, NULL,
};

/* The names of an object's first members: enough to recognise what wrote it. */
static void add_members(const cJSON *root, struct text *text)
{
    enum { MEMBERS_NAMED = 3 };
    size_t count = 0;
    for (const cJSON *member = root->child; member != NULL; member = member->next) {
        if (++count > MEMBERS_NAMED) {
            text_add(text, ", ...");
            return;
        }
        text_add(text, count == 1 ? "its members: " : ", ");
        text_add_visible(text, member->string);
    }
    if (count == 0)
        text_add(text, "an empty object");
}

/* The name of a member that marks an output which is read, but without content: the export was
 * emptied. A text in Certificate is the output of `aws acm get-certificate`; an object there or a
 * text in CertificateArn may be of another service. */
static const char *find_empty_member(const cJSON *root)
{
    static const struct {
        const char *name;
        int fine; /* types of cJSON */
    } members[] = {{"Certificate", cJSON_String | cJSON_Object},
                   {"CertificateArn", cJSON_String},
                   {"CertificateSummaryList", 0},
                   {"ServerCertificate", 0},
                   {"ServerCertificateMetadata", 0},
                   {"ServerCertificateMetadataList", 0}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(root, members[i].name);
        if (member != NULL && (json_is_absent(member) || (member->type & members[i].fine) == 0))
            return members[i].name;
    }
    return NULL;
}

/* AWS Config prints QueryInfo, too; acm search-certificates prints Results alone. */
static bool is_empty_results(const cJSON *root)
{
    const cJSON *results = cJSON_GetObjectItemCaseSensitive(root, "Results");
    return cJSON_IsArray(results) && results->child == NULL &&
           json_member(root, "QueryInfo") == NULL;
}

/* No reader claims the document. */
static void name_unclaimed(struct reading *reading, const cJSON *root)
{
    const char *empty = find_empty_member(root);
    if (empty != NULL) {
        aws_add_problem(reading, DIAG_NO_CONTENT, empty);
    } else if (is_empty_results(root)) {
        aws_add_problem(reading, DIAG_EMPTY_RESULTS, NULL);
    } else {
        unread_look(reading, root, "");
        if (unread_conclude(reading))
            return;
        struct text detail = TEXT_EMPTY;
        add_members(root, &detail);
        aws_add_problem(reading, DIAG_UNRELATED, text_string(&detail));
        text_free(&detail);
    }
}

static void read_object(struct reading *reading, const cJSON *root)
{
    const struct reader *claiming = NULL;
    for (size_t i = 0; readers[i] != NULL; i++) {
        if (!readers[i]->claims(root))
            continue;
        if (claiming != NULL) {
            struct text detail = TEXT_EMPTY;
            text_addf(&detail, "%s and %s", claiming->kind, readers[i]->kind);
            aws_add_problem(reading, DIAG_TWO_KINDS, text_string(&detail));
            text_free(&detail);
            return;
        }
        claiming = readers[i];
    }
    if (claiming == NULL) {
        name_unclaimed(reading, root);
        return;
    }
    if (claiming->read(reading, root)) {
        reading->part->documents++;
        partial_add_kind(reading->part, claiming->kind);
    }
    (void)unread_conclude(reading);
}

/* A text may contain JSON, or be the ARN of a certificate. */
static void add_bare_value(struct reading *reading, const cJSON *root)
{
    struct text detail = TEXT_EMPTY;
    unread_look(reading, root, "");
    if (unread_conclude(reading))
        return;
    if (cJSON_IsString(root)) {
        text_add(&detail, "\"");
        text_add_visible(&detail, root->valuestring);
        text_add(&detail, "\"");
    } else if (cJSON_IsNumber(root))
        text_add(&detail, root->valuestring);
    else
        text_add(&detail, cJSON_IsTrue(root) ? "true" : "false");
    aws_add_repeated(reading, DIAG_BARE_VALUE, text_string(&detail), "");
    text_free(&detail);
}

void readers_read(struct reading *reading, const cJSON *root)
{
    if (cJSON_IsObject(root))
        read_object(reading, root);
    else if (cJSON_IsArray(root))
        aws_add_problem(reading, DIAG_NESTED_ARRAY, NULL);
    else if (cJSON_IsNull(root))
        aws_add_problem(reading, DIAG_NULL_DOCUMENT, NULL);
    else
        add_bare_value(reading, root);
}
