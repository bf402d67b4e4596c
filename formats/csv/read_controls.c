/* read_controls.c: reads and checks the control table. */
#include "csv/read_controls.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_rows.h"
#include "rules/controls_data.h"
#include <stdlib.h>
#include <string.h>

enum { RULE, FRAMEWORK, VERSION, CONTROL, TITLE, RELATION, CONDITIONS, RATIONALE, ORIGIN, COLUMNS };

static const char *const columns[COLUMNS] = {
    [RULE] = "rule",
    [FRAMEWORK] = "framework",
    [VERSION] = "version",
    [CONTROL] = "control",
    [TITLE] = "title",
    [RELATION] = "relation",
    [CONDITIONS] = "conditions",
    [RATIONALE] = "rationale",
    [ORIGIN] = "origin",
};

/* The first name in the list that is not a condition of the rule, or NULL. */
static const char *unknown_condition(const struct rule *rule, const char *list, struct pool *pool)
{
    for (const char *at = list; *at != '\0';) {
        size_t length = strcspn(at, ";");
        const char *name = pool_copy(pool, at, length);
        if (rules_condition(rule, name) == NULL)
            return name;
        at += length + (at[length] == ';');
    }
    return NULL;
}

static bool add_row(struct controls *controls, const char *name, const struct csv_row *row,
                    struct pool *pool, struct text *error)
{
    const char **fields = row->fields;
    for (size_t i = 0; i < COLUMNS; i++)
        if (i != CONDITIONS && *fields[i] == '\0')
            return csv_rows_refuse(error, name, row->line, "%s is empty", columns[i]);
    const struct rule *rule = rules_find(fields[RULE]);
    if (rule == NULL)
        return csv_rows_refuse(error, name, row->line, CSV_UNKNOWN_RULE, fields[RULE]);
    if (strcmp(fields[RELATION], "direct") != 0 && strcmp(fields[RELATION], "supporting") != 0)
        return csv_rows_refuse(error, name, row->line,
                               "relation must be direct or supporting, not %s", fields[RELATION]);
    const char *unknown = unknown_condition(rule, fields[CONDITIONS], pool);
    if (unknown != NULL)
        return csv_rows_refuse(error, name, row->line, "conditions: %s has no condition \"%s\"",
                               rule->id, unknown);
    struct control control = {
        .rule = rule,
        .framework = fields[FRAMEWORK],
        .version = fields[VERSION],
        .control = fields[CONTROL],
        .title = fields[TITLE],
        .relation = fields[RELATION],
        .conditions = fields[CONDITIONS],
        .rationale = fields[RATIONALE],
        .origin = fields[ORIGIN],
    };
    const char *fault = controls_fault(controls, &control);
    if (fault != NULL)
        return csv_rows_refuse(error, name, row->line, "control %s: %s", fields[CONTROL], fault);
    controls_add(controls, &control, pool);
    return true;
}

static const struct csv_shape shape = {columns, COLUMNS, COLUMNS};

/* Adds the rows if they could be read, and frees them. */
static bool take_rows(struct controls *controls, const char *name, struct csv_rows *rows, bool fine,
                      struct pool *pool, struct text *error)
{
    for (size_t i = 0; fine && i < rows->count; i++)
        fine = add_row(controls, name, &rows->rows[i], pool, error);
    if (fine && rows->count == 0)
        fine = csv_rows_refuse(error, name, 1, "the control table has no entries");
    free(rows->rows);
    return fine;
}

bool read_controls_built_in(struct controls *controls, struct pool *pool, struct text *error)
{
    static const char name[] = "controls.csv";
    struct csv_rows rows = {NULL, 0, 0};
    struct digest *digest = digest_new();
    digest_add(digest, controls_data, controls_data_size);
    digest_finish(digest, controls->sha256);
    bool fine = csv_rows_read(&rows, name, (const char *)controls_data, controls_data_size, &shape,
                              pool, error);
    return take_rows(controls, name, &rows, fine, pool, error);
}

bool read_controls_file(struct controls *controls, const char *path, struct pool *pool,
                        struct text *error)
{
    struct csv_rows rows = {NULL, 0, 0};
    bool fine = csv_rows_read_file(&rows, path, &shape, pool, controls->sha256, error);
    return take_rows(controls, path, &rows, fine, pool, error);
}
