/*
 * iam_033.c: Pre-Heartbleed Server Certificates. Id, title and severity are those of the
 * knowledge base of Trend Vision One Cloud Risk Management (formerly Cloud One Conformity). OpenSSL
 * disclosed CVE-2014-0160 on 7 April 2014; AWS announced on 8 April that its load balancers were
 * updated.
 */
#include "base/text.h"
#include "rules/remediation.h"
#include "rules/rules.h"
#include <string.h>

/* 2014-04-08T00:00:00Z, the cut-off of CloudGuard D9.AWS.CRY.58. */
static const struct timestamp disclosure_over = {INT64_C(1396915200), "", true};

/* Local time differs from UTC by at most 14 hours (Pacific/Kiritimati). */
static const int64_t largest_offset = 14 * TIMESTAMP_HOUR;

enum { ARN_UNKNOWN, IDENTITY_REDACTED, DATE_UNKNOWN, BEFORE_CUTOFF, NEAR_DISCLOSURE, AFTER_CUTOFF };

static const struct condition conditions[] = {
    [ARN_UNKNOWN] = {"arn-unknown", RESULT_UNKNOWN, rules_by_arn, "an Arn",
                     "the record has no ARN, so the certificate cannot be identified"},
    [IDENTITY_REDACTED] = {"identity-redacted", RESULT_UNKNOWN, rules_by_arn,
                           "an Arn that one certificate has",
                           "the ARN is masked, and different certificates have it"},
    [DATE_UNKNOWN] = {"upload-date-unknown", RESULT_UNKNOWN, rules_by_upload_date, NULL,
                      "the upload date is missing, unreadable, or ambiguous (no time zone, within "
                      "14 hours of the cut-off)"},
    [BEFORE_CUTOFF] = {"uploaded-before-cutoff", RESULT_FAIL, rules_by_upload_date, NULL,
                       "uploaded before the cut-off; the key may have been exposed"},
    [NEAR_DISCLOSURE] =
        {"uploaded-near-disclosure", RESULT_PASS, rules_by_upload_date, NULL,
         "uploaded at or after the cut-off, from 1 to 7 April 2014, the week of the disclosure"},
    [AFTER_CUTOFF] = {"uploaded-after-cutoff", RESULT_PASS, rules_by_upload_date, NULL,
                      "uploaded after the cut-off, and not in the week of the disclosure"},
    {NULL, RESULT_UNKNOWN, NULL, NULL, NULL},
};

static bool is_ambiguous(const struct timestamp *uploaded, const struct timestamp *cutoff)
{
    struct timestamp from = timestamp_plus(*cutoff, -largest_offset);
    struct timestamp to = timestamp_plus(*cutoff, largest_offset);
    return !uploaded->zone && timestamp_compare(uploaded, &from) > 0 &&
           timestamp_compare(uploaded, &to) < 0;
}

static const struct condition *evaluate(const struct observation *seen, const struct policy *policy)
{
    const struct timestamp *uploaded = &seen->uploaded.at;
    if (seen->arn.state != MEMBER_TEXT)
        return &conditions[ARN_UNKNOWN];
    if (seen->uploaded.state != MOMENT_READABLE || is_ambiguous(uploaded, &policy->cutoff))
        return &conditions[DATE_UNKNOWN];
    if (timestamp_compare(uploaded, &policy->cutoff) < 0)
        return &conditions[BEFORE_CUTOFF];
    if (timestamp_compare(uploaded, &rules_default_cutoff) >= 0 &&
        timestamp_compare(uploaded, &disclosure_over) < 0)
        return &conditions[NEAR_DISCLOSURE];
    return &conditions[AFTER_CUTOFF];
}

static const char *const members[] = {"UploadDate", "Expiration", NULL};

static struct difference differ(const struct observation *left, const struct observation *right,
                                const struct policy *policy)
{
    struct difference difference = {0, 0, false};
    (void)policy;
    difference.deciding |= evidence_same_moment(&left->uploaded, &right->uploaded) ? 0U : 1U;
    difference.deciding |= evidence_same_moment(&left->not_after, &right->not_after) ? 0U : 2U;
    return difference;
}

static bool has_expired(const struct observation *seen, const struct policy *policy)
{
    return seen->not_after.state == MOMENT_READABLE &&
           timestamp_compare(&seen->not_after.at, &policy->as_of) < 0;
}

/* Whether all that is left is to delete it. */
static bool is_to_be_deleted(const struct observation *seen, const struct policy *policy)
{
    return has_expired(seen, policy) && seen->in_use != IN_USE_YES;
}

static bool due(const struct observation *seen, const struct condition *condition,
                struct timestamp *when)
{
    (void)seen;
    (void)condition;
    (void)when;
    return false; /* overdue since the disclosure */
}

static void add_expiry(const struct observation *seen, const struct policy *policy,
                       struct text *text)
{
    if (seen->not_after.state != MOMENT_READABLE) {
        text_add(text, " The export contains no readable Expiration.");
        return;
    }
    text_add(text, has_expired(seen, policy) ? " It expired on " : " It is valid until ");
    timestamp_add_date(&seen->not_after.at, text);
    text_add(text, is_to_be_deleted(seen, policy) ? ": delete it, if nothing uses it any more."
                   : has_expired(seen, policy)    ? " and is in use: replace it."
                                                  : ".");
    if (!seen->not_after.at.zone)
        text_add(text, " Expiration has no time zone and was read as UTC.");
}

static void add_unknown_date(const struct observation *seen, struct text *text)
{
    switch (seen->uploaded.state) {
    case MOMENT_ABSENT:
        text_add(text, "The record has no UploadDate; export the list again, without --query.");
        break;
    case MOMENT_UNREADABLE:
        text_add(text, "UploadDate \"");
        text_add(text, seen->uploaded.text);
        text_add(text, "\" is not a readable time; export the list again, without --query.");
        break;
    case MOMENT_READABLE:
        text_add(text,
                 "UploadDate has no time zone. Read as UTC, it is less than 14 hours from the "
                 "cut-off, so it may be before or after it; export the list again with the "
                 "AWS CLI, which writes the time zone.");
        break;
    }
}

/* Says so if the default cut-off gives another result; false if it does not. */
static bool add_moved(const struct observation *seen, const struct condition *condition,
                      const struct policy *policy, struct text *text)
{
    struct policy usual = *policy;
    usual.cutoff = rules_default_cutoff;
    enum result result = evaluate(seen, &usual)->result;
    if (result == condition->result)
        return false;
    text_addf(text, " It %s only because the cut-off was moved to ",
              condition->result == RESULT_FAIL ? "fails" : "passes");
    timestamp_add_exact(&policy->cutoff, text);
    text_add(text, "; with the default, ");
    timestamp_add(&rules_default_cutoff, text);
    text_addf(text, ", it %s.",
              result == RESULT_FAIL   ? "fails"
              : result == RESULT_PASS ? "passes"
                                      : "is UNKNOWN");
    return true;
}

static void reason(const struct observation *seen, const struct condition *condition,
                   const struct policy *policy, struct text *text)
{
    if (condition == &conditions[ARN_UNKNOWN]) {
        text_add(text, "The record has no ARN, so the certificate cannot be identified; export the "
                       "list again, without --query.");
        return;
    }
    if (condition == &conditions[IDENTITY_REDACTED]) {
        text_addf(text,
                  "The ARN is masked (%s), and records of different certificates have it, so the "
                  "certificate cannot be identified. Export again, or replace each account and "
                  "certificate name by a pseudonym of its own.",
                  seen->arn.text);
        return;
    }
    if (condition == &conditions[DATE_UNKNOWN]) {
        add_unknown_date(seen, text);
        return;
    }
    int order = timestamp_compare(&seen->uploaded.at, &policy->cutoff);
    text_add(text, "Uploaded on ");
    timestamp_add_exact(&seen->uploaded.at, text);
    text_add(text, order < 0   ? ", before the cut-off"
                   : order > 0 ? ", after the cut-off"
                               : ", at the cut-off");
    if (condition == &conditions[BEFORE_CUTOFF]) {
        text_add(text, ": the key may have been exposed by Heartbleed "
                       "(CVE-2014-0160). The upload date is an indicator, not proof.");
        (void)add_moved(seen, condition, policy, text);
        add_expiry(seen, policy, text);
    } else if (condition == &conditions[NEAR_DISCLOSURE]) {
        text_add(text, ", but no later than the week of Heartbleed, which was disclosed on 7 April "
                       "2014. AWS announced on 8 April that its load balancers were updated, and "
                       "another published rule (CloudGuard D9.AWS.CRY.58) uses 8 April as its "
                       "cut-off. The upload date does not show that the key pair is new.");
    } else {
        text_add(text, ".");
        if (!add_moved(seen, condition, policy, text))
            text_add(text, " The upload date does not show that the key pair is new.");
    }
    if (!seen->uploaded.at.zone)
        text_add(text, " UploadDate has no time zone and was read as UTC.");
}

static void expected(const struct condition *condition, const struct policy *policy,
                     struct text *text)
{
    (void)condition;
    text_add(text, "UploadDate at or after ");
    timestamp_add_exact(&policy->cutoff, text);
}

/* The name, or NAME if there is none or it is masked. */
static const char *name_of(const struct observation *seen)
{
    return *seen->name != '\0' && !evidence_is_masked(seen->name) ? seen->name : "NAME";
}

/* IAM does not accept the name of the old certificate again. */
static void add_new_name(const struct observation *seen, struct text *text)
{
    text_addf(text, "%s-reissued", name_of(seen));
}

/* The ARN of the upload: it ends with the new name. */
static void add_new_arn(const struct observation *seen, struct text *text)
{
    if (evidence_is_masked_arn(seen->arn.text))
        text_add(text, "NEW_ARN");
    else
        text_addf(text, "%s-reissued", seen->arn.text);
}

/* The elbv2 option is given as JSON, since a name may contain a comma. */
static void add_listeners(const char *arn, struct text *text)
{
    struct text json = TEXT_EMPTY;
    struct remediation classic =
        remediation_begin(text, "aws elb set-load-balancer-listener-ssl-certificate --region REGION"
                                " --load-balancer-name LOAD_BALANCER --load-balancer-port 443");
    remediation_option(&classic, "--ssl-certificate-id", arn, "NEW_ARN");
    remediation_end(&classic);
    text_add(&json, "[{\"CertificateArn\":\"");
    for (; *arn != '\0'; arn++) {
        text_add(&json, *arn == '"' || *arn == '\\' ? "\\" : "");
        text_add_bytes(&json, arn, 1);
    }
    text_add(&json, "\"}]");
    struct remediation listener = remediation_begin(
        text, "aws elbv2 modify-listener --region REGION --listener-arn LISTENER_ARN");
    remediation_option(&listener, "--certificates", text_string(&json), "CERTIFICATES");
    remediation_end(&listener);
    text_free(&json);
}

static void add_upload(const struct observation *seen, struct text *text)
{
    struct text name = TEXT_EMPTY;
    add_new_name(seen, &name);
    struct remediation upload = remediation_begin(text, "aws iam upload-server-certificate");
    remediation_option(&upload, "--server-certificate-name", text_string(&name), "NAME");
    if (*seen->path != '\0')
        remediation_option(&upload, "--path", seen->path, "/");
    text_add(text, " --certificate-body file://reissued-certificate.pem"
                   " --certificate-chain file://reissued-chain.pem"
                   " --private-key file://new-private-key.pem");
    remediation_end(&upload);
    text_free(&name);
}

static void add_replacement(const struct observation *seen, struct text *text)
{
    struct text arn = TEXT_EMPTY;
    add_new_arn(seen, &arn);
    remediation_note(text, "1. have the certificate reissued with a new key pair, then upload it");
    add_upload(seen, text);
    /* IAM keeps CloudFront's certificates under this path. */
    if (strncmp(seen->path, "/cloudfront/", strlen("/cloudfront/")) == 0) {
        remediation_note(text,
                         "2. in each distribution that uses the old one, set IAMCertificateId to "
                         "the new ServerCertificateId");
        remediation_note(text,
                         "print the current configuration: aws cloudfront get-distribution-config "
                         "--id DISTRIBUTION_ID");
        text_add(text, "aws cloudfront update-distribution --id DISTRIBUTION_ID --if-match ETAG "
                       "--distribution-config file://changed-configuration.json\n");
    } else {
        remediation_note(text, "2. replace the old one on each listener that uses it");
        add_listeners(text_string(&arn), text);
    }
    text_free(&arn);
}

static void export_again(const struct observation *seen, struct text *text)
{
    (void)seen; /* one list covers the whole account */
    struct remediation list =
        remediation_begin(text, "aws iam list-server-certificates --output json");
    remediation_end(&list);
}

/* It stays a comment: a delete is for a person to decide. */
static void add_removal(const struct observation *seen, struct text *text)
{
    text_add(text, "# ");
    struct remediation removal = remediation_begin(text, "aws iam delete-server-certificate");
    remediation_option(&removal, "--server-certificate-name", name_of(seen), "NAME");
    remediation_end(&removal);
}

static void remediation(const struct observation *seen, const struct condition *condition,
                        const struct policy *policy, struct text *text)
{
    if (condition->result == RESULT_UNKNOWN)
        export_again(seen, text);
    if (condition->result != RESULT_FAIL)
        return;
    if (evidence_is_masked_arn(seen->arn.text))
        remediation_source(
            text, "the ARN in the export is masked: find out the account and the name of", seen);
    if (is_to_be_deleted(seen, policy)) {
        remediation_note(text, "it has expired: if nothing uses it, remove the # and delete it");
    } else {
        add_replacement(seen, text);
        remediation_note(text,
                         "3. when the old one is no longer in use, remove the # and delete it");
    }
    add_removal(seen, text);
}

static const char explanation[] =
    "What it checks\n"
    "  An IAM server certificate fails if its UploadDate is before the cut-off, 1 April 2014\n"
    "  (2014-04-01T00:00:00Z, or --cutoff).\n"
    "\n"
    "Why\n"
    "  Heartbleed (CVE-2014-0160, disclosed on 7 April 2014) let anyone read the memory of\n"
    "  servers with a vulnerable OpenSSL, including private keys. The key of a certificate that\n"
    "  was uploaded before then may have been exposed. The upload date is an indicator, not "
    "proof:\n"
    "  it is not the age of the key. A key that was uploaded again passes, and so does a\n"
    "  certificate reissued for the same key pair. This rule does not cover certificates imported\n"
    "  to ACM. Uploads from 1 to 7 April 2014 pass, and are counted separately.\n"
    "\n"
    "By hand\n"
    "  The IAM console does not list server certificates. With the AWS CLI:\n"
    "    aws iam list-server-certificates\n"
    "  and compare each UploadDate, in UTC, with the cut-off.\n"
    "\n"
    "Repeat the count with jq on one saved list of AWS CLI 2\n"
    "    jq '[.ServerCertificateMetadataList[]\n"
    "         | select((.UploadDate | sub(\"\\\\.[0-9]+\"; \"\") | sub(\"[+]00:00$\"; \"Z\")\n"
    "                   | fromdate) < (\"2014-04-01T00:00:00Z\" | fromdate))] | length' FILE\n"
    "\n"
    "Remediation\n"
    "  Have the certificate reissued with a new key pair and the old one revoked. Upload it under\n"
    "  a new name, use it in place of the old one (load balancers, CloudFront), and delete the\n"
    "  old one. If the old one has expired and is not in use, simply delete it. A certificate\n"
    "  from ACM, which renews automatically, is better than a new upload.\n";

static const struct timestamp *cutoff_of(const struct policy *policy)
{
    return &policy->cutoff;
}

static const char *const limits[] = {
    "The upload date is not the age of the key: a key that was uploaded again, or a certificate "
    "reissued for the same key pair, passes IAM-033.",
    "IAM-033 does not cover certificates imported to ACM.",
    "The list of IAM server certificates does not say whether they are in use.",
    NULL,
};

const struct rule rule_iam_033 = {
    .id = "IAM-033",
    .title = "Pre-Heartbleed Server Certificates",
    .severity = SEVERITY_HIGH,
    .pillars = "Security",
    .applies = SERVICE_IAM,
    .conditions = conditions,
    .evaluate = evaluate,
    .identity_redacted = &conditions[IDENTITY_REDACTED],
    .members = members,
    .differ = differ,
    .due = due,
    .reason = reason,
    .remediation = remediation,
    .export_again = export_again,
    .expected = expected,
    .parameter = "cut-off",
    .parameter_value = cutoff_of,
    .limits = limits,
    .purpose = "finds IAM server certificates that were uploaded before the cut-off. Their private "
               "keys may have been exposed by Heartbleed (CVE-2014-0160), disclosed on 7 April "
               "2014.",
    .explanation = explanation,
};
