/* rules.c: see rules.h. */
#include "rules/rules.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define RULES_ADDRESS(name) &rule_##name,
const struct rule *const rules[] = {RULES(RULES_ADDRESS) NULL};

/* 2014-04-01T00:00:00Z, the date in the definition of IAM-033. */
const struct timestamp rules_default_cutoff = {INT64_C(1396310400), "", true};

const struct rule *rules_find(const char *id)
{
    for (const struct rule *const *rule = rules; *rule != NULL; rule++)
        if (text_same_folded((*rule)->id, id))
            return *rule;
    return NULL;
}

static int by_severity(const void *left, const void *right)
{
    const struct rule *a = *(const struct rule *const *)left;
    const struct rule *b = *(const struct rule *const *)right;
    return a->severity != b->severity ? (int)a->severity - (int)b->severity : strcmp(a->id, b->id);
}

void rules_sort(const struct rule **list, size_t count)
{
    if (count > 0)
        qsort(list, count, sizeof *list, by_severity);
}

size_t rules_number(const struct rule *const *list, size_t count, const struct rule *rule)
{
    size_t number = 0;
    while (number < count && list[number] != rule)
        number++;
    return number;
}

const struct condition *rules_condition(const struct rule *rule, const char *name)
{
    for (const struct condition *condition = rule->conditions; condition->name; condition++)
        if (strcmp(condition->name, name) == 0)
            return condition;
    return NULL;
}

const char *rules_result_name(enum result result)
{
    static const char *const names[RESULT_COUNT] = {"FAIL", "UNKNOWN", "WAIVED", "PASS",
                                                    "NOT_APPLICABLE"};
    return names[result];
}

const char *rules_severity_name(enum severity severity)
{
    static const char *const names[] = {"High", "Medium", "Low"};
    return names[severity];
}

struct deciding_value rules_by_arn(const struct observation *seen)
{
    const char *pointer = seen->kind == OBSERVED_IAM_RECORD ? "/Arn" : "/CertificateArn";
    return (struct deciding_value){&seen->arn, NULL, pointer, ""};
}

struct deciding_value rules_by_upload_date(const struct observation *seen)
{
    return (struct deciding_value){NULL, &seen->uploaded, "/UploadDate", ""};
}

struct deciding_value rules_by_status(const struct observation *seen)
{
    return (struct deciding_value){&seen->acm->status, NULL, "/Status", ""};
}

struct deciding_value rules_by_type(const struct observation *seen)
{
    return (struct deciding_value){&seen->acm->type, NULL, "/Type", ""};
}

struct deciding_value rules_by_not_after(const struct observation *seen)
{
    const char *pointer = seen->kind == OBSERVED_IAM_RECORD ? "/Expiration" : "/NotAfter";
    return (struct deciding_value){NULL, &seen->not_after, pointer, ""};
}

static bool is_absent(const struct deciding_value *value)
{
    return value->moment != NULL ? value->moment->state == MOMENT_ABSENT
                                 : value->member->state == MEMBER_ABSENT;
}

void rules_add_observed(const struct observation *observation, const struct condition *condition,
                        struct text *text)
{
    const struct deciding_value value = condition->decided_by(observation);
    if (is_absent(&value))
        text_add(text, "absent");
    else
        text_add(text, value.moment != NULL ? value.moment->text : value.member->text);
}

void rules_add_pointer(const struct observation *observation, const struct condition *condition,
                       struct text *text)
{
    const struct deciding_value value = condition->decided_by(observation);
    evidence_add_pointer(observation, is_absent(&value) ? value.absent_pointer : value.pointer,
                         text);
}
