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

void json_scan_know_unread(struct json_scan *scan)
{
    const struct json_unread *unread = scan->unread;

    while (unread != NULL && scan->unread_count < JSON_UNREAD_MOST &&
           *unread->names[scan->unread_count] != '\0') {
        const char *name = unread->names[scan->unread_count];
        scan->unread_hashes[scan->unread_count++] = hash_of(name, strlen(name));
    }
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

static bool is_text(const unsigned char *name, size_t length, const char *text)
{
    return strlen(text) == length && memcmp(name, text, length) == 0;
}

/* Whether this member is one that nobody looks at. A first one, which has no comma before it, is
 * not left out. */
static void look_whether_read(struct json_scan *scan, const unsigned char *text, size_t length,
                              uint64_t hash)
{
    if (scan->depth == 1) {
        scan->in_parent = is_text(text, length, scan->unread->parent);
        return;
    }
    for (size_t i = 0; i < scan->unread_count; i++)
        if (scan->unread_hashes[i] == hash && is_text(text, length, scan->unread->names[i]))
            scan->unread_from = scan->comma;
}

void json_scan_note_name(struct json_scan *scan, size_t start)
{
    const unsigned char *text = scan->window->bytes + scan->window->keep + start;
    struct json_scan_name name = {start, (size_t)(scan->next - 1 - text)};
    uint64_t hash;

    scan->names_differ &= scan->plain;
    if (!scan->names_differ)
        return;
    hash = hash_of(text, name.length);
    compare(scan, &name, hash);
    if (scan->unread_count > 0 && (scan->depth == 1 || (scan->depth == 2 && scan->in_parent)))
        look_whether_read(scan, text, name.length, hash);
}
