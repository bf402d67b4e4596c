/*
 * check_mutation.c: every fixture, cut at every length; a large one, far from where a document
 * ends, at some. What is cut off may take findings away; it must not make a PASS, and what is cut
 * inside a document is never called complete.
 */
#include "mutation/check_mutation.h"
#include "mutation/mutation.h"
#include "support/harness.h"
#include "support/temporary.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In a fixture of more than so many bytes, every length near its ends and where its documents meet,
 * and one in so many of the others; sanitized, where a run takes ten times as long, in all. */
enum {
    LARGE = BROKEN_SANITIZED ? 0 : 4096,
    NEAR_END = BROKEN_SANITIZED ? 96 : 1024,
    NEAR_DOCUMENT = 16
};
enum { STRIDE = BROKEN_SANITIZED ? 13 : 5 };

/* What the whole file says. */
struct whole {
    struct broken_file file;
    bool wide, big; /* UTF-16 */
    bool broken;
    struct diag problem;
    const char **passes; /* RULE ARN ID */
    size_t pass_count;
    const char **twice; /* ARN ID of certificates that stand in it twice */
    size_t twice_count;
};

struct counts {
    size_t fixtures, lengths, runs, passes, twice, inside;
};

static bool names(const char *key, const struct certificate *certificate)
{
    size_t arn = strlen(certificate->arn);
    return strncmp(key, certificate->arn, arn) == 0 && key[arn] == ' ' &&
           strcmp(key + arn + 1, certificate->id) == 0;
}

static bool is_among(const char *const *keys, size_t count, const struct certificate *certificate)
{
    for (size_t i = 0; i < count; i++)
        if (names(keys[i], certificate))
            return true;
    return false;
}

static struct whole read_whole(struct broken_run *run, struct broken_file file)
{
    struct whole whole = {.file = file};
    temporary_write(file.bytes, file.count);
    broken_read(run);
    whole.broken = run->broken != NULL;
    if (whole.broken)
        whole.problem = *run->broken;
    whole.big = file.count >= 2 && memcmp(file.bytes, "\xFE\xFF", 2) == 0;
    whole.wide = whole.big || (file.count >= 2 && memcmp(file.bytes, "\xFF\xFE", 2) == 0);
    struct sheet_set passes = {0}, twice = {0};
    for (size_t i = 0; i < run->assessment.finding_count; i++) {
        const struct finding *finding = &run->assessment.findings[i];
        const struct certificate *certificate = finding->certificate;
        const char *key = harness_format("%s %s", certificate->arn, certificate->id);
        if (finding->result == RESULT_PASS)
            sheet_set_add(&passes, key);
        if (certificate->record_count > 1)
            sheet_set_add(&twice, key);
    }
    whole.passes = passes.texts;
    whole.pass_count = passes.count;
    whole.twice = twice.texts;
    whole.twice_count = twice.count;
    return whole;
}

/* No certificate passes that does not pass in the whole file, unless it stands there twice. */
static void look_at_passes(const struct whole *whole, size_t length, const struct broken_run *run,
                           struct counts *counts)
{
    for (size_t i = 0; i < run->assessment.finding_count; i++) {
        const struct finding *finding = &run->assessment.findings[i];
        if (finding->result != RESULT_PASS)
            continue;
        counts->passes++;
        if (is_among(whole->passes, whole->pass_count, finding->certificate))
            continue;
        HARNESS_REQUIRE(is_among(whole->twice, whole->twice_count, finding->certificate),
                        "%s, %zu bytes of it: %s %s passes", whole->file.name, length,
                        finding->rule->id, finding->certificate->arn);
        counts->twice++;
    }
}

static bool is_at(const struct diag *problem, const struct broken_place *place)
{
    return problem->line == place->line && problem->column == place->column;
}

/* Cut inside a document, before anything that is wrong with it: its end is named. Behind that, the
 * same is wrong, unless it is cut off too. */
static void look_at_problem(const struct whole *whole, size_t length, const struct diag *problem,
                            const struct broken_place *end)
{
    HARNESS_REQUIRE(problem != NULL, "%s, %zu bytes of it: no problem", whole->file.name, length);
    bool early =
        problem->id == DIAG_JSON_ENDS_EARLY ||
        (whole->wide && (problem->id == DIAG_UTF16_ODD || problem->id == DIAG_LONE_SURROGATE));
    bool behind = whole->broken &&
                  (whole->problem.line < end->line ||
                   (whole->problem.line == end->line && whole->problem.column <= end->column));
    bool same = behind && problem->id == whole->problem.id &&
                problem->line == whole->problem.line && problem->column == whole->problem.column;
    /* What is no JSON from its first character on has no documents to cut. */
    bool none = whole->broken && whole->problem.id == DIAG_NOT_JSON && problem->line > 0;
    HARNESS_REQUIRE(none || same || (early && is_at(problem, end)),
                    "%s, %zu bytes of it: %s at %zu:%zu; the end is %zu:%zu", whole->file.name,
                    length, diag_name(problem->id), problem->line, problem->column, end->line,
                    end->column);
}

static void look_at_cut(const struct whole *whole, size_t length, const struct broken_place *end,
                        const struct broken_run *run, struct counts *counts)
{
    bool inside = end->depth > 0 || end->string || end->missing > 0 ||
                  (whole->wide && length > 2 && length % 2 != 0);
    look_at_passes(whole, length, run, counts);
    HARNESS_REQUIRE(run->status != 0 || !inside, "%s, %zu bytes of it: exit status 0",
                    whole->file.name, length);
    if (length == 0)
        HARNESS_REQUIRE(run->status == 3 && run->broken != NULL &&
                            run->broken->id == DIAG_EMPTY_FILE && is_at(run->broken, end),
                        "%s: nothing of it: exit status %d", whole->file.name, run->status);
    if (inside)
        look_at_problem(whole, length, run->broken, end);
    counts->inside += inside;
}

/* The places at which the file may be cut, by the number of bytes that are left. */
static struct broken_place *places_of(const struct whole *whole)
{
    const unsigned char *bytes = (const unsigned char *)whole->file.bytes;
    size_t count = whole->file.count, mark = 0;
    struct broken_place *places = harness_keep(calloc(count + 1, sizeof *places));
    if (whole->wide)
        mark = 2;
    else if (count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        mark = 3;
    places[0] = BROKEN_START;
    for (size_t i = 0; i < count; i++) {
        places[i + 1] = places[i];
        if (i >= mark && !whole->wide)
            broken_pass(&places[i + 1], bytes[i], false);
        else if (i >= mark && i % 2 == 1)
            broken_pass(&places[i + 1],
                        whole->big ? (unsigned)bytes[i - 1] << 8 | bytes[i]
                                   : (unsigned)bytes[i] << 8 | bytes[i - 1],
                        true);
    }
    return places;
}

static bool is_tried(const struct whole *whole, const struct broken_place *places, size_t length)
{
    size_t count = whole->file.count;
    if (count <= LARGE || length < NEAR_END || count - length < NEAR_END || length % STRIDE == 0)
        return true;
    for (size_t i = length - NEAR_DOCUMENT; i < length + NEAR_DOCUMENT; i++)
        if (places[i].depth == 0 && !places[i].string)
            return true;
    return false;
}

START_TEST(every_fixture_is_cut)
{
    struct counts counts = {.fixtures = broken_fixture_count()};
    struct broken_run run;
    broken_begin(&run);
    for (size_t i = 0; i < counts.fixtures; i++) {
        struct whole whole = read_whole(&run, broken_fixture(i));
        const struct broken_place *places = places_of(&whole);
        int file = open(temporary_path, O_WRONLY | O_CLOEXEC);
        HARNESS_REQUIRE(file >= 0, "%s", temporary_path);
        counts.lengths += whole.file.count;
        for (size_t length = whole.file.count; length-- > 0;) {
            if (!is_tried(&whole, places, length))
                continue;
            HARNESS_REQUIRE(ftruncate(file, (off_t)length) == 0, "%s", temporary_path);
            broken_read(&run);
            look_at_cut(&whole, length, &places[length], &run, &counts);
            counts.runs++;
        }
        close(file);
    }
    broken_end(&run);
    printf("broken: %zu fixtures, cut at %zu of %zu lengths (%zu inside a document): %zu passes, "
           "all of the whole file but %zu of a certificate that stands in it twice\n",
           counts.fixtures, counts.runs, counts.lengths, counts.inside, counts.passes,
           counts.twice);
    fflush(stdout);
}
END_TEST

Suite *broken_suite(void);
Suite *broken_suite(void)
{
    Suite *suite = suite_create("broken");
    TCase *cuts = tcase_create("cuts");
    tcase_set_timeout(cuts, BROKEN_SECONDS);
    tcase_add_unchecked_fixture(cuts, temporary_make, temporary_remove);
    tcase_add_test(cuts, every_fixture_is_cut);
    suite_add_tcase(suite, cuts);
    suite_add_tcase(suite, broken_flips());
    return suite;
}
