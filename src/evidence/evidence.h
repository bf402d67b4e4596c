/*
 * evidence.h: what the evidence says: files, observations, certificates. Facts as exported, in the
 * terms of the AWS API; no outside format, no judgement. Every string and record belongs to the
 * evidence's pool.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "base/digest.h"
#include "base/limit.h"
#include "base/timestamp.h"
#include "evidence/diag.h"
#include <stdbool.h>
#include <stddef.h>

struct pool;
struct text;

enum service { SERVICE_ACM, SERVICE_IAM };

/* A member of an export. Absent: missing, null or "". Other: any other value; its text is then
 * the value as compact JSON. */
enum member_state { MEMBER_ABSENT, MEMBER_TEXT, MEMBER_OTHER };
struct member {
    enum member_state state;
    const char *text;
};

/* A member with a time. text: the value as exported, NULL if absent. */
enum moment_state { MOMENT_ABSENT, MOMENT_READABLE, MOMENT_UNREADABLE };
struct moment {
    enum moment_state state;
    const char *text;
    struct timestamp at;
};

/* One element of DomainValidationOptions. Missing members are NULL; emails are joined by ", ". */
struct domain {
    const char *name, *validation_domain, *method, *status;
    const char *record_name, *record_type, *record_value;
    const char *redirect_from, *redirect_to;
    const char *emails;
};

struct domains {
    struct domain *items;
    size_t count;
    size_t unreadable; /* elements that are not objects; 1 if the value is not a list */
};

enum in_use { IN_USE_NOT_STATED, IN_USE_YES, IN_USE_NO };

enum evidence_state {
    EVIDENCE_USED,
    EVIDENCE_PARTIAL,
    EVIDENCE_UNUSABLE,
    EVIDENCE_UNREAD, /* it contains certificate records in a form that no reader claims */
    EVIDENCE_UNRELATED,
    EVIDENCE_DUPLICATE,
    EVIDENCE_SKIPPED
};

/* Problems of one file or of a part of it. All are counted; LIMIT_PROBLEMS are kept: the most
 * serious ones, and of these the first. */
struct problems {
    struct diag *kept; /* the most serious first; NULL if there are none */
    size_t count;
    size_t harmless; /* how many do not make the evidence incomplete */
    size_t unread;   /* how many are records that no reader claims */
};

/* One input file. */
struct evidence_file {
    const char *name; /* as on the command line, printable */
    const char *path; /* to open it, byte for byte */
    bool named;       /* given on the command line itself */
    bool passing;     /* standard input or a FIFO, which can be read only once */
    enum evidence_state state;
    const char *reason;   /* why it is skipped; NULL if it is not */
    const char *kinds;    /* commands, joined by "; " */
    bool hashed, changed; /* changed: while it was read */
    size_t bytes;
    char sha256[DIGEST_HEX];
    size_t documents, certificates;
    bool fault; /* makes the evidence incomplete */
    struct problems problems;
    const struct evidence_file *original; /* of a duplicate */
    const char *account;                  /* of its first certificate that states one, or NULL */
    size_t private_key_line;              /* of the first private key in it; 0 if there is none */
    bool dated;                           /* it contains a time of AWS: */
    struct timestamp newest;              /* the latest one, so it was made then or later */
};

/* A certificate's ARN in a document that has no record of it, such as a listener. */
struct mention {
    struct mention *next;
    struct evidence_file *file;
    size_t document, line;
    const char *pointer, *arn;
    enum service service;
};

/* A list of certificates in the evidence. */
struct listing {
    struct listing *next;
    const struct evidence_file *file;
    enum service service;
    size_t count; /* elements */
    bool truncated;
    bool shows_other_keys;        /* keys other than RSA_1024 and RSA_2048 */
    bool shows_acme;              /* a certificate whose CertificateKeyPairOrigin is ACME */
    const char *account, *region; /* of its first ARN, or "" */
};

enum observation_kind { OBSERVED_IAM_RECORD, OBSERVED_ACM_SUMMARY, OBSERVED_ACM_DESCRIPTION };

/* UpdateSummary: a change of the validation method. */
struct acm_update {
    struct member status;
    struct moment requested, updated;
};

/* Members that only ACM has. */
struct acm_facts {
    struct member status, type, failure_reason;
    struct member renewal_summary; /* MEMBER_OTHER if it is an object */
    bool renewal_is_object;
    struct member renewal_status, renewal_status_reason;
    struct moment renewal_updated;   /* RenewalSummary.UpdatedAt */
    struct member renewal_beside;    /* RenewalStatus beside Status, as a projection moves it */
    const struct acm_update *update; /* NULL if there is none */
    bool whole;                      /* InUseBy, Options and RenewalEligibility are there */
    bool exported;                   /* Exported is true, or Options.Export is ENABLED */
    const char *key_pair_origin;     /* CertificateKeyPairOrigin, or NULL */
    struct domains domains, renewal_domains;
    struct moment created, issued, imported, not_before, revoked;
    struct member renewal_eligibility;
    const char *issuer, *serial, *key_algorithm, *authority_arn;
    const char *in_use_by; /* ARNs joined by "; " */
    const char **alternative_names;
    size_t alternative_name_count;
};

/* One record of one certificate in one document. observation.h keeps it. */
struct observation {
    struct evidence_file *file;
    size_t document, line;
    const char *pointer; /* JSON Pointer of the record, or of its list if index is set */
    size_t index;        /* in that list; OBSERVATION_ALONE if it is not in a list */
    enum observation_kind kind;
    bool from_list;        /* from a list, which shows the population */
    struct member arn, id; /* id: ServerCertificateId; absent for ACM */
    const char *name;      /* ServerCertificateName or DomainName, or "" */
    const char *path;      /* Path (IAM), or "" */
    enum in_use in_use;
    struct moment uploaded;  /* UploadDate */
    struct moment not_after; /* NotAfter, for IAM Expiration */
    struct acm_facts *acm;   /* NULL for IAM */
};

#define OBSERVATION_ALONE ((size_t)-1)

/* An account and region, from ARNs; "" if an ARN does not state it. The region of IAM is global. */
struct location {
    const char *account, *region;
    size_t rank; /* by account, then region: from 0 */
};

/* A certificate: all records of one ARN (for IAM, with one ServerCertificateId). Records with a
 * masked ARN that cannot be of one certificate are several, each of them redacted. */
struct certificate {
    const struct location *location;
    const char *arn, *id;               /* "" if absent */
    const struct observation **records; /* by file, document and pointer */
    size_t record_count;
    const struct observation *shown; /* the record that its row shows: the first rule's choice */
    size_t finding_count;            /* a finding for each rule of its service */
    enum service service;
    bool listed, described;
    bool assessed;         /* it has findings, and none is UNKNOWN */
    bool fails, undecided; /* a finding is FAIL; one is UNKNOWN */
    bool redacted;         /* others have the same masked ARN */
    bool excluded;         /* by a line of the scope: assessed, but not counted */
    bool unlisted;         /* covered by no line of the scope */
};

/* All that was read. Readers add to it; then it does not change. */
struct evidence {
    struct pool *pool;
    struct evidence_file **files;
    size_t file_count, file_room;
    const struct observation **records; /* by file, document and pointer */
    size_t record_count, record_room;
    struct listing *listings;
    struct mention *mentions;
};

void evidence_add_file(struct evidence *evidence, struct evidence_file *file);

/* Frees the arrays; the records belong to the pool. */
void evidence_free(struct evidence *evidence);

/* Adds a problem. All memory is from the pool. */
void evidence_note_problem(struct pool *pool, struct problems *problems,
                           const struct diag *problem);

/* Adds problems that come after the others. */
void evidence_join_problems(struct pool *pool, struct problems *problems,
                            const struct problems *added);

/* Adds a problem of the file. detail is copied. */
void evidence_add_problem(struct pool *pool, struct evidence_file *file, enum diag_id id,
                          size_t line, size_t column, const char *detail);

/* `used`, `partial`. */
const char *evidence_state_name(enum evidence_state state);

/* Adds why a file without a problem is not used: it is a duplicate, or skipped. */
void evidence_add_reason(const struct evidence_file *file, struct text *text);

/* Adds the pointer of the observation's record, followed by suffix (such as "/Status"). */
void evidence_add_pointer(const struct observation *observation, const char *suffix,
                          struct text *text);

/* By the name in reports; by path if two names print alike. */
int evidence_compare_files(const struct evidence_file *left, const struct evidence_file *right);

/* `acm`, `iam`. */
const char *evidence_service_name(enum service service);
enum service evidence_service(const struct observation *observation);

/* A field of an ARN, by its number from 1, and its length. NULL if the ARN has less than six. */
const char *evidence_arn_field(const char *arn, size_t number, size_t *length);

/* Whether the text has the form of every region so far: lower-case words, the last one a direction,
 * and a number (`us-gov-west-1`, `eusc-de-east-1`). */
bool evidence_is_region(const char *text, size_t length);

/* Whether a name or id is masked: it contains `*`, `xxxx` or `redacted`, in upper or lower case. */
bool evidence_is_masked(const char *text);

/* Whether the account or the resource of an ARN is masked. */
bool evidence_is_masked_arn(const char *arn);

/* Whether the member is that text; whether two members are equal. */
bool evidence_member_is(const struct member *member, const char *text);
bool evidence_same_member(const struct member *left, const struct member *right);

/* Whether the domain is not validated, as far as the export shows. */
bool evidence_domain_waits(const struct domain *domain);

/* Whether two moments are the same instant, both absent, or the same unreadable text. */
bool evidence_same_moment(const struct moment *left, const struct moment *right);

#endif
