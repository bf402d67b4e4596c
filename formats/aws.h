/*
 * aws.h: what the readers share: members of AWS outputs as facts of model.h. Everything is copied
 * into the evidence's pool, since the document's tree does not last.
 */
#ifndef AWS_H
#define AWS_H

#include "readers.h"

/* A text member; NULL where it is absent or no text. */
const char *aws_text(struct pool *pool, const cJSON *object, const char *name);
struct member aws_member(struct pool *pool, const cJSON *object, const char *name);
struct moment aws_moment(struct pool *pool, const cJSON *object, const char *name);

/* The texts of a list, joined; NULL where there are none. */
const char *aws_joined(struct pool *pool, const cJSON *list, const char *separator);

/* Adds the record at pointer (and index, or OBSERVATION_ALONE) to the evidence. The pointer is not
 * copied. */
void aws_add_iam_record(struct reading *reading, const cJSON *record, const char *pointer,
                        size_t index);
void aws_add_acm_summary(struct reading *reading, const cJSON *record, const char *pointer,
                         size_t index);
void aws_add_acm_description(struct reading *reading, const cJSON *record, const char *pointer);

/* Reads the list that the document holds under name, element by element, and notes in the
 * evidence that there is one, and whether it goes on. False where it is no list. */
bool aws_read_list(struct reading *reading, const cJSON *root, const char *name,
                   const char *pointer, enum service service);

/* Notes that an object that should hold a certificate is empty: `Certificate: {}`. */
bool aws_is_empty(struct reading *reading, const cJSON *record, const char *name);

#endif
