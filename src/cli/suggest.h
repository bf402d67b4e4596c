/*
 * suggest.h: of the names that there are, the one that was probably meant by a name that is not.
 * ASCII case is disregarded. Knows nothing of what the names are of.
 */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "base/text.h"

/* given must last. Starts with suggest_begin, ends with suggest_end. */
struct suggestion {
    const char *given;
    size_t edits; /* from given to best, or one more than are allowed */
    struct text best;
};

struct suggestion suggest_begin(const char *given);

/* name is copied. The nearest name that is offered is kept: by edits, one that begins with what was
 * given being as near as one edit. Of several the first by bytes, so that their order does not
 * matter. */
void suggest_offer(struct suggestion *suggestion, const char *name);

/* The nearest name; NULL where none is near. Valid until the next is offered. */
const char *suggest_found(const struct suggestion *suggestion);

/* Forgets what was offered. */
void suggest_forget(struct suggestion *suggestion);

/* Adds `; did you mean BEFORE...?`, or nothing where no name is near, and ends the suggestion. */
void suggest_end(struct suggestion *suggestion, const char *before, struct text *text);

/* How many characters have to be put in, taken out, replaced, or exchanged with the next, to make
 * one text of the other; most + 1 where they are more than most, or a text has over 255 bytes. */
size_t suggest_edits(const char *from, const char *to, size_t most);

#endif
