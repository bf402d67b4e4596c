/* mutation.c: see mutation.h. */
#include "mutation/mutation.h"
#include "audit/verdict.h"
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
    /* fixtures/engagement contains the auditor's own files, not evidence. */
    const char *command = "find fixtures -path fixtures/engagement -prune -o -type f -print | "
                          "LC_ALL=C sort";
    const char *list = harness_tool("sh", (const char *const[]){"-c", command, NULL});
    for (size_t length; (length = strcspn(list, "\n")) > 0; list += length + 1)
        sheet_set_add(&files, harness_format("%.*s", (int)length, list));
    return &files;
}

size_t mutation_fixture_count(void)
{
    return fixtures()->count;
}

struct mutation_file mutation_fixture(size_t number)
{
    struct mutation_file file = {.name = fixtures()->texts[number]};
    file.bytes = harness_read(file.name, &file.count);
    return file;
}

void mutation_begin(struct mutation_run *run)
{
    *run = (struct mutation_run){.policy = facts_policy(FACTS_AS_OF),
                                 .evidence = {.pool = pool_new()}};
}

static void free_results(struct mutation_run *run)
{
    assess_free(&run->assessment);
    evidence_free(&run->evidence);
    pool_reset(run->evidence.pool);
}

void mutation_end(struct mutation_run *run)
{
    free_results(run);
    pool_free(run->evidence.pool);
}

void mutation_read(struct mutation_run *run)
{
    const char *path = temporary_path;
    struct text error = TEXT_EMPTY;
    free_results(run);
    run->evidence = (struct evidence){.pool = run->evidence.pool};
    HARNESS_REQUIRE(inputs_read(&run->evidence, &path, 1, NULL, 0, NULL, NULL, &error), "%s",
                    text_string(&error));
    run->assessment = (struct assessment){.evidence = &run->evidence, .policy = run->policy};
    run->assessment.rules = facts_rules(true, true, &run->assessment.rule_count);
    assess_run(&run->assessment);
    run->status = verdict_exit_status(&run->assessment);
    const struct evidence_file *file = run->evidence.files[0];
    run->problem = NULL;
    for (size_t i = 0; i < file->problems.count && i < LIMIT_PROBLEMS; i++)
        if (diag_weight(file->problems.kept[i].id) == DIAG_STOPS)
            run->problem = &file->problems.kept[i];
}

/* The number of units after the first one of a character. */
static unsigned int following(unsigned int first, bool utf16)
{
    if (utf16)
        return first >= 0xD800 && first <= 0xDBFF;
    return first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
}

static void advance_character(struct mutation_position *position, unsigned int character)
{
    position->column++;
    if (character == '\n') {
        position->line++;
        position->column = 1;
    }
    if (position->escaped)
        position->escaped = false;
    else if (position->string && character == '\\')
        position->escaped = true;
    else if (character == '"')
        position->string = !position->string;
    else if (!position->string && (character == '{' || character == '['))
        position->depth++;
    else if (!position->string && (character == '}' || character == ']') && position->depth > 0)
        position->depth--;
}

void mutation_advance(struct mutation_position *position, unsigned int unit, bool utf16)
{
    if (position->missing > 0)
        position->missing--;
    else
        position->missing = following(unit, utf16);
    if (position->missing == 0)
        advance_character(position, unit);
}
