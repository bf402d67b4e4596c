/*
 * verdict.h: what the whole run amounts to: what is missing, the verdict in a sentence, the notes
 * on it, the exit status. All come from the same counts, so that they never disagree.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "audit/assessment.h"

struct text;

/* Whether a rule for the service was applied. */
bool verdict_concerns(const struct assessment *assessment, enum service service);

/* Whether the rule of that number was named by --rule and has neither a certificate nor a list. */
bool verdict_is_empty(const struct assessment *assessment, size_t rule);

/* Counts the gaps of an assessment that is complete but for them. */
struct gaps verdict_gaps(const struct assessment *assessment);
bool verdict_has_gaps(const struct gaps *gaps);

/* Whether the only faults of the file are incomplete lists, which count as such. */
bool verdict_is_only_truncated(const struct evidence_file *file);

/* Adds the gaps of the assessment, joined by "; "; nothing if there are none. */
void verdict_add_gaps(const struct assessment *assessment, struct text *text);

/* Adds the verdict, in one or two sentences. */
void verdict_add_sentence(const struct assessment *assessment, struct text *text);

/* Adds the gaps that the sentence does not name, joined by "; ". */
void verdict_add_other_gaps(const struct assessment *assessment, struct text *text);

/* Adds a note, of those from 0 to VERDICT_NOTES - 1: what is not counted, what was moved, and so
 * on. Adds nothing if there is nothing to note. */
enum { VERDICT_NOTES = 6 };
void verdict_add_note(const struct assessment *assessment, size_t number, struct text *text);

/* Adds all of these, a line each: the sentence, the other gaps, the notes. */
void verdict_add(const struct assessment *assessment, struct text *text);

/* 0: all assessed, no FAIL; 1: a FAIL; 3: no FAIL, but something is missing or undecided. */
int verdict_exit_status(const struct assessment *assessment);

#endif
