/*
 * record.h: an observation at rest. A large organisation has a million certificates, so what is
 * observed of one is kept in as few bytes as it takes, and opened to be looked at. Records belong
 * to a pool and never change.
 */
#ifndef RECORD_H
#define RECORD_H

#include "evidence/evidence.h"

struct record;
struct pool;

/* Where records are opened: one at a time. */
struct record_view {
    struct observation seen;
    struct acm_facts acm;
    struct pool *pool;
};

struct record_view *record_view_new(void);
void record_view_free(struct record_view *view);

/* Packs what is observed into the pool: a copy of all but the records, redirects and mailboxes of
 * domains that do not wait (evidence_domain_waits), which nobody asks for. seen->pointer is not
 * copied and must last. scratch is overwritten. */
const struct record *record_pack(struct pool *pool, const struct observation *seen,
                                 struct text *scratch);

/* Asks the processor for records that will be looked at soon, the number-th and a few behind it:
 * there are more of them than its caches hold, and to wait for each took half of the time of
 * judging them. */
void record_expect(const struct record *const *records, size_t number, size_t count);

/* What was packed. Lives until the next one is opened in the same view; its texts are the
 * record's. */
const struct observation *record_open(const struct record *record, struct record_view *view);

/* These need not be opened. Texts are "" where the member is no text. */
struct evidence_file *record_file(const struct record *record);
enum service record_service(const struct record *record);
enum observation_kind record_kind(const struct record *record);
enum in_use record_in_use(const struct record *record);
bool record_has_arn(const struct record *record);
bool record_is_listed(const struct record *record); /* an element of a list */
const char *record_arn(const struct record *record);
const char *record_id(const struct record *record);
const char *record_name(const struct record *record);

/* Adds `FILE:LINE POINTER`, without the pointer where it is the document itself. */
void record_add_place(const struct record *record, struct text *text);

/* By file, document and pointer: negative, 0 or positive. */
int record_compare(const struct record *left, const struct record *right);

#endif
