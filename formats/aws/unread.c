/* unread.c: see unread.h. */
#include "aws/unread.h"
#include "aws/traces.h"
#include "base/pool.h"
#include "base/text.h"
#include "json/json.h"
#include <stdlib.h>
#include <string.h>

enum {
    ARN_MOST = 2048,   /* a longer text is not an ARN */
    POINTER_MOST = 256 /* of a longer one the beginning is kept: a document may have thousands */
};

static const char wrapped[] = "; save each command's output as it is, in a file of its own";
static const char in_text[] = "; save the JSON inside the text in a file of its own";
static const char other_iam[] =
    "; provide the output of aws iam list-server-certificates --output json";
static const char other_acm[] =
    "; provide the output of aws acm describe-certificate --output json "
    "for each certificate";

struct look {
    struct reading *reading;
    struct text pointer; /* of the value that is looked at */
};

/* What an object or a text shows of a certificate. */
struct signs {
    unsigned int names; /* a bit for each of traces_names, without lists and CertificateArn */
    bool list;          /* the name of a list of certificates */
    bool arn;           /* a certificate's ARN, or CertificateArn; any number counts once */
    bool certificate;   /* a certificate's ARN */
    bool foreign;       /* Arn or CertificateArn is of another service */
    bool iam;
    bool spelled; /* a name is spelled as in an output */
    bool status;  /* a Status of the ACM API */
    bool upload, other_upload;
};

static bool is_list(const char *trace)
{
    return strcmp(trace, "certificatesummarylist") == 0 ||
           strcmp(trace, "servercertificatemetadatalist") == 0;
}

static bool is_list_name(const char *name)
{
    size_t trace = traces_find(name, strlen(name));
    return trace != TRACES_NONE && is_list(traces_names[trace]);
}

/* Whether the ARN is a pattern of a policy. Masks have more than one asterisk in a row. */
static bool is_pattern(const char *arn, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (arn[i] == '?' || (arn[i] == '*' && arn[i - 1] != '*' && arn[i + 1] != '*') ||
            (arn[i] == '$' && arn[i + 1] == '{'))
            return true;
    return false;
}

static bool is_certificate(const char *arn, size_t length, enum service *service)
{
    return length <= ARN_MOST && traces_is_certificate_arn(arn, length, service) &&
           !is_pattern(arn, length);
}

static bool begins_arn(const char *text)
{
    return text[0] == 'a' && strncmp(text, "arn:", strlen("arn:")) == 0;
}

static bool is_whole_certificate(const char *text, enum service *service)
{
    return begins_arn(text) && strpbrk(text, " \t\r\n\"") == NULL &&
           is_certificate(text, strlen(text), service);
}

static bool is_acm_status(const char *value, size_t length)
{
    static const char *const values[] = {"pendingvalidation",  "issued",  "inactive", "expired",
                                         "validationtimedout", "revoked", "failed"};
    for (size_t i = 0; length >= strlen("issued") && i < sizeof values / sizeof values[0]; i++)
        if (traces_is_same(value, length, values[i]))
            return true;
    return false;
}

static bool may_begin_name(char first)
{
    switch (first | 0x20) {
    case 'c':
    case 'd':
    case 'r':
    case 's':
    case 'u':
    case 'v':
        return true;
    default: /* blanks, `_` and `-` */
        return traces_fold(first) == '\0';
    }
}

static void add_name(struct signs *signs, const char *name, size_t length)
{
    /* Most names and words begin with another letter, or are shorter than Status. */
    if (length < strlen("status") || !may_begin_name(*name))
        return;
    size_t trace = traces_find(name, length);
    if (trace == TRACES_NONE) {
        signs->status |= traces_is_same(name, length, "status");
        signs->upload |= traces_is_same(name, length, "uploaddate");
        signs->other_upload |= traces_is_same(name, length, "sshpublickeyid") ||
                               traces_is_same(name, length, "username") ||
                               traces_is_same(name, length, "certificateid");
        return;
    }
    signs->iam |= strncmp(traces_names[trace], "server", strlen("server")) == 0;
    signs->spelled |=
        length == strlen(traces_names[trace]) && *name >= 'A' && *name <= 'Z' && name[1] >= 'a';
    if (strcmp(traces_names[trace], "certificatearn") == 0)
        signs->arn = true;
    else if (is_list(traces_names[trace]))
        signs->list = true;
    else
        signs->names |= 1U << trace;
}

static void add_arn(struct signs *signs, enum service service)
{
    signs->arn = signs->certificate = true;
    signs->iam |= service == SERVICE_IAM;
}

static void add_member(struct signs *signs, const cJSON *member)
{
    const char *name = member->string, *text = json_is_text(member) ? member->valuestring : "";
    size_t length = strlen(name), field;
    enum service service;
    if (json_is_absent(member))
        return;
    bool arn = begins_arn(text);
    if (arn && is_whole_certificate(text, &service))
        add_arn(signs, service);
    else if (arn && evidence_arn_field(text, 3, &field) != NULL &&
             (traces_is_same(name, length, "arn") ||
              traces_is_same(name, length, "certificatearn")))
        signs->foreign = true;
    else if (!traces_is_same(name, length, "status") || is_acm_status(text, strlen(text)))
        add_name(signs, name, length);
}

/* named: the member that contains the object has the ARN of a certificate as its name. */
static struct signs signs_of_object(const cJSON *object, bool named)
{
    struct signs signs = {.arn = named, .certificate = named};
    for (const cJSON *member = object->child; member != NULL; member = member->next)
        add_member(&signs, member);
    return signs;
}

static bool is_in_word(char character)
{
    return ((character | 0x20) >= 'a' && (character | 0x20) <= 'z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '-';
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (is_in_word(text[length]))
        length++;
    return length;
}

/* The next ARN of a certificate in the text, or NULL; sets its length and service. What begins like
 * an ARN is passed over as a whole, so that the time is linear. */
static const char *next_arn(const char *text, size_t *length, enum service *service)
{
    for (; (text = strstr(text, "arn:")) != NULL; text += strlen("arn:") + *length) {
        *length = traces_arn_length(text);
        if (is_certificate(text, *length, service))
            return text;
        *length -= *length < strlen("arn:") ? *length : strlen("arn:");
    }
    return NULL;
}

static bool is_json(const char *text)
{
    text += strspn(text, " \t\r\n");
    return *text == '{' || *text == '[';
}

static struct signs signs_of_text(const char *text)
{
    struct signs signs = {.names = 0};
    bool value = false;
    size_t length;
    enum service service;
    for (const char *at = text; (at = next_arn(at, &length, &service)) != NULL; at += length)
        add_arn(&signs, service);
    for (const char *at = text; *at != '\0'; at += length) {
        length = word_length(at);
        if (length > 0) {
            add_name(&signs, at, length);
            value = value || is_acm_status(at, length);
        } else
            length = 1;
    }
    signs.status &= value;
    if (!is_json(text)) { /* one of these alone is only a word: it counts like the others */
        signs.names |= (unsigned int)signs.list << 30 | (unsigned int)signs.upload << 31;
        signs.list = signs.upload = false;
    }
    return signs;
}

/* An ARN of another service does not hide the names of ACM: somebody may have changed it. */
static bool is_record(const struct signs *signs)
{
    bool other_service = signs->foreign && !signs->certificate;
    int count = __builtin_popcount(signs->names) + signs->arn;
    return (signs->upload && !signs->other_upload) ||
           count + (signs->status && count > 0 && !other_service) >= 2;
}

/* The pointer, cut to whole steps if it is long. */
static const char *kept_pointer(const struct look *look)
{
    const char *pointer = text_string(&look->pointer);
    size_t length = look->pointer.length;
    if (length > POINTER_MOST)
        for (length = POINTER_MOST; length > 0 && pointer[length] != '/';)
            length--;
    return pool_copy(look->reading->pool, pointer, length);
}

/* count: 0 for an empty list, which names the place only if there is no record. */
static void note_records(struct look *look, size_t count, const char *advice)
{
    struct unread *unread = &look->reading->unread;
    if (unread->first == NULL || (unread->records == 0 && count > 0)) {
        unread->first = kept_pointer(look);
        unread->advice = advice;
    }
    unread->records += count;
}

static void note_mention(struct look *look, const char *arn, size_t length, enum service service)
{
    struct unread *unread = &look->reading->unread;
    struct sighting *seen = pool_alloc(look->reading->pool, sizeof *seen);
    *seen = (struct sighting){.next = unread->sightings,
                              .number = unread->sighting_count++,
                              .pointer = kept_pointer(look),
                              .arn = pool_copy(look->reading->pool, arn, length),
                              .service = service};
    unread->sightings = seen;
}

/* Whether the text is one or more certificates in PEM, in which there is nothing to find. */
static bool is_pem(const char *text)
{
    static const char begin[] = "-----BEGIN CERTIFICATE-----", end[] = "-----END CERTIFICATE-----";
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    return strncmp(text, begin, strlen(begin)) == 0 && length > strlen(end) &&
           strncmp(text + length - strlen(end), end, strlen(end)) == 0;
}

static void look_at_text(struct look *look, const char *text)
{
    if (is_pem(text))
        return;
    struct signs signs = signs_of_text(text);
    if (signs.list || is_record(&signs)) {
        bool output = is_json(text) && signs.spelled;
        note_records(look, 1, output ? in_text : signs.iam ? other_iam : other_acm);
        return;
    }
    size_t length;
    enum service service;
    if (is_whole_certificate(text, &service))
        note_mention(look, text, strlen(text), service);
    else if (signs.certificate)
        for (const char *at = text; (at = next_arn(at, &length, &service)) != NULL; at += length)
            note_mention(look, at, length, service);
}

/* Whether the object has a member that only the outputs of these commands have, spelled as there.
 */
static bool is_spelled_as_output(const cJSON *object)
{
    return json_member(object, "CertificateArn") != NULL ||
           json_member(object, "ServerCertificateId") != NULL;
}

static void note_object(struct look *look, const cJSON *object, const struct signs *signs)
{
    bool inside = look->pointer.length > 0 && is_spelled_as_output(object);
    note_records(look, 1, inside ? wrapped : signs->iam ? other_iam : other_acm);
}

static void look_at_members(struct look *look, const cJSON *parent, const char *read);

static void look_at(struct look *look, const cJSON *value, bool named)
{
    if (json_is_text(value)) {
        look_at_text(look, value->valuestring);
    } else if (cJSON_IsObject(value)) {
        struct signs signs = signs_of_object(value, named);
        if (is_record(&signs))
            note_object(look, value, &signs);
        else
            look_at_members(look, value, NULL);
    } else if (cJSON_IsArray(value)) {
        look_at_members(look, value, NULL);
    }
}

static void look_at_list(struct look *look, const cJSON *list)
{
    size_t count = cJSON_IsArray(list)    ? (size_t)cJSON_GetArraySize(list)
                   : cJSON_IsObject(list) ? 1
                                          : 0;
    bool iam = strchr("sS", *list->string) != NULL;
    bool spelled = strcmp(list->string, "CertificateSummaryList") == 0 ||
                   strcmp(list->string, "ServerCertificateMetadataList") == 0;
    note_records(look, count, spelled ? wrapped : iam ? other_iam : other_acm);
}

/* Whether a member Certificate is an object that is not known to be of another service. */
static bool is_unknown_certificate(const cJSON *member)
{
    if (strcmp(member->string, "Certificate") != 0 || !cJSON_IsObject(member))
        return false;
    struct signs signs = signs_of_object(member, false);
    return !signs.other_upload && (signs.certificate || !signs.foreign);
}

static void look_at_member(struct look *look, const cJSON *member)
{
    enum service service;
    bool named = is_whole_certificate(member->string, &service);
    if (is_list_name(member->string)) {
        look_at_list(look, member);
    } else if (is_unknown_certificate(member)) {
        note_records(look, 1, is_spelled_as_output(member) ? wrapped : other_acm);
    } else {
        if (named)
            note_mention(look, member->string, strlen(member->string), service);
        look_at(look, member, named);
    }
}

static void push_name(struct text *pointer, const char *name)
{
    text_add(pointer, "/");
    for (const char *next = name; *next != '\0';) {
        size_t plain = strcspn(next, "~/");
        text_add_bytes(pointer, next, plain);
        next += plain;
        if (*next != '\0')
            text_add(pointer, *next++ == '~' ? "~0" : "~1");
    }
}

/* Those of an object but for the one that is read, or the elements of an array. Recurses to
 * LIMIT_DEPTH at most. */
static void look_at_members(struct look *look, const cJSON *parent, const char *read)
{
    size_t length = look->pointer.length, index = 0;
    for (const cJSON *member = parent->child; member != NULL; member = member->next, index++) {
        if (read != NULL && strcmp(member->string, read) == 0)
            continue;
        if (member->string != NULL) {
            push_name(&look->pointer, member->string);
            look_at_member(look, member);
        } else {
            text_add(&look->pointer, "/");
            text_add_count(&look->pointer, index);
            look_at(look, member, false);
        }
        look->pointer.length = length;
        look->pointer.bytes[length] = '\0';
    }
}

void unread_look(struct reading *reading, const cJSON *value, const char *pointer)
{
    struct look look = {reading, TEXT_EMPTY};
    text_add(&look.pointer, pointer);
    look_at(&look, value, false);
    text_free(&look.pointer);
}

void unread_look_beside(struct reading *reading, const cJSON *object, const char *pointer,
                        const char *read)
{
    struct look look = {reading, TEXT_EMPTY};
    text_add(&look.pointer, pointer);
    look_at_members(&look, object, read);
    text_free(&look.pointer);
}

void unread_add_element(struct reading *reading, const char *pointer, size_t index)
{
    struct look look = {reading, TEXT_EMPTY};
    text_addf(&look.pointer, "%s/%zu", pointer, index);
    note_records(&look, 1, wrapped);
    text_free(&look.pointer);
}

static int by_arn(const void *left, const void *right)
{
    const struct sighting *a = *(const struct sighting *const *)left;
    const struct sighting *b = *(const struct sighting *const *)right;
    int order = strcmp(a->arn, b->arn);
    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

static void add_mention(struct reading *reading, const struct sighting *seen)
{
    struct partial *part = reading->part;
    struct mention *mention = pool_alloc(part->pool, sizeof *mention);
    *mention = (struct mention){.next = part->mentions,
                                .file = part->file,
                                .document = reading->document,
                                .line = reading->line,
                                .pointer = pool_text(part->pool, seen->pointer),
                                .arn = pool_text(part->pool, seen->arn),
                                .service = seen->service};
    part->mentions = mention;
}

/* Of each ARN the first. */
static void add_mentions(struct reading *reading)
{
    size_t count = reading->unread.sighting_count;
    const struct sighting **sorted =
        pool_alloc(reading->pool, (count + 1) * sizeof(struct sighting *));
    for (const struct sighting *seen = reading->unread.sightings; seen != NULL; seen = seen->next)
        sorted[seen->number] = seen;
    qsort(sorted, count, sizeof *sorted, by_arn);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(sorted[i]->arn, sorted[i - 1]->arn) != 0)
            add_mention(reading, sorted[i]);
}

bool unread_conclude(struct reading *reading)
{
    const struct unread *unread = &reading->unread;
    if (unread->first == NULL) {
        if (unread->sighting_count > 0)
            add_mentions(reading);
        return false;
    }
    struct text detail = TEXT_EMPTY;
    if (unread->records == 0)
        text_add(&detail, "an empty list, ");
    else
        text_addf(&detail, "%zu certificate record%s, ", unread->records,
                  unread->records == 1 ? "" : "s");
    if (*unread->first == '\0')
        text_add(&detail, "the document itself");
    else
        text_addf(&detail, "%s %s", unread->records > 1 ? "the first at" : "at", unread->first);
    const struct diag problem = {DIAG_UNREAD, NULL, reading->line, reading->column,
                                 text_string(&detail)};
    partial_add_repeated(reading->part, reading->document, &problem, unread->advice);
    text_free(&detail);
    return true;
}
