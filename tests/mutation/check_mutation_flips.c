/*
 * check_mutation_flips.c: bits of every fixture flipped, one at a time: the output is what the
 * flipped file means, according to mutation_oracle.h and mutation.jq: whether it is JSON, and which
 * certificates are in it with which results.
 */
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "mutation/check_mutation.h"
#include "mutation/mutation.h"
#include "mutation/mutation_oracle.h"
#include "support/harness.h"
#include "support/temporary.h"
#include <cjson/cJSON.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number of flips in one fixture; a small one has fewer bits. */
enum { FULL = 150, SAMPLE = 12 };

/* The product's result for a flipped fixture that jq judges. */
struct flip {
    const char *fixture;
    size_t offset;
    int bit, status;
    const char *findings; /* as mutation.jq writes them, joined by LF; NULL if it was refused */
    const char *problem;
};

struct flips {
    struct flip *items;
    size_t count, room;
    struct text lines; /* for mutation.jq */
    struct pool *pool;
    size_t tried, bits, refused, deep;
};

/* xorshift64*, seeded with the fixture's name: the same flips in every run. */
static uint64_t seed_of(const char *name)
{
    uint64_t seed = UINT64_C(14695981039346656037);
    for (; *name != '\0'; name++)
        seed = (seed ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return seed;
}

static size_t draw(uint64_t *state, size_t below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (size_t)((*state * UINT64_C(2685821657736338717) >> 16) % below);
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The product's findings in the form of mutation.jq's. */
static const char *findings_of(const struct mutation_run *run, struct pool *pool)
{
    size_t count = run->assessment.finding_count;
    const char **rows = pool_alloc(pool, (count + 1) * sizeof *rows);
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = &run->assessment.findings[i];
        text_clear(&text);
        text_addf(&text, "%s %s %s %s %s", finding->rule->id, finding->certificate->arn,
                  finding->certificate->id, rules_result_name(finding->result),
                  finding->condition->name);
        rows[i] = pool_text(pool, text_string(&text));
    }
    qsort(rows, count, sizeof *rows, by_text);
    text_clear(&text);
    for (size_t i = 0; i < count; i++)
        text_addf(&text, "%s\n", rows[i]);
    const char *findings = pool_text(pool, text_string(&text));
    text_free(&text);
    return findings;
}

/* Reads the flipped file and asks the oracle; notes what jq must judge. */
static void try_flip(struct flips *flips, struct mutation_run *run,
                     const struct mutation_file *file, const char *bytes, size_t offset, int bit)
{
    const char *flaw = mutation_oracle(bytes, file->count, &flips->lines);
    mutation_read(run);
    flips->tried++;
    flips->refused += run->problem != NULL;
    HARNESS_REQUIRE(run->problem == NULL || run->problem->line > 0, "%s, bit %d of byte %zu: %s",
                    file->name, bit, offset, "the problem has no position");
    if (flaw == MUTATION_TOO_DEEP) {
        flips->deep++;
    } else if (*flaw != '\0') {
        HARNESS_REQUIRE(run->problem != NULL,
                        "%s, bit %d of byte %zu: %s, but the file is accepted", file->name, bit,
                        offset, flaw);
    } else {
        const char *problem = run->problem != NULL ? diag_name(run->problem->id) : "";
        flips->items =
            memory_grow(flips->items, &flips->room, flips->count + 1, sizeof *flips->items);
        flips->items[flips->count++] =
            (struct flip){file->name,
                          offset,
                          bit,
                          run->status,
                          run->problem != NULL ? NULL : findings_of(run, flips->pool),
                          problem};
    }
}

static void flip_fixture(struct flips *flips, struct mutation_run *run, struct mutation_file file)
{
    uint64_t state = seed_of(file.name);
    size_t bits = 8 * file.count, most = harness_full() ? FULL : SAMPLE;
    char *bytes = memory_resize(NULL, file.count + 1, 1);
    memcpy(bytes, file.bytes, file.count);
    temporary_write(file.bytes, file.count);
    int to = open(temporary_path, O_WRONLY | O_CLOEXEC);
    HARNESS_REQUIRE(to >= 0, "%s", temporary_path);
    flips->bits += bits < FULL ? bits : FULL;
    for (size_t i = 0; i < (bits < most ? bits : most); i++) {
        size_t which = bits <= most ? i : draw(&state, bits), offset = which / 8;
        bytes[offset] = (char)(bytes[offset] ^ 1 << which % 8);
        HARNESS_REQUIRE(pwrite(to, bytes + offset, 1, (off_t)offset) == 1, "%s", temporary_path);
        try_flip(flips, run, &file, bytes, offset, (int)(which % 8));
        bytes[offset] = file.bytes[offset];
        HARNESS_REQUIRE(pwrite(to, bytes + offset, 1, (off_t)offset) == 1, "%s", temporary_path);
    }
    close(to);
    free(bytes);
}

/* The findings in a line of mutation.jq, joined by LF; NULL if it is null. */
static const char *judged(const cJSON *line, struct pool *pool)
{
    struct text text = TEXT_EMPTY;
    const cJSON *row;
    if (cJSON_IsNull(line))
        return NULL;
    cJSON_ArrayForEach(row, line) text_addf(&text, "%s\n", row->valuestring);
    const char *findings = pool_text(pool, text_string(&text));
    text_free(&text);
    return findings;
}

/* Exit status 0 needs a certificate, and none that failed or is undecided. */
static bool is_clean(const char *findings)
{
    return *findings != '\0' && strstr(findings, " FAIL ") == NULL &&
           strstr(findings, " UNKNOWN ") == NULL;
}

static void compare(const struct flip *flip, const char *expected)
{
    bool same = flip->findings == NULL || expected == NULL ? flip->findings == expected
                                                           : strcmp(flip->findings, expected) == 0;
    HARNESS_REQUIRE(same, "%s, bit %d of byte %zu: expected\n%sgot\n%s%s", flip->fixture, flip->bit,
                    flip->offset, expected != NULL ? expected : "a refusal\n",
                    flip->findings != NULL ? flip->findings : "a refusal: ", flip->problem);
    HARNESS_REQUIRE(flip->status != 0 || is_clean(flip->findings),
                    "%s, bit %d of byte %zu: exit status 0", flip->fixture, flip->bit,
                    flip->offset);
}

/* Lets jq judge all flips in one run, and compares. */
static void judge(struct flips *flips)
{
    const char *lines = harness_format("%s/lines", harness_folder());
    harness_write(lines, text_string(&flips->lines));
    struct harness_result answer = harness_run(&(struct harness_run){
        .program = "jq",
        .arguments = (const char *const[]){"-c", "-f", harness_source("tests/mutation/mutation.jq"),
                                           lines, NULL},
        .seconds = MUTATION_SECONDS});
    HARNESS_REQUIRE(answer.status == 0, "jq: status %d: %s", answer.status, answer.error);
    const char *line = answer.output;
    for (size_t i = 0; i < flips->count; i++) {
        cJSON *parsed = cJSON_ParseWithLength(line, strcspn(line, "\n"));
        HARNESS_REQUIRE(parsed != NULL, "jq's answer %zu: %.80s", i, line);
        compare(&flips->items[i], judged(parsed, flips->pool));
        cJSON_Delete(parsed);
        line += strcspn(line, "\n") + 1;
    }
}

START_TEST(flipped_fixtures_mean_what_jq_says)
{
    struct flips flips = {.lines = TEXT_EMPTY, .pool = pool_new()};
    struct mutation_run run;
    mutation_begin(&run);
    for (size_t i = 0; i < mutation_fixture_count(); i++)
        flip_fixture(&flips, &run, mutation_fixture(i));
    mutation_end(&run);
    judge(&flips);
    printf("mutation: bits flipped: %zu, in %zu fixtures\n", flips.tried, mutation_fixture_count());
    printf("mutation: flipped files refused: %zu\n", flips.refused);
    printf("mutation: results compared with jq: %zu\n", flips.count);
    printf("mutation: flipped files too deep for jq: %zu\n", flips.deep);
    harness_note_sample("mutation: bits flipped", flips.tried, flips.bits);
    free(flips.items);
    text_free(&flips.lines);
    pool_free(flips.pool);
}
END_TEST

TCase *mutation_flips_case(void)
{
    TCase *flips = tcase_create("flips");
    tcase_set_timeout(flips, MUTATION_SECONDS);
    tcase_add_unchecked_fixture(flips, temporary_make, temporary_remove);
    tcase_add_test(flips, flipped_fixtures_mean_what_jq_says);
    return flips;
}
