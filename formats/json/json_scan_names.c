/* json_scan_names.c: what json_scan.h tells of names, while they are at hand. */
#include "base/memory.h"
#include "json/json_scan_inner.h"

/* Whether the open object has a name that is the same as the last one, to the letter. */
static bool is_known(const struct json_scan *scan, uint64_t hash, const struct json_scan_name *last)
{
    const unsigned char *kept = scan->window->bytes + scan->window->keep;

    for (size_t i = scan->first_name[scan->depth - 1]; i < scan->name_count; i++) {
        const struct json_scan_name *name = &scan->names[i];

        if (scan->hashes[i] == hash && name->length == last->length &&
            memcmp(kept + name->start, kept + last->start, name->length) == 0)
            return true;
    }
    return false;
}

/* Of a name's first and last eight bytes, which two names of one object seldom have in common. The
 * first eight bytes can be read of a shorter one too. */
static uint64_t hash_of(const void *name, size_t length)
{
    const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
    static const unsigned char mask[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    uint64_t first, last = 0, wanted;

    memcpy(&first, name, sizeof first);
    if (length < sizeof first) {
        memcpy(&wanted, mask + sizeof wanted - length, sizeof wanted);
        first &= wanted;
    } else {
        memcpy(&last, (const char *)name + length - sizeof last, sizeof last);
    }
    return ((first * prime) ^ last) * prime;
}

/* Notes the name that ends before next, and looks whether the open object had it before. One with
 * an escape in it, or so many that this would take long, are left to json_tree.h. */
static void compare(struct json_scan *scan, const struct json_scan_name *name, uint64_t hash)
{
    enum { FEW = 32, BITS = 6 };
    size_t first = scan->first_name[scan->depth - 1];
    uint64_t *met = &scan->hashes_met[scan->depth - 1];
    uint64_t bit = UINT64_C(1) << (hash >> (64 - BITS));

    if (scan->name_count - first == FEW || ((*met & bit) != 0 && is_known(scan, hash, name))) {
        scan->names_differ = false;
        return;
    }
    *met |= bit;
    if (scan->name_count == scan->name_room) {
        scan->names =
            memory_grow(scan->names, &scan->name_room, scan->name_count + 64, sizeof *scan->names);
        scan->hashes =
            memory_grow(scan->hashes, &scan->hash_room, scan->name_room, sizeof *scan->hashes);
    }
    scan->hashes[scan->name_count] = hash;
    scan->names[scan->name_count++] = *name;
}

void json_scan_note_name(struct json_scan *scan, size_t start)
{
    const unsigned char *text = scan->window->bytes + scan->window->keep + start;
    struct json_scan_name name = {start, (size_t)(scan->next - 1 - text)};

    scan->names_differ &= scan->plain;
    if (scan->names_differ)
        compare(scan, &name, hash_of(text, name.length));
}
