/* xlsx_proof.c: see xlsx_proof.h. */
#include "xlsx/xlsx_proof.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "xlsx/xlsx_scan.h"
#include <errno.h>
#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READ_MOST = 1 << 16 };

static const char advice[] =
    "the disk or a quota may be full: free space in the folder of the report and run again";

/* number: errno, or 0 */
static void add_unreadable(struct text *error, const char *part, int number)
{
    text_addf(error, "the workbook cannot be read back (%s): %s", part,
              number != 0 ? strerror(number) : advice);
}

uint64_t xlsx_proof_hash(const char *string, struct text *scratch)
{
    size_t length = strcspn(string, "&<>");

    if (string[length] == '\0')
        return xlsx_scan_hash(string, length);
    text_clear(scratch);
    for (;;) { /* as libxlsxwriter writes element content */
        text_add_bytes(scratch, string, length);
        string += length;
        if (*string == '\0')
            return xlsx_scan_hash(scratch->bytes, scratch->length);
        text_add(scratch, *string == '&' ? "&amp;" : *string == '<' ? "&lt;" : "&gt;");
        string++;
        length = strcspn(string, "&<>");
    }
}

void xlsx_proof_add_hash(struct xlsx_proof *proof, uint64_t hash)
{
    proof->hash = xlsx_scan_join(proof->hash, hash);
}

struct check {
    const char *path;
    const struct xlsx_proof *sheets;
    size_t count, seen; /* sheets */
    struct text *error;
};

/* A member of the archive, and what was found in it. */
struct archive_member {
    struct check *check;
    char name[256];
    bool readable, complete;
    int number; /* if it is not readable: errno, or 0 */
    struct xlsx_scan found;
};

/* Scans the current member of the archive. False if it cannot be read or its CRC is wrong. */
static bool scan_file(unzFile zip, char *window, struct archive_member *member)
{
    size_t held = 0;
    int count = 0;

    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return false;
    while ((count = unzReadCurrentFile(zip, window + held, READ_MOST)) > 0) {
        held += (size_t)count;
        size_t done = xlsx_scan_bytes(&member->found, window, held);
        held -= done;
        if (held > XLSX_SCAN_MOST) {
            member->found.malformed = true;
            held = 0;
        }
        memmove(window, window + done, held);
    }
    member->complete = held == 0 && !member->found.malformed && member->found.depth == 0 &&
                       member->found.roots == 1;
    return unzCloseCurrentFile(zip) == UNZ_OK && count == 0;
}

static bool go_to(unzFile zip, size_t number)
{
    int state = unzGoToFirstFile(zip);

    while (state == UNZ_OK && number-- > 0)
        state = unzGoToNextFile(zip);
    return state == UNZ_OK;
}

/* Opens the archive again for each member, so that several are read at the same time. */
static void scan_member(void *slot, size_t number)
{
    struct archive_member *member = slot;
    errno = 0;
    unzFile zip = unzOpen64(member->check->path);
    char *window = memory_resize(NULL, XLSX_SCAN_MOST + READ_MOST, 1);

    memset(member->name, 0, sizeof member->name);
    member->found = (struct xlsx_scan){.depth = 0};
    member->readable = zip != NULL && go_to(zip, number) &&
                       unzGetCurrentFileInfo64(zip, NULL, member->name, sizeof member->name - 1,
                                               NULL, 0, NULL, 0) == UNZ_OK &&
                       scan_file(zip, window, member);
    member->number = errno;
    if (zip != NULL)
        unzClose(zip);
    free(window);
}

static void add_difference(struct text *error, size_t sheet, const struct xlsx_scan *found,
                           const struct xlsx_proof *meant)
{
    text_addf(error, "the workbook is incomplete: sheet %zu has %zu rows and %zu cells", sheet + 1,
              found->rows, found->cells);
    if (found->rows == meant->rows && found->cells == meant->cells)
        text_add(error, " with different text");
    else
        text_addf(error, " of %zu and %zu", meant->rows, meant->cells);
    text_addf(error, "; %s", advice);
}

/* Compares a member with what was written; counts the sheets seen. */
static bool check_member(void *slot, size_t number)
{
    const struct archive_member *member = slot;
    struct check *check = member->check;
    const struct xlsx_scan *found = &member->found;
    char expected[64];

    (void)number;
    if (!member->readable) {
        add_unreadable(check->error, member->name, member->number);
        return false;
    }
    if (!member->complete) {
        text_addf(check->error, "the workbook is incomplete: %s is cut off; %s", member->name,
                  advice);
        return false;
    }
    (void)snprintf(expected, sizeof expected, "xl/worksheets/sheet%zu.xml", check->seen + 1);
    if (check->seen < check->count && strcmp(member->name, expected) == 0) {
        const struct xlsx_proof *meant = &check->sheets[check->seen];

        if (found->rows != meant->rows || found->cells != meant->cells ||
            found->hash != meant->hash) {
            add_difference(check->error, check->seen, found, meant);
            return false;
        }
        check->seen++;
    }
    return true;
}

static bool check_members(struct check *check, size_t count, struct thread_pool *workers)
{
    size_t slots = thread_pool_slots(workers);
    struct archive_member *members = memory_resize(NULL, slots, sizeof *members);
    const struct work work = {.count = count,
                              .slots = members,
                              .slot_size = sizeof *members,
                              .produce = scan_member,
                              .consume = check_member};

    for (size_t i = 0; i < slots; i++)
        members[i].check = check;
    bool fine = thread_pool_run(workers, &work);
    free(members);
    return fine;
}

bool xlsx_proof_check(const char *path, const struct xlsx_proof *sheets, size_t count,
                      struct thread_pool *workers, struct text *error)
{
    struct check check = {path, sheets, count, 0, error};
    errno = 0;
    unzFile zip = unzOpen64(path);
    unz_global_info64 info = {.number_entry = 0};
    bool known = zip != NULL && unzGetGlobalInfo64(zip, &info) == UNZ_OK;
    int number = errno;

    if (zip != NULL)
        unzClose(zip);
    if (!known) {
        add_unreadable(error, "its directory", number);
        return false;
    }
    if (!check_members(&check, (size_t)info.number_entry, workers))
        return false;
    if (check.seen != count) {
        text_addf(error, "the workbook is incomplete: it has %zu of %zu sheets; %s", check.seen,
                  count, advice);
    }
    return check.seen == count;
}
