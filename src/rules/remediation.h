/*
 * remediation.h: writes remediation commands, which people paste into a POSIX shell after review.
 * Values come from the audited party, so each is quoted as one word, and none can end a line or
 * start a command.
 */
#ifndef REMEDIATION_H
#define REMEDIATION_H

#include "base/text.h"

struct observation;

/* A line that is being written. The text is borrowed. seen: the certificate, or NULL; a line that
 * is left out then names it. */
struct remediation {
    struct text *text;
    size_t start;
    bool note;
    bool refused;
    const struct observation *seen;
};

/* Starts a line with the fixed words of a command. */
struct remediation remediation_begin(struct text *text, const char *command);

/* Adds ` option value`; the placeholder if the value is NULL or "". */
void remediation_option(struct remediation *remedy, const char *option, const char *value,
                        const char *placeholder);

/* Adds a value without an option. In a command, a value with a leading dash is unsafe. */
void remediation_word(struct remediation *remedy, const char *value);

/* Ends the line. If a value was unsafe, a comment that says so replaces the line: a reader could
 * not see what the value is (control and invisible characters), or the AWS CLI would replace it
 * with the content of a file or URL (file://, fileb://, http://, https://). */
void remediation_end(struct remediation *remedy);

/* Starts a comment for people: `# ` and the note. Its values are quoted too, since a shell may run
 * the line all the same: zsh has no comments at its prompt, and a reader may remove the `#`. */
struct remediation remediation_begin_note(struct text *text, const char *note);

/* A comment that names the certificate and its place in the evidence, whatever they contain:
 * `# NOTE certificate NAME, in FILE, line LINE`. */
void remediation_source(struct text *text, const char *note, const struct observation *seen);

/* A comment without values. */
void remediation_note(struct text *text, const char *note);

#endif
