/* rules.c: the list of the rules, and what they have in common. */
#include "rules/rules.h"
#include "base/text.h"
#include <assert.h>
#include <string.h>

const struct rule *const rules[RULE_COUNT] = {&rule_iam_033, &rule_acm_005};

const struct rule *rules_find(const char *id)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (text_same_folded(rules[i]->id, id))
            return rules[i];
    return NULL;
}

size_t rules_number(const struct rule *rule)
{
    size_t number = 0;
    while (number < RULE_COUNT && rules[number] != rule)
        number++;
    assert(number < RULE_COUNT);
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

/* The moment that decides; NULL where another member does. */
static const struct moment *deciding_moment(const struct observation *seen,
                                            enum deciding_member which)
{
    return which == DECIDED_BY_UPLOAD_DATE ? &seen->uploaded
           : which == DECIDED_BY_NOT_AFTER ? &seen->not_after
                                           : NULL;
}

/* The member that decides; NULL where a moment does. */
static const struct member *deciding_member(const struct observation *seen,
                                            enum deciding_member which)
{
    switch (which) {
    case DECIDED_BY_ARN:
        return &seen->arn;
    case DECIDED_BY_STATUS:
        return &seen->acm->status;
    case DECIDED_BY_TYPE:
        return &seen->acm->type;
    case DECIDED_BY_RENEWAL_STATUS:
        return seen->acm->renewal_is_object ? &seen->acm->renewal_status
                                            : &seen->acm->renewal_summary;
    case DECIDED_BY_UPLOAD_DATE:
    case DECIDED_BY_NOT_AFTER:
        break;
    }
    return NULL;
}

static bool is_absent(const struct observation *seen, enum deciding_member which)
{
    const struct moment *moment = deciding_moment(seen, which);
    return moment != NULL ? moment->state == MOMENT_ABSENT
                          : deciding_member(seen, which)->state == MEMBER_ABSENT;
}

/* Where the member is below the record. */
static const char *suffix_of(const struct observation *seen, enum deciding_member which)
{
    switch (which) {
    case DECIDED_BY_ARN:
        return seen->kind == OBSERVED_IAM_RECORD ? "/Arn" : "/CertificateArn";
    case DECIDED_BY_UPLOAD_DATE:
        return "/UploadDate";
    case DECIDED_BY_STATUS:
        return "/Status";
    case DECIDED_BY_TYPE:
        return "/Type";
    case DECIDED_BY_NOT_AFTER:
        return "/NotAfter";
    case DECIDED_BY_RENEWAL_STATUS:
        break;
    }
    return seen->acm->renewal_is_object ? "/RenewalSummary/RenewalStatus" : "/RenewalSummary";
}

void rules_add_observed(const struct observation *observation, const struct condition *condition,
                        struct text *text)
{
    const struct moment *moment = deciding_moment(observation, condition->member);
    if (is_absent(observation, condition->member))
        text_add(text, "absent");
    else if (moment != NULL)
        evidence_add_moment(moment, text);
    else
        text_add(text, deciding_member(observation, condition->member)->text);
}

void rules_add_pointer(const struct observation *observation, const struct condition *condition,
                       struct text *text)
{
    bool absent = is_absent(observation, condition->member);
    const char *suffix = !absent ? suffix_of(observation, condition->member)
                         : condition->member == DECIDED_BY_RENEWAL_STATUS ? "/RenewalSummary"
                                                                          : "";
    evidence_add_pointer(observation, suffix, text); /* or of the object that lacks it */
}
