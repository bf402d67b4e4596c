/*
 * traces.h: signs that a text or a member is about a certificate. What has traces and is not read
 * is named, never skipped in silence. certaudit(5) has the same list.
 */
#ifndef TRACES_H
#define TRACES_H

#include "evidence/evidence.h"

/* Member names that are traces, folded as traces_fold does it; ends with NULL. */
extern const char *const traces_names[];

/* The character as it is compared: in lower case; '\0' for `_`, `-` and blanks, which are passed
 * over. */
static inline char traces_fold(char character)
{
    if (character == '_' || character == '-' || character == ' ' || character == '\t')
        return '\0';
    return character >= 'A' && character <= 'Z' ? (char)(character | 0x20) : character;
}

/* Whether the characters of name are those of folded, without regard to case, `_`, `-` and blanks.
 * Inline, because most names differ in their first characters. */
static inline bool traces_is_same(const char *name, size_t length, const char *folded)
{
    for (size_t i = 0; i < length; i++) {
        char character = traces_fold(name[i]);
        if (character != '\0' && character != *folded++)
            return false;
    }
    return *folded == '\0';
}

/* The index in traces_names, or TRACES_NONE. */
#define TRACES_NONE ((size_t)-1)
size_t traces_find(const char *name, size_t length);

/* Whether the member's name is a trace, without regard to case, `_`, `-` and blanks. */
bool traces_is_name(const char *name);

/* Whether a text is the ARN of an ACM certificate or of an IAM server certificate; then sets
 * service. Accounts may be redacted. */
bool traces_is_certificate_arn(const char *text, size_t length, enum service *service);

/* The number of characters of the ARN that text begins with: letters, digits and `:/_.+=@*-`. */
size_t traces_arn_length(const char *text);

#endif
