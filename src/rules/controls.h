/*
 * controls.h: the control table: which controls of which frameworks a finding is relevant to.
 * formats/csv/read_controls.c reads it.
 */
#ifndef CONTROLS_H
#define CONTROLS_H

#include "base/digest.h"
#include "rules/rules.h"

struct control {
    const struct rule *rule;
    const char *framework, *version, *control, *title, *relation;
    const char *conditions; /* those whose FAILs count as failing, separated by `;`; "": all */
    const char *rationale, *origin;
    size_t column;      /* index in controls.columns */
    size_t kept_column; /* used by controls_select: the new column plus 1; 0 if dropped */
};

/* A framework and version, which is a column of Findings. */
struct framework {
    const char *framework, *version;
    const char *title;  /* `PCI DSS v4.0.1` */
    const char *status; /* `withdrawn`, or "" */
};

struct controls {
    struct control *rows;
    size_t count, room;
    struct framework *columns; /* in order of first appearance */
    size_t column_count, column_room;
    char sha256[DIGEST_HEX]; /* of the file */
};

/* Why the row cannot be added: it is a duplicate, or two columns would have the same title. NULL if
 * it can. */
const char *controls_fault(const struct controls *controls, const struct control *row);

/* Adds a row, and a column for a new framework. Strings of the row are borrowed; new ones are put
 * into the pool. */
void controls_add(struct controls *controls, const struct control *row, struct pool *pool);

/* Keeps only the frameworks in names: column titles, or framework names for all their versions;
 * case does not matter. If a name matches nothing, returns it and changes nothing; else NULL. No
 * names keep all. */
const char *controls_select(struct controls *controls, const char *const *names, size_t count);

/* Adds the title, and the status in parentheses if there is one. */
void controls_add_framework(const struct framework *framework, struct text *text);

/* Whether the row counts findings with the condition: all of the rule but the FAILs of conditions
 * that it does not name. */
bool controls_concern(const struct control *row, const struct rule *rule,
                      const struct condition *condition);

/* Adds the control ids of the column for a finding, separated by `; `. */
void controls_add_ids(const struct controls *controls, size_t column, const struct rule *rule,
                      const struct condition *condition, enum result result, struct text *text);

void controls_free(struct controls *controls);

#endif
