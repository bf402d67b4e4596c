/*
 * aws.h: what the readers share: members of AWS outputs as facts of model.h. What is observed is
 * packed into the part that is read for, since the document's tree does not last.
 */
#ifndef AWS_H
#define AWS_H

#include "aws/readers.h"

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
