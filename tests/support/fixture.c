/* fixture.c: see fixture.h. */
#include "support/fixture.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/harness.h"
#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fixture *fixtures;
static size_t count, room;

static bool is(const struct fixture *fixture, const char *path, const char *as_of)
{
    return strcmp(fixture->path, path) == 0 && strcmp(fixture->as_of, as_of) == 0;
}

static void add(const char *path, const char *as_of)
{
    for (size_t i = 0; i < count; i++)
        if (is(&fixtures[i], path, as_of))
            return;
    fixtures = memory_grow(fixtures, &room, count + 1, sizeof *fixtures);
    fixtures[count++] = (struct fixture){.path = path, .as_of = as_of};
}

static void add_all(const struct sheet *sheet, const char *column, const char *under)
{
    for (size_t row = 1; row < sheet->count; row++)
        add(harness_format("%s/%s", under, sheet_value(sheet, row, column)),
            sheet == fixture_tables()->findings ? sheet_value(sheet, row, "as_of") : HARNESS_AS_OF);
}

const struct fixture_tables *fixture_tables(void)
{
    static struct fixture_tables tables;
    if (tables.findings != NULL)
        return &tables;
    tables.findings = sheet_read_tsv("tests/expected/findings.tsv");
    tables.evidence = sheet_read_tsv("tests/expected/unreadable.tsv");
    tables.samples = sheet_read_tsv("tests/expected/samples.tsv");
    tables.example = sheet_read_tsv("tests/expected/example.tsv");
    tables.samples_there = harness_exists(FIXTURE_SAMPLES);
    add_all(tables.findings, "fixture", "fixtures");
    add_all(tables.evidence, "fixture", "fixtures");
    add(FIXTURE_EXAMPLE, HARNESS_AS_OF);
    if (tables.samples_there)
        add_all(tables.samples, "sample", FIXTURE_SAMPLES);
    return &tables;
}

size_t fixture_count(void)
{
    fixture_tables();
    return count;
}

const struct fixture *fixture_at(size_t number)
{
    HARNESS_REQUIRE(number < fixture_count(), "fixture %zu: there is none", number);
    return &fixtures[number];
}

const struct fixture *fixture_find(const char *path, const char *as_of)
{
    for (size_t i = 0; i < fixture_count(); i++)
        if (is(&fixtures[i], path, as_of))
            return &fixtures[i];
    HARNESS_FAIL("%s is not in a table of tests/expected", path);
}

struct sheet *fixture_sheet(const struct fixture *fixture, const char *name, const char *title)
{
    struct sheet *sheet = sheet_read_csv(harness_format("%s/sheets/%s.csv", fixture->folder, name));
    sheet_skip_to(sheet, title);
    return sheet;
}

/* For pointer.sh: where the evidence of each finding is, and its value. */
static void write_wanted(const struct fixture *fixture)
{
    static const char *const titles[] = {"evidence_file", "evidence_document", "evidence_pointer",
                                         "condition",     "observed",          NULL};
    cJSON *wanted = cJSON_CreateArray();
    struct text files = TEXT_EMPTY;
    for (size_t row = 1; row < fixture->findings->count; row++) {
        cJSON *finding = cJSON_CreateObject();
        for (const char *const *title = titles; *title != NULL; title++) {
            const char *value = sheet_unguarded(sheet_value(fixture->findings, row, *title));
            cJSON_AddStringToObject(finding, *title, value);
        }
        cJSON_AddItemToArray(wanted, finding);
        text_addf(&files, "%s\n",
                  sheet_unguarded(sheet_value(fixture->findings, row, "evidence_file")));
    }
    char *printed = cJSON_Print(wanted);
    harness_write(harness_format("%s/wanted.json", fixture->folder), printed);
    harness_write(harness_format("%s/wanted.files", fixture->folder), text_string(&files));
    cJSON_free(printed);
    cJSON_Delete(wanted);
    text_free(&files);
}

static void run(struct fixture *fixture)
{
    fixture->folder = harness_folder();
    const char *csv = harness_format("%s/findings.csv", fixture->folder);
    const char *const arguments[] = {fixture->path,
                                     "--as-of",
                                     fixture->as_of,
                                     "-o",
                                     csv,
                                     "-o",
                                     harness_format("%s/report.xlsx", fixture->folder),
                                     "-o",
                                     harness_format("%s/report.md", fixture->folder),
                                     NULL};
    struct harness_run how = {.arguments = arguments};
    struct harness_result result = harness_run(&how);
    fixture->status = result.status;
    fixture->output = result.output;
    fixture->error = result.error;
    if (harness_exists(csv))
        fixture->findings = sheet_read_csv(csv);
}

/* The programs that read the reports back run at the same time. Whether they succeeded is in a file
 * of each folder, for the tests; the status of xargs says nothing about a single folder. The
 * evidence of findings takes the longest: a sample has that of one fixture in eight. */
void fixture_run_all(void)
{
    size_t traced = 0, total = 0, stride = harness_full() ? 1 : 8;
    FILE *batch = popen("timeout 1800 xargs -n 16 -P \"$(nproc)\" tests/support/readback.sh", "w");
    HARNESS_REQUIRE(batch != NULL, "readback.sh: cannot be run");
    for (size_t i = 0; i < fixture_count(); i++) {
        run(&fixtures[i]);
        if (fixtures[i].findings != NULL && total++ % stride == 0) {
            write_wanted(&fixtures[i]);
            traced++;
        }
        fprintf(batch, "%s\n", fixtures[i].folder);
        fflush(batch);
    }
    HARNESS_REQUIRE(pclose(batch) >= 0, "waiting for readback.sh: %s", strerror(errno));
    harness_note_sample("fixtures: evidence of findings looked up by jq", traced, total);
}
