/*
 * controls.h: the control table: which controls of which framework a finding is relevant to.
 * Knows rows and conditions; the file that they come from is formats/read_controls.c's.
 */
#ifndef CONTROLS_H
#define CONTROLS_H

#include "base/digest.h"
#include "rules/rules.h"

struct control {
    const struct rule *rule;
    const char *framework, *version, *control, *title, *relation;
    const char *conditions; /* joined by `;`, "" means all */
    const char *rationale, *origin;
    size_t column;      /* of controls.columns */
    size_t kept_column; /* while frameworks are chosen: the column to be, from 1, 0 for none */
};

/* A framework and version: a column of Findings. */
struct framework {
    const char *framework, *version;
    const char *title;  /* `PCI DSS v4.0.1` */
    const char *status; /* `withdrawn`, or "" */
};

struct controls {
    struct control *rows;
    size_t count, room;
    struct framework *columns; /* in the order of their first rows */
    size_t column_count, column_room;
    char sha256[DIGEST_HEX]; /* of the table as read */
};

/* Why the row cannot be added: it stands there already, or its framework and version print like
 * those of another column. NULL where it can. */
const char *controls_fault(const struct controls *controls, const struct control *row);

/* Adds a row; its column is found or made. Strings are borrowed from the caller's pool. */
void controls_add(struct controls *controls, const struct control *row, struct pool *pool);

/* Leaves only the frameworks that one of names names (as a column's title or without the version,
 * case disregarded). Returns the first name that names none, or NULL. */
const char *controls_select(struct controls *controls, const char *const *names, size_t count);

/* Adds the framework's title, and its status in brackets where it has one. */
void controls_add_framework(const struct framework *framework, struct text *text);

/* Whether the row is one for findings of this condition, whatever their result. */
bool controls_concern(const struct control *row, const struct rule *rule,
                      const struct condition *condition);

/* Adds the ids of the column's rows that the finding prints, joined by `; `. */
void controls_add_ids(const struct controls *controls, size_t column, const struct rule *rule,
                      const struct condition *condition, enum result result, struct text *text);

void controls_free(struct controls *controls);

#endif
