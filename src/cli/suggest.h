/*
 * suggest.h: finds the known name that a mistyped name probably means. ASCII case is ignored.
 */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "base/text.h"

/* A search: suggest_begin, suggest_offer for each known name, suggest_end. */
struct suggestion {
    const char *given; /* borrowed until suggest_end */
    size_t edits;      /* from given to best; one more than allowed until a name is found */
    struct text best;
};

struct suggestion suggest_begin(const char *given);

/* Keeps a copy of name if it needs fewer edits than the names before, or as many and sorts first. A
 * name that begins with given counts as one edit away. */
void suggest_offer(struct suggestion *suggestion, const char *name);

/* The best name so far, or NULL if none is close enough. Valid until the next is offered. */
const char *suggest_found(const struct suggestion *suggestion);

/* Adds `; did you mean BEFORE...?` if a name was found, and frees the suggestion. */
void suggest_end(struct suggestion *suggestion, const char *before, struct text *text);

/* The number of characters to insert, delete, replace, or swap with their neighbour, to turn one
 * text into the other; most + 1 if that is more than most or a text is longer than 255 bytes. */
size_t suggest_edits(const char *from, const char *to, size_t most);

#endif
