/*
 * record_inner.h: how a record lies in memory, for record.c, which opens it, and record_pack.c,
 * which makes it; nobody else. A record is its first fields and then bytes: texts that end in NUL,
 * each behind a tag, and counts of 7 bits a byte. A text that the record holds already (a
 * certificate's name is its domain's, and its alternative name) is a reference to it; the words
 * that nearly every record holds are a tag alone.
 */
#ifndef RECORD_INNER_H
#define RECORD_INNER_H

#include "evidence/record.h"
#include <stdint.h>

struct record {
    struct evidence_file *file;
    const char *pointer;
    uint8_t kind, from_list, in_use;
    uint8_t arn_state, id_state;
    char bytes[]; /* ARN, id and name, without tags; then the rest */
};

enum tag {
    TAG_NONE,
    TAG_TEXT,  /* a text follows */
    TAG_OTHER, /* of a member: one that is no text follows, as a text */
    TAG_MOMENT,
    TAG_WORD,          /* to TAG_REFERENCE: a word of the list below */
    TAG_REFERENCE = 64 /* and on: a text of this record */
};

enum { REFERENCES = 256 - TAG_REFERENCE };

struct record_word {
    const char *text;
    size_t length;
};
enum { RECORD_WORDS = 24 };
extern const struct record_word record_words[RECORD_WORDS]; /* the shorter ones first */

_Static_assert(TAG_WORD + RECORD_WORDS <= TAG_REFERENCE, "a word's tag is no reference");

/* What a moment's tag tells with the flags behind it. */
enum { MOMENT_HAS_ZONE = 1, MOMENT_HAS_TEXT = 2, MOMENT_HAS_FRACTION = 4, MOMENT_IS_READ = 8 };

/* Added to seconds, so that none is negative: no readable time is before the year 1. */
#define BEFORE_ALL INT64_C(70000000000)

/* The fields of a domain that are there, by their bits. */
enum { DOMAIN_FIELDS = 10, DOMAIN_FIELDS_ALWAYS = 4 };

/* The number-th text of a domain; the first ones are kept of every domain. */
const char **record_domain_field(struct domain *domain, size_t number);

/* What only ACM has, in the order in which a record holds it. */
enum { ACM_MEMBERS = 7, ACM_MOMENTS = 5, ACM_TEXTS = 5 };
void record_list_members(struct acm_facts *acm, struct member *members[ACM_MEMBERS]);
void record_list_moments(struct acm_facts *acm, struct moment *moments[ACM_MOMENTS]);
void record_list_texts(struct acm_facts *acm, const char **texts[ACM_TEXTS]);

#endif
