/*
 * check_mutation_flips.c: bits of every fixture turned over, one at a time: the output is what the
 * flipped file means. What it means is told by broken_oracle.h and broken.jq: whether it is JSON,
 * and which certificates are in it with which results.
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

/* Flips of one fixture: all of a small one's, else so many. */
enum { FLIPS = BROKEN_SANITIZED ? 24 : 150 };

/* What the product said of a flipped fixture that jq judges. */
struct flip {
    const char *fixture;
    size_t offset;
    int bit, status;
    const char *findings; /* as broken.jq writes them, joined by LF; NULL where it was refused */
    const char *problem;
};

struct flips {
    struct flip *items;
    size_t count, room;
    struct text lines; /* for broken.jq */
    struct pool *pool;
    size_t tried, refused, deep;
};

/* xorshift64*, begun from the fixture's name: the same flips in every run. */
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

/* The product's findings in the form of broken.jq's. */
static const char *findings_of(const struct broken_run *run, struct pool *pool)
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

/* Reads the flipped file and asks the oracle; what jq must judge is put down. */
static void take_flip(struct flips *flips, struct broken_run *run, const struct broken_file *file,
                      const char *bytes, size_t offset, int bit)
{
    const char *flaw = broken_oracle(bytes, file->count, &flips->lines);
    broken_read(run);
    flips->tried++;
    flips->refused += run->broken != NULL;
    HARNESS_REQUIRE(run->broken == NULL || run->broken->line > 0, "%s, bit %d of byte %zu: %s",
                    file->name, bit, offset, "a problem without a place");
    if (flaw == BROKEN_TOO_DEEP) {
        flips->deep++;
    } else if (*flaw != '\0') {
        HARNESS_REQUIRE(run->broken != NULL, "%s, bit %d of byte %zu: %s, and it is taken",
                        file->name, bit, offset, flaw);
    } else {
        const char *problem = run->broken != NULL ? diag_name(run->broken->id) : "";
        flips->items =
            memory_grow(flips->items, &flips->room, flips->count + 1, sizeof *flips->items);
        flips->items[flips->count++] =
            (struct flip){file->name,
                          offset,
                          bit,
                          run->status,
                          run->broken != NULL ? NULL : findings_of(run, flips->pool),
                          problem};
    }
}

static void flip_fixture(struct flips *flips, struct broken_run *run, struct broken_file file)
{
    uint64_t state = seed_of(file.name);
    size_t bits = 8 * file.count;
    char *bytes = memory_resize(NULL, file.count + 1, 1);
    memcpy(bytes, file.bytes, file.count);
    temporary_write(file.bytes, file.count);
    int to = open(temporary_path, O_WRONLY | O_CLOEXEC);
    HARNESS_REQUIRE(to >= 0, "%s", temporary_path);
    for (size_t i = 0; i < (bits < FLIPS ? bits : FLIPS); i++) {
        size_t which = bits <= FLIPS ? i : draw(&state, bits), offset = which / 8;
        bytes[offset] = (char)(bytes[offset] ^ 1 << which % 8);
        HARNESS_REQUIRE(pwrite(to, bytes + offset, 1, (off_t)offset) == 1, "%s", temporary_path);
        take_flip(flips, run, &file, bytes, offset, (int)(which % 8));
        bytes[offset] = file.bytes[offset];
        HARNESS_REQUIRE(pwrite(to, bytes + offset, 1, (off_t)offset) == 1, "%s", temporary_path);
    }
    close(to);
    free(bytes);
}

/* The findings of a line of broken.jq's, joined by LF; NULL where it says null. */
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

/* 0 needs a certificate, and none that failed or is undecided. */
static bool is_clean(const char *findings)
{
    return *findings != '\0' && strstr(findings, " FAIL ") == NULL &&
           strstr(findings, " UNKNOWN ") == NULL;
}

static void compare(const struct flip *flip, const char *expected)
{
    bool same = flip->findings == NULL || expected == NULL ? flip->findings == expected
                                                           : strcmp(flip->findings, expected) == 0;
    HARNESS_REQUIRE(same, "%s, bit %d of byte %zu:\n%s%sinstead of\n%s", flip->fixture, flip->bit,
                    flip->offset, flip->findings != NULL ? flip->findings : "refused as ",
                    flip->problem, expected != NULL ? expected : "refused");
    HARNESS_REQUIRE(flip->status != 0 || is_clean(flip->findings),
                    "%s, bit %d of byte %zu: exit status 0", flip->fixture, flip->bit,
                    flip->offset);
}

/* Lets one jq judge all, and compares. */
static void judge(struct flips *flips)
{
    const char *lines = harness_format("%s/lines", harness_folder());
    harness_write(lines, text_string(&flips->lines));
    struct harness_result told = harness_run(&(struct harness_run){
        .program = "jq",
        .arguments = (const char *const[]){"-c", "-f", harness_source("tests/mutation/mutation.jq"),
                                           lines, NULL},
        .seconds = BROKEN_SECONDS});
    HARNESS_REQUIRE(told.status == 0, "jq: status %d: %s", told.status, told.error);
    const char *line = told.output;
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
    struct broken_run run;
    broken_begin(&run);
    for (size_t i = 0; i < broken_fixture_count(); i++)
        flip_fixture(&flips, &run, broken_fixture(i));
    broken_end(&run);
    judge(&flips);
    printf("broken: %zu bits flipped in %zu fixtures: %zu were refused, %zu judged by jq, %zu too "
           "deep for it\n",
           flips.tried, broken_fixture_count(), flips.refused, flips.count, flips.deep);
    fflush(stdout);
    free(flips.items);
    text_free(&flips.lines);
    pool_free(flips.pool);
}
END_TEST

TCase *broken_flips(void)
{
    TCase *flips = tcase_create("flips");
    tcase_set_timeout(flips, BROKEN_SECONDS);
    tcase_add_unchecked_fixture(flips, temporary_make, temporary_remove);
    tcase_add_test(flips, flipped_fixtures_mean_what_jq_says);
    return flips;
}
