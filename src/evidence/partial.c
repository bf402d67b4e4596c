/* partial.c: see partial.h. */
#include "evidence/partial.h"
#include "base/memory.h"
#include "base/pool.h"
#include "evidence/observation.h"
#include <stdlib.h>
#include <string.h>

void partial_add_observation(struct partial *part, const struct observation *seen)
{
    part->records = memory_grow(part->records, &part->record_room, part->record_count + 1,
                                sizeof *part->records);
    part->records[part->record_count++] = observation_keep(part->pool, seen);
}

void partial_add_problem(struct partial *part, enum diag_id id, size_t line, size_t column,
                         const char *detail)
{
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

void partial_join_file(struct partial *part)
{
    part->file->documents += part->documents;
    part->file->certificates += part->record_count;
    join_kinds(part);
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
