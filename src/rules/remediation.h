/*
 * remediation.h: lines of remediation, to be pasted into a POSIX shell after review. Values come
 * from the audited party: each is one quoted word, and none can end a line or begin a command.
 */
#ifndef REMEDIATION_H
#define REMEDIATION_H

#include "base/text.h"

/* A command that is being written. */
struct remediation {
    struct text *text;
    size_t start;
    bool note;
    bool refused;
};

/* Begins a line with what is ours: a command's fixed words. */
struct remediation remediation_begin(struct text *text, const char *command);

/* Adds ` option value`. A value that is NULL or "" is written as the placeholder. */
void remediation_option(struct remediation *remedy, const char *option, const char *value,
                        const char *placeholder);

/* Adds one more value; one with a leading dash is refused, unless the line is only to be read. */
void remediation_word(struct remediation *remedy, const char *value);

/* Ends the line. Where a value held a character that a screen does not show as it is, or would have
 * been read as a file's name by the AWS CLI (file://, fileb://, http://, https://), a line that
 * says so stands in its place. */
void remediation_end(struct remediation *remedy);

/* Begins a line that is only to be read: a `#` and what is ours. A shell may be told to run even
 * that, so the values in it are quoted too. */
struct remediation remediation_begin_note(struct text *text, const char *note);

/* A line that is only to be read, all of it ours. */
void remediation_note(struct text *text, const char *note);

#endif
