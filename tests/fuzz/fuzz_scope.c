/* fuzz_scope.c: the bytes as a scope, up to the reports that name its accounts. */
#include "audit/scope.h"
#include "audit/verdict.h"
#include "csv/read_scope.h"
#include "fuzz/fuzz.h"
#include <string.h>

enum { XLSX_SHARE = 256 };

static bool is(const char *left, const char *right)
{
    return strcmp(left, right) == 0;
}

static void require_line(const struct scope *scope, const struct scope_line *line, size_t lines)
{
    bool iam = is(line->service, "iam"), any = is(line->service, "*");
    FUZZ_REQUIRE(line->line >= 1 && line->line <= lines);
    FUZZ_REQUIRE(*line->account != '\0' && *line->region != '\0');
    FUZZ_REQUIRE(iam || any || is(line->service, "acm"));
    FUZZ_REQUIRE(!iam || is(line->region, "global"));
    FUZZ_REQUIRE(line->in_scope || *line->note != '\0');
    /* The line is found by its own place, or another one that says more of it. */
    enum service service = iam ? SERVICE_IAM : SERVICE_ACM;
    const struct scope_line *found = scope_find(scope, line->account, line->region, service);
    FUZZ_REQUIRE(found != NULL && is(found->account, line->account));
    FUZZ_REQUIRE(any || found == line);
    FUZZ_REQUIRE(scope_find_account(scope, line->account, "", service) != NULL);
}

/* As in the file but for their order, each place once. */
static void require_lines(const struct scope *scope, size_t lines)
{
    FUZZ_REQUIRE(scope->count > 0);
    for (size_t i = 0; i < scope->count; i++) {
        require_line(scope, &scope->lines[i], lines);
        for (size_t j = 0; j < i; j++)
            FUZZ_REQUIRE(!is(scope->lines[i].account, scope->lines[j].account) ||
                         !is(scope->lines[i].region, scope->lines[j].region) ||
                         !is(scope->lines[i].service, scope->lines[j].service));
    }
    FUZZ_REQUIRE(scope_find(scope, "no account", "eu-west-1", SERVICE_ACM) == NULL);
}

/* Each account of the scope that is in it has a row; a row in scope without evidence or list makes
 * the evidence incomplete. */
static void require_coverage(const struct assessment *assessment)
{
    const struct coverage *coverage = &assessment->coverage;
    const struct scope *scope = assessment->scope;
    size_t open = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        FUZZ_REQUIRE(row->outside_scope == (row->scope == NULL));
        FUZZ_REQUIRE(row->scope == scope_find(scope, row->account, row->region, row->service));
        open += row->scope != NULL && row->scope->in_scope && row->lists == 0;
    }
    for (size_t i = 0; i < scope->count; i++) {
        bool shown = !scope->lines[i].in_scope;
        for (size_t j = 0; j < coverage->count; j++)
            shown |= is(coverage->rows[j].account, scope->lines[i].account);
        FUZZ_REQUIRE(shown);
    }
    FUZZ_REQUIRE(open == 0 || verdict_exit_status(assessment) != 0);
}

void fuzz_scope(const uint8_t *bytes, size_t size)
{
    struct fuzz_run run;
    struct scope scope = {0};
    struct text error = TEXT_EMPTY;
    const char *path = fuzz_path(FUZZ_ADDITION, bytes, size);
    fuzz_run_begin(&run);
    bool read = read_scope(&scope, path, run.pool, &error);
    fuzz_require_said(read, &error, path, fuzz_lines(bytes, size));
    if (read) {
        require_lines(&scope, fuzz_lines(bytes, size));
        run.assessment.scope = &scope;
        fuzz_run_read_sample(&run);
        fuzz_run_report(&run, NULL, fuzz_hash(bytes, size) % XLSX_SHARE == 0);
        require_coverage(&run.assessment);
    }
    text_free(&error);
    fuzz_run_free(&run);
    scope_free(&scope);
}
