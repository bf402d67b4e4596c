/* facts_records.c: see facts_records.h. */
#include "base/memory.h"
#include "base/pool.h"
#include "evidence/observation.h"
#include "support/facts.h"
#include "support/harness.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Evidence with its observations, in the order in which they were added. */
struct facts {
    struct evidence evidence; /* first */
    struct observation **seen;
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

static int by_source(const void *left, const void *right)
{
    return observation_compare(*(const struct observation *const *)left,
                               *(const struct observation *const *)right);
}

const struct rule *const *facts_rules(bool iam, bool acm, size_t *count)
{
    static const struct rule *const both[] = {&rule_iam_033, &rule_acm_005};
    *count = (size_t)iam + (size_t)acm;
    return iam ? both : both + 1;
}

void facts_run(struct assessment *assessment)
{
    struct facts *facts = facts_of(assessment->evidence);
    const struct observation **sorted =
        harness_keep(memory_resize(NULL, facts->count + 1, sizeof *sorted));
    for (size_t i = 0; i < facts->count; i++)
        sorted[i] = facts->seen[i];
    if (facts->count > 0)
        qsort(sorted, facts->count, sizeof *sorted, by_source);
    facts->evidence.records = sorted;
    facts->evidence.record_count = facts->count;
    if (assessment->rules == NULL)
        assessment->rules = facts_rules(true, true, &assessment->rule_count);
    assess_run(assessment);
    harness_keep(assessment->evidence->files);
    harness_keep(assessment->locations.sorted);
    harness_keep(assessment->certificates);
    harness_keep(assessment->findings);
    harness_keep(assessment->coverage.rows);
}
