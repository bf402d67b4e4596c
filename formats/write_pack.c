/* write_pack.c: a line for each file of the pack. */
#include "write_pack.h"
#include "csv_table.h"
#include "publish.h"
#include "report.h"
#include "sums.h"
#include "write_requests.h"
#include "writers.h"
#include <errno.h>
#include <string.h>

struct pack {
    const struct report *report;
    const char *folder; /* while it is staged */
    const char *scratch;
    struct publish *publish;
    struct text sums;
    struct text *error;
};

/* The facts of the run, as a table: run.csv. */
static void get_fact(struct report_row *row, size_t argument, struct cell *cell)
{
    const struct fact *fact = &row->report->facts[row->number];
    cell->kind = CELL_TEXT;
    cell->text = argument == 0 ? fact->name : fact->value;
}

static bool write_facts(const struct report *report, FILE *stream)
{
    static const struct column columns[] = {{"name", 30, false, 0, get_fact},
                                            {"value", 60, false, 1, get_fact}};
    struct table facts = {"Run", "a fact of the run", columns, 2, report->fact_count, false, NULL};
    return csv_table(report, &facts, stream);
}

static bool write_inputs(const struct report *report, FILE *stream)
{
    struct text lines = TEXT_EMPTY;
    sums_add_inputs(&lines, report->assessment->evidence);
    bool fine =
        fwrite(text_string(&lines), 1, lines.length, stream) == lines.length && fflush(stream) == 0;
    text_free(&lines);
    return fine;
}

/* Notes the digest of a file that is complete. */
static bool sum(struct pack *pack, const char *path, const char *name)
{
    char sha256[DIGEST_HEX];
    if (!sums_of_file(path, sha256)) {
        text_addf(pack->error, "%s: cannot be read back: %s", name, strerror(errno));
        return false;
    }
    sums_add(&pack->sums, sha256, name);
    return true;
}

static bool add(struct pack *pack, const char *name, const struct writer *writer)
{
    const char *path = publish_stage_member(pack->publish, pack->folder, name, pack->error);
    return path != NULL &&
           writers_write(writer, pack->report, path, pack->scratch, name, pack->error) &&
           sum(pack, path, name);
}

static bool add_table(struct pack *pack, const char *name, enum report_table which)
{
    const struct table *table = &pack->report->tables[which];
    if (table->absent)
        return true;
    const char *path = publish_stage_member(pack->publish, pack->folder, name, pack->error);
    FILE *stream = path != NULL ? writers_open(path, name, pack->error) : NULL;
    return stream != NULL &&
           writers_close(stream, csv_table(pack->report, table, stream), name, pack->error) &&
           sum(pack, path, name);
}

static bool add_tables(struct pack *pack)
{
    return add_table(pack, "certificates.csv", REPORT_CERTIFICATES) &&
           add_table(pack, "changes.csv", REPORT_CHANGES) &&
           add_table(pack, "controls.csv", REPORT_CONTROLS) &&
           add_table(pack, "coverage.csv", REPORT_COVERAGE) &&
           add_table(pack, "evidence.csv", REPORT_EVIDENCE) &&
           add_table(pack, "findings.csv", REPORT_FINDINGS);
}

static bool add_sums(struct pack *pack, char digest[DIGEST_HEX])
{
    static const char name[] = "SHA256SUMS";
    const char *path = publish_stage_member(pack->publish, pack->folder, name, pack->error);
    FILE *stream = path != NULL ? writers_open(path, name, pack->error) : NULL;
    if (stream == NULL)
        return false;
    bool fine = fwrite(text_string(&pack->sums), 1, pack->sums.length, stream) == pack->sums.length;
    if (!writers_close(stream, fine, name, pack->error))
        return false;
    struct digest *sums = digest_new();
    digest_add(sums, text_string(&pack->sums), pack->sums.length);
    digest_finish(sums, digest);
    return true;
}

bool write_pack(const struct report *report, const char *target, struct publish *publish,
                char digest[DIGEST_HEX], struct text *error)
{
    static const struct writer inputs = {"sums", "", write_inputs, NULL};
    static const struct writer requests = {"requests", "", write_requests, NULL};
    static const struct writer facts = {"run", "", write_facts, NULL};
    struct pack pack = {.report = report, .publish = publish, .sums = TEXT_EMPTY, .error = error};
    pack.folder = publish_stage_folder(publish, target, error);
    pack.scratch = pack.folder != NULL ? publish_stage_scratch(publish, target, error) : NULL;
    bool fine = pack.scratch != NULL && add(&pack, "INPUTS.SHA256SUMS", &inputs) &&
                add_tables(&pack) && add(&pack, "report.md", &write_markdown) &&
                add(&pack, "report.xlsx", &write_xlsx) && add(&pack, "requests.md", &requests) &&
                add(&pack, "run.csv", &facts) && add_table(&pack, "waivers.csv", REPORT_WAIVERS) &&
                add_sums(&pack, digest);
    text_free(&pack.sums);
    return fine;
}
