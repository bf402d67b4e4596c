/* rules.c: the list of the rules, and what they have in common. */
#include "rules.h"
#include "text.h"
#include <string.h>

const struct rule *const rules[RULE_COUNT] = {&rule_iam_033, &rule_acm_005};

const struct rule *rules_find(const char *id)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (text_same_folded(rules[i]->id, id))
            return rules[i];
    return NULL;
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

static struct member moment_member(const struct moment *moment)
{
    return (struct member){moment->state == MOMENT_ABSENT ? MEMBER_ABSENT : MEMBER_TEXT,
                           moment->text};
}

/* The member that decides, and where it is, or would be, below the record. */
static struct member deciding(const struct observation *seen, enum deciding_member which,
                              const char **suffix)
{
    switch (which) {
    case DECIDED_BY_ARN:
        *suffix = seen->kind == OBSERVED_IAM_RECORD ? "/Arn" : "/CertificateArn";
        return seen->arn;
    case DECIDED_BY_UPLOAD_DATE:
        *suffix = "/UploadDate";
        return moment_member(&seen->uploaded);
    case DECIDED_BY_STATUS:
        *suffix = "/Status";
        return seen->acm->status;
    case DECIDED_BY_TYPE:
        *suffix = "/Type";
        return seen->acm->type;
    case DECIDED_BY_NOT_AFTER:
        *suffix = "/NotAfter";
        return moment_member(&seen->not_after);
    case DECIDED_BY_RENEWAL_STATUS:
        break;
    }
    if (!seen->acm->renewal_is_object) {
        *suffix = "/RenewalSummary";
        return seen->acm->renewal_summary;
    }
    *suffix = "/RenewalSummary/RenewalStatus";
    return seen->acm->renewal_status;
}

void rules_add_observed(const struct observation *observation, const struct condition *condition,
                        struct text *text)
{
    const char *suffix;
    struct member member = deciding(observation, condition->member, &suffix);
    text_add(text, member.state == MEMBER_ABSENT ? "absent" : member.text);
}

void rules_add_pointer(const struct observation *observation, const struct condition *condition,
                       struct text *text)
{
    const char *suffix;
    struct member member = deciding(observation, condition->member, &suffix);
    if (member.state == MEMBER_ABSENT) /* the object that lacks it */
        suffix = condition->member == DECIDED_BY_RENEWAL_STATUS ? "/RenewalSummary" : "";
    model_add_pointer(observation, suffix, text);
}
