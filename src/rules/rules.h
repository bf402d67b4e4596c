/*
 * rules.h: what a rule is, and the list of rules. A rule is one constant record in a file of its
 * own (iam_033.c, acm_005.c), with its functions. Rules know facts and a policy; no clock, no
 * files.
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

/* A value of a record that decides: what it is and where, below the record. */
struct deciding_value {
    const struct member *member; /* one of these two, the other is NULL */
    const struct moment *moment;
    const char *pointer;        /* of the value: `/Status` */
    const char *absent_pointer; /* of the object that lacks it: "" for the record itself */
};

/* A line of a rule's table. */
struct condition {
    const char *name;
    enum result result;
    /* The value that decides: `observed` and `evidence_pointer` in reports. */
    struct deciding_value (*decided_by)(const struct observation *);
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
    /* A time of the policy that only this rule reads, and its name for reports; or NULL. */
    const char *parameter;
    const struct timestamp *(*parameter_value)(const struct policy *);
    const char *purpose;       /* what it finds and why that matters, in a sentence, for reports */
    const char *const *limits; /* what it does not show, a sentence each; ends with NULL */
    const char *explanation;   /* for --explain: what, why, by hand, how to repeat, remediation */
};

/* All rules, by id. A new rule is a file, and a line here. */
#define RULES(RULE)                                                                                \
    RULE(acm_005)                                                                                  \
    RULE(iam_033)

#define RULES_DECLARE(name) extern const struct rule rule_##name;
RULES(RULES_DECLARE)

/* The same as an array that ends with NULL. */
extern const struct rule *const rules[];

/* By id, case disregarded; NULL where there is none. */
const struct rule *rules_find(const char *id);

/* Sorts rules into the order of reports: the most severe first, then by id. */
void rules_sort(const struct rule **list, size_t count);

/* The index of the rule in a list; count if it is not there. */
size_t rules_number(const struct rule *const *list, size_t count, const struct rule *rule);

const struct condition *rules_condition(const struct rule *rule, const char *name);

/* `FAIL`, `High`. */
const char *rules_result_name(enum result result);
const char *rules_severity_name(enum severity severity);

/* Values that decide, for conditions. */
struct deciding_value rules_by_arn(const struct observation *seen);
struct deciding_value rules_by_upload_date(const struct observation *seen);
struct deciding_value rules_by_status(const struct observation *seen);
struct deciding_value rules_by_type(const struct observation *seen);
struct deciding_value rules_by_not_after(const struct observation *seen);
struct deciding_value rules_by_renewal_status(const struct observation *seen);

/* Adds the value that decided, as exported (`absent` if there is none), and its JSON Pointer. */
void rules_add_observed(const struct observation *observation, const struct condition *condition,
                        struct text *text);
void rules_add_pointer(const struct observation *observation, const struct condition *condition,
                       struct text *text);

#endif
