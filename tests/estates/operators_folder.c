/* operators_folder.c: whole files, identifiers, and the auditor's own files. */
#include "base/memory.h"
#include "estates/operators.h"
#include "support/harness.h"
#include <ctype.h>
#include <string.h>

/* Folds a name as the contract's list of traces is compared. */
static const char *folded(const char *name)
{
    char *text = harness_keep(strdup(name)), *to = text;
    for (const char *at = name; *at != '\0'; at++)
        if (strchr("_- ", *at) == NULL)
            *to++ = (char)tolower((unsigned char)*at);
    *to = '\0';
    return text;
}

static bool is_trace(const cJSON *at)
{
    static const char *const names[] = {"certificatesummarylist",
                                        "servercertificatemetadatalist",
                                        "servercertificatemetadata",
                                        "servercertificateid",
                                        "certificatearn",
                                        "domainvalidationoptions",
                                        "validationstatus",
                                        "renewalsummary",
                                        "renewalstatus",
                                        "renewaleligibility"};
    const char *text = cJSON_GetStringValue(at), *name = folded(at->string);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return text != NULL && strncmp(text, "arn:", 4) == 0 &&
           (strstr(text, ":server-certificate/") != NULL || strstr(text, ":certificate/") != NULL);
}

static bool is_record(const cJSON *object)
{
    size_t traces = 0;
    bool upload = false, status = false;
    const cJSON *at;
    cJSON_ArrayForEach(at, object)
    {
        traces += is_trace(at);
        upload |= strcmp(folded(at->string), "uploaddate") == 0;
        const char *text = cJSON_GetStringValue(at);
        status |= strcmp(folded(at->string), "status") == 0 && text != NULL &&
                  strcmp(text, "SOMETHING") != 0;
    }
    return upload || traces > 1 || (traces > 0 && status);
}

bool operators_has_records(const cJSON *tree)
{
    const cJSON *at;
    if (cJSON_IsObject(tree) && is_record(tree))
        return true;
    cJSON_ArrayForEach(at, tree) if (at->child != NULL && operators_has_records(at)) return true;
    return false;
}

static bool remove_file(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)estate;
    (void)random;
    file->removed = true;
    return true;
}

static bool rename_file(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    static const char *const endings[] = {".txt", ".log", "", ".JSON", ".csv", ".md"};
    (void)estate;
    operators_rename(file, endings[estate_below(random, sizeof endings / sizeof endings[0])]);
    return true;
}

static bool name_archive(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)estate;
    operators_rename(file, estate_chance(random, 50) ? ".zip" : ".msg");
    return true;
}

static bool duplicate(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)random;
    if (estate->file_count == ESTATE_FILES)
        return false;
    struct estate_file *copy = &estate->files[estate->file_count++];
    *copy = *file;
    operators_rename(copy, "-copy.json");
    return true;
}

/* Replaces each run of what is to be masked in every text of the tree. */
static const char *masked(const char *text, const char *secret, const char *mask)
{
    const char *at;
    while ((at = strstr(text, secret)) != NULL)
        text = harness_format("%.*s%s%s", (int)(at - text), text, mask, at + strlen(secret));
    return text;
}

static void mask_tree(cJSON *tree, const char *secret, const char *mask)
{
    cJSON *at;
    cJSON_ArrayForEach(at, tree)
    {
        if (cJSON_IsString(at) && strstr(at->valuestring, secret) != NULL)
            cJSON_SetValuestring(at, masked(at->valuestring, secret, mask));
        mask_tree(at, secret, mask);
    }
}

static void mask_all(struct estate *estate, const char *secret, const char *mask)
{
    for (size_t i = 0; i < estate->document_count; i++)
        mask_tree(estate->documents[i].tree, secret, mask);
    for (size_t i = 0; i < estate->count; i++)
        estate->certificates[i].arn = masked(estate->certificates[i].arn, secret, mask);
}

/* If the scope only excludes, certificates of masked accounts count: it no longer names them. */
static bool excludes_only(const struct estate *estate)
{
    for (size_t i = 0; i < estate->scope_count; i++)
        if (estate->scope[i].in_scope)
            return false;
    return estate->scope_count > 0;
}

static bool mask_accounts(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    static const char *const masks[] = {"xxxxxxxxxxxx", "XXXXXXXXXXXX", "************", "REDACTED"};
    const char *mask = masks[estate_below(random, 4)];
    (void)file;
    if (excludes_only(estate))
        return false;
    for (size_t i = 0; i < estate->account_count; i++)
        mask_all(estate, estate->accounts[i], mask);
    return true;
}

static bool mask_ids(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    static const char *const masks[] = {"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "REDACTED", "****"};
    const char *mask = masks[estate_below(random, 3)];
    (void)file;
    for (size_t i = 0; i < estate->count; i++)
        if (!estate->certificates[i].iam)
            mask_all(estate, strrchr(estate->certificates[i].arn, '/') + 1, mask);
    return true;
}

static bool mask_both(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return mask_accounts(estate, file, random) && mask_ids(estate, file, random);
}

static bool add_foreign(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    static const char *const texts[] = {
        "{\"Certificate\": {\"CertificateIdentifier\": \"rds-ca-2019\", \"CertificateType\": "
        "\"CA\", "
        "\"Thumbprint\": \"d404\", \"ValidTill\": \"2024-08-22T17:08:50+00:00\", "
        "\"CertificateArn\": \"arn:aws:rds:us-east-1::cert:rds-ca-2019\"}}\n",
        "{\"Certificate\": {\"CertificateIdentifier\": \"dms\", \"CertificateArn\": "
        "\"arn:aws:dms:us-east-1:111122223333:cert:ABC\", \"CertificateOwner\": "
        "\"111122223333\"}}\n",
        "{\"Certificate\": {\"Arn\": "
        "\"arn:aws:transfer:us-east-1:111122223333:certificate/cert-1\", "
        "\"CertificateId\": \"cert-1\", \"Usage\": \"SIGNING\", \"Status\": \"ACTIVE\"}}\n",
        "{\"Certificate\": {\"UserName\": \"bob\", \"CertificateId\": "
        "\"TA7SMP42TDN5Z26OBPJE7EXAMPLE\", "
        "\"CertificateBody\": \"x\", \"Status\": \"Active\", \"UploadDate\": "
        "\"2013-06-06T21:40:08Z\"}}\n",
        "{\"Certificates\": [{\"UserName\": \"bob\", \"CertificateId\": \"TA7SMP42TDN5Z26OBPJE7\", "
        "\"Status\": \"Active\", \"UploadDate\": \"2013-06-06T21:40:08Z\"}]}\n",
        "{\"SSHPublicKeys\": [{\"UserName\": \"bob\", \"SSHPublicKeyId\": \"APKA\", \"Status\": "
        "\"Active\", \"UploadDate\": \"2013-06-06T21:40:08Z\"}]}\n"};
    if (estate->file_count == ESTATE_FILES)
        return false;
    struct estate_file *added = &estate->files[estate->file_count++];
    (void)file;
    *added = (struct estate_file){.path = "other-service.json"};
    const char *text = texts[estate_below(random, sizeof texts / sizeof texts[0])];
    operators_set_bytes(added, text, strlen(text));
    return true;
}

/* The scope, written otherwise. */
static bool change_scope(struct estate *estate, const char *from, const char *to)
{
    if (estate->scope_text == NULL)
        return false;
    const char *text = "", *line = estate->scope_text;
    for (; *line != '\0'; line++)
        text =
            *line == *from ? harness_format("%s%s", text, to) : harness_format("%s%c", text, *line);
    estate->scope_text = text;
    estate->scope_length = strlen(text);
    return true;
}

static bool scope_semicolons(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)file;
    if (!change_scope(estate, ",", estate_chance(random, 50) ? ";" : "\t"))
        return false;
    if (estate_chance(random, 30) && strchr(estate->scope_text, ';') != NULL)
        estate->scope_text = harness_format("sep=;\n%s", estate->scope_text);
    if (estate_chance(random, 30))
        estate->scope_text = harness_format("%s;;;;;;;\r\n", estate->scope_text);
    estate->scope_length = strlen(estate->scope_text);
    return true;
}

static bool scope_utf16(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)file;
    (void)random;
    if (estate->scope_text == NULL)
        return false;
    char *bytes = harness_keep(memory_resize(NULL, 2 * estate->scope_length + 3, 1));
    size_t length = 0;
    bytes[length++] = '\xFF';
    bytes[length++] = '\xFE';
    for (const char *at = estate->scope_text; *at != '\0'; at++) {
        bytes[length++] = *at;
        bytes[length++] = '\0';
    }
    estate->scope_text = bytes;
    estate->scope_length = length;
    return true;
}

static bool scope_capitals(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)file;
    (void)random;
    if (estate->scope_text == NULL)
        return false;
    const char *rest = strchr(estate->scope_text, '\n');
    estate->scope_text =
        harness_format("Account,Region,Service,Name,Owner,Environment,In Scope,Note%s", rest);
    estate->scope_length = strlen(estate->scope_text);
    return true;
}

static bool scope_damage(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    if (estate->scope_text == NULL)
        return false;
    const char *account = strchr(estate->scope_text, '\n') + 1;
    int header = (int)(account - estate->scope_text);
    static const char *const texts[] = {"1.11122E+11",    "11122223333",   "1111-2222-3333",
                                        "1111 2222 3333", "1111222233334", "all"};
    (void)file;
    estate->scope_text = harness_format("%.*s%s%s", header, estate->scope_text,
                                        texts[estate_below(random, 6)], strchr(account, ','));
    estate->scope_length = strlen(estate->scope_text);
    return true;
}

const struct estate_operator operators_folder[] = {
    {"remove-file", 0, remove_file},
    {"rename-file", OPERATOR_SAME, rename_file},
    {"name-archive", OPERATOR_NAMED, name_archive},
    {"duplicate", OPERATOR_SAME, duplicate},
    {"mask-accounts", 0, mask_accounts},
    {"mask-ids", 0, mask_ids},
    {"mask-both", 0, mask_both},
    {"add-foreign", OPERATOR_SAME, add_foreign},
    {"scope-semicolons", OPERATOR_REFUSABLE, scope_semicolons},
    {"scope-utf-16", OPERATOR_REFUSABLE, scope_utf16},
    {"scope-capitals", OPERATOR_REFUSABLE, scope_capitals},
    {"scope-damage", OPERATOR_REFUSED, scope_damage},
};
const size_t operators_folder_count = sizeof operators_folder / sizeof operators_folder[0];
