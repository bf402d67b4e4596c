/* xlsx_scan.c: see xlsx_scan.h. Goes from `<` to `<` with memchr: byte by byte, the scan took a
 * tenth of the time of a workbook. */
#include "xlsx/xlsx_scan.h"
#include <string.h>

static const char cell_end[] = "</t></is></c>", text_start[] = "<is><t>";

enum {
    CELL_END = sizeof cell_end - 1,
    CELL_END_TAGS = 3,
    TEXT_START = sizeof text_start - 1,
    TEXT_START_TAGS = 2
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

uint64_t xlsx_scan_join(uint64_t before, uint64_t hash)
{
    return mix(before, hash);
}

uint64_t xlsx_scan_hash(const char *bytes, size_t length)
{
    uint64_t hash = length, word;

    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    memcpy(&word, bytes, length);
    return mix(hash, word);
}

/* Whether the tag, which starts after its `<`, has this name. */
static bool tag_is(const char *tag, const char *name, size_t length)
{
    return strncmp(tag, name, length) == 0 &&
           (tag[length] == ' ' || tag[length] == '/' || tag[length] == '>');
}

static void close_element(struct xlsx_scan *scan)
{
    if (scan->depth == 0) {
        scan->malformed = true;
        return;
    }
    scan->depth--;
    if (scan->depth == 0)
        scan->roots++;
}

/* tag starts after its `<`; end is its `>`. */
static void scan_tag(struct xlsx_scan *scan, const char *tag, const char *end)
{
    if (tag[0] == '?')
        return;
    if (tag[0] == '/') {
        close_element(scan);
        return;
    }
    scan->depth++;
    scan->rows += tag_is(tag, "row", 3);
    scan->cells += tag_is(tag, "c", 1);
    if (end > tag && end[-1] == '/')
        close_element(scan);
    else
        scan->in_text = tag_is(tag, "t", 1);
}

/* After a tag: mostly the start of a text comes next. */
static const char *scan_start(struct xlsx_scan *scan, const char *at, const char *end)
{
    if (end - at >= TEXT_START && memcmp(at, text_start, TEXT_START) == 0) {
        scan->depth += TEXT_START_TAGS;
        scan->in_text = true;
        at += TEXT_START;
    }
    return at;
}

/* The text from at to mark, which is a `<`, and the `</t>` there; mostly the end of the cell comes
 * next. */
static const char *scan_text(struct xlsx_scan *scan, const char *at, const char *mark,
                             const char *end)
{
    scan->hash = xlsx_scan_join(scan->hash, xlsx_scan_hash(at, (size_t)(mark - at)));
    scan->in_text = false;
    if (end - mark >= CELL_END && scan->depth > CELL_END_TAGS &&
        memcmp(mark, cell_end, CELL_END) == 0) {
        scan->depth -= CELL_END_TAGS;
        return mark + CELL_END;
    }
    scan->malformed |= strncmp(mark, "</t>", 4) != 0;
    return mark;
}

size_t xlsx_scan_bytes(struct xlsx_scan *scan, const char *bytes, size_t count)
{
    const char *at = bytes, *end = bytes + count;

    while (at < end) {
        const char *mark = memchr(at, '<', (size_t)(end - at));
        const char *tag_end = mark != NULL ? memchr(mark, '>', (size_t)(end - mark)) : NULL;

        if (tag_end == NULL) {
            /* Bytes before the next tag that are not text are not read again. */
            at = scan->in_text ? at : mark != NULL ? mark : end;
            break;
        }
        if (scan->in_text) {
            at = scan_text(scan, at, mark, end);
        } else {
            scan_tag(scan, mark + 1, tag_end);
            at = scan_start(scan, tag_end + 1, end);
        }
    }
    return (size_t)(at - bytes);
}
