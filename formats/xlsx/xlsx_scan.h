/*
 * xlsx_scan.h: what a part of a workbook says about itself: how many rows and cells there are, what
 * texts, and whether it is complete. Enough XML for what libxlsxwriter writes: no comments, no
 * CDATA, no `>` within a tag.
 */
#ifndef XLSX_SCAN_H
#define XLSX_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No tag is longer, and no text in a `t`: XLSX_CELL_MAX units of at most 5 bytes. */
enum { XLSX_SCAN_MOST = 1 << 18 };

struct xlsx_scan {
    size_t rows, cells;
    uint64_t hash;  /* of the texts' hashes */
    size_t depth;   /* of open elements */
    size_t roots;   /* elements closed at depth 0 */
    bool in_text;   /* in a `t` */
    bool malformed; /* more was closed than opened, or a text does not end with its `t` */
};

/* Of a text as it stands in the XML. Each 8 bytes change it one to one, so that texts that differ
 * in but one of them never have the same. */
uint64_t xlsx_scan_hash(const char *bytes, size_t length);

/* Goes on with the hash of a text. The order matters. */
uint64_t xlsx_scan_join(uint64_t before, uint64_t hash);

/* Goes over the bytes, and returns how many it has done with: the rest is to stand before what
 * comes next, and is broken off where nothing does. Starts as all 0. */
size_t xlsx_scan_bytes(struct xlsx_scan *scan, const char *bytes, size_t count);

#endif
