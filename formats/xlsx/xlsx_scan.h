/*
 * xlsx_scan.h: counts the rows, cells and texts in the XML of a workbook, and finds whether it is
 * complete. Reads only the XML that libxlsxwriter writes: no comments, no CDATA, no `>` within a
 * tag.
 */
#ifndef XLSX_SCAN_H
#define XLSX_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The limit of a tag, and of the text in a `t`: XLSX_CELL_MAX units of at most 5 bytes. */
enum { XLSX_SCAN_MOST = 1 << 18 };

struct xlsx_scan {
    size_t rows, cells;
    uint64_t hash;  /* of the texts' hashes */
    size_t depth;   /* of open elements */
    size_t roots;   /* elements closed at depth 0 */
    bool in_text;   /* in a `t` */
    bool malformed; /* an element is closed twice, or a text is not closed with its `t` */
};

/* The hash of a text as it is in the XML. Each group of 8 bytes changes it one to one, so texts
 * that differ in one group never have the same hash. */
uint64_t xlsx_scan_hash(const char *bytes, size_t length);

/* Combines hashes; the order matters. */
uint64_t xlsx_scan_join(uint64_t before, uint64_t hash);

/* Scans bytes. Returns how many are done: pass the rest again, followed by the next bytes; if there
 * are none, the XML is cut off. The scan starts zeroed. */
size_t xlsx_scan_bytes(struct xlsx_scan *scan, const char *bytes, size_t count);

#endif
