/* waivers.c: see waivers.h. */
#include "audit/waivers.h"
#include "base/memory.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

void waivers_add(struct waivers *waivers, const struct waiver *waiver)
{
    waivers->lines =
        memory_grow(waivers->lines, &waivers->room, waivers->count + 1, sizeof *waiver);
    waivers->lines[waivers->count++] = *waiver;
}

/* On a mismatch only the last `*` is extended by a byte: an earlier one could not match anything
 * that the last one cannot. So the time is at most the product of both lengths. */
bool waivers_covers(const char *pattern, const char *arn)
{
    const char *star = NULL, *retry = NULL;
    while (*arn != '\0') {
        if (*pattern == '*') {
            star = ++pattern;
            retry = arn;
        } else if (*pattern == *arn) {
            pattern++;
            arn++;
        } else if (star != NULL) {
            pattern = star;
            arn = ++retry;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

static bool has_begun(const struct waiver *waiver, const struct timestamp *as_of)
{
    return timestamp_compare(&waiver->approved, as_of) <= 0;
}

static bool has_expired(const struct waiver *waiver, const struct timestamp *as_of)
{
    return timestamp_compare(&waiver->expires, as_of) <= 0;
}

const struct waiver *waivers_match(struct waivers *waivers, const struct rule *rule,
                                   const char *arn, const struct timestamp *as_of,
                                   const struct waiver **lapsed)
{
    const struct waiver *in_force = NULL;
    *lapsed = NULL;
    for (size_t i = 0; i < waivers->count; i++) {
        struct waiver *waiver = &waivers->lines[i];
        if (waiver->rule != rule || !waivers_covers(waiver->arn, arn))
            continue;
        waiver->matched++;
        bool valid = has_begun(waiver, as_of) && !has_expired(waiver, as_of);
        if (valid && in_force == NULL)
            in_force = waiver;
        if (!valid && *lapsed == NULL)
            *lapsed = waiver;
    }
    return in_force;
}

enum waiver_state waivers_state(const struct waiver *waiver, const struct timestamp *as_of,
                                bool assessed)
{
    if (!assessed)
        return WAIVER_NOT_ASSESSED;
    if (waiver->matched == 0)
        return WAIVER_UNUSED;
    if (!has_begun(waiver, as_of))
        return WAIVER_NOT_YET;
    return has_expired(waiver, as_of) ? WAIVER_EXPIRED : WAIVER_IN_FORCE;
}

const char *waivers_state_name(enum waiver_state state)
{
    static const char *const names[] = {"in force", "not yet", "expired", "unused", "not assessed"};
    return names[state];
}

/* Whether expires is after the same date of the next year. Comparing the texts of the dates works
 * for 29 February too, which the next year lacks. */
static bool runs_past_a_year(const struct waiver *waiver)
{
    long years = strtol(waiver->expires_text, NULL, 10) - strtol(waiver->approved_text, NULL, 10);
    return years > 1 ||
           (years == 1 && strcmp(waiver->expires_text + 4, waiver->approved_text + 4) > 0);
}

void waivers_add_note(const struct waiver *waiver, struct text *text)
{
    size_t mark = text->length;
    text_add_note(text, mark, text_same_folded(waiver->approver, waiver->owner),
                  "the approver is the owner");
    text_add_note(text, mark, strspn(waiver->arn, "*") == strlen(waiver->arn),
                  "it covers all certificates (*)");
    text_add_note(text, mark, runs_past_a_year(waiver), "it is valid for more than 12 months");
    text_add_note(text, mark, *waiver->ticket == '\0', "it has no ticket");
}

void waivers_add_effect(const struct waiver *waiver, const struct timestamp *as_of,
                        struct text *text)
{
    bool begun = has_begun(waiver, as_of), expired = has_expired(waiver, as_of);
    if (!begun)
        text_addf(text, "A waiver (line %zu) applies only from %s, after the as-of time",
                  waiver->line, waiver->approved_text);
    else if (expired)
        text_addf(text, "A waiver (line %zu) was valid until %s and has expired", waiver->line,
                  waiver->expires_text);
    else
        text_addf(text, "Waived (line %zu): approved by %s, valid until %s", waiver->line,
                  waiver->approver, waiver->expires_text);
    if (*waiver->ticket != '\0')
        text_addf(text, ", ticket %s", waiver->ticket);
    text_add(text, ".");
    if (begun && !expired && *waiver->compensating_control != '\0')
        text_addf(text, " Compensating control: %s.", waiver->compensating_control);
}

void waivers_free(struct waivers *waivers)
{
    free(waivers->lines);
}
