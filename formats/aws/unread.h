/*
 * unread.h: what no reader reads: certificate records in another form, which are a fault, and ARNs
 * of certificates, which are mentions. Both are collected in the reading while its document is
 * read.
 */
#ifndef UNREAD_H
#define UNREAD_H

#include "aws/reader.h"

/* Looks through a value at that JSON Pointer. */
void unread_look(struct reading *reading, const cJSON *value, const char *pointer);

/* Looks through the members of the object at that JSON Pointer, without the one that is read. */
void unread_look_beside(struct reading *reading, const cJSON *object, const char *pointer,
                        const char *read);

/* Adds the element of a list at that JSON Pointer as a record that is not read. */
void unread_add_element(struct reading *reading, const char *pointer, size_t index);

/* Ends the document. If it has such records or lists, adds a problem that names the first one, and
 * returns true; otherwise adds its mentions, each ARN once. */
bool unread_conclude(struct reading *reading);

#endif
