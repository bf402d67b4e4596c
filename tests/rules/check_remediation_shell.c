/*
 * check_remediation_shell.c: remediation as a shell runs it: commands receive values byte for byte
 * as in the export, or no command runs. Each test runs one script with a section for each attack
 * string.
 */
#include "rules/check_rules.h"
#include "support/attack_strings.h"
#include "support/harness.h"
#include "support/shell.h"
#include <string.h>

/* Values that are not safe to paste; see remediation_end. */
static bool refused(size_t number)
{
    return !attack_string_at(number).legible || attack_string_at(number).names_a_file;
}

static bool illegible(size_t number)
{
    return !attack_string_at(number).legible;
}

/* An ARN with a mask in it is in no command. */
static bool masked(size_t number)
{
    return evidence_is_masked(attack_string_at(number).raw);
}

/* Commands that receive the attack string at each of the options. */
struct commands {
    /* Remediation with the string of that number; NULL if it is not possible there. */
    const char *(*lines)(size_t number);
    bool (*refused)(size_t number);
    size_t count, more; /* more: commands without the string, which follow */
    const char *options[4];
};

static void check_section(const struct commands *commands, size_t number,
                          const struct shell_calls *calls)
{
    size_t first, count = shell_section(calls, number, &first);
    const char *lines = commands->lines(number), *raw = attack_string_at(number).raw;
    bool none = commands->refused(number);
    HARNESS_REQUIRE(count == (none ? 0 : commands->count) + commands->more, "%zu calls:\n%s", count,
                    lines);
    HARNESS_REQUIRE(!none || *lines == '#', "%s", lines);
    for (size_t i = first; !none && i < first + commands->count; i++)
        for (const char *const *option = commands->options; *option != NULL; option++)
            HARNESS_REQUIRE(shell_got(&calls->items[i], *option, raw), "%s did not receive %s:\n%s",
                            *option, raw, lines);
}

static void check_commands(const struct commands *commands)
{
    struct text script = TEXT_EMPTY;
    for (size_t i = 0; i < attack_string_count; i++) {
        const char *lines = commands->lines(i);
        if (lines != NULL)
            text_addf(&script, "%s%s", shell_mark(i), lines);
    }
    struct shell_calls calls = shell_run(facts_kept(&script));
    for (size_t i = 0; i < attack_string_count; i++)
        if (commands->lines(i) != NULL)
            check_section(commands, i, &calls);
}

static const char *acm_lines(const struct observation *seen)
{
    return rules_remediation(&rule_acm_005, seen, FACTS_AS_OF);
}

static struct observation *waiting(void)
{
    return facts_description(
        facts_evidence(), "d.json",
        "Status=PENDING_VALIDATION|CreatedAt=2026-11-19T00:00:00Z|Domain=x|Method=EMAIL");
}

static const char *resend(size_t number)
{
    struct observation *seen = waiting();
    seen->acm->domains.items[0].name = attack_string_at(number).raw;
    return acm_lines(seen);
}

static const char *resend_at(size_t number)
{
    struct observation *seen = waiting();
    seen->acm->domains.items[0].validation_domain = attack_string_at(number).raw;
    return acm_lines(seen);
}

static const char *resend_for(size_t number)
{
    struct observation *seen = waiting();
    facts_set(seen, "Arn", attack_string_at(number).raw);
    return masked(number) ? NULL : acm_lines(seen);
}

/* The region is a part of the ARN, so it comes from the export too, and none of these is one. */
static const char *region(size_t number)
{
    struct observation *seen = facts_description(facts_evidence(), "d.json", "Status");
    const char *raw = attack_string_at(number).raw;
    if (strchr(raw, ':') != NULL)
        return NULL; /* would end the field; resend_for uses such a string as the ARN */
    facts_set(seen, "Arn", harness_format("arn:aws:acm:%s:1:certificate/1", raw));
    if (attack_string_at(number).legible)
        facts_holds(acm_lines(seen), " --region REGION ");
    return acm_lines(seen);
}

static struct observation *late(void)
{
    return facts_description(facts_evidence(), "d.json",
                             "Status=VALIDATION_TIMED_OUT|Name=d.example");
}

static const char *request(size_t number)
{
    struct observation *seen = late();
    facts_set(seen, "Name", attack_string_at(number).raw);
    return acm_lines(seen);
}

static const char *private_request(size_t number)
{
    struct observation *seen = late();
    facts_set(seen, "Name", attack_string_at(number).raw);
    facts_set(seen, "Type", "PRIVATE");
    facts_set(seen, "CertificateAuthorityArn", attack_string_at(number).raw);
    return acm_lines(seen);
}

static const char *alternative(size_t number)
{
    struct observation *seen = late();
    facts_set(seen, "Alternative", attack_string_at(number).raw);
    return acm_lines(seen);
}

/* A second value has no option of its own, so `=` cannot protect a leading dash. */
static const char *second_alternative(size_t number)
{
    struct observation *seen = late();
    facts_set(seen, "Alternative", "a.example");
    facts_set(seen, "Alternative", attack_string_at(number).raw);
    return acm_lines(seen);
}

static bool refused_second(size_t number)
{
    return refused(number) || *attack_string_at(number).raw == '-';
}

static const char *describe(size_t number)
{
    if (masked(number))
        return NULL;
    struct observation *seen = facts_summary(facts_evidence(), "l.json", "");
    facts_set(seen, "Arn", attack_string_at(number).raw);
    struct text lines = TEXT_EMPTY;
    rule_acm_005.export_again(seen, &lines);
    return facts_kept(&lines);
}

static const struct commands commands[] = {
    {resend, refused, 1, 2, {"--domain", "--validation-domain", NULL}},
    {resend_at, refused, 1, 2, {"--validation-domain", NULL}},
    {resend_for, refused, 3, 0, {"--certificate-arn", NULL}},
    {region, illegible, 1, 0, {NULL}},
    {request, refused, 1, 0, {"--domain-name", NULL}},
    {private_request, refused, 1, 0, {"--domain-name", "--certificate-authority-arn", NULL}},
    {alternative, refused, 1, 0, {"--subject-alternative-names", NULL}},
    {second_alternative, refused_second, 1, 0, {"a.example", NULL}},
    {describe, refused, 1, 0, {"--certificate-arn", NULL}},
};

START_TEST(test_commands)
{
    check_commands(&commands[_i]);
}
END_TEST

/* The value of --certificates, with the two characters that RFC 8259 requires to escape. */
static const char *listener_json(const char *arn)
{
    struct text text = TEXT_EMPTY;
    text_add(&text, "[{\"CertificateArn\":\"");
    for (; *arn != '\0'; arn++)
        text_addf(&text, "%s%c", *arn == '"' || *arn == '\\' ? "\\" : "", *arn);
    text_add(&text, "\"}]");
    return facts_kept(&text);
}

static const char *iam_lines(size_t number)
{
    if (masked(number))
        return NULL;
    struct observation *seen =
        facts_iam(facts_evidence(), "l.json", "UploadDate=2012-01-01T00:00:00Z");
    facts_set(seen, "Name", attack_string_at(number).raw);
    facts_set(seen, "Path", attack_string_at(number).raw);
    facts_set(seen, "Arn", attack_string_at(number).raw);
    return rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
}

#define DELETE "aws iam delete-server-certificate"

/* The name is in the upload, the ARN in the two replacements. Inside JSON the AWS CLI does not take
 * `file://x` for a file, so that command remains. */
static void check_iam(const struct shell_calls *calls, size_t number)
{
    struct attack_string attack = attack_string_at(number);
    size_t first, count = shell_section(calls, number, &first);
    const struct shell_call *call = &calls->items[first];
    const char *lines = iam_lines(number), *renewed = harness_format("%s-reissued", attack.raw);
    size_t expected = !refused(number) ? 3 : attack.legible ? 1 : 0;
    HARNESS_REQUIRE(count == expected, "%zu calls:\n%s", count, lines);
    HARNESS_REQUIRE((strstr(lines, "# " DELETE) != NULL) == (count == 3), "%s", lines);
    for (size_t i = 0; i < count; i++)
        HARNESS_REQUIRE(strcmp(call[i].arguments[1], "delete-server-certificate") != 0,
                        "a delete runs:\n%s", lines);
    if (count > 0)
        HARNESS_REQUIRE(shell_got(&call[count - 1], "--certificates", listener_json(renewed)),
                        "the listener:\n%s", lines);
    if (count == 3)
        HARNESS_REQUIRE(shell_got(&call[0], "--server-certificate-name", renewed) &&
                            shell_got(&call[0], "--path", attack.raw) &&
                            shell_got(&call[1], "--ssl-certificate-id", renewed),
                        "%s", lines);
}

START_TEST(test_iam)
{
    struct text script = TEXT_EMPTY;
    for (size_t i = 0; i < attack_string_count; i++)
        if (!masked(i))
            text_addf(&script, "%s%s", shell_mark(i), iam_lines(i));
    struct shell_calls calls = shell_run(facts_kept(&script));
    for (size_t i = 0; i < attack_string_count; i++)
        if (!masked(i))
            check_iam(&calls, i);
}
END_TEST

/* The last line, without its #, if it was not omitted. */
static const char *delete (size_t number)
{
    if (masked(number))
        return NULL;
    const char *last = strstr(iam_lines(number), "# " DELETE);
    return last == NULL ? "#\n" : last + 2;
}

START_TEST(test_delete)
{
    static const struct commands deletes = {
        delete, refused, 1, 0, {"--server-certificate-name", NULL}};
    check_commands(&deletes);
}
END_TEST

static const char *notes_of(const char *value)
{
    struct observation *seen = facts_description(
        facts_evidence(), "d.json",
        "Status=PENDING_VALIDATION|CreatedAt=2026-11-19T00:00:00Z|Domain=d|Domain=h");
    struct domain *domains = seen->acm->domains.items;
    domains[0].record_name = domains[0].record_type = domains[0].record_value = value;
    domains[1].redirect_from = domains[1].redirect_to = value;
    return acm_lines(seen);
}

/* Adds a call of the stub with the values of each comment. */
static void add_notes(struct text *script, size_t number)
{
    const char *lines = notes_of(attack_string_at(number).raw);
    for (const char *next; *lines != '\0'; lines = next) {
        next = strchr(lines, '\n') + 1;
        const char *line = harness_format("%.*s", (int)(next - lines) - 1, lines);
        const char *values = strstr(line, ": ");
        ck_assert_int_eq(*line, '#');
        ck_assert_ptr_nonnull(values);
        if (attack_string_at(number).legible)
            text_addf(script, "aws %s\n", values + 2);
        else
            facts_lacks(line, attack_string_at(number).raw);
    }
}

/* Records and redirects are comments, but their values are quoted too (see remediation.h). */
START_TEST(test_notes)
{
    struct text comments = TEXT_EMPTY, script = TEXT_EMPTY;
    for (size_t i = 0; i < attack_string_count; i++) {
        text_add(&comments, notes_of(attack_string_at(i).raw));
        text_add(&script, shell_mark(i));
        add_notes(&script, i);
    }
    shell_run_none(facts_kept(&comments));
    struct shell_calls calls = shell_run(facts_kept(&script));
    for (size_t i = 0; i < attack_string_count; i++) {
        const char *value = attack_string_at(i).raw;
        size_t first, count = shell_section(&calls, i, &first);
        ck_assert_uint_eq(count, attack_string_at(i).legible ? 2 : 0);
        if (count == 0)
            continue;
        ck_assert(shell_is(&calls.items[first], (const char *const[]){value, value, value, NULL}));
        ck_assert(shell_is(&calls.items[first + 1], (const char *const[]){value, value, NULL}));
    }
}
END_TEST

/* The fixed words of a comment contain nothing that a shell without comments would act on. */
START_TEST(test_fixed_words)
{
    static const char *const reasons[] = {
        "NO_AVAILABLE_CONTACTS",
        "ADDITIONAL_VERIFICATION_REQUIRED",
        "DOMAIN_NOT_ALLOWED",
        "INVALID_PUBLIC_DOMAIN",
        "DOMAIN_VALIDATION_DENIED",
        "CAA_ERROR",
        "PCA_LIMIT_EXCEEDED",
        "PCA_INVALID_ARN",
        "PCA_INVALID_STATE",
        "PCA_REQUEST_FAILED",
        "PCA_RESOURCE_NOT_FOUND",
        "PCA_NAME_CONSTRAINTS_VALIDATION",
        "PCA_INVALID_ARGS",
        "PCA_INVALID_DURATION",
        "PCA_ACCESS_DENIED",
        "SLR_NOT_FOUND",
        "OTHER",
        "",
    };
    static const char *const others[] = {
        "Arn|InUseBy=arn:a|NotAfter=2026-01-01T00:00:00Z|RenewalStatus=FAILED",
        "Status=PENDING_VALIDATION|CreatedAt=2026-01-01T00:00:00Z",
        "RenewalStatus=PENDING_VALIDATION|RenewalDomain=a|Method=EMAIL|RenewalDomain=b|From=c|To=d",
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0] + 3; i++) {
        size_t reason_count = sizeof reasons / sizeof reasons[0];
        const char *changes = i < reason_count
                                  ? harness_format("Status=FAILED|FailureReason=%s", reasons[i])
                                  : others[i - reason_count];
        const char *lines = acm_lines(facts_description(facts_evidence(), "d.json", changes));
        for (const char *at = lines; *at != '\0'; at = strchr(at, '\n') + 1)
            if (*at == '#')
                ck_assert_msg(at + strcspn(at, "';&|`$<>\"\\") > strchr(at, '\n'), "%s", lines);
        if (i + 1 < reason_count)
            facts_lacks(lines, "find the cause");
    }
}
END_TEST

/* The function that describes all certificates of a region; here the list has two. */
START_TEST(test_describe)
{
    struct text script = TEXT_EMPTY;
    text_add(&script, rule_acm_005.describe);
    text_add(&script, "aws() { command aws \"$@\" && test $2 = describe-certificate || "
                      "printf 'arn:1\\tarn:2\\n'; }\ndescribe eu-west-1\n");
    struct shell_calls calls = shell_run(facts_kept(&script));
    ck_assert_uint_eq(calls.count, 3);
    ck_assert(shell_got(&calls.items[0], "--region", "eu-west-1"));
    ck_assert(shell_got(&calls.items[0], "--includes",
                        "keyTypes=RSA_1024,RSA_2048,RSA_3072,RSA_4096,EC_prime256v1,EC_secp384r1,"
                        "EC_secp521r1"));
    for (size_t i = 1; i < 3; i++) {
        ck_assert_str_eq(calls.items[i].arguments[1], "describe-certificate");
        ck_assert(shell_got(&calls.items[i], "--region", "eu-west-1"));
        ck_assert(shell_got(&calls.items[i], "--certificate-arn", i == 1 ? "arn:1" : "arn:2"));
    }
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void rules_add_shell(Suite *suite)
{
    TCase *shell = tcase_create("shell");
    tcase_set_timeout(shell, HARNESS_SECONDS);
    tcase_add_loop_test(shell, test_commands, 0, COUNT(commands));
    tcase_add_test(shell, test_iam);
    tcase_add_test(shell, test_delete);
    tcase_add_test(shell, test_notes);
    tcase_add_test(shell, test_fixed_words);
    tcase_add_test(shell, test_describe);
    suite_add_tcase(suite, shell);
}
