/* suggest.c: optimal string alignment distance (Levenshtein's plus swaps of neighbours). */
#include "cli/suggest.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

/* No option or framework has a longer name. Time grows with the square of the length. */
enum { NAME_LONGEST = 255 };

static char fold(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static size_t less(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* Fills the row for character `number` of from, using the two rows before it. Returns its minimum.
 */
static size_t fill_row(size_t *row, const size_t *above, const size_t *above_that, const char *from,
                       size_t number, const char *to, size_t length)
{
    size_t least = row[0] = number;
    for (size_t i = 1; i <= length; i++) {
        char one = fold(from[number - 1]), other = fold(to[i - 1]);
        row[i] = less(less(above[i], row[i - 1]) + 1, above[i - 1] + (one != other));
        if (number > 1 && i > 1 && one == fold(to[i - 2]) && other == fold(from[number - 2]))
            row[i] = less(row[i], above_that[i - 2] + 1);
        least = less(least, row[i]);
    }
    return least;
}

size_t suggest_edits(const char *from, const char *to, size_t most)
{
    size_t height = strlen(from), length = strlen(to), edits;
    if (height > NAME_LONGEST || length > NAME_LONGEST || height > length + most ||
        length > height + most)
        return most + 1;
    size_t *cells = memory_resize(NULL, 3 * (length + 1), sizeof *cells);
    size_t *row = cells, *above = row + length + 1, *above_that = above + length + 1;
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    edits = length;
    for (size_t i = 1, least = 0; i <= height; i++) {
        size_t *last = above_that;
        above_that = above;
        above = row;
        row = last;
        size_t before = least;
        least = fill_row(row, above, above_that, from, i, to, length);
        edits = row[length];
        if (least > most && before > most) { /* a swap looks two rows back */
            edits = most + 1;
            break;
        }
    }
    free(cells);
    return less(edits, most + 1);
}

struct suggestion suggest_begin(const char *given)
{
    size_t allowed = (strlen(given) + 2) / 3;
    return (struct suggestion){given, allowed + 1, TEXT_EMPTY};
}

/* A name that begins with given counts as one edit away. */
static size_t count_edits(const struct suggestion *suggestion, const char *name)
{
    const char *given = suggestion->given, *at = name;
    while (*given != '\0' && fold(*given) == fold(*at)) {
        given++;
        at++;
    }
    if (*given == '\0' && *at != '\0')
        return 1;
    return suggest_edits(suggestion->given, name, suggestion->edits);
}

void suggest_offer(struct suggestion *suggestion, const char *name)
{
    size_t edits = count_edits(suggestion, name);
    /* As many edits as given has characters: they have nothing in common. */
    if (edits > suggestion->edits || (edits > 0 && edits >= strlen(suggestion->given)))
        return;
    bool found = suggestion->best.length > 0;
    if (edits == suggestion->edits && (!found || strcmp(name, text_string(&suggestion->best)) >= 0))
        return;
    suggestion->edits = edits;
    text_clear(&suggestion->best);
    text_add(&suggestion->best, name);
}

const char *suggest_found(const struct suggestion *suggestion)
{
    return suggestion->best.length > 0 ? text_string(&suggestion->best) : NULL;
}

void suggest_end(struct suggestion *suggestion, const char *before, struct text *text)
{
    const char *found = suggest_found(suggestion);
    if (found != NULL) {
        text_add(text, "; did you mean ");
        text_add_visible(text, before);
        text_add_visible(text, found);
        text_add(text, "?");
    }
    text_free(&suggestion->best);
}
