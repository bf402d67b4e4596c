/* record.c: see record.h. Records that are opened, and what is seen of one that is not. */
#include "evidence/record.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "evidence/record_inner.h"
#include <stdlib.h>
#include <string.h>

#define WORD(text)                                                                                 \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
const struct record_word record_words[RECORD_WORDS] = {
    WORD(""),
    WORD("DNS"),
    WORD("CNAME"),
    WORD("EMAIL"),
    WORD("{...}"),
    WORD("Amazon"),
    WORD("FAILED"),
    WORD("ISSUED"),
    WORD("EXPIRED"),
    WORD("PRIVATE"),
    WORD("SUCCESS"),
    WORD("ELIGIBLE"),
    WORD("IMPORTED"),
    WORD("RSA-2048"),
    WORD("RSA-4096"),
    WORD("RSA_2048"),
    WORD("INELIGIBLE"),
    WORD("EC-secp384r1"),
    WORD("AMAZON_ISSUED"),
    WORD("EC-prime256v1"),
    WORD("EC_prime256v1"),
    WORD("PENDING_VALIDATION"),
    WORD("PENDING_AUTO_RENEWAL"),
    WORD("VALIDATION_TIMED_OUT"),
};

const char **record_domain_field(struct domain *domain, size_t number)
{
    const char **const fields[DOMAIN_FIELDS] = {&domain->name,         &domain->validation_domain,
                                                &domain->method,       &domain->status,
                                                &domain->record_name,  &domain->record_type,
                                                &domain->record_value, &domain->redirect_from,
                                                &domain->redirect_to,  &domain->emails};
    return fields[number];
}

void record_list_members(struct acm_facts *acm, struct member *members[ACM_MEMBERS])
{
    struct member *const all[ACM_MEMBERS] = {&acm->status,
                                             &acm->type,
                                             &acm->failure_reason,
                                             &acm->renewal_summary,
                                             &acm->renewal_status,
                                             &acm->renewal_status_reason,
                                             &acm->renewal_eligibility};
    memcpy(members, all, sizeof all);
}

void record_list_moments(struct acm_facts *acm, struct moment *moments[ACM_MOMENTS])
{
    struct moment *const all[ACM_MOMENTS] = {&acm->created, &acm->issued, &acm->imported,
                                             &acm->not_before, &acm->revoked};
    memcpy(moments, all, sizeof all);
}

void record_list_texts(struct acm_facts *acm, const char **texts[ACM_TEXTS])
{
    const char **const all[ACM_TEXTS] = {&acm->issuer, &acm->serial, &acm->key_algorithm,
                                         &acm->authority_arn, &acm->in_use_by};
    memcpy(texts, all, sizeof all);
}

/* A record that is being opened. */
struct opening {
    const unsigned char *next;
    const char **texts; /* REFERENCES of them */
    size_t count;
};

void record_expect(const struct record *const *records, size_t number, size_t count)
{
    enum { AHEAD = 12, LINES = 6, LINE = 64 }; /* most records have fewer bytes than that */
    if (number + AHEAD >= count)
        return;
    const char *record = (const char *)records[number + AHEAD];
    for (size_t i = 0; i < LINES; i++)
        __builtin_prefetch(record + i * LINE);
}

static uint64_t take_count(struct opening *opening)
{
    uint64_t count = 0;
    unsigned int shift = 0;
    for (; *opening->next >= 0x80; shift += 7)
        count |= (uint64_t)(*opening->next++ & 0x7F) << shift;
    return count | (uint64_t)*opening->next++ << shift;
}

static const char *take_plain(struct opening *opening)
{
    const char *text = (const char *)opening->next;
    if (opening->count < REFERENCES)
        opening->texts[opening->count++] = text;
    opening->next += strlen(text) + 1;
    return text;
}

static const char *take_text(struct opening *opening)
{
    unsigned int tag = *opening->next++;
    if (tag < TAG_WORD)
        return tag == TAG_TEXT ? take_plain(opening) : NULL;
    if (tag < TAG_WORD + RECORD_WORDS)
        return record_words[tag - TAG_WORD].text;
    return opening->texts[tag - TAG_REFERENCE];
}

static struct member take_member(struct opening *opening)
{
    bool other = *opening->next == TAG_OTHER;
    opening->next += other;
    const char *text = take_text(opening);
    return (struct member){other ? MEMBER_OTHER : text != NULL ? MEMBER_TEXT : MEMBER_ABSENT, text};
}

static struct moment take_moment(struct opening *opening)
{
    struct moment moment = {MOMENT_ABSENT, NULL, {0, "", true}};
    if (*opening->next++ == TAG_NONE)
        return moment;
    unsigned int flags = *opening->next++;
    moment.state = (flags & MOMENT_IS_READ) != 0 ? MOMENT_READABLE : MOMENT_UNREADABLE;
    moment.at.zone = (flags & MOMENT_HAS_ZONE) != 0;
    if (moment.state == MOMENT_READABLE)
        moment.at.seconds = (int64_t)take_count(opening) - BEFORE_ALL;
    if ((flags & MOMENT_HAS_FRACTION) != 0)
        moment.at.fraction = take_text(opening);
    if ((flags & MOMENT_HAS_TEXT) != 0)
        moment.text = take_text(opening);
    return moment;
}

static struct domains take_domains(struct opening *opening, struct pool *pool)
{
    struct domains domains = {NULL, (size_t)take_count(opening), 0};
    domains.unreadable = (size_t)take_count(opening);
    if (domains.count > 0)
        domains.items = pool_alloc(pool, domains.count * sizeof *domains.items);
    for (size_t i = 0; i < domains.count; i++) {
        uint64_t there = take_count(opening);
        for (size_t field = 0; field < DOMAIN_FIELDS; field++)
            if ((there >> field & 1) != 0)
                *record_domain_field(&domains.items[i], field) = take_text(opening);
    }
    return domains;
}

static void take_acm(struct opening *opening, struct acm_facts *acm, struct pool *pool)
{
    struct member *members[ACM_MEMBERS];
    struct moment *moments[ACM_MOMENTS];
    const char **texts[ACM_TEXTS];
    record_list_members(acm, members);
    record_list_moments(acm, moments);
    record_list_texts(acm, texts);
    for (size_t i = 0; i < ACM_MEMBERS; i++)
        *members[i] = take_member(opening);
    for (size_t i = 0; i < ACM_MOMENTS; i++)
        *moments[i] = take_moment(opening);
    for (size_t i = 0; i < ACM_TEXTS; i++)
        *texts[i] = take_text(opening);
    acm->renewal_is_object = *opening->next++ != 0;
    acm->domains = take_domains(opening, pool);
    acm->renewal_domains = take_domains(opening, pool);
    acm->alternative_name_count = (size_t)take_count(opening);
    acm->alternative_names = NULL;
    if (acm->alternative_name_count > 0)
        acm->alternative_names = pool_alloc(pool, acm->alternative_name_count * sizeof(char *));
    for (size_t i = 0; i < acm->alternative_name_count; i++)
        acm->alternative_names[i] = take_text(opening);
}

const struct observation *record_open(const struct record *record, struct record_view *view)
{
    struct observation *seen = &view->seen;
    const char *texts[REFERENCES];
    struct opening opening = {(const unsigned char *)record->bytes, texts, 0};
    pool_reset(view->pool);
    seen->file = record->file;
    seen->pointer = record->pointer;
    seen->kind = (enum observation_kind)record->kind;
    seen->from_list = record->from_list != 0;
    seen->in_use = (enum in_use)record->in_use;
    seen->arn = (struct member){(enum member_state)record->arn_state, take_plain(&opening)};
    seen->id = (struct member){(enum member_state)record->id_state, take_plain(&opening)};
    seen->name = take_plain(&opening);
    seen->document = (size_t)take_count(&opening);
    seen->line = (size_t)take_count(&opening);
    seen->index = (size_t)take_count(&opening) - 1;
    seen->path = take_text(&opening);
    seen->uploaded = take_moment(&opening);
    seen->not_after = take_moment(&opening);
    seen->acm = record->kind == OBSERVED_IAM_RECORD ? NULL : &view->acm;
    if (seen->acm != NULL)
        take_acm(&opening, seen->acm, view->pool);
    return seen;
}

struct record_view *record_view_new(void)
{
    struct record_view *view = memory_resize(NULL, 1, sizeof *view);
    view->pool = pool_new();
    return view;
}

void record_view_free(struct record_view *view)
{
    if (view == NULL)
        return;
    pool_free(view->pool);
    free(view);
}

struct evidence_file *record_file(const struct record *record)
{
    return record->file;
}

enum service record_service(const struct record *record)
{
    return record->kind == OBSERVED_IAM_RECORD ? SERVICE_IAM : SERVICE_ACM;
}

enum observation_kind record_kind(const struct record *record)
{
    return (enum observation_kind)record->kind;
}

enum in_use record_in_use(const struct record *record)
{
    return (enum in_use)record->in_use;
}

bool record_has_arn(const struct record *record)
{
    return record->arn_state == MEMBER_TEXT;
}

bool record_is_listed(const struct record *record)
{
    return record->from_list != 0;
}

/* The text that stands behind so many others. */
static const char *text_behind(const struct record *record, size_t others)
{
    const char *text = record->bytes;
    while (others-- > 0)
        text += strlen(text) + 1;
    return text;
}

const char *record_arn(const struct record *record)
{
    return record->arn_state == MEMBER_TEXT ? record->bytes : "";
}

const char *record_id(const struct record *record)
{
    return record->id_state == MEMBER_TEXT ? text_behind(record, 1) : "";
}

const char *record_name(const struct record *record)
{
    return text_behind(record, 2);
}

/* The numbers behind the name: document, line and index. */
static void take_numbers(const struct record *record, uint64_t numbers[3])
{
    struct opening opening = {(const unsigned char *)text_behind(record, 3), NULL, 0};
    for (size_t i = 0; i < 3; i++)
        numbers[i] = take_count(&opening);
}

static int compare_numbers(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

int record_compare(const struct record *left, const struct record *right)
{
    uint64_t a[3], b[3];
    int order = left->file == right->file ? 0 : evidence_compare_files(left->file, right->file);
    take_numbers(left, a);
    take_numbers(right, b);
    if (order == 0)
        order = compare_numbers(a[0], b[0]);
    if (order == 0)
        order = strcmp(left->pointer, right->pointer);
    return order != 0 ? order : compare_numbers(a[2], b[2]);
}

void record_add_place(const struct record *record, struct text *text)
{
    uint64_t numbers[3];
    take_numbers(record, numbers);
    const struct observation place = {.pointer = record->pointer, .index = (size_t)numbers[2] - 1};
    text_addf(text, "%s:%zu", record->file->name, (size_t)numbers[1]);
    if (*record->pointer == '\0' && place.index == OBSERVATION_ALONE)
        return;
    text_add(text, " ");
    evidence_add_pointer(&place, "", text);
}
