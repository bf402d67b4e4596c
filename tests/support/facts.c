/* facts.c: see facts.h. */
#include "support/facts.h"
#include "base/pool.h"
#include "support/harness.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { DOMAINS_MOST = 8 };

struct pool *facts_pool(void)
{
    static struct pool *pool;
    if (pool == NULL)
        pool = harness_keep(pool_new());
    return pool;
}

struct evidence_file *facts_file(struct evidence *evidence, const char *name)
{
    for (size_t i = evidence->file_count; i-- > 0;)
        if (strcmp(evidence->files[i]->name, name) == 0)
            return evidence->files[i];
    struct evidence_file *file = pool_alloc(evidence->pool, sizeof *file);
    file->name = file->path = pool_text(evidence->pool, name);
    file->named = true;
    file->state = EVIDENCE_USED;
    file->hashed = true;
    memset(file->sha256, '0', DIGEST_HEX - 1);
    file->documents = 1;
    evidence_add_file(evidence, file);
    return file;
}

struct timestamp facts_when(const char *text)
{
    struct timestamp when;
    ck_assert_msg(timestamp_parse(text, facts_pool(), &when), "not a time: %s", text);
    return when;
}

static struct moment moment_of(struct member member)
{
    struct moment moment = {MOMENT_ABSENT, member.text, {0, "", true}};
    if (member.state == MEMBER_ABSENT)
        return moment;
    bool readable = member.state == MEMBER_TEXT
                        ? timestamp_parse(member.text, facts_pool(), &moment.at)
                        : false;
    moment.state = readable ? MOMENT_READABLE : MOMENT_UNREADABLE;
    return moment;
}

static size_t number_of(struct member member)
{
    return (size_t)strtoull(member.text, NULL, 10);
}

static bool add_domain(struct domains *domains, struct member member)
{
    if (member.state == MEMBER_OTHER) {
        domains->unreadable++;
        return true;
    }
    if (domains->items == NULL)
        domains->items = pool_alloc(facts_pool(), DOMAINS_MOST * sizeof *domains->items);
    HARNESS_REQUIRE(domains->count < DOMAINS_MOST, "too many domains");
    domains->items[domains->count++].name = member.text;
    return true;
}

/* The domain that was begun last: the request's domains come first, then the renewal's. */
static struct domain *last_domain(struct acm_facts *acm)
{
    struct domains *domains =
        acm->renewal_domains.count > 0 ? &acm->renewal_domains : &acm->domains;
    HARNESS_REQUIRE(domains->count > 0, "no domain was begun");
    return &domains->items[domains->count - 1];
}

static bool set_domain(struct acm_facts *acm, const char *name, struct member member)
{
    static const char *const names[] = {
        "ValidationDomain", "Method", "Validation", "RecordName", "RecordType",
        "RecordValue",      "From",   "To",         "Emails"};
    size_t which = 0;
    while (which < sizeof names / sizeof names[0] && strcmp(names[which], name) != 0)
        which++;
    if (which == sizeof names / sizeof names[0])
        return false;
    struct domain *domain = last_domain(acm);
    const char **places[] = {
        &domain->validation_domain, &domain->method,      &domain->status,
        &domain->record_name,       &domain->record_type, &domain->record_value,
        &domain->redirect_from,     &domain->redirect_to, &domain->emails};
    *places[which] = member.text;
    return true;
}

static bool set_acm_moment(struct acm_facts *acm, const char *name, struct member member)
{
    const struct {
        const char *name;
        struct moment *place;
    } moments[] = {{"CreatedAt", &acm->created},   {"IssuedAt", &acm->issued},
                   {"ImportedAt", &acm->imported}, {"NotBefore", &acm->not_before},
                   {"RevokedAt", &acm->revoked},   {"RenewalUpdatedAt", &acm->renewal_updated}};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++)
        if (strcmp(moments[i].name, name) == 0) {
            *moments[i].place = moment_of(member);
            return true;
        }
    return false;
}

static bool set_acm_member(struct acm_facts *acm, const char *name, struct member member)
{
    const struct {
        const char *name;
        struct member *place;
    } members[] = {{"Status", &acm->status},
                   {"Type", &acm->type},
                   {"FailureReason", &acm->failure_reason},
                   {"RenewalSummary", &acm->renewal_summary},
                   {"RenewalStatus", &acm->renewal_status},
                   {"RenewalStatusReason", &acm->renewal_status_reason},
                   {"RenewalBeside", &acm->renewal_beside},
                   {"RenewalEligibility", &acm->renewal_eligibility}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (strcmp(members[i].name, name) == 0) {
            *members[i].place = member;
            return true;
        }
    return false;
}

static bool set_acm_text(struct acm_facts *acm, const char *name, struct member member)
{
    const struct {
        const char *name, **place;
    } texts[] = {{"Issuer", &acm->issuer},
                 {"Serial", &acm->serial},
                 {"KeyAlgorithm", &acm->key_algorithm},
                 {"CertificateAuthorityArn", &acm->authority_arn},
                 {"InUseBy", &acm->in_use_by},
                 {"KeyPairOrigin", &acm->key_pair_origin}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(texts[i].name, name) == 0) {
            *texts[i].place = member.text;
            return true;
        }
    return false;
}

static bool set_acm_fact(struct acm_facts *acm, const char *name, struct member member)
{
    struct acm_update *update = pool_alloc(facts_pool(), sizeof *update);
    if (acm->update != NULL)
        *update = *acm->update;
    if (strcmp(name, "Whole") == 0)
        acm->whole = member.state != MEMBER_ABSENT;
    else if (strcmp(name, "Exported") == 0)
        acm->exported = member.state != MEMBER_ABSENT;
    else if (strcmp(name, "UpdateStatus") == 0)
        update->status = member;
    else if (strcmp(name, "UpdateRequestedAt") == 0)
        update->requested = moment_of(member);
    else
        return false;
    if (strncmp(name, "Update", strlen("Update")) == 0)
        acm->update = update;
    return true;
}

static bool set_acm(struct acm_facts *acm, const char *name, struct member member)
{
    if (strcmp(name, "RenewalStatus") == 0) {
        acm->renewal_summary = (struct member){MEMBER_OTHER, "{...}"};
        acm->renewal_is_object = true;
    }
    if (strcmp(name, "Domain") == 0)
        return add_domain(&acm->domains, member);
    if (strcmp(name, "RenewalDomain") == 0)
        return add_domain(&acm->renewal_domains, member);
    if (strcmp(name, "Alternative") != 0)
        return set_acm_member(acm, name, member) || set_acm_moment(acm, name, member) ||
               set_acm_text(acm, name, member) || set_acm_fact(acm, name, member) ||
               set_domain(acm, name, member);
    if (acm->alternative_names == NULL)
        acm->alternative_names = pool_alloc(facts_pool(), DOMAINS_MOST * sizeof(const char *));
    HARNESS_REQUIRE(acm->alternative_name_count < DOMAINS_MOST, "too many names");
    acm->alternative_names[acm->alternative_name_count++] = member.text;
    return true;
}

static void set(struct observation *seen, const char *name, struct member member)
{
    const char *text = member.text == NULL ? "" : member.text;
    if (strcmp(name, "Arn") == 0)
        seen->arn = member;
    else if (strcmp(name, "Id") == 0)
        seen->id = member;
    else if (strcmp(name, "Name") == 0)
        seen->name = text;
    else if (strcmp(name, "Path") == 0)
        seen->path = text;
    else if (strcmp(name, "InUse") == 0)
        seen->in_use = strcmp(text, "yes") == 0  ? IN_USE_YES
                       : strcmp(text, "no") == 0 ? IN_USE_NO
                                                 : IN_USE_NOT_STATED;
    else if (strcmp(name, "UploadDate") == 0)
        seen->uploaded = moment_of(member);
    else if (strcmp(name, "Expiration") == 0 || strcmp(name, "NotAfter") == 0)
        seen->not_after = moment_of(member);
    else if (strcmp(name, "Document") == 0)
        seen->document = number_of(member);
    else if (strcmp(name, "Line") == 0)
        seen->line = number_of(member);
    else if (strcmp(name, "Index") == 0)
        seen->index = number_of(member);
    else if (strcmp(name, "Pointer") == 0)
        seen->pointer = text;
    else
        HARNESS_REQUIRE(seen->acm != NULL && set_acm(seen->acm, name, member), "no member %s",
                        name);
}

void facts_set(struct observation *seen, const char *name, const char *value)
{
    set(seen, name, (struct member){MEMBER_TEXT, pool_text(facts_pool(), value)});
}

void facts_change(struct observation *seen, const char *changes)
{
    while (*changes != '\0') {
        size_t length = strcspn(changes, "|"), name = strcspn(changes, "=:|");
        struct member member = {MEMBER_ABSENT, NULL};
        if (name < length) {
            member.state = changes[name] == '=' ? MEMBER_TEXT : MEMBER_OTHER;
            member.text = pool_copy(facts_pool(), changes + name + 1, length - name - 1);
        }
        set(seen, pool_copy(facts_pool(), changes, name), member);
        changes += length + (changes[length] == '|');
    }
}

void facts_problem(struct evidence_file *file, enum diag_id id, size_t line, size_t column,
                   const char *detail)
{
    const struct diag problem = {id, file->name, line, column, detail};
    evidence_note_problem(facts_pool(), &file->problems, &problem);
}

static struct observation *observe(struct evidence *evidence, const char *file,
                                   enum observation_kind kind, const char *first,
                                   const char *changes)
{
    struct observation *seen = pool_alloc(evidence->pool, sizeof *seen);
    seen->file = facts_file(evidence, file);
    seen->kind = kind;
    seen->document = seen->line = 1;
    seen->index = OBSERVATION_ALONE;
    seen->pointer = seen->path = "";
    if (kind != OBSERVED_IAM_RECORD)
        seen->acm = pool_alloc(evidence->pool, sizeof *seen->acm);
    facts_change(seen, first);
    facts_change(seen, changes);
    facts_file(evidence, file)->certificates++;
    facts_add(evidence, seen);
    return seen;
}

struct observation *facts_iam(struct evidence *evidence, const char *file, const char *changes)
{
    struct observation *seen =
        observe(evidence, file, OBSERVED_IAM_RECORD,
                "Arn=" FACTS_IAM_ARN "|Id=ASCAEXAMPLEID00000001|Name=web|Path=/"
                "|UploadDate=2015-01-01T00:00:00Z|Expiration=2027-06-01T00:00:00Z"
                "|Pointer=/ServerCertificateMetadataList|Index=0",
                changes);
    seen->from_list = true;
    return seen;
}

#define FACTS_ACM                                                                                  \
    "Arn=" FACTS_ACM_ARN "|Name=www.example.com|Status=ISSUED|Type=AMAZON_ISSUED"                  \
    "|CreatedAt=2026-01-01T00:00:00Z|NotAfter=2027-06-01T00:00:00Z|InUse=yes"

struct observation *facts_summary(struct evidence *evidence, const char *file, const char *changes)
{
    struct observation *seen =
        observe(evidence, file, OBSERVED_ACM_SUMMARY,
                FACTS_ACM "|Pointer=/CertificateSummaryList|Index=0", changes);
    seen->from_list = true;
    return seen;
}

struct observation *facts_description(struct evidence *evidence, const char *file,
                                      const char *changes)
{
    return observe(evidence, file, OBSERVED_ACM_DESCRIPTION,
                   FACTS_ACM "|Whole=yes|Pointer=/Certificate", changes);
}

struct policy facts_policy(const char *as_of)
{
    return (struct policy){.as_of = facts_when(as_of), .cutoff = facts_when(FACTS_CUTOFF)};
}

struct assessment *facts_assess_with(struct evidence *evidence, const struct policy *policy,
                                     bool iam, bool acm, bool named)
{
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    assessment->evidence = evidence;
    assessment->policy = *policy;
    assessment->rules = facts_rules(iam, acm, &assessment->rule_count);
    assessment->named = named;
    facts_run(assessment);
    return assessment;
}

struct assessment *facts_assess(struct evidence *evidence)
{
    struct policy policy = facts_policy(FACTS_AS_OF);
    return facts_assess_with(evidence, &policy, true, true, false);
}

const char *facts_kept(struct text *text)
{
    const char *kept = pool_text(facts_pool(), text_string(text));
    text_free(text);
    return kept;
}

const char *facts_reason(const struct assessment *assessment, const struct finding *finding)
{
    struct text text = TEXT_EMPTY;
    assess_add_reason(assessment, finding, &text);
    return facts_kept(&text);
}

void facts_holds(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "expected \"%s\" in: %s", part, text);
}

void facts_lacks(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "unexpected \"%s\" in: %s", part, text);
}

void facts_read(bool fine, const char *said, const char *name, size_t line, const char *says)
{
    ck_assert_msg(fine == (says == NULL), "expected %s, got %s", says == NULL ? "no error" : says,
                  fine ? "no error" : said);
    if (fine)
        return;
    const char *place = harness_format("%s:%zu: ", name, line);
    ck_assert_msg(strncmp(said, place, strlen(place)) == 0, "expected %s, got %s", place, said);
    facts_holds(said + strlen(name), says);
}
