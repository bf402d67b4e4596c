/* write_pack.c: see write_pack.h. The table `members` lists the files of a pack. */
#include "pack/write_pack.h"
#include "base/build_info.h"
#include "base/publish.h"
#include "csv/csv_table.h"
#include "pack/sums.h"
#include "pack/write_requests.h"
#include "report/report.h"
#include "writers.h"
#include <errno.h>
#include <string.h>

enum { PROGRAM_FACTS = 2 };

/* A row of run.csv: the facts of the run, then the program. Only run.csv names the program, so that
 * all other files are the same for every build. */
static void get_fact(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct report *report = row->report;
    const struct fact program[PROGRAM_FACTS] = {{"commit", build_info_commit},
                                                {"program SHA-256", report->program}};
    const struct fact *fact = row->number < report->fact_count
                                  ? &report->facts[row->number]
                                  : &program[row->number - report->fact_count];
    cell->kind = CELL_TEXT;
    cell->text = argument == 0 ? fact->name : fact->value;
}

static bool write_facts(const struct report *report, FILE *stream)
{
    static const struct column columns[] = {{"name", 30, false, 0, get_fact},
                                            {"value", 60, false, 1, get_fact}};
    struct table facts = {
        "Run", "a fact of the run", columns, 2, report->fact_count + PROGRAM_FACTS, false, NULL};
    return csv_table(report, &facts, stream);
}

static bool write_inputs(const struct report *report, FILE *stream)
{
    struct text lines = TEXT_EMPTY;
    sums_add_inputs(&lines, report);
    bool fine =
        fwrite(text_string(&lines), 1, lines.length, stream) == lines.length && fflush(stream) == 0;
    text_free(&lines);
    return fine;
}

static const struct writer inputs = {.format = "sums", .to_stream = write_inputs};
static const struct writer requests = {.format = "requests", .to_stream = write_requests};
static const struct writer facts = {.format = "run", .to_stream = write_facts};

enum { NO_TABLE = -1 };

/* Sorted by name, as in SHA256SUMS. */
static const struct {
    const char *name;
    int table; /* enum report_table if there is no writer */
    const struct writer *writer;
} members[PACK_FILES_MOST] = {
    {"INPUTS.SHA256SUMS", NO_TABLE, &inputs},
    {"certificates.csv", REPORT_CERTIFICATES, NULL},
    {"changes.csv", REPORT_CHANGES, NULL},
    {"controls.csv", REPORT_CONTROLS, NULL},
    {"coverage.csv", REPORT_COVERAGE, NULL},
    {"evidence.csv", REPORT_EVIDENCE, NULL},
    {"findings.csv", REPORT_FINDINGS, NULL},
    {"report.md", NO_TABLE, &write_markdown},
    {"report.xlsx", NO_TABLE, &write_xlsx},
    {"requests.md", NO_TABLE, &requests},
    {"run.csv", NO_TABLE, &facts},
    {"waivers.csv", REPORT_WAIVERS, NULL},
};

bool pack_stage(struct pack *pack, const struct report *report, const char *target,
                struct publish *publish, struct text *error)
{
    pack->folder = publish_stage_folder(publish, target, error);
    pack->scratch = pack->folder != NULL ? publish_stage_scratch(publish, target, error) : NULL;
    if (pack->scratch == NULL)
        return false;
    for (size_t i = 0; i < PACK_FILES_MOST; i++) {
        const struct table *table =
            members[i].writer == NULL ? &report->tables[members[i].table] : NULL;
        if (table != NULL && table->absent)
            continue;
        const char *path = publish_stage_member(publish, pack->folder, members[i].name, error);
        if (path == NULL)
            return false;
        pack->files[pack->count++] = (struct writers_file){.path = path,
                                                           .name = members[i].name,
                                                           .scratch = pack->scratch,
                                                           .writer = members[i].writer,
                                                           .table = table,
                                                           .summed = true};
    }
    return true;
}

static bool write_sums(const struct text *sums, const char *path)
{
    FILE *stream = fopen(path, "wb");
    if (stream == NULL)
        return false;
    bool fine = fwrite(text_string(sums), 1, sums->length, stream) == sums->length;
    int number = errno;
    if (fclose(stream) != 0 && fine) {
        fine = false;
        number = errno;
    }
    errno = number;
    return fine;
}

bool pack_finish(struct pack *pack, struct publish *publish, char digest[DIGEST_HEX],
                 struct text *error)
{
    static const char name[] = "SHA256SUMS";
    struct text sums = TEXT_EMPTY;
    const char *path = publish_stage_member(publish, pack->folder, name, error);
    for (size_t i = 0; i < pack->count; i++)
        sums_add(&sums, pack->files[i].sha256, pack->files[i].name);
    bool fine = path != NULL && write_sums(&sums, path);
    if (path != NULL && !fine)
        text_addf(error, "%s: cannot be written: %s", name, strerror(errno));
    struct digest *all = digest_new();
    digest_add(all, text_string(&sums), sums.length);
    digest_finish(all, digest);
    text_free(&sums);
    return fine;
}
