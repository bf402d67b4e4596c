/*
 * check_report.c: the columns of all tables, and the cells of Findings, Certificates and Controls;
 * check_report_tables.c has the other tables.
 */
#include "report/check_report.h"
#include "audit/baseline.h"
#include "audit/summary.h"
#include "audit/waivers.h"
#include "csv/read_controls.h"
#include "report/prepare.h"
#include "rules/controls.h"
#include "support/harness.h"
#include <string.h>

Suite *report_suite(void);

struct report *report_of(struct assessment *assessment)
{
    static const char *const paths[] = {"exports"};
    struct report *report = pool_alloc(facts_pool(), sizeof *report);
    struct controls *controls = pool_alloc(facts_pool(), sizeof *controls);
    struct text error = TEXT_EMPTY;
    ck_assert(read_controls_built_in(controls, facts_pool(), &error));
    *report = (struct report){.assessment = assessment,
                              .controls = controls,
                              .pool = facts_pool(),
                              .title = "A title",
                              .version = "9.9",
                              .paths = paths,
                              .path_count = 1};
    report_prepare(report);
    harness_keep(controls->rows);
    harness_keep(controls->columns);
    harness_keep(report->facts);
    harness_keep(report->summary->ages);
    harness_keep(report->summary->accounts);
    return report;
}

struct report *report_on(struct evidence *evidence)
{
    return report_of(facts_assess(evidence));
}

/* With empty waivers and an empty baseline. */
static const struct report *report_added(void)
{
    static struct waivers waivers = {.path = "w.csv"};
    static struct baseline baseline = {.path = "b.csv"};
    struct assessment *assessment = facts_assess(facts_evidence());
    assessment->waivers = &waivers;
    assessment->baseline = &baseline;
    return report_of(assessment);
}

const char *report_at(const struct report *report, enum report_table which, size_t row,
                      const char *title)
{
    const struct table *table = &report->tables[which];
    struct report_row open = REPORT_ROW_CLOSED;
    struct text text = TEXT_EMPTY;
    struct cell cell;
    ck_assert_uint_lt(row, table->row_count);
    report_open_row(&open, report, table, row);
    report_cell(&open, report_column(table, title), &cell);
    report_add_cell(&cell, &text);
    report_close_row(&open);
    return facts_kept(&text);
}

enum cell_kind report_kind_at(const struct report *report, enum report_table which, size_t row,
                              const char *title)
{
    const struct table *table = &report->tables[which];
    struct report_row open = REPORT_ROW_CLOSED;
    struct cell cell;
    report_open_row(&open, report, table, row);
    report_cell(&open, report_column(table, title), &cell);
    report_close_row(&open);
    return cell.kind;
}

const struct block *report_below(const struct blocks *list, const char *heading)
{
    for (const struct block *block = list->first; block != NULL; block = block->next)
        if (block->kind == BLOCK_HEADING && strcmp(block->text, heading) == 0)
            return block->next;
    ck_abort_msg("no heading %s", heading);
    return NULL;
}

const char *report_block_row(const struct report *report, const struct block *block, size_t row)
{
    struct block_reader reader = blocks_read(report, block);
    struct text text = TEXT_EMPTY;
    while (blocks_next(&reader) && reader.next <= row)
        continue;
    for (size_t i = 0; row < block->row_count && i < block->column_count; i++) {
        text_add(&text, i > 0 ? " | " : "");
        report_add_cell(blocks_cell(&reader, i), &text);
    }
    blocks_end(&reader);
    return facts_kept(&text);
}

static const struct {
    enum report_table table;
    const char *name, *row_is, *titles;
} tables[] = {
    {REPORT_FINDINGS, "Findings", "a certificate under a rule",
     "ref,result,condition,severity,rule,account,region,certificate,in_use,due,reason,remediation,"
     "arn,observed,expected,in_use_by,in_scope,PCI DSS v4.0.1,APRA CPS 234 2019,APRA CPG 234 2019,"
     "MAS TRM Guidelines 2021,NIST SP 800-53 Rev. 4,NIST SP 800-53 Rev. 5,"
     "AWS Well-Architected Security pillar,rule_title,service,account_name,owner,failing_since,"
     "evidence_file,evidence_sha256,evidence_document,evidence_line,evidence_pointer,as_of,cutoff,"
     "version,"},
    {REPORT_CERTIFICATES, "Certificates", "a certificate",
     "account,region,service,certificate,arn,certificate_id,type,status,uploaded,created,issued,"
     "imported,not_before,not_after,key_algorithm,issuer,serial,in_use,in_use_by,in_scope,"
     "sources,"},
    {REPORT_CONTROLS, "Controls", "a control under a rule",
     "framework,version,control,title,rule,relation,conditions,tested,passing,failing,other_"
     "failures,"
     "unknown,waived,not_applicable,rationale,origin,"},
    {REPORT_COVERAGE, "Coverage", "an account, region and service",
     "account,account_name,region,service,in_scope,lists,listed,described,not_described,"
     "not_listed,mentioned,assessed,truncated,note,"},
    {REPORT_EVIDENCE, "Evidence", "an input file",
     "file,kind,bytes,sha256,documents,certificates,state,line,column,problem,"},
    {REPORT_WAIVERS, "Waivers", "a line of the waiver register",
     "rule,arn,owner,approver,approved,reason,ticket,expires,state,matched,note,"},
    {REPORT_CHANGES, "Changes", "a finding that differs from the baseline, or still fails",
     "change,ref,rule,arn,certificate,before,after,failing_since,"},
};

START_TEST(test_titles)
{
    HARNESS_ROW("%s", tables[_i].name);
    const struct report *report =
        _i < REPORT_WAIVERS ? report_on(facts_evidence()) : report_added();
    const struct table *table = &report->tables[tables[_i].table];
    struct text titles = TEXT_EMPTY;
    ck_assert(!table->absent);
    for (size_t i = 0; i < table->column_count; i++) {
        text_addf(&titles, "%s,", table->columns[i].title);
        ck_assert_uint_eq(report_column(table, table->columns[i].title), i);
        ck_assert_int_gt(table->columns[i].width, 0);
    }
    ck_assert_str_eq(text_string(&titles), tables[_i].titles);
    ck_assert_str_eq(table->name, tables[_i].name);
    ck_assert_str_eq(table->row_is, tables[_i].row_is);
    text_free(&titles);
}
END_TEST

/* Waivers and Changes, if there are no waivers and no baseline. */
START_TEST(test_absent)
{
    const struct report *report = report_on(facts_evidence());
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++)
        ck_assert(report->tables[i].absent == (i >= REPORT_WAIVERS));
}
END_TEST

static struct evidence *small_evidence(void)
{
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "x/a.json",
                      "Arn=" FACTS_ACM_ARN "|RenewalStatus=PENDING_VALIDATION|InUseBy=one; two"
                      "|NotAfter=2026-11-25T10:00:00.5+10:00|Document=3|Line=41|Issuer=Amazon"
                      "|Serial=0a:1b|KeyAlgorithm=RSA-2048|IssuedAt=2026-01-02T00:00:00Z"
                      "|NotBefore=soon|RenewalDomain=r.example|Method=EMAIL");
    facts_summary(evidence, "x/b.json", "Index=7");
    facts_description(evidence, "x/a.json",
                      "Arn=arn:aws:acm:eu-west-1:111122223333:certificate/2"
                      "|Name=two|InUse=no|ImportedAt=2026-01-02T00:00:00Z");
    facts_description(evidence, "x/a.json", "Arn|Name=unknown|InUse=not stated");
    facts_description(evidence, "x/a.json",
                      "Arn=arn:aws:acm:eu-west-1:111122223333:certificate/4|Type=IMPORTED");
    facts_iam(evidence, "x/c.json", "UploadDate=2012-01-01 00:00:00+00|Index=2");
    return evidence;
}

const struct report *report_small(void)
{
    return report_on(small_evidence());
}

static const struct {
    size_t row;
    const char *title, *text;
    enum cell_kind kind;
} findings[] = {
    {SMALL_RENEWAL, "ref", "F-63fba2d30dcb", CELL_LINK},
    {SMALL_RENEWAL, "result", "FAIL", CELL_RESULT},
    {SMALL_RENEWAL, "condition", "renewal-pending", CELL_TEXT},
    {SMALL_RENEWAL, "severity", "Medium", CELL_TEXT},
    {SMALL_RENEWAL, "rule", "ACM-005", CELL_TEXT},
    {SMALL_RENEWAL, "account", "111122223333", CELL_TEXT},
    {SMALL_RENEWAL, "region", "eu-west-1", CELL_TEXT},
    {SMALL_RENEWAL, "certificate", "www.example.com", CELL_TEXT},
    {SMALL_RENEWAL, "in_use", "yes", CELL_TEXT},
    {SMALL_RENEWAL, "due", "2026-11-25T00:00:00Z", CELL_TIME},
    {SMALL_RENEWAL, "arn", FACTS_ACM_ARN, CELL_TEXT},
    {SMALL_RENEWAL, "observed", "PENDING_VALIDATION", CELL_TEXT},
    {SMALL_RENEWAL, "expected", "no validation pending for the renewal", CELL_TEXT},
    {SMALL_RENEWAL, "in_use_by", "one; two", CELL_TEXT},
    {SMALL_RENEWAL, "remediation",
     "aws acm resend-validation-email --region eu-west-1 --certificate-arn " FACTS_ACM_ARN
     " --domain r.example --validation-domain r.example\n"
     "# lasting fix: change to DNS validation, which keeps the ARN. Public CAs end e-mail "
     "validation on 15 March 2028\n"
     "aws acm update-certificate-options --region eu-west-1 --certificate-arn " FACTS_ACM_ARN
     " --options ValidationMethod=DNS\n"
     "# then add the CNAME records that this prints within 72 hours\n"
     "aws acm list-certificate-domain-validations --region eu-west-1 "
     "--certificate-arn " FACTS_ACM_ARN,
     CELL_LINES},
    {SMALL_RENEWAL, "PCI DSS v4.0.1", "4.2.1; 4.2.1.1", CELL_TEXT},
    {SMALL_RENEWAL, "rule_title", "AWS ACM Certificates Validity", CELL_TEXT},
    {SMALL_RENEWAL, "service", "acm", CELL_TEXT},
    {SMALL_RENEWAL, "account_name", "", CELL_EMPTY},
    {SMALL_RENEWAL, "owner", "", CELL_EMPTY},
    {SMALL_RENEWAL, "failing_since", FACTS_AS_OF, CELL_TIME},
    {SMALL_RENEWAL, "evidence_file", "x/a.json", CELL_TEXT},
    {SMALL_RENEWAL, "evidence_sha256", REPORT_SHA, CELL_TEXT},
    {SMALL_RENEWAL, "evidence_document", "3", CELL_COUNT},
    {SMALL_RENEWAL, "evidence_line", "41", CELL_COUNT},
    {SMALL_RENEWAL, "evidence_pointer", "/Certificate/RenewalSummary/RenewalStatus", CELL_TEXT},
    {SMALL_RENEWAL, "as_of", "2026-11-20T00:00:00Z", CELL_TIME},
    {SMALL_RENEWAL, "cutoff", "2014-04-01T00:00:00Z", CELL_TIME},
    {SMALL_RENEWAL, "version", "9.9", CELL_TEXT},
    {SMALL_IAM, "ref", "F-0a7f4fd2df69", CELL_LINK},
    {SMALL_IAM, "severity", "High", CELL_TEXT},
    {SMALL_IAM, "region", "global", CELL_TEXT},
    {SMALL_IAM, "in_use", "not stated", CELL_TEXT},
    {SMALL_IAM, "in_use_by", "", CELL_EMPTY},
    {SMALL_IAM, "due", "", CELL_EMPTY},
    {SMALL_IAM, "observed", "2012-01-01 00:00:00+00", CELL_TEXT},
    {SMALL_IAM, "expected", "UploadDate at or after 2014-04-01T00:00:00Z", CELL_TEXT},
    {SMALL_IAM, "evidence_pointer", "/ServerCertificateMetadataList/2/UploadDate", CELL_TEXT},
    {SMALL_IAM, "NIST SP 800-53 Rev. 4", "SC-12; IA-5; SC-23; RA-5", CELL_TEXT},
    {SMALL_UNKNOWN, "account", "", CELL_EMPTY},
    {SMALL_UNKNOWN, "observed", "absent", CELL_TEXT},
    {SMALL_UNKNOWN, "failing_since", "", CELL_EMPTY},
    {SMALL_UNKNOWN, "evidence_pointer", "/Certificate", CELL_TEXT},
    {SMALL_PASS, "remediation", "", CELL_EMPTY},
    {SMALL_PASS, "failing_since", "", CELL_EMPTY},
    {SMALL_PASS, "in_use", "no", CELL_TEXT},
    {SMALL_PASS, "PCI DSS v4.0.1", "4.2.1; 4.2.1.1", CELL_TEXT},
    {SMALL_PASS, "in_scope", "", CELL_EMPTY},
    {SMALL_OTHER, "result", "NOT_APPLICABLE", CELL_RESULT},
    {SMALL_OTHER, "PCI DSS v4.0.1", "", CELL_EMPTY},
};

START_TEST(test_finding)
{
    HARNESS_ROW("%s", findings[_i].title);
    const struct report *report = report_small();
    ck_assert_uint_eq(report->tables[REPORT_FINDINGS].row_count, SMALL_COUNT);
    ck_assert_str_eq(report_at(report, REPORT_FINDINGS, findings[_i].row, findings[_i].title),
                     findings[_i].text);
    ck_assert_int_eq(report_kind_at(report, REPORT_FINDINGS, findings[_i].row, findings[_i].title),
                     findings[_i].kind);
}
END_TEST

static const struct {
    const char *arn, *title, *text;
    enum cell_kind kind;
} certificates[] = {
    {FACTS_ACM_ARN, "account", "111122223333", CELL_TEXT},
    {FACTS_ACM_ARN, "region", "eu-west-1", CELL_TEXT},
    {FACTS_ACM_ARN, "service", "acm", CELL_TEXT},
    {FACTS_ACM_ARN, "certificate", "www.example.com", CELL_TEXT},
    {FACTS_ACM_ARN, "certificate_id", "", CELL_EMPTY},
    {FACTS_ACM_ARN, "type", "AMAZON_ISSUED", CELL_TEXT},
    {FACTS_ACM_ARN, "status", "ISSUED", CELL_TEXT},
    {FACTS_ACM_ARN, "uploaded", "", CELL_EMPTY},
    {FACTS_ACM_ARN, "created", "2026-01-01T00:00:00Z", CELL_TIME},
    {FACTS_ACM_ARN, "issued", "2026-01-02T00:00:00Z", CELL_TIME},
    {FACTS_ACM_ARN, "imported", "", CELL_EMPTY},
    {FACTS_ACM_ARN, "not_before", "soon", CELL_TEXT},
    {FACTS_ACM_ARN, "not_after", "2026-11-25T00:00:00Z", CELL_TIME},
    {FACTS_ACM_ARN, "key_algorithm", "RSA-2048", CELL_TEXT},
    {FACTS_ACM_ARN, "issuer", "Amazon", CELL_TEXT},
    {FACTS_ACM_ARN, "serial", "0a:1b", CELL_TEXT},
    {FACTS_ACM_ARN, "in_use", "yes", CELL_TEXT},
    {FACTS_ACM_ARN, "in_use_by", "one; two", CELL_TEXT},
    {FACTS_ACM_ARN, "sources", "x/a.json:41 /Certificate; x/b.json:1 /CertificateSummaryList/7",
     CELL_TEXT},
    {FACTS_IAM_ARN, "certificate_id", "ASCAEXAMPLEID00000001", CELL_TEXT},
    {FACTS_IAM_ARN, "uploaded", "2012-01-01T00:00:00Z", CELL_TIME},
    {FACTS_IAM_ARN, "not_after", "2027-06-01T00:00:00Z", CELL_TIME},
    {FACTS_IAM_ARN, "region", "global", CELL_TEXT},
    {FACTS_IAM_ARN, "type", "", CELL_EMPTY},
    {FACTS_IAM_ARN, "in_use", "not stated", CELL_TEXT},
    {"", "certificate", "unknown", CELL_TEXT},
    {"", "account", "", CELL_EMPTY},
};

START_TEST(test_certificate)
{
    HARNESS_ROW("%s, %s", certificates[_i].arn, certificates[_i].title);
    const struct report *report = report_small();
    size_t row = 0;
    ck_assert_uint_eq(report->tables[REPORT_CERTIFICATES].row_count, SMALL_COUNT);
    while (strcmp(report_at(report, REPORT_CERTIFICATES, row, "arn"), certificates[_i].arn) != 0)
        row++;
    ck_assert_str_eq(report_at(report, REPORT_CERTIFICATES, row, certificates[_i].title),
                     certificates[_i].text);
    ck_assert_int_eq(report_kind_at(report, REPORT_CERTIFICATES, row, certificates[_i].title),
                     certificates[_i].kind);
}
END_TEST

/* Counts of certificates. A control with conditions counts other failures apart from those. */
static const struct {
    const char *version, *control, *rule;
    /* tested, passing, failing, other_failures, unknown, waived, not_applicable */
    const char *counts;
} controls[] = {
    {"v4.0.1", "4.2.1.1", "ACM-005", "4 1 1 1 1 0 1"},
    {"v4.0.1", "4.2.1", "ACM-005", "4 1 1 1 1 0 1"},
    {"v4.0.1", "4.2.1", "IAM-033", "1 0 1 0 0 0 0"},
    {"Rev. 5", "IA-9", "IAM-033", "1 0 1 0 0 0 0"},
    {"2021", "8.1", "ACM-005", "4 1 1 1 1 0 1"},
    {"2021", "10.2", "ACM-005", "4 1 2 0 1 0 1"},
};

static const char *counts_of(const struct report *report, size_t row)
{
    static const char *const titles[] = {"tested",  "passing", "failing",       "other_failures",
                                         "unknown", "waived",  "not_applicable"};
    const char *counts = "";
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        counts = harness_format("%s%s%s", counts, i > 0 ? " " : "",
                                report_at(report, REPORT_CONTROLS, row, titles[i]));
    return counts;
}

START_TEST(test_control)
{
    HARNESS_ROW("%s %s", controls[_i].control, controls[_i].rule);
    struct evidence *evidence = small_evidence();
    facts_description(evidence, "x/a.json", "Arn=b|Status=FAILED");
    const struct report *report = report_on(evidence);
    size_t row = 0, found = 0;
    for (; row < report->tables[REPORT_CONTROLS].row_count; row++) {
        if (strcmp(report_at(report, REPORT_CONTROLS, row, "control"), controls[_i].control) != 0 ||
            strcmp(report_at(report, REPORT_CONTROLS, row, "rule"), controls[_i].rule) != 0 ||
            strcmp(report_at(report, REPORT_CONTROLS, row, "version"), controls[_i].version) != 0)
            continue;
        ck_assert_str_eq(counts_of(report, row), controls[_i].counts);
        found++;
    }
    ck_assert_uint_eq(found, 1);
    ck_assert_uint_eq(row, report->controls->count);
}
END_TEST

/* Every control is listed. Without certificates it is not tested; one to which the rule does not
 * apply is not counted as tested, and one that passes counts for every control of the rule. */
START_TEST(test_not_tested)
{
    struct evidence *evidence = facts_evidence();
    if (_i >= 1)
        facts_description(evidence, "a", "Type=IMPORTED");
    if (_i == 2)
        facts_description(evidence, "a", "Arn=b");
    const struct report *report = report_on(evidence);
    ck_assert_uint_eq(report->tables[REPORT_CONTROLS].row_count, report->controls->count);
    for (size_t row = 0; row < report->controls->count; row++) {
        bool acm = strcmp(report_at(report, REPORT_CONTROLS, row, "rule"), "ACM-005") == 0;
        const char *counts[] = {"not tested 0 0 0 0 0 0", "0 0 0 0 0 0 1", "1 1 0 0 0 0 1"};
        ck_assert_str_eq(counts_of(report, row), counts[acm ? _i : 0]);
    }
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *report_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *cells = tcase_create("cells");
    tcase_add_loop_test(cells, test_titles, 0, COUNT(tables));
    tcase_add_test(cells, test_absent);
    tcase_add_loop_test(cells, test_finding, 0, COUNT(findings));
    tcase_add_loop_test(cells, test_certificate, 0, COUNT(certificates));
    tcase_add_loop_test(cells, test_control, 0, COUNT(controls));
    tcase_add_loop_test(cells, test_not_tested, 0, 3);
    suite_add_tcase(suite, cells);
    report_add_tables(suite);
    report_add_blocks(suite);
    report_add_scope(suite);
    report_add_workpaper(suite);
    report_add_terminal(suite);
    report_add_summary(suite);
    return suite;
}
