/*
 * remedy.h: lines of remediation, to be pasted into a POSIX shell after review. Values come from
 * the audited party: each is one quoted word, and none can end a line or begin a command.
 */
#ifndef REMEDY_H
#define REMEDY_H

#include "text.h"

/* A command that is being written. */
struct remedy {
    struct text *text;
    size_t start;
    bool refused;
};

/* Begins a line with what is ours: a command's fixed words. */
struct remedy remedy_begin(struct text *text, const char *command);

/* Adds ` option value`. A value that is NULL or "" is written as the placeholder. */
void remedy_option(struct remedy *remedy, const char *option, const char *value,
                   const char *placeholder);

/* Adds one more value of the option before; one with a leading dash is refused. */
void remedy_word(struct remedy *remedy, const char *value);

/* Ends the line. Where a value held a control character, or would have been read as a file's name
 * by the AWS CLI (file://, fileb://, http://, https://), a comment stands in its place. */
void remedy_end(struct remedy *remedy);

/* A line that the shell ignores: ours, then a value (may be NULL) on one line, then ours. */
void remedy_comment(struct text *text, const char *before, const char *value, const char *after);

#endif
