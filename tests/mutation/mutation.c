/* mutation.c: see mutation.h. */
#include "mutation/mutation.h"
#include "base/pool.h"
#include "base/text.h"
#include "ingest/inputs.h"
#include "support/facts.h"
#include "support/harness.h"
#include "support/temporary.h"
#include <string.h>

static const struct sheet_set *fixtures(void)
{
    static struct sheet_set files;
    if (files.count > 0)
        return &files;
    /* fixtures/engagement is the auditor's own, and no evidence. */
    const char *command = "find fixtures -path fixtures/engagement -prune -o -type f -print | "
                          "LC_ALL=C sort";
    const char *list = harness_tool("sh", (const char *const[]){"-c", command, NULL});
    for (size_t length; (length = strcspn(list, "\n")) > 0; list += length + 1)
        sheet_set_add(&files, harness_format("%.*s", (int)length, list));
    return &files;
}

size_t broken_fixture_count(void)
{
    return fixtures()->count;
}

struct broken_file broken_fixture(size_t number)
{
    struct broken_file file = {.name = fixtures()->texts[number]};
    file.bytes = harness_read(file.name, &file.count);
    return file;
}

void broken_begin(struct broken_run *run)
{
    *run =
        (struct broken_run){.policy = facts_policy(FACTS_AS_OF), .evidence = {.pool = pool_new()}};
}

static void forget(struct broken_run *run)
{
    assess_free(&run->assessment);
    evidence_free(&run->evidence);
    pool_reset(run->evidence.pool);
}

void broken_end(struct broken_run *run)
{
    forget(run);
    pool_free(run->evidence.pool);
}

void broken_read(struct broken_run *run)
{
    const char *path = temporary_path;
    struct text error = TEXT_EMPTY;
    forget(run);
    run->evidence = (struct evidence){.pool = run->evidence.pool};
    HARNESS_REQUIRE(inputs_read(&run->evidence, &path, 1, NULL, 0, NULL, NULL, &error), "%s",
                    text_string(&error));
    run->assessment = (struct assessment){
        .evidence = &run->evidence, .policy = run->policy, .selected = {true, true}};
    assess_run(&run->assessment);
    run->status = assess_exit_status(&run->assessment);
    const struct evidence_file *file = run->evidence.files[0];
    run->broken = NULL;
    for (size_t i = 0; i < file->problems.count && i < LIMIT_PROBLEMS; i++)
        if (file->problems.kept[i].id <= DIAG_TOO_LARGE) /* the reader's own, which stand first */
            run->broken = &file->problems.kept[i];
}

/* How many units follow the first one of a character. */
static unsigned int following(unsigned int first, bool wide)
{
    if (wide)
        return first >= 0xD800 && first <= 0xDBFF;
    return first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
}

static void pass_character(struct broken_place *place, unsigned int character)
{
    place->column++;
    if (character == '\n') {
        place->line++;
        place->column = 1;
    }
    if (place->escaped)
        place->escaped = false;
    else if (place->string && character == '\\')
        place->escaped = true;
    else if (character == '"')
        place->string = !place->string;
    else if (!place->string && (character == '{' || character == '['))
        place->depth++;
    else if (!place->string && (character == '}' || character == ']') && place->depth > 0)
        place->depth--;
}

void broken_pass(struct broken_place *place, unsigned int unit, bool wide)
{
    if (place->missing > 0)
        place->missing--;
    else
        place->missing = following(unit, wide);
    if (place->missing == 0)
        pass_character(place, unit);
}
