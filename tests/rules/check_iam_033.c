/* check_iam_033.c: IAM-033: conditions, boundaries, reasons, and on what records differ. */
#include "rules/check_rules.h"
#include "support/harness.h"

#define NOT_NEW "does not show that the key pair is new"
#define EXPOSED "may have been exposed"
#define NEAR "CloudGuard D9.AWS.CRY.58"
#define AS_UTC "as UTC"

static const struct rules_case cases[] = {
    /* the cut-off */
    {"UploadDate=2014-03-31T23:59:59Z",
     "uploaded-before-cutoff",
     "",
     {EXPOSED, "2014-03-31T23:59:59Z", "indicator, not proof", "It is valid until 2027-06-01"},
     {NOT_NEW, "expired", AS_UTC}},
    {"UploadDate=2014-03-31T23:59:59.999999999999Z",
     "uploaded-before-cutoff",
     "",
     {EXPOSED, "Uploaded on 2014-03-31T23:59:59.999999999999Z"},
     {0}},
    {"UploadDate=2014-04-01T05:44:59+05:45", "uploaded-before-cutoff", "", {EXPOSED}, {0}},
    {"UploadDate=2014-03-31T16:00:00-08:00", "uploaded-near-disclosure", "", {NEAR}, {EXPOSED}},
    {"UploadDate=2014-04-01T00:00:00Z",
     "uploaded-near-disclosure",
     "",
     {NOT_NEW, "7 April 2014", "8 April", NEAR, "load balancers were updated",
      "2014-04-01T00:00:00Z, at the cut-off"},
     {EXPOSED, "valid until"}},
    {"UploadDate=2014-04-01T00:00:00.000000001Z",
     "uploaded-near-disclosure",
     "",
     {NEAR, "after the cut-off"},
     {0}},
    {"UploadDate=2012-01-01T00:00:00Z", "uploaded-before-cutoff", "", {EXPOSED}, {0}},
    {"UploadDate=1969-12-31T23:59:59Z",
     "uploaded-before-cutoff",
     "",
     {EXPOSED, "1969-12-31T23:59:59Z"},
     {0}},
    /* the end of the week of the disclosure */
    {"UploadDate=2014-04-07T23:59:59Z", "uploaded-near-disclosure", "", {NEAR}, {0}},
    {"UploadDate=2014-04-07T23:59:59.999999999999Z", "uploaded-near-disclosure", "", {NEAR}, {0}},
    {"UploadDate=2014-04-08T00:00:00Z", "uploaded-after-cutoff", "", {NOT_NEW}, {NEAR, EXPOSED}},
    {"UploadDate=2014-04-08T09:00:00+09:00", "uploaded-after-cutoff", "", {NOT_NEW}, {NEAR}},
    {"UploadDate=2030-01-01T00:00:00Z", "uploaded-after-cutoff", "", {NOT_NEW}, {EXPOSED}},
    /* without a time zone: ambiguous within 14 hours of the cut-off */
    {"UploadDate=2014-03-31T10:00:00", "uploaded-before-cutoff", "", {EXPOSED, AS_UTC}, {0}},
    {"UploadDate=2014-03-31T10:00:00.1", "upload-date-unknown", "", {"UploadDate", AS_UTC}, {0}},
    {"UploadDate=2014-03-31T10:00:01",
     "upload-date-unknown",
     "",
     {"UploadDate", "no time zone", "Read as UTC", "14 hours"},
     {EXPOSED}},
    {"UploadDate=2014-03-31 23:59", "upload-date-unknown", "", {"no time zone"}, {0}},
    {"UploadDate=2014-04-01T00:00:00", "upload-date-unknown", "", {"no time zone"}, {0}},
    {"UploadDate=2014-04-01T13:59:59", "upload-date-unknown", "", {"no time zone"}, {0}},
    {"UploadDate=2014-04-01T13:59:59.999", "upload-date-unknown", "", {"no time zone"}, {0}},
    {"UploadDate=2014-04-01T14:00:00", "uploaded-near-disclosure", "", {NEAR, AS_UTC}, {0}},
    {"UploadDate=2014-04-01T10:00:01Z", "uploaded-near-disclosure", "", {NEAR}, {AS_UTC}},
    {"UploadDate=2013-04-01T00:00:00", "uploaded-before-cutoff", "", {EXPOSED, AS_UTC}, {0}},
    {"UploadDate=2019-04-01T00:00:00", "uploaded-after-cutoff", "", {NOT_NEW, AS_UTC}, {0}},
    /* unreadable */
    {"UploadDate", "upload-date-unknown", "", {"UploadDate"}, {EXPOSED, "\"\""}},
    {"UploadDate=2014-03-31", "upload-date-unknown", "", {"UploadDate", "\"2014-03-31\""}, {0}},
    {"UploadDate=yesterday", "upload-date-unknown", "", {"yesterday"}, {0}},
    {"UploadDate:true", "upload-date-unknown", "", {"UploadDate", "true"}, {0}},
    {"UploadDate=%s%n", "upload-date-unknown", "", {"%s%n"}, {0}},
    /* the ARN comes before the date */
    {"Arn|UploadDate=2012-01-01T00:00:00Z", "arn-unknown", "", {"no ARN"}, {EXPOSED}},
    {"Arn:42", "arn-unknown", "", {"no ARN"}, {0}},
    {"Id", "uploaded-after-cutoff", "", {NOT_NEW}, {0}},
    /* the expiry, compared with the as-of time */
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=2026-11-19T23:59:59Z",
     "uploaded-before-cutoff",
     "",
     {EXPOSED, "It expired on 2026-11-19: delete it, if nothing uses it any more."},
     {"valid until"}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=2026-11-19T23:59:59.999Z",
     "uploaded-before-cutoff",
     "",
     {"expired on 2026-11-19"},
     {0}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=2026-11-19T23:59:59Z|InUse=yes",
     "uploaded-before-cutoff",
     "",
     {"It expired on 2026-11-19 and is in use: replace it."},
     {"delete"}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=2026-11-20T00:00:00Z",
     "uploaded-before-cutoff",
     "",
     {"It is valid until 2026-11-20"},
     {"expired"}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=2026-11-20T01:00:00+02:00",
     "uploaded-before-cutoff",
     "",
     {"expired on 2026-11-19"},
     {0}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration",
     "uploaded-before-cutoff",
     "",
     {EXPOSED, "Expiration"},
     {"expired on", "valid until"}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=never",
     "uploaded-before-cutoff",
     "",
     {EXPOSED, "Expiration"},
     {"expired on", "valid until"}},
    {"UploadDate=2012-01-01T00:00:00Z|Expiration=2027-01-01T00:00:00",
     "uploaded-before-cutoff",
     "",
     {"It is valid until 2027-01-01", "Expiration has no time zone and was read as UTC"},
     {0}},
};

START_TEST(test_case)
{
    HARNESS_ROW("%s", cases[_i].changes);
    struct observation *seen = facts_iam(facts_evidence(), "list.json", cases[_i].changes);
    rules_look(&rule_iam_033, seen, &cases[_i]);
}
END_TEST

/* With another cut-off its 14 hours move too; the week of the disclosure does not. */
static const struct {
    const char *cutoff, *uploaded, *condition;
} cutoffs[] = {
    {"2015-01-01T00:00:00Z", "2014-12-31T23:59:59Z", "uploaded-before-cutoff"},
    {"2015-01-01T00:00:00Z", "2015-01-01T00:00:00Z", "uploaded-after-cutoff"},
    {"2015-01-01T00:00:00Z", "2014-04-02T00:00:00Z", "uploaded-before-cutoff"},
    {"2015-01-01T00:00:00Z", "2014-12-31T12:00:00", "upload-date-unknown"},
    {"2015-01-01T00:00:00Z", "2014-04-01T00:00:00", "uploaded-before-cutoff"},
    {"2014-04-07T12:00:00.5Z", "2014-04-07T12:00:00.4Z", "uploaded-before-cutoff"},
    {"2014-04-07T12:00:00.5Z", "2014-04-07T12:00:00.5Z", "uploaded-near-disclosure"},
    {"2014-04-08T00:00:00Z", "2014-04-07T23:59:59Z", "uploaded-before-cutoff"},
    {"2014-04-08T00:00:00Z", "2014-04-08T00:00:00Z", "uploaded-after-cutoff"},
    {"2013-01-01T00:00:00Z", "2013-01-01T00:00:00Z", "uploaded-after-cutoff"},
    {"2010-01-01T00:00:00Z", "2012-08-14T23:02:41Z", "uploaded-after-cutoff"},
    {"2010-01-01T00:00:00Z", "2014-03-31T23:59:59Z", "uploaded-after-cutoff"},
    {"2010-01-01T00:00:00Z", "2014-04-01T00:00:00Z", "uploaded-near-disclosure"},
    {"2010-01-01T00:00:00Z", "2014-04-08T00:00:00Z", "uploaded-after-cutoff"},
    {"2013-01-01T00:00:00Z", "2012-12-31T23:59:59Z", "uploaded-before-cutoff"},
};

START_TEST(test_cutoff)
{
    HARNESS_ROW("%s, %s", cutoffs[_i].cutoff, cutoffs[_i].uploaded);
    struct observation *seen = facts_iam(facts_evidence(), "list.json", "");
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    facts_set(seen, "UploadDate", cutoffs[_i].uploaded);
    policy.cutoff = facts_when(cutoffs[_i].cutoff);
    const struct condition *condition = rule_iam_033.evaluate(seen, &policy);
    ck_assert_str_eq(condition->name, cutoffs[_i].condition);
    ck_assert_ptr_null(condition->expected);
    rule_iam_033.expected(condition, &policy, &text);
    facts_holds(text_string(&text), "UploadDate at or after ");
    struct text cutoff = TEXT_EMPTY;
    timestamp_add_exact(&policy.cutoff, &cutoff);
    facts_holds(text_string(&text), text_string(&cutoff));
    facts_holds(text_string(&text), cutoffs[_i].cutoff);
    text_free(&cutoff);
    text_free(&text);
}
END_TEST

/* A result that is due to another cut-off alone says so. */
static const struct {
    const char *cutoff, *uploaded;
    const char *holds; /* NULL: nothing of a moved cut-off */
} moved[] = {
    {"2010-01-01T00:00:00Z", "2012-08-14T23:02:41Z",
     "Uploaded on 2012-08-14T23:02:41Z, after the cut-off. It passes only because the cut-off was "
     "moved to 2010-01-01T00:00:00Z; with the default, 2014-04-01T00:00:00Z, it fails."},
    {"2010-01-01T00:00:00Z", "2014-04-09T00:00:00Z", NULL},
    {"2010-01-01T00:00:00Z", "2014-03-31T20:00:00", "2014-04-01T00:00:00Z, it is UNKNOWN."},
    {"2020-01-01T00:00:00Z", "2018-05-05T00:00:00Z",
     "proof. It fails only because the cut-off was moved to 2020-01-01T00:00:00Z; with the "
     "default, 2014-04-01T00:00:00Z, it passes."},
    {"2020-01-01T00:00:00Z", "2014-04-01T05:00:00", "2014-04-01T00:00:00Z, it is UNKNOWN."},
    {"2020-01-01T00:00:00Z", "2012-08-14T23:02:41Z", NULL},
};

START_TEST(test_moved_cutoff)
{
    HARNESS_ROW("%s, %s", moved[_i].cutoff, moved[_i].uploaded);
    struct observation *seen = facts_iam(facts_evidence(), "l", "");
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    facts_set(seen, "UploadDate", moved[_i].uploaded);
    policy.cutoff = facts_when(moved[_i].cutoff);
    rule_iam_033.reason(seen, rule_iam_033.evaluate(seen, &policy), &policy, &text);
    if (moved[_i].holds != NULL)
        facts_holds(text_string(&text), moved[_i].holds);
    else
        facts_lacks(text_string(&text), "moved");
    text_free(&text);
}
END_TEST

static const struct {
    const char *left, *right;
    const char *differ;
} pairs[] = {
    {"", "", ""},
    {"UploadDate=2014-03-31T23:59:59Z", "UploadDate=2014-04-01T09:59:59+10:00", ""},
    {"UploadDate=2014-03-31T23:59:59Z", "UploadDate=2014-03-31T23:59:59.0Z", ""},
    {"UploadDate=2014-03-31T23:59:59Z", "UploadDate=2014-03-31T23:59:59.1Z", "UploadDate"},
    {"UploadDate=2014-03-31T23:59:59Z", "UploadDate=2014-04-01T00:00:00Z", "UploadDate"},
    {"UploadDate", "UploadDate", ""},
    {"UploadDate", "", "UploadDate"},
    {"UploadDate=x", "UploadDate=x", ""},
    {"UploadDate=x", "UploadDate=y", "UploadDate"},
    {"UploadDate=x", "UploadDate", "UploadDate"},
    {"Expiration=2027-01-01T00:00:00Z", "Expiration=2027-01-01T01:00:00+01", ""},
    {"Expiration=2027-01-01T00:00:00Z", "Expiration=2027-01-02T00:00:00Z", "Expiration"},
    {"Expiration", "Expiration=2027-01-02T00:00:00Z", "Expiration"},
    {"Path=/a/|Name=a", "Path=/b/|Name=b", ""},
};

START_TEST(test_differ)
{
    HARNESS_ROW("%s, %s", pairs[_i].left, pairs[_i].right);
    struct evidence *evidence = facts_evidence();
    rules_differ(&rule_iam_033, facts_iam(evidence, "a.json", pairs[_i].left),
                 facts_iam(evidence, "b.json", pairs[_i].right), pairs[_i].differ);
}
END_TEST

/* The value that decided and where it is; if it is absent, the object without it. */
static const struct {
    const char *changes, *observed, *pointer;
} values[] = {
    {"Index=3", "2015-01-01T00:00:00Z", "/ServerCertificateMetadataList/3/UploadDate"},
    {"UploadDate=2014-03-31 23:59:59+00", "2014-03-31 23:59:59+00",
     "/ServerCertificateMetadataList/0/UploadDate"},
    {"UploadDate", "absent", "/ServerCertificateMetadataList/0"},
    {"UploadDate:[1]", "[1]", "/ServerCertificateMetadataList/0/UploadDate"},
    {"Arn", "absent", "/ServerCertificateMetadataList/0"},
    {"Arn:7", "7", "/ServerCertificateMetadataList/0/Arn"},
};

START_TEST(test_deciding_value)
{
    HARNESS_ROW("%s", values[_i].changes);
    struct observation *seen = facts_iam(facts_evidence(), "list.json", values[_i].changes);
    struct policy policy = facts_policy(FACTS_AS_OF);
    struct text text = TEXT_EMPTY;
    const struct condition *condition = rule_iam_033.evaluate(seen, &policy);
    rules_add_observed(seen, condition, &text);
    ck_assert_str_eq(text_string(&text), values[_i].observed);
    text_clear(&text);
    rules_add_pointer(seen, condition, &text);
    ck_assert_str_eq(text_string(&text), values[_i].pointer);
    text_free(&text);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void rules_add_iam(Suite *suite)
{
    TCase *iam = tcase_create("IAM-033");
    tcase_add_loop_test(iam, test_case, 0, COUNT(cases));
    tcase_add_loop_test(iam, test_cutoff, 0, COUNT(cutoffs));
    tcase_add_loop_test(iam, test_moved_cutoff, 0, COUNT(moved));
    tcase_add_loop_test(iam, test_differ, 0, COUNT(pairs));
    tcase_add_loop_test(iam, test_deciding_value, 0, COUNT(values));
    suite_add_tcase(suite, iam);
}
