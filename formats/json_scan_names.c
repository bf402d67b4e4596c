/* json_scan_names.c: what json_scan.h tells of names, while they are at hand. */
#include "json_scan_inner.h"
#include "memory.h"

/* Whether one of the names from first on is the same as the last one, to the letter. */
static bool is_known(const struct json_scan *scan, size_t first, const struct json_scan_name *last)
{
    const unsigned char *kept = scan->window->bytes + scan->window->keep;

    for (size_t i = first; i < scan->name_count; i++) {
        const struct json_scan_name *name = &scan->names[i];

        if (name->length == last->length &&
            memcmp(kept + name->start, kept + last->start, name->length) == 0) {
            return true;
        }
    }
    return false;
}

/* Notes the name that ends before next, and looks whether the open object had it before. One with
 * an escape in it, or so many that this would take long, are left to json_tree.h. */
static void compare(struct json_scan *scan, size_t start)
{
    enum { FEW = 32 };
    static const unsigned char mask[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    size_t first = scan->first_name[scan->depth - 1], same = 0;
    struct json_scan_name name = {start, json_scan_offset(scan, scan->next) - 1 - start};
    uint64_t beginning, wanted = UINT64_MAX;

    if (name.length < sizeof wanted) {
        memcpy(&wanted, mask + sizeof wanted - name.length, sizeof wanted);
    }
    memcpy(&beginning, scan->next - 1 - name.length, sizeof beginning);
    beginning &= wanted;
    for (size_t i = first; i < scan->name_count; i++) {
        same += scan->beginnings[i] == beginning;
    }
    if (scan->name_count - first == FEW || (same > 0 && is_known(scan, first, &name))) {
        scan->names_differ = false;
        return;
    }
    if (scan->name_count == scan->name_room) {
        scan->names =
            memory_grow(scan->names, &scan->name_room, scan->name_count + 64, sizeof *scan->names);
        scan->beginnings = memory_grow(scan->beginnings, &scan->beginning_room, scan->name_room,
                                       sizeof *scan->beginnings);
    }
    scan->beginnings[scan->name_count] = beginning;
    scan->names[scan->name_count++] = name;
}

/* Whether the name that ends before next is that text. */
static bool is_name(const struct json_scan *scan, size_t start, const char *text)
{
    size_t length = json_scan_offset(scan, scan->next) - 1 - start;

    return strlen(text) == length &&
           memcmp(scan->window->bytes + scan->window->keep + start, text, length) == 0;
}

/* Whether the value behind this name is one that nobody looks at. */
static void look_for_gap(struct json_scan *scan, size_t start)
{
    if (scan->depth == 1) {
        scan->in_parent = is_name(scan, start, scan->unread->parent);
    } else if (scan->depth == 2 && scan->in_parent && scan->gap_count < JSON_UNREAD_MOST) {
        for (const char *const *name = scan->unread->names; *name != NULL; name++) {
            scan->gap = is_name(scan, start, *name) ? GAP_NEXT : scan->gap;
        }
    }
}

void json_scan_note_name(struct json_scan *scan, size_t start)
{
    scan->names_differ &= scan->plain;
    if (scan->names_differ) {
        compare(scan, start);
    }
    if (scan->unread != NULL && scan->depth <= 2) {
        look_for_gap(scan, start);
    }
}
