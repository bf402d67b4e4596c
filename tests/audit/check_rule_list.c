/*
 * check_rule_list.c: more than one rule for each service. With two made-up rules added,
 * no finding of another rule is lost, and findings and certificates are counted apart in every
 * report.
 */
#include "audit/check_assess.h"
#include "audit/summary.h"
#include "audit/verdict.h"
#include "base/text.h"
#include "report/check_report.h"
#include "support/harness.h"
#include "writers.h"
#include <stdio.h>
#include <string.h>

static bool is_marked(const struct observation *seen)
{
    return strncmp(seen->name, "marked", strlen("marked")) == 0;
}

enum { MARKED, UNMARKED };
static const struct condition conditions[] = {
    [MARKED] = {"marked", RESULT_FAIL, rules_by_not_after, "another name", "its name is marked"},
    [UNMARKED] = {"unmarked", RESULT_PASS, rules_by_arn, "another name", "its name is not marked"},
    {NULL, RESULT_UNKNOWN, NULL, NULL, NULL},
};

static const struct condition *evaluate(const struct observation *seen, const struct policy *policy)
{
    (void)policy;
    return &conditions[is_marked(seen) ? MARKED : UNMARKED];
}

static const char *const members[] = {"name", NULL};

static struct difference differ(const struct observation *left, const struct observation *right,
                                const struct policy *policy)
{
    (void)policy;
    return (struct difference){is_marked(left) != is_marked(right), 0, false};
}

static bool due(const struct observation *seen, const struct condition *condition,
                struct timestamp *when)
{
    (void)condition;
    *when = seen->not_after.at;
    return is_marked(seen);
}

static void reason(const struct observation *seen, const struct condition *condition,
                   const struct policy *policy, struct text *text)
{
    (void)condition;
    (void)policy;
    text_addf(text, "The name is %s.", seen->name);
}

static void no_commands(const struct observation *seen, const struct condition *condition,
                        const struct policy *policy, struct text *text)
{
    (void)seen;
    (void)condition;
    (void)policy;
    (void)text;
}

static void export_again(const struct observation *seen, struct text *text)
{
    (void)seen;
    text_add(text, "aws help\n");
}

#define MADE_UP(code, service, level)                                                              \
    {                                                                                              \
        .id = code, .title = "Made Up", .severity = level, .pillars = "Security",                  \
        .applies = service, .conditions = conditions, .evaluate = evaluate, .members = members,    \
        .differ = differ, .due = due, .reason = reason, .remediation = no_commands,                \
        .export_again = export_again, .purpose = "finds marked names.", .explanation = "nothing"   \
    }
static const struct rule on_acm = MADE_UP("ACM-000", SERVICE_ACM, SEVERITY_LOW);
static const struct rule on_iam = MADE_UP("IAM-999", SERVICE_IAM, SEVERITY_HIGH);

enum { REAL = 2, ALL = 4 };

/* Six certificates: under the real rules one FAIL, one UNKNOWN, two PASS, one FAIL, one PASS. */
static struct evidence *estate(void)
{
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "acm.json", "Arn=" FACTS_ACM_ARN "a|Name=marked-a|Status=FAILED");
    facts_description(evidence, "acm.json", "Arn=" FACTS_ACM_ARN "b|Name=marked-b|Type");
    facts_description(evidence, "acm.json", "Arn=" FACTS_ACM_ARN "c|Name=marked-c");
    facts_description(evidence, "acm.json", "Arn=" FACTS_ACM_ARN "d|Name=d");
    facts_iam(evidence, "iam.json",
              "Arn=" FACTS_IAM_ARN "e|Name=e|UploadDate=2013-01-01T00:00:00Z|Index=0");
    facts_iam(evidence, "iam.json", "Arn=" FACTS_IAM_ARN "f|Name=marked-f|Index=1");
    return evidence;
}

static struct assessment *assess(size_t rule_count)
{
    const struct rule *list[ALL] = {&rule_acm_005, &rule_iam_033, &on_acm, &on_iam};
    const struct rule **kept = pool_alloc(facts_pool(), sizeof list);
    struct assessment *assessment = pool_alloc(facts_pool(), sizeof *assessment);
    rules_sort(list, rule_count);
    memcpy(kept, list, sizeof list);
    *assessment = (struct assessment){.evidence = estate(),
                                      .policy = facts_policy(FACTS_AS_OF),
                                      .rules = kept,
                                      .rule_count = rule_count};
    facts_run(assessment);
    return assessment;
}

static const struct finding *find(const struct assessment *assessment, const struct rule *rule,
                                  const char *arn)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].rule == rule &&
            strcmp(assessment->findings[i].certificate->arn, arn) == 0)
            return &assessment->findings[i];
    ck_abort_msg("no finding of %s for %s", rule->id, arn);
    return NULL;
}

START_TEST(test_no_finding_is_lost)
{
    const struct assessment *before = assess(REAL), *after = assess(ALL);
    ck_assert_uint_eq(before->finding_count, 6);
    ck_assert_uint_eq(after->finding_count, 12);
    for (size_t i = 0; i < before->finding_count; i++) {
        const struct finding *was = &before->findings[i];
        const struct finding *is = find(after, was->rule, was->certificate->arn);
        ck_assert_str_eq(is->condition->name, was->condition->name);
        ck_assert_str_eq(facts_reason(after, is), facts_reason(before, was));
    }
    ck_assert_int_eq(find(after, &on_acm, FACTS_ACM_ARN "c")->result, RESULT_FAIL);
    ck_assert_int_eq(find(after, &on_iam, FACTS_IAM_ARN "e")->result, RESULT_PASS);
}
END_TEST

/* Worked out by hand: a, c and f fail by their names too, b by its name alone. */
static const struct {
    size_t rules, findings, failing_findings, failing_certificates, undecided, due_soon;
    const char *verdict;
} counts[] = {
    {REAL, 6, 2, 2, 1, 0,
     "2 of 6 certificates fail: 1 in use, 1 of unknown use. 1 could not be decided."},
    {ALL, 12, 6, 5, 1, 0,
     "5 of 6 certificates fail: 3 in use, 2 of unknown use. 1 could not be decided."},
};

START_TEST(test_counts)
{
    const struct assessment *assessment = assess(counts[_i].rules);
    struct text verdict = TEXT_EMPTY;
    size_t by_rule = 0;
    for (size_t i = 0; i < assessment->rule_count; i++)
        by_rule += assessment->counts[i].total;
    verdict_add_sentence(assessment, &verdict);
    ck_assert_str_eq(facts_kept(&verdict), counts[_i].verdict);
    ck_assert_uint_eq(by_rule, counts[_i].findings);
    ck_assert_uint_eq(assessment->finding_counts.total, counts[_i].findings);
    ck_assert_uint_eq(assessment->finding_counts.by_result[RESULT_FAIL],
                      counts[_i].failing_findings);
    ck_assert_uint_eq(assessment->certificate_counts.total, 6);
    ck_assert_uint_eq(assessment->certificate_counts.by_result[RESULT_FAIL],
                      counts[_i].failing_certificates);
    ck_assert_uint_eq(assessment->undecided_certificates, counts[_i].undecided);
    ck_assert_int_eq(verdict_exit_status(assessment), 1);
}
END_TEST

static size_t rows_of(const struct report *report, const char *rule)
{
    size_t rows = 0;
    for (size_t i = 0; i < report->tables[REPORT_FINDINGS].row_count; i++)
        rows += strcmp(report_at(report, REPORT_FINDINGS, i, "rule"), rule) == 0;
    return rows;
}

static const char *written(const struct writer *writer, const struct report *report)
{
    const char *path = harness_format("%s/report%s", harness_folder(), writer->ending);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert(writer->to_stream(report, stream));
    ck_assert_int_eq(fclose(stream), 0);
    return harness_read(path, NULL);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

START_TEST(test_reports)
{
    const struct report *report = report_of(assess(ALL));
    const char *csv = written(&write_csv, report), *markdown = written(&write_markdown, report);
    ck_assert_uint_eq(report->tables[REPORT_CERTIFICATES].row_count, 6);
    ck_assert_uint_eq(rows_of(report, "ACM-005"), 4);
    ck_assert_uint_eq(rows_of(report, "ACM-000"), 4);
    ck_assert_uint_eq(rows_of(report, "IAM-033"), 2);
    ck_assert_uint_eq(rows_of(report, "IAM-999"), 2);
    ck_assert_uint_eq(count_of(csv, "\r\n"), 1 + 12);
    ck_assert_uint_eq(count_of(csv, "\"ACM-000\""), 4);
    for (size_t i = 0; i < report->tables[REPORT_FINDINGS].row_count; i++) {
        const char *pointer = report_at(report, REPORT_FINDINGS, i, "evidence_pointer");
        if (strcmp(report_at(report, REPORT_FINDINGS, i, "condition"), "marked") == 0)
            facts_holds(pointer,
                        strstr(pointer, "ServerCertificate") != NULL ? "/Expiration" : "/NotAfter");
    }
    facts_holds(markdown, "5 of 6 certificates fail");
    facts_holds(markdown, "ACM-000");
    facts_holds(markdown, "IAM-999");
    /* The one account: certificates, not findings. */
    ck_assert_uint_eq(report->summary->account_count, 1);
    ck_assert_uint_eq(report->summary->accounts[0].total, 6);
    ck_assert_uint_eq(report->summary->accounts[0].fail, 5);
    ck_assert_uint_eq(report->summary->accounts[0].unknown, 1);
}
END_TEST

void assess_add_rule_list(Suite *suite)
{
    TCase *tcase = tcase_create("rule list");
    tcase_add_test(tcase, test_no_finding_is_lost);
    tcase_add_loop_test(tcase, test_counts, 0, sizeof counts / sizeof counts[0]);
    tcase_add_test(tcase, test_reports);
    suite_add_tcase(suite, tcase);
}
