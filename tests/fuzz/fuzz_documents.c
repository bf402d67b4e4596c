/* fuzz_documents.c: the bytes as a named evidence file, from the readers to every report. */
#include "audit/baseline.h"
#include "base/file.h"
#include "base/limit.h"
#include "base/memory.h"
#include "csv/read_baseline.h"
#include "fuzz/fuzz.h"
#include "support/json_trees.h"
#include <stdlib.h>
#include <string.h>

enum { PADDED_SHARE = 8, XLSX_SHARE = 256 };

/* The value that a pointer names (RFC 6901; the tool's own need no escapes). */
static const cJSON *resolve(const cJSON *value, const char *pointer)
{
    struct text token = TEXT_EMPTY;
    while (value != NULL && *pointer == '/') {
        size_t length = strcspn(++pointer, "/");
        text_clear(&token);
        text_add_bytes(&token, pointer, length);
        value = cJSON_IsArray(value)
                    ? cJSON_GetArrayItem(value, (int)strtol(text_string(&token), NULL, 10))
                    : cJSON_GetObjectItemCaseSensitive(value, text_string(&token));
        pointer += length;
    }
    FUZZ_REQUIRE(*pointer == '\0');
    text_free(&token);
    return value;
}

/* The evidence of a finding is where it says: the value as it stood, or the object that lacks it.
 */
static void require_evidence(const struct finding *finding, const struct observation *seen,
                             const cJSON *root)
{
    struct text pointer = TEXT_EMPTY, observed = TEXT_EMPTY;
    rules_add_pointer(seen, finding->condition, &pointer);
    rules_add_observed(seen, finding->condition, &observed);
    const cJSON *value = resolve(root, text_string(&pointer));
    FUZZ_REQUIRE(value != NULL);
    if (cJSON_IsString(value) || cJSON_IsNumber(value))
        FUZZ_REQUIRE(strcmp(value->valuestring, text_string(&observed)) == 0);
    else
        FUZZ_REQUIRE(!cJSON_IsNull(value) && observed.length > 0);
    text_free(&pointer);
    text_free(&observed);
}

static void require_pointers(const struct assessment *assessment, const char *path)
{
    struct file *file = file_open(path, false);
    FUZZ_REQUIRE(file != NULL);
    struct json_trees json;
    json_trees_open(&json, file);
    struct json_document document;
    size_t met = 0;
    enum json_event event;
    while ((event = json_trees_next(&json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY) {
        for (size_t i = 0; i < assessment->finding_count; i++) {
            const struct finding *finding = &assessment->findings[i];
            const struct observation *seen = finding->seen;
            if (event == JSON_EMPTY || seen->document != document.number)
                continue;
            FUZZ_REQUIRE(seen->line == document.line);
            require_evidence(finding, seen, json.root);
            met++;
        }
    }
    FUZZ_REQUIRE(met == assessment->finding_count);
    json_trees_close(&json);
    file_close(file);
}

/* How many bytes of white space go before the first character, so that a read ends somewhere in
 * the bytes; 0 where that would change what they are. *mark: the bytes of the byte order mark. */
static size_t padding_of(const uint8_t *bytes, size_t size, uint64_t hash, size_t *mark)
{
    bool wide =
        size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
    bool marked = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    *mark = wide ? 2 : marked ? 3 : 0;
    if (size < 4 || (!wide && memchr(bytes, 0, 4) != NULL))
        return 0;
    return (FILE_WINDOW - hash / PADDED_SHARE % size) / 2 * 2;
}

/* The same bytes, the padding in them. */
static uint8_t *padded(const uint8_t *bytes, size_t size, size_t mark, size_t padding)
{
    uint8_t *to = memory_resize(NULL, size + padding + 1, 1);
    if (mark > 0)
        memcpy(to, bytes, mark);
    memset(to + mark, ' ', padding);
    for (size_t i = 0; mark == 2 && i < padding; i += 2)
        to[mark + i + (bytes[0] == 0xFF)] = 0;
    if (size > mark)
        memcpy(to + mark + padding, bytes + mark, size - mark);
    return to;
}

static bool same_text(const char *left, const char *right)
{
    return strcmp(left != NULL ? left : "", right != NULL ? right : "") == 0;
}

/* Two readings say the same but for the columns of the first line. */
static void require_same(const struct assessment *left, const struct assessment *right,
                         size_t columns)
{
    const struct evidence_file *a = left->evidence->files[0], *b = right->evidence->files[0];
    FUZZ_REQUIRE(a->problems.count == b->problems.count && a->documents == b->documents);
    for (size_t i = 0; i < a->problems.count && i < LIMIT_PROBLEMS; i++) {
        const struct diag *x = &a->problems.kept[i], *y = &b->problems.kept[i];
        bool moved = x->line == 1 && x->column > 0 && x->id != DIAG_EMPTY_FILE;
        FUZZ_REQUIRE(x->id == y->id && x->line == y->line && same_text(x->detail, y->detail));
        FUZZ_REQUIRE(x->column + (moved ? columns : 0) == y->column);
    }
    FUZZ_REQUIRE(left->finding_count == right->finding_count);
    for (size_t i = 0; i < left->finding_count; i++) {
        const struct finding *x = &left->findings[i], *y = &right->findings[i];
        FUZZ_REQUIRE(x->condition == y->condition && x->conflict == y->conflict);
        FUZZ_REQUIRE(strcmp(x->certificate->arn, y->certificate->arn) == 0);
        FUZZ_REQUIRE(strcmp(x->certificate->id, y->certificate->id) == 0);
        const struct observation *p = x->seen;
        const struct observation *q = y->seen;
        FUZZ_REQUIRE(p->document == q->document && p->line == q->line);
    }
}

/* Against its own findings nothing has changed: each failure still fails. */
static void require_unchanged(const struct assessment *assessment)
{
    const struct baseline *baseline = assessment->baseline;
    FUZZ_REQUIRE(baseline->count == assessment->finding_count);
    FUZZ_REQUIRE(assessment->gaps.vanished_failures == 0);
    FUZZ_REQUIRE(baseline->change_count == assessment->finding_counts.by_result[RESULT_FAIL]);
    for (size_t i = 0; i < baseline->change_count; i++)
        FUZZ_REQUIRE(baseline->changes[i].kind == CHANGE_STILL_FAILING);
}

/* Reads the bytes again, with the first run's findings as its baseline. */
static void read_again(const struct fuzz_run *first, const uint8_t *bytes, size_t size)
{
    struct fuzz_run run;
    struct baseline baseline = {0};
    struct text error = TEXT_EMPTY;
    uint64_t hash = fuzz_hash(bytes, size);
    size_t mark, length, padding = padding_of(bytes, size, hash, &mark);
    if (hash % PADDED_SHARE != 0)
        padding = 0;
    char *findings = fuzz_csv(&first->report, REPORT_FINDINGS, &length);
    const char *path = fuzz_path(FUZZ_ADDITION, findings, length);
    free(findings);
    fuzz_run_begin(&run);
    FUZZ_REQUIRE(read_baseline(&baseline, path, &run.assessment.policy.as_of, run.pool, &error));
    run.assessment.baseline = &baseline;
    uint8_t *again = padded(bytes, size, mark, padding);
    fuzz_run_read(&run, fuzz_path(FUZZ_EVIDENCE, again, size + padding));
    free(again);
    fuzz_run_assess(&run);
    require_same(&first->assessment, &run.assessment, mark == 2 ? padding / 2 : padding);
    require_unchanged(&run.assessment);
    fuzz_run_free(&run);
    baseline_free(&baseline);
}

void fuzz_documents(const uint8_t *bytes, size_t size)
{
    struct fuzz_run run;
    fuzz_run_begin(&run);
    const char *path = fuzz_path(FUZZ_EVIDENCE, bytes, size);
    fuzz_run_read(&run, path);
    FUZZ_REQUIRE(run.evidence.files[0]->bytes == size);
    fuzz_run_report(&run, NULL, fuzz_hash(bytes, size) % XLSX_SHARE == 0);
    require_pointers(&run.assessment, path);
    read_again(&run, bytes, size);
    fuzz_run_free(&run);
}
