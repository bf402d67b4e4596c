/* readers.c: which readers there are, and which of them reads a document. */
#include "aws/readers.h"
#include "base/text.h"
#include <string.h>

const struct reader *const readers[] = {
    &read_acm_describe, &read_acm_list,   &read_acm_description,
    &read_acm_summary,  &read_iam_get,    &read_iam_list,
    &read_iam_metadata, &read_iam_upload, NULL,
};

static void note(struct reading *reading, enum diag_id id, const char *detail)
{
    partial_add_problem(reading->part, id, reading->line, reading->column, detail);
}

/* The names of an object's first members: enough to tell what wrote it. */
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
        text_add(text, "an object without members");
}

/* A member by which outputs are told, but with nothing in it: such an export was emptied, and is
 * not another command's. A text under Certificate is: `aws acm get-certificate` writes it. */
static const char *hollow_member(const cJSON *root)
{
    static const char *const members[] = {"Certificate",
                                          "CertificateArn",
                                          "CertificateSummaryList",
                                          "ServerCertificate",
                                          "ServerCertificateMetadata",
                                          "ServerCertificateMetadataList"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(root, members[i]);
        if (member != NULL && !(i == 0 && cJSON_IsString(member)))
            return members[i];
    }
    return NULL;
}

static void read_object(struct reading *reading, const cJSON *root)
{
    const struct reader *claiming = NULL;
    struct text detail = TEXT_EMPTY;
    for (size_t i = 0; readers[i] != NULL; i++) {
        if (!readers[i]->claims(root))
            continue;
        if (claiming != NULL) {
            text_addf(&detail, "%s and %s", claiming->kind, readers[i]->kind);
            note(reading, DIAG_TWO_KINDS, text_string(&detail));
            text_free(&detail);
            return;
        }
        claiming = readers[i];
    }
    const char *hollow = claiming == NULL ? hollow_member(root) : NULL;
    if (hollow != NULL) {
        note(reading, DIAG_NO_CONTENT, hollow);
    } else if (claiming == NULL) {
        add_members(root, &detail);
        note(reading, DIAG_UNRELATED, text_string(&detail));
        text_free(&detail);
    } else if (claiming->read(reading, root)) {
        reading->part->documents++;
        partial_add_kind(reading->part, claiming->kind);
    }
}

static void note_bare_value(struct reading *reading, const cJSON *root)
{
    struct text detail = TEXT_EMPTY;
    if (cJSON_IsString(root)) {
        text_add(&detail, "\"");
        text_add_visible(&detail, root->valuestring);
        text_add(&detail, "\"");
    } else if (cJSON_IsNumber(root))
        text_add(&detail, root->valuestring);
    else
        text_add(&detail, cJSON_IsTrue(root) ? "true" : "false");
    note(reading, DIAG_BARE_VALUE, text_string(&detail));
    text_free(&detail);
}

void readers_read(struct reading *reading, const cJSON *root)
{
    if (cJSON_IsObject(root))
        read_object(reading, root);
    else if (cJSON_IsArray(root))
        note(reading, DIAG_NESTED_ARRAY, NULL);
    else if (cJSON_IsNull(root))
        note(reading, DIAG_NULL_DOCUMENT, NULL);
    else
        note_bare_value(reading, root);
}
