/* private_key.c: see private_key.h. */
#define _GNU_SOURCE /* memmem */
#include "base/private_key.h"
#include <string.h>

#define MARK "PRIVATE KEY-----"

/* The same in UTF-16 of either order, which begins or ends with one more NUL. */
static const char wide_mark[] = "P\0R\0I\0V\0A\0T\0E\0 \0K\0E\0Y\0-\0-\0-\0-\0-";

enum { MARK_LENGTH = sizeof MARK - 1, WIDE_LENGTH = sizeof wide_mark - 1 };

static const unsigned char *find(const unsigned char *bytes, size_t count)
{
    const unsigned char *found = memmem(bytes, count, MARK, MARK_LENGTH);
    if (found == NULL && memchr(bytes, 0, count) != NULL)
        found = memmem(bytes, count, wide_mark, WIDE_LENGTH);
    return found;
}

/* Whether one begins in the last bytes and ends in these. */
static bool is_across(const struct private_key *key, const unsigned char *bytes, size_t count)
{
    unsigned char both[sizeof key->last + WIDE_LENGTH];
    size_t more = count < WIDE_LENGTH ? count : WIDE_LENGTH;
    memcpy(both, key->last, key->last_count);
    memcpy(both + key->last_count, bytes, more);
    const unsigned char *found = find(both, key->last_count + more);
    return found != NULL && found < both + key->last_count;
}

static void keep_last(struct private_key *key, const unsigned char *bytes, size_t count)
{
    size_t most = sizeof key->last, old = key->last_count;
    if (count >= most) {
        memcpy(key->last, bytes + count - most, most);
        key->last_count = most;
        return;
    }
    size_t kept = old + count > most ? most - count : old;
    memmove(key->last, key->last + old - kept, kept);
    memcpy(key->last + kept, bytes, count);
    key->last_count = kept + count;
}

void private_key_look(struct private_key *key, const unsigned char *bytes, size_t count)
{
    const unsigned char *found;
    if (key->line > 0 || count == 0)
        return;
    if (is_across(key, bytes, count)) {
        key->line = key->lines.feeds + 1;
        return;
    }
    found = find(bytes, count);
    lines_add(&key->lines, bytes, found != NULL ? (size_t)(found - bytes) : count);
    if (found != NULL)
        key->line = key->lines.feeds + 1;
    else
        keep_last(key, bytes, count);
}
