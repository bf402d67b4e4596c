/* check_xlsx_scan.c: XML of a workbook, scanned in pieces of any length. */
#include "support/harness.h"
#include "support/writers_report.h"
#include "xlsx/xlsx_scan.h"
#include <string.h>

/* Scans the XML in pieces of this length. */
static struct xlsx_scan scanned(const char *xml, size_t piece, size_t *left)
{
    struct xlsx_scan scan = {.depth = 0};
    size_t length = strlen(xml);

    *left = 0;
    for (size_t end = 0; end < length;) {
        end = end + piece < length ? end + piece : length;
        size_t begin = end - (end % piece == 0 ? piece : end % piece) - *left;
        *left = end - begin - xlsx_scan_bytes(&scan, xml + begin, end - begin);
    }
    return scan;
}

static const struct {
    const char *xml;
    size_t rows, cells;
    bool complete;
} scans[] = {
    {"<?xml?>\n<s><row r=\"1\"><c r=\"A1\"><is><t>a &lt;b&gt;</t></is></c></row></s>", 1, 1, true},
    {"<s><row><c t=\"x\"/><c><v>1</v></c><cc/></row><row/></s>", 2, 2, true},
    {"<s><row><c><is><t xml:space=\"preserve\"> a</t></is></c></row></s>", 1, 1, true},
    {"<s><t>some text</t></is></c></s>", 0, 0, false},
    {"<s><t>some text<b/></t></s>", 0, 0, false},
    {"<s><t>some text</t2></s>", 0, 0, false},
    {"<s><t>some text", 0, 0, false},
    {"<s><t>some text</t></s", 0, 0, false},
    {"<s></s><s/>", 0, 0, false},
    {"<s></s></s>", 0, 0, false},
    {"", 0, 0, false},
};

START_TEST(test_scan)
{
    HARNESS_ROW("%s", scans[_i].xml);
    size_t left = 0;
    const struct xlsx_scan whole = scanned(scans[_i].xml, 1000, &left);

    for (size_t piece = 1; piece < 100; piece++) {
        const struct xlsx_scan scan = scanned(scans[_i].xml, piece, &left);
        bool complete = left == 0 && !scan.malformed && scan.depth == 0 && scan.roots == 1;

        ck_assert_uint_eq(scan.rows, scans[_i].rows);
        ck_assert_uint_eq(scan.cells, scans[_i].cells);
        ck_assert_uint_eq(scan.hash, whole.hash);
        ck_assert_int_eq(complete, scans[_i].complete);
    }
}
END_TEST

/* Each byte changes the hash, and so does the length. */
START_TEST(test_scan_hash)
{
    char text[41] = "";

    for (size_t length = 0; length + 1 < sizeof text; length++) {
        uint64_t hash = xlsx_scan_hash(text, length);

        ck_assert_uint_ne(hash, xlsx_scan_hash(text, length + 1));
        for (size_t i = 0; i < length; i++) {
            text[i] ^= 0x20;
            ck_assert_uint_ne(hash, xlsx_scan_hash(text, length));
            text[i] ^= 0x20;
        }
    }
    ck_assert_uint_ne(xlsx_scan_join(xlsx_scan_join(0, 1), 2),
                      xlsx_scan_join(xlsx_scan_join(0, 2), 1));
}
END_TEST

void writers_add_scan(Suite *suite)
{
    TCase *tests = tcase_create("scan");

    tcase_add_loop_test(tests, test_scan, 0, sizeof scans / sizeof scans[0]);
    tcase_add_test(tests, test_scan_hash);
    suite_add_tcase(suite, tests);
}
