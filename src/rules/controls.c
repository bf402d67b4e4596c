/* controls.c: see controls.h. */
#include "rules/controls.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

/* NIST withdrew Revision 4 on 23 September 2021; the rules' knowledge base still names it. */
static const char *status_of(const char *framework, const char *version)
{
    bool withdrawn = strcmp(framework, "NIST SP 800-53") == 0 && strcmp(version, "Rev. 4") == 0;
    return withdrawn ? "withdrawn" : "";
}

static size_t find_column(struct controls *controls, const struct control *row, struct pool *pool)
{
    for (size_t i = 0; i < controls->column_count; i++)
        if (strcmp(controls->columns[i].framework, row->framework) == 0 &&
            strcmp(controls->columns[i].version, row->version) == 0)
            return i;
    controls->columns = memory_grow(controls->columns, &controls->column_room,
                                    controls->column_count + 1, sizeof(struct framework));
    struct text title = TEXT_EMPTY;
    text_addf(&title, "%s %s", row->framework, row->version);
    controls->columns[controls->column_count] =
        (struct framework){row->framework, row->version, pool_copy(pool, title.bytes, title.length),
                           status_of(row->framework, row->version)};
    text_free(&title);
    return controls->column_count++;
}

const char *controls_fault(const struct controls *controls, const struct control *row)
{
    struct text title = TEXT_EMPTY;
    const char *fault = NULL;
    for (size_t i = 0; i < controls->count && fault == NULL; i++) {
        const struct control *other = &controls->rows[i];
        if (other->rule == row->rule && strcmp(other->framework, row->framework) == 0 &&
            strcmp(other->version, row->version) == 0 && strcmp(other->control, row->control) == 0)
            fault = "duplicate entry for this rule, framework and version";
    }
    text_addf(&title, "%s %s", row->framework, row->version);
    for (size_t i = 0; i < controls->column_count && fault == NULL; i++)
        if (strcmp(controls->columns[i].title, text_string(&title)) == 0 &&
            strcmp(controls->columns[i].framework, row->framework) != 0)
            fault = "framework and version give the same column title as another framework";
    text_free(&title);
    return fault;
}

void controls_add(struct controls *controls, const struct control *row, struct pool *pool)
{
    size_t column = find_column(controls, row, pool);
    controls->rows =
        memory_grow(controls->rows, &controls->room, controls->count + 1, sizeof(struct control));
    controls->rows[controls->count] = *row;
    controls->rows[controls->count++].column = column;
}

static bool names(const char *name, const struct framework *framework)
{
    return text_same_folded(name, framework->title) || text_same_folded(name, framework->framework);
}

static bool is_named(const struct framework *framework, const char *const *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names(wanted[i], framework))
            return true;
    return false;
}

/* Drops the rows and columns that do not match, and renumbers the remaining columns. */
static void keep_named(struct controls *controls, const char *const *wanted, size_t count)
{
    size_t rows = 0, columns = 0;
    for (size_t i = 0; i < controls->column_count; i++) {
        if (!is_named(&controls->columns[i], wanted, count))
            continue;
        for (size_t j = 0; j < controls->count; j++)
            if (controls->rows[j].column == i)
                controls->rows[j].kept_column = columns + 1;
        controls->columns[columns++] = controls->columns[i];
    }
    controls->column_count = columns;
    for (size_t j = 0; j < controls->count; j++) {
        if (controls->rows[j].kept_column == 0)
            continue;
        controls->rows[rows] = controls->rows[j];
        controls->rows[rows].column = controls->rows[j].kept_column - 1;
        rows++;
    }
    controls->count = rows;
}

const char *controls_select(struct controls *controls, const char *const *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t j = 0; j < controls->column_count; j++)
            found |= names(wanted[i], &controls->columns[j]);
        if (!found)
            return wanted[i];
    }
    if (count > 0)
        keep_named(controls, wanted, count);
    return NULL;
}

/* Whether name is in the list, which is separated by `;`. */
static bool is_among(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = list; *at != '\0';) {
        size_t item = strcspn(at, ";");
        if (item == length && strncmp(at, name, length) == 0)
            return true;
        at += item + (at[item] == ';');
    }
    return false;
}

void controls_add_framework(const struct framework *framework, struct text *text)
{
    text_add(text, framework->title);
    if (*framework->status != '\0')
        text_addf(text, " (%s)", framework->status);
}

bool controls_concern(const struct control *row, const struct rule *rule,
                      const struct condition *condition)
{
    return row->rule == rule && (condition->result != RESULT_FAIL || *row->conditions == '\0' ||
                                 is_among(row->conditions, condition->name));
}

void controls_add_ids(const struct controls *controls, size_t column, const struct rule *rule,
                      const struct condition *condition, enum result result, struct text *text)
{
    size_t mark = text->length;
    if (result == RESULT_NOT_APPLICABLE)
        return;
    for (size_t i = 0; i < controls->count; i++) {
        const struct control *row = &controls->rows[i];
        if (row->column != column || !controls_concern(row, rule, condition))
            continue;
        text_add_separator(text, mark, "; ");
        text_add(text, row->control);
    }
}

void controls_free(struct controls *controls)
{
    free(controls->rows);
    free(controls->columns);
}
