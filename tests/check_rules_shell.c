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

/* No command is given of the last two kinds; a line that is only to be read may hold the second. */
enum kind { PLAIN, NAMES_A_FILE, ILLEGIBLE };

static const struct {
    const char *value;
    enum kind kind;
} values[] = {
    {"plain.example.com", PLAIN},
    {"*.example.com", PLAIN},
    {"two words", PLAIN},
    {" leading and trailing ", PLAIN},
    {"it's", PLAIN},
    {"''", PLAIN},
    {"'; touch pwned; '", PLAIN},
    {"\"double\"", PLAIN},
    {"$(touch pwned)", PLAIN},
    {"`touch pwned`", PLAIN},
    {"$HOME ${PATH} $$ $?", PLAIN},
    {"a;touch pwned", PLAIN},
    {"a&touch pwned&", PLAIN},
    {"a|touch pwned", PLAIN},
    {"a>pwned <b", PLAIN},
    {"#comment", PLAIN},
    {"a #b", PLAIN},
    {"~", PLAIN},
    {"~root/x", PLAIN},
    {"a=b", PLAIN},
    {"A=~", PLAIN},
    {"=x", PLAIN},
    {"*", PLAIN},
    {"?", PLAIN},
    {"[a-z]*", PLAIN},
    {"{a,b}", PLAIN},
    {"!x", PLAIN},
    {"\\", PLAIN},
    {"a\\", PLAIN},
    {"\\n\\t\\0", PLAIN},
    {"%s%n%1", PLAIN},
    {"-x", PLAIN},
    {"--no-verify-ssl", PLAIN},
    {"-", PLAIN},
    {"\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x8E\x89", PLAIN},
    {"=ls", PLAIN},
    {"=", PLAIN},
    {"a.example,b.example", PLAIN},
    {"\xC2\xA0x", PLAIN},
    {"\xE2\x80\xAE.example", ILLEGIBLE},
    {"a\xE2\x81\xA6.example", ILLEGIBLE},
    {"a\xE2\x80\x8B.example", ILLEGIBLE},
    {"a\xC2\xAD.example", ILLEGIBLE},
    {"\xC2\x9B\x33\x31m", ILLEGIBLE},
    {"\xC2\x85", ILLEGIBLE},
    {"file:/x", PLAIN},
    {"xfile:///etc/passwd", PLAIN},
    {"a\nb", ILLEGIBLE},
    {"a\ntouch pwned\n", ILLEGIBLE},
    {"\n", ILLEGIBLE},
    {"a\rb", ILLEGIBLE},
    {"a\tb", ILLEGIBLE},
    {"\x1B[31m", ILLEGIBLE},
    {"\x7F", ILLEGIBLE},
    {"file:///etc/passwd", NAMES_A_FILE},
    {"fileb://x", NAMES_A_FILE},
    {"http://e.example/", NAMES_A_FILE},
    {"https://e.example/", NAMES_A_FILE},
};

static bool refused(int number)
{
    return values[number].kind != PLAIN;
}

/* Runs the lines, with the stub for aws. What it was given; *length bytes. Whatever the shell
 * makes of them, nothing else may have been run. */
static const char *attempt(const char *lines, size_t *length, struct harness_result *result)
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
    *result = harness_run(&how);
    ck_assert_str_eq(result->output, "");
    ck_assert_str_eq(harness_names(folder), "bin record run");
    return harness_read(record, length);
}

/* The same of lines in which the shell finds no fault. */
static const char *run(const char *lines, size_t *length)
{
    struct harness_result result;
    const char *record = attempt(lines, length, &result);
    ck_assert_msg(result.status == 0, "status %d: %s\n%s", result.status, result.error, lines);
    ck_assert_str_eq(result.error, "");
    return record;
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
                refused(_i));
    facts_set(seen, "Arn", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, arn_and_names,
                values[_i].value, refused(_i));
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
                refused(_i));
}
END_TEST

START_TEST(test_request)
{
    struct observation *seen =
        facts_description(facts_evidence(), "d.json", "Status=VALIDATION_TIMED_OUT");
    facts_set(seen, "Name", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, request, values[_i].value,
                refused(_i));
    static const char *const private[] = {"--domain-name", "--certificate-authority-arn", NULL};
    facts_set(seen, "Type", "PRIVATE");
    facts_set(seen, "CertificateAuthorityArn", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, private, values[_i].value,
                refused(_i));
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
                refused(_i));
    seen = facts_description(facts_evidence(), "d.json",
                             "Status=VALIDATION_TIMED_OUT|Alternative=a.example");
    facts_set(seen, "Alternative", values[_i].value);
    check_value(rules_remediation(&rule_acm_005, seen, FACTS_AS_OF), 1, second, values[_i].value,
                refused(_i) || *values[_i].value == '-');
}
END_TEST

/* What --certificates of a listener is given: RFC 8259 escapes two characters. */
static const char *listener_json(const char *arn)
{
    struct text text = TEXT_EMPTY;
    text_add(&text, "[{\"CertificateArn\":\"");
    for (; *arn != '\0'; arn++)
        text_addf(&text, "%s%c", *arn == '"' || *arn == '\\' ? "\\" : "", *arn);
    text_add(&text, "\"}]");
    return facts_kept(&text);
}

/* The name is in the upload and in the delete, the ARN in the two replacements. The delete runs
 * only without its #. */
START_TEST(test_iam)
{
    const char *value = values[_i].value, *lines;
    bool kept_back = refused(_i);
    size_t length;
    struct observation *seen =
        facts_iam(facts_evidence(), "l.json", "UploadDate=2012-01-01T00:00:00Z");
    facts_set(seen, "Name", value);
    facts_set(seen, "Path", value);
    facts_set(seen, "Arn", value);
    lines = rules_remediation(&rule_iam_033, seen, FACTS_AS_OF);
    const char *record = run(lines, &length);
    const char *renewed = harness_format("%s-reissued", value);
    /* Inside of JSON `file://x` is no file to the AWS CLI, and a call with it may stand. */
    size_t count = calls(record, length);
    ck_assert_msg(kept_back ? count == (values[_i].kind == NAMES_A_FILE) : count == 3,
                  "%zu calls:\n%s", count, lines);
    ck_assert(arrived(record, length, "--server-certificate-name", renewed) == !kept_back);
    ck_assert(arrived(record, length, "--path", value) == !kept_back);
    ck_assert(arrived(record, length, "--ssl-certificate-id", renewed) == !kept_back);
    ck_assert(count == 0 || arrived(record, length, "--certificates", listener_json(renewed)));
    facts_lacks(record, "delete-server-certificate");
    const char *last = strstr(lines, "# aws iam delete-server-certificate");
    ck_assert((last == NULL) == kept_back);
    if (kept_back)
        return;
    record = run(last + 2, &length);
    ck_assert_uint_eq(calls(record, length), 1);
    ck_assert(arrived(record, length, "--server-certificate-name", value));
}
END_TEST

/* Whether the call got these arguments, and no other. */
static bool got(const char *record, size_t length, const char *const *arguments)
{
    const char *at = record;
    for (; *arguments != NULL; at += strlen(at) + 1)
        if (at >= record + length || strcmp(at, *arguments++) != 0)
            return false;
    return at + 1 == record + length;
}

/* Records and redirects are for people: they stand behind a #. Their values are quoted all the
 * same, for a shell that is told to run the line: in zsh a # begins no comment, and a reader may
 * take it away. */
START_TEST(test_notes)
{
    const char *value = values[_i].value;
    struct observation *seen = facts_description(
        facts_evidence(), "d.json",
        "Status=PENDING_VALIDATION|CreatedAt=2026-11-19T00:00:00Z|Domain=d|Domain=h");
    struct domain *domains = seen->acm->domains.items;
    const char *const three[] = {value, value, value, NULL}, *const two[] = {value, value, NULL};
    size_t length, notes = 0;
    domains[0].record_name = domains[0].record_type = domains[0].record_value = value;
    domains[1].redirect_from = domains[1].redirect_to = value;
    const char *lines = rules_remediation(&rule_acm_005, seen, FACTS_AS_OF);
    run(lines, &length);
    ck_assert_uint_eq(length, 0);
    for (const char *next; *lines != '\0'; lines = next) {
        next = strchr(lines, '\n') + 1;
        const char *line = harness_format("%.*s", (int)(next - lines) - 1, lines);
        const char *behind = strstr(line, ": ");
        struct harness_result result;
        ck_assert_int_eq(*line, '#');
        ck_assert_ptr_nonnull(behind);
        attempt(harness_format("%s\n:\n", line + 2), &length, &result);
        ck_assert_uint_eq(length, 0);
        if (values[_i].kind == ILLEGIBLE) {
            facts_lacks(line, value);
            continue;
        }
        const char *record = run(harness_format("aws %s", behind + 2), &length);
        ck_assert_msg(got(record, length, notes++ == 0 ? three : two), "%s", line);
    }
    ck_assert_uint_eq(notes, values[_i].kind == ILLEGIBLE ? 0 : 2);
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
    tcase_add_loop_test(shell, test_notes, 0, COUNT(values));
    suite_add_tcase(suite, shell);
}
