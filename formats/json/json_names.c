/* json_names.c: see json_names.h. */
#include "json/json_names.h"
#include "base/pool.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 32 };

/* A bit of cJSON's type that cJSON does not use. */
enum { TWICE = 1 << 16 };

bool json_names_marked(const cJSON *member)
{
    return (member->type & TWICE) != 0;
}

/* The name's first bytes: they leave most comparisons out. */
static uint64_t beginning(const char *name)
{
    uint64_t value = 0;

    for (size_t i = 0; i < sizeof value && name[i] != '\0'; i++)
        value = value << 8 | (unsigned char)name[i];
    return value;
}

static bool mark_few(cJSON *object)
{
    uint64_t beginnings[FEW];
    const cJSON *members[FEW];
    size_t count = 0;
    bool found = false;

    for (cJSON *member = object->child; member != NULL; member = member->next) {
        beginnings[count] = beginning(member->string);
        members[count] = member;
        for (size_t i = 0; i < count; i++) {
            if (beginnings[i] == beginnings[count] &&
                strcmp(members[i]->string, member->string) == 0) {
                member->type |= TWICE;
                found = true;
            }
        }
        count++;
    }
    return found;
}

struct name {
    const char *string;
    cJSON *member;
    size_t index;
};

static int compare(const void *left, const void *right)
{
    const struct name *one = left;
    const struct name *other = right;
    int order = strcmp(one->string, other->string);

    return order != 0 ? order : (one->index > other->index) - (one->index < other->index);
}

static bool mark_many(cJSON *object, size_t count, struct pool *pool)
{
    struct name *names = pool_alloc(pool, count * sizeof *names);
    size_t index = 0;
    bool found = false;

    for (cJSON *member = object->child; member != NULL; member = member->next) {
        names[index] = (struct name){member->string, member, index};
        index++;
    }
    qsort(names, count, sizeof *names, compare);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1].string, names[i].string) == 0) {
            names[i].member->type |= TWICE;
            found = true;
        }
    }
    return found;
}

bool json_names_mark(cJSON *object, struct pool *pool)
{
    size_t count = 0;

    for (const cJSON *member = object->child; member != NULL; member = member->next)
        count++;
    return count <= FEW ? mark_few(object) : mark_many(object, count, pool);
}

size_t json_names_place(const unsigned char *document, size_t count)
{
    const unsigned char *next = document;

    for (;;) {
        const unsigned char *quote;

        while (*next != '"')
            next++;
        quote = next++;
        while (*next != '"')
            next += *next == '\\' ? 2 : 1;
        next++;
        next += strspn((const char *)next, " \t\r\n");
        if (*next == ':' && count-- == 0)
            return (size_t)(quote - document);
    }
}
