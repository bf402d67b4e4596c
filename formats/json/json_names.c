/*
 * json_names.c: see json_names.h. The first FEW names of an object are each compared with those
 * before them that have the same hash. An object with more has all of its names sorted at its end,
 * since an attacker can make hashes collide. To sort the names of every object would cost 7 % more
 * instructions for a run on descriptions outside SHA-256.
 */
#include "json/json_names.h"
#include "base/memory.h"
#include "json/json_token.h"
#include <stdlib.h>
#include <string.h>

enum { FEW = 32 };

void json_names_start(struct json_names *names)
{
    names->count = 0;
    names->duplicate = JSON_NAMES_UNIQUE;
    text_clear(&names->decoded);
}

void json_names_free(struct json_names *names)
{
    free(names->names);
    text_free(&names->decoded);
}

struct json_names_object json_names_open(const struct json_names *names)
{
    return (struct json_names_object){names->count, 0};
}

static void note_duplicate(struct json_names *names, size_t quote)
{
    if (quote < names->duplicate)
        names->duplicate = quote;
}

static const unsigned char *bytes_of(const struct json_names *names, const struct json_name *name,
                                     const unsigned char *document)
{
    if (name->decoded > 0)
        return (const unsigned char *)names->decoded.bytes + name->decoded - 1;
    return document + name->quote + 1;
}

struct sorted_name {
    const unsigned char *bytes;
    uint32_t length, quote;
};

/* Orders by length, then by bytes. */
static int compare(const struct sorted_name *left, const struct sorted_name *right)
{
    int order = (left->length > right->length) - (left->length < right->length);

    return order != 0 ? order : memcmp(left->bytes, right->bytes, left->length);
}

/* For qsort: equal names as in the document. */
static int by_name(const void *left, const void *right)
{
    const struct sorted_name *a = left, *b = right;
    int order = compare(a, b);

    return order != 0 ? order : (a->quote > b->quote) - (a->quote < b->quote);
}

static void find_by_sorting(struct json_names *names, size_t first, const unsigned char *document)
{
    size_t count = names->count - first;
    struct sorted_name *sorted = memory_resize(NULL, count, sizeof *sorted);

    for (size_t i = 0; i < count; i++) {
        const struct json_name *name = &names->names[first + i];

        sorted[i] =
            (struct sorted_name){bytes_of(names, name, document), name->length, name->quote};
    }
    qsort(sorted, count, sizeof *sorted, by_name);
    for (size_t i = 1; i < count; i++)
        if (compare(&sorted[i - 1], &sorted[i]) == 0)
            note_duplicate(names, sorted[i].quote);
    free(sorted);
}

void json_names_close(struct json_names *names, const struct json_names_object *object,
                      const unsigned char *document)
{
    if (names->count - object->first > FEW)
        find_by_sorting(names, object->first, document);
    names->count = object->first;
}

/* Of a name's length and its first and last eight bytes: two names of one object seldom have them
 * in common. Bytes past the name's end can be read. */
static uint64_t hash_of(const unsigned char *bytes, size_t length)
{
    const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t first = json_token_word(bytes), last = length;

    if (length >= sizeof first)
        last ^= json_token_word(bytes + length - sizeof last);
    else
        first &= (UINT64_C(1) << (8 * length)) - 1;
    return ((first * prime) ^ last) * prime;
}

/* Whether a name of the object, the first of which is given, is the same. */
static bool is_known(const struct json_names *names, size_t first, const struct json_name *name,
                     const unsigned char *document)
{
    const unsigned char *bytes = bytes_of(names, name, document);

    for (size_t i = first; i < names->count; i++) {
        const struct json_name *other = &names->names[i];

        if (other->hash == name->hash && other->length == name->length &&
            memcmp(bytes_of(names, other, document), bytes, name->length) == 0)
            return true;
    }
    return false;
}

/* Decodes the name into names->decoded, followed by NULs for hash_of. */
static void decode(struct json_names *names, struct json_name *name, const unsigned char *string)
{
    size_t start = names->decoded.length;
    char *room = text_room(&names->decoded, name->length + sizeof(uint64_t));

    name->length = (uint32_t)json_token_decode(string, name->length, room);
    memset(room + name->length, 0, sizeof(uint64_t));
    text_take(&names->decoded, name->length + sizeof(uint64_t));
    name->decoded = (uint32_t)start + 1;
}

void json_names_add(struct json_names *names, struct json_names_object *object,
                    const unsigned char *document, size_t quote, size_t end, bool escaped)
{
    struct json_name name = {.quote = (uint32_t)quote, .length = (uint32_t)(end - quote - 1)};
    uint64_t bit;

    if (escaped)
        decode(names, &name, document + quote + 1);
    name.hash = hash_of(bytes_of(names, &name, document), name.length);
    bit = UINT64_C(1) << (name.hash >> 58);
    if ((object->met & bit) != 0 && names->count - object->first < FEW &&
        is_known(names, object->first, &name, document))
        note_duplicate(names, quote);
    object->met |= bit;
    if (names->count == names->room)
        names->names =
            memory_grow(names->names, &names->room, names->count + 64, sizeof *names->names);
    names->names[names->count++] = name;
}
