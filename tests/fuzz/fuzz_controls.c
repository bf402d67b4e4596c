/* fuzz_controls.c: the bytes as a control table, up to the reports that name its controls. */
#include "base/pool.h"
#include "csv/read_controls.h"
#include "fuzz/fuzz.h"
#include <string.h>

enum { XLSX_SHARE = 256 };

static void require_row(const struct controls *controls, const struct control *row)
{
    const char *const required[] = {row->framework, row->version,   row->control, row->title,
                                    row->relation,  row->rationale, row->origin};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        FUZZ_REQUIRE(*required[i] != '\0');
    FUZZ_REQUIRE(strcmp(row->relation, "direct") == 0 || strcmp(row->relation, "supporting") == 0);
    FUZZ_REQUIRE(row->column < controls->column_count);
    FUZZ_REQUIRE(strcmp(controls->columns[row->column].framework, row->framework) == 0);
    FUZZ_REQUIRE(strcmp(controls->columns[row->column].version, row->version) == 0);
    /* It concerns some findings of its rule, and none of another. */
    size_t concerned = 0;
    for (size_t i = 0; rules[i] != NULL; i++)
        for (const struct condition *at = rules[i]->conditions; at->name != NULL; at++) {
            bool concerns = controls_concern(row, rules[i], at);
            FUZZ_REQUIRE(!concerns || rules[i] == row->rule);
            concerned += concerns;
        }
    FUZZ_REQUIRE(concerned > 0 || strspn(row->conditions, ";") == strlen(row->conditions));
}

/* A rule has each control once. */
static void require_once(const struct controls *controls)
{
    for (size_t i = 0; i < controls->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct control *a = &controls->rows[i], *b = &controls->rows[j];
            FUZZ_REQUIRE(a->rule != b->rule || a->column != b->column ||
                         strcmp(a->control, b->control) != 0);
        }
    }
}

/* Each column has a title of its own, and rows. */
static void require_columns(const struct controls *controls)
{
    for (size_t i = 0; i < controls->column_count; i++) {
        size_t rows = 0;
        for (size_t j = 0; j < i; j++)
            FUZZ_REQUIRE(strcmp(controls->columns[i].title, controls->columns[j].title) != 0);
        for (size_t j = 0; j < controls->count; j++)
            rows += controls->rows[j].column == i;
        FUZZ_REQUIRE(rows > 0);
    }
}

/* A column that is asked for by its title is there afterwards, with the same rows. */
static void require_selection(struct controls *controls)
{
    const struct framework last = controls->columns[controls->column_count - 1];
    const char *const unknown = "";
    size_t before = 0, after = 0;
    for (size_t i = 0; i < controls->count; i++)
        before += controls->rows[i].column == controls->column_count - 1;
    FUZZ_REQUIRE(controls_select(controls, &unknown, 1) == unknown);
    FUZZ_REQUIRE(controls_select(controls, &last.title, 1) == NULL);
    for (size_t i = 0; i < controls->count; i++) {
        require_row(controls, &controls->rows[i]);
        after += controls->columns[controls->rows[i].column].title == last.title;
    }
    FUZZ_REQUIRE(before == after);
}

void fuzz_controls(const uint8_t *bytes, size_t size)
{
    struct fuzz_run run;
    struct controls controls = {0};
    struct text error = TEXT_EMPTY;
    const char *path = fuzz_path(FUZZ_ADDITION, bytes, size);
    fuzz_run_begin(&run);
    bool read = read_controls_file(&controls, path, run.pool, &error);
    fuzz_require_said(read, &error, path, fuzz_lines(bytes, size));
    if (read) {
        FUZZ_REQUIRE(controls.count > 0);
        for (size_t i = 0; i < controls.count; i++)
            require_row(&controls, &controls.rows[i]);
        require_once(&controls);
        require_columns(&controls);
        fuzz_run_read_sample(&run);
        fuzz_run_report(&run, &controls, fuzz_hash(bytes, size) % XLSX_SHARE == 0);
        require_selection(&controls);
    }
    text_free(&error);
    controls_free(&controls);
    fuzz_run_free(&run);
}
