/*
 * check_mutation.c: every fixture, cut at every length; a large one, far from where its documents
 * end, at some lengths. A cut may remove findings. It must not make a certificate pass, and a file
 * that is cut inside a document must not be called complete.
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

/* Files of up to `large` bytes are cut at every length. Larger ones are cut at every length that is
 * near their ends or near the end of a document, and at one length in `stride` elsewhere. */
struct sampling {
    size_t large, near_end, near_document, stride;
};
static const struct sampling full = {4096, 1024, 16, 5}, sample = {0, 24, 4, 61};

/* The result of the whole file. */
struct whole {
    struct mutation_file file;
    bool utf16, big_endian;
    bool broken;
    struct diag problem;  /* if broken */
    const char **passing; /* ARN ID */
    size_t passing_count;
    const char **repeated; /* ARN ID of certificates with several records in the file */
    size_t repeated_count;
};

struct counts {
    size_t fixtures, lengths, cuts, inside, passes, repeated;
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

static struct whole read_whole(struct mutation_run *run, struct mutation_file file)
{
    struct whole whole = {.file = file};
    temporary_write(file.bytes, file.count);
    mutation_read(run);
    whole.broken = run->problem != NULL;
    if (whole.broken)
        whole.problem = *run->problem;
    whole.big_endian = file.count >= 2 && memcmp(file.bytes, "\xFE\xFF", 2) == 0;
    whole.utf16 = whole.big_endian || (file.count >= 2 && memcmp(file.bytes, "\xFF\xFE", 2) == 0);
    struct sheet_set passing = {0}, repeated = {0};
    for (size_t i = 0; i < run->assessment.finding_count; i++) {
        const struct finding *finding = &run->assessment.findings[i];
        const struct certificate *certificate = finding->certificate;
        const char *key = harness_format("%s %s", certificate->arn, certificate->id);
        if (finding->result == RESULT_PASS)
            sheet_set_add(&passing, key);
        if (certificate->record_count > 1 || certificate->redacted)
            sheet_set_add(&repeated, key);
    }
    whole.passing = passing.texts;
    whole.passing_count = passing.count;
    whole.repeated = repeated.texts;
    whole.repeated_count = repeated.count;
    return whole;
}

/* Only certificates that pass in the whole file pass, or whose other record was cut off. */
static void check_passes(const struct whole *whole, size_t length, const struct mutation_run *run,
                         struct counts *counts)
{
    for (size_t i = 0; i < run->assessment.finding_count; i++) {
        const struct finding *finding = &run->assessment.findings[i];
        if (finding->result != RESULT_PASS)
            continue;
        counts->passes++;
        if (is_among(whole->passing, whole->passing_count, finding->certificate))
            continue;
        HARNESS_REQUIRE(is_among(whole->repeated, whole->repeated_count, finding->certificate),
                        "%s cut to %zu bytes: %s %s passes, but not in the whole file",
                        whole->file.name, length, finding->rule->id, finding->certificate->arn);
        counts->repeated++;
    }
}

static bool is_at(const struct diag *problem, const struct mutation_position *position)
{
    return problem->line == position->line && problem->column == position->column;
}

/* The file is cut inside a document: its end is reported, or the problem of the whole file if that
 * comes earlier. */
static void check_problem(const struct whole *whole, size_t length, const struct diag *problem,
                          const struct mutation_position *end)
{
    HARNESS_REQUIRE(problem != NULL, "%s cut to %zu bytes: no problem reported", whole->file.name,
                    length);
    bool early =
        problem->id == DIAG_JSON_ENDS_EARLY ||
        (whole->utf16 && (problem->id == DIAG_UTF16_ODD || problem->id == DIAG_LONE_SURROGATE));
    bool after = whole->broken &&
                 (whole->problem.line < end->line ||
                  (whole->problem.line == end->line && whole->problem.column <= end->column));
    /* What follows there may say what it is. */
    bool same_id = problem->id == whole->problem.id || whole->problem.id == DIAG_OTHER_TEXT ||
                   whole->problem.id == DIAG_MIXED_ENCODINGS;
    bool same = after && same_id && problem->line == whole->problem.line &&
                problem->column == whole->problem.column;
    /* A file that is not JSON from its first character on has no documents to cut. */
    bool not_json = whole->broken && whole->problem.line == 1 && whole->problem.column == 1;
    HARNESS_REQUIRE(not_json || same || (early && is_at(problem, end)),
                    "%s cut to %zu bytes: %s at %zu:%zu; expected at the end, %zu:%zu",
                    whole->file.name, length, diag_name(problem->id), problem->line,
                    problem->column, end->line, end->column);
}

static void check_cut(const struct whole *whole, size_t length, const struct mutation_position *end,
                      const struct mutation_run *run, struct counts *counts)
{
    bool inside = end->depth > 0 || end->string || end->missing > 0 ||
                  (whole->utf16 && length > 2 && length % 2 != 0);
    check_passes(whole, length, run, counts);
    HARNESS_REQUIRE(run->status != 0 || !inside, "%s cut to %zu bytes: exit status 0",
                    whole->file.name, length);
    if (length == 0)
        HARNESS_REQUIRE(run->status == 3 && run->problem != NULL &&
                            run->problem->id == DIAG_EMPTY_FILE && is_at(run->problem, end),
                        "%s cut to 0 bytes: exit status %d", whole->file.name, run->status);
    if (inside)
        check_problem(whole, length, run->problem, end);
    counts->inside += inside;
}

/* The position after each number of bytes, from 0 to all. */
static struct mutation_position *positions_of(const struct whole *whole)
{
    const unsigned char *bytes = (const unsigned char *)whole->file.bytes;
    size_t count = whole->file.count, mark = 0;
    struct mutation_position *positions = harness_keep(calloc(count + 1, sizeof *positions));
    if (whole->utf16)
        mark = 2;
    else if (count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        mark = 3;
    positions[0] = MUTATION_START;
    for (size_t i = 0; i < count; i++) {
        positions[i + 1] = positions[i];
        if (i >= mark && !whole->utf16)
            mutation_advance(&positions[i + 1], bytes[i], false);
        else if (i >= mark && i % 2 == 1)
            mutation_advance(&positions[i + 1],
                             whole->big_endian ? (unsigned)bytes[i - 1] << 8 | bytes[i]
                                               : (unsigned)bytes[i] << 8 | bytes[i - 1],
                             true);
    }
    return positions;
}

static bool is_tried(const struct sampling *sampling, const struct whole *whole,
                     const struct mutation_position *positions, size_t length)
{
    size_t count = whole->file.count, near = sampling->near_document;
    if (count <= sampling->large || length < sampling->near_end ||
        count - length < sampling->near_end || length % sampling->stride == 0)
        return true;
    for (size_t i = length - near; i < length + near; i++)
        if (positions[i].depth == 0 && !positions[i].string)
            return true;
    return false;
}

static void print_counts(const struct counts *counts)
{
    printf("mutation: fixtures cut: %zu\n", counts->fixtures);
    printf("mutation: lengths tried: %zu of %zu\n", counts->cuts, counts->lengths);
    printf("mutation: lengths that end inside a document: %zu\n", counts->inside);
    printf("mutation: passing findings: %zu\n", counts->passes);
    printf("mutation: passing findings of certificates that lost a record: %zu\n",
           counts->repeated);
    harness_note_sample("mutation: lengths at which a fixture is cut", counts->cuts,
                        harness_full() ? counts->cuts : counts->lengths);
}

START_TEST(every_fixture_is_cut)
{
    const struct sampling *sampling = harness_full() ? &full : &sample;
    struct counts counts = {.fixtures = mutation_fixture_count()};
    struct mutation_run run;
    mutation_begin(&run);
    for (size_t i = 0; i < counts.fixtures; i++) {
        struct whole whole = read_whole(&run, mutation_fixture(i));
        const struct mutation_position *positions = positions_of(&whole);
        int file = open(temporary_path, O_WRONLY | O_CLOEXEC);
        HARNESS_REQUIRE(file >= 0, "%s", temporary_path);
        counts.lengths += whole.file.count;
        for (size_t length = whole.file.count; length-- > 0;) {
            if (!is_tried(sampling, &whole, positions, length))
                continue;
            HARNESS_REQUIRE(ftruncate(file, (off_t)length) == 0, "%s", temporary_path);
            mutation_read(&run);
            check_cut(&whole, length, &positions[length], &run, &counts);
            counts.cuts++;
        }
        close(file);
    }
    mutation_end(&run);
    print_counts(&counts);
    ck_assert_uint_gt(counts.passes, 0);
}
END_TEST

Suite *mutation_suite(void);
Suite *mutation_suite(void)
{
    Suite *suite = suite_create("mutation");
    TCase *cuts = tcase_create("cuts");
    tcase_set_timeout(cuts, MUTATION_SECONDS);
    tcase_add_unchecked_fixture(cuts, temporary_make, temporary_remove);
    tcase_add_test(cuts, every_fixture_is_cut);
    suite_add_tcase(suite, cuts);
    suite_add_tcase(suite, mutation_flips_case());
    return suite;
}
