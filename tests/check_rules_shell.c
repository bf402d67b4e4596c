/*
 * check_rules_shell.c: the remediation, run by a shell: a stub that stands for the AWS CLI writes
 * down what it is given. A value arrives byte for byte as it stands in the export, or no command is
 * run at all.
 */
#include "check_rules.h"
#include "harness.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Every argument ends with a NUL, every call with one more. */
static const char stub[] = "#!/bin/sh\n"
                           "printf '%s\\0' \"$@\" >> \"$RECORD\"\n"
                           "printf '\\0' >> \"$RECORD\"\n";

static const struct {
    const char *value;
    bool refused; /* no command: a control character, or what the AWS CLI would read a file for */
} values[] = {
    {"plain.example.com", false},
    {"*.example.com", false},
    {"two words", false},
    {" leading and trailing ", false},
    {"it's", false},
    {"''", false},
    {"'; touch pwned; '", false},
    {"\"double\"", false},
    {"$(touch pwned)", false},
    {"`touch pwned`", false},
    {"$HOME ${PATH} $$ $?", false},
    {"a;touch pwned", false},
    {"a&touch pwned&", false},
    {"a|touch pwned", false},
    {"a>pwned <b", false},
    {"#comment", false},
    {"a #b", false},
    {"~", false},
    {"~root/x", false},
    {"a=b", false},
    {"A=~", false},
    {"=x", false},
    {"*", false},
    {"?", false},
    {"[a-z]*", false},
    {"{a,b}", false},
    {"!x", false},
    {"\\", false},
    {"a\\", false},
    {"\\n\\t\\0", false},
    {"%s%n%1", false},
    {"-x", false},
    {"--no-verify-ssl", false},
    {"-", false},
    {"\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x8E\x89", false},
    {"\xE2\x80\xAE.example", false},
    {"file:/x", false},
    {"xfile:///etc/passwd", false},
    {"a\nb", true},
    {"a\ntouch pwned\n", true},
    {"\n", true},
    {"a\rb", true},
    {"a\tb", true},
    {"\x1B[31m", true},
    {"\x7F", true},
    {"file:///etc/passwd", true},
    {"fileb://x", true},
    {"http://e.example/", true},
    {"https://e.example/", true},
};

/* Runs the lines, with the stub for aws. What it was given; *length bytes. */
static const char *run(const char *lines, size_t *length)
{
    const char *folder = harness_folder(), *bin = harness_format("%s/bin", folder);
    const char *aws = harness_format("%s/aws", bin), *script = harness_format("%s/run", folder);
    const char *record = harness_format("%s/record", folder);
    ck_assert_int_eq(mkdir(bin, 0755), 0);
    harness_write(aws, stub);
    ck_assert_int_eq(chmod(aws, 0755), 0);
    harness_write(script, lines);
    harness_write(record, "");
    const char *const environment[] = {harness_format("PATH=%s:%s", bin, getenv("PATH")),
                                       harness_format("RECORD=%s", record), NULL};
    struct harness_run how = {.program = "sh",
                              .arguments = (const char *const[]){"run", NULL},
                              .folder = folder,
                              .environment = environment};
    struct harness_result result = harness_run(&how);
    ck_assert_msg(result.status == 0, "status %d: %s\n%s", result.status, result.error, lines);
    ck_assert_str_eq(result.output, "");
    ck_assert_str_eq(result.error, "");
    ck_assert_str_eq(harness_names(folder), "bin record run");
    return harness_read(record, length);
}

/* Whether the value is there after the option, as an argument of its own or behind `=`. */
static bool arrived(const char *record, size_t length, const char *option, const char *value)
{
    for (const char *at = record; at < record + length; at += strlen(at) + 1) {
        size_t name = strlen(option);
        if (strncmp(at, option, name) != 0)
            continue;
        if (at[name] == '=' && strcmp(at + name + 1, value) == 0)
            return true;
        if (at[name] == '\0' && strcmp(at + name + 1, value) == 0)
            return true;
    }
    return false;
}

/* How often the stub was called. */
static size_t calls(const char *record, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += record[i] == '\0' && (i == 0 || record[i - 1] == '\0');
    return count;
}

static void check_value(const char *lines, size_t commands, const char *const *options,
                        const char *value, bool refused)
{
    size_t length;
    const char *record = run(lines, &length);
    size_t expected = refused ? 0 : commands;
    ck_assert_msg(calls(record, length) == expected, "%zu calls instead of %zu:\n%s",
                  calls(record, length), expected, lines);
    for (; !refused && *options != NULL; options++)
        ck_assert_msg(arrived(record, length, *options, value), "%s did not get %s:\n%s", *options,
                      value, lines);
    if (refused)
        ck_assert_int_eq(*lines, '#');
}

static const char *const both[] = {"--domain", "--validation-domain", NULL};
static const char *const arn_and_names[] = {"--certificate-arn", "--domain", "--validation-domain",
                                            NULL};
static const char *const request[] = {"--domain-name", NULL};

START_TEST(test_resend)
{
    struct observation *seen = facts_description(
        facts_evidence(), "d.json",
        "Status=PENDING_VALIDATION|CreatedAt=2026-11-19T00:00:00Z|Domain=x|Method=EMAIL");
    seen->acm->domains.items[0].name = values[_i].value;
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, both, values[_i].value,
                values[_i].refused);
    facts_set(seen, "Arn", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, arn_and_names,
                values[_i].value, values[_i].refused);
}
END_TEST

/* The region is a part of the ARN: it is a value of the export too. */
START_TEST(test_region)
{
    static const char *const region[] = {"--region", NULL};
    struct observation *seen = facts_description(facts_evidence(), "d.json", "Status");
    if (strchr(values[_i].value, ':') != NULL)
        return; /* ends the field: test_resend has the whole as ARN */
    facts_set(seen, "Arn", harness_format("arn:aws:acm:%s:1:certificate/1", values[_i].value));
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, region, values[_i].value,
                values[_i].refused);
}
END_TEST

START_TEST(test_request)
{
    struct observation *seen =
        facts_description(facts_evidence(), "d.json", "Status=VALIDATION_TIMED_OUT");
    facts_set(seen, "Name", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, request, values[_i].value,
                values[_i].refused);
    static const char *const private[] = {"--domain-name", "--certificate-authority-arn", NULL};
    facts_set(seen, "Type", "PRIVATE");
    facts_set(seen, "CertificateAuthorityArn", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, private, values[_i].value,
                values[_i].refused);
}
END_TEST

/* Two alternative names: the second stands behind the first, where no `=` can keep its dash from
 * being taken for an option. */
START_TEST(test_alternatives)
{
    static const char *const first[] = {"--subject-alternative-names", NULL};
    static const char *const second[] = {"a.example", NULL};
    struct observation *seen =
        facts_description(facts_evidence(), "d.json", "Status=VALIDATION_TIMED_OUT");
    facts_set(seen, "Alternative", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, first, values[_i].value,
                values[_i].refused);
    seen = facts_description(facts_evidence(), "d.json",
                             "Status=VALIDATION_TIMED_OUT|Alternative=a.example");
    facts_set(seen, "Alternative", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, second, values[_i].value,
                values[_i].refused || *values[_i].value == '-');
}
END_TEST

/* The name is in the upload and in the delete, the ARN in the two replacements. The delete runs
 * only without its #. */
START_TEST(test_iam)
{
    const char *value = values[_i].value, *lines;
    bool refused = values[_i].refused;
    size_t length;
    struct observation *seen =
        facts_iam(facts_evidence(), "l.json", "UploadDate=2012-01-01T00:00:00Z");
    facts_set(seen, "Name", value);
    facts_set(seen, "Path", value);
    facts_set(seen, "Arn", value);
    lines = rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
    const char *record = run(lines, &length);
    const char *renewed = harness_format("%s-reissued", value);
    /* `CertificateArn=file://x` is no file to the AWS CLI, and a call with it may stand. */
    size_t count = calls(record, length);
    ck_assert_msg(refused ? count <= 1 : count == 3, "%zu calls:\n%s", count, lines);
    ck_assert(arrived(record, length, "--server-certificate-name", renewed) == !refused);
    ck_assert(arrived(record, length, "--path", value) == !refused);
    ck_assert(arrived(record, length, "--ssl-certificate-id", renewed) == !refused);
    ck_assert(count == 0 || arrived(record, length, "--certificates",
                                    harness_format("CertificateArn=%s", renewed)));
    facts_lacks(record, "delete-server-certificate");
    const char *last = strstr(lines, "# aws iam delete-server-certificate");
    ck_assert((last == NULL) == refused);
    if (refused)
        return;
    record = run(last + 2, &length);
    ck_assert_uint_eq(calls(record, length), 1);
    ck_assert(arrived(record, length, "--server-certificate-name", value));
}
END_TEST

/* Records and redirects are for people: whatever stands in them is a comment. */
START_TEST(test_comments)
{
    struct observation *seen = facts_description(
        facts_evidence(), "d.json",
        "Status=PENDING_VALIDATION|CreatedAt=2026-11-19T00:00:00Z|Domain=d|Domain=h");
    struct domain *domains = seen->acm->domains.items;
    size_t length;
    domains[0].record_name = domains[0].record_type = domains[0].record_value = values[_i].value;
    domains[1].redirect_from = domains[1].redirect_to = values[_i].value;
    const char *lines = rules_remediation(&rule_acm_005, seen, FACTS_AS_OF);
    run(lines, &length);
    ck_assert_uint_eq(length, 0);
    for (const char *at = lines; *at != '\0'; at = strchr(at, '\n') + 1)
        ck_assert_int_eq(*at, '#');
    if (!values[_i].refused)
        facts_holds(lines, values[_i].value);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void rules_add_shell(Suite *suite)
{
    TCase *shell = tcase_create("shell");
    tcase_set_timeout(shell, HARNESS_SECONDS);
    tcase_add_loop_test(shell, test_resend, 0, COUNT(values));
    tcase_add_loop_test(shell, test_region, 0, COUNT(values));
    tcase_add_loop_test(shell, test_request, 0, COUNT(values));
    tcase_add_loop_test(shell, test_alternatives, 0, COUNT(values));
    tcase_add_loop_test(shell, test_iam, 0, COUNT(values));
    tcase_add_loop_test(shell, test_comments, 0, COUNT(values));
    suite_add_tcase(suite, shell);
}
