/* explain.c: see explain.h. */
#include "cli/explain.h"
#include "base/text.h"
#include "cli/suggest.h"

void explain_add_list(struct text *text)
{
    for (size_t i = 0; rules[i] != NULL; i++)
        text_addf(text, "%-9s %-36s %-8s %s; %s\n", rules[i]->id, rules[i]->title,
                  rules_severity_name(rules[i]->severity),
                  rules[i]->applies == SERVICE_ACM ? "ACM certificates" : "IAM server certificates",
                  rules[i]->pillars);
}

void explain_add_rule(const struct rule *rule, const struct controls *controls, struct text *text)
{
    text_addf(text,
              "%s %s\nSeverity: %s (the rule's rating in the knowledge base of Trend Vision One\n"
              "  Cloud Risk Management, formerly Cloud One Conformity)\nWell-Architected pillars: "
              "%s\n\n%s\nConditions\n",
              rule->id, rule->title, rules_severity_name(rule->severity), rule->pillars,
              rule->explanation);
    for (const struct condition *condition = rule->conditions; condition->name; condition++)
        text_addf(text, "  %-15s %-25s %s\n", rules_result_name(condition->result), condition->name,
                  condition->meaning);
    text_add(text, "\nRelevant controls\n");
    for (size_t i = 0; i < controls->count; i++) {
        const struct control *control = &controls->rows[i];
        if (control->rule != rule)
            continue;
        text_add(text, "  ");
        controls_add_framework(&controls->columns[control->column], text);
        text_addf(text, " %s (%s): %s\n", control->control, control->relation, control->title);
    }
}

void explain_add_unknown_framework(const struct controls *controls, const char *name,
                                   struct text *text)
{
    struct suggestion meant = suggest_begin(name);
    text_addf(text, "%s: unknown framework; use one of", name);
    for (size_t i = 0; i < controls->column_count; i++) {
        text_addf(text, "%s %s", i > 0 ? "," : "", controls->columns[i].title);
        suggest_offer(&meant, controls->columns[i].title);
        suggest_offer(&meant, controls->columns[i].framework);
    }
    suggest_end(&meant, "", text);
}
