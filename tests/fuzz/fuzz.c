/* fuzz.c: the bytes as a file, and a run over it with what must hold of every run. */
#include "fuzz/fuzz.h"
#include "audit/baseline.h"
#include "audit/verdict.h"
#include "base/limit.h"
#include "base/pool.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "ingest/inputs.h"
#include "report/prepare.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In memory where that is mounted: a disk's file is written out when it is closed. */
static int open_nameless(void)
{
    char path[] = "/dev/shm/certaudit-fuzz-XXXXXX", elsewhere[] = "/tmp/certaudit-fuzz-XXXXXX";
    char *name = path;
    int descriptor = mkstemp(path);
    if (descriptor < 0) {
        name = elsewhere;
        descriptor = mkstemp(elsewhere);
    }
    FUZZ_REQUIRE(descriptor >= 0 && unlink(name) == 0);
    return descriptor;
}

const char *fuzz_path(enum fuzz_file which, const void *bytes, size_t size)
{
    static int descriptors[FUZZ_FILES];
    static char paths[FUZZ_FILES][32]; /* empty until its file is open */
    if (*paths[which] == '\0') {
        descriptors[which] = open_nameless();
        (void)snprintf(paths[which], sizeof paths[which], "/dev/fd/%d", descriptors[which]);
    }
    FUZZ_REQUIRE(ftruncate(descriptors[which], 0) == 0);
    FUZZ_REQUIRE(size == 0 || pwrite(descriptors[which], bytes, size, 0) == (ssize_t)size);
    return paths[which];
}

uint64_t fuzz_hash(const uint8_t *bytes, size_t size)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 32; /* the low bits alone do not see much of the last bytes */
}

bool fuzz_is_printable(const char *bytes, size_t size)
{
    if (strlen(bytes) != size)
        return false;
    for (size_t length; *bytes != '\0'; bytes += length) {
        length = text_character(bytes);
        if (length == 0 || (*bytes != '\n' && text_is_invisible_or_bidi(bytes, length)))
            return false;
    }
    return true;
}

size_t fuzz_lines(const uint8_t *bytes, size_t size)
{
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += bytes[i] == '\n';
    return lines;
}

void fuzz_require_said(bool read, const struct text *error, const char *path, size_t lines)
{
    const char *said = text_string(error);
    size_t name = strlen(path);
    if (read) {
        FUZZ_REQUIRE(error->length == 0);
        return;
    }
    char *end;
    FUZZ_REQUIRE(strncmp(said, path, name) == 0 && said[name] == ':');
    unsigned long line = strtoul(said + name + 1, &end, 10);
    FUZZ_REQUIRE(line >= 1 && line <= lines);
    FUZZ_REQUIRE(strncmp(end, ": ", 2) == 0 && strlen(end) > strlen(": "));
    FUZZ_REQUIRE(strchr(said, '\n') == NULL);
}

void fuzz_run_begin(struct fuzz_run *run)
{
    *run = (struct fuzz_run){.pool = pool_new(), .threads = thread_pool_new(2)};
    struct policy *policy = &run->assessment.policy;
    run->evidence.pool = run->pool;
    FUZZ_REQUIRE(timestamp_parse("2026-11-20T00:00:00Z", run->pool, &policy->as_of));
    FUZZ_REQUIRE(timestamp_parse("2014-04-01T00:00:00Z", run->pool, &policy->cutoff));
    while (rules[run->assessment.rule_count] != NULL)
        run->assessment.rule_count++;
    const struct rule **all = pool_alloc(run->pool, run->assessment.rule_count * sizeof *all);
    memcpy(all, rules, run->assessment.rule_count * sizeof *all);
    rules_sort(all, run->assessment.rule_count);
    run->assessment.rules = all;
}

void fuzz_run_free(struct fuzz_run *run)
{
    report_free(&run->report);
    assess_free(&run->assessment);
    controls_free(&run->controls);
    evidence_free(&run->evidence);
    thread_pool_free(run->threads);
    pool_free(run->pool);
}

static void require_file(const struct evidence_file *file)
{
    size_t kept = file->problems.count < LIMIT_PROBLEMS ? file->problems.count : LIMIT_PROBLEMS;
    FUZZ_REQUIRE(file->hashed && strlen(file->sha256) == DIGEST_HEX - 1);
    size_t faults = file->problems.count - file->problems.harmless;
    FUZZ_REQUIRE(file->fault == (faults > 0 || file->documents == 0));
    FUZZ_REQUIRE((file->documents > 0) == (file->kinds != NULL));
    FUZZ_REQUIRE(file->documents > 0 || file->certificates == 0);
    FUZZ_REQUIRE(file->documents > 0 || file->problems.count > 0);
    enum evidence_state expected = file->documents > 0
                                       ? (file->fault ? EVIDENCE_PARTIAL : EVIDENCE_USED)
                                   : faults == 0                     ? EVIDENCE_UNRELATED
                                   : faults == file->problems.unread ? EVIDENCE_UNREAD
                                                                     : EVIDENCE_UNUSABLE;
    FUZZ_REQUIRE(file->state == expected);
    for (size_t i = 0; i < kept; i++) {
        const struct diag *problem = &file->problems.kept[i];
        struct text line = TEXT_EMPTY;
        FUZZ_REQUIRE(problem->line > 0 &&
                     (problem->column > 0) == (problem->id != DIAG_PRIVATE_KEY));
        FUZZ_REQUIRE(i == 0 || diag_weight(problem[-1].id) <= diag_weight(problem->id));
        FUZZ_REQUIRE(problem->line <= file->bytes + 1 && problem->column <= file->bytes + 1);
        diag_add_line(problem, &line);
        FUZZ_REQUIRE(strchr(line.bytes, '\n') == line.bytes + line.length - 1);
        FUZZ_REQUIRE(problem->detail != NULL || strstr(line.bytes, "()") == NULL);
        text_free(&line);
    }
}

void fuzz_run_read(struct fuzz_run *run, const char *path)
{
    struct text error = TEXT_EMPTY;
    run->paths[0] = path;
    FUZZ_REQUIRE(inputs_read(&run->evidence, run->paths, 1, NULL, 0, NULL, NULL, &error));
    FUZZ_REQUIRE(error.length == 0 && run->evidence.file_count == 1);
    require_file(run->evidence.files[0]);
    FUZZ_REQUIRE(run->evidence.files[0]->certificates == run->evidence.record_count);
    text_free(&error);
}

void fuzz_run_read_sample(struct fuzz_run *run)
{
#define IAM "\"Arn\":\"arn:aws:iam::111122223333:server-certificate/"
#define ACM "\"CertificateArn\":\"arn:aws:acm:"
    static const char sample[] =
        "{\"ServerCertificateMetadataList\":["
        "{\"ServerCertificateName\":\"old\",\"ServerCertificateId\":\"A\"," IAM "old\","
        "\"UploadDate\":\"2012-08-14T23:02:41Z\"},"
        "{\"ServerCertificateName\":\"new\",\"ServerCertificateId\":\"B\"," IAM "new\","
        "\"UploadDate\":\"2020-01-01T00:00:00Z\"},"
        "{\"ServerCertificateName\":\"odd\",\"ServerCertificateId\":\"C\"," IAM "odd\"}]}\n"
        "{\"CertificateSummaryList\":["
        "{" ACM "us-east-1:444455556666:certificate/1\",\"Status\":\"FAILED\"},"
        "{" ACM "us-east-1:444455556666:certificate/2\",\"Status\":\"ISSUED\"}]}\n"
        "{\"Certificate\":{" ACM "eu-west-1:111122223333:certificate/3\",\"Status\":"
        "\"PENDING_VALIDATION\",\"Type\":\"AMAZON_ISSUED\",\"DomainName\":\"a.example\","
        "\"CreatedAt\":\"2026-11-19T00:00:00Z\"}}\n"
        "{\"Certificate\":{" ACM "eu-west-1:111122223333:certificate/4\",\"Status\":\"ISSUED\","
        "\"Type\":\"IMPORTED\",\"DomainName\":\"b.example\",\"NotAfter\":1900000000}}\n";
#undef IAM
#undef ACM
    fuzz_run_read(run, fuzz_path(FUZZ_EVIDENCE, sample, sizeof sample - 1));
}

static void require_counts(const struct assessment *assessment)
{
    struct result_counts sum = {{0}, 0};
    size_t observations = 0, assessed = 0, undecided = 0;
    for (size_t i = 0; i < assessment->rule_count; i++) {
        for (size_t j = 0; j < RESULT_COUNT; j++) {
            sum.by_result[j] += assessment->counts[i].by_result[j];
            sum.total += assessment->counts[i].by_result[j];
        }
    }
    FUZZ_REQUIRE(memcmp(&sum, &assessment->finding_counts, sizeof sum) == 0);
    size_t all = sum.total + assessment->out_of_scope.total; /* a finding for each certificate */
    FUZZ_REQUIRE(assessment->finding_count == all);
    FUZZ_REQUIRE(assessment->finding_count == assessment->certificate_count);
    for (size_t i = 0; i < assessment->certificate_count; i++) {
        observations += assessment->certificates[i]->record_count;
        undecided += !assessment->certificates[i]->assessed;
    }
    FUZZ_REQUIRE(observations == assessment->evidence->record_count);
    FUZZ_REQUIRE(undecided == sum.by_result[RESULT_UNKNOWN] +
                                  assessment->out_of_scope.by_result[RESULT_UNKNOWN]);
    for (size_t i = 0; i < assessment->coverage.count; i++)
        assessed += assessment->coverage.rows[i].assessed;
    FUZZ_REQUIRE(assessed + undecided == all);
}

static void require_status(const struct assessment *assessment)
{
    const size_t *by_result = assessment->finding_counts.by_result;
    int status = verdict_exit_status(assessment);
    const struct gaps *gaps = &assessment->gaps;
    bool missing =
        (assessment->faults > 0 && assessment->scope == NULL) || by_result[RESULT_UNKNOWN] > 0 ||
        (assessment->finding_counts.total == 0 && assessment->places_covered == 0) ||
        gaps->unplaced_lists + gaps->places_without_evidence + gaps->places_without_list +
                gaps->mentioned_certificates + gaps->vanished_failures >
            0;
    FUZZ_REQUIRE(status == (by_result[RESULT_FAIL] > 0 ? 1 : missing ? 3 : 0));
}

static void require_finding(const struct assessment *assessment, const struct finding *finding)
{
    struct text text = TEXT_EMPTY;
    struct digest *digest = digest_new();
    finding_add_ref(finding, digest, assessment->ref_digits, &text);
    digest_free(digest);
    FUZZ_REQUIRE(assessment->ref_digits >= FINDING_REF_DIGITS);
    FUZZ_REQUIRE(strncmp(text.bytes, "F-", 2) == 0);
    FUZZ_REQUIRE(strspn(text.bytes + 2, "0123456789abcdef") == assessment->ref_digits);
    FUZZ_REQUIRE(text.length == 2 + assessment->ref_digits);
    FUZZ_REQUIRE(rules_condition(finding->rule, finding->condition->name) == finding->condition);
    FUZZ_REQUIRE(finding->result == finding->condition->result ||
                 (finding->result == RESULT_WAIVED && finding->condition->result == RESULT_FAIL));
    FUZZ_REQUIRE(finding->waiver != NULL ? finding->condition->result == RESULT_FAIL
                                         : finding->result != RESULT_WAIVED);
    FUZZ_REQUIRE(finding->seen->document > 0 && finding->seen->line > 0);
    text_clear(&text);
    assess_add_reason(assessment, finding, &text);
    FUZZ_REQUIRE(text.length > 0);
    text_free(&text);
}

static void require_assessment(const struct assessment *assessment)
{
    require_counts(assessment);
    require_status(assessment);
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        require_finding(assessment, finding);
        FUZZ_REQUIRE(i == 0 || finding[-1].result <= finding->result);
    }
}

void fuzz_run_assess(struct fuzz_run *run)
{
    run->assessment.evidence = &run->evidence;
    assess_run(&run->assessment);
    require_assessment(&run->assessment);
}

/* A short table: the one that is built in would take most of the time, and is fuzzed by itself. */
static void set_controls(struct fuzz_run *run)
{
    static const struct control rows[] = {
        {&rule_acm_005, "PCI DSS", "v4.0.1", "4.2.1", "Strong cryptography", "supporting",
         "request-pending;renewal-failed", "why", "whence", 0, 0},
        {&rule_iam_033, "PCI DSS", "v4.0.1", "6.3.3", "Patches", "direct", "", "why", "whence", 0,
         0},
        {&rule_iam_033, "NIST SP 800-53", "Rev. 4", "SC-12", "Keys", "direct", "", "why", "whence",
         0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        controls_add(&run->controls, &rows[i], run->pool);
}

void fuzz_run_report(struct fuzz_run *run, const struct controls *controls, bool xlsx)
{
    fuzz_run_assess(run);
    if (controls == NULL)
        set_controls(run);
    run->report = (struct report){
        .assessment = &run->assessment,
        .controls = controls != NULL ? controls : &run->controls,
        .pool = run->pool,
        .title = "Fuzzing",
        .version = "0",
        .workers = run->threads,
        .paths = run->paths,
        .path_count = 1,
    };
    report_prepare(&run->report);
    fuzz_require_outputs(&run->report, xlsx);
}
