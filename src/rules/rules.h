/*
 * rules.h: the rules, and what a rule is: one constant record beside its functions, in a file of
 * its own (rule_iam_033.c, rule_acm_005.c). Rules know facts and a policy; no clock, no files.
 */
#ifndef RULES_H
#define RULES_H

#include "evidence/evidence.h"
#include <stdbool.h>
#include <stddef.h>

enum result {
    RESULT_FAIL,
    RESULT_UNKNOWN,
    RESULT_WAIVED,
    RESULT_PASS,
    RESULT_NOT_APPLICABLE,
    RESULT_COUNT
};

enum severity { SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW };

/* What the person who runs the tool decided. Times have a zone. */
struct policy {
    struct timestamp as_of;
    struct timestamp cutoff; /* of IAM-033 */
};

/* A line of a rule's table. member: the member that decides, which evidence_pointer names. */
enum deciding_member {
    DECIDED_BY_ARN,
    DECIDED_BY_UPLOAD_DATE,
    DECIDED_BY_STATUS,
    DECIDED_BY_TYPE,
    DECIDED_BY_NOT_AFTER,
    DECIDED_BY_RENEWAL_STATUS
};

struct condition {
    const char *name;
    enum result result;
    enum deciding_member member;
    const char *expected; /* NULL: the rule's `expected` function says it */
    const char *meaning;  /* one plain sentence, for the manual and the reports */
};

struct rule {
    const char *id, *title;
    enum severity severity;
    const char *pillars;
    enum service applies;
    const struct condition *conditions; /* ends with a NULL name */
    const struct condition *(*evaluate)(const struct observation *, const struct policy *);
    /* Whether two observations agree on all that the rule reads. */
    bool (*agree)(const struct observation *, const struct observation *);
    /* By when something must be done; false where there is no such time. */
    bool (*due)(const struct observation *, const struct condition *, struct timestamp *);
    void (*reason)(const struct observation *, const struct condition *, const struct policy *,
                   struct text *);
    void (*remediation)(const struct observation *, const struct condition *, struct text *);
    /* The command whose output shows the certificate: what to ask for where evidence lacks. */
    void (*export_again)(const struct observation *, struct text *);
    /* Where a list does not hold all that decides: the condition of what is known from a list
     * alone, and a shell function, `describe REGION`, that prints the rest of all there. NULL
     * elsewhere. */
    const struct condition *listed_only;
    const char *describe;
    /* Of conditions whose `expected` is NULL; NULL where there is none. */
    void (*expected)(const struct condition *, const struct policy *, struct text *);
    /* Groups of its failures by age, in plain words; ends with NULL. NULL for a rule without. */
    const char *const *ages;
    /* Which group a failure is in, as an index of ages. */
    size_t (*age)(const struct observation *, const struct condition *, const struct policy *);
    const char *purpose;     /* what it finds and why that matters, in a sentence, for reports */
    const char *explanation; /* for --explain: what, why, by hand, how to repeat, remediation */
};

extern const struct rule rule_iam_033;
extern const struct rule rule_acm_005;

enum { RULE_COUNT = 2 };

/* All rules: the more severe first, then by id. */
extern const struct rule *const rules[RULE_COUNT];

/* By id, case disregarded; NULL where there is none. */
const struct rule *rules_find(const char *id);

/* The index of the rule in rules. */
size_t rules_number(const struct rule *rule);

const struct condition *rules_condition(const struct rule *rule, const char *name);

/* `FAIL`, `High`. */
const char *rules_result_name(enum result result);
const char *rules_severity_name(enum severity severity);

/* The value that decided, as it stood (`absent` where it is not there), and its JSON Pointer. */
void rules_add_observed(const struct observation *observation, const struct condition *condition,
                        struct text *text);
void rules_add_pointer(const struct observation *observation, const struct condition *condition,
                       struct text *text);

#endif
