/* check_observation.c: what is kept is what was observed. */
#include "audit/check_assess.h"
#include "base/pool.h"
#include "evidence/observation.h"
#include "support/facts.h"
#include "support/harness.h"
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void same_text(const char *left, const char *right)
{
    ck_assert((left == NULL) == (right == NULL));
    if (left != NULL)
        ck_assert_str_eq(left, right);
}

static void same_member(const struct member *left, const struct member *right)
{
    ck_assert_int_eq(left->state, right->state);
    if (left->state != MEMBER_ABSENT)
        ck_assert_str_eq(left->text, right->text);
}

static void same_moment(const struct moment *left, const struct moment *right)
{
    same_text(left->text, right->text);
    if (left->state != MOMENT_READABLE)
        return;
    ck_assert_int_eq(left->at.seconds, right->at.seconds);
    ck_assert_str_eq(left->at.fraction, right->at.fraction);
    ck_assert_int_eq(left->at.zone, right->at.zone);
}

static void same_domains(const struct domains *left, const struct domains *right)
{
    ck_assert_uint_eq(left->count, right->count);
    ck_assert_uint_eq(left->unreadable, right->unreadable);
    for (size_t i = 0; i < left->count; i++) {
        const struct domain *a = &left->items[i], *b = &right->items[i];
        bool waits = evidence_domain_waits(a);
        same_text(a->name, b->name);
        same_text(a->validation_domain, b->validation_domain);
        same_text(a->method, b->method);
        same_text(a->status, b->status);
        same_text(waits ? a->record_name : NULL, b->record_name);
        same_text(waits ? a->record_type : NULL, b->record_type);
        same_text(waits ? a->record_value : NULL, b->record_value);
        same_text(waits ? a->redirect_from : NULL, b->redirect_from);
        same_text(waits ? a->redirect_to : NULL, b->redirect_to);
        same_text(waits ? a->emails : NULL, b->emails);
    }
}

static void same_update(const struct acm_update *left, const struct acm_update *right)
{
    ck_assert((left == NULL) == (right == NULL));
    if (left == NULL)
        return;
    ck_assert_ptr_ne(left, right);
    same_member(&left->status, &right->status);
    same_moment(&left->requested, &right->requested);
    same_moment(&left->updated, &right->updated);
}

static void same_acm(const struct acm_facts *left, const struct acm_facts *right)
{
    same_member(&left->status, &right->status);
    same_member(&left->type, &right->type);
    same_member(&left->failure_reason, &right->failure_reason);
    same_member(&left->renewal_summary, &right->renewal_summary);
    same_member(&left->renewal_status, &right->renewal_status);
    same_member(&left->renewal_status_reason, &right->renewal_status_reason);
    same_member(&left->renewal_eligibility, &right->renewal_eligibility);
    same_member(&left->renewal_beside, &right->renewal_beside);
    same_moment(&left->renewal_updated, &right->renewal_updated);
    same_update(left->update, right->update);
    same_text(left->key_pair_origin, right->key_pair_origin);
    ck_assert_int_eq(left->whole, right->whole);
    ck_assert_int_eq(left->exported, right->exported);
    same_moment(&left->created, &right->created);
    same_moment(&left->issued, &right->issued);
    same_moment(&left->imported, &right->imported);
    same_moment(&left->not_before, &right->not_before);
    same_moment(&left->revoked, &right->revoked);
    same_text(left->issuer, right->issuer);
    same_text(left->serial, right->serial);
    same_text(left->key_algorithm, right->key_algorithm);
    same_text(left->authority_arn, right->authority_arn);
    same_text(left->in_use_by, right->in_use_by);
    ck_assert_int_eq(left->renewal_is_object, right->renewal_is_object);
    same_domains(&left->domains, &right->domains);
    same_domains(&left->renewal_domains, &right->renewal_domains);
    ck_assert_uint_eq(left->alternative_name_count, right->alternative_name_count);
    for (size_t i = 0; i < left->alternative_name_count; i++)
        same_text(left->alternative_names[i], right->alternative_names[i]);
}

static void same(const struct observation *left, const struct observation *right)
{
    ck_assert_ptr_eq(left->file, right->file);
    ck_assert_uint_eq(left->document, right->document);
    ck_assert_uint_eq(left->line, right->line);
    ck_assert_uint_eq(left->index, right->index);
    ck_assert_str_eq(left->pointer, right->pointer);
    ck_assert_int_eq(left->kind, right->kind);
    ck_assert_int_eq(left->from_list, right->from_list);
    ck_assert_int_eq(left->in_use, right->in_use);
    same_member(&left->arn, &right->arn);
    same_member(&left->id, &right->id);
    same_text(left->name, right->name);
    same_text(left->path, right->path);
    same_moment(&left->uploaded, &right->uploaded);
    same_moment(&left->not_after, &right->not_after);
    ck_assert((left->acm == NULL) == (right->acm == NULL));
    if (left->acm != NULL)
        same_acm(left->acm, right->acm);
}

static const struct {
    char kind;
    const char *changes;
} kept[] = {
    {'i', ""},
    {'i', "Arn|Id|Name|Path|UploadDate|Expiration"},
    {'i', "Arn:{\"a\":1}|Id:7|UploadDate:true|Expiration:[]"},
    {'i', "Document=9007199254740993|Line=4294967296|Index=127"},
    {'i', "UploadDate=0001-01-01T00:00:00Z|Expiration=9999-12-31T23:59:59+00:00"},
    {'i', "UploadDate=2014-03-31T23:59:59.1250Z|Expiration=2014-04-01 00:00"},
    {'i', "UploadDate=2014-04-01T00:00:00+00:00|Expiration=2014-04-01T05:45:00+05:45"},
    {'s', "NotAfter=2014-04-01T00:00:00.000+00:00|Status|Type=PRIVATE"},
    {'d', "Status:{}|Type:null|FailureReason=|RenewalSummary:7|KeyAlgorithm=RSA_2048"},
    {'d', "RenewalStatus=FAILED|RenewalStatusReason=NO_AVAILABLE_CONTACTS|RenewalDomain=a"
          "|Validation=FAILED|RecordName=n|RecordType=CNAME|RecordValue=v|RenewalDomain:7"},
    {'d', "Domain=www.example.com|ValidationDomain=www.example.com|Method=DNS|Validation=SUCCESS"
          "|RecordName=gone|Emails=gone|Domain=b|Validation=PENDING_VALIDATION|From=f|To=t"
          "|Emails=a@b, c@d|Domain:x|Alternative=www.example.com|Alternative=b|Alternative=c"},
    {'d', "CreatedAt:1|IssuedAt=x|ImportedAt=2026-01-03|RevokedAt=2026-01-04T00:00:00+00:00"
          "|NotBefore=2026-01-05T00:00:00|Serial=0a:1b|Issuer=Amazon|InUseBy=one; two"},
    {'d', "Name=\xC3\xA9\x01|Arn=ISSUED|Status=ISSUED|Serial=ISSUED"},
};

static struct observation *observe(struct evidence *evidence, char kind, const char *changes)
{
    return kind == 'i'   ? facts_iam(evidence, "a", changes)
           : kind == 's' ? facts_summary(evidence, "a", changes)
                         : facts_description(evidence, "a", changes);
}

START_TEST(test_kept)
{
    HARNESS_ROW("%s", kept[_i].changes);
    struct evidence *evidence = facts_evidence();
    struct observation *seen = observe(evidence, kept[_i].kind, kept[_i].changes);
    const struct observation *copy = observation_keep(facts_pool(), seen);
    same(seen, copy);
    ck_assert(*seen->name == '\0' || seen->name != copy->name);
    ck_assert_str_eq(observation_arn(copy), seen->arn.state == MEMBER_TEXT ? seen->arn.text : "");
    ck_assert_str_eq(observation_id(copy), seen->id.state == MEMBER_TEXT ? seen->id.text : "");
}
END_TEST

static struct moment moment(const char *text, const char *fraction)
{
    return (struct moment){MOMENT_READABLE, text, {1, fraction, true}};
}

/* Nothing of the copy is in memory of the observation. */
START_TEST(test_kept_texts)
{
    struct evidence *evidence = facts_evidence();
    struct observation *seen = observe(evidence, 'd', "");
    char text[] = "text", fraction[] = "125";
    struct acm_update update = {
        {MEMBER_TEXT, text}, moment(text, fraction), moment(text, fraction)};
    seen->acm->update = &update;
    seen->acm->whole = seen->acm->exported = true;
    seen->acm->key_pair_origin = text;
    seen->acm->renewal_beside = (struct member){MEMBER_TEXT, text};
    seen->acm->renewal_updated = moment(text, fraction);
    const struct observation *copy = observation_keep(facts_pool(), seen);
    same(seen, copy);
    memset(text, 'x', strlen(text));
    memset(fraction, '9', strlen(fraction));
    update = (struct acm_update){.status = {MEMBER_ABSENT, NULL}};
    const struct acm_facts *acm = copy->acm;
    ck_assert_str_eq(acm->update->status.text, "text");
    ck_assert_str_eq(acm->update->requested.text, "text");
    ck_assert_str_eq(acm->update->updated.at.fraction, "125");
    ck_assert_str_eq(acm->key_pair_origin, "text");
    ck_assert_str_eq(acm->renewal_beside.text, "text");
    ck_assert_str_eq(acm->renewal_updated.at.fraction, "125");
}
END_TEST

void assess_add_observation(Suite *suite)
{
    TCase *tcase = tcase_create("observation");
    tcase_add_loop_test(tcase, test_kept, 0, COUNT(kept));
    tcase_add_test(tcase, test_kept_texts);
    suite_add_tcase(suite, tcase);
}
