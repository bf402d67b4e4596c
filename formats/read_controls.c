/* read_controls.c: the control table, each line checked before any is used. */
#include "read_controls.h"
#include "controls_data.h"
#include "csv_rows.h"
#include "file.h"
#include "memory.h"
#include "pool.h"
#include "text.h"
#include <errno.h>
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

static bool refuse(struct text *error, const char *name, size_t line, const char *why,
                   const char *value)
{
    text_add_visible(error, name);
    text_addf(error, ":%zu: %s", line, why);
    text_add_visible(error, value);
    return false;
}

static bool are_known(const struct rule *rule, const char *conditions, struct pool *pool)
{
    for (const char *at = conditions; *at != '\0';) {
        size_t length = strcspn(at, ";");
        if (rules_condition(rule, pool_copy(pool, at, length)) == NULL)
            return false;
        at += length + (at[length] == ';');
    }
    return true;
}

static bool add_row(struct controls *controls, const char *name, const struct csv_row *row,
                    struct pool *pool, struct text *error)
{
    const char **fields = row->fields;
    for (size_t i = 0; i < COLUMNS; i++)
        if (i != CONDITIONS && *fields[i] == '\0')
            return refuse(error, name, row->line, "an empty field: ", columns[i]);
    const struct rule *rule = rules_find(fields[RULE]);
    if (rule == NULL)
        return refuse(error, name, row->line, "an unknown rule: ", fields[RULE]);
    if (strcmp(fields[RELATION], "direct") != 0 && strcmp(fields[RELATION], "supporting") != 0)
        return refuse(error, name, row->line,
                      "relation is neither direct nor supporting: ", fields[RELATION]);
    if (!are_known(rule, fields[CONDITIONS], pool))
        return refuse(error, name, row->line,
                      "an unknown condition of the rule: ", fields[CONDITIONS]);
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
    controls_add(controls, &control, pool);
    return true;
}

static bool read_bytes(struct controls *controls, const char *name, const char *bytes, size_t size,
                       struct pool *pool, struct text *error)
{
    struct csv_rows rows = {NULL, 0, 0};
    bool fine = csv_rows_read(&rows, name, bytes, size, columns, COLUMNS, pool, error);
    for (size_t i = 0; fine && i < rows.count; i++)
        fine = add_row(controls, name, &rows.rows[i], pool, error);
    if (fine && rows.count == 0)
        fine = refuse(error, name, 1, "the table has no row", "");
    free(rows.rows);
    return fine;
}

bool read_controls_built_in(struct controls *controls, struct pool *pool, struct text *error)
{
    struct digest *digest = digest_new();
    digest_add(digest, controls_data, controls_data_size);
    digest_finish(digest, controls->sha256);
    return read_bytes(controls, "controls.csv", (const char *)controls_data, controls_data_size,
                      pool, error);
}

bool read_controls_file(struct controls *controls, const char *path, struct pool *pool,
                        struct text *error)
{
    struct file *file = file_open(path, false);
    size_t size = 0, room = 0, total;
    unsigned char *bytes = NULL;
    if (file == NULL) {
        text_add_visible(error, path);
        text_addf(error, ": %s", strerror(errno));
        return false;
    }
    for (size_t got = 1; got > 0; size += got) {
        bytes = memory_grow(bytes, &room, size + FILE_WINDOW, 1);
        got = file_read(file, bytes + size, FILE_WINDOW);
    }
    bool fine = file_finish(file, &total, controls->sha256);
    if (!fine) {
        text_add_visible(error, path);
        text_addf(error, ": %s", strerror(file_error(file)));
    } else
        fine = read_bytes(controls, path, (const char *)bytes, size, pool, error);
    free(bytes);
    file_close(file);
    return fine;
}
