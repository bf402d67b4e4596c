/* facts_records.c: see facts_records.h. Observations, and the records that they become. */
#include "base/memory.h"
#include "base/pool.h"
#include "evidence/record.h"
#include "support/facts.h"
#include "support/harness.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/* An evidence with its observations, which are packed when they are assessed: until then a test may
 * change them. */
struct facts {
    struct evidence evidence; /* first */
    struct observation **seen;
    const struct record **records;
    size_t count, room;
};

struct evidence *facts_evidence(void)
{
    struct facts *facts = pool_alloc(facts_pool(), sizeof *facts);
    facts->evidence.pool = facts_pool();
    return &facts->evidence;
}

static struct facts *facts_of(struct evidence *evidence)
{
    return (struct facts *)evidence;
}

void facts_add(struct evidence *evidence, struct observation *seen)
{
    struct facts *facts = facts_of(evidence);
    if (facts->count == facts->room) {
        struct observation **before = facts->seen;
        facts->room = 2 * facts->room + 8;
        facts->seen = pool_alloc(facts_pool(), facts->room * sizeof *facts->seen);
        if (facts->count > 0)
            memcpy(facts->seen, before, facts->count * sizeof *before);
    }
    facts->seen[facts->count++] = seen;
}

struct observation *facts_observation(struct evidence *evidence, size_t index)
{
    ck_assert_uint_lt(index, facts_of(evidence)->count);
    return facts_of(evidence)->seen[index];
}

const struct record *facts_record(struct evidence *evidence, const struct observation *seen)
{
    const struct facts *facts = facts_of(evidence);
    size_t index = 0;
    while (index < facts->count && facts->seen[index] != seen)
        index++;
    ck_assert_msg(index < facts->count && facts->records != NULL, "not assessed");
    return facts->records[index];
}

const struct observation *facts_open(const struct record *record)
{
    struct record_view *view = pool_alloc(facts_pool(), sizeof *view);
    view->pool = harness_keep(pool_new());
    return record_open(record, view);
}

static int by_source(const void *left, const void *right)
{
    return record_compare(*(const struct record *const *)left,
                          *(const struct record *const *)right);
}

/* As intake leaves them: packed, by file, document and pointer. */
static void pack(struct facts *facts)
{
    struct text scratch = TEXT_EMPTY;
    size_t room = facts->count + 1;
    const struct record **sorted = harness_keep(memory_resize(NULL, room, sizeof *sorted));
    facts->records = pool_alloc(facts_pool(), room * sizeof *facts->records);
    for (size_t i = 0; i < facts->count; i++)
        sorted[i] = facts->records[i] = record_pack(facts_pool(), facts->seen[i], &scratch);
    text_free(&scratch);
    if (facts->count > 0)
        qsort(sorted, facts->count, sizeof *sorted, by_source);
    facts->evidence.records = sorted;
    facts->evidence.record_count = facts->count;
}

void facts_run(struct assessment *assessment)
{
    pack(facts_of(assessment->evidence));
    assess_run(assessment);
}
