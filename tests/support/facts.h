/*
 * facts.h: evidence made by hand, for the tests of judgement and reports. A record begins as that
 * of a certificate that passes; a list of changes makes it different. Everything lives until the
 * test ends. Independent of file formats.
 */
#ifndef FACTS_H
#define FACTS_H

#include "audit/assess.h"
#include "base/text.h"

#define FACTS_ACM_ARN "arn:aws:acm:eu-west-1:111122223333:certificate/1"
#define FACTS_IAM_ARN "arn:aws:iam::111122223333:server-certificate/web"
#define FACTS_AS_OF "2026-11-20T00:00:00Z"
#define FACTS_CUTOFF "2014-04-01T00:00:00Z"

/* The pool of everything that this module makes. */
struct pool *facts_pool(void);

/* New, empty evidence. */
struct evidence *facts_evidence(void);

/* The file of that name in the evidence. Adds it if it is missing: used, and without problems. */
struct evidence_file *facts_file(struct evidence *evidence, const char *name);

/* Adds a problem to the file. */
void facts_problem(struct evidence_file *file, enum diag_id id, size_t line, size_t column,
                   const char *detail);

/*
 * Adds an observation, the first in its file and line 1, with the changes made: `NAME=VALUE` joined
 * by `|`. NAME alone removes the member; `NAME:VALUE` gives it a JSON value that is not a string.
 * Names are those of the AWS API, and also:
 *   Arn, Id, Name, Path, InUse (yes, no, not stated), InUseBy, Document, Line, Pointer, Index
 *   Domain=, RenewalDomain=           begin a domain of the request or the renewal; of it are
 *   ValidationDomain, Method, Validation (its ValidationStatus), RecordName, RecordType,
 *   RecordValue, From, To, Emails
 *   Domain:, RenewalDomain:           an element that is not an object
 *   Alternative=                      one more of SubjectAlternativeNames
 *   Whole, Exported                   with any value, or without for no
 *   UpdateStatus, UpdateRequestedAt   of UpdateSummary
 *   RenewalUpdatedAt, RenewalBeside   of the RenewalSummary; RenewalStatus beside Status
 *   KeyPairOrigin                     CertificateKeyPairOrigin
 *   RenewalStatus                     makes the RenewalSummary too; RenewalSummary: makes it a
 * non-object
 */
struct observation *facts_iam(struct evidence *evidence, const char *file, const char *changes);
struct observation *facts_summary(struct evidence *evidence, const char *file, const char *changes);
struct observation *facts_description(struct evidence *evidence, const char *file,
                                      const char *changes);

/* Adds an observation that the caller owns. */
void facts_add(struct evidence *evidence, struct observation *seen);

/* The evidence's copy of an observation that was added. */
struct observation *facts_observation(struct evidence *evidence, size_t index);

/* Sorts the observations of the evidence and runs the assessment, which is the caller's. Sets its
 * rules to both if they are NULL. */
void facts_run(struct assessment *assessment);

/* One rule, or both, in the form of an assessment's list. */
const struct rule *const *facts_rules(bool iam, bool acm, size_t *count);

/* Makes the changes; or one change, whose value may contain `|`. */
void facts_change(struct observation *seen, const char *changes);
void facts_set(struct observation *seen, const char *name, const char *value);

struct timestamp facts_when(const char *text);

/* The policy with that as-of time and the default cut-off. */
struct policy facts_policy(const char *as_of);

/* Assesses the evidence under both rules. */
struct assessment *facts_assess(struct evidence *evidence);
/* The same, with this policy and these rules. */
struct assessment *facts_assess_with(struct evidence *evidence, const struct policy *policy,
                                     bool iam, bool acm, bool named);

/* The content of the text, which is freed. */
const char *facts_kept(struct text *text);
const char *facts_reason(const struct assessment *assessment, const struct finding *finding);

/* Fails if text does not contain part; or if it does. */
void facts_holds(const char *text, const char *part);

/* Fails unless the file was read, if says is NULL, or refused with `NAME:LINE: ` and says. */
void facts_read(bool fine, const char *said, const char *name, size_t line, const char *says);
void facts_lacks(const char *text, const char *part);

#endif
