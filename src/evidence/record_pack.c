/* record_pack.c: see record_pack.h. A certificate of 3 kilobytes of JSON takes about 400 bytes. */
#include "base/pool.h"
#include "base/text.h"
#include "evidence/record_inner.h"
#include <stddef.h>
#include <string.h>

/* A record that is being made. */
struct packing {
    struct text *bytes;
    size_t texts[REFERENCES]; /* where its texts begin */
    size_t lengths[REFERENCES];
    size_t count;
};

static void put_byte(struct packing *packing, unsigned int byte)
{
    struct text *bytes = packing->bytes;
    const char one = (char)(unsigned char)byte;
    if (bytes->length + 1 < bytes->room)
        bytes->bytes[bytes->length++] = one; /* what text_add_bytes does, without a call */
    else
        text_add_bytes(bytes, &one, 1);
}

static void put_count(struct packing *packing, uint64_t count)
{
    for (; count >= 0x80; count >>= 7)
        put_byte(packing, (unsigned int)(count & 0x7F) | 0x80);
    put_byte(packing, (unsigned int)count);
}

/* A text without a tag, to which others may refer. */
static void put_plain(struct packing *packing, const char *text, size_t length)
{
    if (packing->count < REFERENCES) {
        packing->texts[packing->count] = packing->bytes->length;
        packing->lengths[packing->count++] = length;
    }
    text_add_bytes(packing->bytes, text, length + 1);
}

static bool put_reference(struct packing *packing, const char *text, size_t length)
{
    for (size_t i = 0; i < packing->count; i++)
        if (packing->lengths[i] == length &&
            memcmp(packing->bytes->bytes + packing->texts[i], text, length) == 0) {
            put_byte(packing, TAG_REFERENCE + (unsigned int)i);
            return true;
        }
    return false;
}

static bool put_word(struct packing *packing, const char *text, size_t length)
{
    for (size_t i = 0; i < RECORD_WORDS && record_words[i].length <= length; i++)
        if (record_words[i].length == length && memcmp(record_words[i].text, text, length) == 0) {
            put_byte(packing, TAG_WORD + (unsigned int)i);
            return true;
        }
    return false;
}

static void put_text(struct packing *packing, const char *text)
{
    enum { WORD_MOST = 20 };
    if (text == NULL) {
        put_byte(packing, TAG_NONE);
        return;
    }
    size_t length = strlen(text);
    if ((length <= WORD_MOST && put_word(packing, text, length)) ||
        put_reference(packing, text, length))
        return;
    put_byte(packing, TAG_TEXT);
    put_plain(packing, text, length);
}

static void put_member(struct packing *packing, const struct member *member)
{
    if (member->state == MEMBER_OTHER)
        put_byte(packing, TAG_OTHER);
    put_text(packing, member->state == MEMBER_ABSENT ? NULL : member->text);
}

static void put_moment(struct packing *packing, const struct moment *moment)
{
    if (moment->state == MOMENT_ABSENT) {
        put_byte(packing, TAG_NONE);
        return;
    }
    bool readable = moment->state == MOMENT_READABLE;
    bool has_text = moment->text != NULL && !evidence_is_usual(moment);
    bool has_fraction = readable && *moment->at.fraction != '\0';
    put_byte(packing, TAG_MOMENT);
    put_byte(packing, (moment->at.zone ? MOMENT_HAS_ZONE : 0) | (has_text ? MOMENT_HAS_TEXT : 0) |
                          (has_fraction ? MOMENT_HAS_FRACTION : 0) |
                          (readable ? MOMENT_IS_READ : 0));
    if (readable)
        put_count(packing, (uint64_t)(moment->at.seconds + BEFORE_ALL));
    if (has_fraction)
        put_text(packing, moment->at.fraction);
    if (has_text)
        put_text(packing, moment->text);
}

static void put_domains(struct packing *packing, const struct domains *domains)
{
    put_count(packing, domains->count);
    put_count(packing, domains->unreadable);
    for (size_t i = 0; i < domains->count; i++) {
        struct domain domain = domains->items[i];
        size_t kept = evidence_domain_waits(&domain) ? DOMAIN_FIELDS : DOMAIN_FIELDS_ALWAYS;
        uint64_t there = 0;
        for (size_t field = 0; field < kept; field++)
            there |= (uint64_t)(*record_domain_field(&domain, field) != NULL) << field;
        put_count(packing, there);
        for (size_t field = 0; field < kept; field++)
            if (*record_domain_field(&domain, field) != NULL)
                put_text(packing, *record_domain_field(&domain, field));
    }
}

static void put_names(struct packing *packing, const struct acm_facts *acm)
{
    put_count(packing, acm->alternative_name_count);
    for (size_t i = 0; i < acm->alternative_name_count; i++)
        put_text(packing, acm->alternative_names[i]);
}

static void put_acm(struct packing *packing, const struct acm_facts *facts)
{
    struct acm_facts acm = *facts;
    struct member *members[ACM_MEMBERS];
    struct moment *moments[ACM_MOMENTS];
    const char **texts[ACM_TEXTS];
    record_list_members(&acm, members);
    record_list_moments(&acm, moments);
    record_list_texts(&acm, texts);
    for (size_t i = 0; i < ACM_MEMBERS; i++)
        put_member(packing, members[i]);
    for (size_t i = 0; i < ACM_MOMENTS; i++)
        put_moment(packing, moments[i]);
    for (size_t i = 0; i < ACM_TEXTS; i++)
        put_text(packing, *texts[i]);
    put_byte(packing, acm.renewal_is_object);
    put_domains(packing, &acm.domains);
    put_domains(packing, &acm.renewal_domains);
    put_names(packing, &acm);
}

static const char *plain(const struct member *member)
{
    return member->state == MEMBER_ABSENT ? "" : member->text;
}

const struct record *record_pack(struct pool *pool, const struct observation *seen,
                                 struct text *scratch)
{
    struct packing packing;
    packing.bytes = scratch;
    packing.count = 0;
    text_clear(scratch);
    put_plain(&packing, plain(&seen->arn), strlen(plain(&seen->arn)));
    put_plain(&packing, plain(&seen->id), strlen(plain(&seen->id)));
    put_plain(&packing, seen->name, strlen(seen->name));
    put_count(&packing, seen->document);
    put_count(&packing, seen->line);
    put_count(&packing, seen->index + 1); /* OBSERVATION_ALONE is 0 */
    put_text(&packing, seen->path);
    put_moment(&packing, &seen->uploaded);
    put_moment(&packing, &seen->not_after);
    if (seen->acm != NULL)
        put_acm(&packing, seen->acm);
    struct record *record = pool_alloc(pool, offsetof(struct record, bytes) + scratch->length);
    record->file = seen->file;
    record->pointer = seen->pointer;
    record->kind = (uint8_t)seen->kind;
    record->from_list = seen->from_list;
    record->in_use = (uint8_t)seen->in_use;
    record->arn_state = (uint8_t)seen->arn.state;
    record->id_state = (uint8_t)seen->id.state;
    memcpy(record->bytes, scratch->bytes, scratch->length);
    return record;
}
