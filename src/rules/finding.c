/* finding.c: see finding.h. */
#include "rules/finding.h"
#include "base/text.h"
#include <string.h>

/* Without an ARN a record is a certificate of its own. */
static void add_place(const struct observation *seen, struct text *key)
{
    text_addf(key, "\n%s\n%zu\n", seen->file->path, seen->document);
    evidence_add_pointer(seen, "", key);
}

static void add_moment(const struct moment *moment, struct text *key)
{
    if (moment->state == MOMENT_READABLE)
        timestamp_add_exact(&moment->at, key);
    else if (moment->state == MOMENT_UNREADABLE)
        text_add(key, moment->text);
}

/* See merge.c: all records of the certificate have the same name and time. */
static void add_identity(const struct certificate *certificate, struct text *key)
{
    const struct observation *first = certificate->records[0];
    text_addf(key, "\n%s\n", first->name);
    add_moment(first->acm != NULL ? &first->acm->created : &first->uploaded, key);
    text_add(key, "\n");
    for (size_t i = 0; i < certificate->record_count; i++) {
        const struct acm_facts *acm = certificate->records[i]->acm;
        if (acm == NULL || acm->serial == NULL)
            continue;
        text_add(key, acm->serial);
        return;
    }
}

void finding_take_digest(const struct finding *finding, struct digest *digest, char hex[DIGEST_HEX])
{
    const struct certificate *certificate = finding->certificate;
    digest_add(digest, finding->rule->id, strlen(finding->rule->id));
    digest_add(digest, "\n", 1);
    digest_add(digest, certificate->arn, strlen(certificate->arn));
    digest_add(digest, "\n", 1);
    digest_add(digest, certificate->id, strlen(certificate->id));
    if (*certificate->arn == '\0' || certificate->redacted) {
        struct text apart = TEXT_EMPTY;
        if (certificate->redacted)
            add_identity(certificate, &apart);
        else
            add_place(certificate->records[0], &apart);
        digest_add(digest, apart.bytes, apart.length);
        text_free(&apart);
    }
    digest_take(digest, hex);
}

void finding_add_ref(const struct finding *finding, struct digest *digest, size_t digits,
                     struct text *text)
{
    char hex[DIGEST_HEX];
    finding_take_digest(finding, digest, hex);
    text_add(text, "F-");
    text_add_bytes(text, hex, digits);
}
