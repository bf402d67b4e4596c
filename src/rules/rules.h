/*
 * rules.h: what a rule is, and the list of rules. A rule is one constant record in a file of its
 * own (iam_033.c, acm_005.c), with its functions. Rules see only records and a policy: no clock,
 * no files.
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

/* Set by the user. Both times have a time zone. */
struct policy {
    struct timestamp as_of;
    struct timestamp cutoff; /* of IAM-033 */
};

/* The value that decided a finding. Pointers are JSON Pointers relative to the record. */
struct deciding_value {
    const struct member *member; /* this or moment; the other is NULL */
    const struct moment *moment;
    const char *pointer;        /* to the value: `/Status` */
    const char *absent_pointer; /* to the object without it, if absent; "" for the record */
};

/* One possible outcome of a rule. */
struct condition {
    const char *name;
    enum result result;
    /* The columns `observed` and `evidence_pointer` in reports. */
    struct deciding_value (*decided_by)(const struct observation *);
    const char *expected; /* NULL if the rule has a function for it */
    const char *meaning;  /* one sentence, without capital and full stop */
};

/* On which members two records of one certificate contradict each other: a bit for each of the
 * rule's members. */
struct difference {
    unsigned deciding;   /* a conflict: the worst result counts */
    unsigned other;      /* named in the reason, and of no effect on the result */
    bool left_is_silent; /* on what the right one has and may fail by, so it does not replace it */
};

struct rule {
    const char *id, *title;
    enum severity severity;
    const char *pillars;
    enum service applies;
    const struct condition *conditions; /* ends with a NULL name */
    const struct condition *(*evaluate)(const struct observation *, const struct policy *);
    /* The condition of records with a masked ARN that different certificates have. */
    const struct condition *identity_redacted;
    /* Members of which records may contradict each other, as a reason names them; ends with NULL.
     */
    const char *const *members;
    struct difference (*differ)(const struct observation *, const struct observation *,
                                const struct policy *);
    /* When a failure is due; false if it has no due time. */
    bool (*due)(const struct observation *, const struct condition *, struct timestamp *);
    void (*reason)(const struct observation *, const struct condition *, const struct policy *,
                   struct text *);
    void (*remediation)(const struct observation *, const struct condition *, const struct policy *,
                        struct text *);
    /* Adds the command whose output shows the certificate in full, for requests. */
    void (*export_again)(const struct observation *, struct text *);
    /* If lists lack what the rule reads: the condition of certificates known only from a list, and
     * a shell function, `describe REGION`, that prints the full records. Else NULL. */
    const struct condition *listed_only;
    const char *describe;
    /* The condition of a description that was cut down, which completes no other record; or NULL.
     */
    const struct condition *cut_down;
    /* For conditions whose `expected` is NULL; NULL if there are none. */
    void (*expected)(const struct condition *, const struct policy *, struct text *);
    /* Names of the age groups of failures, ended by NULL; NULL if the rule has none. */
    const char *const *ages;
    /* The age group of a failure, an index of ages. */
    size_t (*age)(const struct observation *, const struct condition *, const struct policy *);
    /* The name of a time in the policy that only this rule reads, and the time; or NULL. */
    const char *parameter;
    const struct timestamp *(*parameter_value)(const struct policy *);
    const char *purpose;       /* what it finds and why that matters; follows the id in reports */
    const char *const *limits; /* what it does not show, one sentence each; ends with NULL */
    const char *explanation;   /* for --explain */
};

/* The cut-off of a policy unless the user sets one. */
extern const struct timestamp rules_default_cutoff;

/* All rules, by id. To add a rule, add a file and a line here. */
#define RULES(RULE)                                                                                \
    RULE(acm_005)                                                                                  \
    RULE(iam_033)

#define RULES_DECLARE(name) extern const struct rule rule_##name;
RULES(RULES_DECLARE)

/* The same rules; ends with NULL. */
extern const struct rule *const rules[];

/* Finds a rule by id; case does not matter. NULL if there is none. */
const struct rule *rules_find(const char *id);

/* Sorts rules into the order of reports: the most severe first, then by id. */
void rules_sort(const struct rule **list, size_t count);

/* The index of the rule in a list; count if it is not there. */
size_t rules_number(const struct rule *const *list, size_t count, const struct rule *rule);

const struct condition *rules_condition(const struct rule *rule, const char *name);

/* Names as in reports: `FAIL`, `High`. */
const char *rules_result_name(enum result result);
const char *rules_severity_name(enum severity severity);

/* For struct condition. */
struct deciding_value rules_by_arn(const struct observation *seen);
struct deciding_value rules_by_upload_date(const struct observation *seen);
struct deciding_value rules_by_status(const struct observation *seen);
struct deciding_value rules_by_type(const struct observation *seen);
struct deciding_value rules_by_not_after(const struct observation *seen);

/* Add the deciding value as in the export (`absent` if there is none), and its JSON Pointer. */
void rules_add_observed(const struct observation *observation, const struct condition *condition,
                        struct text *text);
void rules_add_pointer(const struct observation *observation, const struct condition *condition,
                       struct text *text);

#endif
