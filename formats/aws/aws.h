/*
 * aws.h: what the readers share: from records in a cJSON tree to the observations of evidence.h.
 * Observations are copied into the partial evidence, since the tree does not last.
 */
#ifndef AWS_H
#define AWS_H

#include "aws/reader.h"

/* Adds the record at the JSON Pointer; in a list, at its index there, else OBSERVATION_ALONE. The
 * pointer is not copied. */
void aws_add_iam_record(struct reading *reading, const cJSON *record, const char *pointer,
                        size_t index);
void aws_add_acm_summary(struct reading *reading, const cJSON *record, const char *pointer,
                         size_t index);
void aws_add_acm_description(struct reading *reading, const cJSON *record, const char *pointer);

/* Adds the elements of the document's list of that name, and the list itself: its length, and
 * whether more pages follow. False, with a problem, if it is not a list. */
bool aws_read_list(struct reading *reading, const cJSON *root, const char *name,
                   const char *pointer, enum service service);

/* Whether an object that should describe a certificate is empty (`Certificate: {}`); then adds a
 * problem. */
bool aws_is_empty(struct reading *reading, const cJSON *record, const char *name);

/* Whether the member is an ARN of that service. */
bool aws_is_arn_of(const cJSON *member, enum service service);

/* Whether the record's ARN (CertificateArn for ACM, Arn for IAM; if it has only the other one,
 * that) is of another service. */
bool aws_is_of_other_service(const cJSON *record, enum service service);

/* Adds a problem at the position of the document. detail is copied. */
void aws_add_problem(struct reading *reading, enum diag_id id, const char *detail);

/* Adds a problem of the whole document, which is named once for documents in a row; see
 * partial_add_repeated. */
void aws_add_repeated(struct reading *reading, enum diag_id id, const char *detail,
                      const char *rest);

#endif
