/* csv_guard.c: see csv_guard.h. */
#include "csv/csv_guard.h"
#include "base/pool.h"
#include "base/text.h"
#include <string.h>

#define SEPARATORS ";\t\r\n"

static bool is_one_of(char character, const char *set)
{
    return character != '\0' && strchr(set, character) != NULL;
}

bool csv_guard_first(const char *cell)
{
    switch (*cell) { /* strchr would take a tenth of the time of a table */
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\'':
        return true;
    default:
        return false;
    }
}

/* Whether a new cell would be a formula, or would look guarded. */
static bool needs_guard(const char *rest)
{
    return is_one_of(rest[strspn(rest, "\"")], "=+-@'");
}

bool csv_guard_inside(const char *cell)
{
    for (cell += strcspn(cell, SEPARATORS); *cell != '\0'; cell += strcspn(cell, SEPARATORS))
        if (needs_guard(++cell))
            return true;
    return false;
}

void csv_guard_add(struct text *text, const char *cell)
{
    while (*cell != '\0') {
        size_t length = strcspn(cell, SEPARATORS);
        length += cell[length] != '\0';
        text_add_bytes(text, cell, length);
        cell += length;
        if (is_one_of(cell[-1], SEPARATORS) && needs_guard(cell))
            text_add(text, "'");
    }
}

const char *csv_guard_undo(const char *cell, struct pool *pool)
{
    struct text text = TEXT_EMPTY;
    cell += *cell == '\'';
    if (cell[strcspn(cell, SEPARATORS)] == '\0')
        return cell;
    const char *at = cell;
    while (*at != '\0') {
        size_t length = strcspn(at, SEPARATORS);
        length += at[length] != '\0';
        text_add_bytes(&text, at, length);
        at += length;
        at += is_one_of(at[-1], SEPARATORS) && *at == '\'';
    }
    if (text.length != strlen(cell))
        cell = pool_text(pool, text_string(&text));
    text_free(&text);
    return cell;
}
