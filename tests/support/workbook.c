/* workbook.c: see workbook.h. */
#include "support/workbook.h"
#include "base/text.h"
#include "support/attack_strings.h"
#include "support/harness.h"
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 8192 };

struct sheet *workbook_sheet(const char *path, const char *name)
{
    const char *csv = harness_format("%s.%s.csv", path, name);
    (void)harness_tool("xlsx2csv", (const char *const[]){"-n", name, "-q", "all", path, csv, NULL});
    return sheet_read_csv(csv);
}

/* Decodes `_xHHHH_`, which xlsx2csv does not: a character, here below U+0080. */
static const char *shown(const char *cell)
{
    struct text text = TEXT_EMPTY;
    text_add(&text, "");
    while (*cell != '\0')
        if (strncmp(cell, "_x", 2) == 0 && strspn(cell + 2, "0123456789ABCDEFabcdef") >= 4 &&
            cell[6] == '_') {
            char byte = (char)strtol(harness_format("%.4s", cell + 2), NULL, 16);
            text_add_bytes(&text, &byte, 1);
            cell += 7;
        } else
            text_add_bytes(&text, cell++, 1);
    return harness_keep(text.bytes);
}

static const char *replaced(const char *raw)
{
    char *copy = harness_keep(strdup(raw));
    for (char *at = copy; *at != '\0'; at++)
        if (strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0)
            at[2] = '\xBD';
    return copy;
}

void workbook_check_cell(const char *cell, const char *raw)
{
    /* The XML parser delivers a long text in pieces, and xlsx2csv keeps only one. */
    if (strlen(raw) <= PIECE)
        attack_check_same(shown(cell), replaced(raw));
}

/* The content of the open part. */
static const char *read_part(unzFile zip, size_t size)
{
    char *bytes = harness_keep(malloc(size + 1));
    HARNESS_REQUIRE(unzOpenCurrentFile(zip) == UNZ_OK, "a part cannot be opened");
    HARNESS_REQUIRE(unzReadCurrentFile(zip, bytes, (unsigned)size) == (int)size, "a part is short");
    HARNESS_REQUIRE(unzCloseCurrentFile(zip) == UNZ_OK, "a part has a wrong CRC");
    bytes[size] = '\0';
    return bytes;
}

/* Each link leads to a cell of this workbook. */
static void check_links(const char *name, const char *xml)
{
    for (const char *at = xml; (at = strstr(at, "<hyperlink ")) != NULL; at++) {
        const char *tag = harness_format("%.*s", (int)strcspn(at, ">"), at);
        HARNESS_REQUIRE(strstr(tag, " location=\"") != NULL && strstr(tag, "r:id") == NULL,
                        "%s contains %s", name, tag);
    }
}

static void check_part(const char *name, const char *xml)
{
    static const char *const never[] = {"<f>",      "<f ",      "Target=\"http", "TargetMode=",
                                        "<ddeLink", "<oleLink", "<script",       "<externalLink"};
    const char *file = harness_format("%s/part.xml", harness_folder());
    harness_write(file, xml);
    (void)harness_tool("xmllint", (const char *const[]){"--noout", "--nonet", file, NULL});
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        HARNESS_REQUIRE(strstr(xml, never[i]) == NULL, "%s contains %s", name, never[i]);
    check_links(name, xml);
    static const char *const folders[] = {"_rels/", "docProps/", "xl/", "[Content_Types].xml"};
    size_t known = 0;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        known += strncmp(name, folders[i], strlen(folders[i])) == 0;
    HARNESS_REQUIRE(known == 1 && strstr(name, ".bin") == NULL, "unexpected part: %s", name);
    HARNESS_REQUIRE(strstr(name, "external") == NULL, "unexpected part: %s", name);
}

size_t workbook_check(const char *path)
{
    unzFile zip = unzOpen64(path);
    size_t sheets = 0;
    HARNESS_REQUIRE(zip != NULL, "%s is not a workbook", path);
    for (int state = unzGoToFirstFile(zip); state == UNZ_OK; state = unzGoToNextFile(zip)) {
        char name[128] = "";
        unz_file_info64 info;
        HARNESS_REQUIRE(unzGetCurrentFileInfo64(zip, &info, name, 127, NULL, 0, NULL, 0) == UNZ_OK,
                        "%s: no name", path);
        check_part(name, read_part(zip, (size_t)info.uncompressed_size));
        sheets += strncmp(name, "xl/worksheets/sheet", strlen("xl/worksheets/sheet")) == 0;
    }
    unzClose(zip);
    return sheets;
}

const char *workbook_part(const char *path, const char *name)
{
    unzFile zip = unzOpen64(path);
    unz_file_info64 info;
    HARNESS_REQUIRE(zip != NULL && unzLocateFile(zip, name, 1) == UNZ_OK &&
                        unzGetCurrentFileInfo64(zip, &info, NULL, 0, NULL, 0, NULL, 0) == UNZ_OK,
                    "%s has no %s", path, name);
    const char *xml = read_part(zip, (size_t)info.uncompressed_size);
    unzClose(zip);
    return xml;
}
