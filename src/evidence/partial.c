/* partial.c: see partial.h. */
#include "evidence/partial.h"
#include "base/memory.h"
#include "base/pool.h"
#include "evidence/observation.h"
#include <stdlib.h>
#include <string.h>

/* A time in year 1 is how .NET writes that there is none. */
static bool is_in_year_one(const struct timestamp *at)
{
    const int64_t year_two = -62104060800;
    return at->seconds < year_two;
}

static void note_time(struct partial *part, const struct moment *moment)
{
    if (moment->state != MOMENT_READABLE || is_in_year_one(&moment->at) ||
        (part->dated && timestamp_compare(&moment->at, &part->newest) <= 0))
        return;
    part->dated = true;
    part->newest = moment->at;
}

/* When something was done, never when something begins or ends. */
static void note_times(struct partial *part, const struct observation *kept)
{
    const struct acm_facts *acm = kept->acm;
    note_time(part, &kept->uploaded);
    if (acm == NULL)
        return;
    note_time(part, &acm->created);
    note_time(part, &acm->issued);
    note_time(part, &acm->imported);
    note_time(part, &acm->revoked);
    note_time(part, &acm->renewal_updated);
    if (acm->update == NULL)
        return;
    note_time(part, &acm->update->requested);
    note_time(part, &acm->update->updated);
}

void partial_add_observation(struct partial *part, const struct observation *seen)
{
    part->records = memory_grow(part->records, &part->record_room, part->record_count + 1,
                                sizeof *part->records);
    const struct observation *kept = observation_keep(part->pool, seen);
    part->records[part->record_count++] = kept;
    note_times(part, kept);
}

/* Adds the problem that was repeated. */
static void end_repeated(struct partial *part)
{
    struct diag problem = part->repeated.first;
    struct text detail = TEXT_EMPTY;
    if (part->repeated.count == 0)
        return;
    text_add(&detail, problem.detail);
    if (part->repeated.count > 1)
        text_addf(&detail, " (the first of %zu such documents)", part->repeated.count);
    text_add(&detail, part->repeated.rest);
    problem.detail = pool_text(part->pool, text_string(&detail));
    text_free(&detail);
    evidence_note_problem(part->pool, &part->problems, &problem);
    part->repeated.count = 0;
}

void partial_add_repeated(struct partial *part, size_t document, const struct diag *problem,
                          const char *rest)
{
    struct repeated *repeated = &part->repeated;
    if (repeated->count == 0 || repeated->last + 1 != document ||
        repeated->first.id != problem->id || strcmp(repeated->rest, rest) != 0) {
        end_repeated(part);
        *repeated = (struct repeated){.first = *problem, .rest = rest};
        repeated->first.file = part->file->name;
        repeated->first.detail = pool_text(part->pool, problem->detail);
    }
    repeated->count++;
    repeated->last = document;
}

void partial_add_problem(struct partial *part, enum diag_id id, size_t line, size_t column,
                         const char *detail)
{
    end_repeated(part);
    const struct diag problem = {id, part->file->name, line, column,
                                 detail != NULL ? pool_text(part->pool, detail) : NULL};
    evidence_note_problem(part->pool, &part->problems, &problem);
}

/* Whether kinds, joined by "; ", contains the kind of that length. */
static bool has_kind(const char *kinds, const char *kind, size_t length)
{
    for (const char *at = kinds; at != NULL; at = strstr(at, "; "), at = at != NULL ? at + 2 : NULL)
        if (strncmp(at, kind, length) == 0 && (at[length] == '\0' || at[length] == ';'))
            return true;
    return false;
}

static const char *with_kind(struct pool *pool, const char *kinds, const char *kind, size_t length)
{
    if (has_kind(kinds, kind, length))
        return kinds;
    struct text text = TEXT_EMPTY;
    text_addf(&text, "%s; ", kinds);
    text_add_bytes(&text, kind, length);
    const char *kept = pool_text(pool, text_string(&text));
    text_free(&text);
    return kept;
}

void partial_add_kind(struct partial *part, const char *kind)
{
    if (part->kinds == NULL)
        part->kinds = kind;
    else if (kind != part->last_kind)
        part->kinds = with_kind(part->pool, part->kinds, kind, strlen(kind));
    part->last_kind = kind;
}

static void join_kinds(struct partial *part)
{
    struct evidence_file *file = part->file;
    if (file->kinds == NULL) {
        file->kinds = part->kinds;
        return;
    }
    for (const char *kind = part->kinds; kind != NULL && *kind != '\0';) {
        const char *end = strstr(kind, "; ");
        size_t length = end != NULL ? (size_t)(end - kind) : strlen(kind);
        file->kinds = with_kind(part->pool, file->kinds, kind, length);
        kind += length + (end != NULL ? strlen("; ") : 0);
    }
}

static void join_listings(struct partial *part, struct evidence *evidence)
{
    struct listing **last = &part->listings;
    while (*last != NULL)
        last = &(*last)->next;
    *last = evidence->listings;
    evidence->listings = part->listings;
}

static void join_mentions(struct partial *part, struct evidence *evidence)
{
    struct mention **last = &part->mentions;
    while (*last != NULL)
        last = &(*last)->next;
    *last = evidence->mentions;
    evidence->mentions = part->mentions;
}

static void join_times(struct partial *part)
{
    struct evidence_file *file = part->file;
    if (part->dated && (!file->dated || timestamp_compare(&part->newest, &file->newest) > 0)) {
        file->dated = true;
        file->newest = part->newest;
    }
}

void partial_join_file(struct partial *part)
{
    end_repeated(part);
    part->file->documents += part->documents;
    part->file->certificates += part->record_count;
    join_kinds(part);
    join_times(part);
    evidence_join_problems(part->pool, &part->file->problems, &part->problems);
}

void partial_join(struct partial *part, struct evidence *evidence)
{
    if (part->record_count > 0) {
        evidence->records =
            memory_grow(evidence->records, &evidence->record_room,
                        evidence->record_count + part->record_count, sizeof *evidence->records);
        memcpy(evidence->records + evidence->record_count, part->records,
               part->record_count * sizeof *part->records);
        evidence->record_count += part->record_count;
    }
    join_listings(part, evidence);
    join_mentions(part, evidence);
    partial_drop(part);
}

void partial_drop(struct partial *part)
{
    free(part->records);
    part->records = NULL;
}
