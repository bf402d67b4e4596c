/* xlsx_proof.c: see xlsx_proof.h. */
#include "xlsx_proof.h"
#include "text.h"
#include <minizip/unzip.h>
#include <stdio.h>
#include <string.h>

static const char advice[] =
    "the disk or a quota may be full: free space in the folder of the report and run again";

static void hash_byte(struct xlsx_proof *proof, unsigned char byte)
{
    proof->hash = (proof->hash ^ byte) * UINT64_C(0x100000001B3);
}

static void hash_bytes(struct xlsx_proof *proof, const char *bytes)
{
    for (; *bytes != '\0'; bytes++) {
        hash_byte(proof, (unsigned char)*bytes);
    }
}

void xlsx_proof_add_text(struct xlsx_proof *proof, const char *string)
{
    for (; *string != '\0'; string++) {
        switch (*string) { /* as libxlsxwriter writes element content */
        case '&':
            hash_bytes(proof, "&amp;");
            break;
        case '<':
            hash_bytes(proof, "&lt;");
            break;
        case '>':
            hash_bytes(proof, "&gt;");
            break;
        default:
            hash_byte(proof, (unsigned char)*string);
        }
    }
    hash_byte(proof, 0);
}

/* What a part says about itself, read byte by byte. Enough XML for what libxlsxwriter writes: no
 * comments, no CDATA, no `>` within a tag. */
struct scan {
    struct xlsx_proof found;
    bool in_tag, in_text;
    char name[8]; /* of the tag, cut */
    size_t name_length;
    bool name_ended;
    char last;      /* byte of the tag */
    size_t depth;   /* of open elements */
    size_t roots;   /* elements closed at depth 0 */
    bool malformed; /* more was closed than opened */
};

static bool tag_is(const struct scan *scan, const char *name)
{
    return strcmp(scan->name, name) == 0;
}

static void close_element(struct scan *scan)
{
    if (scan->depth == 0) {
        scan->malformed = true;
        return;
    }
    scan->depth--;
    if (scan->depth == 0) {
        scan->roots++;
    }
}

static void end_tag(struct scan *scan)
{
    scan->in_tag = false;
    if (scan->name[0] == '?') {
        return;
    }
    if (scan->name[0] == '/') {
        if (tag_is(scan, "/t")) {
            scan->in_text = false;
            hash_byte(&scan->found, 0);
        }
        close_element(scan);
        return;
    }
    scan->depth++;
    scan->found.rows += tag_is(scan, "row");
    scan->found.cells += tag_is(scan, "c");
    scan->in_text = tag_is(scan, "t");
    if (scan->last == '/') {
        scan->in_text = false;
        close_element(scan);
    }
}

static void add_tag_byte(struct scan *scan, char byte)
{
    bool slash_at_end = byte == '/' && scan->name_length > 0;

    if (byte == ' ' || slash_at_end) {
        scan->name_ended = true;
    } else if (!scan->name_ended && scan->name_length + 1 < sizeof scan->name) {
        scan->name[scan->name_length++] = byte;
        scan->name[scan->name_length] = '\0';
    }
    scan->last = byte;
}

static void scan_bytes(struct scan *scan, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (scan->in_tag) {
            if (bytes[i] == '>') {
                end_tag(scan);
            } else {
                add_tag_byte(scan, bytes[i]);
            }
        } else if (bytes[i] == '<') {
            scan->in_tag = true;
            scan->name[0] = scan->last = '\0';
            scan->name_length = 0;
            scan->name_ended = false;
        } else if (scan->in_text) {
            hash_byte(&scan->found, (unsigned char)bytes[i]);
        }
    }
}

/* Scans the archive's current file to its end; false where it cannot be read or its CRC is off. */
static bool scan_part(unzFile zip, struct scan *scan)
{
    char buffer[16384];
    int count = 0;

    if (unzOpenCurrentFile(zip) != UNZ_OK) {
        return false;
    }
    while ((count = unzReadCurrentFile(zip, buffer, sizeof buffer)) > 0) {
        scan_bytes(scan, buffer, (size_t)count);
    }
    return unzCloseCurrentFile(zip) == UNZ_OK && count == 0;
}

static void add_difference(struct text *error, size_t sheet, const struct xlsx_proof *found,
                           const struct xlsx_proof *meant)
{
    text_addf(error, "the workbook did not come out whole: sheet %zu holds %zu rows and %zu cells",
              sheet + 1, found->rows, found->cells);
    if (found->rows == meant->rows && found->cells == meant->cells) {
        text_add(error, " with other text than was written");
    } else {
        text_addf(error, " of %zu and %zu", meant->rows, meant->cells);
    }
    text_addf(error, "; %s", advice);
}

/* Holds the archive's current file against what was meant; counts the sheets seen. */
static bool check_part(unzFile zip, const struct xlsx_proof *sheets, size_t count, size_t *seen,
                       struct text *error)
{
    struct scan scan = {.found = XLSX_PROOF_START};
    char name[256] = "", expected[64];

    if (unzGetCurrentFileInfo64(zip, NULL, name, sizeof name - 1, NULL, 0, NULL, 0) != UNZ_OK ||
        !scan_part(zip, &scan)) {
        text_addf(error, "the workbook cannot be read back (%s); %s", name, advice);
        return false;
    }
    if (scan.malformed || scan.in_tag || scan.depth != 0 || scan.roots != 1) {
        text_addf(error, "the workbook did not come out whole: %s is incomplete; %s", name, advice);
        return false;
    }
    (void)snprintf(expected, sizeof expected, "xl/worksheets/sheet%zu.xml", *seen + 1);
    if (*seen < count && strcmp(name, expected) == 0) {
        const struct xlsx_proof *meant = &sheets[*seen];

        if (scan.found.rows != meant->rows || scan.found.cells != meant->cells ||
            scan.found.hash != meant->hash) {
            add_difference(error, *seen, &scan.found, meant);
            return false;
        }
        *seen += 1;
    }
    return true;
}

bool xlsx_proof_check(const char *path, const struct xlsx_proof *sheets, size_t count,
                      struct text *error)
{
    unzFile zip = unzOpen64(path);
    size_t seen = 0;
    int state = UNZ_OK;
    bool whole = true;

    if (zip == NULL) {
        text_addf(error, "the workbook cannot be read back; %s", advice);
        return false;
    }
    for (state = unzGoToFirstFile(zip); whole && state == UNZ_OK; state = unzGoToNextFile(zip)) {
        whole = check_part(zip, sheets, count, &seen, error);
    }
    unzClose(zip);
    if (whole && (state != UNZ_END_OF_LIST_OF_FILE || seen != count)) {
        text_addf(error, "the workbook did not come out whole: it has %zu sheets of %zu; %s", seen,
                  count, advice);
        whole = false;
    }
    return whole;
}
