/*
 * estate.h: made-up estates: what the certificates really are, the folder of outputs that somebody
 * saved of them, and the auditor's own files. A seed and a size give the same estate every time.
 * The model shares no code with the product: it says what the contract promises of each
 * certificate.
 *
 * All memory lives until the process ends; a process makes a few hundred estates (sweep.h).
 */
#ifndef ESTATE_H
#define ESTATE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ESTATE_AS_OF INT64_C(1795132800)  /* HARNESS_AS_OF */
#define ESTATE_CUTOFF INT64_C(1396310400) /* 2014-04-01T00:00:00Z */

enum {
    ESTATE_ACCOUNTS = 4,
    ESTATE_REGIONS = 4,
    ESTATE_CERTIFICATES = 12,
    ESTATE_DOCUMENTS = 64,
    ESTATE_FILES = 80,
    ESTATE_LINES = 24,
};

enum estate_result {
    ESTATE_FAIL,
    ESTATE_UNKNOWN,
    ESTATE_PASS,
    ESTATE_NOT_APPLICABLE,
};

/* A time as an export has it. */
struct estate_time {
    enum { ESTATE_TIME_ABSENT, ESTATE_TIME_GOOD, ESTATE_TIME_ODD, ESTATE_TIME_NO_ZONE } kind;
    int64_t at; /* seconds since 1970 */
};

/* What a certificate really is. Absent texts are NULL. */
struct estate_certificate {
    bool iam;
    size_t account, region; /* indices; the region of IAM has no meaning */
    const char *arn, *name, *id;
    const char *status, *type, *renewal, *update, *key, *origin;
    struct estate_time created, not_after, uploaded;
    int in_use;            /* 1 or 0; IAM: -1, not stated */
    bool listed;           /* named by a list or a loose summary that the estate has */
    bool described, whole; /* whole: a description was not cut down */
};

enum estate_kind {
    ESTATE_LIST,
    ESTATE_DESCRIPTION,
    ESTATE_SUMMARY, /* loose, as --query leaves it */
    ESTATE_IAM_LIST,
    ESTATE_IAM_GET,
    ESTATE_HARMLESS, /* of another command */
};

struct estate_document {
    enum estate_kind kind;
    cJSON *tree;
    size_t account, region;
    bool truncated;
    size_t certificates[ESTATE_CERTIFICATES], count; /* which it records */
    bool lost; /* an operator has taken it away in a way that nobody can see */
};

enum estate_layout { ESTATE_ONE, ESTATE_CONCATENATED, ESTATE_JSON_LINES, ESTATE_ARRAY };

struct estate_file {
    const char *path; /* from the folder of the exports */
    size_t documents[ESTATE_CERTIFICATES + 2], count;
    enum estate_layout layout;
    bool evidence;     /* else it is noise, of which nothing can be lost */
    const char *bytes; /* NULL: those of the documents */
    size_t length;
    bool removed;
};

/* region or service NULL: `*`. */
struct estate_scope_line {
    const char *account, *region, *service;
    bool in_scope;
};

struct estate_waiver {
    const char *arn;
    bool iam, in_force;
};

struct estate {
    uint64_t seed;
    size_t size; /* the most certificates that it may have */
    uint64_t random;
    const char *accounts[ESTATE_ACCOUNTS], *regions[ESTATE_REGIONS];
    size_t account_count, region_count;
    int temper;      /* CLEAN and so on; see generate.c */
    size_t cut_down; /* certificates whose description is cut down, as ONE_FLAW; else none */
    size_t truncate; /* lists before the one that is truncated, as ONE_FLAW; else none */
    int time_style;
    bool folders; /* files are in ACCOUNT/REGION */
    struct estate_certificate certificates[ESTATE_CERTIFICATES];
    size_t count;
    struct estate_document documents[ESTATE_DOCUMENTS];
    size_t document_count;
    struct estate_file files[ESTATE_FILES];
    size_t file_count;
    bool scoped;
    struct estate_scope_line scope[ESTATE_LINES];
    size_t scope_count;
    struct estate_waiver waivers[ESTATE_LINES];
    size_t waiver_count;
    const char *scope_text, *waivers_text, *baseline_text; /* NULL: not given */
    size_t scope_length;                                   /* scope_text may contain NUL */
    size_t touched;  /* the certificate that an operator has changed alone */
    bool broken;     /* an operator has made a file that cannot be used in full */
    size_t line;     /* of the file that an operator has broken; 0: not known */
    bool vanished;   /* the baseline has a failure that nothing in the estate explains */
    bool faulty;     /* there is a file that cannot be used */
    bool mentioned;  /* a document mentions a certificate of which there is no record */
    bool may_be_gap; /* whether something is missing is a matter of opinion */
};

/* generate.c */
void estate_make(struct estate *estate, uint64_t seed, size_t size);
/* The bytes of a file, from its documents. */
const char *estate_render(const struct estate *estate, const struct estate_file *file,
                          size_t *length);
/* A copy whose trees can be changed. */
struct estate *estate_copy(const struct estate *estate);

/* random.c: splitmix64, of Steele, Lea and Flood 2014. */
uint64_t estate_next(uint64_t *random);
size_t estate_below(uint64_t *random, size_t bound);
bool estate_chance(uint64_t *random, size_t percent);

/* document.c */
cJSON *estate_list(const struct estate *estate, const size_t *certificates, size_t count,
                   bool truncated);
cJSON *estate_description(const struct estate *estate, size_t certificate);
cJSON *estate_summary(const struct estate *estate, size_t certificate);
cJSON *estate_iam_list(const struct estate *estate, const size_t *certificates, size_t count,
                       bool truncated);
cJSON *estate_iam_get(const struct estate *estate, size_t certificate);

/* oracle.c: what the contract says of the estate as it is now. */
/* By all that is true of the certificate, whatever the evidence shows. */
enum estate_result estate_truth(const struct estate_certificate *certificate);
/* By the evidence, if all of it is read. Only for an estate without operators. */
enum estate_result estate_expected(const struct estate_certificate *certificate);
const char *estate_condition(const struct estate_certificate *certificate);
/* 1: in scope, 0: excluded, -1: no line matches, or there is no scope. */
int estate_in_scope(const struct estate *estate, size_t account, const char *region, bool iam);
bool estate_counts(const struct estate *estate, const struct estate_certificate *certificate);
bool estate_is_waived(const struct estate *estate, const struct estate_certificate *certificate);
/* Whether a document that is still there records the certificate. */
bool estate_has_record(const struct estate *estate, size_t certificate);
/* Something that is expected is missing: a place of the scope, or the rest of a list. Returns what,
 * or NULL. */
const char *estate_gap(const struct estate *estate);
/* The exit status of an estate without operators; *either: 0 and 3 are both right. */
int estate_exit_status(const struct estate *estate, bool *either);
const char *estate_result_name(enum estate_result result);

#endif
